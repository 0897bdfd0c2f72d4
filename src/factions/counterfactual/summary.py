"""A comparison as plain data and as text: what `factions compare` prints."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from factions.counterfactual.contrasts import Contrast, strongest
from factions.wording import percent

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.rewriting import Cost

LISTED = 12
"""Contrasts that the text lists for each file."""


def summary(comparisons: Sequence[Comparison]) -> dict[str, Any]:
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


def contrast_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """One row an outcome."""
    return [{"scenario": comparison.name, **asdict(entry)} for entry in comparison.contrasts]


def divergence_rows(comparison: Comparison) -> list[dict[str, Any]]:
    """One row a meeting: the share of the pairs that have parted by then."""
    return [{"scenario": comparison.name, **asdict(entry)} for entry in comparison.partings]


def _file(each: Comparison) -> dict[str, Any]:
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
        "diverged": each.diverged,
        "draws": asdict(each.draws) | {"unaligned": each.draws.unaligned},
        "rewrite": asdict(each.cost),
        "carriers": [asdict(carrier) for carrier in each.carriers],
        "warnings": list(each.warnings),
    }


def report(comparisons: Sequence[Comparison]) -> str:
    """The comparisons as text, one after the other."""
    return "\n".join(_section(each) for each in comparisons)


def _section(each: Comparison) -> str:
    lines = [each.scenario.title, "=" * len(each.scenario.title)]
    lines += [each.scenario.question] if each.scenario.question else []
    lines += ["", *facts(each), ""]
    rows = strongest(each.contrasts, LISTED)
    if rows:
        lines += ["  baseline  changed  difference   error  outcome"]
        lines += [_row(row) for row in rows]
        quiet = len(each.contrasts) - len(rows)
        lines += [f"  {quiet} other outcomes: no difference beyond two errors, or not listed"] if quiet else []
    else:
        lines += ["  No outcome differs by more than twice its error."]
    if each.carriers:
        lines += ["", f"  First to go another way, in {each.carriers[0].sample} pairs told in full:"]
        lines += [f"    {carrier_words(each, index)}" for index in range(min(5, len(each.carriers)))]
    lines += ["", *(f"  warning: {text}" for text in each.warnings)]
    return "\n".join(lines).rstrip() + "\n"


def facts(each: Comparison) -> list[str]:
    """How the worlds were made and how many part, a line each."""
    return [
        f"  {len(each.paths):,} pairs of worlds, seed {each.factual.seed}, condition {each.condition.value}: "
        + conditioning(each),
        f"  parted by the end: {percent(each.diverged)} of the pairs; first meeting that can differ: "
        + branch_name(each),
        f"  rewriting cost: {cost_words(each.cost)}; draws without a twin: {percent(each.draws.unaligned)}",
    ]


def conditioning(each: Comparison) -> str:
    """What the worlds agree with, and how many are left to choose from."""
    if not each.paths.until:
        return "not conditioned on the record"
    names = {meeting.id: meeting.name for meeting in each.base.meetings}
    return (
        f"agree with the record up to {names[each.paths.until]} (effective sample size at least {each.paths.ess:,.0f}, "
        f"{each.paths.ancestors:,} distinct ancestors)"
    )


def branch_name(each: Comparison) -> str:
    """The first meeting that can differ, as it is called."""
    return next((meeting.name for meeting in each.scenario.meetings if meeting.id == each.branch), "none")


def cost_words(cost: Cost) -> str:
    """The rewriting cost in words."""
    if cost.nats is None:
        return "no decision is imposed" + (", the change comes from outside" if cost.outside else "")
    bound = "at least " if cost.at_least else ""
    probability = math.exp(-cost.nats)
    text = f"{bound}{cost.nats:.1f} nats for {cost.decisions} decision{'s' if cost.decisions != 1 else ''}"
    text += f" (probability {'at most ' if cost.at_least else ''}{probability:.2g})"
    return text + (f", and {cost.outside} from outside" if cost.outside else "")


def carrier_words(each: Comparison, index: int) -> str:
    """One carrier as a line."""
    carrier = each.carriers[index]
    side = "with the change" if carrier.only == "counterfactual" else "without it"
    names = {meeting.id: meeting.name for meeting in each.base.meetings}
    where = f"{carrier.phase}, {names[carrier.meeting]}"
    text = f"{percent(carrier.share)}: {carrier.decision}, only {side} ({where}"
    return text + (f"; {carrier.term} {carrier.weight:+.2f})" if carrier.term else ")")


def number(value: float | None, unit: str, signed: bool = False) -> str:
    """A value of an outcome, as its unit is written; "?" for None."""
    if value is None:
        return "?"
    sign = "+" if signed else ""
    if unit in ("probability", "share"):
        return f"{value:{sign}.3f}"
    return f"{value:{sign}.2f}"


def error_number(error: float | None) -> str:
    """A standard error, so that a small one is not nothing; empty for None."""
    return "" if error is None else f"{error:.4f}"


def _row(row: Contrast) -> str:
    before, after = number(row.baseline, row.unit), number(row.counterfactual, row.unit)
    difference, error = number(row.difference, row.unit, signed=True), error_number(row.error)
    return f"  {before:>8} {after:>8} {difference:>11} {error:>7}  {row.text}"
