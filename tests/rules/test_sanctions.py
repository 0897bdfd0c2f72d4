"""The ladder of sanctions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules import sanctions
from factions.rules.sanctions import (
    FRESH,
    dominance,
    feels,
    gives_mandate,
    is_last_warning,
    needs_relapse,
    offence_after,
    punished_standing,
    sanction_log_odds,
)
from factions.vocabulary import LADDER, RUNGS

share = st.floats(0, 1)
DEFAULT = {"precision": 30.0, "sanction_threat": 2.0}


def log_odds(dominance=0.6, majority=0.5, threat=0.5) -> float:
    return sanction_log_odds(dominance, majority, threat, **DEFAULT)


def test_log_odds_by_hand():
    # 30 * (0.6 - 0.5) + 2 * 0.5 = 4. Two thirds are not there yet: 30 * (0.6 - 0.667) + 1 = -1.
    assert log_odds() == pytest.approx(4.0)
    assert log_odds(majority=2 / 3) == pytest.approx(-1.0)
    assert log_odds(0.5, 0.5, 0.0) == 0.0  # with exactly the votes it takes: as likely as not


def test_dominance_by_hand():
    # A bloc of 0.6 beside partners of 0.2, against open opponents of 0.2; the quiet do not count. Exponent 2: 0.36
    # of 0.36 + 0.16.
    assert dominance(0.6, 0.8, 0.2, 1.0) == pytest.approx(0.6)
    assert dominance(0.6, 0.8, 0.0, 1.0) == pytest.approx(0.75)
    assert dominance(0.6, 0.8, 0.2, 2.0) == pytest.approx(0.36 / 0.52)
    assert (dominance(0.4, 0.4, 0.0, 2.0), dominance(0.0, 0.0, 0.0, 2.0)) == (1.0, 0.0)


@given(share, share, share, st.floats(1, 4))
def test_partners_and_opponents_restrain_a_ruler_alike(strongest, partners, opponents, exponent):
    together = dominance(strongest, strongest + partners + opponents, 0.0, exponent)
    assert dominance(strongest, strongest + partners, opponents, exponent) == pytest.approx(together, abs=1e-9)
    assert 0.0 <= together <= 1.0


@given(share, share, st.floats(0, 3), share)
def test_what_encourages_rulers(dominance, majority, threat, more):
    base = log_odds(dominance, majority, threat)
    assert log_odds(dominance + more, majority, threat) >= base
    assert log_odds(dominance, majority, threat + more) >= base
    assert log_odds(dominance, majority + more, threat) <= base


def test_the_rungs_are_those_of_the_recorded_ladder():
    found = [getattr(sanctions, name.upper()) for name in RUNGS[1:]]
    assert found == list(range(1, len(RUNGS)))


@pytest.mark.parametrize(
    ("rung", "worst"),
    [
        ("none", "politburo"),
        ("office", "politburo"),
        ("politburo", "central_committee"),
        ("central_committee", "party_member"),
        ("party", "expelled"),
        ("exile", "exiled"),
        ("deportation", "deported"),
    ],
)
def test_a_rung_sets_the_best_standing_that_is_left(rung, worst):
    number, limit = RUNGS.index(rung), LADDER.index(worst)
    found = [punished_standing(standing, number) for standing in range(len(LADDER))]
    assert found == [max(standing, limit) for standing in range(len(LADDER))]


@pytest.mark.parametrize("standing", range(len(LADDER)))
@pytest.mark.parametrize("office", [0, 1])
def test_a_rung_is_felt_by_whom_it_costs_something(standing, office):
    # Losing offices costs him who has one; every further rung costs him who stood above what it leaves.
    assert feels(standing, office, 1) == office
    for rung in range(2, len(RUNGS)):
        assert feels(standing, office, rung) == int(rung - 1 > standing)


def test_seats_and_membership_take_a_relapse_and_an_office_none():
    assert [RUNGS[rung] for rung in range(len(RUNGS)) if needs_relapse(rung)] == [
        "politburo",
        "central_committee",
        "party",
    ]


PLENUM, DELEGATES = 1, 0


@pytest.mark.parametrize(
    ("meetings", "counts"),
    [
        # The Left: open at the plenum of October 1923 and the XIII Conference, then silent.
        ([(PLENUM, 1), (DELEGATES, 1), (PLENUM, 0), (DELEGATES, 0), (DELEGATES, 0)], [2, 1, 1, 0, 0]),
        # The Zinovievists: open at the XIV Congress and in July and October 1926, silent at the XV Conference.
        ([(DELEGATES, 1), (PLENUM, 0), (PLENUM, 1), (PLENUM, 1), (DELEGATES, 0), (PLENUM, 0)], [1, 1, 2, 2, 1, 1]),
        ([(PLENUM, 0), (DELEGATES, 0)], [0, 0]),
    ],
)
def test_an_offence_is_remembered_until_delegates_have_met_twice(meetings, counts):
    found, offence = [], 0
    for by_heads, opposes in meetings:
        offence = offence_after(offence, opposes, by_heads)
        found.append(offence)
    assert found == counts


def test_delegates_give_a_mandate_against_the_condemned_who_have_opposed_since_they_met():
    fallen, office = RUNGS.index("politburo"), RUNGS.index("office")
    assert gives_mandate(1, FRESH, fallen, DELEGATES) == 1
    assert gives_mandate(1, FRESH, office, DELEGATES) == 0  # not fallen yet
    assert gives_mandate(0, FRESH, fallen, DELEGATES) == 0  # in good standing: its silence is accepted
    assert gives_mandate(1, FRESH - 1, fallen, DELEGATES) == 0  # silent since they met
    assert gives_mandate(1, FRESH, fallen, PLENUM) == 0


@pytest.mark.parametrize("rung", [RUNGS.index("central_committee"), RUNGS.index("party")])
def test_the_first_harsh_decision_under_a_mandate_is_a_warning(rung):
    assert [is_last_warning(rung, PLENUM, mandate) for mandate in (0, 1, 2)] == [1, 1, 0]
    assert [is_last_warning(rung, DELEGATES, mandate) for mandate in (0, 1, 2)] == [0, 0, 0]
    assert is_last_warning(RUNGS.index("politburo"), PLENUM, 1) == 0
