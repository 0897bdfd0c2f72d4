"""An ensemble made by hand: two blocs, two leaders, two offices, two meetings, one issue."""

from __future__ import annotations

import numpy as np
import pytest

from factions.results.arrays import empty_arrays
from factions.results.ensemble import Ensemble
from factions.scenario import load


@pytest.fixture
def scenario(minimal, write):
    return load(write(minimal))


@pytest.fixture
def build(scenario):
    """build(worlds, **arrays): every bloc stands alone and the second (the Centre) rules, but for the given arrays."""

    def _build(worlds: int, **arrays) -> Ensemble:
        filled = empty_arrays(scenario, worlds)
        filled["alliance"][:] = np.arange(2)
        filled["ruling"][:] = 1
        filled["membership"][:] = np.arange(2)
        filled["activity"][:] = 1
        for name, values in arrays.items():
            filled[name][:] = values
        return Ensemble(scenario, 3, "test", np.arange(worlds), filled)

    return _build


@pytest.fixture
def noise(build):
    """noise(worlds, seed): an ensemble in which every array has any value it may have."""

    def _noise(worlds: int, seed: int = 0) -> Ensemble:
        draw = np.random.default_rng(seed)
        one = build(worlds)
        ranges = {
            "alliance": (-1, 2),
            "ruling": (-1, 2),
            "open": (0, 2),
            "rung": (0, 7),
            "standing": (0, 6),
            "membership": (-1, 2),
            "surrendered": (0, 3),
            "activity": (-1, 2),
            "holder": (-1, 2),
        }
        for name, array in one.arrays.items():
            if name in ranges:
                array[:] = draw.integers(*ranges[name], size=array.shape)
            else:
                array[:] = np.where(draw.random(array.shape) < 0.1, 0.0, draw.random(array.shape))
        return one

    return _noise
