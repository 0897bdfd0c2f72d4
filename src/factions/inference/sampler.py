"""Sequential Monte Carlo over parameters, from a simple distribution to a posterior with an estimated likelihood.

A population of points moves from a start distribution q (the prior, or a normal one fitted to earlier draws) to the
posterior along q^(1 - t) (prior x likelihood)^t, t from 0 to 1 (Del Moral, Doucet & Jasra 2006).  The likelihood is an
estimate, carried with its point as in Andrieu & Roberts 2009; with an unbiased one the target at t = 1 is the exact
posterior (density-tempered marginalised SMC: Duan & Fulop 2015).  Points move by preconditioned Crank-Nicolson steps
around a normal distribution fitted to the population (Cotter, Roberts, Stuart & White 2013; Rudolf & Sprungk 2018),
which stay effective with dozens of parameters of which the record fixes few.

The estimate gets more worlds as soon as its noise, times t, passes 1.4 nats (between the optima of Doucet, Pitt,
Deligiannidis & Kohn 2015 and of Sherlock, Thiery, Roberts & Rosenthal 2015).  Once t = 1 the rest of the budget is
spent on sweeps of moves; the draws come from the second half of these, when nothing is adapted any more.

All randomness is a function of (seed, step): a population saved between steps continues as if it had never stopped.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from factions.inference.gaussian import Gaussian, fit
from factions.inference.weights import effective, log_mean, normalised, systematic

Likelihood = Callable[[np.ndarray, int, np.ndarray], np.ndarray]
"""log_likelihood(points (N, d), worlds, evaluations (N,)): estimates (N,); each evaluation number has its own noise."""

ACCEPTANCE = 0.3
"""aimed share of accepted moves, of those that the noise of the estimates lets pass"""
_FORGOTTEN, _MOST_SWEEPS = 0.8, 6  # a stage of tempering ends with so much of its start forgotten, or so many sweeps
_LEAST_STRIDE = 0.2
_NOISE = 1.4  # nats that the estimate's standard error times the temperature may have
_LEAST_SAMPLED = 4  # sweeps kept as draws, whatever the budget
_CHECKED = 32  # points estimated twice to learn that noise


@dataclass(frozen=True)
class Settings:
    """How a sampler is run: `points` in the population, `budget` of worlds in all, `seed`.

    `least_worlds`, `most_worlds` an estimate may take; `ess`: effective share of the population that a step of
    temperature must leave.
    """

    points: int
    budget: int
    seed: int
    least_worlds: int = 32
    ess: float = 0.5

    @property
    def most_worlds(self) -> int:
        """The power of two that leaves 25 sweeps of the budget, at least `least_worlds` and at most 4096."""
        affordable = self.budget // (25 * self.points)
        return min(max(1 << max(affordable.bit_length() - 1, 0), self.least_worlds), 4096)


@dataclass(frozen=True)
class Population:
    """The state of a sampler between two steps; d parameters, N points.

    `points` (N, d), `log_likelihood` (N,), `power` t in [0, 1], `worlds` an estimate takes now, `step` number of steps
    done, `spent` worlds, `evaluations` so far, `stride` of the moves in (0, 1], `acceptance` of the last sweep, `noise`
    of an estimate (standard error in nats), `log_evidence`; since the last change of temperature `sweeps` and
    `forgotten`, the expected number of times that a point has left its place; `centre` and `factor` of the normal
    distribution that moves are made around, `recent` (R, N, d): populations at t = 1 that it was fitted to, `sampled`
    (S, N, d): populations kept as draws, `sampled_likelihood` (S, N).
    """

    points: np.ndarray
    log_likelihood: np.ndarray
    power: float
    worlds: int
    step: int
    spent: int
    evaluations: int
    stride: float
    acceptance: float
    noise: float
    log_evidence: float
    sweeps: int
    forgotten: float
    centre: np.ndarray
    factor: np.ndarray
    recent: np.ndarray
    sampled: np.ndarray
    sampled_likelihood: np.ndarray

    @property
    def reference(self) -> Gaussian:
        """The normal distribution that moves are made around."""
        return Gaussian(self.centre, self.factor)


@dataclass(frozen=True)
class Sampler:
    """A sampler of prior x likelihood, started from `start`; the prior is standard normal."""

    likelihood: Likelihood
    start: Gaussian
    settings: Settings

    def begin(self) -> Population:
        """Points drawn from the start distribution."""
        settings, dimensions = self.settings, len(self.start.mean)
        points = self.start.from_noise(self._random(0).standard_normal((settings.points, dimensions)))
        worlds, numbers = settings.least_worlds, np.arange(settings.points)
        return Population(
            points,
            self.likelihood(points, worlds, numbers),
            0.0,
            worlds,
            1,
            worlds * len(points),
            len(points),
            0.7,
            1.0,
            0.0,
            0.0,
            0,
            0.0,
            self.start.mean,
            self.start.factor,
            np.zeros((0, *points.shape)),
            np.zeros((0, *points.shape)),
            np.zeros((0, len(points))),
        )

    def finished(self, population: Population) -> bool:
        """Is the budget spent, and are there draws?"""
        spent = population.spent + self._sweep_cost(population) > self.settings.budget
        return spent and len(population.sampled) >= _LEAST_SAMPLED

    def advance(self, population: Population) -> Population:
        """The next step: a change of temperature, or one sweep of moves."""
        if population.power < 1.0 and self._settled(population):
            return replace(self._cool(population), step=population.step + 1)
        return replace(self._sweep(population), step=population.step + 1)

    def run(self) -> Population:
        """From beginning to end."""
        population = self.begin()
        while not self.finished(population):
            population = self.advance(population)
        return population

    def _random(self, step: int) -> np.random.Generator:
        return np.random.default_rng([self.settings.seed, step])

    def _sweep_cost(self, population: Population) -> int:
        return population.worlds * len(population.points)

    def _settled(self, population: Population) -> bool:
        if population.power == 0.0:
            return True
        half = population.spent > self.settings.budget // 2
        return bool(population.forgotten >= _FORGOTTEN or population.sweeps >= (2 if half else _MOST_SWEEPS))

    def _gain(self, points: np.ndarray, log_likelihood: np.ndarray) -> np.ndarray:
        """Log of posterior over start: what the temperature multiplies."""
        return log_likelihood + Gaussian.standard(points.shape[1]).log_density(points) - self.start.log_density(points)

    def _cool(self, population: Population) -> Population:
        """Raise the temperature as far as the effective share allows, reweight and resample."""
        random = self._random(population.step)
        population, power = self._sharpen(population, random)
        gain = self._gain(population.points, population.log_likelihood)
        log_weight = (power - population.power) * gain
        weights = normalised(log_weight)
        reference = fit(population.points, weights, self._baseline(power))
        chosen = systematic(weights, random.uniform())
        return replace(
            population,
            points=population.points[chosen],
            log_likelihood=population.log_likelihood[chosen],
            power=power,
            log_evidence=population.log_evidence + float(log_mean(log_weight)),
            sweeps=0,
            forgotten=0.0,
            centre=reference.mean,
            factor=reference.factor,
        )

    def _sharpen(self, population: Population, random: np.random.Generator) -> tuple[Population, float]:
        """Learn the noise of the estimates, and double their worlds while it is too large for the next temperature."""
        while True:
            population = self._check_noise(population, random)
            gain = self._gain(population.points, population.log_likelihood)
            power = _next_power(gain, population.power, self.settings.ess)
            if power * population.noise <= _NOISE or population.worlds >= self.settings.most_worlds:
                return population, power
            population = replace(population, worlds=2 * population.worlds)
            anew = self._estimate(population, population.points)
            log_weight = population.power * (anew - population.log_likelihood)
            chosen = systematic(normalised(log_weight), random.uniform())
            population = replace(
                self._spend(population, len(anew)),
                points=population.points[chosen],
                log_likelihood=anew[chosen],
                log_evidence=population.log_evidence + float(log_mean(log_weight)),
            )

    def _check_noise(self, population: Population, random: np.random.Generator) -> Population:
        """Standard error of the estimates at the more likely half of the points, from estimating some of them twice."""
        likely = np.argsort(-population.log_likelihood, kind="stable")[: len(population.points) // 2]
        some = random.permutation(likely)[:_CHECKED]
        again = [self._estimate(self._spend(population, k * len(some)), population.points[some]) for k in range(2)]
        noise = float(np.sqrt(np.mean((again[0] - again[1]) ** 2) / 2.0))
        return replace(self._spend(population, 2 * len(some)), noise=noise)

    def _estimate(self, population: Population, points: np.ndarray) -> np.ndarray:
        numbers = population.evaluations + np.arange(len(points))
        return self.likelihood(points, population.worlds, numbers)

    def _spend(self, population: Population, estimates: int) -> Population:
        return replace(
            population,
            spent=population.spent + estimates * population.worlds,
            evaluations=population.evaluations + estimates,
        )

    def _sweep(self, population: Population) -> Population:
        """One Metropolis-Hastings move of every point."""
        random, points, t = self._random(population.step), population.points, population.power
        around, stride = population.reference, population.stride
        noise = random.standard_normal(points.shape)
        shrunk = np.sqrt(1.0 - stride * stride) * (points - around.mean)
        proposed = around.mean + shrunk + stride * (noise @ around.factor.T)
        found = self._estimate(population, proposed)
        log_ratio = t * (self._gain(proposed, found) - self._gain(points, population.log_likelihood))
        log_ratio += self.start.log_density(proposed) - self.start.log_density(points)
        log_ratio += around.log_density(points) - around.log_density(proposed)
        accepted = np.log(random.uniform(size=len(points))) < log_ratio
        rate = float(np.mean(np.exp(np.minimum(log_ratio, 0.0))))
        population = replace(
            self._spend(population, len(points)),
            acceptance=rate,
            sweeps=population.sweeps + 1,
            points=np.where(accepted[:, np.newaxis], proposed, points),
            forgotten=population.forgotten + rate * (1.0 - np.sqrt(1.0 - stride * stride)),
            log_likelihood=np.where(accepted, found, population.log_likelihood),
        )
        return self._keep(population) if self._sampling(population) else self._adapt(population)

    def _sampling(self, population: Population) -> bool:
        """Is it the second half of the sweeps at full temperature?"""
        if population.power < 1.0:
            return False
        affordable = max((self.settings.budget - population.spent) // self._sweep_cost(population), 0)
        return len(population.sampled) > 0 or population.sweeps > max(affordable, 3)

    def _adapt(self, population: Population) -> Population:
        """Longer steps when too many are accepted, shorter ones when too few; at full temperature, a fresh reference.

        Two estimates of one point with noise s are exchanged with probability 2 Phi(-s / sqrt 2): no step is short
        enough to do better.
        """
        aim = ACCEPTANCE * math.erfc(0.5 * population.power * population.noise)
        stride = float(np.clip(population.stride * np.exp(population.acceptance - aim), _LEAST_STRIDE, 1.0))
        population = replace(population, stride=stride)
        if population.power < 1.0:
            return population
        recent = np.concatenate([population.recent, population.points[np.newaxis]])
        later = recent[len(recent) // 2 :].reshape(-1, recent.shape[2])
        reference = fit(later, precision=self._baseline(1.0))
        return replace(population, recent=recent, centre=reference.mean, factor=reference.factor)

    def _baseline(self, power: float) -> np.ndarray:
        """Precision at this temperature of directions that the likelihood says nothing about."""
        return (1.0 - power) * self.start.precision + power * np.eye(len(self.start.mean))

    def _keep(self, population: Population) -> Population:
        return replace(
            population,
            sampled=np.concatenate([population.sampled, population.points[np.newaxis]]),
            sampled_likelihood=np.concatenate([population.sampled_likelihood, population.log_likelihood[np.newaxis]]),
        )


def _next_power(gain: np.ndarray, power: float, ess: float) -> float:
    """The greatest temperature up to 1 that leaves at least that effective share, by bisection."""
    if effective((1.0 - power) * gain) >= ess * len(gain):
        return 1.0
    low, high = power, 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        if effective((middle - power) * gain) >= ess * len(gain):
            low = middle
        else:
            high = middle
    return low
