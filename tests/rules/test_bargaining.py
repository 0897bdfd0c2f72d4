"""What an alliance is worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.bargaining import alliance_utility, appraised_trust, mutual_trust, policy_term, regard, safety

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


def test_appraisal_by_hand():
    # Trust 0.5, misjudged downwards by one unit of 0.2, and a habit of 0.4 towards a partner one has: 0.7.
    assert appraised_trust(0.5, -1.0, 0.2, 1, 0.4) == pytest.approx(0.7)
    assert appraised_trust(0.5, -1.0, 0.2, 0, 0.4) == pytest.approx(0.3)
    assert appraised_trust(-0.5, 0.0, 0.2, 0, 0.4) == -0.5


def test_trust_between_two_sides_by_hand():
    # Influence 0.4 and 0.1 here, 0.2 there; the greater distrusts by 0.5, the lesser trusts fully: -0.04 + 0.02.
    assert mutual_trust(0.4, 0.2, -0.5) + mutual_trust(0.1, 0.2, 1.0) == pytest.approx(-0.02)


@given(share, share, side)
def test_trust_between_two_sides_is_the_same_from_both(one, other, trust):
    assert mutual_trust(one, other, trust) == mutual_trust(other, one, trust)


@given(share, share)
def test_safety_grows_to_one_half(one, two):
    low, high = sorted((one, two))
    assert safety(low) <= safety(high) <= 0.5
    assert safety(low) == min(low, 0.5)


def utility(**changed: float) -> float:
    terms = {"loss": 0.5, "partners": 0.1, "alliance": 0.7, "policy_motive": 0.3, "safety_motive": 2.0}
    return alliance_utility(**{**terms, **changed})


def test_utility_by_hand():
    # 0.1 of trusted partners, less 0.3 * 0.5 for policy, plus 2 * 0.5 for safety: 0.95.
    assert utility() == pytest.approx(0.95)
    assert utility(alliance=0.2) == pytest.approx(0.35)
    assert utility(policy_motive=0.0, safety_motive=0.0) == pytest.approx(0.1)


@given(st.floats(0, 5))
def test_utility_rises_with_what_is_good_and_falls_with_policy_loss(more):
    assert utility(partners=0.1 + more) >= utility()
    assert utility(loss=0.5 + more) <= utility()


@given(side, side)
def test_trust_as_it_counts_is_the_sum_within_its_range(trust, bond):
    assert regard(trust, 0.0) == trust
    assert regard(trust, bond) == max(-1.0, min(1.0, trust + bond))
