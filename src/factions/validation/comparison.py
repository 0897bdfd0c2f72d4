"""Validation (d): the model against null models on the same claims, unconditionally and claim by claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factions import shocks
from factions.inference.filter import Filter, Filtered
from factions.inference.observed import Observed, observe, record_score
from factions.inference.prior import to_values
from factions.parameters import FREE
from factions.statements.claims import judge
from factions.validation.nulls import CHANCES, FORMS, NullDynamics, null_ensemble
from factions.validation.prequential import Prequential, filter_draws
from factions.validation.replay import Replay
from factions.validation.scores import Gain, paired

if TYPE_CHECKING:
    from factions.validation.study import Study

_WIDEST = 2.0  # spread of the first round, in log-odds; halved every second round


KINDS = ("unconditional", "prequential")
"""Kinds of score: worlds from the start, and every claim predicted from earlier meetings."""


@dataclass(frozen=True)
class HedgedScores:
    """Scores of one model on one kind of score.

    `hedged_score`: its record score when its probabilities are mixed with one half, whose share is `hedge`.
    """

    mean_probability: float
    record_score: float
    hedged_score: float
    hedge: float


@dataclass(frozen=True)
class ContenderScores:
    """One model on both kinds of score; for a null that is fitted, how well the record follows from it and by what.

    `log_likelihood` of the record in nats; `chances` by name (`nulls.CHANCES`) fitted to the unconditional score,
    `prequential_chances` to the likelihood.  The three are None for models without such chances.
    """

    name: str
    unconditional: HedgedScores
    prequential: HedgedScores
    log_likelihood: float | None = None
    chances: dict[str, float] | None = None
    prequential_chances: dict[str, float] | None = None

    def on(self, kind: str) -> HedgedScores:
        """Its scores on one of `KINDS`."""
        return self.unconditional if kind == "unconditional" else self.prequential


@dataclass(frozen=True)
class GainOverBest(Gain):
    """Advantage over the null model that does best."""

    best_null: str


@dataclass(frozen=True)
class Advantage(GainOverBest):
    """Advantage over the best null, over the best when all are `hedged`, and over a `coin`."""

    hedged: GainOverBest
    coin: Gain


@dataclass(frozen=True)
class Nulls:
    """(d) The model, the null models, and its advantage over them on each kind of score."""

    model: ContenderScores
    nulls: tuple[ContenderScores, ...]
    unconditional: Advantage
    prequential: Advantage

    @property
    def everybody(self) -> tuple[ContenderScores, ...]:
        """The model first."""
        return (self.model, *self.nulls)

    def advantage(self, kind: str) -> Advantage:
        """The advantage on one of `KINDS`."""
        return self.unconditional if kind == "unconditional" else self.prequential


@dataclass(frozen=True)
class Contender:
    """Probabilities that one model gives the claims: (C,) by kind of score; the rest as in `ContenderScores`."""

    name: str
    probability: dict[str, np.ndarray]
    log_likelihood: float | None = None
    chances: dict[str, float] | None = None
    prequential_chances: dict[str, float] | None = None

    def scores(self, kind: str, observed: Observed) -> np.ndarray:
        """(C,) record scores."""
        return record_score(self.probability[kind], observed.error)

    def hedged(self, kind: str, observed: Observed) -> tuple[np.ndarray, float]:
        """(C,) record scores when mixed with one half in the best proportion for this record, and that proportion.

        A rigid model is sure of what it gets wrong; hedged, none is worse than a coin.
        """
        shares, probability = np.linspace(0.0, 1.0, 41), self.probability[kind]
        scores = [record_score(probability + share * (0.5 - probability), observed.error) for share in shares]
        best = int(np.argmax([score.sum() for score in scores]))
        return scores[best], float(shares[best])

    def scored(self, observed: Observed) -> ContenderScores:
        """Its scores on every kind."""
        found = {}
        for kind in KINDS:
            hedged, hedge = self.hedged(kind, observed)
            mean, score = float(self.probability[kind].mean()), float(self.scores(kind, observed).mean())
            found[kind] = HedgedScores(mean, score, float(hedged.mean()), hedge)
        fit = self.log_likelihood, self.chances, self.prequential_chances
        return ContenderScores(self.name, found["unconditional"], found["prequential"], *fit)


def nulls(study: Study, replayed: Replay, predicted: Prequential) -> Nulls:
    """Every null's scores beside the model's (from `replay` and `prequential`), and its advantage over the best null.

    Each null's chances are fitted to the very record it is scored on, once for each kind of score.  Like is compared
    with like: as they are, and all of them hedged.
    """
    observed = observe(study.scenario)
    given = {
        "unconditional": np.array([claim.probability for claim in replayed.by_claim]),
        "prequential": np.array([claim.probability for claim in predicted.by_claim]),
    }
    model = Contender("model", given)
    others = [_null(study, observed, form) for form in FORMS] + [_prior(study, observed), _coin(observed)]
    return Nulls(
        model.scored(observed),
        tuple(other.scored(observed) for other in others),
        *(_advantage(model, others, kind, observed) for kind in KINDS),
    )


def _advantage(model: Contender, others: list[Contender], kind: str, observed: Observed) -> Advantage:
    """Of the model over the best null model, as they are and hedged; and over a coin."""
    ours, ours_hedged = model.scores(kind, observed), model.hedged(kind, observed)[0]
    raw = {other.name: other.scores(kind, observed) for other in others}
    hedged = {other.name: other.hedged(kind, observed)[0] for other in others}
    best, best_hedged = (max(FORMS, key=lambda name: scores[name].mean()) for scores in (raw, hedged))
    return Advantage(
        **vars(paired(ours, raw[best])),
        best_null=best,
        hedged=GainOverBest(**vars(paired(ours_hedged, hedged[best_hedged])), best_null=best_hedged),
        coin=paired(ours, raw["coin"]),
    )


def _null(study: Study, observed: Observed, form: str) -> Contender:
    """A null model with the chances that suit the record best."""
    seed, budgets = shocks.key(f"null {form} {study.seed}"), study.budgets
    worlds, tried, search = budgets.null_worlds, budgets.null_tried, (budgets.null_rounds, budgets.null_candidates)

    def replays(chances: np.ndarray) -> np.ndarray:
        held = judge(null_ensemble(study.scenario, form, np.repeat(chances, tried, axis=0), seed))[:, observed.claims]
        probability = held.reshape(len(chances), tried, -1).mean(axis=1)
        return record_score(probability, observed.error).sum(axis=1)

    def predicts(chances: np.ndarray) -> np.ndarray:
        return _filtered(study, observed, form, chances, tried, seed).log_likelihood

    free, next_ = fitted(replays, seed, *search), fitted(predicts, seed, *search)
    ensemble = null_ensemble(study.scenario, form, np.repeat(free[np.newaxis], worlds, axis=0), seed + 1)
    held = judge(ensemble)[:, observed.claims]
    filters = np.repeat(next_[np.newaxis], 8, axis=0)
    found = _filtered(study, observed, form, filters, max(worlds // 8, 32), seed + 1)
    return Contender(
        form,
        {"unconditional": held.mean(axis=0), "prequential": found.predictive.mean(axis=0)},
        log_likelihood=float(found.log_likelihood.mean()),
        chances=dict(zip(CHANCES, free.tolist(), strict=True)),
        prequential_chances=dict(zip(CHANCES, next_.tolist(), strict=True)),
    )


def _filtered(study: Study, observed: Observed, form: str, chances: np.ndarray, particles: int, seed: int) -> Filtered:
    """One filter of the null for each row of chances."""
    dynamics = NullDynamics(study.scenario, form, np.repeat(chances, particles, axis=0), seed)
    return Filter(observed, dynamics, particles, seed, np.arange(len(chances)) * particles).run()


def fitted(score: Callable[[np.ndarray], np.ndarray], seed: int, rounds: int, candidates: int) -> np.ndarray:
    """Chances (len(CHANCES),) with a high score, by random search in log-odds that narrows around the best so far.

    `score`: chances (N, len(CHANCES)) -> (N,), the higher the better; it is asked for N = `candidates` in each of the
    `rounds`.  That nothing ever happens is always tried.
    """
    random = np.random.default_rng([seed, 7])
    best, highest = np.full(len(CHANCES), 0.2), -np.inf
    for round_ in range(rounds):
        step = _WIDEST * 0.5 ** (round_ // 2) * random.standard_normal((candidates, len(CHANCES)))
        step *= random.random(step.shape) < (1.0 if round_ == 0 else 0.4)
        odds = np.log(np.clip(best, 1e-4, 1 - 1e-4)) - np.log1p(-np.clip(best, 1e-4, 1 - 1e-4))
        tried = 1.0 / (1.0 + np.exp(-(odds + step)))
        tried[0] = best if round_ else 0.0
        found = score(tried)
        if found.max() > highest or round_:  # the best is tried again, so that luck does not keep it
            best, highest = tried[found.argmax()], found.max()
    return best


def _prior(study: Study, observed: Observed) -> Contender:
    """The model itself with parameters from the prior: what calibration adds."""
    random = np.random.default_rng([study.seed, 17])
    draws = to_values(random.standard_normal((1024, len(FREE))), study.scenario.parameters)
    held = study.held(draws, study.budgets.null_worlds, "prior")[:, observed.claims]
    each = np.concatenate([part.predictive for part in filter_draws(replace(study, draws=draws), observed)])
    return Contender("prior", {"unconditional": held.mean(axis=0), "prequential": each.mean(axis=0)})


def _coin(observed: Observed) -> Contender:
    """Probability one half for every claim.  (A base rate would be 1: the record states only what it holds true.)"""
    return Contender("coin", dict.fromkeys(KINDS, np.full(len(observed), 0.5)))
