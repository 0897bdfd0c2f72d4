"""The claim table: how probable the worlds make each claim of the record, and how well they do on the whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.statements.claims import Index, window
from factions.statements.shares import counted_error, known, share_error, smoothed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from factions.results.ensemble import Ensemble
    from factions.scenario import Claim, Scenario


@dataclass(frozen=True)
class ClaimScore:
    """One claim and its share of the worlds.

    `count` of `worlds` worlds; `probability` in [0, 1]; `error`: its Monte Carlo standard error, None from one
    world (see `share_error`); `about`: ids of blocs; `meeting` and `date`: the last one it speaks of; `confidence`:
    high, medium, low, or empty; `sources`: keys.
    """

    id: str
    text: str
    about: tuple[str, ...]
    meeting: str
    date: date
    predicate: str
    count: int
    worlds: int
    probability: float
    error: float | None
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Replay:
    """How well the worlds replay the record.

    `mean_probability` over claims and its Monte Carlo standard `error` (None from one world); `log_score`: mean
    natural logarithm of the claims' probabilities (see `smoothed`), <= 0; `geometric_mean` = exp(log_score).
    """

    claims: int
    mean_probability: float
    error: float | None
    geometric_mean: float
    log_score: float


def count_claims(ensemble: Ensemble) -> dict[str, np.ndarray]:
    """Counts for a tally: `claims` (C,), worlds where each claim holds; `matched` (C + 1,), worlds by claims held."""
    held = ensemble.held
    matched = np.bincount(held.sum(axis=1), minlength=held.shape[1] + 1)
    return {"claims": held.sum(axis=0, dtype=np.int64), "matched": matched.astype(np.int64)}


def claim_scores(scenario: Scenario, counts: np.ndarray, worlds: int) -> list[ClaimScore]:
    """One score for each claim, in the order of the record, from the number of worlds (C,) in which each holds."""
    index = Index(scenario)
    return [
        _score(scenario, claim, index, int(count), worlds) for claim, count in zip(scenario.record, counts, strict=True)
    ]


def score_ensemble(ensemble: Ensemble) -> list[ClaimScore]:
    """One score for each claim, in the order of the record."""
    return claim_scores(ensemble.scenario, count_claims(ensemble)["claims"], len(ensemble))


def _score(scenario: Scenario, claim: Claim, index: Index, count: int, worlds: int) -> ClaimScore:
    meeting = scenario.meetings[window(claim, index)[1]]
    return ClaimScore(
        id=claim.id,
        text=claim.text,
        about=tuple(claim.about),
        meeting=meeting.id,
        date=meeting.date,
        predicate=claim.predicate,
        count=count,
        worlds=worlds,
        probability=count / worlds,
        error=known(share_error(count / worlds, worlds)),
        confidence=claim.confidence or "",
        sources=tuple(claim.sources),
    )


def replay(scores: Sequence[ClaimScore], matched: np.ndarray) -> Replay | None:
    """The scores summed up; `matched[k]`: worlds in which k claims hold.  None without claims."""
    if not scores:
        return None
    worlds = scores[0].worlds
    log_score = sum(math.log(smoothed(score.count, worlds)) for score in scores) / len(scores)
    matched = np.asarray(matched)
    held = np.arange(len(matched)) / len(scores)
    mean, error = float(np.dot(held, matched)) / worlds, known(counted_error(held, matched))
    return Replay(len(scores), mean, error, math.exp(log_score), log_score)


def worst(scores: Sequence[ClaimScore], most: int = 10) -> list[ClaimScore]:
    """The least probable claims, the least probable first."""
    return sorted(scores, key=lambda score: (score.probability, score.id))[:most]


def held_table(ensemble: Ensemble) -> pa.Table:
    """Which claims hold in which world: a tidy table (pyarrow) with the columns world, claim, holds."""
    import pyarrow as pa

    held = ensemble.held
    codes = np.tile(np.arange(held.shape[1], dtype=np.int32), len(held))
    claims = pa.DictionaryArray.from_arrays(codes, [claim.id for claim in ensemble.scenario.record])
    return pa.table({"world": np.repeat(ensemble.worlds, held.shape[1]), "claim": claims, "holds": held.ravel()})
