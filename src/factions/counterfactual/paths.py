"""Worlds given by their luck, meeting by meeting: a conditioned world can be run again, changed or unchanged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factions.dynamics import Watch, run_paths
from factions.results.arrays import ASKED, AXES, empty_arrays
from factions.results.ensemble import Ensemble

if TYPE_CHECKING:
    from factions.scenario import Scenario

LEFT_OUT = ("line", "trust")
"""Arrays that no outcome and no figure here needs, and that take most of the room."""


@dataclass(frozen=True)
class Demand:
    """A claim that the worlds were to satisfy.

    `held`: probability that it held when that was decided, given what was imposed before; `imposed`: do all worlds
    satisfy it now, or could it not be imposed, because too few did.
    """

    claim: str
    held: float
    imposed: bool


@dataclass(frozen=True)
class Paths:
    """W worlds: what they are made of, and how far they are kin.

    `values` (W,) records of parameters; `luck` (W, M): the world whose noise is used at meeting m and in the time
    before it; `ancestor` (W,): worlds with the same number come from one particle at the first meeting, and are not
    independent; `ess`: least effective number of particles on the way (W without conditioning); `until`: id of the last
    meeting whose record was used, or ""; `demands`: the claims that were to be imposed; `ess_before`:
    like `ess`, before worlds that violate what is imposed were dropped (None without conditioning).
    """

    values: np.ndarray
    luck: np.ndarray
    ancestor: np.ndarray
    ess: float
    until: str
    demands: tuple[Demand, ...] = ()
    ess_before: float | None = None

    def __len__(self) -> int:
        return len(self.luck)

    @property
    def ancestors(self) -> int:
        """Number of distinct ancestors."""
        return len(np.unique(self.ancestor))

    def run(self, scenario: Scenario, seed: int, threads: int = 2, watch: Watch | None = None) -> Ensemble:
        """The worlds of `scenario` that follow these paths, with the arrays of `arrays_of`."""
        return run_paths(scenario, self.values, self.luck, seed, threads, arrays_of(scenario, len(self)), watch)


def free_paths(values: np.ndarray, meetings: int) -> Paths:
    """Worlds 0, 1, 2, ... with their own luck throughout: those of an unconditioned run."""
    worlds = np.arange(len(values))
    luck = np.repeat(worlds[:, np.newaxis], meetings, axis=1)
    return Paths(values, luck, worlds, float(len(worlds)), "")


def carry_over(paths: Paths, base: Scenario, other: Scenario) -> Paths:
    """The same luck for the meetings of another scenario: by id; a new meeting has the luck of the one before it."""
    known = {meeting.id: m for m, meeting in enumerate(base.meetings)}
    columns, last = [], 0
    for meeting in other.meetings:
        last = known.get(meeting.id, last)
        columns.append(last)
    values = paths.values.copy()
    for name, value in other.parameters.items():
        if base.parameters.get(name) != value:
            values[name] = value
    return replace(paths, values=values, luck=paths.luck[:, columns])


def arrays_of(scenario: Scenario, worlds: int) -> dict[str, np.ndarray]:
    """Empty arrays for worlds along their paths: with the leaders' influence, without `LEFT_OUT`."""
    return empty_arrays(scenario, worlds, [name for name in (*AXES, *ASKED) if name not in LEFT_OUT])
