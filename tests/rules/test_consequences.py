"""Appointments and trust between meetings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.consequences import patronage_rate, trust_target


def test_patronage_by_hand():
    # Three a year from open opponents; 0.04 of that from allies; its root, 0.2, from those who keep quiet.
    assert patronage_rate(0, 1, 3.0, 0.04) == 3.0
    assert patronage_rate(1, 0, 3.0, 0.04) == pytest.approx(0.12)
    assert patronage_rate(0, 0, 3.0, 0.04) == pytest.approx(0.6)


@given(st.floats(0.1, 20), st.floats(0.001, 1))
def test_allies_are_spared_most_and_open_opponents_least(patronage, ally):
    ours, quiet, loud = (
        patronage_rate(allied, is_open, patronage, ally) for allied, is_open in ((1, 0), (0, 0), (0, 1))
    )
    assert 0.0 < ours <= quiet * (1 + 1e-12) and quiet <= loud * (1 + 1e-12)


@given(st.floats(-1, 1))
def test_trust_goes_where_it_must(balance):
    # Allies come to trust each other whatever they were before; open enemies do not; else friends of friends count.
    assert trust_target(1, 1, balance) == trust_target(1, 0, balance) == 1.0
    assert trust_target(0, 1, balance) == -1.0
    assert trust_target(0, 0, balance) == balance
