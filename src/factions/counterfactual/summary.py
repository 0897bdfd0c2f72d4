"""A comparison as plain data, and its figures in words."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from factions.counterfactual.clauses import Clauses
from factions.counterfactual.contrasts import Contrast, digits
from factions.counterfactual.days import day_of, with_month
from factions.wording import Names, counted, month, percent, sentence

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.divergence import Parting
    from factions.counterfactual.rewriting import Cost


EXPLAINED = {
    "cost": "minus the logarithm of the probability that the model decides so by itself: 0 asks nothing of it, 5 asks "
    "for one world in 150",
    "draws": "what chance decides in only one world of a pair, so that the two cannot have it in common",
    "gain": "how many times as many worlds it would take to be as sure without pairs",
}
"""What a figure means, in half a line, to stand beside it."""


def lead(each: Comparison, kinds: Collection[str] = ()) -> str:
    """The weightiest thing that differs, in one clause; of these kinds of outcomes, if some are named."""
    groups = [group for group in each.findings.changed if not kinds or group[0].kind in kinds]
    if not groups:
        what = f"nothing that was looked at here ({', '.join(kinds)})" if kinds else "nothing"
        return f"{each.scenario.title}: {what} changes that can be told from chance"
    group, words = groups[0], clauses(each)
    if group[0].kind == "break":
        return sentence(words.changed(group)).removesuffix(".")
    when = "At the end" if group[0].lasts else f"In {words.when(group[0].meeting)}"
    return f"{when} {words.changed(group, brief=True)}"


def clauses(each: Comparison) -> Clauses:
    """What puts the findings of a comparison into words."""
    return Clauses(each.base, len(each.paths), each.findings.losses)


def summary(comparisons: Sequence[Comparison]) -> dict[str, object]:
    """The object that `--format json` prints; every number is finite, what does not exist is null."""
    first = comparisons[0]
    return {
        "baseline": first.base.path.name,
        "worlds": len(first.paths),
        "seed": first.factual.seed,
        "condition": first.condition.value,
        "contrasts": [row for each in comparisons for row in contrast_rows(each)],
        "divergence": [row for each in comparisons for row in divergence_rows(each)],
        "counterfactuals": [_file(each) for each in comparisons],
    }


def contrast_rows(comparison: Comparison, contrasts: Sequence[Contrast] | None = None) -> list[dict[str, object]]:
    """One row for each outcome that was compared, or for each of these contrasts."""
    rows = comparison.contrasts if contrasts is None else contrasts
    return [{"scenario": comparison.name, **asdict(entry), "smallest": entry.smallest} for entry in rows]


def divergence_rows(comparison: Comparison) -> list[dict[str, object]]:
    """One row for each meeting: the share of the pairs that have parted by then, and the largest difference (`level`).

    `level`: between the shares of worlds in which a bloc rules, opposes and so on, or a leading man stands somewhere;
    0 if none can be told from chance.
    """
    levels = dict(comparison.findings.levels)
    return [
        {"scenario": comparison.name, **asdict(entry), "level": levels.get(entry.meeting, 0.0)}
        for entry in comparison.partings
    ]


def _file(each: Comparison) -> dict[str, object]:
    return {
        "scenario": each.name,
        "file": each.scenario.path.name,
        "title": each.scenario.title,
        "question": each.scenario.question,
        "digest": each.scenario.digest,
        "branch": each.branch or None,
        "conditioned_until": each.paths.until or None,
        "effective_sample_size": each.paths.ess,
        "ancestors": each.paths.ancestors,
        "past": asdict(each.past),
        "diverged": each.diverged,
        "draws": asdict(each.draws) | {"unaligned": each.draws.unaligned},
        "rewrite": asdict(each.cost),
        "told": [asdict(entry) for entry in each.told],
        "responses": [asdict(row) for rows in each.findings.responses for row in rows],
        "warnings": list(each.warnings),
    }


def documented_until(each: Comparison) -> str:
    """The last meeting of the past that the worlds were chosen by, with its month."""
    meeting = next(meeting for meeting in each.base.meetings if meeting.id == each.paths.until)
    return with_month(meeting.name, meeting.date)


def conditioning(each: Comparison) -> str:
    """A clause on what the worlds were chosen by, and how many of them are independent."""
    if not each.paths.until:
        return "they need not agree with the record"
    return (
        f"they were chosen to fit the record up to {documented_until(each)} as well as they can, and go back to "
        f"{counted(each.paths.ancestors, 'different beginning')}, which the errors allow for (effective sample size "
        f"{each.paths.ess:,.0f} at the meeting where fewest worlds agreed)"
    )


def branch_name(each: Comparison) -> str:
    """The first meeting that can differ, as it is called."""
    found = (meeting for meeting in each.scenario.meetings if meeting.id == each.branch)
    return next((with_month(meeting.name, meeting.date) for meeting in found), "none")


def partings_told(each: Comparison) -> list[Parting]:
    """The share of the pairs whose runs differ: where most do, and at the end if it is another."""
    shares = [parting for parting in each.partings if parting.share > 0.0]
    if not shares:
        return []
    most = next((parting for parting in shares if parting.share > 0.5), shares[-1])
    return [most] if round(most.share, 2) == round(shares[-1].share, 2) else [most, shares[-1]]


def parted_words(each: Comparison) -> str:
    """The same as a clause."""
    names = {meeting.id: with_month(meeting.name, meeting.date) for meeting in each.base.meetings}
    told = [f"{percent(parting.share)} by {names[parting.meeting]}" for parting in partings_told(each)]
    return ", ".join(told) if told else "none"


def lost_names(each: Comparison, texts: Iterable[str]) -> list[str]:
    """A sentence on each bloc named in these texts that by the end has lost the man after whom it is called."""
    names, last, said = Names(each.base).leaders, each.base.meetings[-1].id, " ".join(texts)
    blocs = {bloc.id: bloc.name for bloc in each.base.blocs}
    found = []
    for loss in each.findings.losses:
        where = loss.where(last)
        if where is not None and blocs[loss.bloc] in said:
            found.append(f"{blocs[loss.bloc]}: {where}, {names[loss.leader]} {loss.fate} by the end.")
    return found


def cost_words(cost: Cost) -> str:
    """The rewriting cost in words."""
    if cost.nats is None:
        return "no decision is imposed" + ("; the change comes from outside the model" if cost.outside else "")
    bound = "at least " if cost.at_least else ""
    probability = math.exp(-cost.nats)
    text = f"{bound}{cost.nats:.1f} nats for {counted(cost.decisions, 'imposed decision')}"
    text += f" (probability {'at most ' if cost.at_least else ''}{probability:.2g}; {EXPLAINED['cost']})"
    return text + (f", and {counted(cost.outside, 'change')} from outside the model" if cost.outside else "")


def number(value: float | None, unit: str) -> str:
    """A value of an outcome, as its unit is written: a year as a month; "?" for None."""
    if value is None:
        return "?"
    return month(day_of(value)) if unit == "year" else f"{value:.{digits(unit)}f}"


def size(value: float | None, unit: str, sign: str = "+") -> str:
    """A difference between two values of an outcome, with its sign; empty for None."""
    if value is None:
        return ""
    return f"{value:{sign}.{digits(unit)}f}{' years' if unit == 'year' else ''}"


def error_number(error: float | None, unit: str = "") -> str:
    """A standard error with four digits; empty for None."""
    return "" if error is None else f"{error:.4f}{' years' if unit == 'year' else ''}"
