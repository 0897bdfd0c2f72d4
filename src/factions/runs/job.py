"""What is to be run: a scenario, a seed, draws and an engine; a block of its worlds is a pure function of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.results.arrays import empty_arrays
from factions.results.tally import count_worlds

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.results.ensemble import Ensemble
    from factions.results.tally import Tally
    from factions.scenario import Scenario

PROGRAM = ("factions.runs.job", "factions.runs.blocks", "factions.draws")
"""The modules that decide the worlds of a job, how they are counted and kept; all that they import counts too."""


ROOM = 64_000_000
"""Bytes that the arrays of the worlds of a piece may take."""


@dataclass(frozen=True)
class Cut:
    """How an ensemble is cut up; its results do not depend on it.

    `block`: worlds that a worker runs and that are kept together; `piece`: worlds that are run and counted at a time,
    fewer where they would take more than `ROOM`; `kept`: worlds (the first ones) that are kept whole, for the per-world
    tables, all others only as counts.
    """

    block: int = 1024
    piece: int = 1024
    kept: int = 2048


CUTS = {"compiled": Cut(), "mesa": Cut(block=64)}
"""By engine; a block is half a second of work, or some seconds with Mesa."""

ENGINES = tuple(CUTS)


@dataclass(frozen=True)
class Job:
    """An ensemble to be run: worlds 0, 1, 2, ... of a scenario under a seed; world w has the parameters of its draw."""

    scenario: Scenario
    seed: int
    draws: Draws
    engine: str = "compiled"
    cut: Cut = CUTS["compiled"]

    def run(self, worlds: np.ndarray) -> Ensemble:
        """The worlds with the given numbers, whole."""
        values = self.draws.of(worlds)
        if self.engine == "mesa":
            from factions.model.run import run_worlds as run_mesa

            return run_mesa(self.scenario, worlds, values, self.seed)
        from factions.dynamics import run_worlds

        return run_worlds(self.scenario, worlds, values, self.seed)


@dataclass(frozen=True, order=True)
class Block:
    """The worlds from `first` up to but not including `end`."""

    first: int
    end: int

    @property
    def name(self) -> str:
        """Its name on disk; names sort like blocks."""
        return f"{self.first:09d}-{self.end:09d}"


def blocks(worlds: int, size: int) -> Iterator[Block]:
    """Blocks of `size` worlds, the last one maybe smaller, that cover `worlds` worlds in order."""
    for first in range(0, worlds, size):
        yield Block(first, min(first + size, worlds))


def run_block(job: Job, block: Block, whole: bool) -> tuple[Tally, list[Ensemble]]:
    """The tally of a block, run piece by piece to save room, and the pieces if its worlds are wanted whole."""
    tallies, pieces, size = [], [], _piece(job)
    for first in range(block.first, block.end, size):
        ensemble = job.run(np.arange(first, min(first + size, block.end)))
        tallies.append(count_worlds(ensemble))
        pieces += [ensemble] if whole else []
    return sum(tallies[1:], tallies[0]), pieces


def _piece(job: Job) -> int:
    """Worlds that are run and counted at a time."""
    one = sum(array.nbytes for array in empty_arrays(job.scenario, 1).values())
    return max(1, min(job.cut.piece, ROOM // one))
