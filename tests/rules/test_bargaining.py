"""What an alliance is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.bargaining import alliance_utility, appraised_trust, policy_term, prize_share, safety
from factions.rules.influence import contest

share = st.floats(0, 1)
side = st.floats(-1, 1)


def test_policy_loss_by_hand():
    # Half a unit on either side of the middle: distance 1, squared 1, salience 2.
    assert policy_term(2.0, 0.5, -0.5) == 2.0
    assert policy_term(1.0, 1.0, -1.0) == 4.0
    assert policy_term(3.0, 0.7, 0.7) == 0.0


@given(st.floats(0, 10), side, side)
def test_policy_loss_is_a_distance(salience, x, y):
    assert policy_term(salience, x, y) == policy_term(salience, y, x) >= 0.0
    assert policy_term(salience, x, y) == pytest.approx(salience * (x - y) ** 2)


def test_gamson_by_hand():
    # A winning chance of 0.8, to be shared by influence 0.2, 0.1 and 0.3: 0.267, 0.133 and 0.4, together 0.8.
    found = [prize_share(0.8, own, 0.6) for own in (0.2, 0.1, 0.3)]
    assert found == pytest.approx([0.8 / 3, 0.4 / 3, 0.4])
    assert sum(found) == pytest.approx(0.8)
    assert prize_share(0.8, 0.0, 0.0) == 0.0


def test_riker_by_hand():
    # Five blocs of 0.2, exponent 4. Three of them win with 0.1296/0.1552 = 0.835, each has 0.278;
    # four win with 0.4096/0.4112 = 0.996, each has 0.249: the fourth is not wanted.
    three, four = (prize_share(contest(together, 4.0), 0.2, together) for together in (0.6, 0.8))
    assert (three, four) == (pytest.approx(0.2784, abs=1e-4), pytest.approx(0.2490, abs=1e-4))


@given(st.floats(0.01, 1), share, share)
def test_a_prize_is_at_most_what_is_won(alliance, part, win):
    assert 0.0 <= prize_share(win, part * alliance, alliance) <= win + 1e-12


def test_appraisal_by_hand():
    # Trust 0.5, misjudged downwards by one unit of 0.2, and a habit of 0.4 towards a partner one has: 0.7.
    assert appraised_trust(0.5, -1.0, 0.2, 1, 0.4) == pytest.approx(0.7)
    assert appraised_trust(0.5, -1.0, 0.2, 0, 0.4) == pytest.approx(0.3)
    assert appraised_trust(-0.5, 0.0, 0.2, 0, 0.4) == -0.5


@given(share, share)
def test_safety_grows_to_one_half(one, two):
    low, high = sorted((one, two))
    assert safety(low) <= safety(high) <= 0.5
    assert safety(low) == min(low, 0.5)


def utility(**changed: float) -> float:
    terms = {"prize": 0.3, "loss": 0.5, "partners": 0.1, "alliance": 0.7,
             "policy_motive": 0.3, "trust_motive": 2.0, "safety_motive": 2.0}  # fmt: skip
    return alliance_utility(**{**terms, **changed})


def test_utility_by_hand():
    # 0.3 of the prize, less 0.3 * 0.5 for policy, plus 2 * 0.1 for partners, plus 2 * 0.5 for safety: 1.35.
    assert utility() == pytest.approx(1.35)
    assert utility(alliance=0.2) == pytest.approx(0.75)
    assert utility(policy_motive=0.0, trust_motive=0.0, safety_motive=0.0) == pytest.approx(0.3)


@given(st.floats(0, 5))
def test_utility_rises_with_what_is_good_and_falls_with_policy_loss(more):
    assert utility(prize=0.3 + more) >= utility()
    assert utility(partners=0.1 + more) >= utility()
    assert utility(loss=0.5 + more) <= utility()
