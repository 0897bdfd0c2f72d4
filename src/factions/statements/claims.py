"""Whether each claim of the record holds in each world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.vocabulary import LADDER

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

_MARGIN = 1e-9  # shares of a few leaders are compared as real numbers


class Index:
    """Positions of a scenario's meetings, blocs, leaders and offices by id."""

    def __init__(self, scenario: Scenario) -> None:
        self.meeting = {entry.id: position for position, entry in enumerate(scenario.meetings)}
        self.bloc = {entry.id: position for position, entry in enumerate(scenario.blocs)}
        self.leader = {entry.id: position for position, entry in enumerate(scenario.leaders)}
        self.office = {entry.id: position for position, entry in enumerate(scenario.offices)}


def judge(ensemble: Ensemble) -> np.ndarray:
    """True where a claim holds in a world; shape (world, claim), claims in the order of the record."""
    index = Index(ensemble.scenario)
    columns = [judge_claim(claim, ensemble.arrays, index) for claim in ensemble.scenario.record]
    return np.stack(columns, axis=1) if columns else np.zeros((len(ensemble), 0), bool)


def window(claim, index: Index) -> tuple[int, int]:
    """First and last meeting (positions) that a claim speaks of."""
    if claim.at is not None:
        return index.meeting[claim.at], index.meeting[claim.at]
    return index.meeting[claim.between[0]], index.meeting[claim.between[1]]


def judge_claim(claim, arrays: dict[str, np.ndarray], index: Index) -> np.ndarray:
    """True for each world in which one claim holds; shape (world,)."""
    first, last = window(claim, index)
    part = {name: array[:, first : last + 1] for name, array in arrays.items()}
    held = holds(claim, part, index)
    if claim.when == "sometime":
        return np.asarray(held.any(axis=1))
    if claim.when == "never":
        return np.asarray(~held.any(axis=1))
    return np.asarray(held.all(axis=1))


def holds(claim, arrays: dict[str, np.ndarray], index: Index) -> np.ndarray:
    """True where a claim's predicate holds at a meeting; shape (world, meeting), for the meetings in `arrays`."""
    if claim.predicate == "vote_share":
        return (arrays["vote_share"] >= claim.low) & (arrays["vote_share"] <= claim.high)
    if hasattr(claim, "leaders"):
        share = _LEADERS[claim.predicate](claim, arrays, index).mean(axis=2)
        return (share >= claim.share[0] - _MARGIN) & (share <= claim.share[1] + _MARGIN)
    return _BLOCS[claim.predicate](arrays, [index.bloc[name] for name in claim.blocs])


def _alliances(arrays, blocs: list[int]) -> np.ndarray:
    return arrays["alliance"][:, :, blocs]


def _allied(arrays, blocs: list[int]) -> np.ndarray:
    labels = _alliances(arrays, blocs)
    return (labels >= 0).all(axis=2) & (labels == labels[:, :, :1]).all(axis=2)


def _apart(arrays, blocs: list[int]) -> np.ndarray:
    labels = _alliances(arrays, blocs)
    together = np.zeros(labels.shape[:2], bool)
    for a in range(len(blocs)):
        for b in range(a + 1, len(blocs)):
            together |= (labels[:, :, a] >= 0) & (labels[:, :, a] == labels[:, :, b])
    return ~together


def _rules(arrays, blocs: list[int]) -> np.ndarray:
    labels = _alliances(arrays, blocs)
    return (labels >= 0) & (labels == arrays["ruling"][:, :, np.newaxis])


_BLOCS = {
    "allied": _allied,
    "apart": _apart,
    "ruling": lambda arrays, blocs: _rules(arrays, blocs).all(axis=2),
    "outside": lambda arrays, blocs: ~_rules(arrays, blocs).any(axis=2),
    "open": lambda arrays, blocs: (arrays["open"][:, :, blocs] == 1).all(axis=2),
    "quiet": lambda arrays, blocs: (arrays["open"][:, :, blocs] == 0).all(axis=2),
}


def _of_leaders(name: str, claim, arrays, index: Index) -> np.ndarray:
    return arrays[name][:, :, [index.leader[leader] for leader in claim.leaders]]


def _standing(claim, arrays, index: Index) -> np.ndarray:
    standing = _of_leaders("standing", claim, arrays, index)
    best = LADDER.index(claim.at_most) if claim.at_most else 0
    worst = LADDER.index(claim.at_least) if claim.at_least else len(LADDER) - 1
    return (standing >= best) & (standing <= worst)


def _in_bloc(claim, arrays, index: Index) -> np.ndarray:
    return _of_leaders("membership", claim, arrays, index) == index.bloc[claim.bloc]


def _holds_office(claim, arrays, index: Index) -> np.ndarray:
    holder = arrays["holder"][:, :, index.office[claim.office]]
    return np.stack([holder == index.leader[leader] for leader in claim.leaders], axis=2)


def _surrendered(claim, arrays, index: Index) -> np.ndarray:
    return _of_leaders("surrendered", claim, arrays, index)


_LEADERS = {
    "standing": _standing,
    "in_bloc": _in_bloc,
    "not_in_bloc": lambda claim, arrays, index: ~_in_bloc(claim, arrays, index),
    "holds": _holds_office,
    "lost": lambda claim, arrays, index: ~_holds_office(claim, arrays, index),
    "capitulated": lambda claim, arrays, index: _surrendered(claim, arrays, index) >= 1,
    "holds_out": lambda claim, arrays, index: _surrendered(claim, arrays, index) == 0,
    "readmitted": lambda claim, arrays, index: _surrendered(claim, arrays, index) == 2,
}
