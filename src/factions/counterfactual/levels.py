"""How much differs at each meeting: the largest difference between states of blocs and leaders, and whose it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from factions.counterfactual.choice import outcome_name, told
from factions.counterfactual.courses import ALLIED

if TYPE_CHECKING:
    from factions.counterfactual.courses import Course
    from factions.counterfactual.finding import Group

SURE_UNASKED = 4.0
"""Errors that a difference must exceed if nobody asked for it: of thousands of statements some exceed two by chance."""

TRIFLE = 0.02
"""A difference between shares that nobody would tell of unasked."""

_CANDIDATES = 4
"""Statements of a meeting, the most different first, of which one may be told from chance."""

_NEARLY = 0.9
"""What the answer tells goes before what it does not, if its difference has this share of the largest."""

_LAST = 0.85
"""Pairs of blocs come last by as much more."""

LARGE = 0.15
"""A difference of this size between shares of worlds is seen in a picture at once: a table has its numbers."""

_MARKS = 2
"""Blocs or leaders of whom a table says the same, more often or less often with the change."""


class Level(NamedTuple):
    """The largest difference between shares of worlds at a meeting (id), and the name of the outcome that has it."""

    meeting: str
    size: float
    outcome: str = ""


def levels(
    followed: Sequence[Course], meetings: Sequence[str], ancestor: np.ndarray, groups: Sequence[Group] = ()
) -> Iterator[Level]:
    """For each meeting, the largest difference that can be told from chance; 0 if none can.

    `groups`: all findings; what the answer tells of them is preferred to what differs hardly more, then what is said of
    a bloc that rules or opposes, or of a man.
    """
    known = {each.sign for group in told(groups) for each in group}

    def weighs(course: Course) -> float:
        if (course.kind, frozenset(course.who)) in known:
            return 1.0
        return _LAST if course.kind == ALLIED else _NEARLY

    weight = np.array([weighs(course) for course in followed])
    shifts = np.abs(np.stack([course.apart for course in followed]))
    for m, meeting in enumerate(meetings):
        likely = np.argsort(-shifts[:, m] * weight, kind="stable")[:_CANDIDATES]
        sure = (i for i in likely if _told(shifts[i, m], followed[i].error(m, ancestor)))
        best = next(sure, None)
        if best is None:
            yield Level(meeting, 0.0)
        else:
            course = followed[best]
            yield Level(meeting, float(shifts[best, m]), f"{course.kind}:{'+'.join(course.who)}@{meeting}")


def marks(
    followed: Sequence[Course], meetings: Sequence[str], ancestor: np.ndarray, groups: Sequence[Group] = ()
) -> Iterator[str]:
    """Names of outcomes with the largest differences in the pictures: of each kind, those more and less frequent.

    An outcome is that of the meeting at which it differs most, of the last one if it differs there nearly as much.
    Those that hardly exceed what the answer tells of the same kind (`groups`: all findings) are left out.
    """
    known = [(each.kind, each.difference) for group in told(groups) for each in group]
    for kind in dict.fromkeys(course.kind for course in followed):
        for way in (1.0, -1.0):
            told_of = max((way * size for its, size in known if its == kind), default=0.0)
            found = [(each, _peak(way * each.apart)) for each in followed if each.kind == kind]
            large = [(each, m) for each, m in found if way * _NEARLY * each.apart[m] >= max(LARGE * _NEARLY, told_of)]
            sure = [(each, m) for each, m in large if _told(abs(each.apart[m]), each.error(m, ancestor))]
            sure.sort(key=lambda it: -way * it[0].apart[it[1]])
            for course, m in sure[:_MARKS]:
                yield f"{course.kind}:{'+'.join(course.who)}@{meetings[m]}"


def _peak(rise: np.ndarray) -> int:
    """Where a course is farthest up, the end if it is nearly as far there."""
    highest = int(rise.argmax())
    return len(rise) - 1 if rise[-1] >= _NEARLY * rise[highest] else highest


def raised(found: Iterable[Level], groups: Sequence[Group], dictated: Collection[str] = frozenset()) -> Iterator[Level]:
    """The levels, nowhere below what is told of a meeting: what somebody asked for needs to be less sure.

    `dictated`: names of the outcomes that the file dictates, which are not looked at.
    """
    findings = [each for group in groups for each in group if each.unit == "probability"]
    known = [Level(each.meeting, abs(each.difference), outcome_name(each)) for each in findings]
    known = [each for each in known if each.outcome not in dictated]
    for level in found:
        yield max([level, *(each for each in known if each.meeting == level.meeting)], key=lambda each: each.size)


def _told(shift: float, error: float | None) -> bool:
    return error is not None and shift >= TRIFLE and shift > SURE_UNASKED * error
