"""What a finished run says, as paragraphs and tables."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING

from factions.report.run_summary import mean_record_score
from factions.report.table import Block, Column, Number, Table, table
from factions.results.tables import QUANTILES
from factions.statements.scores import ClaimScore, worst
from factions.wording import counted, percent, with_error

if TYPE_CHECKING:
    import numpy as np

    from factions.results.tally import Tallied
    from factions.runs.run import Finished
    from factions.scenario import Scenario

SHOWN_FROM = 0.05
"""Blocs are named in the table of meetings from this probability on."""


def report(finished: Finished) -> list[Block]:
    """The table of meetings, the table of claims, the scores and the worst claims."""
    tally, job = finished.tally, finished.job
    title = f"{job.scenario.title}\n{counted(tally.worlds, 'world')}, seed {job.seed}, {_parameters(finished)}"
    score = finished.replay
    if score is None:
        return [title, meetings_table(finished.tallied), "The record makes no claims."]
    sure = "± is one Monte Carlo standard error." if tally.worlds > 1 else "A single world has no error."
    return [
        title,
        meetings_table(finished.tallied),
        _claims("Claims of the record", finished.scores, sure),
        f"{counted(score.claims, 'claim')}: mean probability {with_error(score.mean_probability, score.error, 4)}, "
        f"record score {mean_record_score(finished.scores):.3f} (a coin: {math.log(0.5):.3f}). {_little(finished)}\n"
        "Record score: mean log probability of what the record says, in nats a claim, if the record errs about a claim "
        f"as often as its confidence says. Without errors of the record: log score {score.log_score:.3f}, "
        f"geometric mean {score.geometric_mean:.3f}.",
        _claims("The least probable claims", worst(finished.scores)),
    ]


def _little(finished: Finished) -> str:
    """The claims that tell little, counted as a validation counts them, and how the others do."""
    from factions.inference.telling import telling

    tells = telling(finished.job.scenario, os.cpu_count() or 1)
    told = [score.probability for score, says in zip(finished.scores, tells, strict=True) if says]
    rest = f"; the mean probability of the other {len(told)} is {sum(told) / len(told):.4f}" if told else ""
    little, when = len(tells) - len(told), "for nearly all parameters, or if nothing changes after the first day"
    if little == 0:
        return f"Every claim tells something: none holds {when}."
    says = "tells little: it holds" if little == 1 else "tell little: they hold"
    return f"{little} of {counted(len(tells), 'claim')} {says} {when}{rest}."


def _parameters(finished: Finished) -> str:
    draws = finished.job.draws
    if len(draws.values) == 1:
        return "one set of parameters" + ("" if draws.source == "default" else f" from {draws.source}")
    return f"{len(draws.values):,} draws of the parameters from {draws.source}"


def meetings_table(worlds: Tallied) -> Table:
    """Who rules and who opposes at each meeting, with the votes."""
    scenario, tally = worlds.scenario, worlds.tally
    low, median, high = tally.quantiles("vote_share", tuple(QUANTILES.values()))
    alone = tally.worlds == 1  # which has no range
    who = {state: [_who(scenario, shares) for shares in tally.share(state)] for state in ("ruling", "open")}
    return table(
        range(len(scenario.meetings)),
        Column[int]("date", lambda m: scenario.meetings[m].date.isoformat()),
        Column("meeting", lambda m: scenario.meetings[m].name),
        Column("in the ruling alliance", lambda m: who["ruling"][m]),
        Column("in open opposition", lambda m: who["open"][m]),
        Number("votes against", lambda m: f"{median[m]:.1%}" + ("" if alone else f" ({low[m]:.1%} - {high[m]:.1%})")),
        title="Meetings",
        note=f"Blocs below {percent(SHOWN_FROM)} are left out."
        + ("" if alone else " Votes against: median (10th to 90th percentile)."),
    )


def _who(scenario: Scenario, shares: np.ndarray) -> str:
    """The blocs with their shares (B,), the likeliest first."""
    likely = sorted((b for b, share in enumerate(shares) if share >= SHOWN_FROM), key=lambda b: -shares[b])
    return ", ".join(f"{scenario.blocs[b].name} {percent(shares[b])}" for b in likely)


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
