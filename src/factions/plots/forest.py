"""Estimates as rows: a dot and a bar of two standard errors each, from the top to the bottom, named on the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.plots.page import MARGIN, Dot, beside, lines_of, strokes, text_width
from factions.plots.style import GREY, INK, MAIN, OTHER, SMALL

if TYPE_CHECKING:
    from matplotlib.axes import Axes


BLUE, ORANGE, PALE = (Dot(colour, 4.6) for colour in (MAIN, OTHER, "#8A8A8A"))
"""The dots of most estimates; the key of a figure, or its subtitle, says what each means there."""


@dataclass(frozen=True)
class Estimate:
    """A value with its standard error (None: not known) at the height `row`; bars end at `limits`."""

    row: float
    value: float
    error: float | None
    dot: Dot
    limits: tuple[float, float] = (-np.inf, np.inf)

    @property
    def bar(self) -> np.ndarray:
        """Both ends of two standard errors, as points."""
        reach = 2.0 * (self.error or 0.0)
        low, high = np.clip([self.value - reach, self.value + reach], *self.limits)
        return np.array([(low, self.row), (high, self.row)])


def draw(axes: Axes, estimates: Sequence[Estimate]) -> None:
    """Bars, and dots on them."""
    strokes(axes, [one.bar for one in estimates], colors=[one.dot.face for one in estimates], linewidths=1.4, zorder=2)
    for dot in dict.fromkeys(one.dot for one in estimates):
        alike = [one for one in estimates if one.dot == dot]
        dot.draw(axes, [one.value for one in alike], [one.row for one in alike])
    if estimates:
        axes.update_datalim(np.concatenate([one.bar for one in estimates]))
        axes.autoscale_view(scaley=False)


def rows(axes: Axes, count: int, names: Sequence[str] = (), room: float = 4.5) -> None:
    """Room for `count` rows, with a faint line through each, and their names in at most `room` inches on the left.

    A longer name has two lines or more: `pitch` says how many inches a row then takes.
    """
    axes.set_ylim(count - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.hlines(range(count), 0, 1, transform=axes.get_yaxis_transform(), colors="#F0F0F0", linewidths=0.8, zorder=0.3)
    for row, name in enumerate(names):
        lines = "\n".join(lines_of(name, SMALL, room=room))
        beside(axes, lines, (0, row), (-6, 0), ha="right", fontsize=SMALL, linespacing=1.1)


def pitch(names: Sequence[str], room: float, least: float) -> float:
    """Inches from one row to the next, `least` or as many as the name with most lines takes."""
    most = max((len(lines_of(name, SMALL, room=room)) for name in names), default=1)
    return max(least, (most * 1.15 + 0.5) * SMALL / 72)


def left_of(names: Sequence[str], room: float) -> float:
    """Inches from the edge of the page to rows with these names, which have at most `room` inches."""
    return MARGIN + 0.15 + min(max((text_width(name, SMALL) for name in names), default=1.0), room)


def label(axes: Axes, words: str) -> None:
    """What is measured from left to right."""
    axes.set_xlabel(words, fontsize=SMALL, color=GREY, loc="left", labelpad=2)


def zero(axes: Axes) -> None:
    """A rule at no difference."""
    axes.axvline(0, color=INK, linewidth=0.8, zorder=0.5)
