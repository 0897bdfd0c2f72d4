"""Worlds that move from meeting to meeting, the loop that moves them, and runs of the compiled engine.

Runs, runs along given luck, the particle filter, unconditional worlds and the null models all go through `advance`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from factions.engine.advance import meet_all, pass_time_all
from factions.results.arrays import empty_arrays, record
from factions.results.ensemble import Ensemble
from factions.world.build import build_case
from factions.world.case import Case
from factions.world.state import State, initial_state

if TYPE_CHECKING:
    from factions.scenario import Scenario

Arrays = dict[str, np.ndarray]

BLOCK = 256
"""Worlds that are advanced together: small enough for the processor's cache, large enough to hide the calls."""

Luck = Callable[[int], np.ndarray]
"""luck(m): (W,) for every world the number of the world whose noise it has at meeting m and in the time before it."""

Watch = Callable[[State, int, slice], None]
"""Called before meeting m is held with the state of a block of worlds, m, and the places of these worlds."""


class Dynamics(Protocol):
    """W worlds and what happens in them."""

    def meet(self, m: int, luck: np.ndarray) -> None:
        """Hold meeting m; world w has the noise of world luck[w]."""

    def pass_time(self, m: int, luck: np.ndarray) -> None:
        """Let time pass from meeting m to the next."""

    def record(self, arrays: Arrays, m: int) -> None:
        """Write the present state into `arrays`, as that of meeting m."""

    def select(self, rows: np.ndarray) -> None:
        """Replace the worlds by copies of the worlds `rows` (W,); each place keeps its parameters."""


def advance(dynamics: Dynamics, meetings: int, luck: Luck) -> Iterator[int]:
    """Hold the meetings 0 .. `meetings` - 1, and yield each when it is over and no time has passed since.

    Between two meetings the caller may look at the worlds, `select` among them, and change what `luck` will say.
    """
    for m in range(meetings):
        now = luck(m)
        if m > 0:
            dynamics.pass_time(m - 1, now)
        dynamics.meet(m, now)
        yield m


def record_all(dynamics: Dynamics, arrays: Arrays, luck: Luck) -> None:
    """Hold every meeting that the arrays have room for, and record it in them."""
    for m in advance(dynamics, arrays["ruling"].shape[1], luck):
        dynamics.record(arrays, m)


class EngineDynamics:
    """Worlds of the compiled engine from the start of `case`, one for each record of parameters in `values` (W,)."""

    def __init__(self, case: Case, values: np.ndarray, seed: int, watch: Callable[[State, int], None] | None = None):
        self.case, self.values, self.seed, self.watch = case, np.ascontiguousarray(values), seed, watch
        self.state = initial_state(case, len(values))

    def meet(self, m: int, luck: np.ndarray) -> None:
        """Phases 1-8; `watch` sees the state before them."""
        if self.watch is not None:
            self.watch(self.state, m)
        meet_all(self.case, self.values, self.state, m, self.seed, luck)

    def pass_time(self, m: int, luck: np.ndarray) -> None:
        """Phase 9."""
        pass_time_all(self.case, self.values, self.state, m, self.seed, luck)

    def record(self, arrays: Arrays, m: int) -> None:
        """The arrays asked for."""
        record(self.state, arrays, m)

    def select(self, rows: np.ndarray) -> None:
        """Copies of the states."""
        self.state = self.state.select(rows)


def run_paths(
    scenario: Scenario,
    values: np.ndarray,
    luck: np.ndarray,
    seed: int,
    threads: int = 1,
    arrays: Arrays | None = None,
    watch: Watch | None = None,
    block: int = BLOCK,
) -> Ensemble:
    """Worlds with the parameters `values` (W,) that follow given luck, meeting by meeting: luck (W, M).

    After the M meetings each keeps its last number.  `arrays`: what is recorded, by default all there is.
    """
    case, arrays = build_case(scenario), empty_arrays(scenario, len(luck)) if arrays is None else arrays
    columns = np.ascontiguousarray(luck.T)

    def run_part(part: slice) -> None:
        watching = None if watch is None else lambda state, m: watch(state, m, part)
        dynamics = EngineDynamics(case, values[part], seed, watching)
        views = {name: array[part] for name, array in arrays.items()}
        record_all(dynamics, views, lambda m: columns[min(m, len(columns) - 1), part])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run_part, blocks(len(luck), block)))
    return Ensemble(scenario, seed, "compiled", np.arange(len(luck)), arrays)


def run_worlds(
    scenario: Scenario, worlds: np.ndarray | range, values: np.ndarray, seed: int, threads: int = 1, block: int = BLOCK
) -> Ensemble:
    """The worlds with the given numbers; `values`: one record of parameters per world, or one for all."""
    numbers = np.asarray(worlds, np.int64)
    luck = numbers[:, np.newaxis]
    values = np.broadcast_to(values, numbers.shape)
    return replace(run_paths(scenario, values, luck, seed, threads, block=block), worlds=numbers)


def blocks(worlds: int, block: int) -> Iterator[slice]:
    """Slices of at most `block` worlds that cover `worlds`."""
    for first in range(0, worlds, block):
        yield slice(first, min(first + block, worlds))


def one_meeting(scenario: Scenario, worlds: int) -> Arrays:
    """Zeroed arrays for the state at one meeting: the meeting axis has length 1."""
    arrays = empty_arrays(scenario, worlds)
    return {name: np.zeros((worlds, 1, *array.shape[2:]), array.dtype) for name, array in arrays.items()}
