"""A calibration: independent samplers of one posterior, saved after every step, and what they found."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from factions import shocks
from factions.inference.gaussian import Gaussian, fit, widened
from factions.inference.posterior import ClaimsLikelihood, RecordLikelihood
from factions.inference.prior import to_normal, to_values
from factions.inference.sampler import Likelihood, Population, Sampler, Settings
from factions.inference.summary import Effort, LogLikelihood, Summary, convergence, parameter_fits
from factions.parameters import FREE
from factions.store.files import keep, recall

if TYPE_CHECKING:
    from factions.inference.observed import Observed

WORLDS_PER_MINUTE = 150_000
"""Worlds that stand for a minute: what two processors at 1,250 worlds a second run.  A budget in minutes is a number of
worlds, so that the result never depends on the clock."""

DRAWS = 1024
"""least number of draws in a posterior"""

WEIGHT = 0.6
"""Weight of the claims taken one by one: with 1, intervals from simulated records of the struggle of 1923-29 were too
narrow by a factor of 1.3, and 0.6 = 1 / 1.3^2 (docs/calibration.md)."""

_POINTS = ((6_000_000, 1024), (1_000_000, 512), (200_000, 256), (20_000, 128), (0, 24))
# budget from which on a sampler has so many points: with fewer, normal distributions fitted to them get too narrow, and
# with more than a small budget can move often, they stay where they began


@dataclass(frozen=True)
class Plan:
    """How a posterior is sampled: `runs` independent samplers share `budget` worlds; `points` in each; `seed`.

    `likelihood`: "claims" (composite) or "record" (joint), see `posterior`; `weight`: of the composite one.  `warm`:
    start from a normal distribution fitted to these earlier draws (records (N,)) with its covariance times
    `inflation`, instead of the prior.
    """

    seed: int
    budget: int
    runs: int = 2
    points: int = 1024
    warm: np.ndarray | None = None
    inflation: float = 2.0
    likelihood: str = "claims"
    weight: float = WEIGHT

    @classmethod
    def of_minutes(cls, minutes: float, seed: int, **more: Any) -> Plan:
        """The plan for a budget in minutes; fewer points when there is little time."""
        budget = int(minutes * WORLDS_PER_MINUTE)
        points = next(points for least, points in _POINTS if budget >= least)
        return cls(seed, budget, points=points, **more)

    @property
    def start(self) -> Gaussian:
        """Where the samplers start."""
        if self.warm is None:
            return Gaussian.standard(len(FREE))
        return widened(fit(to_normal(self.warm)), self.inflation)

    def settings(self, run: int) -> Settings:
        """Of one run."""
        return Settings(self.points, self.budget // self.runs, shocks.key(f"sampler {self.seed} {run}"))


@dataclass(frozen=True)
class Posterior:
    """What a calibration found.

    `draws` (records (D,)) in random order, `log_likelihood` (D,) their estimates; `by_run`: the same draws run
    by run; `summary`: how well it converged, and what it says of each parameter.
    """

    draws: np.ndarray
    by_run: list[np.ndarray]
    log_likelihood: np.ndarray
    summary: Summary


Watch = Callable[[int, Population, int], None]
"""watch(run, population, spent): called after every step with the worlds spent in all."""


def calibrate(
    observed: Observed,
    plan: Plan,
    threads: int = 1,
    state: Path | None = None,
    key: str = "",
    watch: Watch | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Posterior:
    """Sample the posterior of the parameters given the observed claims.

    `state`: file in which every step is saved, and from which a calibration with the same `key` continues; `say` is
    told if it is damaged.
    """
    saved = _load(state, key, say)
    finished: list[Population] = []
    for run in range(plan.runs):
        sampler = Sampler(_likelihood(observed, plan, run, threads), plan.start, plan.settings(run))
        population = saved[run] if run < len(saved) else sampler.begin()
        while not sampler.finished(population):
            population = sampler.advance(population)
            _save(state, key, [*finished, population])
            if watch is not None:
                watch(run, population, sum(done.spent for done in finished) + population.spent)
        finished.append(population)
    return _posterior(finished, plan, observed)


def _likelihood(observed: Observed, plan: Plan, run: int, threads: int) -> Likelihood:
    seed = shocks.key(f"filter {plan.seed} {run}")
    if plan.likelihood == "record":
        return RecordLikelihood(observed, seed, threads)
    return ClaimsLikelihood(observed, seed, threads, plan.weight)


def _posterior(populations: list[Population], plan: Plan, observed: Observed) -> Posterior:
    """Draws, evenly from the sweeps of every run, and their convergence."""
    thinned, likelihoods, held = [], [], observed.scenario.parameters
    wanted = -(-DRAWS // (len(populations) * len(populations[0].points)))
    wanted = min(wanted, *(len(population.sampled) for population in populations), DRAWS)
    for population in populations:
        sweeps = np.arange(1, wanted + 1) * len(population.sampled) // wanted - 1
        thinned.append(population.sampled[sweeps].reshape(-1, population.points.shape[1]))
        likelihoods.append(population.sampled_likelihood[sweeps].ravel())
    points, log_likelihood = np.concatenate(thinned), np.concatenate(likelihoods)
    order = np.random.default_rng([plan.seed, 1]).permutation(len(points))
    return Posterior(
        to_values(points[order], held),
        [to_values(part, held) for part in thinned],
        log_likelihood[order],
        _summary(populations, plan, len(observed)),
    )


def _summary(populations: list[Population], plan: Plan, claims: int) -> Summary:
    weight = plan.weight if plan.likelihood == "claims" else 1.0
    mean = float(np.mean([population.sampled_likelihood.mean() for population in populations]))
    best = max(float(population.sampled_likelihood.max()) for population in populations)
    chains = [population.sampled for population in populations]
    return Summary(
        likelihood=plan.likelihood,
        weight=weight,
        log_likelihood=LogLikelihood(mean, best, mean / (weight * claims)),
        convergence=convergence(chains, [population.log_evidence for population in populations]),
        sampler=_effort(populations, plan),
        parameters=parameter_fits(chains),
    )


def _effort(populations: list[Population], plan: Plan) -> Effort:
    return Effort(
        runs=plan.runs,
        points=plan.points,
        budget=plan.budget,
        warm=plan.warm is not None,
        worlds=sum(p.spent for p in populations),
        evaluations=sum(p.evaluations for p in populations),
        worlds_per_estimate=tuple(p.worlds for p in populations),
        noise=tuple(p.noise for p in populations),
        acceptance=tuple(p.acceptance for p in populations),
        stride=tuple(p.stride for p in populations),
        steps=tuple(p.step for p in populations),
        sweeps_kept=tuple(len(p.sampled) for p in populations),
    )


def _save(state: Path | None, key: str, populations: list[Population]) -> None:
    """All populations so far into one file, whole or not at all."""
    if state is None:
        return
    arrays: dict[str, Any] = {"runs": len(populations)}
    for run, population in enumerate(populations):
        arrays |= {f"{run}.{field.name}": getattr(population, field.name) for field in fields(population)}
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    keep(state, buffer.getvalue(), key)


def _load(state: Path | None, key: str, say: Callable[[str], None]) -> list[Population]:
    """The saved populations of a calibration with this key; none if there is no such file or it is another's."""
    data = None if state is None else recall(state, key, say)
    if data is None:
        return []
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return [
            _population({field.name: stored[f"{run}.{field.name}"] for field in fields(Population)})
            for run in range(int(stored["runs"]))
        ]


def _population(arrays: dict[str, Any]) -> Population:
    """Arrays of no dimension become the numbers that they were."""
    return Population(**{name: array if array.ndim else array.item() for name, array in arrays.items()})
