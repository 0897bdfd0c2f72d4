"""Mesa worlds as an ensemble: the same arrays as the compiled engine's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from factions.model.party import Party
from factions.model.view import snapshot
from factions.results.arrays import empty_arrays
from factions.results.ensemble import Ensemble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from factions.scenario import Scenario


def run_worlds(
    scenario: Scenario,
    worlds: Iterable[int],
    values: np.ndarray,
    seed: int,
    progress: Callable[[int], None] | None = None,
) -> Ensemble:
    """Run worlds one by one; `values`: one record of parameters per world, or one for all; calls `progress(done)`."""
    worlds = np.asarray(list(worlds), np.int64)
    values = np.broadcast_to(values, worlds.shape)
    arrays = empty_arrays(scenario, len(worlds))
    for w, world in enumerate(worlds):
        party = Party(scenario, int(world), seed, values[w])
        while not party.finished:
            party.step()
            record(party, arrays, w)
        forget(party)
        if progress is not None:
            progress(w + 1)
    return Ensemble(scenario, seed, "mesa", worlds, arrays)


def record(party: Party, arrays: dict[str, np.ndarray], w: int) -> None:
    """Copy the state at the end of the meeting held last into place w of the arrays asked for."""
    state = snapshot(party)
    for name, array in arrays.items():
        array[w, party.meeting] = np.asarray(state[name]).reshape(array.shape[2:])


def forget(party: Party) -> None:
    """Let go of a finished model: Mesa 3.3.1 keeps every model alive in a table of its agents' numbers."""
    numbers = getattr(mesa.Agent, "_ids", None)
    if numbers is not None:
        numbers.pop(party, None)
