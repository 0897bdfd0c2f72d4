"""The likelihood of the record for given parameters, by a particle filter over the meetings.

A world agrees with a claim or not; a claim that errs with probability e gives a world weight 1 - e if it agrees and
e if it does not, when the claim is resolved (at the last meeting of its window).  The likelihood is the mean over
worlds of the product of these weights.  The bootstrap filter of Gordon, Salmond & Smith 1993 estimates it without
bias (Del Moral 2004): worlds are resampled (systematically, Kitagawa 1996) whenever their effective number falls below
half.

Claims about long windows are looked at ahead of time, as in the auxiliary filter of Pitt & Shephard 1999: a world in
which `throughout` has already failed is resampled less, and the weights make up for it, so that the estimate stays
unbiased and the weights of a meeting are those of the claims resolved by then.

Particle k of a filter takes its noise from world number `luck + k` whatever its ancestors were: copies of a world part
company at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from factions import shocks
from factions.dynamics import Dynamics, EngineDynamics, advance, one_meeting
from factions.inference.observed import Observed, turns
from factions.inference.weights import effective, log_mean, normalised, systematic
from factions.statements.claims import Index, Memory
from factions.world.build import build_case
from factions.world.case import Case

RESAMPLING = 1001
"""purpose of the shock that resamples: no rule has it"""


@dataclass(frozen=True)
class Filtered:
    """What G filters of N particles found.  M meetings up to the last claim, C claims.

    `log_likelihood` (G,); `increments` (G, M): log probability of what is resolved at a meeting given all that was
    resolved before, which add up to it; `ess` (G, M): effective number of particles before resampling; `predictive`
    (G, C): probability that a claim's statement holds, given what was resolved at earlier meetings; `log_weights`
    (G, N) at the end, up to a constant; `lineage` (G, N, M) (None unless asked for): the world whose noise each
    particle's path has at each meeting, and in the time before it.
    """

    log_likelihood: np.ndarray
    increments: np.ndarray
    ess: np.ndarray
    predictive: np.ndarray
    log_weights: np.ndarray
    lineage: np.ndarray | None


def run_filter(
    observed: Observed,
    values: np.ndarray,
    particles: int,
    seed: int,
    luck: np.ndarray,
    lineage: bool = False,
    guided: bool = True,
    case: Case | None = None,
) -> Filtered:
    """Filter the record once for each of the parameters `values` (G,); filter g has the noise of worlds luck[g], ..."""
    case = build_case(observed.scenario) if case is None else case
    dynamics = EngineDynamics(case, np.repeat(values, particles), seed)
    return Filter(observed, dynamics, particles, seed, luck, lineage, guided).run()


class Filter:
    """G filters of N particles, side by side in the G * N worlds of any dynamics; filter g has the worlds g N, ..."""

    def __init__(
        self,
        observed: Observed,
        dynamics: Dynamics,
        particles: int,
        seed: int,
        luck: np.ndarray,
        lineage: bool = False,
        guided: bool = True,
    ) -> None:
        self.observed, self.dynamics, self.seed, self.guided = observed, dynamics, seed, guided
        self.particles, self.base = particles, np.asarray(luck, np.int64)
        self.groups = len(self.base)
        self.luck = (self.base[:, np.newaxis] + np.arange(particles)).ravel()
        self.memory = Memory(Index(observed.scenario), len(self.luck))
        self.arrays = one_meeting(observed.scenario, len(self.luck))
        self.happened = np.zeros((len(self.luck), len(observed)), bool)
        self.log_weight = np.zeros((self.groups, particles))
        self.path = np.zeros((len(self.luck), observed.meetings), np.int64) if lineage else None

    def run(self) -> Filtered:
        """All meetings up to the last that resolves a claim."""
        meetings = self.observed.meetings
        total, ess = np.zeros((self.groups, meetings)), np.zeros((self.groups, meetings))
        predictive = np.zeros((self.groups, len(self.observed)))
        for m in advance(self.dynamics, meetings, lambda m: self.luck):
            self._watch(m)
            resolved = np.flatnonzero(self.observed.last == m)
            predictive[:, resolved] = self._predict(resolved)
            self._weigh(resolved)
            total[:, m] = log_mean(self.log_weight)
            guide = self._guide(m)
            ess[:, m] = effective(self.log_weight + guide)
            if m + 1 < meetings:
                self._resample(guide, ess[:, m], m)
        increments = np.diff(total, axis=1, prepend=0.0)
        lineage = None if self.path is None else self.path.reshape(self.groups, self.particles, meetings)
        return Filtered(total[:, -1], increments, ess, predictive, self.log_weight, lineage)

    def _watch(self, m: int) -> None:
        self.dynamics.record(self.arrays, 0)
        watching, events = turns(self.observed, self.arrays, m, self.memory)
        self.memory.see(self.arrays)
        self.happened[:, watching] |= events
        if self.path is not None:
            self.path[:, m] = self.luck

    def _predict(self, resolved: np.ndarray) -> np.ndarray:
        """(G, resolved) share of the weight of the worlds in which the claim's statement holds."""
        holding = (self.happened[:, resolved] == self.observed.sometime[resolved]).astype(float)
        share = normalised(self.log_weight)[:, :, np.newaxis] * holding.reshape(self.groups, self.particles, -1)
        return np.clip(share.sum(axis=1), 0.0, 1.0)

    def _weigh(self, resolved: np.ndarray) -> None:
        agrees = self.happened[:, resolved] == self.observed.must[resolved]
        error = self.observed.error[resolved]
        log_weight = np.where(agrees, np.log1p(-error), np.log(error)).sum(axis=1)
        self.log_weight += log_weight.reshape(self.groups, self.particles)

    def _guide(self, m: int) -> np.ndarray:
        """Log weight that is sure to come: claims that are decided against the record but not resolved yet."""
        observed = self.observed
        ahead = np.flatnonzero((observed.first <= m) & (m < observed.last) & ~observed.must)
        if not self.guided:
            ahead = ahead[:0]
        cost = np.log(observed.error[ahead]) - np.log1p(-observed.error[ahead])
        return (self.happened[:, ahead] * cost).sum(axis=1).reshape(self.groups, self.particles)

    def _resample(self, guide: np.ndarray, ess: np.ndarray, m: int) -> None:
        groups = np.flatnonzero(ess < self.particles / 2)
        if len(groups) == 0:
            return
        chosen = np.arange(len(self.luck)).reshape(self.groups, self.particles)
        for g in groups:
            score = self.log_weight[g] + guide[g]
            shock = shocks.uniform(self.seed, int(self.base[g]), m, RESAMPLING, 0, 0)
            ancestors = systematic(normalised(score), shock)
            chosen[g] = g * self.particles + ancestors
            self.log_weight[g] = log_mean(score) - guide[g, ancestors]
        rows = chosen.ravel()
        self.dynamics.select(rows)
        self.happened = self.happened[rows]
        self.memory.select(rows)
        if self.path is not None:
            self.path = self.path[rows]


def unconditional(
    observed: Observed, values: np.ndarray, worlds: int, seed: int, luck: np.ndarray, case: Case | None = None
) -> np.ndarray:
    """(G, N, C) True where a claim's statement holds in N worlds with each of the parameters `values` (G,).

    Nothing is weighted or resampled; worlds of g have the noise of worlds luck[g], luck[g] + 1, ...
    """
    case = build_case(observed.scenario) if case is None else case
    dynamics = EngineDynamics(case, np.repeat(values, worlds), seed)
    numbers = (np.asarray(luck, np.int64)[:, np.newaxis] + np.arange(worlds)).ravel()
    memory, happened = Memory(Index(observed.scenario), len(numbers)), np.zeros((len(numbers), len(observed)), bool)
    arrays = one_meeting(observed.scenario, len(numbers))
    for m in advance(dynamics, observed.meetings, lambda m: numbers):
        dynamics.record(arrays, 0)
        watching, events = turns(observed, arrays, m, memory)
        memory.see(arrays)
        happened[:, watching] |= events
    return (happened == observed.sometime).reshape(len(values), worlds, len(observed))
