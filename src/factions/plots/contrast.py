"""Differences that a change makes, with their errors: one file in detail, or several files side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.shown import away, differs, grows, of_the_model, shown
from factions.counterfactual.summary import contrast_rows
from factions.plots import forest, notes, style
from factions.plots.page import Dot, Entry, Words, beside, panel, sheet
from factions.plots.shape import shape
from factions.plots.titles import headline

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.contrasts import Contrast

GROUPS = (
    (("probability", "share"), "in 100 worlds (of influence: in percentage points)", 100.0),
    (("year",), "years earlier (−) or later (+)", 1.0),
    (("number",), "in number", 1.0),
)
"""Units that one panel can have, what is measured there from left to right, and by what values are multiplied."""
MOST = 14
"""Rows of a group at most: the largest differences."""

_ROW, _ROOM, _TICKS = 0.24, 3.0, 6
_DOTS = (
    (forest.BLUE, "more or earlier with the change"),
    (forest.ORANGE, "less or later with the change"),
    (forest.PALE, "no more than chance makes"),
)


def table(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """One row for each file and outcome."""
    return [row for comparison in comparisons for row in contrast_rows(comparison, comparison.every)]


@style.house_style()
def figure(comparison: Comparison) -> Figure:
    """A row for each outcome: the paired difference with two standard errors, and what it is on both sides."""
    groups = [(words, times, _shown(comparison, units)) for units, words, times in GROUPS]
    groups = [(words, times, rows) for words, times, rows in groups if rows]
    subtitle = (
        "Each dot is the difference between the worlds with the change and the same worlds without it, its bar two "
        "standard errors. On the right: without the change → with it."
    )
    names = [[row.text for row in rows] for _, _, rows in groups]
    pitch = forest.pitch([name for each in names for name in each], _ROOM, _ROW)
    note = f"{notes.pairs(comparison)}{_left_out(comparison)}"
    heading = Words(_title(groups), subtitle, note, _key(groups))
    page, at = sheet(heading, sum(0.75 + pitch * len(rows) for _, _, rows in groups))
    left = forest.left_of([name for each in names for name in each], _ROOM)
    for (words, times, rows), texts in zip(groups, names, strict=True):
        axes = panel(page, left, at + 0.2, shape().width - left - 1.35, pitch * len(rows))
        forest.rows(axes, len(rows), texts, _ROOM)
        _forest(axes, rows, words, times)
        at += 0.75 + pitch * len(rows)
    return page


def _shown(comparison: Comparison, units: tuple[str, ...]) -> list[Contrast]:
    """The rows of a group, the largest difference first; those that chance may have made only if there are no others.

    None that the file dictates, and none that is the same on both sides.
    """
    own = comparison.findings.dictated
    every = [shown(row) for row in comparison.every if row.outcome not in own]
    rows = [row for row in every if differs(row) and not of_the_model(row)]
    clear = [row for row in rows if row.telling]
    return sorted((row for row in clear or rows if row.unit in units), key=lambda row: -abs(row.difference))[:MOST]


def _key(groups: Sequence[tuple[str, float, Sequence[Contrast]]]) -> tuple[Entry, ...]:
    """The colours that are drawn."""
    drawn = {_dot(row) for _, _, rows in groups for row in rows}
    return tuple((words, (dot,)) for dot, words in _DOTS if dot in drawn)


def _left_out(comparison: Comparison) -> str:
    own = " or that the file dictates" if comparison.findings.dictated else ""
    return f" Left out is what differs by no more than chance makes{own}."


def _title(groups: Sequence[tuple[str, float, Sequence[Contrast]]]) -> str:
    """The largest of the differences that are drawn, in words."""
    drawn = (row for _, _, rows in groups for row in rows if row.telling)
    row = max(drawn, key=lambda row: row.effect, default=None)
    if row is None:
        return "No outcome differs by more than chance makes"
    return headline(row)


def _dot(row: Contrast) -> Dot:
    return forest.PALE if not row.telling else forest.BLUE if grows(row) else forest.ORANGE


def _forest(axes: Axes, rows: Sequence[Contrast], words: str, times: float) -> None:
    axes.margins(x=0.08)
    forest.draw(
        axes,
        [
            forest.Estimate(place, times * row.difference, None if row.error is None else times * row.error, _dot(row))
            for place, row in enumerate(rows)
        ],
    )
    forest.zero(axes)
    for place, row in enumerate(rows):
        beside(axes, away(row), (1, place), (6, 0), fontsize=style.SMALL, color=style.GREY)
    axes.locator_params(axis="x", nbins=_TICKS)
    forest.label(axes, f"difference {words}")
    axes.grid(axis="x", color=style.HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)
