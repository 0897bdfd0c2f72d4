"""Pages measured in inches: the words around a picture, text that fits, and the few paints that figures use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, get_hinting_flag
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.transforms import ScaledTranslation

from factions.plots.shape import shape, width
from factions.plots.style import BODY, FAINT, GREY, INK, PRINT_DPI, SMALL, TITLE, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike

MARGIN = 0.3
_KEY = 0.25
"""Inches that the line of a key takes."""
KEY_ROOM = 0.52
"""Inches that an entry of a key takes beside its words."""

with house_style():
    _HINTING = get_hinting_flag()


class Paint(Protocol):
    """What a key can show."""

    def swatch(self, axes: Axes, left: float) -> None:
        """Draw a sample 0.3 inches wide, in axes whose units are inches and whose height is that of a key."""


@dataclass(frozen=True)
class Fill:
    """How a field is painted: with `colour`, or (`hatched`) with diagonal lines of it on white."""

    colour: str
    hatched: bool = False
    alpha: float = 1.0

    def draw(self, axes: Axes, polygons: Sequence[np.ndarray], zorder: float = 2.0) -> None:
        """Add polygons, arrays of (x, y), as one artist: many artists draw slowly."""
        if not polygons:
            return
        look: dict[str, Any] = {"facecolors": self.colour, "edgecolors": "none"}
        if self.hatched:
            look = {"facecolors": "white", "edgecolors": self.colour, "hatch": "////"}
        painted = PolyCollection(polygons, linewidths=0, alpha=self.alpha, zorder=zorder, **look)
        axes.add_collection(painted, autolim=False)

    def swatch(self, axes: Axes, left: float) -> None:
        """A sample for a key, as `Paint` says."""
        self.draw(axes, [box(left, left + 0.3, 0.05, 0.2)])


@dataclass(frozen=True)
class Dot:
    """A point: `size` and `rim` (the width of its edge) in points, `shape` as matplotlib names markers."""

    face: str
    size: float = 4.0
    shape: str = "o"
    edge: str | None = None
    rim: float = 0.7

    def draw(self, axes: Axes, xs: ArrayLike, ys: ArrayLike, zorder: float = 5.0) -> None:
        """Add points, which may stand across the edge of the axes, as one artist."""
        (points,) = axes.plot(xs, ys, self.shape, color=self.face, markersize=self.size, zorder=zorder, clip_on=False)
        points.set_markeredgecolor(self.edge or self.face)
        points.set_markeredgewidth(self.rim)

    def swatch(self, axes: Axes, left: float) -> None:
        """A sample for a key, as `Paint` says."""
        self.draw(axes, [left + 0.15], [0.125])


@dataclass(frozen=True)
class Line:
    """A line, across or `upright`, with a dot at both ends if there is one."""

    colour: str
    width: float = 1.0
    dash: str = "-"
    dot: Dot | None = None
    upright: bool = False

    def swatch(self, axes: Axes, left: float) -> None:
        """A sample for a key, as `Paint` says."""
        ends = ([left + 0.15] * 2, [0.03, 0.22]) if self.upright else ([left, left + 0.3], [0.125] * 2)
        axes.plot(*ends, color=self.colour, linewidth=self.width, linestyle=self.dash)
        if self.dot is not None:
            self.dot.draw(axes, *ends)


Entry = tuple[str, tuple[Paint, ...]]
"""One entry of a key: its words, and the paints that its sample is made of."""


@dataclass(frozen=True)
class Words:
    """What is written around a picture.

    `title`: the finding; `subtitle`: how to read the picture; `note`: what was run, and how sure it is; `key`: the
    paints and what they stand for.
    """

    title: str
    subtitle: str
    note: str
    key: tuple[Entry, ...] = ()


def sheet(words: Words, body: float) -> tuple[Figure, float]:
    """A page with its words around `body` inches, and the inches from its top to where the body begins.

    The figure has a canvas of its own and stands outside pyplot's global list.
    """
    title, subtitle, note = (lines_of(*each) for each in _lines(words))
    note = note if shape().note else []
    below_title = 0.25 + _height(title, TITLE) + 0.06
    below_subtitle = below_title + _height(subtitle, BODY) + 0.1
    key = _key_lines(words.key)
    top = below_subtitle + _KEY * len(key)
    height = top + body + 0.3 + _height(note, SMALL)
    figure = Figure(figsize=(width(), height))
    FigureCanvasAgg(figure)
    write(figure, MARGIN, 0.25, "\n".join(title), fontsize=TITLE, fontweight="bold")
    write(figure, MARGIN, below_title, "\n".join(subtitle), fontsize=BODY, color=GREY)
    write(figure, MARGIN, top + body + 0.15, "\n".join(note), fontsize=SMALL, color=GREY)
    for k, entries in enumerate(key):
        _draw_key(figure, below_subtitle + k * _KEY, entries)
    return figure, top


def _lines(words: Words) -> tuple[tuple[str, float, str], ...]:
    return (words.title, TITLE, "bold"), (words.subtitle, BODY, "normal"), (words.note, SMALL, "normal")


def _height(lines: Sequence[str], size: float) -> float:
    return len(lines) * size * 1.3 / 72


def _draw_key(figure: Figure, top: float, entries: Sequence[Entry]) -> None:
    axes = panel(figure, 0.0, top, width(), _KEY)
    axes.set_xlim(0, width())
    axes.set_ylim(0, _KEY)
    axes.axis("off")
    left = MARGIN
    for words, paints in entries:
        for paint in paints:
            paint.swatch(axes, left)
        axes.text(left + 0.36, 0.125, plain(words), va="center", fontsize=SMALL, color=GREY)
        left += text_width(words, SMALL) + KEY_ROOM


def _key_lines(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries of a key in as many lines as they need."""
    lines: list[list[Entry]] = []
    room = 0.0
    for entry in entries:
        long = text_width(entry[0], SMALL) + KEY_ROOM
        if not lines or long > room:
            lines.append([])
            room = width() - MARGIN
        lines[-1].append(entry)
        room -= long
    return lines


def panel(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes placed in inches from the page's top left corner."""
    across, down = figure.get_size_inches()
    return figure.add_axes((left / across, 1.0 - (top + height) / down, width / across, height / down))


def inches(axes: Axes) -> tuple[float, float]:
    """Width and height of axes."""
    return axes.bbox.width / axes.figure.dpi, axes.bbox.height / axes.figure.dpi


def write(figure: Figure, left: float, top: float, text: str, **font: Any) -> None:
    """Text whose top left corner is placed in inches from the page's top left corner."""
    across, down = figure.get_size_inches()
    options = {"va": "top", "ha": "left", "linespacing": 1.3, **font}
    figure.text(left / across, 1.0 - top / down, plain(text), **options)


def beside(
    axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], on: str = "row", **font: Any
) -> None:
    """Text `shift` points away from `at`.

    `on`: "row", x is a share of the axes' width and y is data; "column", x is data and y a share of their height;
    "data", both are data.
    """
    places = {"row": axes.get_yaxis_transform, "column": axes.get_xaxis_transform, "data": lambda: axes.transData}
    moved = ScaledTranslation(shift[0] / 72, shift[1] / 72, axes.figure.dpi_scale_trans)
    axes.text(*at, plain(text), transform=places[on]() + moved, **{"va": "center", **font})


def heading(axes: Axes, name: str, colour: str = INK) -> None:
    """A name in bold above small axes."""
    shown = plain(fitted(name, BODY, inches(axes)[0] + 0.3, "bold"))
    axes.set_title(shown, loc="left", pad=4, fontsize=BODY, fontweight="bold", color=colour)


def box(left: float, right: float, low: float, high: float) -> np.ndarray:
    """The corners of a rectangle."""
    return np.array([(left, low), (left, high), (right, high), (right, low)])


def strokes(axes: Axes, ends: Sequence[np.ndarray], **look: Any) -> None:
    """Straight lines, each given by its two ends as (x, y), as one artist."""
    if len(ends):
        axes.add_collection(LineCollection(list(ends), **look), autolim=False)


def grid(axes: Axes, xs: Sequence[float] | np.ndarray, colour: str = FAINT, width: float = 0.7) -> None:
    """Vertical rules from the bottom to the top of the axes."""
    axes.vlines(xs, 0, 1, transform=axes.get_xaxis_transform(), colors=colour, linewidths=width, zorder=0.5)


@cache
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of one line of `text` in inches at `size` points."""
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(size, PRINT_DPI)
    font.set_text(text, 0.0, _HINTING)
    return float(font.get_width_height()[0]) / 64.0 / PRINT_DPI


def fitted(text: str, size: float, inches: float, weight: str = "normal") -> str:
    """`text`, cut with an ellipsis if it is wider than `inches` at `size` points."""
    if text_width(text, size, weight) <= inches:
        return text
    while text and text_width(text + "…", size, weight) > inches:
        text = text[:-1].rstrip()
    return text + "…"


def lines_of(text: str, size: float, weight: str = "normal", room: float | None = None) -> list[str]:
    """`text` broken into lines of at most `room` inches, by default what is between the margins of the page."""
    space = 0.35 * size / 72
    most = width() - 2 * MARGIN if room is None else room
    lines, used = [""], 0.0
    for word in text.split(" "):
        long = text_width(word, size, weight)
        if lines[-1] and used + space + long > most:
            lines.append(word)
            used = long
        else:
            used += long + (space if lines[-1] else 0.0)
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


def plain(text: str) -> str:
    """`text` safe from matplotlib's mathematics mode."""
    return text.replace("$", r"\$")


def spread(wanted: Sequence[float] | np.ndarray, gap: float) -> np.ndarray:
    """Positions nearest (least squares) to the ascending `wanted` that stand at least `gap` apart."""
    # Pool adjacent violators on wanted - i * gap: the projection onto ascending sequences.
    blocks: list[list[float]] = []
    for i, value in enumerate(wanted):
        blocks.append([float(value) - i * gap, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, n), (b, m) = blocks[-2], blocks[-1]
            blocks[-2:] = [[(a * n + b * m) / (n + m), n + m]]
    level = np.concatenate([np.full(int(n), value) for value, n in blocks]) if blocks else np.zeros(0)
    return level + gap * np.arange(len(level))
