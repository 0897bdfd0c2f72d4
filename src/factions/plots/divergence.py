"""How many pairs of worlds have parted by each meeting, one line a counterfactual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.summary import divergence_rows
from factions.plots import notes, style
from factions.plots.page import Words, beside, fitted, spread, text_width
from factions.plots.timeaxis import TimeAxis, chart, time_axis
from factions.wording import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison

HEIGHT = 3.6


def table(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """One row for each file and meeting."""
    return [row for comparison in comparisons for row in divergence_rows(comparison)]


@style.house_style()
def figure(comparisons: Sequence[Comparison]) -> Figure:
    """Shares of pairs that have parted, with bands of two standard errors; names at the ends of the lines."""
    axis = time_axis(comparisons[0].base)
    subtitle = (
        "Share of the pairs that have parted by each meeting: alliances, voice, punishments, surrenders or offices "
        "differ between the world with the change and the world without it."
    )
    run = notes.pairs(comparisons[0]) if len(comparisons) == 1 else notes.files(comparisons)
    words = Words(_title(comparisons), subtitle, f"{run} Bands are two standard errors.{axis.note}")
    names = [fitted(each.scenario.title, style.SMALL, 2.5) for each in comparisons]
    right = max(text_width(name, style.SMALL) for name in names) + 0.75
    height = max(HEIGHT, 0.18 * len(comparisons))
    page, axes = chart(words, axis, height, right)
    for k, each in enumerate(comparisons):
        _draw(axes, axis, each, style.PALETTE[k % len(style.PALETTE)])
    _label(axes, [(each.diverged, name) for each, name in zip(comparisons, names, strict=True)], height)
    return page


def _draw(axes: Axes, axis: TimeAxis, comparison: Comparison, colour: str) -> None:
    x = [axis.place(date.fromisoformat(parting.date)) for parting in comparison.partings]
    share = np.array([parting.share for parting in comparison.partings])
    step(axes, x, share, [parting.error for parting in comparison.partings], colour)


def step(axes: Axes, x: Sequence[float], share: np.ndarray, errors: Sequence[float | None], colour: str) -> None:
    """A share that holds from one meeting to the next, with a band of two standard errors."""
    reach = 2.0 * np.array([error or 0.0 for error in errors])
    low, high = np.clip(share - reach, 0, 1), np.clip(share + reach, 0, 1)
    axes.fill_between(x, low, high, step="post", color=colour, alpha=0.2, linewidth=0)
    axes.step(x, share, where="post", color=style.readable(colour, 2.0), linewidth=1.9)


def _label(axes: Axes, ends: Sequence[tuple[float, str]], height: float) -> None:
    """Names and last shares beside the ends of the lines, moved apart if they would overlap."""
    order = sorted(range(len(ends)), key=lambda k: ends[k])
    places = spread([ends[k][0] for k in order], 0.155 / height)
    places = places - max(0.0, places[-1] - 1.0)
    for place, k in zip(places, order, strict=True):
        colour = style.readable(style.PALETTE[k % len(style.PALETTE)])
        text = f"{percent(ends[k][0])}  {ends[k][1]}"
        beside(axes, text, (1, place), (5, 0), fontsize=style.SMALL, color=colour)


def _title(comparisons: Sequence[Comparison]) -> str:
    if len(comparisons) == 1:
        (only,) = comparisons
        return f"{percent(only.diverged)} of the pairs of worlds have parted by the last meeting"
    most, least = (pick(comparisons, key=lambda each: each.diverged) for pick in (max, min))
    return (
        f"From {percent(least.diverged)} (“{least.scenario.title}”) to {percent(most.diverged)} "
        f"(“{most.scenario.title}”) of the pairs part"
    )
