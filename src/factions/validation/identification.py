"""Validation (f): are parameters found again in records that the model made itself, and what does the record tell?

Simulation-based calibration (Cook, Gelman & Rubin 2006; Talts, Betancourt, Simpson, Vehtari & Gelman 2018):
parameters from the prior, a world from them, a record of the same claims from that world (each told wrongly with the
probability of its confidence), the posterior of that record: the true value's rank among its draws is uniform, and
intervals cover it as often as they say.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from factions import shocks
from factions.dynamics import run_worlds
from factions.inference.calibration import WORLDS_PER_MINUTE, Plan
from factions.inference.observed import Observed, observe
from factions.inference.prior import to_normal, to_values
from factions.parameters import FREE
from factions.statements.claims import judge
from factions.statements.shares import known, mean_error
from factions.validation.replay import Bin, calibration_curve

if TYPE_CHECKING:
    from factions.validation.study import Study

RANKS = 20
"""Bins of a rank histogram."""

INTERVALS = (0.5, 0.9)
_PREDICTED = 512  # worlds from the posterior of a simulated record
_STRONGEST = 10


@dataclass(frozen=True)
class Coverage:
    """Share of the true parameters that intervals cover; `error` over simulated records, None for a single one."""

    covered: float
    error: float | None


@dataclass(frozen=True)
class Ranks:
    """Ranks of one true parameter among its draws.

    `histogram`: counts in equal bins of [0, 1]; `uniform`: probability that uniform ranks stray as far; `coverage`:
    share covered, by level of the interval ("90%").
    """

    histogram: tuple[int, ...]
    uniform: float
    coverage: dict[str, float]


@dataclass(frozen=True)
class Recovery:
    """Ranks of true parameters over simulated records: coverage by level ("90%"), all ranks, ranks by parameter."""

    coverage: dict[str, Coverage]
    histogram: tuple[int, ...]
    by_parameter: dict[str, Ranks]


@dataclass(frozen=True)
class Identification(Recovery):
    """(f) Fits to `replicates` simulated records of `minutes` budget each, and claims predicted in other worlds."""

    replicates: int
    minutes: float
    prediction: tuple[Bin, ...]


@dataclass(frozen=True)
class ParameterRow:
    """A parameter's range in the prior, and quantiles of its posterior, in its unit.

    `contraction`: 1 - posterior / prior variance on the normal scale; `shift`: posterior mean there, 0 for the prior.
    """

    parameter: str
    low: float
    high: float
    q05: float
    median: float
    q95: float
    contraction: float
    shift: float


@dataclass(frozen=True)
class Correlation:
    """Correlation of two parameters in the posterior, on the normal scale."""

    first: str
    second: str
    correlation: float
    error: float


@dataclass(frozen=True)
class PosteriorSummary:
    """What `draws` draws of the posterior say of every parameter, and the strongest correlations."""

    draws: int
    parameters: tuple[ParameterRow, ...]
    correlations: tuple[Correlation, ...]


@dataclass(frozen=True)
class Replicate:
    """One simulated record of C claims: `ranks` (parameters,) of the true parameters in (0, 1).

    `predicted` (C,): probability of each claim after the fit; `held` (C,): did it hold in another world of that truth.
    """

    ranks: tuple[float, ...]
    predicted: tuple[float, ...]
    held: tuple[bool, ...]


def identification(study: Study) -> Identification:
    """Ranks and coverage over the simulated records, and what the real posterior says of each parameter."""
    rows = []
    for number in range(study.budgets.replicates):
        about = (number, study.budgets.replicate_minutes)
        rows.append(study.kept(f"replicate_{number:03d}", about, Replicate, partial(replicate, study, number)))
    return Identification(
        **vars(ranked(np.array([row.ranks for row in rows]))),
        replicates=len(rows),
        minutes=study.budgets.replicate_minutes,
        prediction=calibration_curve(
            np.concatenate([row.predicted for row in rows]), np.concatenate([row.held for row in rows])
        ),
    )


def replicate(study: Study, number: int) -> Replicate:
    """One simulated record: ranks of the true parameters in (0, 1), and predictions for another world of that truth."""
    observed = observe(study.scenario)
    seed = shocks.key(f"replicate {number} {study.seed}")
    random = np.random.default_rng(seed)
    truth = random.standard_normal((1, len(FREE)))
    values = to_values(truth, study.scenario.parameters)
    held = judge(run_worlds(study.scenario, np.arange(2), values, seed))[:, observed.claims]
    record = simulated_record(observed, held[0], random)
    minutes = study.budgets.replicate_minutes
    plan = replace(Plan.of_minutes(2 * minutes, seed, runs=1), budget=int(minutes * WORLDS_PER_MINUTE))
    draws, _ = study.fitted(record, f"replicate_{number:03d}", plan)
    predicted = study.held(draws, _PREDICTED, f"replicate {number}")[:, observed.claims].mean(axis=0)
    found = ranks(truth[0], to_normal(draws)), predicted, held[1]
    return Replicate(*(tuple(column.tolist()) for column in found))


def simulated_record(observed: Observed, held: np.ndarray, random: np.random.Generator) -> Observed:
    """A record that tells what held in a world (C,), each claim wrongly with the probability of its confidence."""
    return observed.telling(held ^ (random.random(len(observed)) < observed.error))


def ranks(truth: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """(d,) share of the draws (N, d) below the truth, kept off 0 and 1 by half a draw."""
    return ((draws < truth).sum(axis=0) + 0.5) / (len(draws) + 1.0)


def ranked(table: np.ndarray) -> Recovery:
    """Histogram, uniformity and coverage from ranks (replicates, parameters)."""
    return Recovery(
        coverage={f"{level:.0%}": _coverage(table, level) for level in INTERVALS},
        histogram=_histogram(table),
        by_parameter={
            name: Ranks(
                _histogram(table[:, k]),
                kolmogorov(table[:, k]),
                {f"{level:.0%}": covered(table[:, k], level) for level in INTERVALS},
            )
            for k, name in enumerate(FREE)
        },
    )


def _histogram(rank: np.ndarray) -> tuple[int, ...]:
    return tuple(np.histogram(rank, RANKS, (0.0, 1.0))[0].tolist())


def _coverage(table: np.ndarray, level: float) -> Coverage:
    """Over all parameters, with its error over replicates, if there are several."""
    each = (np.abs(table - 0.5) < level / 2).mean(axis=1)
    return Coverage(float(each.mean()), known(mean_error(each)))


def covered(rank: np.ndarray, level: float) -> float:
    """Share of ranks within the central interval of that level."""
    return float((np.abs(rank - 0.5) < level / 2).mean())


def kolmogorov(rank: np.ndarray) -> float:
    """Probability that uniform ranks stray as far from uniformity (Kolmogorov 1933; Stephens 1970 for few ranks)."""
    count = len(rank)
    ordered = np.sort(rank)
    above = (np.arange(1, count + 1) / count - ordered).max()
    below = (ordered - np.arange(count) / count).max()
    distance = max(above, below) * (math.sqrt(count) + 0.12 + 0.11 / math.sqrt(count))
    if distance < 0.2:
        return 1.0
    terms = [2.0 * (-1) ** (k - 1) * math.exp(-2.0 * k * k * distance * distance) for k in range(1, 101)]
    return float(min(max(sum(terms), 0.0), 1.0))


def posterior_summary(draws: np.ndarray) -> PosteriorSummary:
    """Per parameter how far the posterior has left the prior, and the strongest correlations between parameters."""
    points, rows = to_normal(draws), []
    for k, (name, parameter) in enumerate(FREE.items()):
        q05, median, q95 = np.quantile(draws[name], (0.05, 0.5, 0.95)).tolist()
        contraction, shift = float(1.0 - points[:, k].var()), float(points[:, k].mean())
        rows.append(ParameterRow(name, parameter.low, parameter.high, q05, median, q95, contraction, shift))
    return PosteriorSummary(len(draws), tuple(rows), correlations(points))


def correlations(points: np.ndarray) -> tuple[Correlation, ...]:
    """The strongest correlations between parameters, with their sampling error."""
    if len(points) < 3:
        return ()
    names, spread = list(FREE), points.std(axis=0)
    scaled = (points - points.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    matrix = scaled.T @ scaled / len(points)
    above = np.triu_indices(len(names), 1)
    order = np.argsort(-np.abs(matrix[above]), kind="stable")[:_STRONGEST]
    return tuple(
        Correlation(
            names[above[0][k]],
            names[above[1][k]],
            float(matrix[above][k]),
            float((1.0 - matrix[above][k] ** 2) / math.sqrt(len(points))),
        )
        for k in order
    )
