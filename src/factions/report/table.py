"""Tables, laid out once: columns with headings, which a terminal shows as text and a page as HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PIPED = 150
"""Characters in a line of text that does not go to a terminal."""

LITERAL = "  "
"""How a line begins that one types: it is never broken."""

T = TypeVar("T")


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column of words: its `heading`, and `cell(row)`, what it says of a row."""

    heading: str
    cell: Callable[[T], str]

    @property
    def number(self) -> bool:
        """Numbers stand at the right of their column and are never broken into lines."""
        return False


class Number(Column[T]):
    """A column of numbers, as text."""

    @property
    def number(self) -> bool:
        return True


@dataclass(frozen=True)
class Table:
    """Rows of text under `headings`.

    `numbers`: True for a column of numbers; `faint`: True for a row that says little; `title` stands above the table,
    `note` below it.
    """

    headings: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    faint: tuple[bool, ...]
    title: str = ""
    note: str = ""


Block = str | Table
"""A part of a text or page: a paragraph or a table."""


def table(
    rows: Iterable[T],
    *columns: Column[T],
    title: str = "",
    note: str = "",
    faint: Callable[[T], bool] = lambda row: False,
) -> Table:
    """A table of anything: one row for each item."""
    rows = list(rows)
    return Table(
        tuple(column.heading for column in columns),
        tuple(column.number for column in columns),
        tuple(tuple(column.cell(row) for column in columns) for row in rows),
        tuple(faint(row) for row in rows),
        title,
        note,
    )


def facts(rows: Mapping[str, object]) -> Table:
    """Two columns without headings: what, and how it is."""
    return table(rows.items(), Column[tuple[str, object]]("", lambda row: row[0]), Column("", lambda row: str(row[1])))


def as_text(blocks: Iterable[Block], width: int) -> str:
    """Paragraphs and tables one below the other, in lines of at most `width` characters.

    Words are wrapped, numbers and single words never: a table that cannot be so narrow is as wide as it must be.

    >>> prices = table([("bread", 1.5), ("a jar of honey", 12.25)], Column("what", lambda row: row[0]),
    ...                Number("price", lambda row: f"{row[1]:.2f}"))
    >>> print(as_text([prices], 13), end="")
    what    price
    ─────────────
    bread    1.50
    a jar   12.25
    of
    honey
    """
    return "\n\n".join(_text(block, width) for block in blocks) + "\n"


def _text(block: Block, width: int) -> str:
    if isinstance(block, str):
        return wrapped(block, width)
    around = [[wrapped(text, width)] if text else [] for text in (block.title, block.note)]
    return "\n".join([*around[0], *_lines(block, width), *around[1]])


def wrapped(text: str, width: int) -> str:
    """A text whose lines are broken between words where they are longer than `width` characters."""
    lines = text.split("\n")
    return "\n".join(_fill(line, width) if _breaks(line, width) else line for line in lines)


def _breaks(line: str, width: int) -> bool:
    return len(line) > width and not line.startswith(LITERAL)


def _fill(line: str, width: int) -> str:
    return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)


def _lines(block: Table, width: int) -> Iterator[str]:
    widths = _widths(block, width)
    if any(block.headings):
        yield from _row(block.headings, widths, block.numbers)
        yield "─" * (sum(widths) + 2 * (len(widths) - 1))
    for row in block.rows:
        yield from _row(row, widths, block.numbers)


def _widths(block: Table, width: int) -> list[int]:
    """Characters of each column: the widest column of words gives way, down to its longest word."""
    cells = [block.headings, *block.rows]
    widths = [max(len(row[k]) for row in cells) for k in range(len(block.headings))]
    least = [
        widths[k] if number else max((len(word) for row in cells for word in row[k].split()), default=0)
        for k, number in enumerate(block.numbers)
    ]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        spare = [k for k in range(len(widths)) if widths[k] > least[k]]
        if not spare:
            break
        widths[max(spare, key=lambda k: widths[k])] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], numbers: Sequence[bool]) -> Iterator[str]:
    """The lines of one row."""
    wrapped = [
        [cell] if number else textwrap.wrap(cell, max(width, 1), break_long_words=False, break_on_hyphens=False) or [""]
        for cell, width, number in zip(cells, widths, numbers, strict=True)
    ]
    for line in range(max(len(lines) for lines in wrapped)):
        parts = [lines[line] if line < len(lines) else "" for lines in wrapped]
        aligned = [
            part.rjust(width) if number else part.ljust(width)
            for part, width, number in zip(parts, widths, numbers, strict=True)
        ]
        yield "  ".join(aligned).rstrip()
