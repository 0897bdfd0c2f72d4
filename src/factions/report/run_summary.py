"""What a finished run says, as plain data: the object that `factions run --format json` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from factions.results import tables
from factions.runs.job import PROGRAM
from factions.store.provenance import program_digest

if TYPE_CHECKING:
    from factions.runs.run import Finished
    from factions.statements.scores import ClaimScore


def summary(finished: Finished) -> dict[str, Any]:
    """Scenario, claims, replay and meetings of a run; every number in it is finite, what does not exist is null."""
    job = finished.job
    scenario = job.scenario
    return {
        "scenario": scenario.path.name,
        "title": scenario.title,
        "digest": scenario.digest,
        "program": program_digest(*PROGRAM),
        "seed": job.seed,
        "worlds": finished.tally.worlds,
        "engine": job.engine,
        "parameters": {"source": job.draws.source, "draws": len(job.draws.values), "digest": job.draws.digest},
        "claims": [claim_object(score) for score in finished.scores],
        "replay": _replay(finished),
        "meetings": meeting_objects(finished),
    }


def claim_object(score: ClaimScore) -> dict[str, Any]:
    """One claim: its probability, Monte Carlo error and confidence first of all."""
    return asdict(score) | {
        "date": score.date.isoformat(),
        "confidence": score.confidence or None,
        "about": list(score.about),
        "sources": list(score.sources),
    }


def _replay(finished: Finished) -> dict[str, Any]:
    if finished.replay is None:
        nothing = dict.fromkeys(("mean_probability", "error", "geometric_mean", "log_score"))
        return {"claims": 0, **nothing}
    return asdict(finished.replay)


def meeting_objects(finished: Finished) -> list[dict[str, Any]]:
    """The meetings in order, each with its blocs."""
    scenario, tally = finished.job.scenario, finished.tally
    blocs: dict[str, list] = {meeting.id: [] for meeting in scenario.meetings}
    for row in tables.bloc_rows(scenario, tally):
        blocs[row["meeting"]].append({key: row[key] for key in row if key not in ("meeting", "date")})
    names = {meeting.id: meeting.name for meeting in scenario.meetings}
    return [
        row | {"date": row["date"].isoformat(), "name": names[row["meeting"]], "blocs": blocs[row["meeting"]]}
        for row in tables.meeting_rows(scenario, tally)
    ]
