"""Figures and their tables written to disk, the same bytes for the same input."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from factions.plots.shape import shape
from factions.plots.style import PRINT_DPI, house_style
from factions.store.files import harmless, write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PNG = {"Software": None}
_SVG = {"Date": None, "Creator": None}
_PDF = {"CreationDate": None, "Creator": None, "Producer": None}
_FAST = {"compress_level": 1}


def save(figure: Figure, table: Sequence[Mapping[str, object]], out_dir: Path, name: str) -> list[Path]:
    """Write `name`.png, .svg (text kept as text), .csv and, for paper, .pdf; returns the paths in this order."""
    kinds = ("png", "svg", "csv", "pdf") if shape().pdf else ("png", "svg", "csv")
    paths = [out_dir / f"{name}.{kind}" for kind in kinds]
    with house_style():
        # No date and no version: a figure changes only when its content does.
        picture = partial(figure.savefig, format="png", dpi=shape().dpi, metadata=_PNG, pil_kwargs=_FAST)
        write_whole(paths[0], picture)
        write_whole(paths[1], partial(figure.savefig, format="svg", metadata=_SVG))
        for path in paths[3:]:
            write_whole(path, partial(figure.savefig, format="pdf", metadata=_PDF))
    write_rows(paths[2], table)
    return paths


def png(figure: Figure) -> bytes:
    """A figure as a PNG of half the resolution of print, for a screen."""
    buffer = io.BytesIO()
    with house_style():
        figure.savefig(buffer, format="png", dpi=PRINT_DPI / 2, metadata=_PNG)
    return buffer.getvalue()


def small_png(path: Path) -> bytes:
    """A figure's PNG in 128 colours, about a quarter of its size: for pages that are sent."""
    found = io.BytesIO()
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(found, "PNG", compress_level=9)
    return found.getvalue()


def write_rows(path: Path, table: Sequence[Mapping[str, object]]) -> None:
    """Write rows as CSV with the first row's keys as columns; no rows, an empty file."""
    write_whole(path, partial(_write, table))


def _write(table: Sequence[Mapping[str, object]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if table:
            writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(harmless(table))
