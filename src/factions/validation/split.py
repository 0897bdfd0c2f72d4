"""Validation (c): fitted to one part of the record, tested on the other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions import shocks
from factions.draws import read_draws
from factions.dynamics import run_paths
from factions.errors import UsageError
from factions.inference.calibration import Plan
from factions.inference.files import Files
from factions.inference.observed import Observed, observe, record_score
from factions.inference.weights import normalised, systematic
from factions.statements.claims import judge
from factions.statements.shares import known, mean_error, share_error
from factions.validation.prequential import filter_draws, spread
from factions.validation.scores import ClaimProbability, Scores, summarise
from factions.validation.subjects import Subject, by_subject

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.validation.study import Study


@dataclass(frozen=True)
class OutOfSample(Scores):
    """A fit to `fitted_claims` claims scored on the others.

    `source`: the file of its draws, or how they were fitted; `in_sample`: scores on the claims that it was fitted to.
    """

    source: str
    fitted_claims: int
    in_sample: Scores
    by_subject: tuple[Subject, ...]
    by_claim: tuple[ClaimProbability, ...]


@dataclass(frozen=True)
class GivenRecord:
    """The later claims in `worlds` worlds that agree with the record up to the day and are left alone from there."""

    mean_probability: float
    mean_probability_error: float | None
    record_score: float
    worlds: int


@dataclass(frozen=True)
class Forward(OutOfSample):
    """A fit to the earlier claims scored on the later ones, from the start and given the record up to the day."""

    given_record: GivenRecord


@dataclass(frozen=True)
class Whole:
    """Scores of the fit to the whole record on the claims resolved by the day (`early`) and after it (`late`)."""

    late: Scores
    early: Scores


@dataclass(frozen=True)
class Split:
    """(c) Fitted to the claims resolved by `day` and tested on the later ones (`forward`), and the other way round."""

    day: date
    forward: Forward
    reverse: OutOfSample
    whole: Whole


def default_day(scenario: Scenario) -> date:
    """Where to split: the last day of the year in which a third of the time is over."""
    return date((scenario.start + (scenario.end - scenario.start) / 3).year, 12, 31)


def fitted_before(scenario: Scenario, day: date | None) -> str:
    """SHA-256 (hex) of the posterior beside the scenario that was fitted until the day; empty if there is none."""
    draws = Files.of(scenario, None, day or default_day(scenario)).draws
    return hashlib.sha256(draws.read_bytes()).hexdigest() if draws.exists() else ""


def split(study: Study, day: date | None = None) -> Split:
    """Forward: fitted to claims resolved by the day, tested on the later ones; reverse: the other way round."""
    day = default_day(study.scenario) if day is None else day
    try:
        early, late = observe(study.scenario, until=day), observe(study.scenario, after=day)
    except UsageError as error:
        raise UsageError(f"the record cannot be split at {day}: {error.problem}", "give another --split DATE") from None
    forward = _posterior(study, early, f"until-{day}", Files.of(study.scenario, None, day))
    reverse = _posterior(study, late, f"after-{day}", None)
    return Split(
        day,
        Forward(**vars(_tested(study, forward, late, early)), given_record=_given(study, forward[0], early, late)),
        _tested(study, reverse, early, late),
        Whole(late=_scores(study, study.draws, late), early=_scores(study, study.draws, early)),
    )


def _posterior(study: Study, fitted: Observed, name: str, files: Files | None) -> tuple[np.ndarray, str]:
    """Draws fitted to a part of the record: the file beside the scenario if there is one, else fitted now."""
    if files is not None and files.draws.exists():
        return read_draws(files.draws), files.draws.name
    minutes = study.budgets.split_minutes
    plan = Plan.of_minutes(minutes, study.seed)
    return study.fitted(fitted, name, plan)[0], f"fitted here with a budget of {minutes:g} min"


def _tested(study: Study, posterior: tuple[np.ndarray, str], test: Observed, fitted: Observed) -> OutOfSample:
    draws, source = posterior
    held = study.held(draws, study.budgets.replay_worlds, "split")
    record = [study.scenario.record[c] for c in test.claims]
    worlds, probability = len(held), held[:, test.claims].mean(axis=0)
    return OutOfSample(
        **vars(summarise(held[:, test.claims], test.error)),
        source=source,
        fitted_claims=len(fitted),
        in_sample=summarise(held[:, fitted.claims], fitted.error),
        by_subject=by_subject(record, probability),
        by_claim=tuple(
            ClaimProbability(claim.id, share, known(share_error(share, worlds)))
            for claim, share in zip(record, probability.tolist(), strict=True)
        ),
    )


def _scores(study: Study, draws: np.ndarray, claims: Observed) -> Scores:
    held = study.held(draws, study.budgets.replay_worlds, "split")[:, claims.claims]
    return summarise(held, claims.error)


def _given(study: Study, draws: np.ndarray, early: Observed, late: Observed) -> GivenRecord:
    """Later claims in worlds that agree with the record up to the day, and are left alone from there."""
    chosen = spread(draws, study.budgets.filtered_draws)
    filters = filter_draws(replace(study, draws=chosen), early, lineage=True)
    lineage = np.concatenate([part.lineage for part in filters if part.lineage is not None])
    weights = normalised(np.concatenate([part.log_weights for part in filters]))
    seed, found = shocks.key(f"prequential {study.seed}"), []
    for g, weight in enumerate(weights):
        luck = lineage[g, systematic(weight, 0.5)]
        worlds = run_paths(study.scenario, np.repeat(chosen[g], len(luck)), luck, seed, study.threads)
        found.append(judge(worlds)[:, late.claims].mean(axis=0))
    each = np.stack(found)
    probability = each.mean(axis=0)
    return GivenRecord(
        mean_probability=float(probability.mean()),
        mean_probability_error=known(mean_error(each.mean(axis=1))),
        record_score=float(record_score(probability, late.error).mean()),
        worlds=weights.size,
    )
