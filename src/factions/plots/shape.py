"""What figures are drawn for: a page on the screen, a printed page, or a slide.  Loads no drawing library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """`width` in inches, `dpi` of the PNG, whether the `note` below is written, and whether there is a `pdf` too."""

    width: float
    dpi: float
    note: bool = True
    pdf: bool = False


_PRINTED = 180 / 25.4

SHAPES = {
    "screen": Shape(8.2, 250),
    # A printed page is 180 mm wide: letters have the points that they are written in.
    "paper": Shape(_PRINTED, 300, pdf=True),
    # The same letters on a slide 13.3 inches wide have 13 points at least; 1920 pixels.
    "slides": Shape(_PRINTED, 1920 / _PRINTED, note=False),
}
"""By the name of `--style`."""

_drawn: ContextVar[Shape] = ContextVar("shape", default=SHAPES["screen"])


def shape() -> Shape:
    """The shape that figures have here."""
    return _drawn.get()


def width() -> float:
    """Inches of every page."""
    return shape().width


@contextmanager
def drawn_as(name: str) -> Iterator[None]:
    """Context in which figures have the shape of this name."""
    token = _drawn.set(SHAPES[name])
    try:
        yield
    finally:
        _drawn.reset(token)
