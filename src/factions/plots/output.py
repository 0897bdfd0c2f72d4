"""Figures and their tables written to disk, the same bytes for the same input."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factions.plots.style import PRINT_DPI, house_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def save(figure: Figure, table: Sequence[Mapping[str, object]], out_dir: Path, name: str) -> list[Path]:
    """Write `name`.png (200 dpi), `name`.svg (text kept as text) and `name`.csv; returns the three paths."""
    out_dir.mkdir(parents=True, exist_ok=True)
    png, svg, csv_path = (out_dir / f"{name}.{suffix}" for suffix in ("png", "svg", "csv"))
    with house_style():
        # No date and no version: a figure changes only when its content does.
        figure.savefig(png, dpi=PRINT_DPI, metadata={"Software": None}, pil_kwargs={"compress_level": 3})
        figure.savefig(svg, metadata={"Date": None, "Creator": None})
    write_table(table, csv_path)
    return [png, svg, csv_path]


def write_table(table: Sequence[Mapping[str, object]], path: Path) -> None:
    """Rows as CSV with the first row's keys as columns; no rows, an empty file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        if table:
            writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
