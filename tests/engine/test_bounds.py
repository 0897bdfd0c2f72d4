"""What the engine spares itself to reckon could not have decided anything."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from factions.engine import loyalty
from factions.engine.masks import mask_of
from factions.parameters import DTYPE, PARAMETERS
from factions.rules.loyalty import mobility_rate
from factions.rules.numeric import chance


@pytest.mark.parametrize("years", [0.0, 0.01, 0.5, 8.0])
@pytest.mark.parametrize("end", ["low", "high", "default"])
def test_no_chance_of_moving_exceeds_its_bound(years, end):
    values = np.zeros(1, DTYPE).view(np.recarray)[0]
    for name, row in PARAMETERS.items():
        values[name] = getattr(row, end)
    case = SimpleNamespace(years_before=np.array([years]))
    bounds = getattr(loyalty.moving_bounds, "py_func", loyalty.moving_bounds)(case, values, 0)
    at_most = getattr(loyalty.at_most, "py_func", loyalty.at_most)
    for gain in np.concatenate([np.linspace(-8.0, 16.0, 400), [0.25, 0.5, 1.0, 2.0, 4.0]]):
        exact = chance(mobility_rate(values.policy_motive * gain, values.mobility), years)
        assert exact <= at_most(bounds, gain) + loyalty.SLACK, gain


def test_the_mask_of_a_bloc_has_its_bit_and_that_of_nobody_none():
    assert [mask_of(b) for b in (-1, 0, 1, 62)] == [0, 1, 2, 1 << 62]
