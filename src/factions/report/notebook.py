"""Results as notebooks show them: a short text, a page, tables that any library takes, figures, files.

A result derives from `Shown` and says what it has; how it prints, draws and is looked up by name follows from that.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from factions.errors import UsageError
from factions.report.page import Page
from factions.report.table import PIPED, Block, Column, Number, Table, as_text, table
from factions.scenario.text.problems import suggestion

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Row = dict[str, object]
"""One row of a tidy table: column -> value."""

MOST = 20
"""Rows of a table that a notebook prints; the rest is counted."""

T = TypeVar("T")


class Rows(list[Row]):
    """A tidy table: a list of rows that prints as a table, and that pandas, polars and pyarrow take as it is.

    >>> rows = Rows([{"who": "anna", "share": 0.25}, {"who": "boris", "share": None}])
    >>> rows
    who    share
    ────────────
    anna   0.250
    boris      -
    >>> rows.column("share")
    [0.25, None]
    """

    def column(self, name: str) -> list[object]:
        """The values of one column; UsageError if there is none of that name."""
        columns = list(self[0]) if self else []
        if name not in columns:
            raise UsageError(f'there is no column "{name}"', suggestion(name, columns))
        return [row[name] for row in self]

    def shown(self) -> Table:
        """The first `MOST` rows, with a note if there are more."""
        columns = list(self[0]) if self else []
        more = f"... and {len(self) - MOST:,} more rows" if len(self) > MOST else ""
        return table(self[:MOST], *(_column(name, self) for name in columns), note=more)

    def __repr__(self) -> str:
        return as_text([self.shown()], PIPED).rstrip("\n") if self else "no rows"

    def _repr_html_(self) -> str:
        return markup([self.shown()]) if self else "<p>no rows</p>"


def _column(name: str, rows: Sequence[Row]) -> Column[Row]:
    numbers = all(isinstance(row[name], int | float | None) for row in rows)
    return (Number if numbers else Column)(name, lambda row: _cell(row[name]))


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


class Shown(ABC):
    """A result that prints well in a notebook, holds tidy tables, draws figures and saves all of it."""

    @abstractmethod
    def summary(self) -> str:
        """What it is, in one line."""

    @abstractmethod
    def blocks(self) -> Sequence[Block]:
        """What it says, as paragraphs and tables: the text that the command of the same name prints."""

    @abstractmethod
    def tables(self) -> Mapping[str, Sequence[Row]]:
        """Its tidy tables by name, the most wanted first."""

    @abstractmethod
    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """What draws each of its figures, by name, the most wanted first."""

    @abstractmethod
    def save(self, folder: str | Path) -> list[Path]:
        """Write the report, figures and tables into a folder; returns what was written."""

    def table(self, name: str = "") -> Rows:
        """One of its tables, by default the first; UsageError if there is none of that name."""
        return Rows(named(self.tables(), name, "table"))

    def plot(self, name: str = "") -> Figure:
        """One of its figures, by default the first, as matplotlib has it; UsageError if there is none of that name."""
        return viewable(named(self.figures(), name, "figure")())

    def __str__(self) -> str:
        return as_text(self.blocks(), PIPED).rstrip("\n")

    def __repr__(self) -> str:
        return f"{self.summary()}\n{offer('tables', self.tables())}; {offer('figures', self.figures())}"

    def _repr_html_(self) -> str:
        return markup(self.blocks())


def named(known: Mapping[str, T], name: str, what: str) -> T:
    """What is known by that name, or the first if none is given; UsageError if there is none."""
    wanted = name or next(iter(known), "")
    if wanted not in known:
        raise UsageError(f'there is no {what} "{wanted}"', suggestion(wanted, known))
    return known[wanted]


def offer(what: str, names: Iterable[str]) -> str:
    """A line on what there is."""
    return f"{what}: {', '.join(names) or 'none'}"


def viewable(figure: Figure) -> Figure:
    """The figure, which a notebook then shows: by itself it knows only those that pyplot has made."""
    from factions.plots.output import png

    figure._repr_png_ = lambda: png(figure)  # type: ignore[attr-defined]
    return figure


def markup(blocks: Iterable[Block]) -> str:
    """Paragraphs and tables as a piece of HTML that needs no style of its own."""
    page = Page("")
    page.blocks(blocks)
    return f'<div class="factions">{"".join(page.parts)}</div>'
