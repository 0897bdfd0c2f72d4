"""What the record says of blocs and of single leaders: statements taken from its claims alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.statements import predicates as says
from factions.statements.claims import BETWEEN_BLOCS, OF_BLOCS, Index, over, window

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario
    from factions.statements.predicates import Worlds

SINGLE, PAIRED = ("ruling", "outside", "open", "quiet"), ("allied", "apart")
"""Predicates that say where blocs stand: one bloc, and two of them."""
_OPPOSITE = {"ruling": "outside", "open": "quiet", "allied": "apart"}
OPPOSITE = _OPPOSITE | {value: key for key, value in _OPPOSITE.items()}


@dataclass(frozen=True)
class BlocStatement:
    """The claim `claim` says that `state` holds of `bloc` (and `partner`) from meeting `first` to `last`.

    Blocs and meetings are indices; with `sometime` it holds at one of the meetings at least, else at all.
    """

    claim: str
    state: str
    bloc: int
    partner: int | None
    first: int
    last: int
    sometime: bool

    @property
    def sides(self) -> tuple[tuple[int, int], ...]:
        """The two blocs in both orders; nothing for a statement about one bloc."""
        return () if self.partner is None else ((self.bloc, self.partner), (self.partner, self.bloc))


def bloc_statements(scenario: Scenario) -> list[BlocStatement]:
    """Statements of the record on alliances and stances; what holds throughout is split by meeting."""
    return [statement for claim in scenario.record for statement in _of_claim(scenario, claim)]


def _of_claim(scenario: Scenario, claim: Any) -> Iterator[BlocStatement]:
    state, when = claim.predicate, claim.when
    if state not in SINGLE + PAIRED:
        return
    first, last = window(claim, Index(scenario))
    order = {bloc.id: i for i, bloc in enumerate(scenario.blocs)}
    blocs = [order[bloc] for bloc in claim.blocs]
    if first == last and when == "sometime":
        when = "throughout"
    groups = [(b, None) for b in blocs] if state in SINGLE else list(combinations(sorted(blocs), 2))
    if when == "never":
        # "never all of them" says nothing about any one of them.
        if len(groups) != 1:
            return
        state = OPPOSITE[state]
    for bloc, partner in groups:
        if when == "sometime":
            yield BlocStatement(claim.id, state, bloc, partner, first, last, True)
        else:
            for m in range(first, last + 1):
                yield BlocStatement(claim.id, state, bloc, partner, m, m, False)


def bloc_holds(worlds: Worlds, said: BlocStatement) -> np.ndarray:
    """Whether a statement holds in each world at each meeting of its span; axes (world, meeting)."""
    spanned = says.part(worlds, slice(said.first, said.last + 1))
    if said.partner is not None:
        return BETWEEN_BLOCS[said.state](spanned, (said.bloc, said.partner))
    return OF_BLOCS[said.state](spanned)[:, :, said.bloc]


def places(scenario: Scenario, said: list[BlocStatement]) -> dict[tuple[int, int], str]:
    """Where the record puts (meeting, bloc); absent where it is silent.

    One of `ruling`, `open`, `quiet`, `outside` (voice not stated), `hushed` (quiet, side not stated),
    `contradictory`. What follows from alliances is drawn out.
    """
    found: dict[tuple[int, int], str] = {}
    for m in range(len(scenario.meetings)):
        here = [s for s in said if not s.sometime and s.first == m]
        facts = {(s.bloc, s.state) for s in here if s.partner is None}
        _complete(facts, [s for s in here if s.partner is not None])
        for bloc in {b for b, _ in facts}:
            found[m, bloc] = _place({state for b, state in facts if b == bloc})
    return found


def spans(said: list[BlocStatement], found: dict[tuple[int, int], str]) -> list[tuple[int, str, int, int]]:
    """(bloc, state, first, last) that the record dates to no single meeting; `found` are the dated `places`.

    Whoever is at some time apart from a bloc that rules all the while is at some time outside, and the like.
    """
    vague = [s for s in said if s.sometime]
    drawn = [(s.bloc, s.state, s.first, s.last) for s in vague if s.partner is None]
    for s in vague:
        for one, other in s.sides:
            if all(found.get((m, one)) == "ruling" for m in range(s.first, s.last + 1)):
                drawn.append((other, "ruling" if s.state == "allied" else "outside", s.first, s.last))
    return drawn


def _complete(facts: set[tuple[int, str]], pairs: list[BlocStatement]) -> None:
    """Add what follows: open opponents are outside, allies share a side, apart from rulers is outside."""
    facts |= {(bloc, "outside") for bloc, state in facts if state == "open"}
    size = -1
    while size != len(facts):
        size = len(facts)
        for pair in pairs:
            for one, other in pair.sides:
                if pair.state == "allied":
                    facts |= {(other, side) for side in ("ruling", "outside") if (one, side) in facts}
                elif (one, "ruling") in facts:
                    facts.add((other, "outside"))


def _place(states: set[str]) -> str:
    if {"ruling", "outside"} <= states or {"open", "quiet"} <= states:
        return "contradictory"
    for state in ("ruling", "open"):
        if state in states:
            return state
    if "outside" in states:
        return "quiet" if "quiet" in states else "outside"
    return "hushed"


@dataclass(frozen=True)
class LeaderStatement:
    """The claim `claim` says of `leader` that his standing is `at_least` and `at_most` some step of `LADDER`.

    `when`: throughout, sometime or never from meeting `first` to `last`; `share` of the leaders whom the claim lists
    for whom it says so.  Leaders and meetings are indices.
    """

    claim: str
    leader: int
    first: int
    last: int
    when: str
    at_least: str | None
    at_most: str | None
    share: tuple[float, float]


def leader_statements(scenario: Scenario) -> list[LeaderStatement]:
    """Statements of the record on standing, one for each claim and leader."""
    index, found = Index(scenario), []
    for claim in scenario.record:
        if claim.predicate == "standing":
            first, last = window(claim, index)
            about = (claim.when or "throughout", claim.at_least, claim.at_most, claim.share)
            found += [LeaderStatement(claim.id, index.leader[leader], first, last, *about) for leader in claim.leaders]
    return found


def leader_holds(worlds: Worlds, said: LeaderStatement) -> np.ndarray:
    """Whether a statement on standing holds in each world; shape (world,)."""
    spanned = says.part(worlds, slice(said.first, said.last + 1))
    return over(says.standing_within(spanned, said.at_least, said.at_most)[:, :, said.leader], said.when)


def count_statements(ensemble: Ensemble) -> dict[str, np.ndarray]:
    """Counts for a tally: worlds in which each of `bloc_statements` and `leader_statements` holds, in their order."""
    scenario = ensemble.scenario
    found = {
        "bloc_statements": [bloc_holds(ensemble, said).any(axis=1).sum() for said in bloc_statements(scenario)],
        "leader_statements": [leader_holds(ensemble, said).sum() for said in leader_statements(scenario)],
    }
    return {name: np.array(counts, np.int64) for name, counts in found.items()}
