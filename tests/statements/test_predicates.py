"""What holds in worlds made by hand: three blocs, two leaders, one office; two meetings where it matters."""

from __future__ import annotations

import numpy as np
import pytest

from factions.statements import predicates as says
from factions.vocabulary import DEPORTED, EXPELLED, IN_PARTY

# One world at one meeting each: all together, two apart from the rulers, one gone, nobody rules.
ALLIANCE = np.array([[0, 0, 0], [0, 1, 1], [-1, 1, 2], [-1, -1, -1]])
RULING = np.array([0, 0, 2, -1])
OPEN = np.array([[0, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 0]])
BLOCS = {"alliance": ALLIANCE, "ruling": RULING, "open": OPEN}


def test_who_is_in_the_ruling_alliance():
    assert says.in_ruling_alliance(BLOCS).tolist() == [[1, 1, 1], [1, 0, 0], [0, 0, 1], [0, 0, 0]]
    assert says.outside(BLOCS).tolist() == [[0, 0, 0], [0, 1, 1], [1, 1, 0], [1, 1, 1]]


def test_a_bloc_without_influence_is_gone_and_never_free_to_oppose():
    assert says.gone(BLOCS).tolist() == [[0, 0, 0], [0, 0, 0], [1, 0, 0], [1, 1, 1]]
    assert says.free_to_oppose(BLOCS).tolist() == [[0, 0, 0], [0, 1, 1], [0, 1, 0], [0, 0, 0]]


def test_who_speaks_and_who_does_not():
    assert says.in_open_opposition(BLOCS).tolist() == OPEN.tolist()
    assert says.quiet(BLOCS).tolist() == (1 - OPEN).tolist()


def test_a_bloc_is_in_exactly_one_state():
    states = says.states(BLOCS)
    assert tuple(states) == says.STATES
    assert (np.sum(list(states.values()), axis=0) == 1).all()
    named = [[next(name for name in states if states[name][w, b]) for b in range(3)] for w in range(3)]
    assert named == [["ruling"] * 3, ["ruling", "open", "quiet"], ["gone", "open", "ruling"]]


@pytest.mark.parametrize(
    ("blocs", "allied", "apart"),
    [
        ((0, 1), [1, 0, 0, 0], [0, 1, 1, 1]),
        ((1, 2), [1, 1, 0, 0], [0, 0, 1, 1]),
        ((0, 1, 2), [1, 0, 0, 0], [0, 0, 1, 1]),  # in the second world neither: two of the three are allied
    ],
)
def test_who_is_allied_and_who_apart(blocs, allied, apart):
    assert says.allied(BLOCS, blocs).tolist() == allied
    assert says.apart(BLOCS, blocs).tolist() == apart


def test_partners_and_partners_outside_the_ruling_alliance():
    assert says.partners(BLOCS, 1).tolist() == [[1, 0, 1], [0, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert says.partners_outside(BLOCS, 1).tolist() == [[0, 0, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_the_limits_of_a_vote_belong_to_it():
    votes = {"vote_share": np.array([0.09, 0.1, 0.2, 0.21])}
    assert says.votes_between(votes, 0.1, 0.2).tolist() == [False, True, True, False]


LEADERS = {
    "activity": np.array([[1, 0], [-1, 1]]),
    "standing": np.array([[IN_PARTY, EXPELLED], [0, DEPORTED]]),
    "membership": np.array([[1, -1], [0, 1]]),
    "surrendered": np.array([[0, 1], [2, 0]]),
    "holder": np.array([[1], [-1]]),
}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (says.alive(LEADERS), [[1, 1], [0, 1]]),  # ill is alive
        (says.active(LEADERS), [[1, 0], [0, 1]]),
        (says.in_party(LEADERS), [[1, 0], [1, 0]]),
        (says.at_least(LEADERS, EXPELLED), [[1, 1], [1, 0]]),
        (says.at_most(LEADERS, EXPELLED), [[0, 1], [0, 1]]),
        (says.standing_within(LEADERS, "expelled", "party_member"), [[1, 1], [0, 0]]),
        (says.standing_within(LEADERS, None, "expelled"), [[0, 1], [0, 1]]),
        (says.standing_within(LEADERS, "politburo", None), [[0, 0], [1, 0]]),
        (says.member_of(LEADERS, 1), [[1, 0], [0, 1]]),
        (says.holds_office(LEADERS, 0), [[0, 1], [0, 0]]),
        (says.capitulated(LEADERS), [[0, 1], [1, 0]]),
        (says.readmitted(LEADERS), [[0, 0], [1, 0]]),
    ],
)
def test_leaders(found, expected):
    assert found.tolist() == expected


def test_worlds_may_have_a_meeting_axis_and_be_cut_along_it():
    worlds = {name: array[:, np.newaxis].repeat(2, axis=1) for name, array in BLOCS.items()}
    worlds["ruling"] = np.stack([RULING, np.full(4, -1)], axis=1)  # nobody rules at the second meeting
    assert says.in_ruling_alliance(worlds).shape == (4, 2, 3)
    assert not says.in_ruling_alliance(says.part(worlds, 1)).any()
    assert (says.in_ruling_alliance(says.part(worlds, 0)) == says.in_ruling_alliance(BLOCS)).all()
    later = says.part(worlds, slice(1, 2))
    assert says.allied(later, (0, 1)).shape == (4, 1)
    assert says.in_ruling_alliance(later).shape == (4, 1, 3)
