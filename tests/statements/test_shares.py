"""Errors of shares, means and differences at values worked out by hand, and how often they hold."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factions.statements.shares import counted_error, difference_error, independent, known, mean_error, share_error


@pytest.mark.parametrize(
    ("share", "worlds", "variance"),
    [
        (0.0, 16, 0.1 * 0.9 / 16),  # 2 of 20
        (1.0, 16, 0.9 * 0.1 / 16),  # 18 of 20
        (0.5, 96, 0.25 / 96),
        (0.25, 96, 0.26 * 0.74 / 96),  # 26 of 100
        (0.0, 2, (1 / 3) * (2 / 3) / 2),
    ],
)
def test_the_error_of_a_share_by_hand(share, worlds, variance):
    assert share_error(share, worlds) == pytest.approx(math.sqrt(variance))


def test_shares_may_be_an_array():
    shares = np.array([[0.0, 0.5], [1.0, 0.25]])
    found = share_error(shares, 96)
    assert found.shape == (2, 2)
    assert found[1, 1] == share_error(0.25, 96)
    assert np.isnan(share_error(shares, 1)).all()


def coverage(probability: float, worlds: int, error) -> float:
    """Probability that share +- twice the error holds the true probability."""
    counts = np.arange(worlds + 1)
    log_ways = [math.lgamma(worlds + 1) - math.lgamma(k + 1) - math.lgamma(worlds - k + 1) for k in counts]
    chance = np.exp(log_ways + counts * math.log(probability) + (worlds - counts) * math.log1p(-probability))
    shares = counts / worlds
    return float(chance[np.abs(shares - probability) <= 2.0 * error(shares, worlds) + 1e-12].sum())


@pytest.mark.parametrize("worlds", [100, 1000])
def test_twice_the_error_of_a_share_holds_however_rare_the_event(worlds):
    rare = np.linspace(0.05, 10.0, 60) / worlds
    assert min(coverage(p, worlds, share_error) for p in [*rare, *np.linspace(0.1, 0.5, 60)]) > 0.93


def test_the_usual_formula_would_not():
    assert coverage(0.0005, 100, lambda p, n: np.sqrt(p * (1 - p) / n)) < 0.06


@pytest.mark.parametrize(
    ("raised", "lowered", "worlds", "variance"),
    [(0.0, 0.0, 8, (0.05 + 0.05) / 8), (1.0, 0.0, 8, (0.85 + 0.05 - 0.64) / 8), (0.25, 0.25, 8, (0.25 + 0.25) / 8)],
)
def test_the_error_of_a_paired_difference_by_hand(raised, lowered, worlds, variance):
    assert difference_error(raised, lowered, worlds) == pytest.approx(math.sqrt(variance))


def test_a_difference_of_shares_has_nearly_the_error_of_a_mean():
    values = np.random.default_rng(0).choice([-1.0, 0.0, 1.0], 2000, p=[0.1, 0.6, 0.3])
    found = difference_error(float((values > 0).mean()), float((values < 0).mean()), 2000)
    assert found == pytest.approx(mean_error(values), rel=0.002)


def test_independent_worlds_have_the_usual_error_of_a_mean():
    values = np.random.default_rng(0).normal(size=50)
    assert mean_error(values) == pytest.approx(values.std(ddof=1) / math.sqrt(50))
    assert mean_error(values, np.arange(50)) == pytest.approx(mean_error(values))
    assert mean_error(np.full(5, 3.0)) == 0.0


def test_numbers_that_many_worlds_share_may_be_counted():
    values, counts = np.array([0.0, 0.5, 1.0]), np.array([2, 5, 3])
    assert counted_error(values, counts) == pytest.approx(mean_error(np.repeat(values, counts)))
    assert math.isnan(counted_error(values, np.array([0, 1, 0])))


def test_kin_count_as_one():
    values, kin = np.random.default_rng(0).normal(size=20), np.repeat(np.arange(20), 5)
    assert mean_error(np.repeat(values, 5), kin) == pytest.approx(mean_error(values))
    assert independent(np.repeat(values, 5), kin) == pytest.approx(19 * 100 / 99)


def test_kin_that_are_all_alike_are_taken_for_copies():
    assert independent(np.zeros(100), np.repeat(np.arange(20), 5)) == pytest.approx(20)
    assert independent(np.ones(10), np.array([0] * 8 + [1, 2])) == pytest.approx(100 / 66)
    assert independent(np.zeros(7), np.arange(7)) == pytest.approx(7)


def test_few_ancestors_that_agree_by_chance_are_not_trusted():
    values = np.tile([0.0, 1.0], 50)
    assert independent(values, np.arange(100) // 50) == pytest.approx(100)


def test_a_share_of_kin_has_the_error_of_as_many_independent_worlds():
    holds, kin = np.repeat([0.0, 1.0, 1.0, 1.0] * 25, 10), np.repeat(np.arange(100), 10)
    apart = share_error(0.75, 100)
    assert share_error(0.75, independent(holds, kin)) == pytest.approx(apart, rel=0.01)


@pytest.mark.parametrize("found", [share_error(0.0, 1), difference_error(0.0, 0.0, 1), mean_error(np.ones(1))])
def test_one_world_says_nothing_of_the_error(found):
    assert math.isnan(found)
    assert known(found) is None


def test_nor_does_one_ancestor():
    values, kin = np.arange(5.0), np.zeros(5)
    assert math.isnan(mean_error(values, kin))
    assert math.isnan(share_error(0.4, independent(values, kin)))
    assert math.isnan(difference_error(0.4, 0.1, independent(values, kin)))


def test_the_stated_error_covers_the_spread_over_repetitions():
    generator = np.random.default_rng(1)
    means, errors = [], []
    for _ in range(400):
        values = np.repeat(generator.normal(size=30), 4) + generator.normal(size=120) * 0.1
        means.append(values.mean())
        errors.append(mean_error(values, np.repeat(np.arange(30), 4)))
    assert np.mean(errors) == pytest.approx(np.std(means), rel=0.1)
