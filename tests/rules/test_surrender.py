"""Surrender, and moves between blocs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.surrender import may_surrender, surrender_log_odds, surrender_rate
from factions.vocabulary import ACTIVE, DEPORTED, EXILED, INACTIVE

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
    assert surrender_rate(0.0) == 1.0  # log-odds 0 is once a year
    assert surrender_rate(math.log(3.0)) == pytest.approx(3.0)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_rate_is_never_negative_nor_infinite(odds):
    assert 0.0 <= surrender_rate(odds) < math.inf


def test_who_may_surrender():
    assert may_surrender(ACTIVE, 1, EXILED, False)
    assert not may_surrender(INACTIVE, 1, EXILED, True)
    assert not may_surrender(ACTIVE, 0, EXILED, False)  # never punished
    assert may_surrender(ACTIVE, 0, EXILED, True)  # but a blow falls on his comrades now
    assert not may_surrender(ACTIVE, 1, DEPORTED, True)  # out of reach
