"""Surrender, and moves between blocs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.surrender import mobility_rate, surrender_log_odds, surrender_rate

share = st.floats(0, 1)
signed = st.floats(-1, 1)
WEIGHTS = {"precision": 10.0, "surrender": 0.5, "surrender_discipline": 1.0}


def log_odds(strength=0.0, discipline=0.0, example=0.0) -> float:
    return surrender_log_odds(strength, discipline, example, **WEIGHTS)


def test_log_odds_by_hand():
    # Without hope or example: 0.5. An alliance of a fifth of the influence, against discipline, half of the comrades
    # gone: 10 * (0.5 - 0.2) + 0.5 - 1 * 1 = 2.5.
    assert log_odds() == 0.5
    assert log_odds(0.2, -1.0, 0.5) == pytest.approx(2.5)


@given(share, signed, share, share)
def test_what_breaks_and_what_keeps_a_man(strength, discipline, example, more):
    base = log_odds(strength, discipline, example)
    assert log_odds(strength + more, discipline, example) <= base
    assert log_odds(strength, discipline + more, example) >= base
    assert log_odds(strength, discipline, example + more) >= base


def test_rates_by_hand():
    # Log-odds 0 is once a year. Policy loss smaller by a half, weight 2 log 2: twice the rate of who gains nothing.
    assert surrender_rate(0.0) == 1.0
    assert surrender_rate(math.log(3.0)) == pytest.approx(3.0)
    assert mobility_rate(0.0, 0.05, 4.0) == 0.05
    assert mobility_rate(0.5, 0.05, 2.0 * math.log(2.0)) == pytest.approx(0.1)
    assert mobility_rate(-0.5, 0.05, 2.0 * math.log(2.0)) == pytest.approx(0.025)


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite, st.floats(0.005, 1), st.floats(0.05, 10))
def test_rates_are_never_negative_nor_infinite(odds, mobility, weight):
    assert 0.0 <= mobility_rate(odds, mobility, weight) < math.inf
    assert 0.0 <= surrender_rate(odds) < math.inf
