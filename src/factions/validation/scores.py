"""Scores of probabilities for claims that the record says hold, and their Monte Carlo errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from factions.inference.observed import record_score
from factions.statements.shares import known, mean_error, smoothed

_BATCHES = 16


@dataclass(frozen=True)
class Scores:
    """Scores of `claims` claims in `worlds` worlds.

    `mean_probability` of the claims; `log_score`: mean log probability, `geometric_mean`: exp of it; `record_score`:
    mean log probability of what the record says, its own errors reckoned with (`inference.observed.record_score`).
    """

    worlds: int
    claims: int
    mean_probability: float
    mean_probability_error: float | None
    geometric_mean: float
    geometric_mean_error: float
    log_score: float
    log_score_error: float
    record_score: float
    record_score_error: float


@dataclass(frozen=True)
class ClaimProbability:
    """The probability that a model gives a claim."""

    id: str
    probability: float
    error: float | None


@dataclass(frozen=True)
class Gain:
    """Mean advantage in record score over another model, with its standard error over claims."""

    advantage: float
    advantage_error: float | None


def summarise(held: np.ndarray, error: np.ndarray) -> Scores:
    """Scores of worlds (W, C) of claims held, with Monte Carlo errors from batches of worlds; error (C,) of claims."""

    def scores(part: np.ndarray) -> np.ndarray:
        probability = part.mean(axis=0)
        log_score = np.log(smoothed(part.sum(axis=0), len(part))).mean()
        return np.array([probability.mean(), log_score, record_score(probability, error).mean()])

    mean, log_score, record = scores(held)
    errors = _jackknife(held, scores)
    return Scores(
        worlds=len(held),
        claims=held.shape[1],
        mean_probability=float(mean),
        mean_probability_error=known(mean_error(held.mean(axis=1))),
        geometric_mean=float(np.exp(log_score)),
        geometric_mean_error=float(np.exp(log_score) * errors[1]),
        log_score=float(log_score),
        log_score_error=float(errors[1]),
        record_score=float(record),
        record_score_error=float(errors[2]),
    )


def _jackknife(held: np.ndarray, scores: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Standard errors of functions of worlds, leaving out one batch at a time (Quenouille 1956)."""
    batches = min(_BATCHES, len(held))
    batch = np.arange(len(held)) % batches
    left_out = np.stack([scores(held[batch != k]) for k in range(batches)])
    return np.sqrt((batches - 1) * left_out.var(axis=0))


def paired(ours: np.ndarray, theirs: np.ndarray) -> Gain:
    """Mean advantage over claims (C,) of one score over another, and its standard error over claims."""
    difference = ours - theirs
    return Gain(float(difference.mean()), known(mean_error(difference)))
