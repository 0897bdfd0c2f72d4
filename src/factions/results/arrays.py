"""The arrays that are recorded of worlds: their axes and types, room for them, and how a state gets into them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from factions.world.fields import fields
from factions.world.state import State

if TYPE_CHECKING:
    from factions.scenario import Scenario

_RECORDED = {name: row for name, row in fields(State).items() if row.recorded is not None}

AXES: dict[str, tuple[str, ...]] = {
    name: ("world", "meeting", *row.axes) for name, row in _RECORDED.items() if not row.asked
}
"""Axes of every recorded array: the state at the end of a meeting, before time passes.

What each holds, and which values it takes, is said by the rows of `factions.world.state.State`.
"""

ASKED: dict[str, tuple[str, ...]] = {
    name: ("world", "meeting", *row.axes) for name, row in _RECORDED.items() if row.asked
}
"""Axes of the arrays that are recorded only when they are asked for."""

DTYPES: dict[str, type] = {name: row.recorded for name, row in _RECORDED.items() if row.recorded is not None}
"""Type of every recorded array."""


def sizes(scenario: Scenario) -> dict[str, int]:
    """Length of every axis but `world`."""
    return {
        "meeting": len(scenario.meetings),
        "bloc": len(scenario.blocs),
        "leader": len(scenario.leaders),
        "office": len(scenario.offices),
        "issue": len(scenario.issues),
        "event": len(scenario.events),
    }


def empty_arrays(scenario: Scenario, worlds: int, names: Iterable[str] = tuple(AXES)) -> dict[str, np.ndarray]:
    """Zeroed arrays for `worlds` worlds of `scenario`, one per name; names of `AXES` or `ASKED`."""
    length, axes = {"world": worlds, **sizes(scenario)}, AXES | ASKED
    return {name: np.zeros(tuple(length[axis] for axis in axes[name]), DTYPES[name]) for name in names}


def record(state: State, arrays: dict[str, np.ndarray], m: int) -> None:
    """Copy the state at the end of meeting m into the arrays asked for; alliances by the number of their first bloc.

    Of what may be marked as having happened, the file's events come first, and they alone are recorded.
    """
    for name, array in arrays.items():
        values = getattr(state, name)
        if name in ("alliance", "ruling"):
            values = first_bloc(values)
        array[:, m] = values[:, 0] if array.ndim == 2 else values[:, : array.shape[2]]


def first_bloc(masks: np.ndarray) -> np.ndarray:
    """Number of the lowest bloc in each mask, -1 for an empty one."""
    lowest = masks & -masks
    return np.where(masks == 0, -1, np.frexp(lowest.astype(float))[1] - 1)
