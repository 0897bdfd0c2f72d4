"""Mesa worlds as an ensemble: the same arrays as the compiled engine's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from factions.model.party import Party
from factions.results.ensemble import AXES, Ensemble, empty_arrays

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factions.scenario import Scenario


def snapshot(party: Party) -> dict[str, object]:
    """State of a party at the end of a meeting, one entry per recorded array (see `factions.results.ensemble.AXES`)."""
    blocs, leaders = party.blocs, party.leaders
    return {
        "alliance": [_label(bloc.alliance) for bloc in blocs],
        "ruling": _label(party.ruling),
        "open": [bloc.open for bloc in blocs],
        "influence": [bloc.influence for bloc in blocs],
        "delegates": [bloc.delegates for bloc in blocs],
        "vote_share": party.vote_share,
        "rung": [bloc.rung for bloc in blocs],
        "line": [bloc.line for bloc in blocs],
        "trust": [[bloc.trust[other] for other in blocs] for bloc in blocs],
        "standing": [leader.standing for leader in leaders],
        "membership": [-1 if leader.bloc is None else leader.bloc.position for leader in leaders],
        "surrendered": [leader.surrendered for leader in leaders],
        "activity": [leader.activity for leader in leaders],
        "holder": [-1 if office.holder is None else office.holder.position for office in party.offices],
    }


def _label(alliance) -> int:
    return min((bloc.position for bloc in alliance), default=-1)


def run_worlds(scenario: Scenario, worlds: Iterable[int], values: np.ndarray, seed: int, progress=None) -> Ensemble:
    """Run worlds one by one; `values`: one record of parameters per world, or one for all; calls `progress(done)`."""
    worlds = np.asarray(list(worlds), np.int64)
    values = np.broadcast_to(values, worlds.shape)
    arrays = empty_arrays(scenario, len(worlds))
    for w, world in enumerate(worlds):
        party = Party(scenario, int(world), seed, values[w])
        while not party.finished:
            party.step()
            for name, state in snapshot(party).items():
                arrays[name][w, party.meeting] = np.asarray(state).reshape(arrays[name].shape[2:])
        forget(party)
        if progress is not None:
            progress(w + 1)
    assert set(arrays) == set(AXES)
    return Ensemble(scenario, seed, "mesa", worlds, arrays)


def forget(party: Party) -> None:
    """Let go of a finished model: Mesa 3.3.1 keeps every model alive in a table of its agents' numbers."""
    numbers = getattr(mesa.Agent, "_ids", None)
    if numbers is not None:
        numbers.pop(party, None)
