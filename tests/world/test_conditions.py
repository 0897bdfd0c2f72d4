"""Every kind of condition, by hand, on the arrays of one world."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from factions.scenario.content.conditions import ABLE, CONDITION_KINDS, HAPPENED
from factions.vocabulary import ACTIVE, CAPITULATED, DEAD, DEPORTED, EXPELLED, INACTIVE, PARTY_MEMBER, READMITTED
from factions.world.conditions import is_true, unmet


def world() -> SimpleNamespace:
    """Blocs 0 and 1 rule together, 2 opposes them openly, 3 has no influence; leader l is of bloc l.

    Leader 0 sits in the Politburo, 1 in the Central Committee with office 0, 2 has nothing, 3 is abroad.
    """
    return SimpleNamespace(
        activity=np.array([ACTIVE] * 4),
        standing=np.array([0, 1, PARTY_MEMBER, DEPORTED]),
        surrendered=np.array([0, CAPITULATED, READMITTED, 0]),
        holder=np.array([1, -1]),
        alliance=np.array([0b011, 0b011, 0b100, 0]),
        ruling=np.array([0b011]),
        open=np.array([0, 0, 1, 0]),
        happened=np.array([1, 0]),
    )


# kind, positions, whether it holds
TRUE = [
    ("ruling", (0,), True),
    ("ruling", (2,), False),
    ("ruling", (3,), False),
    ("open", (2,), True),
    ("open", (0,), False),
    ("allied", (0, 1), True),
    ("allied", (1, 2), False),
    ("allied", (3, 3), False),
    ("politburo", (0,), True),
    ("politburo", (1,), False),
    ("central_committee", (1,), True),
    ("central_committee", (2,), False),
    ("party", (2,), True),
    ("party", (3,), False),
    ("deported", (3,), True),
    ("deported", (2,), False),
    ("capitulated", (1,), True),
    ("capitulated", (2,), True),
    ("capitulated", (0,), False),
    ("holds", (1, 0), True),
    ("holds", (1, 1), False),
    ("holds", (0, 0), False),
    (HAPPENED, (0,), True),
    (HAPPENED, (1,), False),
    (HAPPENED, (-1,), False),
    (ABLE, (0,), True),
    (ABLE, (1,), True),
    (ABLE, (2,), False),
    (ABLE, (3,), False),
]


def holds(kind: str, who: tuple[int, ...], state: SimpleNamespace) -> bool:
    one, two = (*who, -1)[:2]
    return bool(is_true(CONDITION_KINDS.index(kind), one, two, state))


@pytest.mark.parametrize(("kind", "who", "said"), TRUE)
def test_a_condition_says_what_it_says(kind, who, said):
    assert holds(kind, who, world()) is said


def test_every_kind_is_tried():
    assert {kind for kind, _, _ in TRUE} == set(CONDITION_KINDS)
    for kind in CONDITION_KINDS:
        assert {said for name, _, said in TRUE if name == kind} == {True, False}, kind


@pytest.mark.parametrize(("field", "value"), [("activity", DEAD), ("activity", INACTIVE), ("standing", EXPELLED)])
def test_who_is_dead_ill_or_outside_the_party_cannot_act(field, value):
    state = world()
    getattr(state, field)[1] = value  # who holds an office
    assert not holds(ABLE, (1,), state)


def test_the_dead_sit_nowhere_and_the_ill_do():
    state = world()
    state.activity[:2] = DEAD, INACTIVE
    assert not holds("politburo", (0,), state) and not holds("party", (0,), state)
    assert holds("central_committee", (1,), state)


def test_all_that_an_event_needs_must_hold_and_the_first_that_does_not_is_named():
    case = SimpleNamespace(
        condition_event=np.array([0, 1, 1, 1]),
        condition_kind=np.array([CONDITION_KINDS.index(kind) for kind in ("open", "ruling", "open", "ruling")]),
        condition_wanted=np.array([1, 1, 0, 0]),
        condition_one=np.array([0, 0, 0, 2]),
        condition_two=np.array([-1] * 4),
    )
    assert unmet(case, world(), 1) == -1  # rules, is not open, and the third does not rule
    assert unmet(case, world(), 0) == 0
    case.condition_one[3] = 1  # who rules as well
    assert unmet(case, world(), 1) == 3
    assert unmet(case, world(), 2) == -1  # needs nothing
