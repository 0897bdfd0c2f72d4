"""The ladder of sanctions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules import sanctions
from factions.rules.sanctions import dominance, feels, punished_standing, sanction_log_odds
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
