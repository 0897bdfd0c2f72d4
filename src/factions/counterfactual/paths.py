"""Worlds given by their luck, meeting by meeting: a conditioned world can be run again, changed or unchanged."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factions.case import Case, build_case
from factions.engine.advance import meet_all, pass_time_all
from factions.engine.run import BLOCK, blocks, record
from factions.engine.state import initial_state
from factions.results.ensemble import Ensemble, empty_arrays

if TYPE_CHECKING:
    from factions.engine.state import State
    from factions.scenario import Scenario

LEFT_OUT = ("line", "trust")
"""Arrays that no outcome and no figure here needs, and that take most of the room."""

Watch = Callable[["State", int, slice], None]
"""Called with the state of a block before meeting m is held, the meeting, and the block's worlds."""


@dataclass(frozen=True)
class Paths:
    """W worlds: what they are made of, and how far they are kin.

    `values` (W,) records of parameters; `luck` (W, M): the world whose noise is used at meeting m and in the time
    before it; `ancestor` (W,): worlds with the same number come from one particle at the first meeting, and are not
    independent; `ess`: least effective number of particles on the way (W without conditioning); `until`: id of the last
    meeting whose record was used, or "".
    """

    values: np.ndarray
    luck: np.ndarray
    ancestor: np.ndarray
    ess: float
    until: str

    def __len__(self) -> int:
        return len(self.luck)

    @property
    def ancestors(self) -> int:
        """Number of distinct ancestors."""
        return len(np.unique(self.ancestor))


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


def run_paths(scenario: Scenario, paths: Paths, seed: int, threads: int = 2, watch: Watch | None = None) -> Ensemble:
    """Run worlds along their paths; with the leaders' influence as `weight`, without the arrays `LEFT_OUT`."""
    case, arrays = build_case(scenario), arrays_of(scenario, len(paths))

    def run_part(part: slice) -> None:
        views = {name: array[part] for name, array in arrays.items()}
        _run_block(case, paths, part, views, seed, watch)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run_part, blocks(len(paths), BLOCK)))
    return Ensemble(scenario, seed, "compiled", np.arange(len(paths)), arrays)


def arrays_of(scenario: Scenario, worlds: int) -> dict[str, np.ndarray]:
    """Empty arrays for worlds along their paths."""
    arrays = {name: array for name, array in empty_arrays(scenario, worlds).items() if name not in LEFT_OUT}
    return arrays | {"weight": np.zeros(arrays["standing"].shape, np.float32)}


def _run_block(
    case: Case, paths: Paths, part: slice, arrays: dict[str, np.ndarray], seed: int, watch: Watch | None
) -> None:
    values = np.ascontiguousarray(paths.values[part])
    luck = np.ascontiguousarray(paths.luck[part].T)
    state = initial_state(case, len(values))
    for m in range(len(luck)):
        if m > 0:
            pass_time_all(case, values, state, m - 1, seed, luck[m])
        if watch is not None:
            watch(state, m, part)
        meet_all(case, values, state, m, seed, luck[m])
        record(state, arrays, m)
