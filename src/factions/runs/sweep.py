"""A grid of runs: one scenario with values set otherwise, cell by cell, its worlds paired by the same seed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factions.runs.job import CUTS, PROGRAM, Block, Job, blocks
from factions.runs.pool import run_blocks
from factions.scenario.settings import Base, Settings
from factions.statements.outcomes import Outcome, find_outcomes, year
from factions.statements.shares import difference_error, known, mean_error, share_error
from factions.store.files import kept_array
from factions.store.provenance import program_digest

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.results.ensemble import Ensemble
    from factions.results.tables import Row
    from factions.scenario import Scenario

SWEEP = ("factions.runs.sweep", *PROGRAM)
"""The modules that decide the results of a sweep."""


@dataclass(frozen=True)
class Cell:
    """One run of a sweep: what is set, and the scenario and draws that this gives."""

    settings: Settings
    scenario: Scenario
    draws: Draws

    @classmethod
    def of(cls, base: Base, settings: Settings, draws: Draws) -> Cell:
        """The cell with these settings; a parameter is set in every draw.  UsageError if it is not sound."""
        scenario, values = base.varied(settings), draws.values.copy()
        for path, value in settings.items():
            table, _, name = path.partition(".")
            if table == "parameters":
                values[name] = value
        return cls(settings, scenario, replace(draws, values=values))


@dataclass(frozen=True)
class Measured:
    """A finished cell: the value of every outcome in every world, shape (outcome, world)."""

    cell: Cell
    values: np.ndarray


@dataclass(frozen=True)
class Sweep:
    """What is run: the cells, the names of outcomes, and the worlds of each cell.

    `folder`: where finished cells are kept, or None.
    """

    cells: Sequence[Cell]
    outcomes: Sequence[str]
    worlds: int
    seed: int
    engine: str = "compiled"
    folder: Path | None = None

    def measured(self) -> list[Outcome]:
        """The outcomes, as the first cell has them."""
        return find_outcomes(self.cells[0].scenario, self.outcomes)

    @property
    def identity(self) -> dict[str, object]:
        """What two sweeps must share for their results to be the same, by the names that a user knows."""
        settings = [{path: str(value) for path, value in cell.settings.items()} for cell in self.cells]
        numbers = {"worlds": self.worlds, "seed": self.seed, "engine": self.engine}
        return {"settings": settings, "outcome": list(self.outcomes), **numbers}

    @property
    def keys(self) -> list[str]:
        """What is set in any of the cells."""
        return list(dict.fromkeys(path for cell in self.cells for path in cell.settings))

    def run(
        self,
        workers: int | None = None,
        scheduler: str | None = None,
        progress: Callable[[int], None] = lambda done: None,
        say: Callable[[str], None] = lambda text: None,
    ) -> list[Measured]:
        """Run every cell, in order; those that the folder has already are taken from there.

        The same to the bit for any workers, scheduler and interruption.  `progress(1)` is called after each cell.
        """
        program, found = program_digest(*SWEEP), []
        for number, cell in enumerate(self.cells, 1):
            path = None if self.folder is None else self.folder / "cells" / f"{number:05d}.npy"
            about = json.dumps([program, cell.scenario.digest, cell.draws.digest, self._rest()])
            make = partial(self._run, cell, workers, scheduler, say)
            found.append(Measured(cell, kept_array(path, about, say, make)))
            progress(1)
        return found

    def _rest(self) -> list[object]:
        """What the results of a cell depend on beside the cell."""
        return [list(self.outcomes), self.worlds, self.seed, self.engine]

    def _run(self, cell: Cell, workers: int | None, scheduler: str | None, say: Callable[[str], None]) -> np.ndarray:
        outcomes = find_outcomes(cell.scenario, self.outcomes)
        job = Job(cell.scenario, self.seed, cell.draws, self.engine, CUTS[self.engine])
        values = np.zeros((len(outcomes), self.worlds))
        todo = blocks(self.worlds, job.cut.block)
        for done in run_blocks(job, todo, _whole, workers, scheduler, say):
            for ensemble in done.pieces:
                for row, outcome in zip(values, outcomes, strict=True):
                    row[ensemble.worlds] = _measured(outcome, ensemble)
        return values


def _measured(outcome: Outcome, ensemble: Ensemble) -> np.ndarray:
    """The outcome in every world; not a number for a year that never comes."""
    values = outcome.measure(ensemble)
    return values if outcome.never is None else np.where(outcome.never(ensemble), np.nan, values)


def _whole(block: Block) -> bool:
    return True


def rows(sweep: Sweep, found: Sequence[Measured]) -> list[Row]:
    """One row for each cell and outcome: what is set, the mean over worlds with its error, and the paired difference
    from the first cell with its error; errors are Monte Carlo standard errors, None if nothing is known of them.

    Of a year that may never come, the mean is the share of the worlds in which it comes, and `median_day` the day by
    which it has come in half of these; "" for any other outcome.
    """
    outcomes, keys = sweep.measured(), sweep.keys
    return [
        {"cell": number, **{key: measured.cell.settings.get(key, "") for key in keys}}
        | {"outcome": outcome.name, "text": outcome.text, "worlds": sweep.worlds}
        | _told(outcome, measured, k, found[0].values[k])
        | ({"difference_error": 0.0} if measured is found[0] else {})
        for number, measured in enumerate(found, 1)
        for k, outcome in enumerate(outcomes)
    ]


def _told(outcome: Outcome, measured: Measured, k: int, first: np.ndarray) -> Row:
    """Outcome number k of a cell, beside its values in the first."""
    values = measured.values[k]
    if outcome.never is None:
        return {"unit": outcome.unit, **_estimate(outcome.unit, values, first), "median_day": ""}
    comes, before = (~np.isnan(each) for each in (values, first))
    estimate = _estimate("probability", comes.astype(float), before.astype(float))
    return {"unit": "probability", **estimate, "median_day": _median_day(measured.cell.scenario, values[comes])}


def _median_day(scenario: Scenario, years: np.ndarray) -> str:
    """The day of the meeting by which half of these have come; "" if there are none."""
    if not len(years):
        return ""
    middle = np.quantile(years, 0.5, method="lower")
    return next(meeting.date for meeting in scenario.meetings if year(meeting.date) == middle).isoformat()


def _estimate(unit: str, values: np.ndarray, first: np.ndarray) -> Row:
    mean, change = float(values.mean()), values - first
    if unit == "probability":
        error = share_error(mean, len(values))
        apart = difference_error(float((change > 0.0).mean()), float((change < 0.0).mean()), len(values))
    else:
        error, apart = mean_error(values), mean_error(change)
    return {"mean": mean, "error": known(error), "difference": float(change.mean()), "difference_error": known(apart)}
