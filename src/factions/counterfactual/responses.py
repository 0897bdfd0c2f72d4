"""How the difference begins: the first decisions that go the other way, counted over all pairs of worlds.

A decision that the change takes, or that follows from it at once, does not count (`Given`), nor does a state that goes
on by itself.  Within a meeting the first phase counts: loyalty, bargaining, stance, sanctions, surrender.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.divergence import common
from factions.statements import predicates as says

if TYPE_CHECKING:
    from factions.counterfactual.given import Given
    from factions.results.ensemble import Ensemble

Who = tuple[str, ...]


@dataclass(frozen=True)
class Response:
    """A decision that is among the first to differ in `share` of the pairs.

    `kind`: "member", "allied", "open", "rung" or "capitulated"; `who`: ids of those concerned; `meeting`: id; `more`:
    was it taken with the change alone (True), or without it alone.
    """

    kind: str
    who: Who
    meeting: str
    more: bool
    share: float


@dataclass(frozen=True)
class _Phase:
    """Differences (W, M, N) of a phase: 1 with the change alone, -1 without it alone; `who`: of whom, N of them."""

    kind: str
    who: Sequence[Who]
    differs: np.ndarray


def first_responses(
    factual: Ensemble, counterfactual: Ensemble, given: Given, leading: Collection[str], most: int = 6
) -> list[Response]:
    """The decisions that differ first, the most frequent first; of single men those of `leading` (ids)."""
    found = [response for response, _ in _first(factual, counterfactual, given, leading)]
    return sorted(found, key=lambda response: -response.share)[:most]


def begun_so(factual: Ensemble, counterfactual: Ensemble, given: Given, leading: Collection[str]) -> np.ndarray:
    """True for the pairs (W,) in which the most frequent of the first decisions to differ is among the first.

    All of them if there is no such decision.
    """
    found = [*_first(factual, counterfactual, given, leading)]
    if not found:
        return np.ones(len(factual), bool)
    return max(found, key=lambda each: each[0].share)[1]


def _first(
    factual: Ensemble, counterfactual: Ensemble, given: Given, leading: Collection[str]
) -> Iterator[tuple[Response, np.ndarray]]:
    """The decisions that differ first, and in which pairs (W,) each does."""
    here, _ = common(factual.scenario, counterfactual.scenario, "meeting")
    meetings = [factual.scenario.meetings[m].id for m in here]
    phases = [_masked(phase, given, meetings) for phase in _phases(factual, counterfactual, leading)]
    somewhere = np.stack([(phase.differs != 0).any(axis=2) for phase in phases], axis=2)  # (W, M, phase)
    flat = somewhere.reshape(len(somewhere), -1)
    first = np.where(flat.any(axis=1), flat.argmax(axis=1), -1)
    for p, phase in enumerate(phases):
        for m, meeting in enumerate(meetings):
            begins = first == m * len(phases) + p
            for sign in (1, -1):
                so = begins[:, np.newaxis] & (phase.differs[:, m] == sign)
                for n in map(int, np.flatnonzero(so.any(axis=0))):
                    share = float(so[:, n].mean())
                    yield Response(phase.kind, phase.who[n], meeting, sign > 0, share), so[:, n]


def _masked(phase: _Phase, given: Given, meetings: list[str]) -> _Phase:
    """The phase without what is given."""
    decided = np.array([[_decided(given, phase.kind, who, meeting) for who in phase.who] for meeting in meetings])
    return _Phase(phase.kind, phase.who, np.where(decided.reshape(phase.differs.shape[1:]), 0, phase.differs))


_DECIDED_AS = {"allied": "bargains", "open": "stance"}
"""What `Given` calls the decision behind a phase, where it is not the outcome itself."""


def _decided(given: Given, kind: str, who: Who, meeting: str) -> bool:
    """Does the change take the decision of one of those concerned."""
    return any(given.at(_DECIDED_AS.get(kind, kind), (each,), meeting) for each in who)


def _phases(factual: Ensemble, counterfactual: Ensemble, leading: Collection[str]) -> list[_Phase]:
    """The phases in their order, of what both scenarios have."""
    both = factual, counterfactual
    scenarios = factual.scenario, counterfactual.scenario
    meetings, blocs, leaders = (common(*scenarios, axis) for axis in ("meeting", "bloc", "leader"))
    known = [k for k, i in enumerate(leaders[0]) if scenarios[0].leaders[i].id in leading]
    men = tuple([side[k] for k in known] for side in leaders)
    pairs = tuple([*combinations(side, 2)] for side in blocs)

    def differs(of: Callable[[Ensemble], np.ndarray], places: Sequence[Sequence[int]]) -> np.ndarray:
        sides = zip(both, meetings, places, strict=True)
        here, there = (of(side).take(at, axis=1).take(columns, axis=2).astype(np.int16) for side, at, columns in sides)
        return np.sign(there - here)

    allied = [
        np.stack([_new(says.allied(side, pair)).take(at, axis=1) for pair in chosen] or [_no_pair(side, at)], axis=2)
        for side, at, chosen in zip(both, meetings, pairs, strict=True)
    ]
    names = [scenarios[0].blocs[b].id for b in blocs[0]]
    bloc_names: list[Who] = [(name,) for name in names]
    man_names: list[Who] = [(scenarios[0].leaders[i].id,) for i in men[0]]
    return [
        _Phase("member", man_names, differs(_moved, men)),
        _Phase("allied", [*combinations(names, 2)] or [()], np.sign(allied[1] - allied[0])),
        _Phase("open", bloc_names, differs(says.in_open_opposition, blocs)),
        _Phase("rung", bloc_names, differs(lambda worlds: _new(worlds["rung"]), blocs)),
        _Phase("capitulated", man_names, differs(lambda worlds: _new(says.capitulated(worlds)), men)),
    ]


def _new(values: np.ndarray) -> np.ndarray:
    """What has changed since the meeting before, at the first since the start, when all was 0; (W, M, ...)."""
    whole = values.astype(np.int16)
    return np.diff(whole, axis=1, prepend=np.zeros_like(whole[:, :1]))


def _moved(ensemble: Ensemble) -> np.ndarray:
    """Has the leader changed his bloc since the meeting before; (W, M, L), never at the first."""
    membership = ensemble["membership"]
    return np.asarray(np.diff(membership, axis=1, prepend=membership[:, :1]) != 0)


def _no_pair(side: Ensemble, at: Sequence[int]) -> np.ndarray:
    return np.zeros((len(side), len(at)), np.int16)
