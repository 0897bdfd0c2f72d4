"""Arithmetic that the rules share."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.numeric import approach, chance, clip, exponential, logistic, remaining

any_number = st.floats(allow_nan=False, allow_infinity=False)
moderate = st.floats(-30, 30)
share = st.floats(0, 1)
rate = st.floats(0, 20)
years = st.floats(0, 7)


@given(any_number)
def test_clip_holds_a_number_between_its_ends(x):
    assert clip(x, -1.0, 1.0) == min(max(x, -1.0), 1.0)


@given(any_number)
def test_nothing_overflows(x):
    assert 0.0 < exponential(x) < math.inf
    assert 0.0 < logistic(x) <= 1.0


def test_log_odds_by_hand():
    # Even odds; odds of 3 to 1 are three quarters; of 1 to 9 a tenth.
    assert logistic(0.0) == 0.5
    assert logistic(math.log(3.0)) == pytest.approx(0.75)
    assert logistic(-math.log(9.0)) == pytest.approx(0.1)


@given(moderate)
def test_log_odds_of_the_contrary_are_the_negative(x):
    assert logistic(x) + logistic(-x) == pytest.approx(1.0, abs=1e-15)
    assert math.log(logistic(x) / logistic(-x)) == pytest.approx(x, abs=1e-9)


@given(moderate, st.floats(1e-6, 5))
def test_more_log_odds_more_probability(x, more):
    assert logistic(x + more) >= logistic(x)
    assert logistic(x + 1.0 + more) > logistic(x)


def test_rates_by_hand():
    # At log 2 a year, half a year leaves 1/sqrt(2); at 2 a year, half a year's chance is 1 - 1/e.
    assert chance(math.log(2.0), 1.0) == pytest.approx(0.5)
    assert remaining(math.log(2.0), 0.5) == pytest.approx(math.sqrt(0.5))
    assert chance(2.0, 0.5) == pytest.approx(1.0 - 1.0 / math.e)
    assert (chance(0.0, 5.0), chance(3.0, 0.0), chance(1e300, 1e300)) == (0.0, 0.0, pytest.approx(1.0))


@given(rate, years, years)
def test_time_cut_in_two_is_the_same_time(rate, first, second):
    whole = remaining(rate, first + second)
    assert remaining(rate, first) * remaining(rate, second) == pytest.approx(whole, rel=1e-9)
    assert chance(rate, first) + remaining(rate, first) == pytest.approx(1.0, abs=1e-15)


@given(st.floats(-1, 1), st.floats(-1, 1), share)
def test_an_approach_ends_between_start_and_target(x, target, left):
    there = approach(x, target, left)
    assert min(x, target) - 1e-15 <= there <= max(x, target) + 1e-15
    assert approach(x, target, 0.0) == target
    assert approach(x, x, left) == x
    assert abs(there - target) == pytest.approx(left * abs(x - target), abs=1e-15)
