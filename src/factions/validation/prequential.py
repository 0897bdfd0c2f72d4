"""Validation (b): every claim predicted from what the record says of earlier meetings."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions import shocks
from factions.inference.filter import Filtered, run_filter
from factions.inference.observed import Observed, observe, record_score
from factions.statements.shares import known, mean_error
from factions.validation.scores import ClaimProbability
from factions.world.build import build_case

if TYPE_CHECKING:
    from factions.validation.study import Study

_BLOCK = 1024


@dataclass(frozen=True)
class ForeseenClaim(ClaimProbability):
    """A claim's probability given what was resolved at earlier meetings, and its score."""

    record_score: float


@dataclass(frozen=True)
class Prequential:
    """(b) Every claim predicted from earlier meetings, by a filter of `particles` worlds for each of `draws` draws.

    `log_likelihood` of the whole record in nats, mean over the draws; `log_likelihood_sd`: its spread over them.
    """

    draws: int
    particles: int
    claims: int
    mean_probability: float
    mean_probability_error: float | None
    record_score: float
    record_score_error: float | None
    log_likelihood: float
    log_likelihood_sd: float
    by_claim: tuple[ForeseenClaim, ...]


def prequential(study: Study) -> Prequential:
    """Probability of each claim given all that was resolved at earlier meetings, averaged over the posterior's draws.

    The parameters are those fitted to the whole record; that they saw the future is what the forward split is for.
    """
    observed = observe(study.scenario)
    found = filter_draws(study, observed)
    each = np.concatenate([part.predictive for part in found])
    probability = each.mean(axis=0)
    errors = [known(mean_error(column)) for column in each.T]
    scores = record_score(probability, observed.error)
    log_likelihood = np.concatenate([part.log_likelihood for part in found])
    slope = (1.0 - 2.0 * observed.error) / ((1.0 - 2.0 * observed.error) * probability + observed.error)
    ids = [study.scenario.record[c].id for c in observed.claims]
    by_claim = [ForeseenClaim(*row) for row in zip(ids, probability.tolist(), errors, scores.tolist(), strict=True)]
    return Prequential(
        draws=len(each),
        particles=study.budgets.particles,
        claims=len(observed),
        mean_probability=float(probability.mean()),
        mean_probability_error=known(mean_error(each.mean(axis=1))),
        record_score=float(scores.mean()),
        record_score_error=known(mean_error((each * slope).mean(axis=1))),
        log_likelihood=float(log_likelihood.mean()),
        log_likelihood_sd=float(log_likelihood.std()),
        by_claim=tuple(by_claim),
    )


def filter_draws(study: Study, observed: Observed, lineage: bool = False) -> list[Filtered]:
    """Filters of the record at draws spread over the posterior, several to a part."""
    draws, particles = spread(study.draws, study.budgets.filtered_draws), study.budgets.particles
    case, seed = build_case(study.scenario), shocks.key(f"prequential {study.seed}")
    luck, width = np.arange(len(draws)) * particles, max(1, _BLOCK // particles)

    def run(first: int) -> Filtered:
        part = slice(first, first + width)
        return run_filter(observed, draws[part], particles, seed, luck[part], lineage=lineage, case=case)

    with ThreadPoolExecutor(study.threads) as pool:
        return list(pool.map(run, range(0, len(draws), width)))


def spread(draws: np.ndarray, count: int) -> np.ndarray:
    """`count` of the draws, evenly from among them."""
    return draws[np.linspace(0, len(draws) - 1, min(count, len(draws))).round().astype(int)]
