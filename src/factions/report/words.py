"""A comparison in sentences made from its figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from factions.counterfactual.contrasts import Contrast, strongest
from factions.wording import Names, counted, percent, with_error

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison


def answer(comparison: Comparison) -> list[str]:
    """The answer in three sentences: how much changes, what changes most, and how far to trust it."""
    return [_how_much(comparison), _what(comparison), _how_sure(comparison)]


def _how_much(comparison: Comparison) -> str:
    share = comparison.diverged
    if share == 0.0:
        return "Nothing changes in this model: the two worlds part in no pair."
    names = {meeting.id: meeting.name for meeting in comparison.base.meetings}
    first = next((parting for parting in comparison.partings if parting.share > 0.5), None)
    when = f", in more than half by “{names[first.meeting]}” ({first.date[:4]})" if first is not None else ""
    some = "every pair" if share == 1.0 else f"{percent(share)} of the pairs"
    return f"The two worlds part in {some}{when}."


def _what(comparison: Comparison) -> str:
    rules = _ruler(comparison)
    likely = [row for row in strongest(comparison.contrasts, 99) if row.unit == "probability"]
    if not likely:
        return f"{rules} No probability that was compared differs by more than twice its error."
    best = max(likely, key=lambda row: abs(row.difference))
    if abs(best.difference) < 0.02:
        return f"{rules} No probability that was compared changes by two percentage points."
    return f"{rules} The probability that changes most is “{best.text}”: {_from_to(best)}."


def _ruler(comparison: Comparison) -> str:
    """Who rules in the end, there and here."""
    rows = [row for row in comparison.contrasts if row.outcome.startswith("ruling:") and "@" not in row.outcome]
    if not rows:
        return ""
    best = max(rows, key=lambda row: row.counterfactual)
    was = max(rows, key=lambda row: row.baseline)
    blocs = Names(comparison.base).blocs
    who, before = (blocs[row.outcome.removeprefix("ruling:")] for row in (best, was))
    now = f"At the end the ruling alliance most often includes {who}: in {percent(best.counterfactual)} of the worlds"
    if best.outcome == was.outcome:
        return f"{now}, and in {percent(best.baseline)} without the change."
    return f"{now}. Without the change it most often includes {before}, in {percent(was.baseline)}."


def _from_to(row: Contrast) -> str:
    difference = with_error(row.difference, row.error, sign="+")
    return f"from {row.baseline:.2f} to {row.counterfactual:.2f} (difference {difference})"


def _how_sure(comparison: Comparison) -> str:
    cost, paths = comparison.cost, comparison.paths
    if cost.nats is None:
        far = "The change comes from outside the model, which cannot say how improbable it is."
    elif cost.at_least:
        far = "At some meeting no world of the model takes the imposed decision by itself: the change asks much of it."
    elif cost.nats < 0.1:
        far = "The model mostly takes the imposed decisions by itself: the change asks little of it."
    else:
        far = f"The model gives the imposed decisions a probability of about {math.exp(-cost.nats):.2g}."
    if not paths.until:
        return f"{far} The worlds were not selected to agree with the record."
    names = {meeting.id: meeting.name for meeting in comparison.base.meetings}
    ancestors = counted(paths.ancestors, "independent ancestor")
    return f"{far} The errors rest on {ancestors} of worlds that agree with the record up to {names[paths.until]}."
