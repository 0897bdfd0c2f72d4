"""Whether each claim of the record holds in each world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from factions.statements import predicates as says

if TYPE_CHECKING:
    from collections.abc import Callable

    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario
    from factions.statements.predicates import Worlds

_MARGIN = 1e-9  # shares of a few leaders are compared as real numbers


class Index:
    """Positions of a scenario's meetings, blocs, leaders and offices by id."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.meeting = {entry.id: position for position, entry in enumerate(scenario.meetings)}
        self.bloc = {entry.id: position for position, entry in enumerate(scenario.blocs)}
        self.leader = {entry.id: position for position, entry in enumerate(scenario.leaders)}
        self.office = {entry.id: position for position, entry in enumerate(scenario.offices)}


def judge(ensemble: Ensemble) -> np.ndarray:
    """True where a claim holds in a world; shape (world, claim), claims in the order of the record."""
    index = Index(ensemble.scenario)
    columns = [judge_claim(claim, ensemble, index) for claim in ensemble.scenario.record]
    return np.stack(columns, axis=1) if columns else np.zeros((len(ensemble), 0), bool)


def window(claim: Any, index: Index) -> tuple[int, int]:
    """First and last meeting (positions) that a claim speaks of."""
    if claim.at is not None:
        return index.meeting[claim.at], index.meeting[claim.at]
    return index.meeting[claim.between[0]], index.meeting[claim.between[1]]


def judge_claim(claim: Any, worlds: Worlds, index: Index) -> np.ndarray:
    """True for each world in which one claim holds; shape (world,)."""
    return over(held_over(claim, worlds, index), claim.when)


def held_over(claim: Any, worlds: Worlds, index: Index) -> np.ndarray:
    """True where a claim's predicate holds at a meeting of its window; shape (world, meeting of the window)."""
    first, last = window(claim, index)
    seen = says.part(worlds, slice(0, last + 1))
    return holds(claim, says.part(seen, slice(first, last + 1)), index, _had_by(claim, seen, index)[:, first:])


def over(held: np.ndarray, when: str | None) -> np.ndarray:
    """True for each world in which something holds (world, meeting) throughout, sometime or never; None: throughout."""
    if when == "sometime":
        return np.asarray(held.any(axis=1))
    if when == "never":
        return np.asarray(~held.any(axis=1))
    return np.asarray(held.all(axis=1))


def holds(claim: Any, worlds: Worlds, index: Index, had: np.ndarray) -> np.ndarray:
    """True where a claim's predicate holds at a meeting; shape (world, meeting), for the meetings in `worlds`.

    `had` (world, meeting, leader of the claim): had he what he is said to have lost, by then; see `Memory`.
    """
    if claim.predicate == "vote_share":
        return says.votes_between(worlds, claim.low, claim.high)
    if claim.predicate in OF_LEADERS:
        leaders = [index.leader[leader] for leader in claim.leaders]
        said = OF_LEADERS[claim.predicate](claim, worlds, index)[:, :, leaders]
        share = (said & had if claim.predicate in LOSSES else said).mean(axis=2)
        return (share >= claim.share[0] - _MARGIN) & (share <= claim.share[1] + _MARGIN)
    blocs = [index.bloc[bloc] for bloc in claim.blocs]
    if claim.predicate in BETWEEN_BLOCS:
        return BETWEEN_BLOCS[claim.predicate](worlds, blocs)
    return np.asarray(OF_BLOCS[claim.predicate](worlds)[:, :, blocs].all(axis=2))


OF_BLOCS = {
    "ruling": says.in_ruling_alliance,
    "outside": says.outside,
    "open": says.in_open_opposition,
    "quiet": says.quiet,
}
"""What a claim may say of every one of its blocs, by its predicate."""

BETWEEN_BLOCS = {"allied": says.allied, "apart": says.apart}
"""What a claim may say of its blocs together, by its predicate."""


def _in_bloc(claim: Any, worlds: Worlds, index: Index) -> np.ndarray:
    return says.member_of(worlds, index.bloc[claim.bloc])


def _holds_office(claim: Any, worlds: Worlds, index: Index) -> np.ndarray:
    return says.holds_office(worlds, index.office[claim.office])


OF_LEADERS: dict[str, Callable[[Any, Worlds, Index], np.ndarray]] = {
    "standing": lambda claim, worlds, index: says.standing_within(worlds, claim.at_least, claim.at_most),
    "in_bloc": _in_bloc,
    "not_in_bloc": lambda claim, worlds, index: ~_in_bloc(claim, worlds, index),
    "holds": _holds_office,
    "lost": lambda claim, worlds, index: ~_holds_office(claim, worlds, index),
    "capitulated": lambda claim, worlds, index: says.capitulated(worlds),
    "holds_out": lambda claim, worlds, index: ~says.capitulated(worlds),
    "readmitted": lambda claim, worlds, index: says.readmitted(worlds),
}
"""What a claim may say of a share of its leaders, by its predicate: from it to the axes (world, meeting, leader)."""

LOSSES = {"lost": _holds_office, "not_in_bloc": _in_bloc}
"""What nobody can lose who never had it: the predicate of the loss, and what he must have had before."""


class Memory:
    """What claims about losses ask of the past of W worlds: which of their leaders had what they are said to lose.

    `had[c]` (W, leader of claim c): at the start, or at a meeting seen since; for claims c of `LOSSES` alone.
    """

    def __init__(self, index: Index, worlds: int) -> None:
        self.index, self.worlds = index, worlds
        record = enumerate(index.scenario.record)
        self.had = {
            c: np.tile(_at_start(claim, index), (worlds, 1)) for c, claim in record if claim.predicate in LOSSES
        }

    def see(self, worlds: Worlds) -> None:
        """Remember the state of one more meeting; its axis has length 1."""
        for c, had in self.had.items():
            had |= _has(self.index.scenario.record[c], worlds, self.index)[:, 0]

    def of(self, c: int) -> np.ndarray:
        """What is remembered for claim c, with a meeting axis of length 1; nothing for a claim that asks nothing."""
        return self.had[c][:, np.newaxis] if c in self.had else np.zeros((self.worlds, 1, 1), bool)

    def select(self, rows: np.ndarray) -> None:
        """Copies of the worlds `rows`."""
        self.had = {c: had[rows] for c, had in self.had.items()}


def _has(claim: Any, worlds: Worlds, index: Index) -> np.ndarray:
    """(world, meeting, leader of the claim) has he what the claim says that he loses."""
    leaders = [index.leader[leader] for leader in claim.leaders]
    return LOSSES[claim.predicate](claim, worlds, index)[:, :, leaders]


def _at_start(claim: Any, index: Index) -> np.ndarray:
    """(leader of the claim) had he it on the scenario's first day."""
    if claim.predicate == "lost":
        holder = index.scenario.offices[index.office[claim.office]].holder
        return np.array([leader == holder for leader in claim.leaders])
    bloc = {entry.id: entry.bloc for entry in index.scenario.leaders}
    return np.array([bloc[leader] == claim.bloc for leader in claim.leaders])


def _had_by(claim: Any, worlds: Worlds, index: Index) -> np.ndarray:
    """(world, meeting, leader of the claim) had he it by then; `worlds` from the first meeting on."""
    if claim.predicate not in LOSSES:
        return np.zeros((*worlds["ruling"].shape, 1), bool)
    return np.logical_or.accumulate(_has(claim, worlds, index), axis=1) | _at_start(claim, index)
