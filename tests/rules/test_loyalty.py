"""Whether a leader changes blocs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.loyalty import mobility_rate


def test_rates_by_hand():
    # Who gains nothing moves at the base rate. Policy loss smaller by a half, weight 2 log 2: twice that.
    assert mobility_rate(0.0, 0.05, 4.0) == 0.05
    assert mobility_rate(0.5, 0.05, 2.0 * math.log(2.0)) == pytest.approx(0.1)
    assert mobility_rate(-0.5, 0.05, 2.0 * math.log(2.0)) == pytest.approx(0.025)


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(0.005, 1), st.floats(0.05, 10))
def test_a_rate_is_never_negative_nor_infinite(gain, mobility, weight):
    assert 0.0 <= mobility_rate(gain, mobility, weight) < math.inf
