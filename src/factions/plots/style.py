"""What the figures share: one colour per bloc, type sizes, matplotlib's settings."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import matplotlib.style
import numpy as np
from matplotlib.colors import to_hex, to_rgb

if TYPE_CHECKING:
    from factions.scenario import Scenario

# Okabe & Ito (2008) without their second blue, which is hard to tell from the first; reordered so that neighbours in
# a file differ most, yellow late because it is faint on white; then Tol's muted scheme for the blocs that follow.
PALETTE = (
    "#D55E00",
    "#CC79A7",
    "#E69F00",
    "#0072B2",
    "#009E73",
    "#5A0A66",
    "#444444",
    "#F0E442",
    "#56B4E9",
    "#882255",
    "#44AA99",
    "#999933",
    "#117733",
    "#AA4499",
)

# Blue is inside the party, the darker the higher; orange to brown is outside it, the darker the further.
LADDER_COLOURS = ("#0B4F8A", "#6AA5D6", "#CFE3F5", "#F09A3E", "#B4520F", "#3D1A08")

INK, GREY, FAINT, HAIRLINE = "#1A1A1A", "#5A5A5A", "#C4C4C4", "#E6E6E6"
MAIN, OTHER = "#0072B2", "#D55E00"
"""Colours of what belongs to no bloc: an estimate, and what it is set against."""

PRINT_DPI = 250
TITLE, BODY, SMALL, TINY = 12.5, 9.0, 8.0, 7.0

SETTINGS = {
    "font.family": "sans-serif",
    # DejaVu ships with matplotlib, so that line breaks are the same on every machine.
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial", "Helvetica"],
    "font.size": BODY,
    "text.hinting": "none",  # at print resolution it changes no glyph that one could see, and takes a third of the time
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
    "pdf.fonttype": 42,  # journals refuse the other kind
}


@contextmanager
def house_style() -> Iterator[None]:
    """Context (or decorator) in which figures are built and written: our settings, on matplotlib's defaults."""
    with matplotlib.style.context(["default", SETTINGS]):
        yield


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
