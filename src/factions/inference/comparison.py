"""Validation (d): the model against null models on the same claims, unconditionally and claim by claim."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from factions import shocks
from factions.inference.likelihood import Filter
from factions.inference.nulls import CHANCES, FORMS, NullDynamics, null_ensemble
from factions.inference.observed import Observed, observe
from factions.inference.prequential import filter_draws
from factions.inference.prior import to_values
from factions.inference.scores import paired, record_score, summarise
from factions.parameters import FREE
from factions.record.judge import judge

if TYPE_CHECKING:
    from factions.inference.study import Study

_ROUNDS, _CANDIDATES, _TRIED = 6, 48, 64  # rounds of search, chances tried in each, worlds for each
_WIDEST = 2.0  # spread of the first round, in log-odds; halved every second round


def nulls(study: Study, replayed: dict[str, Any], predicted: dict[str, Any]) -> dict[str, Any]:
    """Every null's scores beside the model's (from `replay` and `prequential`), and its advantage over the best null.

    Each null's chances are fitted to the very record it is scored on, once for each of the two scores.
    """
    observed = observe(study.scenario)
    ours = np.array([row["probability"] for row in replayed["by_claim"]])
    ours_next = np.array([row["probability"] for row in predicted["by_claim"]])
    model = (record_score(ours, observed.error), record_score(ours_next, observed.error))
    rows, scores = [], {}
    for form in FORMS:
        row, scores[form] = _null(study, observed, form)
        rows.append(row)
    for name, make in (("prior", _prior), ("coin", _coin)):
        row, scores[name] = make(study, observed)
        rows.append(row)
    best = [max(scores, key=lambda name: scores[name][k].mean()) for k in range(2)]
    return {
        "model": {"name": "model", "record_score": float(model[0].mean()), "mean_probability": float(ours.mean()),
                  "prequential_score": float(model[1].mean()), "prequential_mean": float(ours_next.mean())},
        "nulls": rows,
        "unconditional": {"best_null": best[0], **paired(model[0], scores[best[0]][0])},
        "prequential": {"best_null": best[1], **paired(model[1], scores[best[1]][1])},
    }  # fmt: skip


def _null(
    study: Study, observed: Observed, form: str
) -> tuple[dict[str, Any], tuple[np.ndarray, np.ndarray]]:
    seed, worlds = shocks.key(f"null {form} {study.seed}"), study.budgets.null_worlds

    def replays(chances: np.ndarray) -> np.ndarray:
        held = judge(null_ensemble(study.scenario, form, np.repeat(chances, _TRIED, axis=0), seed))[
            :, observed.claims
        ]
        probability = held.reshape(len(chances), _TRIED, -1).mean(axis=1)
        return record_score(probability, observed.error).sum(axis=1)

    def predicts(chances: np.ndarray) -> np.ndarray:
        return _filtered(study, observed, form, chances, _TRIED, seed).log_likelihood

    free, next_ = fitted(replays, seed), fitted(predicts, seed)
    ensemble = null_ensemble(study.scenario, form, np.repeat(free[np.newaxis], worlds, axis=0), seed + 1)
    held = judge(ensemble)[:, observed.claims]
    filters = np.repeat(next_[np.newaxis], 8, axis=0)
    found = _filtered(study, observed, form, filters, max(worlds // 8, 32), seed + 1)
    predictive = found.predictive.mean(axis=0)
    (free_p, free_hedge), (next_p, next_hedge) = (
        hedged(held.mean(axis=0), observed),
        hedged(predictive, observed),
    )
    row = _row(form, held, predictive, observed) | {
        "record_score": float(record_score(free_p, observed.error).mean()),
        "hedge": free_hedge,
        "prequential_score": float(record_score(next_p, observed.error).mean()),
        "prequential_hedge": next_hedge,
        "log_likelihood": float(found.log_likelihood.mean()),
        "chances": dict(zip(CHANCES, map(float, free), strict=True)),
        "prequential_chances": dict(zip(CHANCES, map(float, next_), strict=True)),
    }
    return row, (record_score(free_p, observed.error), record_score(next_p, observed.error))


def hedged(probability: np.ndarray, observed: Observed) -> tuple[np.ndarray, float]:
    """The probabilities mixed with one half in the best proportion for this record, and that proportion in [0, 1].

    A rigid null is sure of what it gets wrong; hedged, none is worse than a coin.
    """
    shares = np.linspace(0.0, 1.0, 41)
    scores = [
        record_score(probability + share * (0.5 - probability), observed.error).sum() for share in shares
    ]
    best = float(shares[int(np.argmax(scores))])
    return probability + best * (0.5 - probability), best


def _filtered(study: Study, observed: Observed, form: str, chances: np.ndarray, particles: int, seed: int):
    """One filter of the null for each row of chances."""
    dynamics = NullDynamics(study.scenario, form, np.repeat(chances, particles, axis=0), seed)
    return Filter(observed, dynamics, particles, seed, np.arange(len(chances)) * particles).run()


def fitted(score, seed: int) -> np.ndarray:
    """Chances (len(CHANCES),) with a high score, by random search in log-odds that narrows around the best so far.

    `score`: chances (N, len(CHANCES)) -> (N,), the higher the better.  That nothing ever happens is always tried.
    """
    random = np.random.default_rng([seed, 7])
    best, highest = np.full(len(CHANCES), 0.2), -np.inf
    for round_ in range(_ROUNDS):
        step = _WIDEST * 0.5 ** (round_ // 2) * random.standard_normal((_CANDIDATES, len(CHANCES)))
        step *= random.random(step.shape) < (1.0 if round_ == 0 else 0.4)
        odds = np.log(np.clip(best, 1e-4, 1 - 1e-4)) - np.log1p(-np.clip(best, 1e-4, 1 - 1e-4))
        tried = 1.0 / (1.0 + np.exp(-(odds + step)))
        tried[0] = best if round_ else 0.0
        found = score(tried)
        if found.max() > highest or round_:  # the best is tried again, so that luck does not keep it
            best, highest = tried[found.argmax()], found.max()
    return best


def _prior(study: Study, observed: Observed) -> tuple[dict[str, Any], tuple[np.ndarray, np.ndarray]]:
    """The model itself with parameters from the prior: what calibration adds."""
    random = np.random.default_rng([study.seed, 17])
    draws = to_values(random.standard_normal((1024, len(FREE))))
    held = study.held(draws, study.budgets.null_worlds, "prior")[:, observed.claims]
    parts = filter_draws(replace(study, draws=draws), observed)
    each = np.concatenate([part.predictive for part in parts])
    (free_p, free_hedge), (next_p, next_hedge) = (
        hedged(held.mean(axis=0), observed),
        hedged(each.mean(axis=0), observed),
    )
    free, later = record_score(free_p, observed.error), record_score(next_p, observed.error)
    row = _row("prior", held, each.mean(axis=0), observed) | {
        "record_score": float(free.mean()), "hedge": free_hedge,
        "prequential_score": float(later.mean()), "prequential_hedge": next_hedge,
    }  # fmt: skip
    return row, (free, later)


def _coin(study: Study, observed: Observed) -> tuple[dict[str, Any], tuple[np.ndarray, np.ndarray]]:
    """Probability one half for every claim.  (A base rate would be 1: the record states only what it holds true.)"""
    score = record_score(np.full(len(observed), 0.5), observed.error)
    mean = float(score.mean())
    row = {"name": "coin", "record_score": mean, "record_score_error": 0.0, "mean_probability": 0.5,
           "prequential_score": mean, "prequential_mean": 0.5}  # fmt: skip
    return row, (score, score)


def _row(name: str, held: np.ndarray, predictive: np.ndarray, observed: Observed) -> dict[str, Any]:
    found = summarise(held, observed.error)
    return {
        "name": name, "record_score": found["record_score"], "record_score_error": found["record_score_error"],
        "mean_probability": found["mean_probability"],
        "prequential_score": float(record_score(predictive, observed.error).mean()),
        "prequential_mean": float(predictive.mean()),
    }  # fmt: skip
