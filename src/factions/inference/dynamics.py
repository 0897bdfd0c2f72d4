"""What a filter moves from meeting to meeting: the engine's worlds, or anything else with the same five methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from factions.engine.advance import meet_all, pass_time_all
from factions.engine.run import record
from factions.engine.state import State, initial_state
from factions.results.ensemble import AXES, DTYPES, sizes

if TYPE_CHECKING:
    from factions.case import Case
    from factions.scenario import Scenario

Arrays = dict[str, np.ndarray]


class Dynamics(Protocol):
    """W worlds between two meetings."""

    def meet(self, m: int, luck: np.ndarray) -> None:
        """Hold meeting m; world w has the noise of world luck[w]."""

    def pass_time(self, m: int, luck: np.ndarray) -> None:
        """Let time pass from meeting m to the next."""

    def snapshot(self) -> Arrays:
        """What is recorded of the present state, with a meeting axis of length 1."""

    def select(self, rows: np.ndarray) -> None:
        """Replace the worlds by copies of the worlds `rows`; each place keeps its parameters."""


class EngineDynamics:
    """Worlds of the compiled engine, with one record of parameters each."""

    def __init__(self, scenario: Scenario, case: Case, values: np.ndarray, seed: int) -> None:
        self.case, self.values, self.seed = case, np.ascontiguousarray(values), seed
        self.state = initial_state(case, len(values))
        self.arrays = one_meeting(scenario, len(values))

    def meet(self, m: int, luck: np.ndarray) -> None:
        """Phases 1-8."""
        meet_all(self.case, self.values, self.state, m, self.seed, luck)

    def pass_time(self, m: int, luck: np.ndarray) -> None:
        """Phase 9."""
        pass_time_all(self.case, self.values, self.state, m, self.seed, luck)

    def snapshot(self) -> Arrays:
        """The recorded arrays, overwritten by the next snapshot."""
        record(self.state, self.arrays, 0)
        return self.arrays

    def select(self, rows: np.ndarray) -> None:
        """Copies of the states."""
        self.state = State(*(array[rows] for array in self.state))


def one_meeting(scenario: Scenario, worlds: int) -> Arrays:
    """Zeroed arrays for the state at one meeting."""
    length = {**sizes(scenario), "world": worlds, "meeting": 1}
    return {name: np.zeros(tuple(length[axis] for axis in axes), DTYPES[name]) for name, axes in AXES.items()}
