"""A comparison in sentences made from its figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from factions.counterfactual.contrasts import Contrast, strongest
from factions.wording import percent, with_error

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison


def answer(comparison: Comparison) -> list[str]:
    """The answer in three sentences: how much changes, what changes most, and how far to trust it."""
    return [_how_much(comparison), _what(comparison), _how_sure(comparison)]


def _how_much(comparison: Comparison) -> str:
    share = comparison.diverged
    if share == 0.0:
        return "In this model nothing changes: in no pair do the two worlds part."
    names = {meeting.id: meeting.name for meeting in comparison.base.meetings}
    first = next((parting for parting in comparison.partings if parting.share > 0.5), None)
    when = f"; in more than half of them by “{names[first.meeting]}” ({first.date[:4]})" if first is not None else ""
    some = "In every pair" if share == 1.0 else f"In {percent(share)} of the pairs"
    return f"{some} the two worlds part at some meeting{when}."


def _what(comparison: Comparison) -> str:
    rules = _ruler(comparison)
    likely = [row for row in strongest(comparison.contrasts, 99) if row.unit == "probability"]
    if not likely:
        return f"{rules} No probability that was looked at differs by more than twice its error."
    best = max(likely, key=lambda row: abs(row.difference))
    if abs(best.difference) < 0.02:
        return f"{rules} No probability that was looked at moves by more than two points in a hundred."
    return f"{rules} What moves most: “{best.text}”, {_from_to(best)}."


def _ruler(comparison: Comparison) -> str:
    """Who rules in the end, there and here."""
    rows = [row for row in comparison.contrasts if row.outcome.startswith("ruling:") and "@" not in row.outcome]
    if not rows:
        return ""
    best = max(rows, key=lambda row: row.counterfactual)
    was = max(rows, key=lambda row: row.baseline)
    who, before = _who(best), _who(was)
    if best.outcome == was.outcome:
        return (
            f"Most often in the ruling alliance at the end is {who}, in {percent(best.counterfactual)} of the worlds "
            f"({percent(best.baseline)} without the change)."
        )
    return (
        f"Most often in the ruling alliance at the end is {who}, in {percent(best.counterfactual)} of the worlds; "
        f"without the change it is {before}, in {percent(was.baseline)}."
    )


def _who(row: Contrast) -> str:
    return row.text.removesuffix(" in the ruling alliance")


def _from_to(row: Contrast) -> str:
    difference = with_error(row.difference, row.error, sign="+")
    return f"from {row.baseline:.2f} to {row.counterfactual:.2f} (difference {difference})"


def _how_sure(comparison: Comparison) -> str:
    cost, paths = comparison.cost, comparison.paths
    if cost.nats is None:
        far = "The change comes from outside, so the model cannot say how far it departs from the course of things"
    elif cost.at_least:
        far = "In some meeting the model would not have decided so in a single world: the change asks much of it"
    elif cost.nats < 0.1:
        far = "The model would mostly have decided so by itself: the change asks little of it"
    else:
        far = f"The model gives what is imposed a probability of about {math.exp(-cost.nats):.2g}"
    if not paths.until:
        return f"{far}; the worlds were not made to agree with the record first."
    return f"{far}; errors rest on {paths.ancestors:,} independent ancestors that agree with the record so far."
