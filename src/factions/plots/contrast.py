"""Differences that a change makes, with their errors: one file in detail, or several files side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.days import day_of
from factions.counterfactual.summary import contrast_rows, number
from factions.plots import forest, notes, style
from factions.plots.page import Words, beside, panel, sheet
from factions.plots.shape import shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.contrasts import Contrast

GROUPS = ((("probability", "share"), "probabilities and shares"), (("year",), "years"), (("number",), "numbers"))
MOST = 14
"""Rows of a group at most: the largest differences."""

_ROW, _ROOM = 0.24, 3.3


def table(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """One row for each file and outcome."""
    return [row for comparison in comparisons for row in contrast_rows(comparison, comparison.every)]


@style.house_style()
def figure(comparison: Comparison) -> Figure:
    """A row for each outcome: the paired difference with two standard errors, and both means."""
    groups = [(words, _shown(comparison, units)) for units, words in GROUPS]
    groups = [(words, rows) for words, rows in groups if rows]
    subtitle = (
        "Difference between the world with the change and the same world without it. Bars are two standard errors; "
        "rows in grey differ by less, or by no more than other luck alone makes."
    )
    note = (
        f"{notes.pairs(comparison)} Means on the right: without the change, with it (of dates the month). What the "
        "change decides itself is left out."
    )
    heading = Words(_title(comparison, groups), subtitle, note)
    page, at = sheet(heading, sum(0.75 + _ROW * len(rows) for _, rows in groups))
    left = forest.left_of([row.text for _, rows in groups for row in rows], _ROOM)
    for words, rows in groups:
        axes = panel(page, left, at + 0.2, shape().width - left - 1.45, _ROW * len(rows))
        _forest(axes, rows, words)
        at += 0.75 + _ROW * len(rows)
    return page


def _shown(comparison: Comparison, units: tuple[str, ...]) -> list[Contrast]:
    """The rows of a group, the largest difference first, then those within two errors; none that the change decides."""
    rows = [row for row in comparison.every if row.unit in units and row.outcome not in comparison.findings.given]
    return sorted(rows, key=lambda row: (not row.telling, -abs(row.difference)))[:MOST]


def _title(comparison: Comparison, groups: Sequence[tuple[str, Sequence[Contrast]]]) -> str:
    """The largest of the differences that are drawn, in words."""
    drawn = (row for _, rows in groups for row in rows if row.telling)
    row = max(drawn, key=lambda row: row.effect, default=None)
    if row is None:
        return "No outcome differs by more than chance makes"
    then, now = number(row.baseline, row.unit), number(row.counterfactual, row.unit)
    return f"{row.text[:1].upper()}{row.text[1:]}: {now} with the change, {then} without it"


def _mean(value: float, unit: str) -> str:
    """A mean; of a year the month and the year, in short."""
    return day_of(value).strftime("%m/%Y") if unit == "year" else number(value, unit)


def _estimate(row: Contrast, place: int) -> forest.Estimate:
    dot = forest.PALE if not row.telling else forest.BLUE if row.difference > 0 else forest.ORANGE
    return forest.Estimate(place, row.difference, row.error, dot)


def _forest(axes: Axes, rows: Sequence[Contrast], words: str) -> None:
    forest.rows(axes, len(rows), [row.text for row in rows], _ROOM)
    axes.margins(x=0.08)
    forest.draw(axes, [_estimate(row, place) for place, row in enumerate(rows)])
    forest.zero(axes)
    for place, row in enumerate(rows):
        means = f"{_mean(row.baseline, row.unit)} → {_mean(row.counterfactual, row.unit)}"
        beside(axes, means, (1, place), (6, 0), fontsize=style.SMALL, color=style.GREY)
    forest.label(axes, f"difference ({words})")
    axes.grid(axis="x", color=style.HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)
