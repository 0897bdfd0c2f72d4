"""What the figures share: one colour per bloc, type sizes, pages measured in inches, captions."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

import matplotlib.style
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from factions.wording import percent as percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

# Okabe & Ito (2008), reordered so that neighbours in a file differ most, yellow last because it is faint
# on white; then Tol's muted scheme for the blocs that follow.
PALETTE = (
    "#D55E00",
    "#CC79A7",
    "#E69F00",
    "#0072B2",
    "#009E73",
    "#56B4E9",
    "#444444",
    "#F0E442",
    "#332288",
    "#882255",
    "#44AA99",
    "#999933",
    "#117733",
    "#AA4499",
)

# Darker is further down; blue is inside the party, orange to brown outside it.
LADDER_COLOURS = ("#CFE3F5", "#8FBCE0", "#4A86BF", "#F09A3E", "#B4520F", "#3D1A08")

WIDTH = 10.0
MARGIN = 0.3
INK, GREY, FAINT = "#1A1A1A", "#5A5A5A", "#C4C4C4"
PRINT_DPI = 200
LEFT_EDGE = ("axes fraction", "data")
TITLE, BODY, SMALL, TINY = 13.0, 9.0, 8.0, 7.0

SETTINGS = {
    "font.family": "sans-serif",
    # DejaVu ships with matplotlib, so that line breaks are the same on every machine.
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "Helvetica"],
    "font.size": BODY,
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "hatch.linewidth": 1.1,
    "svg.fonttype": "none",
    "svg.hashsalt": "factions",
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}


def house_style() -> AbstractContextManager[None]:
    """Context in which figures are built and written: our settings, on matplotlib's defaults."""
    return matplotlib.style.context(["default", SETTINGS])


def bloc_colours(scenario: Scenario) -> list[str]:
    """Colour of each bloc as `#rrggbb`: the file's `colour`, else by its place in the file.

    So a bloc added at the end changes no other bloc's colour.
    """
    return [to_hex(bloc.colour or _nth(i)) for i, bloc in enumerate(scenario.blocs)]


def _nth(index: int) -> str:
    """The palette, then hues a golden ratio apart: alike in the end, but labels tell the blocs apart."""
    if index < len(PALETTE):
        return PALETTE[index]
    step = index - len(PALETTE)
    return to_hex(colorsys.hls_to_rgb(0.08 + step * 0.61803398875 % 1.0, (0.38, 0.55)[step % 2], 0.55))


def tint(colour: str, strength: float) -> str:
    """`colour` mixed with white; strength 1 is the colour itself, 0 is white."""
    return _hex(1.0 - strength * (1.0 - np.array(to_rgb(colour))))


def readable(colour: str, contrast: float = 4.5) -> str:
    """`colour` darkened until text in it has the given contrast with white (WCAG 2 ratio)."""
    rgb = np.array(to_rgb(colour))
    while 1.05 / (_luminance(rgb) + 0.05) < contrast:
        rgb = rgb * 0.95
    return _hex(rgb)


def _hex(rgb: np.ndarray) -> str:
    red, green, blue = (float(part) for part in rgb)
    return to_hex((red, green, blue))


def _luminance(rgb: np.ndarray) -> float:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


@cache
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Width of one line of `text` in inches at `size` points."""
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(size, PRINT_DPI)
    font.set_text(text, 0.0)
    return float(font.get_width_height()[0]) / 64.0 / PRINT_DPI


def fitted(text: str, size: float, inches: float, weight: str = "normal") -> str:
    """`text`, cut with an ellipsis if it is wider than `inches` at `size` points."""
    if text_width(text, size, weight) <= inches:
        return text
    while text and text_width(text + "…", size, weight) > inches:
        text = text[:-1].rstrip()
    return text + "…"


def plain(text: str) -> str:
    """`text` safe from matplotlib's mathematics mode."""
    return text.replace("$", r"\$")


def page(height: float) -> Figure:
    """An empty figure of `height` inches with its own canvas, outside pyplot's global list."""
    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    return figure


def panel(figure: Figure, left: float, top: float, width: float, height: float, **options: Any) -> Axes:
    """Axes placed in inches from the page's top left corner."""
    across, down = figure.get_size_inches()
    place = (left / across, 1.0 - (top + height) / down, width / across, height / down)
    return figure.add_axes(place, **options)


def inches(axes: Axes) -> tuple[float, float]:
    """Width and height of axes."""
    return axes.bbox.width / axes.figure.dpi, axes.bbox.height / axes.figure.dpi


def write(figure: Figure, left: float, top: float, text: str, **font: Any) -> None:
    """Text whose top left corner is placed in inches from the page's top left corner."""
    across, down = figure.get_size_inches()
    options = {"va": "top", "ha": "left", "linespacing": 1.3, **font}
    figure.text(left / across, 1.0 - top / down, plain(text), **options)


def beside(
    axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], coords: Any = LEFT_EDGE, **font: Any
) -> None:
    """Text `shift` points away from `at`; by default x is a share of the axes' width and y is data."""
    options = {"va": "center", "annotation_clip": False, **font}
    axes.annotate(plain(text), at, shift, xycoords=coords, textcoords="offset points", **options)


def lines_of(text: str, size: float, weight: str = "normal") -> list[str]:
    """`text` broken into lines that fit between the margins of the page."""
    room, space = WIDTH - 2 * MARGIN, 0.35 * size / 72
    lines, used = [""], 0.0
    for word in text.split(" "):
        width = text_width(word, size, weight)
        if lines[-1] and used + space + width > room:
            lines.append(word)
            used = width
        else:
            used += width + (space if lines[-1] else 0.0)
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines


def header_height(title: str, subtitle: str) -> float:
    """Inches that `header` takes from the top of the page."""
    titles, subtitles = lines_of(title, TITLE, "bold"), lines_of(subtitle, BODY)
    return 0.25 + len(titles) * TITLE * 1.3 / 72 + 0.06 + len(subtitles) * BODY * 1.3 / 72 + 0.1


def header(figure: Figure, title: str, subtitle: str) -> None:
    """Title (the finding) and subtitle (how to read the picture) at the top left."""
    titles = lines_of(title, TITLE, "bold")
    write(figure, MARGIN, 0.25, "\n".join(titles), fontsize=TITLE, fontweight="bold")
    top = 0.25 + len(titles) * TITLE * 1.3 / 72 + 0.06
    write(figure, MARGIN, top, "\n".join(lines_of(subtitle, BODY)), fontsize=BODY, color=GREY)


def caption_height(text: str) -> float:
    """Inches that `caption` takes from the bottom of the page."""
    return 0.15 + len(lines_of(text, SMALL)) * SMALL * 1.3 / 72 + 0.15


def caption(figure: Figure, text: str) -> None:
    """Small print at the bottom left: what was run, and how sure it is."""
    top = figure.get_size_inches()[1] - caption_height(text) + 0.15
    write(figure, MARGIN, top, "\n".join(lines_of(text, SMALL)), fontsize=SMALL, color=GREY)


def provenance(ensemble: Ensemble, probability: bool = True) -> str:
    """Scenario, number of worlds, seed and, for probabilities, their largest Monte Carlo error."""
    count = len(ensemble.worlds)
    text = f"{ensemble.scenario.title}. {count:,} {plural(count, 'world')}, seed {ensemble.seed}"
    if not probability:
        return text + "."
    error = 0.5 / max(count, 1) ** 0.5
    return f"{text}; Monte Carlo error of a probability at most {error:.2g} (one standard error)."


def plural(count: int, noun: str) -> str:
    """`noun`, or `noun` + s unless there is exactly one."""
    return noun if count == 1 else noun + "s"


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
