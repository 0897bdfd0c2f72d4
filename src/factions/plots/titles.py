"""What the pictures of a comparison are called: each by the largest difference that it shows."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from factions.counterfactual.shown import away, differs, shown, value
from factions.scenario.content.outcome_names import parts
from factions.wording import month

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.contrasts import Contrast
    from factions.counterfactual.levels import Level


def largest(comparison: Comparison, kinds: Collection[str]) -> Contrast | None:
    """The largest clear difference of outcomes of these kinds that the file does not dictate; None if there is none."""
    own = comparison.findings.dictated
    rows = [shown(row) for row in comparison.every if parts(row.outcome)[0] in kinds and row.outcome not in own]
    clear = [row for row in rows if row.telling and differs(row)]
    return max(clear, key=lambda row: abs(row.difference), default=None)


def headline(row: Contrast) -> str:
    """A shown contrast as a title, with both numbers."""
    return f"{row.text[:1].upper()}{row.text[1:]}: {value(row, 1)} with the change, {value(row, 0)} without it"


def at_its_height(comparison: Comparison, levels: list[Level]) -> str:
    """What differs most, and at the end, with both numbers; `levels`: the highest, and the last if it is another."""
    rows = {row.outcome: row for row in map(shown, comparison.every)}
    last = comparison.base.meetings[-1].id
    found = [rows.get(level.outcome.removesuffix(f"@{last}")) for level in levels]
    if not levels:
        return "Nothing differs that can be told from chance"
    if found[0] is None:
        days = {meeting.id: meeting.date for meeting in comparison.base.meetings}
        return f"The largest difference is {levels[0].size:.0%} of the worlds in {month(days[levels[0].meeting])}"
    said = [f"{row.text}, {away(row)}" for row in found if row is not None]
    first = " at the end" if levels[0].meeting == last else ""
    same = len({level.outcome.partition("@")[0] for level in levels}) == 1
    rest = (away(found[-1]) if same else said[-1]) if len(said) > 1 and found[-1] else ""
    return f"The largest difference{first}: {said[0]}" + (f"; at the end: {rest}" if rest else "")
