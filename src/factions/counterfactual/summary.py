"""A comparison as plain data, and its figures in words."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from factions.counterfactual.clauses import Clauses
from factions.counterfactual.contrasts import digits
from factions.wording import counted

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.rewriting import Cost


EXPLAINED = {
    "ancestors": "worlds of the first meeting from which they descend",
    "effective sample size": "worlds that carried the weight at the meeting where fewest agreed",
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
    group, words = groups[0], Clauses(each.base, len(each.paths))
    if group[0].kind == "break":
        return words.changed(group)
    return f"{'At the end' if group[0].lasts else f'In {words.when(group[0].meeting)}'} {words.changed(group)}"


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


def contrast_rows(comparison: Comparison) -> list[dict[str, object]]:
    """One row for each outcome."""
    return [
        {"scenario": comparison.name, **asdict(entry), "smallest": entry.smallest} for entry in comparison.contrasts
    ]


def divergence_rows(comparison: Comparison) -> list[dict[str, object]]:
    """One row for each meeting: the share of the pairs that have parted by then."""
    return [{"scenario": comparison.name, **asdict(entry)} for entry in comparison.partings]


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
        "carriers": [asdict(carrier) for carrier in each.carriers],
        "warnings": list(each.warnings),
    }


def conditioning(each: Comparison) -> str:
    """A clause on what the worlds were chosen by, and how many of them are independent."""
    if not each.paths.until:
        return "they need not agree with the record"
    names, size = {meeting.id: meeting.name for meeting in each.base.meetings}, "effective sample size"
    return (
        f"they were chosen to fit the record up to {names[each.paths.until]} as well as they can "
        f"({counted(each.paths.ancestors, 'ancestor')}: {EXPLAINED['ancestors']}; {size} {each.paths.ess:,.0f}: "
        f"{EXPLAINED[size]})"
    )


def branch_name(each: Comparison) -> str:
    """The first meeting that can differ, as it is called."""
    return next((meeting.name for meeting in each.scenario.meetings if meeting.id == each.branch), "none")


def cost_words(cost: Cost) -> str:
    """The rewriting cost in words."""
    if cost.nats is None:
        return "no decision is imposed" + ("; the change comes from outside the model" if cost.outside else "")
    bound = "at least " if cost.at_least else ""
    probability = math.exp(-cost.nats)
    text = f"{bound}{cost.nats:.1f} nats for {counted(cost.decisions, 'imposed decision')}"
    text += f" (probability {'at most ' if cost.at_least else ''}{probability:.2g}; {EXPLAINED['cost']})"
    return text + (f", and {counted(cost.outside, 'change')} from outside the model" if cost.outside else "")


def carrier_words(each: Comparison, index: int) -> str:
    """One carrier as a line."""
    carrier = each.carriers[index]
    side = "with the change" if carrier.only == "counterfactual" else "without it"
    names = {meeting.id: meeting.name for meeting in each.base.meetings}
    where = f"{carrier.phase} at {names[carrier.meeting]}"
    text = f"{round(carrier.share * carrier.sample)} of {carrier.sample}: {carrier.decision}, only {side} ({where}"
    return text + (f"; {carrier.term} {carrier.weight:+.2f})" if carrier.term else ")")


def number(value: float | None, unit: str, signed: bool = False) -> str:
    """A value of an outcome, as its unit is written; "?" for None."""
    if value is None:
        return "?"
    sign = "+" if signed else ""
    return f"{value:{sign}.{digits(unit)}f}"


def error_number(error: float | None) -> str:
    """A standard error with four digits; empty for None."""
    return "" if error is None else f"{error:.4f}"
