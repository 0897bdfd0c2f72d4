"""Lanes: rows over time in which the height of a colour is the share of the worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.plots.style import FAINT, GREY, SMALL, plain, text_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Paint = dict[str, Any]


def stack(axes: Axes, edges: np.ndarray, base: float, height: float, shares: np.ndarray, paints: list[Paint]) -> None:
    """Draw one lane from `base` on: `shares` (states, meetings) in [0, 1] as steps, stacked in this order."""
    across = np.repeat(edges, 2)[1:-1]
    top = base + height * np.cumsum(shares, axis=0)
    bottom = top - height * shares
    for low, high, share, paint in zip(bottom, top, shares, paints, strict=True):
        if share.any():
            drawn = np.repeat(share > 0, 2)
            options = {"linewidth": 0, "zorder": 2, **paint}
            axes.fill_between(across, np.repeat(low, 2), np.repeat(high, 2), where=drawn, **options)


def hatched(colour: str) -> Paint:
    """Diagonal lines of `colour` on white: open opposition."""
    return {"facecolor": "white", "edgecolor": colour, "hatch": "////"}


def silent_line(axes: Axes, edges: np.ndarray, middle: float) -> None:
    """A thin grey line through a lane where nothing else is drawn."""
    axes.plot(edges[[0, -1]], [middle, middle], color=FAINT, linewidth=0.8, zorder=1, solid_capstyle="butt")


def key(figure: Figure, left: float, top: float, entries: Sequence[tuple[Paint | None, str]]) -> None:
    """One line of swatches with their words, from `left`, `top` in inches.

    A paint with `facecolor` is a field (with `midline`, a line through it), one with `linewidth` an
    upright line, one with a `marker` alone a point; `None` is the thin grey line.
    """
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 1 - (top + 0.25) / height, 1, 0.25 / height))
    axes.set_xlim(0, width)
    axes.set_ylim(0, 0.25)
    axes.axis("off")
    x = left
    for paint, words in entries:
        if paint is None:
            axes.plot([x, x + 0.3], [0.125, 0.125], color=FAINT, linewidth=1.0)
        elif "facecolor" not in paint:
            ends = [0.03, 0.22] if "linewidth" in paint else [0.125] * 2
            axes.plot([x + 0.15] * 2, ends, **{"linewidth": 0, **paint})
        else:
            fill = {name: value for name, value in paint.items() if name != "midline"}
            axes.fill_between([x, x + 0.3], 0.05, 0.2, **{"linewidth": 0, **fill})
            if "midline" in paint:
                axes.plot([x, x + 0.3], [0.125, 0.125], linewidth=1.8, color=paint["midline"])
        axes.text(x + 0.36, 0.125, plain(words), va="center", fontsize=SMALL, color=GREY)
        x += 0.36 + text_width(words, SMALL) + 0.24
