"""Whether a leader changes blocs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.loyalty import attraction, mobility_rate


def test_rates_by_hand():
    # Who is drawn by nothing moves at the base rate, who is drawn by log 2 twice as often.
    assert mobility_rate(0.0, 0.05) == 0.05
    assert mobility_rate(math.log(2.0), 0.05) == pytest.approx(0.1)
    assert mobility_rate(-math.log(2.0), 0.05) == pytest.approx(0.025)


def test_attraction_by_hand():
    # Policy loss smaller by a half at a worth of 4, and friends with a fifth of all influence more on the other side.
    assert attraction(0.5, 0.2, 4.0) == pytest.approx(2.2)
    assert attraction(0.5, 0.0, 4.0) == 2.0
    assert attraction(0.0, -0.3, 4.0) == -0.3


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(0.005, 1))
def test_a_rate_is_never_negative_nor_infinite(drawn, mobility):
    assert 0.0 <= mobility_rate(drawn, mobility) < math.inf
