"""The sampler on targets with known answers."""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest

from factions.inference.gaussian import Gaussian, fit, widened
from factions.inference.prior import normal_cdf
from factions.inference.sampler import Sampler, Settings
from factions.inference.summary import chain_ess, run_ess

WIDTH, TARGET = 0.3, 0.8


def noise_of(evaluations):
    return np.array([np.random.default_rng([11, int(number)]).standard_normal() for number in evaluations])


def gaussian_likelihood(noise=0.0):
    """Likelihood N(TARGET, WIDTH^2) of the first coordinate; its estimate errs by noise / sqrt(worlds), unbiased."""

    def likelihood(points, worlds, evaluations):
        exact = -0.5 * ((points[:, 0] - TARGET) / WIDTH) ** 2
        error = noise / math.sqrt(worlds)
        return exact + error * noise_of(evaluations) - 0.5 * error * error

    return likelihood


def draws_of(likelihood, dimensions=3, points=400, budget=1_500_000, seed=1, start=None):
    sampler = Sampler(likelihood, start or Gaussian.standard(dimensions), Settings(points, budget, seed))
    population = sampler.run()
    return population.sampled.reshape(-1, dimensions), population


def check_gaussian(draws):
    variance = 1.0 / (1.0 + 1.0 / WIDTH**2)
    assert draws[:, 0].mean() == pytest.approx(variance * TARGET / WIDTH**2, abs=0.15 * math.sqrt(variance))
    assert draws[:, 0].std() == pytest.approx(math.sqrt(variance), rel=0.12)
    np.testing.assert_allclose(draws[:, 1:].mean(axis=0), 0.0, atol=0.15)
    np.testing.assert_allclose(draws[:, 1:].std(axis=0), 1.0, atol=0.12)


def test_a_normal_posterior_and_its_evidence():
    draws, population = draws_of(gaussian_likelihood())
    check_gaussian(draws)
    spread = 1.0 + WIDTH**2
    evidence = math.log(WIDTH) - 0.5 * math.log(spread) - 0.5 * TARGET**2 / spread
    assert population.log_evidence == pytest.approx(evidence, abs=0.15)


def test_noise_of_the_estimates_does_not_move_the_posterior():
    draws, population = draws_of(gaussian_likelihood(noise=8.0))
    assert population.noise > 0.3
    check_gaussian(draws)


def test_a_start_elsewhere_gives_the_same_posterior():
    start = widened(Gaussian(np.array([0.5, 0.3, -0.3]), np.eye(3)), 1.5)
    draws, _ = draws_of(gaussian_likelihood(), start=start)
    check_gaussian(draws)


def test_a_beta_posterior_from_binomial_data():
    """A uniform prior and 7 successes in 9 trials give Beta(8, 3) (Bayes 1763)."""

    def likelihood(points, worlds, evaluations):
        chance = np.clip(normal_cdf(points[:, 0]), 1e-15, 1.0 - 1e-15)
        return 7.0 * np.log(chance) + 2.0 * np.log1p(-chance)

    draws, population = draws_of(likelihood, dimensions=1)
    chance = normal_cdf(draws[:, 0])
    assert chance.mean() == pytest.approx(8 / 11, abs=0.012)
    assert chance.std() == pytest.approx(math.sqrt(8 * 3 / (11**2 * 12)), rel=0.08)
    evidence = math.lgamma(8) + math.lgamma(3) - math.lgamma(11)
    assert population.log_evidence == pytest.approx(evidence, abs=0.1)


def test_many_dimensions_keep_the_variance_of_what_the_record_does_not_constrain():
    random = np.random.default_rng(0)
    axes = np.linalg.qr(random.standard_normal((24, 24)))[0][:8]

    def likelihood(points, worlds, evaluations):
        return -0.5 * ((points @ axes.T / WIDTH) ** 2).sum(axis=1)

    draws, _ = draws_of(likelihood, dimensions=24, points=512, budget=1_000_000)
    free = draws - draws @ axes.T @ axes
    assert 0.85 < free.var(axis=0).sum() / 16 < 1.1
    assert (draws @ axes.T).var(axis=0).mean() == pytest.approx(1.0 / (1.0 + WIDTH**-2), rel=0.2)


def test_interrupted_at_any_step_it_ends_the_same():
    sampler = Sampler(gaussian_likelihood(5.0), Gaussian.standard(2), Settings(50, 60_000, 3))
    whole, population = sampler.run(), sampler.begin()
    while not sampler.finished(population):
        fresh = Sampler(gaussian_likelihood(5.0), Gaussian.standard(2), Settings(50, 60_000, 3))
        population = fresh.advance(population)
    for field in fields(whole):
        np.testing.assert_array_equal(getattr(population, field.name), getattr(whole, field.name))


def test_seeds_differ_and_repeat():
    first, again, other = (draws_of(gaussian_likelihood(), 2, 60, 50_000, seed)[0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_fit_recovers_a_narrow_direction_and_leaves_the_others():
    random = np.random.default_rng(4)
    points = random.standard_normal((400, 20))
    points[:, 0] = 0.5 + 0.1 * points[:, 0]
    fitted = fit(points)
    assert fitted.mean[0] == pytest.approx(0.5, abs=0.02)
    assert math.sqrt(fitted.covariance[0, 0]) == pytest.approx(0.1, rel=0.15)
    np.testing.assert_allclose(np.diag(fitted.covariance)[1:], 1.0, atol=0.2)


def test_log_density_by_hand():
    found = Gaussian(np.array([1.0]), np.array([[2.0]])).log_density(np.array([[3.0]]))
    assert found[0] == pytest.approx(-0.5 - math.log(2.0) - 0.5 * math.log(2.0 * math.pi))


def test_effective_draws_of_independent_and_of_stuck_chains():
    random = np.random.default_rng(5)
    free = random.standard_normal((30, 40, 2))
    assert (chain_ess(free) > 800).all()
    stuck = np.repeat(random.standard_normal((1, 40, 2)), 30, axis=0)
    assert (chain_ess(stuck) < 100).all()


def test_runs_apart_have_few_effective_draws():
    random = np.random.default_rng(6)
    near = [random.standard_normal((2000, 50)) for _ in range(2)]
    far = [part + shift for part, shift in zip(near, random.standard_normal((2, 50)) * 0.2, strict=True)]
    assert run_ess(near) > 1000
    assert run_ess(far) == pytest.approx(2 / 0.04, rel=0.5)
