"""The ladder of sanctions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.results.ensemble import LADDER, RUNGS
from factions.rules import sanctions
from factions.rules.sanctions import dominance, feels, frightened, punished_standing, sanction_log_odds

share = st.floats(0, 1)
DEFAULT = {"sanction": -1.0, "sanction_dominance": 3.0, "sanction_threat": 1.0,
           "sanction_severity": 0.5}  # fmt: skip


def log_odds(lead=0.6, threat=0.5, rung=2) -> float:
    return sanction_log_odds(lead, threat, rung, **DEFAULT)


def test_log_odds_by_hand():
    # -1 + 3 * 0.6 + 1 * 0.5 - 0.5 * (2 - 1) = 0.8; the first rung costs nothing extra.
    assert log_odds() == pytest.approx(0.8)
    assert log_odds(rung=1) == pytest.approx(1.3)
    assert log_odds(0.0, 0.0, 1) == DEFAULT["sanction"]


def test_dominance_by_hand():
    # A bloc of 0.5 beside partners of 0.3, against open opponents of 0.15.
    assert dominance(0.5, 0.8, 0.15) == pytest.approx(0.05)
    assert dominance(0.6, 0.6, 0.0) == pytest.approx(0.6)  # alone and unopposed


@given(share, share, share)
def test_partners_and_opponents_restrain_a_ruler_alike(strongest, partners, opponents):
    together = dominance(strongest, strongest + partners + opponents, 0.0)
    assert dominance(strongest, strongest + partners, opponents) == pytest.approx(together)
    assert together <= strongest


@given(st.floats(-1, 1), st.floats(0, 3), st.integers(1, 6), share)
def test_what_encourages_rulers(lead, threat, rung, more):
    base = log_odds(lead, threat, rung)
    assert log_odds(lead + more, threat, rung) >= base
    assert log_odds(lead, threat + more, rung) >= base
    assert log_odds(lead, threat, rung + 1) < base


def test_the_rungs_are_those_of_the_recorded_ladder():
    found = [getattr(sanctions, name.upper()) for name in RUNGS[1:]]
    assert found == list(range(1, len(RUNGS)))


@pytest.mark.parametrize(
    ("rung", "worst"),
    [("none", "politburo"), ("office", "politburo"), ("politburo", "central_committee"),
     ("central_committee", "party_member"), ("party", "expelled"), ("exile", "exiled"), ("deportation", "deported")],
)  # fmt: skip
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


def test_fear_by_hand():
    # Half of the bloc was afraid; striking half frightens half of the rest: three quarters.
    assert frightened(0.5, 0.5) == 0.75
    assert (frightened(0.3, 0.0), frightened(0.3, 1.0)) == (0.3, 1.0)


@given(share, share, share)
def test_fear_does_not_depend_on_the_order_of_blows(fear, one, two):
    there, back = frightened(frightened(fear, one), two), frightened(frightened(fear, two), one)
    assert there == pytest.approx(back, abs=1e-12)
    assert fear - 1e-12 <= there <= 1.0 + 1e-12
