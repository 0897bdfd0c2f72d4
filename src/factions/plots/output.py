"""Figures and their tables written to disk, the same bytes for the same input."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from factions.plots.shape import shape
from factions.plots.style import PRINT_DPI, house_style
from factions.store.csv_tables import write_rows
from factions.store.files import write_bytes, write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SVG = {"Date": None, "Creator": None}
_PDF = {"CreationDate": None, "Creator": None, "Producer": None}
_PACKED, _PAGE, _SENT = 3, 6, 9
"""Levels of compression: for files on the disk, for pages, where 9 takes seven times as long for a tenth less, and for
what is sent from the app."""


def save(figure: Figure, table: Sequence[Mapping[str, object]], out_dir: Path, name: str) -> list[Path]:
    """Write `name`.png, .svg (text kept as text), .csv and, for paper, .pdf; returns the paths in this order."""
    kinds = ("png", "svg", "csv", "pdf") if shape().pdf else ("png", "svg", "csv")
    paths = [out_dir / f"{name}.{kind}" for kind in kinds]
    with house_style():
        # No date and no version: a figure changes only when its content does.
        write_bytes(paths[0], _png(figure, shape().dpi, _PACKED))
        write_whole(paths[1], partial(figure.savefig, format="svg", metadata=_SVG))
        for path in paths[3:]:
            write_whole(path, partial(figure.savefig, format="pdf", metadata=_PDF))
    write_rows(paths[2], table)
    return paths


def png(figure: Figure) -> bytes:
    """A figure as a PNG of half the resolution of print, for a screen."""
    with house_style():
        return _png(figure, PRINT_DPI / 2, _SENT)


def _png(figure: Figure, dpi: float, level: int) -> bytes:
    """A figure as PNG. Flat colours pack best as they are: filters, which others try for every row, cost time here."""
    pixels = _pixels(figure, dpi)
    parts = {
        b"IHDR": struct.pack(">2I5B", pixels.shape[1], pixels.shape[0], 8, 2, 0, 0, 0),
        b"pHYs": struct.pack(">2IB", *[round(dpi / 0.0254)] * 2, 1),
        b"IDAT": _packed(pixels, level),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts.items())


def _pixels(figure: Figure, dpi: float) -> np.ndarray:
    """A figure as it is drawn: shape (rows, columns, 4), red, green, blue and opacity."""
    canvas, before = FigureCanvasAgg(figure), figure.dpi
    figure.set_dpi(dpi)
    try:
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())
    finally:
        figure.set_dpi(before)


def _packed(pixels: np.ndarray, level: int) -> bytes:
    """Rows of pixels without their opacity, each after the number of its filter, which is 0; some at a time."""
    packer = zlib.compressobj(level)
    found = []
    for start in range(0, len(pixels), 64):
        some = pixels[start : start + 64, :, :3]
        rows = np.zeros((len(some), 1 + some[0].size), np.uint8)
        rows[:, 1:] = some.reshape(len(some), -1)
        found.append(packer.compress(rows.tobytes()))
    return b"".join([*found, packer.flush()])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def small_png(path: Path) -> bytes:
    """A figure's PNG in 128 colours, about a quarter of its size: for pages that are sent."""
    found = io.BytesIO()
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(found, "PNG", compress_level=_PAGE)
    return found.getvalue()
