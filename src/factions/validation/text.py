"""Aligned tables of plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def table(rows: Sequence[Mapping[str, object]], columns: Mapping[str, str] | None = None) -> str:
    """Rows as lines with a header; `columns`: key -> heading, by default the first row's keys.  Numbers align right.

    >>> print(table([{"name": "voice", "ess": 512.25}, {"name": "habit", "ess": None}]))
    name   ess
    voice  512
    habit    -
    """
    if not rows:
        return "(none)"
    columns = {key: key.replace("_", " ") for key in rows[0]} if columns is None else columns
    cells = [[shown(row.get(key)) for key in columns] for row in rows]
    right = [any(isinstance(row.get(key), int | float) for row in rows) for key in columns]
    lines = [list(columns.values()), *cells]
    widths = [max(len(line[k]) for line in lines) for k in range(len(columns))]
    return "\n".join(_line(line, widths, right) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = [
        cell.rjust(width) if flush else cell.ljust(width)
        for cell, width, flush in zip(cells, widths, right, strict=True)
    ]
    return "  ".join(parts).rstrip()


def shown(value: object) -> str:
    """A number with three digits, anything else as it is; None as a dash."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
    return str(value)
