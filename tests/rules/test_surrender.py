"""Surrender, and moves between blocs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.surrender import attraction, mobility_rate, surrender_log_odds, surrender_rate

share = st.floats(0, 1)
signed = st.floats(-1, 1)
WEIGHTS = {"surrender": 0.5, "surrender_hope": 10.0, "surrender_discipline": 1.0, "surrender_policy": 0.5,
           "surrender_solidarity": 3.0}  # fmt: skip


def log_odds(strength=0.0, discipline=0.0, loss=0.0, solidarity=0.0) -> float:
    return surrender_log_odds(strength, discipline, loss, solidarity, **WEIGHTS)


def test_log_odds_by_hand():
    # Without hope, quarrel or comrades: 0.5. An alliance of a fifth of the influence, against discipline, loss 2, all
    # comrades firm: 0.5 - 10 * 0.2 - 1 * 1 - 0.5 * 2 - 3 * 1 = -6.5.
    assert log_odds() == 0.5
    assert log_odds(0.2, -1.0, 2.0, 1.0) == pytest.approx(-6.5)


@given(share, signed, st.floats(0, 4), share, st.floats(0, 1))
def test_what_breaks_and_what_keeps_a_man(strength, discipline, loss, solidarity, more):
    base = log_odds(strength, discipline, loss, solidarity)
    assert log_odds(strength + more, discipline, loss, solidarity) <= base
    assert log_odds(strength, discipline + more, loss, solidarity) >= base
    assert log_odds(strength, discipline, loss + more, solidarity) <= base
    assert log_odds(strength, discipline, loss, solidarity + more) <= base


def test_rates_by_hand():
    # Log-odds 0 is once a year; a pull of log 2 doubles the rate at which leaders move.
    assert surrender_rate(0.0) == 1.0
    assert surrender_rate(math.log(3.0)) == pytest.approx(3.0)
    assert mobility_rate(0.0, 0.05) == 0.05
    assert mobility_rate(math.log(2.0), 0.05) == pytest.approx(0.1)


def test_attraction_by_hand():
    # Policy loss smaller by 0.5, fear smaller by 0.2, weights 0.6 and 1.5: 0.3 + 0.3.
    assert attraction(0.5, 0.2, 0.6, 1.5) == pytest.approx(0.6)
    assert attraction(-0.5, -0.2, 0.6, 1.5) == pytest.approx(-0.6)


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(0.005, 1))
def test_rates_are_never_negative_nor_infinite(pull, mobility):
    assert 0.0 <= mobility_rate(pull, mobility) < math.inf
    assert 0.0 <= surrender_rate(pull) < math.inf
