"""What is true of blocs and leaders meeting by meeting, in both worlds of every pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.divergence import common
from factions.statements import predicates as says
from factions.statements.outcomes import STATES, State
from factions.statements.shares import difference_error, independent, known

if TYPE_CHECKING:
    from factions.counterfactual.given import Given
    from factions.results.ensemble import Ensemble
    from factions.statements.predicates import Worlds

PARTNERED = "partnered"
"""Kind of statement that no outcome makes: the bloc is outside the ruling alliance, and not alone."""

WATCHED: Mapping[str, State] = {
    "ruling": STATES["ruling"],
    "open": STATES["open"],
    PARTNERED: State("bloc", lambda worlds: partnered(worlds), "with partners in opposition"),
    "politburo": STATES["politburo"],
    "party": STATES["party"],
    "capitulated": STATES["capitulated"],
}
"""What is looked at for every bloc and leader, whether somebody asks or not, by the kind of outcome that says it."""


@dataclass(frozen=True)
class Course:
    """One statement over the M common meetings of W pairs.

    `kind`, `who`: as outcomes are named; `before`, `after` (M,): the share of the worlds in which it is true, without
    the change and with it; `difference` (W, M): 1 where it is true with the change alone, -1 where without it alone;
    `given` (M,): where the change itself decides it.
    """

    kind: str
    who: tuple[str, ...]
    before: np.ndarray
    after: np.ndarray
    difference: np.ndarray
    given: np.ndarray

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
    meetings = [factual.scenario.meetings[m].id for m in here]
    for kind, state in WATCHED.items():
        left, right = common(factual.scenario, counterfactual.scenario, state.of)
        names = [getattr(factual.scenario, f"{state.of}s")[i].id for i in left]
        one = state.holds(factual).take(here, axis=1)
        two = state.holds(counterfactual).take(there, axis=1)
        for name, i, j in zip(names, left, right, strict=True):
            yield _course(kind, name, one[:, :, i], two[:, :, j], given, meetings)


def without_exchanges(followed: Sequence[Course]) -> list[Course]:
    """The courses, in which whoever takes a seat that the change empties, or finds none, counts as given too."""
    seats = [course for course in followed if course.kind == "politburo"]
    if not seats:
        return [*followed]
    taken = sum(np.where(course.given, course.after - course.before, 0.0) for course in seats)
    return [_exchanged(course, np.asarray(taken)) if course.kind == "politburo" else course for course in followed]


def _exchanged(course: Course, taken: np.ndarray) -> Course:
    """A seat's course, given where it moves against the seats that the change gives or takes (`taken`, by meeting)."""
    against = (course.shift * taken < 0.0) & (np.abs(course.shift) <= np.abs(taken) + 1e-9)
    return replace(course, given=course.given | against)


def _course(kind: str, name: str, one: np.ndarray, two: np.ndarray, given: Given, meetings: Sequence[str]) -> Course:
    decided = np.array([given.at(kind, (name,), meeting) for meeting in meetings])
    difference = two.astype(np.int8) - one.astype(np.int8)
    return Course(kind, (name,), one.mean(axis=0), two.mean(axis=0), difference, decided)


def partnered(worlds: Worlds) -> np.ndarray:
    """The bloc has partners outside the ruling alliance; (..., B)."""
    blocs = worlds["alliance"].shape[-1]
    return np.stack([says.partners_outside(worlds, bloc).any(axis=-1) for bloc in range(blocs)], axis=-1)
