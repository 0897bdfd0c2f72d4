"""Validation (a): worlds that start at the beginning and are never corrected, and what goes wrong in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from factions import shocks
from factions.dynamics import Arrays, run_worlds
from factions.inference.observed import observe
from factions.inference.telling import telling
from factions.statements.claims import Index, held_over, window
from factions.statements.shares import known, share_error
from factions.validation.scores import Scores, summarise
from factions.validation.subjects import Subject, by_subject

if TYPE_CHECKING:
    from factions.scenario import Claim, Scenario
    from factions.validation.study import Study

_WORST = 10
_LOOKED_AT = 1024  # worlds that are looked at for what happens instead
_BINS = 10


@dataclass(frozen=True)
class ReplayedClaim:
    """A claim, how sure the record is of it (None: it does not say), and its probability in worlds from the start.

    `tells`: is it one that neither nearly all parameters nor a world without change satisfy.
    """

    id: str
    text: str
    confidence: str | None
    probability: float
    error: float | None
    tells: bool


@dataclass(frozen=True)
class MissedClaim(ReplayedClaim):
    """A claim that worlds get wrong, and a sentence that says what happens `instead`."""

    instead: str


@dataclass(frozen=True)
class Replay(Scores):
    """(a) Worlds from the start, never corrected: the claims that tell something, the `worst`, by subject, each."""

    telling: Scores | None
    worst: tuple[MissedClaim, ...]
    by_subject: tuple[Subject, ...]
    by_claim: tuple[ReplayedClaim, ...]


@dataclass(frozen=True)
class Bin:
    """Claims with nearly the same probability: the mean of what was `predicted`, the share that `held`, how many."""

    predicted: float
    held: float
    claims: int
    error: float | None


def replay(study: Study) -> Replay:
    """Probability of each claim in unconditional worlds, their scores, and the ten least probable."""
    worlds = study.budgets.replay_worlds
    held = study.held(study.draws, worlds)
    observed = observe(study.scenario)
    probability, tells = held.mean(axis=0), telling(study.scenario, study.threads)
    claims = [
        ReplayedClaim(claim.id, claim.text, claim.confidence, share, known(share_error(share, worlds)), bool(tell))
        for claim, share, tell in zip(study.scenario.record, probability.tolist(), tells, strict=True)
    ]
    order = np.argsort(probability, kind="stable")[:_WORST]
    reasons = instead(study, order)
    return Replay(
        **vars(summarise(held, observed.error)),
        telling=summarise(held[:, tells], observed.error[tells]) if tells.any() else None,
        worst=tuple(MissedClaim(**vars(claims[c]), instead=why) for c, why in zip(order, reasons, strict=True)),
        by_subject=by_subject(study.scenario.record, probability),
        by_claim=tuple(claims),
    )


def instead(study: Study, claims: np.ndarray) -> list[str]:
    """A sentence for each claim (positions): what the worlds do instead."""
    numbers = np.arange(min(_LOOKED_AT, study.budgets.replay_worlds))
    values = study.draws[numbers % len(study.draws)]
    ensemble = run_worlds(study.scenario, numbers, values, shocks.key(f"replay {study.seed}"), study.threads)
    index = Index(study.scenario)
    return [_sentence(study.scenario, study.scenario.record[c], ensemble.arrays, index) for c in claims]


def _sentence(scenario: Scenario, claim: Claim, arrays: Arrays, index: Index) -> str:
    first, last = window(claim, index)
    part = {name: array[:, first : last + 1] for name, array in arrays.items()}
    share = held_over(claim, arrays, index).mean(axis=0)
    if claim.predicate == "vote_share":
        low, middle, high = np.quantile(part["vote_share"], (0.1, 0.5, 0.9))
        wanted = f"{claim.low:.0%} to {claim.high:.0%}"
        return f"The opposition has {middle:.0%} of the votes ({low:.0%} to {high:.0%}), not {wanted}."
    if hasattr(claim, "leaders") and len(claim.leaders) > 1:
        return _of_group(claim, arrays, index)
    if first == last:
        return f"It fails in {1.0 - share[0]:.0%} of the worlds."
    names = [meeting.name for meeting in scenario.meetings[first : last + 1]]
    least, most = int(share.argmin()), int(share.argmax())
    if claim.when == "throughout":
        return f"It breaks down most often at {names[least]}, where it holds in {share[least]:.0%} of the worlds."
    return f"It holds most often at {names[most]}, in {share[most]:.0%} of the worlds."


def _of_group(claim: Any, arrays: Arrays, index: Index) -> str:
    """The share of a group for which it holds at the end."""
    each = [
        held_over(claim.model_copy(update={"leaders": (leader,), "share": (1.0, 1.0)}), arrays, index)[:, -1]
        for leader in claim.leaders
    ]
    share = np.stack(each, axis=1)
    by_leader = share.mean(axis=0)
    least = int(by_leader.argmin())
    wanted = "all" if claim.share[0] >= 1.0 else f"{claim.share[0]:.0%} to {claim.share[1]:.0%}"
    return (
        f"On average it holds for {share.mean():.0%} of the {len(claim.leaders)} leaders (the record: {wanted}), "
        f"least often for {claim.leaders[least]} ({by_leader[least]:.0%})."
    )


def calibration_curve(probability: np.ndarray, held: np.ndarray) -> tuple[Bin, ...]:
    """Claims by predicted probability: how many, mean prediction, and share that held, with its standard error."""
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    rows = []
    for k in np.unique(bins):
        inside = bins == k
        count, share = int(inside.sum()), float(held[inside].mean())
        rows.append(Bin(float(probability[inside].mean()), share, count, known(share_error(share, count))))
    return tuple(rows)
