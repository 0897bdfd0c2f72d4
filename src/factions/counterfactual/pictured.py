"""What pictures of a comparison show: how much differs at each meeting, the largest marks, what the file dictates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from factions.counterfactual.courses import PICTURED, Course, courses_of
from factions.counterfactual.divergence import common
from factions.counterfactual.levels import Level, levels, marks, raised
from factions.scenario.content.outcome_names import parts
from factions.statements import predicates as says
from factions.statements.outcomes import STATES

if TYPE_CHECKING:
    from factions.counterfactual.contrasts import Contrast
    from factions.counterfactual.finding import Group
    from factions.counterfactual.given import Given
    from factions.results.ensemble import Ensemble

_MANY = 0.05
"""A difference between the shares of worlds in which a man is alive that makes all of what is said of his place."""

_UNMARKED = ("allied", "capitulated")
"""Kinds of courses whose numbers no table has unasked: pictures show them as thin lines, or not at all."""


class Pictured(NamedTuple):
    """What pictures show: see `Findings`."""

    levels: tuple[Level, ...]
    marks: tuple[str, ...]
    dictated: frozenset[str]


def pictured(
    sides: tuple[Ensemble, Ensemble],
    given: Given,
    followed: Sequence[Course],
    meetings: Sequence[str],
    ancestor: np.ndarray,
    known: Collection[str],
    minor: Collection[str],
    groups: Sequence[Group],
    contrasts: Sequence[Contrast],
) -> Pictured:
    """What pictures show of pairs of worlds.

    `sides`: without the change and with it; `followed`: the courses at the common `meetings` (ids); `known`,
    `minor`: men of whom pictures tell, and blocs that count for little; `groups`: all findings; `contrasts`: what was
    compared.
    """
    every = [*followed, *courses_of(PICTURED, *sides, given)]
    alive = given.saved | _dead_on_one_side(*sides)
    noted = [each for each in every if _is_of_note(each, known, minor, alive)]
    marked = [each for each in noted if each.kind not in _UNMARKED]
    dictated = frozenset([*_of_courses(every, meetings), *_of_contrasts(contrasts, given, meetings, every)])
    return Pictured(
        tuple(raised(levels(noted, meetings, ancestor, groups), groups, dictated)),
        tuple(marks(marked, meetings, ancestor, groups)),
        dictated,
    )


def _dead_on_one_side(factual: Ensemble, counterfactual: Ensemble) -> set[str]:
    """Ids of those who are dead at the end in many more worlds of one side than of the other."""
    one, two = common(factual.scenario, counterfactual.scenario, "leader")
    here, there = (says.alive(says.part(side, -1)).mean(axis=0) for side in (factual, counterfactual))
    apart = np.abs(here[one] - there[two])
    return {factual.scenario.leaders[i].id for i, share in zip(one, apart, strict=True) if share >= _MANY}


def _is_of_note(course: Course, known: Collection[str], minor: Collection[str], alive: Collection[str]) -> bool:
    """Is it of blocs that count, or of a `known` man: more than that he is `alive` on one side alone."""
    if course.kind in STATES and STATES[course.kind].of == "leader":
        return course.who[0] in known and (course.kind != "party" or course.who[0] not in alive)
    return not {*course.who} & {*minor}


def _of_courses(followed: Sequence[Course], meetings: Sequence[str]) -> Iterator[str]:
    """The names of all that the file dictates, meeting by meeting; what it dictates at the last has no meeting too."""
    for course in followed:
        name = f"{course.kind}:{'+'.join(course.who)}"
        yield from (f"{name}@{meetings[m]}" for m in np.flatnonzero(course.imposed).tolist())
        if course.imposed[-1]:
            yield name


def _of_contrasts(
    contrasts: Sequence[Contrast], given: Given, meetings: Sequence[str], followed: Sequence[Course]
) -> Iterator[str]:
    """The names of other outcomes that the file dictates: they are the same in all worlds with the change."""
    known = {course.kind for course in followed}
    for row in contrasts:
        kind, who, meeting = parts(row.outcome)
        of_all = kind in ("break", "expulsions")
        if kind not in known and _is_one(row) and given.imposes(kind, who, "" if of_all else meeting or meetings[-1]):
            yield row.outcome


_ONE: Mapping[str, tuple[float, ...]] = {"probability": (0.0, 1.0), "share": (0.0, 1.0), "number": (0.0,)}
"""Means, by unit, that there are only if it is the same in all worlds."""


def _is_one(row: Contrast) -> bool:
    """Is an outcome the same in all worlds with the change."""
    if row.unit == "year":
        return row.never_counterfactual == 0.0 and row.dated_counterfactual == row.median_counterfactual
    return row.counterfactual in _ONE[row.unit]
