"""What is sampled: composite likelihood, its weight, and the joint one."""

from __future__ import annotations

import numpy as np
import pytest

from factions.inference.filter import run_filter, unconditional
from factions.inference.observed import observe
from factions.inference.posterior import ClaimsLikelihood, RecordLikelihood
from factions.inference.prior import to_values
from factions.parameters import FREE


def points(count):
    return np.random.default_rng(0).standard_normal((count, len(FREE))) * 0.3


def test_the_composite_likelihood_by_hand(scenario, chain):
    observed = observe(scenario).telling(np.array([True, True, False, True]))
    found = ClaimsLikelihood(observed, seed=5, weight=0.5)(points(1), 64, np.array([2]))
    held = unconditional(observed, to_values(points(1)), 64, 5, np.array([2 * 4096]))[0]
    share = held.mean(axis=0) * [1, 1, -1, 1] + [0, 0, 1, 0]
    wanted = sum(np.log((1 - 2 * e) * p + e) for p, e in zip(share, [0.05, 0.15, 0.3, 0.05], strict=True))
    assert found[0] == pytest.approx(0.5 * wanted)


def test_the_joint_likelihood_is_the_filters(scenario, chain):
    observed = observe(scenario)
    found = RecordLikelihood(observed, seed=6)(points(2), 32, np.array([0, 7]))
    alone = run_filter(observed, to_values(points(2))[1:], 32, 6, np.array([7 * 4096])).log_likelihood
    assert found[1] == alone[0]


@pytest.mark.parametrize("likelihood", [ClaimsLikelihood, RecordLikelihood])
def test_estimates_do_not_depend_on_threads_or_company(scenario, chain, likelihood):
    observed, numbers = observe(scenario), np.arange(70)
    together = likelihood(observed, 5, threads=3)(points(70), 32, numbers)
    alone = [likelihood(observed, 5)(points(70)[k : k + 1], 32, numbers[k : k + 1])[0] for k in (0, 33, 69)]
    np.testing.assert_array_equal(together[[0, 33, 69]], alone)
