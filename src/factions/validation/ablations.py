"""Validation (e): each mechanism switched off, or each dated policy shift left out, and the rest fitted anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from factions.inference.calibration import Plan
from factions.inference.observed import observe
from factions.inference.weights import log_mean
from factions.statements.shares import mean_error
from factions.validation.prequential import filter_draws
from factions.validation.scores import Scores, summarise
from factions.vocabulary import MECHANISMS

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.validation.study import Study

_LEAST_DRAWS = 100  # that a start can be fitted to; with fewer, refits start from the prior
_INFLATION = 3.0  # of the covariance of the full posterior: room for what the others must take over

ALL_SHIFTS = "all of them"
"""Row of the scenario without any policy shift."""


@dataclass(frozen=True)
class RunScores:
    """Scores of one of the independent runs of a refit."""

    log_score: float
    record_score: float
    mean_probability: float


@dataclass(frozen=True)
class Refit(Scores):
    """Scores of a refit, and of each of its `runs`.

    `log_likelihood` of the record in nats, mean over draws; `log_likelihood_averaged`: log of the mean likelihood.
    """

    log_likelihood: float
    log_likelihood_averaged: float
    runs: tuple[RunScores, ...]


@dataclass(frozen=True)
class Loss:
    """What the record loses without something: in record score, in log score, and in log-likelihood (nats in all).

    `mean_probability` of the claims without it.
    """

    loss: float
    loss_error: float
    log_loss: float
    log_loss_error: float
    mean_probability: float
    log_likelihood_loss: float


@dataclass(frozen=True)
class MechanismLoss(Loss):
    """What is lost when a mechanism is switched off."""

    mechanism: str


@dataclass(frozen=True)
class EventLoss(Loss):
    """What is lost when a dated policy shift, or all of them, are left out."""

    event: str


@dataclass(frozen=True)
class Ablations:
    """(e) The full model and what is lost without each mechanism and each policy shift, the greatest loss first.

    `minutes`: budget of every refit.
    """

    minutes: float
    full: Refit
    mechanisms: tuple[MechanismLoss, ...]
    policy_shifts: tuple[EventLoss, ...]


def ablations(study: Study) -> Ablations:
    """What the record loses without each mechanism and each policy shift: differences from a full model refitted alike.

    A policy shift is a turn that the model is given because it does not explain it: the loss says what that buys.  With
    more than one, all are left out together too.  Every refit starts from the full posterior, widened, and has the same
    budget.  Losses are per claim; their errors come from the two independent runs of each refit and from the worlds.
    """
    budgets = study.budgets
    about = (budgets.ablation_minutes, budgets.replay_worlds, budgets.filtered_draws, budgets.particles)

    def refit(name: str, scenario: Scenario) -> Refit:
        return study.kept(f"ablation_{name}", about, Refit, partial(_refitted, study, scenario, name))

    full = refit("nothing", study.scenario)

    def losses(kind: str, others: dict[str, Scenario]) -> list[tuple[str, Loss]]:
        found = [
            (name, _loss(full, refit(f"{kind}_{name}".replace(" ", "_"), without))) for name, without in others.items()
        ]
        return sorted(found, key=lambda row: -row[1].loss)

    mechanisms = losses("mechanism", _without_mechanisms(study.scenario))
    shifts = losses("event", _without_policy_shifts(study.scenario))
    return Ablations(
        study.budgets.ablation_minutes,
        full,
        tuple(MechanismLoss(**vars(loss), mechanism=name) for name, loss in mechanisms),
        tuple(EventLoss(**vars(loss), event=name) for name, loss in shifts),
    )


def _without_mechanisms(scenario: Scenario) -> dict[str, Scenario]:
    """By mechanism that is on: the scenario with it off."""
    return {
        name: scenario.model_copy(update={"mechanisms": {**scenario.mechanisms, name: False}})
        for name in MECHANISMS
        if scenario.mechanisms.get(name, True)
    }


def _without_policy_shifts(scenario: Scenario) -> dict[str, Scenario]:
    """By policy shift, and for all of them if there are several: the scenario without it."""
    shifts = [event.id for event in scenario.events if event.kind == "policy_shift"]
    absent = {name: {name} for name in shifts}
    if len(shifts) > 1:
        absent[ALL_SHIFTS] = set(shifts)
    return {
        name: scenario.model_copy(
            update={"events": tuple(event for event in scenario.events if event.id not in left_out)}
        )
        for name, left_out in absent.items()
    }


def _refitted(study: Study, scenario: Scenario, name: str) -> Refit:
    """Scores of the refit to a scenario that something, `name`, was taken out of, and those of each of its runs."""
    ablated, observed = study.on(scenario), observe(scenario)
    warm = study.draws if len(study.draws) >= _LEAST_DRAWS else None
    plan = Plan.of_minutes(study.budgets.ablation_minutes, study.seed, warm=warm, inflation=_INFLATION)
    draws, runs = ablated.fitted(observed, f"without_{name}", plan)
    worlds = study.budgets.replay_worlds
    by_run = [
        summarise(ablated.held(run, worlds // len(runs), f"run {k}"), observed.error) for k, run in enumerate(runs)
    ]
    filtered = filter_draws(replace(ablated, draws=draws), observed)
    likelihood = np.concatenate([part.log_likelihood for part in filtered])
    return Refit(
        **vars(summarise(ablated.held(draws, worlds), observed.error)),
        log_likelihood=float(np.mean(likelihood)),
        log_likelihood_averaged=float(log_mean(likelihood)),
        runs=tuple(RunScores(run.log_score, run.record_score, run.mean_probability) for run in by_run),
    )


def _loss(full: Refit, without: Refit) -> Loss:
    return Loss(
        loss=full.record_score - without.record_score,
        loss_error=float(np.hypot(_record_error(full), _record_error(without))),
        log_loss=full.log_score - without.log_score,
        log_loss_error=float(np.hypot(_log_error(full), _log_error(without))),
        mean_probability=without.mean_probability,
        log_likelihood_loss=full.log_likelihood - without.log_likelihood,
    )


def _record_error(found: Refit) -> float:
    return _error([run.record_score for run in found.runs], found.record_score_error)


def _log_error(found: Refit) -> float:
    return _error([run.log_score for run in found.runs], found.log_score_error)


def _error(scores: list[float], of_worlds: float) -> float:
    """Standard error of a refit's score: half the distance of its two runs, and the worlds' own error."""
    between = mean_error(np.array(scores)) if len(scores) > 1 else 0.0
    return float(np.hypot(between, of_worlds))
