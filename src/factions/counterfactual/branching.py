"""Where a counterfactual leaves the baseline: the first meeting that any of its changes can affect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.world.build import build_case
from factions.world.case import Case
from factions.world.fields import fields

if TYPE_CHECKING:
    from factions.scenario import Scenario


def branching_point(base: Scenario, other: Scenario) -> int | None:
    """Position of the first meeting at which the other scenario can go another way; None if it changes nothing.

    Found by comparing what both engines are started from, so that it holds for every kind of change, whether it
    stands in [[changes]], [[events]], [parameters] or any other table.
    """
    one, two = build_case(base), build_case(other)
    if base.parameters != other.parameters or _differ(one, two, _of_axis(None)):
        return 0
    meetings = min(len(one.meeting_key), len(two.meeting_key))
    for m in range(meetings):
        if _differ(one, two, _of_axis("meeting", after=False), m) or _events(one, m) != _events(two, m):
            return m
        if _differ(one, two, _of_axis("meeting", after=True), m):
            return m + 1
    return None if len(one.meeting_key) == len(two.meeting_key) else meetings


def _of_axis(axis: str | None, after: bool = False) -> list[str]:
    """Fields of a case that act at a meeting, after it, or in events; those that act from the start for None."""
    dated = [("meeting",), ("event",), ("condition",)]
    rows = {name: row for name, row in fields(Case).items() if name != "marks"}  # more, if something is due later
    return [
        name
        for name, row in rows.items()
        if (row.axes[:1] == (axis,) if axis else row.axes[:1] not in dated) and row.after == after
    ]


def _differ(one: Case, two: Case, names: list[str], m: int | None = None) -> bool:
    """Does any of these fields differ, at meeting m or as a whole."""
    for name in names:
        first, second = getattr(one, name), getattr(two, name)
        if not np.array_equal(first if m is None else first[m], second if m is None else second[m]):
            return True
    return False


def _events(case: Case, m: int) -> list[tuple[object, ...]]:
    """What is due before a meeting, in order, and what each event needs."""
    said = [name for name in _of_axis("event") if name not in ("event_meeting", "event_mark")]
    asked = [name for name in _of_axis("condition") if name != "condition_event"]
    return [
        (
            *(getattr(case, name)[e] for name in said),
            *(tuple(getattr(case, name)[case.condition_event == e].tolist()) for name in asked),
        )
        for e in np.flatnonzero(case.event_meeting == m)
    ]
