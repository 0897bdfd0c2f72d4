"""How the difference begins: the first decisions that go the other way, counted over all pairs of worlds.

A decision that the change takes, or that follows from it at once, does not count (`Given`), nor does a state that goes
on by itself.  Nor does what leaves no choice: a bloc that has come to power does not oppose, and one that is quiet is
not punished for opposing; who has not been struck before does not surrender, and no further blow follows.

Within a meeting the first phase counts: loyalty, bargaining, stance, sanctions, surrender.
What differs first of the phases after it says how the difference goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.divergence import common
from factions.counterfactual.given import Given
from factions.statements import predicates as says

if TYPE_CHECKING:
    from factions.counterfactual.reasons import Cause
    from factions.results.ensemble import Ensemble

Who = tuple[str, ...]

OFTEN = 0.1
"""A decision is told from this share of the pairs on."""

ROWS = 6
"""Decisions of a phase that are kept: the most frequent."""


@dataclass(frozen=True)
class Response:
    """A decision that, of all of its phase, is among the first to differ in `share` of the pairs.

    `kind`: "member", "allied" (an alliance is made), "parted" (one is broken), "open", "rung" or "capitulated";
    `who`: ids of those concerned; `meeting`: id; `more`: was it taken with the change alone (True), or without it
    alone; `first`: share of the pairs in which it is among the first decisions of all to differ; `term`: what
    spoke most for it where it was taken, in pairs that were told, or ""; `cause`: what differed behind it there;
    `looked`: how many pairs were told; `agree`: in how many of these that is so.
    """

    kind: str
    who: Who
    meeting: str
    more: bool
    share: float
    first: float
    term: str = ""
    cause: Cause | None = None
    looked: int = 0
    agree: int = 0


Responses = tuple[Response, ...]

ALIKE = 0.1
"""Decisions of one kind and meeting whose shares lie so near each other are told as one."""


def grouped(rows: Sequence[Response]) -> list[Responses]:
    """The decisions of a phase, in which those of one kind and meeting that are about as frequent stand together."""
    groups: list[list[Response]] = []
    for row in rows:
        for group in groups:
            first = group[0]
            same = (row.kind, row.meeting, row.more) == (first.kind, first.meeting, first.more)
            if same and len(row.who) == 1 and abs(row.share - first.share) <= ALIKE:
                group.append(row)
                break
        else:
            groups.append([row])
    return [tuple(group) for group in groups]


@dataclass(frozen=True)
class Begun:
    """A response, and the pairs (W,) in which it is so; `earliest`: those in which no decision differs earlier."""

    response: Response
    so: np.ndarray
    earliest: np.ndarray


@dataclass(frozen=True)
class _Phase:
    """Differences (W, M, N) of a phase: 1 with the change alone, -1 without it alone.

    `kinds`, `who`: what is decided, and of whom, N of them.
    """

    kinds: Sequence[str]
    who: Sequence[Who]
    differs: np.ndarray


def beginnings(
    factual: Ensemble, counterfactual: Ensemble, leading: Collection[str], minor: Collection[str] = (), most: int = ROWS
) -> list[list[Begun]]:
    """For each phase the decisions that differ first in it, the most frequent first; of single men those of `leading`.

    What `minor` blocs decide by themselves, or among each other, is left out.
    The phases stand in the order of the meetings at which they differ most often; one that never differs is left out.
    """
    given = Given(factual.scenario, counterfactual.scenario)
    here, _ = common(factual.scenario, counterfactual.scenario, "meeting")
    meetings = [factual.scenario.meetings[m].id for m in here]
    phases = [_masked(phase, given, meetings, minor) for phase in _phases(factual, counterfactual, leading)]
    somewhere = np.stack([(phase.differs != 0).any(axis=2) for phase in phases], axis=2)  # (W, M, phase)
    earliest = _first(somewhere.reshape(len(somewhere), -1))
    found = []
    for p, phase in enumerate(phases):
        first = _first(somewhere[:, :, p])
        rows = [
            row
            for m, meeting in enumerate(meetings)
            for row in _begun(phase, m, meeting, first == m, earliest == m * len(phases) + p)
        ]
        if rows:
            rows.sort(key=lambda row: -row.response.share)
            earlier = max(rows, key=lambda row: row.response.first)
            found.append([*rows[:most], *([earlier] if earlier not in rows[:most] else [])])
    return sorted(found, key=lambda rows: meetings.index(rows[0].response.meeting))


def beginnings_about(
    factual: Ensemble, counterfactual: Ensemble, blocs: Collection[str], rulers: Collection[str], most: int = ROWS
) -> dict[str, list[Begun]]:
    """For each of these blocs (ids) the decisions about it that differ first of all such, the most frequent first.

    Of its alliances those with `rulers` (ids) count.
    """
    given = Given(factual.scenario, counterfactual.scenario)
    meetings = [
        factual.scenario.meetings[m].id for m in common(factual.scenario, counterfactual.scenario, "meeting")[0]
    ]
    phases = [_masked(phase, given, meetings, ()) for phase in _phases(factual, counterfactual, ())]
    phases = [phase for phase in phases if phase.kinds[:1] and phase.kinds[0] in _OF_BLOCS]
    return {bloc: _about(bloc, {*rulers} - {bloc}, phases, meetings)[:most] for bloc in blocs}


def _about(bloc: str, rulers: Collection[str], phases: Sequence[_Phase], meetings: Sequence[str]) -> list[Begun]:
    """The decisions about a bloc that differ first of all such in their pairs, the most frequent first."""
    own = [[n for n, who in enumerate(phase.who) if bloc in who and {*who} <= {bloc, *rulers}] for phase in phases]
    parts = [
        _Phase([phase.kinds[n] for n in at], [phase.who[n] for n in at], phase.differs[:, :, at])
        for phase, at in zip(phases, own, strict=True)
    ]
    somewhere = np.stack([(part.differs != 0).any(axis=2) for part in parts], axis=2)
    earliest = _first(somewhere.reshape(len(somewhere), -1))
    rows = [
        row
        for p, part in enumerate(parts)
        for m, meeting in enumerate(meetings)
        for at in [earliest == m * len(parts) + p]
        if at.any()
        for row in _begun(part, m, meeting, at, at)
    ]
    return sorted(rows, key=lambda row: -row.response.share)


def _first(somewhere: np.ndarray) -> np.ndarray:
    """Where each row (W, N) is first true; -1 where nowhere."""
    return np.where(somewhere.any(axis=1), somewhere.argmax(axis=1), -1)


def _begun(phase: _Phase, m: int, meeting: str, begins: np.ndarray, earliest: np.ndarray) -> list[Begun]:
    """What differs in a phase at a meeting, in the pairs that differ there first."""
    rows = []
    for sign in (1, -1):
        so = begins[:, np.newaxis] & (phase.differs[:, m] == sign)
        for n in map(int, np.flatnonzero(so.any(axis=0))):
            first = so[:, n] & earliest
            shares = float(so[:, n].mean()), float(first.mean())
            rows.append(Begun(Response(phase.kinds[n], phase.who[n], meeting, sign > 0, *shares), so[:, n], first))
    return rows


def begun_as_most(found: Sequence[Sequence[Begun]], pairs: int) -> np.ndarray:
    """True for the pairs (W,) in which the most frequent of the first decisions to differ is among the first.

    All of them if there is no such decision.
    """
    rows = [row for phase in found for row in phase if row.response.first > 0.0]
    return max(rows, key=lambda row: row.response.first).earliest if rows else np.ones(pairs, bool)


_OF_BLOCS = ("allied", "parted", "open", "rung")
"""Kinds of decisions that blocs take, or that concern a bloc."""


def _masked(phase: _Phase, given: Given, meetings: list[str], minor: Collection[str]) -> _Phase:
    """The phase without what is given, and without what concerns minor blocs alone."""
    small = [kind in _OF_BLOCS and {*who} <= {*minor} for kind, who in zip(phase.kinds, phase.who, strict=True)]
    decided = np.array(
        [
            [
                little or _decided(given, kind, who, meeting)
                for little, kind, who in zip(small, phase.kinds, phase.who, strict=True)
            ]
            for meeting in meetings
        ]
    )
    differs = np.where(decided.reshape(phase.differs.shape[1:]), 0, phase.differs)
    return _Phase(phase.kinds, phase.who, differs)


_DECIDED_AS = {"allied": "bargains", "parted": "bargains", "open": "stance"}
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

    def differs(of: Callable[[Ensemble], np.ndarray], places: Sequence[Sequence[int]]) -> np.ndarray:
        sides = zip(both, meetings, places, strict=True)
        here, there = (of(side).take(at, axis=1).take(columns, axis=2).astype(np.int16) for side, at, columns in sides)
        return np.sign(there - here)

    bloc_names: list[Who] = [(scenarios[0].blocs[b].id,) for b in blocs[0]]
    man_names: list[Who] = [(scenarios[0].leaders[i].id,) for i in men[0]]

    def alike(of: Callable[[Ensemble], np.ndarray], places: Sequence[Sequence[int]]) -> np.ndarray:
        """Was it the same on both sides before the meeting."""
        return differs(lambda side: _before(of(side)), places) == 0

    speaks = differs(says.in_open_opposition, blocs)
    as_deep, as_low = alike(lambda side: side["rung"], blocs), alike(lambda side: side["standing"], men)
    struck = differs(lambda worlds: _new(worlds["rung"]), blocs)
    return [
        _of("member", man_names, differs(_moved, men)),
        _bargaining([each for (each,) in bloc_names], [*zip(both, meetings, blocs, strict=True)]),
        _of("open", bloc_names, np.where(differs(says.free_to_oppose, blocs) == 0, speaks, 0)),
        _of("rung", bloc_names, np.where((speaks == 0) & as_deep, struck, 0)),
        _of("capitulated", man_names, np.where(as_low, differs(lambda worlds: _new(says.capitulated(worlds)), men), 0)),
    ]


def _of(kind: str, who: Sequence[Who], differs: np.ndarray) -> _Phase:
    return _Phase([kind] * len(who), who, differs)


_Sides = Sequence[tuple["Ensemble", list[int], list[int]]]
"""Worlds without the change and with it, each with the places of the meetings and blocs that both have."""


def _bargaining(names: Sequence[str], sides: _Sides) -> _Phase:
    """Alliances that are made, and alliances that are broken, of every pair of blocs."""
    pairs = [*combinations(names, 2)]
    new = _by_pair(lambda side, pair: _new(says.allied(side, pair)), sides)
    heard = _by_pair(lambda side, pair: np.asarray((side["alliance"][..., list(pair)] >= 0).all(axis=-1)), sides)
    # Who is allied on one side alone can part, or ally, there alone; who has nobody left decides nothing.
    open_to = _prior(new) & (heard[0] != 0) & (heard[1] != 0)
    differs = [np.where(open_to, (new[1] == change).astype(np.int8) - (new[0] == change), 0) for change in (1, -1)]
    who: list[Who] = [*pairs, *pairs] or [(), ()]
    kinds = ["allied"] * (len(who) // 2) + ["parted"] * (len(who) // 2)
    return _Phase(kinds, who, np.concatenate(differs, axis=2))


def _by_pair(of: Callable[[Ensemble, tuple[int, int]], np.ndarray], sides: _Sides) -> list[np.ndarray]:
    """What is so of every pair of blocs, on both sides; each (W, M, pairs)."""
    return [
        np.stack(
            [of(side, pair).take(at, axis=1) for pair in combinations(blocs, 2)]
            or [np.zeros((len(side), len(at)), np.int16)],
            axis=2,
        )
        for side, at, blocs in sides
    ]


def _prior(new: Sequence[np.ndarray]) -> np.ndarray:
    """Where both sides were in the same state before a meeting, by what is new at each; (W, M, N)."""
    before = [np.cumsum(side, axis=1) - side for side in new]
    return np.asarray(before[0] == before[1])


def _new(values: np.ndarray) -> np.ndarray:
    """What has changed since the meeting before, at the first since the start, when all was 0; (W, M, ...)."""
    whole = values.astype(np.int16)
    return np.diff(whole, axis=1, prepend=np.zeros_like(whole[:, :1]))


def _before(values: np.ndarray) -> np.ndarray:
    """What was so at the meeting before, at the first what was so at the start of all: 0; (W, M, ...)."""
    return np.concatenate([np.zeros_like(values[:, :1]), values[:, :-1]], axis=1)


def _moved(ensemble: Ensemble) -> np.ndarray:
    """Has the leader changed his bloc since the meeting before, but by surrender; (W, M, L), never at the first."""
    membership = ensemble["membership"]
    moved = np.diff(membership, axis=1, prepend=membership[:, :1]) != 0
    return np.asarray(moved & (_new(says.capitulated(ensemble)) == 0))
