"""Worlds along their paths in the readable model: slow, with the reason for every decision, equal to the bit."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.paths import arrays_of
from factions.dynamics import EngineDynamics, advance
from factions.results.ensemble import Ensemble
from factions.world.state import one_world

if TYPE_CHECKING:
    from factions.counterfactual.paths import Paths
    from factions.model import Party
    from factions.scenario import Scenario
    from factions.world.case import Case


def follow(scenario: Scenario, paths: Paths, world: int, seed: int, first: int = 0) -> Generator[Party]:
    """One world, as it stands after each meeting in turn from `first` on; the same object every time.

    The engine, which is fast, holds the meetings before: of what was decided at them the party knows nothing.
    """
    from factions.model import Party
    from factions.model.resume import resume
    from factions.model.run import forget

    party = Party(scenario, int(paths.luck[world, first]), seed, paths.values[world])
    try:
        if first > 0:
            resume(party, stood(party.case, paths, world, seed, first - 1), first - 1)
        while not party.finished:
            party.world = int(paths.luck[world, party.meeting + 1])
            party.step()
            yield party
    finally:
        forget(party)


@contextmanager
def after_meeting(scenario: Scenario, paths: Paths, world: int, seed: int, m: int) -> Iterator[Party]:
    """One world as it stands after meeting m, with the reasons for what was decided there."""
    with closing(follow(scenario, paths, world, seed, m)) as parties:
        yield next(parties)


def stood(case: Case, paths: Paths, world: int, seed: int, m: int) -> SimpleNamespace:
    """Where one world stood at the end of meeting m: its arrays by name."""
    luck, engine = paths.luck[world : world + 1], EngineDynamics(case, paths.values[world : world + 1], seed)
    for _ in advance(engine, m + 1, lambda held: luck[:, held]):
        pass
    return one_world(engine.state, 0)


def run_readable(scenario: Scenario, paths: Paths, seed: int) -> Ensemble:
    """The same worlds as `Paths.run` gives, run one by one."""
    from factions.model.run import record

    arrays = arrays_of(scenario, len(paths))
    for w in range(len(paths)):
        for party in follow(scenario, paths, w, seed):
            record(party, arrays, w)
    return Ensemble(scenario, seed, "mesa", np.arange(len(paths)), arrays)
