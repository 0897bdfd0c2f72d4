"""What a finished run says, as plain data: the object that `factions run --format json` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from factions.inference.observed import ERROR, UNSTATED, record_score
from factions.results import tables
from factions.runs.job import PROGRAM
from factions.store.provenance import program_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.draws import Draws
    from factions.results.tables import Row
    from factions.runs.run import Finished
    from factions.statements.scores import ClaimScore


def summary(finished: Finished) -> Row:
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
        "parameters": _parameters(job.draws),
        "claims": [claim_object(score) for score in finished.scores],
        "replay": _replay(finished),
        "meetings": meeting_objects(finished),
    }


def _parameters(draws: Draws) -> Row:
    return {
        "source": draws.source,
        "draws": len(draws.values),
        "digest": draws.digest,
        "caution": draws.caution or None,
    }


def claim_object(score: ClaimScore) -> Row:
    """One claim: its probability, Monte Carlo error and confidence first of all."""
    return asdict(score) | {
        "date": score.date.isoformat(),
        "confidence": score.confidence or None,
        "about": list(score.about),
        "sources": list(score.sources),
    }


def _replay(finished: Finished) -> Row:
    if finished.replay is None:
        nothing = dict.fromkeys(("mean_probability", "error", "geometric_mean", "log_score", "record_score"))
        return {"claims": 0, **nothing}
    return asdict(finished.replay) | {"record_score": mean_record_score(finished.scores)}


def mean_record_score(scores: Sequence[ClaimScore]) -> float:
    """Mean over claims of the log probability of what the record says, its own errors reckoned with; nats, < 0."""
    probability = np.array([score.probability for score in scores])
    error = np.array([ERROR[score.confidence or UNSTATED] for score in scores])
    return float(record_score(probability, error).mean())


def meeting_objects(finished: Finished) -> list[Row]:
    """The meetings in order, each with its blocs."""
    meetings = finished.job.scenario.meetings
    blocs: dict[object, list[Row]] = {meeting.id: [] for meeting in meetings}
    for row in tables.bloc_rows(finished.tallied):
        blocs[row["meeting"]].append({key: row[key] for key in row if key not in ("meeting", "date")})
    return [
        row | {"date": meeting.date.isoformat(), "name": meeting.name, "blocs": blocs[meeting.id]}
        for meeting, row in zip(meetings, tables.meeting_rows(finished.tallied), strict=True)
    ]
