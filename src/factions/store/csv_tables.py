"""Tables as CSV: for programs, or for spreadsheets, which write 0.5 in some countries and 0,5 in others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from factions.store.files import harmless, write_bytes


@dataclass(frozen=True)
class Dialect:
    """What parts the cells, what stands before decimals, what ends a line, and the encoding."""

    separator: str
    decimal: str
    ending: str
    encoding: str


# The mark at the start of "utf-8-sig" tells Excel that it is UTF-8; some programs take it for a letter.
DIALECTS = {
    "program": Dialect(",", ".", "\n", "utf-8"),
    "point": Dialect(",", ".", "\r\n", "utf-8-sig"),
    "comma": Dialect(";", ",", "\r\n", "utf-8-sig"),
}
"""By the name of `--spreadsheet`; "program" without it."""

_written: ContextVar[Dialect] = ContextVar("dialect", default=DIALECTS["program"])


@contextmanager
def written_for(name: str) -> Iterator[None]:
    """Context in which tables are written in the dialect of this name."""
    token = _written.set(DIALECTS[name])
    try:
        yield
    finally:
        _written.reset(token)


def number_text(value: float) -> str:
    """A number in the dialect that is in force, with as many decimals as tell it from all others."""
    return float.__repr__(value).replace(".", _written.get().decimal)


def csv_bytes(rows: Sequence[Mapping[str, object]], columns: Sequence[str] = ()) -> bytes:
    """A CSV file; the columns are those named, else the keys of the first row. No columns, an empty file.

    Numbers are written by `number_text`, truth as true and false, None and what a row lacks as an empty cell.
    """
    headings, dialect, sheet = list(columns or (rows[0] if rows else ())), _written.get(), io.StringIO()
    if headings:
        writer = csv.DictWriter(sheet, headings, delimiter=dialect.separator, lineterminator=dialect.ending)
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return sheet.getvalue().encode(dialect.encoding)


def write_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows as CSV; texts that a spreadsheet would run as a formula have an apostrophe before them."""
    write_bytes(path, csv_bytes(harmless(rows)))


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return number_text(value) if isinstance(value, float) else value
