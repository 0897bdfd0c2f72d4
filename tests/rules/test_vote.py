"""How the contest turns influence into votes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.vote import contest, selection_exponent

share = st.floats(0, 1)
exponent = st.floats(1, 6)
side = st.floats(-1, 1)


@pytest.mark.parametrize(
    ("own", "exponent", "success"),
    [
        (0.6, 3.0, 0.216 / 0.280),  # cube law: 0.6 cubed over 0.6 cubed + 0.4 cubed = 0.771
        (0.55, 3.0, 0.166375 / 0.2575),  # 0.646: a lead of ten points becomes one of 29
        (0.2, 2.0, 0.04 / 0.68),  # 0.0588
        (0.2, 2.5, 0.0303),  # a fifth of the influence: 3 delegates in a hundred
        (0.35, 1.0, 0.35),  # without exponent, shares are what they were
        (0.5, 17.0, 0.5),
        (0.0, 3.0, 0.0),
        (1.0, 3.0, 1.0),
        (0.3, 0.0, 0.5),  # exponent 0: a coin
    ],
)
def test_contest_by_hand(own, exponent, success):
    assert contest(own, exponent) == pytest.approx(success, abs=5e-5)


@given(st.floats(0.001, 0.999), exponent)
def test_both_sides_of_a_contest_share_the_success(own, exponent):
    assert contest(own, exponent) + contest(1.0 - own, exponent) == pytest.approx(1.0, abs=1e-9)
    assert contest(own, exponent) == pytest.approx(own**exponent / (own**exponent + (1 - own) ** exponent), abs=1e-9)


@given(share, share, exponent)
def test_more_influence_more_success(one, two, exponent):
    low, high = sorted((one, two))
    assert 0.0 <= contest(low, exponent) <= contest(high, exponent) <= 1.0


@given(st.floats(0.5, 1), exponent)
def test_the_contest_enlarges_majorities(own, exponent):
    assert contest(own, exponent) >= own - 1e-12


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda own: not 0 < own < 1), exponent)
def test_beyond_nothing_and_all_there_is_nothing_more(own, exponent):
    assert contest(own, exponent) == (1.0 if own >= 1 else 0.0)


def test_selection_by_hand():
    # Contest 2.5: no selection leaves shares as they are, full selection is the contest, half of it lies between.
    found = [selection_exponent(2.5, strength) for strength in (0.0, 0.5, 1.0, 2.0)]
    assert found == pytest.approx([1.0, 1.75, 2.5, 4.0])
