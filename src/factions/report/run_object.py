"""The worlds of a run as `factions.run` returns them: arrays that print as who rules when, and draw their figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from factions.report.notebook import Rows, markup, named, offer, viewable
from factions.report.run_files import figures, result_tables
from factions.report.run_text import meetings_table
from factions.report.table import PIPED, as_text
from factions.results.ensemble import Ensemble
from factions.results.tally import Tallied
from factions.wording import counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.report.table import Block


@dataclass(frozen=True, repr=False)
class Run(Ensemble):
    """An ensemble that a notebook can show.

    `table(name)` is one of the tables that `factions run --out` writes, `plot(name)` one of its figures; `tables()`
    are those of single worlds.
    """

    @classmethod
    def of(cls, ensemble: Ensemble) -> Run:
        """An ensemble, as it is shown."""
        return cls(**{name: getattr(ensemble, name) for name in ensemble.__dataclass_fields__})

    @cached_property
    def tallied(self) -> Tallied:
        """The counts of the worlds."""
        return Tallied.of(self)

    def blocks(self) -> list[Block]:
        """What the worlds say of who rules and who opposes, meeting by meeting."""
        return [self._title(), meetings_table(self.tallied)]

    def table(self, name: str = "") -> Rows:
        """A table over worlds: meetings (the first), blocs, leaders, offices, claims; UsageError for another name."""
        return Rows(named(result_tables(self.tallied), name or "meetings", "table"))

    def plot(self, name: str = "") -> Figure:
        """A figure, as matplotlib has it: alliances (the first), influence, standing, claims."""
        return viewable(named(figures(self.scenario), name, "figure").figure(self.tallied))

    def _title(self) -> str:
        return f"{self.scenario.title}: {counted(len(self), 'world')}, seed {self.seed}"

    def __str__(self) -> str:
        return as_text(self.blocks(), PIPED).rstrip("\n")

    def __repr__(self) -> str:
        arrays, drawn = offer("arrays", self.arrays), offer("figures", figures(self.scenario))
        return f"{self._title()}\n{arrays}\n{drawn}"

    def _repr_html_(self) -> str:
        return markup(self.blocks())
