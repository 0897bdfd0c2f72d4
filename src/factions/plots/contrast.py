"""Differences that a change makes, with their errors: one file in detail, or several files side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.summary import contrast_rows, number
from factions.plots import style
from factions.plots.pairs import provenance

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.contrasts import Contrast

ROW = 0.24
GROUPS = ((("probability", "share"), "probabilities and shares"), (("year",), "years"), (("number",), "numbers"))
UP, DOWN, FLAT = "#0072B2", "#D55E00", "#8A8A8A"
MOST = 14
"""Rows of probabilities at most: the largest differences."""


def table(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """One row a file and outcome."""
    return [row for comparison in comparisons for row in contrast_rows(comparison)]


def figure(comparison: Comparison) -> Figure:
    """A row an outcome: the paired difference with two standard errors, and both means."""
    groups = [(words, _shown(comparison.contrasts, units)) for units, words in GROUPS]
    groups = [(words, rows) for words, rows in groups if rows]
    title, subtitle = (
        _title(comparison),
        (
            "Difference between the world with the change and the same world without it. Bars are two standard errors; "
            "grey rows do not differ by that much."
        ),
    )
    note = provenance(comparison) + " Means on the right: without the change, with it."
    left = style.MARGIN + 3.4
    with style.house_style():
        top = style.header_height(title, subtitle)
        body = sum(0.75 + ROW * len(rows) for _, rows in groups)
        page = style.page(top + body + style.caption_height(note))
        style.header(page, title, subtitle)
        at = top + 0.3
        for words, rows in groups:
            axes = style.panel(page, left, at, style.WIDTH - left - 1.9, ROW * len(rows))
            _forest(axes, rows, words)
            at += 0.75 + ROW * len(rows)
        style.caption(page, note)
        return page


def _shown(contrasts: Sequence[Contrast], units: tuple[str, ...]) -> list[Contrast]:
    """The rows of a group, the largest difference first, then those within two errors."""
    rows = [row for row in contrasts if row.unit in units]
    rows.sort(key=lambda row: (not row.clear, -row.size))
    return rows[:MOST]


def _forest(axes: Axes, rows: Sequence[Contrast], words: str) -> None:
    places = np.arange(len(rows))[::-1]
    for place, row in zip(places, rows, strict=True):
        colour = FLAT if not row.clear else UP if row.difference > 0 else DOWN
        bar = 2.0 * (row.error or 0.0)
        axes.plot([row.difference - bar, row.difference + bar], [place] * 2, color=colour, linewidth=1.4)
        axes.plot(row.difference, place, "o", markersize=4.5, color=colour)
        text = style.fitted(row.text, style.SMALL, 3.3)
        style.beside(axes, text, (0, place), (-6, 0), ha="right", fontsize=style.SMALL)
        means = f"{number(row.baseline, row.unit)} → {number(row.counterfactual, row.unit)}"
        style.beside(axes, means, (1, place), (6, 0), fontsize=style.SMALL, color=style.GREY)
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=0.5)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.08)
    axes.set_xlabel(f"difference ({words})", fontsize=style.SMALL, color=style.GREY, loc="left", labelpad=2)
    axes.grid(axis="x", color="#E6E6E6", linewidth=0.5)
    axes.set_axisbelow(True)


def _title(comparison: Comparison) -> str:
    clear = [row for row in comparison.contrasts if row.clear and row.raised + row.lowered > 0]
    if not clear:
        return f"{comparison.scenario.title}: no outcome changes by more than twice its error"
    likely = [row for row in clear if row.unit == "probability"] or clear
    best = max(likely, key=lambda row: abs(row.difference))
    verb = "more" if best.difference > 0 else "less"
    if best.unit == "probability":
        return f"“{best.text}” becomes {verb} likely: {best.baseline:.2f} → {best.counterfactual:.2f}"
    return f"{best.text}: {number(best.baseline, best.unit)} → {number(best.counterfactual, best.unit)}"


def overview(comparisons: Sequence[Comparison], outcomes: Sequence[str]) -> Figure:
    """Files as rows, one column an outcome: the paired difference with two standard errors."""
    names = [style.fitted(each.scenario.title, style.SMALL, 2.9) for each in comparisons]
    left = style.MARGIN + max(style.text_width(name, style.SMALL) for name in names) + 0.15
    width = (style.WIDTH - left - style.MARGIN) / len(outcomes)
    height = 0.27 * len(comparisons)
    title = f"{len(comparisons)} {style.plural(len(comparisons), 'counterfactual')} compared"
    subtitle = (
        "Difference between worlds with the change and the same worlds without it; bars are two standard errors, "
        "grey where the difference is smaller."
    )
    note = (
        f"{comparisons[0].base.title}. {len(comparisons[0].paths):,} pairs of worlds for each file, seed "
        f"{comparisons[0].factual.seed}, condition “{comparisons[0].condition.value}”. Each file is compared with "
        "baseline worlds that agree with the record up to its own change."
    )
    with style.house_style():
        top = style.header_height(title, subtitle)
        page = style.page(top + 0.85 + height + 0.3 + style.caption_height(note))
        style.header(page, title, subtitle)
        for column, outcome in enumerate(outcomes):
            axes = style.panel(page, left + column * width, top + 0.85, width - 0.22, height)
            found = [next((row for row in each.contrasts if row.outcome == outcome), None) for each in comparisons]
            _column(axes, found)
            text = next((row.text for row in found if row is not None), outcome)
            axes.set_title(_wrapped(text, width - 0.2), loc="left", fontsize=style.SMALL, fontweight="bold", pad=5)
            if column == 0:
                for place, name in zip(np.arange(len(names))[::-1], names, strict=True):
                    style.beside(axes, name, (0, place), (-8, 0), ha="right", fontsize=style.SMALL)
        style.caption(page, note)
        return page


def _column(axes: Axes, rows: Sequence[Contrast | None]) -> None:
    for place, row in zip(np.arange(len(rows))[::-1], rows, strict=True):
        axes.axhline(place, color="#F0F0F0", linewidth=0.8, zorder=0.3)
        if row is None:
            continue
        colour = FLAT if not row.clear else UP if row.difference > 0 else DOWN
        bar = 2.0 * (row.error or 0.0)
        axes.plot([row.difference - bar, row.difference + bar], [place] * 2, color=colour, linewidth=1.4)
        axes.plot(row.difference, place, "o", markersize=4.5, color=colour)
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=0.5)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    reach = max((abs(row.difference) + 2 * (row.error or 0.0) for row in rows if row is not None), default=0.0)
    axes.set_xlim(-1.1 * max(reach, 1e-3), 1.1 * max(reach, 1e-3))
    axes.locator_params(axis="x", nbins=4)
    axes.tick_params(axis="x", labelsize=style.TINY)


def _wrapped(text: str, inches: float) -> str:
    """A text on at most three lines of a width."""
    lines = [""]
    for word in text.split():
        candidate = f"{lines[-1]} {word}".strip()
        if style.text_width(candidate, style.SMALL, "bold") > inches and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = candidate
    return "\n".join(style.plain(style.fitted(line, style.SMALL, inches, "bold")) for line in lines[:3])
