"""How many pairs of worlds have parted by each meeting, one line a counterfactual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.summary import divergence_rows
from factions.plots import style
from factions.plots.pairs import provenance, stretched
from factions.plots.timeaxis import label_meetings, label_room, rule_meetings, rule_years, time_axis
from factions.wording import percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison

HEIGHT = 3.6


def table(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """One row a file and meeting."""
    return [row for comparison in comparisons for row in divergence_rows(comparison)]


def figure(comparisons: Sequence[Comparison]) -> Figure:
    """Shares of pairs that have parted, with bands of two standard errors; names at the ends of the lines."""
    base = comparisons[0].base
    axis = time_axis(base)
    title, subtitle = (
        _title(comparisons),
        (
            "Share of the pairs of worlds in which, by a meeting, somebody has allied, spoken out, been punished, "
            "given in or taken office otherwise than without the change."
        ),
    )
    note = (
        (
            provenance(comparisons[0])
            if len(comparisons) == 1
            else f"{base.title}. {len(comparisons[0].paths):,} pairs of worlds for each file, seed "
            f"{comparisons[0].factual.seed}, condition “{comparisons[0].condition.value}”."
        )
        + " Bands are two standard errors."
        + stretched(axis)
    )
    names = [style.fitted(each.scenario.title, style.SMALL, 2.5) for each in comparisons]
    right = max(style.text_width(name, style.SMALL) for name in names) + 0.75
    height = max(HEIGHT, 0.18 * len(comparisons))
    with style.house_style():
        top = style.header_height(title, subtitle)
        page = style.page(top + 0.3 + height + label_room(base) + style.caption_height(note))
        style.header(page, title, subtitle)
        axes = style.panel(page, style.MARGIN + 0.45, top + 0.3, style.WIDTH - style.MARGIN - 0.45 - right, height)
        axes.set_ylim(0, 1.02)
        axes.set_xlim(axis.edges[0], axis.edges[-1])
        rule_meetings(axes, axis)
        rule_years(axes, axis, labels=True)
        ends = []
        for k, each in enumerate(comparisons):
            colour = style.PALETTE[k % len(style.PALETTE)]
            x = [axis.place(date.fromisoformat(parting.date)) for parting in each.partings]
            share = np.array([parting.share for parting in each.partings])
            error = np.array([parting.error or 0.0 for parting in each.partings])
            low, high = np.clip(share - 2 * error, 0, 1), np.clip(share + 2 * error, 0, 1)
            axes.fill_between(x, low, high, step="post", color=colour, alpha=0.18, linewidth=0)
            axes.step(x, share, where="post", color=style.readable(colour, 2.0), linewidth=1.8)
            ends.append((float(share[-1]), names[k], style.readable(colour)))
        _label(axes, ends, height)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], [style.percent(tick) for tick in (0, 0.25, 0.5, 0.75, 1)])
        label_meetings(axes, axis, base)
        style.caption(page, note)
        return page


def _label(axes, ends: list[tuple[float, str, str]], height: float) -> None:
    ends = sorted(ends)
    gap = 0.155 / height
    places = style.spread([end for end, _, _ in ends], gap)
    places = places - max(0.0, places[-1] - 1.0) if len(places) else places
    for place, (share, name, colour) in zip(places, ends, strict=True):
        text = f"{percent(share)}  {name}"
        style.beside(axes, text, (1, place), (5, 0), fontsize=style.SMALL, color=colour)


def _title(comparisons: Sequence[Comparison]) -> str:
    if len(comparisons) == 1:
        (only,) = comparisons
        return f"{percent(only.diverged)} of the pairs of worlds have parted by the last meeting"
    most, least = (pick(comparisons, key=lambda each: each.diverged) for pick in (max, min))
    return (
        f"From {percent(least.diverged)} (“{least.scenario.title}”) to {style.percent(most.diverged)} "
        f"(“{most.scenario.title}”) of the worlds go another way"
    )
