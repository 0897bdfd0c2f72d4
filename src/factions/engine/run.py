"""Run blocks of worlds through the calendar and record them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from factions.case import Case, build_case
from factions.engine.advance import meet_all, pass_time_all
from factions.engine.state import State, initial_state
from factions.results.ensemble import Ensemble, empty_arrays

if TYPE_CHECKING:
    from factions.scenario import Scenario

BLOCK = 256
"""worlds that are advanced together: small enough for the processor's cache, large enough to hide the calls"""


def run_block(case: Case, values: np.ndarray, arrays: dict[str, np.ndarray], seed: int, luck: np.ndarray) -> State:
    """Run one block from the start to the end; write its worlds into `arrays` (views with the block's worlds)."""
    state = initial_state(case, len(luck))
    for m in range(len(case.meeting_key)):
        meet_all(case, values, state, m, seed, luck)
        record(state, arrays, m)
        pass_time_all(case, values, state, m, seed, luck)
    return state


def record(state: State, arrays: dict[str, np.ndarray], m: int) -> None:
    """Copy the state at the end of meeting m into the arrays asked for; alliances by the number of their first bloc."""
    for name in arrays:
        values = getattr(state, name)
        if name in ("alliance", "ruling"):
            values = first_bloc(values)
        arrays[name][:, m] = values[:, 0] if arrays[name].ndim == 2 else values


def first_bloc(masks: np.ndarray) -> np.ndarray:
    """Number of the lowest bloc in each mask, -1 for an empty one."""
    lowest = masks & -masks
    return np.where(masks == 0, -1, np.frexp(lowest.astype(float))[1] - 1)


def run_worlds(
    scenario: Scenario, worlds: np.ndarray, values: np.ndarray, seed: int, threads: int = 1, block: int = BLOCK
) -> Ensemble:
    """Run the worlds with the given numbers; `values` (one record of parameters per world, or one for all)."""
    case = build_case(scenario)
    worlds = np.asarray(worlds, np.int64)
    values = np.broadcast_to(values, worlds.shape)
    arrays = empty_arrays(scenario, len(worlds))

    def run_part(part: slice) -> None:
        views = {name: array[part] for name, array in arrays.items()}
        run_block(case, np.ascontiguousarray(values[part]), views, seed, worlds[part])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run_part, blocks(len(worlds), block)))
    return Ensemble(scenario, seed, "compiled", worlds, arrays)


def blocks(worlds: int, block: int) -> Iterator[slice]:
    """Slices of at most `block` worlds that cover `worlds`."""
    for first in range(0, worlds, block):
        yield slice(first, min(first + block, worlds))
