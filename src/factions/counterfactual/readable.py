"""Worlds along their paths in the readable model: slow, with the reason for every decision, equal to the bit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.paths import arrays_of
from factions.results.ensemble import Ensemble

if TYPE_CHECKING:
    from factions.counterfactual.paths import Paths
    from factions.model import Party
    from factions.scenario import Scenario


def follow(scenario: Scenario, paths: Paths, world: int, seed: int) -> Iterator[Party]:
    """One world, as it stands after each meeting in turn; the same object every time."""
    from factions.model import Party
    from factions.model.run import forget

    party = Party(scenario, int(paths.luck[world, 0]), seed, paths.values[world])
    try:
        while not party.finished:
            party.world = int(paths.luck[world, party.meeting + 1])
            party.step()
            yield party
    finally:
        forget(party)


def run_readable(scenario: Scenario, paths: Paths, seed: int) -> Ensemble:
    """The same worlds as `Paths.run` gives, run one by one."""
    from factions.model.run import record

    arrays = arrays_of(scenario, len(paths))
    for w in range(len(paths)):
        for party in follow(scenario, paths, w, seed):
            record(party, arrays, w)
    return Ensemble(scenario, seed, "mesa", np.arange(len(paths)), arrays)
