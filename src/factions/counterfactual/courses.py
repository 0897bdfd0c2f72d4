"""What is true of blocs and leaders meeting by meeting, in both worlds of every pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, compress
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.divergence import common
from factions.counterfactual.given import SPARED
from factions.statements import predicates as says
from factions.statements.outcomes import STATES, State
from factions.statements.shares import difference_error, independent, known

if TYPE_CHECKING:
    from factions.counterfactual.given import Given
    from factions.results.ensemble import Ensemble

ALLIED = "allied"
"""The kind of outcome that says of two blocs that they are in one alliance."""

WATCHED: Mapping[str, State] = {name: STATES[name] for name in ("ruling", "open", "politburo", "party", "capitulated")}
"""What is looked at for every bloc and leader, whether somebody asks or not, by the kind of outcome that says it."""

KINDS = (*WATCHED, ALLIED)
"""Kinds of all courses of which the answer may tell; of those about as weighty, the earlier is told first."""

PICTURED: Mapping[str, State] = {name: STATES[name] for name in ("deported",)}
"""What pictures show of leaders besides."""


@dataclass(frozen=True)
class Course:
    """One statement over the M common meetings of W pairs.

    `kind`, `who`: as outcomes are named; `before`, `after` (M,): the share of the worlds in which it is true, without
    the change and with it; `difference` (W, M): 1 where it is true with the change alone, -1 where without it alone;
    `given` (M,): where the change brings it about of itself; `imposed` (M,): where the file dictates it, so that it is
    the same in all worlds with the change.
    """

    kind: str
    who: tuple[str, ...]
    before: np.ndarray
    after: np.ndarray
    difference: np.ndarray
    given: np.ndarray
    imposed: np.ndarray

    @property
    def apart(self) -> np.ndarray:
        """`after` minus `before` (M,), 0 where it is imposed."""
        return np.where(self.imposed, 0.0, self.after - self.before)

    @property
    def shift(self) -> np.ndarray:
        """`after` minus `before` (M,), 0 where it is given."""
        return np.where(self.given, 0.0, self.after - self.before)

    def error(self, m: int, ancestor: np.ndarray) -> float | None:
        """Standard error of the difference at a meeting; `ancestor`: see `Paths`."""
        values = self.difference[:, m]
        raised, lowered = float((values > 0).mean()), float((values < 0).mean())
        return known(difference_error(raised, lowered, independent(values.astype(float), ancestor)))


def courses(factual: Ensemble, counterfactual: Ensemble, given: Given) -> Iterator[Course]:
    """The courses of all that both scenarios have."""
    here, there = common(factual.scenario, counterfactual.scenario, "meeting")
    yield from _alliances(factual, counterfactual, given, here, there)
    yield from courses_of(WATCHED, factual, counterfactual, given)


def courses_of(
    watched: Mapping[str, State], factual: Ensemble, counterfactual: Ensemble, given: Given
) -> Iterator[Course]:
    """The courses of some kinds of what is said of one bloc or leader, of whom it is true somewhere."""
    here, there = common(factual.scenario, counterfactual.scenario, "meeting")
    meetings = [factual.scenario.meetings[m].id for m in here]
    for kind, state in watched.items():
        left, right = common(factual.scenario, counterfactual.scenario, state.of)
        names = [getattr(factual.scenario, f"{state.of}s")[i].id for i in left]
        one = state.holds(factual).take(here, axis=1)
        two = state.holds(counterfactual).take(there, axis=1)
        somewhere = [np.asarray(side.any(axis=(0, 1))) for side in (one, two)]
        ever = somewhere[0][left] | somewhere[1][right]
        for name, i, j in compress(zip(names, left, right, strict=True), ever):
            course = _course(kind, (name,), one[:, :, i], two[:, :, j], given, meetings)
            spares = kind in _PLACES and SPARED in given.by_kind
            yield _spared(course, counterfactual, j, given, meetings) if spares else course


_PLACES = ("politburo", "party", "deported")


def _spared(course: Course, counterfactual: Ensemble, leader: int, given: Given, meetings: Sequence[str]) -> Course:
    """The course, imposed too where his bloc is spared: most often he belongs to it, whatever the file says of him."""
    blocs = counterfactual.scenario.blocs
    places = {meeting.id: m for m, meeting in enumerate(counterfactual.scenario.meetings)}
    imposed = course.imposed.copy()
    for b, bloc in enumerate(blocs):
        for m, meeting in enumerate(meetings):
            if course.after[m] in (0.0, 1.0) and given.spared(bloc.id, meeting):
                member = counterfactual["membership"][:, places[meeting], leader] == b
                imposed[m] |= bool(member.mean() >= 0.5)
    return replace(course, imposed=imposed)


def _alliances(
    factual: Ensemble, counterfactual: Ensemble, given: Given, here: Sequence[int], there: Sequence[int]
) -> Iterator[Course]:
    """The courses of all pairs of blocs that are not the same in every world."""
    meetings = [factual.scenario.meetings[m].id for m in here]
    ours, theirs = common(factual.scenario, counterfactual.scenario, "bloc")
    names = [factual.scenario.blocs[b].id for b in ours]
    for who, left, right in zip(*(combinations(each, 2) for each in (names, ours, theirs)), strict=True):
        one, two = (
            says.allied(side, pair).take(at, axis=1)
            for side, pair, at in ((factual, left, here), (counterfactual, right, there))
        )
        if not np.array_equal(one, two):
            yield _course(ALLIED, who, one, two, given, meetings)


def without_exchanges(followed: Sequence[Course]) -> list[Course]:
    """The courses, in which whoever takes a seat that the change empties, or finds none, counts as given too.

    One who had a seat before that does neither: he keeps his own, or loses it.
    """
    seats = [course for course in followed if course.kind == "politburo"]
    if not seats:
        return [*followed]
    taken = np.asarray(sum(np.where(course.given, course.after - course.before, 0.0) for course in seats))
    return [_exchanged(course, taken) if course.kind == "politburo" else course for course in followed]


def _exchanged(course: Course, taken: np.ndarray) -> Course:
    """A seat's course, given where it moves against the seats that the change gives or takes (`taken`, by meeting)."""
    begun = int(np.argmax(taken != 0.0))
    if begun and course.before[begun - 1] >= 0.5:
        return course
    against = (course.shift * taken < 0.0) & (np.abs(course.shift) <= np.abs(taken) + 1e-9)
    return replace(course, given=course.given | against)


def _course(
    kind: str, who: tuple[str, ...], one: np.ndarray, two: np.ndarray, given: Given, meetings: Sequence[str]
) -> Course:
    decided, dictated = (
        np.array([says(kind, who, meeting) for meeting in meetings], bool) for says in (given.at, given.imposes)
    )
    difference = two.astype(np.int8) - one.astype(np.int8)
    after = two.mean(axis=0)
    return Course(kind, who, one.mean(axis=0), after, difference, decided, dictated & np.isin(after, (0.0, 1.0)))
