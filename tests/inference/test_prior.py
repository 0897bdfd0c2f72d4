"""The prior and the normal scale."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factions.inference.prior import normal_cdf, positions_of, to_normal, to_values, values_at
from factions.parameters import FREE, default_values


def test_the_middle_of_a_range_is_zero():
    values = to_values(np.zeros((1, len(FREE))))[0]
    for name, row in FREE.items():
        middle = math.sqrt(row.low * row.high) if row.scale == "log" else (row.low + row.high) / 2
        assert values[name] == pytest.approx(middle)


def test_there_and_back():
    points = np.random.default_rng(0).standard_normal((50, len(FREE)))
    np.testing.assert_allclose(to_normal(to_values(points)), points, atol=1e-6)
    defaults = default_values().reshape(1)
    back = values_at(positions_of(defaults))
    for name in FREE:
        assert back[name][0] == pytest.approx(defaults[name][0])


def test_what_is_not_fitted_keeps_what_the_scenario_says():
    points = np.zeros((1, len(FREE)))
    assert to_values(points, {"misjudgement": 0.25})["misjudgement"] == 0.25
    # What is fitted is the point's to say.
    assert to_values(points, {"patronage": 1.0}) == to_values(points)


def test_no_point_leaves_the_range():
    points = np.array([[-60.0] * len(FREE), [60.0] * len(FREE)])
    values = to_values(points)
    for name, row in FREE.items():
        assert list(values[name]) == pytest.approx([row.low, row.high], rel=1e-14, abs=1e-14)
        assert row.low <= values[name].min() and values[name].max() <= row.high
    assert np.isfinite(to_normal(values)).all()


def test_the_normal_distribution_function():
    np.testing.assert_allclose(normal_cdf(np.array([[-1.959964, 0.0, 1.0]])), [[0.025, 0.5, 0.841345]], atol=1e-6)
