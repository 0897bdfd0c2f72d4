"""Appointments and trust between meetings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.consequences import patronage_rate, trust_target


def test_patronage_by_hand():
    # Three a year from an enemy; a quarter where there is neither trust nor distrust; (0.4 / 2)^2 at a trust of 0.6.
    assert patronage_rate(-1.0, 3.0) == 3.0
    assert patronage_rate(0.0, 3.0) == 0.75
    assert patronage_rate(0.6, 3.0) == pytest.approx(0.12)
    assert patronage_rate(1.0, 3.0) == 0.0


@given(st.floats(0.1, 20), st.floats(-1, 1), st.floats(-1, 1))
def test_the_trusted_are_spared(patronage, trust, other):
    less, more = sorted((trust, other))
    assert 0.0 <= patronage_rate(more, patronage) <= patronage_rate(less, patronage) <= patronage


@given(st.floats(-1, 1))
def test_trust_goes_where_it_must(balance):
    # Allies come to trust each other whatever they were before; open enemies do not; else friends of friends count.
    assert trust_target(1, 1, balance) == trust_target(1, 0, balance) == 1.0
    assert trust_target(0, 1, balance) == -1.0
    assert trust_target(0, 0, balance) == balance
