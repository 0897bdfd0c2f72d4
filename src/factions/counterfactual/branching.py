"""Where a counterfactual leaves the baseline: the first meeting that any of its changes can affect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.case import Case, build_case

if TYPE_CHECKING:
    from factions.scenario import Scenario

_FROM_THE_START = (
    "bloc_key",
    "leader_key",
    "office_key",
    "prestige",
    "ideal",
    "membership",
    "standing",
    "activity",
    "chief",
    "trust",
    "alliance",
    "holder",
    "machine",
    "appointer",
    "deputy",
    "salience",
    "regime",
    "mechanism",
)
_AT_ITS_MEETING = (
    "meeting_key",
    "by_heads",
    "selection",
    "competent",
    "majority",
    "fills_seats",
    "years_before",
    "together",
    "apart",
    "stance_rule",
    "sanction_rule",
    "surrender_rule",
)
_EVENT = ("kind", "leader", "bloc", "office", "issue", "relative", "value")


def branching_point(base: Scenario, other: Scenario) -> int | None:
    """Position of the first meeting at which the other scenario can go another way; None if it changes nothing.

    Found by comparing what both engines are started from, so that it holds for every kind of change, whether it
    stands in [[changes]], [[events]], [parameters] or any other table.
    """
    one, two = build_case(base), build_case(other)
    if base.parameters != other.parameters or any(
        not np.array_equal(getattr(one, name), getattr(two, name)) for name in _FROM_THE_START
    ):
        return 0
    meetings = min(len(one.meeting_key), len(two.meeting_key))
    for m in range(meetings):
        if _differ(one, two, m):
            return m
        if one.years_after[m] != two.years_after[m]:
            return m + 1
    return None if len(one.meeting_key) == len(two.meeting_key) else meetings


def _differ(one: Case, two: Case, m: int) -> bool:
    if any(not np.array_equal(getattr(one, name)[m], getattr(two, name)[m]) for name in _AT_ITS_MEETING):
        return True
    return _events(one, m) != _events(two, m)


def _events(case: Case, m: int) -> list[tuple]:
    """What happens before a meeting, in order."""
    happening = np.flatnonzero(case.event_meeting == m)
    return [tuple(getattr(case, f"event_{name}")[e] for name in _EVENT) for e in happening]
