"""Pages of lanes: rows over the meetings, named on the left, in which the height of a colour is a share of the worlds.

A page has one panel of lanes or several, one below the other.  Inside a panel x is the time axis and y counts inches
downwards from the panel's top.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import page as pages
from factions.plots.page import MARGIN, Fill, Line, Words
from factions.plots.shape import shape
from factions.plots.style import BODY, FAINT, GREY, INK, TINY
from factions.plots.timeaxis import ABOVE, TimeAxis, label_meetings, label_room, rule
from factions.wording import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SILENT = Line(FAINT, 1.0)
"""The line through a lane where nothing else is drawn."""

_HEADED = 0.45
"""Inches above a panel that has a heading."""


@dataclass(frozen=True)
class Name:
    """What stands left of a panel's lanes at the height `middle`."""

    text: str
    middle: float
    ink: str = INK


@dataclass(frozen=True)
class Panel:
    """Lanes around `middles` (nan: no lane); a share of 1 takes `band` inches, all lanes together `height`."""

    axis: TimeAxis
    middles: np.ndarray
    band: float
    height: float
    names: tuple[Name, ...]
    heading: str = ""

    @property
    def above(self) -> float:
        """Inches above the lanes for the heading and the years."""
        return _HEADED if self.heading else ABOVE


def lay_out(
    words: Words, panels: Sequence[Panel], font: float, weight: str = "normal", right: float = MARGIN
) -> tuple[Figure, list[Axes]]:
    """The page with its empty panels; names in `font` points, `right` inches free on the right."""
    names = [[pages.fitted(name.text, font, 2.6, weight) for name in panel.names] for panel in panels]
    widest = max((pages.text_width(name, font, weight) for each in names for name in each), default=0.0)
    left = MARGIN + max(widest, 0.6) + 0.14
    body = sum(panel.above + panel.height for panel in panels)
    page, top = pages.sheet(words, body + label_room(panels[-1].axis))
    drawn = []
    for panel, texts in zip(panels, names, strict=True):
        pages.write(page, MARGIN, top + panel.above - 0.2, panel.heading, fontsize=BODY + 1, fontweight="bold")
        axes = pages.panel(page, left, top + panel.above, shape().width - left - right, panel.height)
        axes.set_ylim(panel.height, 0)
        axes.set_yticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        rule(axes, panel.axis, named=panel is panels[0])
        for name, text in zip(panel.names, texts, strict=True):
            pages.beside(
                axes, text, (0, name.middle), (-8, 0), ha="right", fontsize=font, fontweight=weight, color=name.ink
            )
        first, *_, last = panel.axis.steps
        axes.hlines(
            panel.middles[~np.isnan(panel.middles)], first, last, colors=SILENT.colour, linewidths=0.8, zorder=1
        )
        drawn.append(axes)
        top += panel.above + panel.height
    label_meetings(drawn[-1], panels[-1].axis)
    return page, drawn


def stack(
    axes: Axes, axis: TimeAxis, middles: np.ndarray, band: float, shares: np.ndarray, fills: Sequence[Fill | None]
) -> None:
    """Draw lanes around `middles` as steps over time, `band` inches for a share of 1.

    `shares` (state, meeting, lane) in [0, 1]: the first state stands at the bottom; what has no fill is left blank.
    """
    above = np.cumsum(shares, axis=0)
    lows, highs = (middles + band / 2 - band * level for level in (above - shares, above))
    for state, fill in enumerate(fills):
        if fill is not None:
            fill.draw(axes, list(_steps(axis.steps, lows[state], highs[state], shares[state] > 0)))


def _steps(edges: np.ndarray, low: np.ndarray, high: np.ndarray, drawn: np.ndarray) -> Iterator[np.ndarray]:
    """The outlines of one state in all lanes, one for each unbroken run of meetings; arguments (meeting, lane)."""
    for lane in range(drawn.shape[1]):
        turns = np.flatnonzero(np.diff(drawn[:, lane].astype(int), prepend=0, append=0))
        for first, end in turns.reshape(-1, 2):
            across = np.repeat(edges[first : end + 1], 2)[1:-1]
            there, back = (np.repeat(level[first:end, lane], 2) for level in (high, low))
            yield np.column_stack([np.concatenate([across, across[::-1]]), np.concatenate([there, back[::-1]])])


def scale(axes: Axes, panel: Panel) -> None:
    """What the height means, beside the first lane."""
    bottom = panel.names[0].middle + panel.band / 2
    for share in (0.0, 0.5, 1.0) if panel.band > 0.28 else (1.0,):
        pages.beside(axes, percent(share), (1, bottom - panel.band * share), (4, 0), fontsize=TINY, color=GREY)
