"""What a finished run says, as paragraphs and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factions.report.run_summary import meeting_objects
from factions.report.table import Block, Column, Number, Table, table
from factions.statements.scores import ClaimScore, worst
from factions.wording import counted, percent, with_error

if TYPE_CHECKING:
    from factions.runs.run import Finished

SHOWN_FROM = 0.05
"""Blocs are named in the table of meetings from this probability on."""


def report(finished: Finished) -> list[Block]:
    """The table of meetings, the table of claims, the scores and the worst claims."""
    tally, job = finished.tally, finished.job
    title = f"{job.scenario.title}\n{counted(tally.worlds, 'world')}, seed {job.seed}, {_parameters(finished)}"
    score = finished.replay
    if score is None:
        return [title, _meetings(finished), "The record makes no claims."]
    return [
        title,
        _meetings(finished),
        _claims("Claims of the record", finished.scores, "± is one Monte Carlo standard error."),
        f"{counted(score.claims, 'claim')}: mean probability {with_error(score.mean_probability, score.error, 4)}, "
        f"geometric mean {score.geometric_mean:.4f}, log score {score.log_score:.4f} a claim.",
        _claims("The least probable claims", worst(finished.scores)),
    ]


def _parameters(finished: Finished) -> str:
    draws = finished.job.draws
    if len(draws.values) == 1:
        return "one parameter vector" + ("" if draws.source == "default" else f" from {draws.source}")
    return f"{len(draws.values):,} draws of the parameters from {draws.source}"


def _meetings(finished: Finished) -> Table:
    names = {bloc.id: bloc.name for bloc in finished.job.scenario.blocs}
    return table(
        meeting_objects(finished),
        Column("date", lambda row: row["date"]),
        Column("meeting", lambda row: row["name"]),
        Column("in the ruling alliance", lambda row: _who(row["blocs"], "ruling", names)),
        Column("in open opposition", lambda row: _who(row["blocs"], "open", names)),
        Number("votes against", _against),
        title="Meetings",
        note=f"Blocs at less than {percent(SHOWN_FROM)} are left out. Votes: median over worlds (10-90%).",
    )


def _against(row: dict[str, Any]) -> str:
    return f"{row['vote_share_median']:.1%} ({row['vote_share_p10']:.1%} - {row['vote_share_p90']:.1%})"


def _who(blocs: list[dict[str, Any]], state: str, names: dict[str, str]) -> str:
    likely = sorted((bloc for bloc in blocs if bloc[state] >= SHOWN_FROM), key=lambda bloc: -bloc[state])
    return ", ".join(f"{names[bloc['bloc']]} {percent(bloc[state])}" for bloc in likely)


def _claims(title: str, scores: list[ClaimScore], note: str = "") -> Table:
    return table(
        scores,
        Column[ClaimScore]("date", lambda score: score.date.isoformat()),
        Number("probability", lambda score: with_error(score.probability, score.error)),
        Column("confidence", lambda score: score.confidence or "-"),
        Column("sources", lambda score: " ".join(score.sources)),
        Column("claim", lambda score: score.text),
        title=title,
        note=note,
    )
