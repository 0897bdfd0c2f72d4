"""Small struggles in a few lines, and how to run them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from factions.dynamics import run_worlds
from factions.model.run import run_worlds as run_mesa
from factions.parameters import default_values
from factions.results.arrays import AXES
from factions.results.ensemble import Ensemble
from factions.scenario import Scenario
from factions.scenario.content.tables import MeetingKind

PLENUM = {"id": "plenum", "electorate": "central_committee", "selection": 1.0, "rungs": ("office", "central_committee")}

LOUD = {"precision": 1e9, "voice_mass": 0.0}
"""Whoever is outside and has any name speaks out, and rulers with the votes always strike."""
SILENT = {"precision": -1e9}
"""Nobody speaks out whom the rulers do not trust, and nobody is struck."""


@pytest.fixture(scope="session")
def outcome() -> Callable[..., Ensemble]:
    """outcome(scenario, **values): world 0, after making sure that every world ends alike; axes start with the meeting.

    Nobody speaks out unless `values` say so.
    """

    def run(scenario: Scenario, worlds: int = 40, **values: float) -> dict[str, np.ndarray]:
        ensemble = run_worlds(scenario, np.arange(worlds), vector(scenario, **{**SILENT, **values}), 1)
        for name in AXES:
            assert (ensemble[name] == ensemble[name][:1]).all(), f"{name} is left to chance"
        return {name: ensemble[name][0] for name in AXES}

    return run


def vector(scenario: Scenario, **values: float) -> np.ndarray:
    record = default_values(scenario.parameters)
    for name, value in values.items():
        record[name] = value
    return record


@pytest.fixture(scope="session")
def parameters() -> Callable[..., np.ndarray]:
    """parameters(scenario, **values): one record, the scenario's own but for `values`, which need not be in range."""
    return vector


@pytest.fixture(scope="session")
def both(outcome) -> Callable[..., Ensemble]:
    """both(scenario, **values): what the engine finds, once the Mesa model has found the same in world 0."""

    def run(scenario: Scenario, **values: float) -> dict[str, np.ndarray]:
        found = outcome(scenario, **{**LOUD, **values})
        mesa = run_mesa(scenario, [0], vector(scenario, **{**LOUD, **values}), 1)
        assert all(np.array_equal(found[name], mesa[name][0]) for name in found)
        return found

    return run


@pytest.fixture(scope="session")
def quiet() -> Callable[..., list[dict]]:
    """quiet("b", "c", at="m0"): changes by which these blocs keep quiet there."""
    return lambda *blocs, at: [{"kind": "stance", "bloc": bloc, "to": "quiet", "at": at} for bloc in blocs]


@pytest.fixture(scope="session")
def with_plenums() -> Callable[..., Scenario]:
    """with_plenums(scenario, 0, 2): the same struggle, with plenums in the place of the first and third meeting.

    They may take offices and seats in the Central Committee.
    """

    def put(scenario: Scenario, *at: int) -> Scenario:
        kinds = (*scenario.meeting_kinds, MeetingKind.model_validate(PLENUM))
        meetings = [
            meeting.model_copy(update={"kind": "plenum"}) if m in at else meeting
            for m, meeting in enumerate(scenario.meetings)
        ]
        return scenario.model_copy(update={"meeting_kinds": kinds, "meetings": tuple(meetings)})

    return put
