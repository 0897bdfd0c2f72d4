"""A particle filter that imposes claims: worlds that violate them are dropped, as far as enough worlds are left.

The filter of `filter` lets every claim be wrong with some probability.  Here an imposed claim is taken for certain: a
world that violates it has weight zero from the meeting on at which that is decided, which for `throughout` and `never`
can be long before the end of the window.  A claim that too few worlds satisfy is given up, and weighed like the others;
else all that follows would descend from a handful of worlds.  Of claims that are decided at one meeting, those that are
least likely to be wrong are tried first, and of these those that most worlds satisfy.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.dynamics import Arrays, EngineDynamics
from factions.inference.filter import Filter, Filtered
from factions.inference.observed import Observed
from factions.inference.weights import effective, log_mean, normalised
from factions.world.build import build_case

if TYPE_CHECKING:
    from factions.scenario import Scenario

HALF = 0.5
"""A claim that leaves this share of the effective numbers is imposed, however few there were before it."""


@dataclass(frozen=True)
class Imposed:
    """What became of the claims that were to be imposed on G filters of N particles; C claims, M meetings.

    `wanted`, `given_up` (C,): was the claim to be imposed, and could it not be; `held` (C,): probability that a wanted
    claim held, given all that was imposed at earlier meetings (of one that is decided at several meetings, the product
    over them), nan for other claims; `before`, `after` (M,): effective number of particles in all filters together,
    before and after violators were dropped; `log_share` (G,): logarithm of the probability of all that was imposed
    under the parameters of each filter, -inf for a filter of which no particle was left.
    """

    wanted: np.ndarray
    given_up: np.ndarray
    held: np.ndarray
    before: np.ndarray
    after: np.ndarray
    log_share: np.ndarray

    def shares(self, found: Filtered, weighted: bool) -> np.ndarray:
        """(G,) what each filter counts for in the end; they add up to 1."""
        if not weighted:
            return normalised(self.log_share)
        return normalised(np.where(np.isinf(self.log_share), -np.inf, found.log_likelihood))


class StrictFilter(Filter):
    """G filters of N particles that meet together, so that the same claims are imposed in all of them."""

    def __init__(
        self,
        observed: Observed,
        filters: Filters,
        seed: int,
        wanted: np.ndarray,
        least: tuple[float, float],
        weighted: bool,
    ) -> None:
        """Nothing is run yet.

        `wanted` (C,): which claims to impose; `least`: effective numbers of particles and of filters that a claim must
        leave, if it takes more than half of them; `weighted`: do filters count by the likelihood that they find (else
        by `log_share` alone).
        """
        luck = np.arange(filters.groups) * filters.particles
        super().__init__(observed, filters, filters.particles, seed, luck, lineage=True)
        self.wanted, self.least, self.weighted = wanted, least, weighted
        self.given_up = np.zeros(len(observed), bool)
        self.held = np.where(wanted, 1.0, np.nan)
        self.log_share = np.zeros(self.groups)
        self.before: list[float] = []
        self.after: list[float] = []

    def impose(self) -> tuple[Filtered, Imposed]:
        """Run the filters over all meetings."""
        found = self.run()
        sizes = np.array(self.before), np.array(self.after)
        return found, Imposed(self.wanted, self.given_up, self.held, *sizes, self.log_share)

    def _weigh(self, resolved: np.ndarray) -> None:
        soft = np.asarray(~self.wanted | self.given_up)
        super()._weigh(resolved[soft[resolved]])
        self.before.append(float(effective(self._pooled())))
        self._drop(self._impose(resolved))
        self.after.append(float(effective(self._pooled())))
        super()._weigh(resolved[(self.given_up & ~soft)[resolved]])

    def _impose(self, resolved: np.ndarray) -> np.ndarray:
        """(G N,) True for the worlds that violate nothing of what is imposed."""
        weight, kept = normalised(self._pooled()), np.ones(len(self.luck), bool)
        least = np.minimum(self.least, HALF * self._sizes(kept))
        wanted = np.flatnonzero(self.wanted & ~self.given_up)
        satisfying = {int(c): self._satisfied(int(c), resolved) for c in wanted}
        held = {c: min(float(weight[satisfied].sum()), 1.0) for c, satisfied in satisfying.items()}
        for c in sorted(satisfying, key=lambda c: (self.observed.error[c], -held[c])):
            satisfied = satisfying[c]
            self.held[c] *= held[c]
            if (self._sizes(kept & satisfied) >= least).all():
                kept &= satisfied
            elif not satisfied[kept & (weight > 0.0)].all():
                self.given_up[c] = True
        return kept

    def _satisfied(self, c: int, resolved: np.ndarray) -> np.ndarray:
        """(G N,) True for the worlds that have not violated claim c by now."""
        happened: np.ndarray = self.happened[:, c]
        if not self.observed.must[c]:
            return ~happened
        return happened if c in resolved else np.ones_like(happened)

    def _drop(self, kept: np.ndarray) -> None:
        """Weight zero for the others; a filter with nobody left goes on without weight."""
        was = log_mean(self.log_weight)
        left = np.where(kept.reshape(self.groups, self.particles), self.log_weight, -np.inf)
        alive = np.asarray(np.isfinite(left).any(axis=1))
        self.log_weight = np.where(alive[:, np.newaxis], left, 0.0)
        self.log_share = np.where(alive, self.log_share + log_mean(self.log_weight) - was, -np.inf)

    def _pooled(self) -> np.ndarray:
        """(G N,) log weights of all particles together, up to a constant."""
        own = np.zeros(self.groups) if self.weighted else log_mean(self.log_weight)
        base = np.where(np.isinf(self.log_share), -np.inf, 0.0) if self.weighted else self.log_share
        return (self.log_weight - own[:, np.newaxis] + base[:, np.newaxis]).ravel()

    def _sizes(self, kept: np.ndarray) -> np.ndarray:
        """Effective numbers of the particles kept, and of the filters that they belong to."""
        pooled = np.where(kept, self._pooled(), -np.inf)
        if not np.isfinite(pooled).any():
            return np.zeros(2)
        shares = normalised(pooled).reshape(self.groups, self.particles).sum(axis=1)
        return np.array([float(effective(pooled)), 1.0 / float((shares * shares).sum())])


class Filters:
    """The dynamics of G filters of N particles, with parameters `values` (G,), on the threads of a pool."""

    def __init__(self, scenario: Scenario, values: np.ndarray, particles: int, seed: int, pool: ThreadPoolExecutor):
        case = build_case(scenario)
        self.groups, self.particles, self.pool = len(values), particles, pool
        self.filters = [EngineDynamics(case, np.repeat(value, particles), seed) for value in values]
        self.parts = [slice(g * particles, (g + 1) * particles) for g in range(len(values))]

    def meet(self, m: int, luck: np.ndarray) -> None:
        """Hold meeting m."""
        self._each(lambda each, part: each.meet(m, luck[part]))

    def pass_time(self, m: int, luck: np.ndarray) -> None:
        """Let time pass from meeting m to the next."""
        self._each(lambda each, part: each.pass_time(m, luck[part]))

    def record(self, arrays: Arrays, m: int) -> None:
        """Write the present state into `arrays`."""
        self._each(lambda each, part: each.record({name: array[part] for name, array in arrays.items()}, m))

    def select(self, rows: np.ndarray) -> None:
        """Copies of the worlds `rows`; each comes from the filter that its place belongs to."""
        self._each(lambda each, part: each.select(rows[part] - part.start))

    def _each(self, act: Callable[[EngineDynamics, slice], None]) -> None:
        list(self.pool.map(act, self.filters, self.parts))
