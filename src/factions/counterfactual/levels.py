"""How much differs at each meeting: the largest difference between states of blocs and leading men, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from factions.counterfactual.choice import outcome_name, told

if TYPE_CHECKING:
    from factions.counterfactual.courses import Course
    from factions.counterfactual.finding import Group

SURE_UNASKED = 4.0
"""Errors that a difference must exceed if nobody asked for it: of thousands of statements some exceed two by chance."""

TRIFLE = 0.02
"""A difference between shares that nobody would tell of unasked."""

_CANDIDATES = 4
"""Statements of a meeting, the most different first, of which one may be told from chance."""

_NEARLY = 0.8
"""What the answer tells goes before what it does not, if its difference has this share of the largest."""


class Level(NamedTuple):
    """The largest difference between shares of worlds at a meeting (id), and the name of the outcome that has it."""

    meeting: str
    size: float
    outcome: str = ""


def levels(
    followed: Sequence[Course], meetings: Sequence[str], ancestor: np.ndarray, groups: Sequence[Group] = ()
) -> Iterator[Level]:
    """For each meeting, the largest difference that can be told from chance; 0 if none can.

    `groups`: all findings; what the answer tells of them is preferred to what differs hardly more (`_NEARLY`).
    """
    known = {each.sign for group in told(groups) for each in group}
    weight = np.array([1.0 if (course.kind, frozenset(course.who)) in known else _NEARLY for course in followed])
    shifts = np.abs(np.stack([course.shift for course in followed]))
    for m, meeting in enumerate(meetings):
        likely = np.argsort(-shifts[:, m] * weight, kind="stable")[:_CANDIDATES]
        sure = (i for i in likely if _told(shifts[i, m], followed[i].error(m, ancestor)))
        best = next(sure, None)
        if best is None:
            yield Level(meeting, 0.0)
        else:
            course = followed[best]
            yield Level(meeting, float(shifts[best, m]), f"{course.kind}:{'+'.join(course.who)}@{meeting}")


def raised(found: Iterable[Level], groups: Sequence[Group]) -> Iterator[Level]:
    """The levels, nowhere below what is told of a meeting: what somebody asked for needs to be less sure."""
    findings = [each for group in groups for each in group if each.unit == "probability"]
    known = [Level(each.meeting, abs(each.difference), outcome_name(each)) for each in findings]
    for level in found:
        yield max([level, *(each for each in known if each.meeting == level.meeting)], key=lambda each: each.size)


def _told(shift: float, error: float | None) -> bool:
    return error is not None and shift >= TRIFLE and shift > SURE_UNASKED * error
