"""Paired differences and their errors, against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factions.counterfactual.contrasts import contrast, standard_error, strongest
from factions.statements.outcomes import Outcome


def outcome(values: list[float], unit: str = "probability") -> Outcome:
    return Outcome("it", "It happens", unit, lambda ensemble: np.array(values))


def test_a_paired_difference_by_hand():
    found = contrast(outcome([1, 1, 0, 0]), None, None, outcome([1, 1, 1, 0]), np.arange(4))
    assert (found.baseline, found.counterfactual, found.difference) == (0.5, 0.75, 0.25)
    assert (found.raised, found.lowered) == (0.25, 0.0)
    assert found.error == pytest.approx(0.25)  # deviations .75, -.25 x 3: sqrt(0.75 / 3 / 4)
    assert found.gain == pytest.approx((0.25 + 0.1875) / 0.1875)


def test_independent_worlds_have_the_usual_error():
    values = np.random.default_rng(0).normal(size=50)
    assert standard_error(values, np.arange(50)) == pytest.approx(values.std(ddof=1) / math.sqrt(50))


def test_kin_count_as_one():
    values = np.random.default_rng(0).normal(size=20)
    kin = np.repeat(np.arange(20), 5)
    assert standard_error(np.repeat(values, 5), kin) == pytest.approx(standard_error(values, np.arange(20)))


def test_few_ancestors_that_agree_by_chance_are_not_trusted():
    values = np.tile([0.0, 1.0], 50)
    assert standard_error(values, np.arange(100) // 50) == pytest.approx(0.5 / math.sqrt(99))


def test_one_ancestor_says_nothing_of_the_error():
    assert standard_error(np.arange(5.0), np.zeros(5)) is None


def test_a_change_never_seen_may_still_exist():
    assert standard_error(np.zeros(99), np.arange(99), probability=True) == pytest.approx(math.sqrt(0.5 / 100 / 99))
    assert standard_error(np.zeros(99), np.arange(99)) == 0.0


def test_the_stated_error_covers_the_spread_over_repetitions():
    generator = np.random.default_rng(1)
    means, errors = [], []
    for _ in range(400):
        values = np.repeat(generator.normal(size=30), 4) + generator.normal(size=120) * 0.1
        means.append(values.mean())
        errors.append(standard_error(values, np.repeat(np.arange(30), 4)))
    assert np.mean(errors) == pytest.approx(np.std(means), rel=0.1)


def test_only_clear_contrasts_are_listed_and_the_largest_first():
    many = np.arange(200)
    small = contrast(outcome([0.0] * 200), None, None, outcome([1.0] * 20 + [0.0] * 180), many)
    large = contrast(outcome([0.0] * 200), None, None, outcome([1.0] * 150 + [0.0] * 50), many)
    none = contrast(outcome([0.0] * 200), None, None, outcome([0.0] * 200), many)
    assert strongest([none, small, large], 5) == [large, small]
