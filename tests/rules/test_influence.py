"""Personal influence, the contest, and public lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.influence import contest, personal_influence, public_line, pull_of_office, selection_exponent

share = st.floats(0, 1)
exponent = st.floats(1, 6)
side = st.floats(-1, 1)


def test_prestige_counts_for_less_down_the_ladder():
    # 10 points and a weight of 0.6: 10 in the Politburo, 6 in the Central Committee, 3.6 below, 0 outside the party.
    found = [personal_influence(10.0, standing, 0.6) for standing in range(6)]
    assert found == pytest.approx([10.0, 6.0, 3.6, 0.0, 0.0, 0.0])


@given(st.floats(0, 1e9), share)
def test_no_standing_is_better_than_the_one_above(prestige, weight):
    found = [personal_influence(prestige, standing, weight) for standing in range(6)]
    assert found == sorted(found, reverse=True)
    assert found[0] == prestige


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


def test_line_by_hand():
    # Leaders at 0.2 on average; a pull of +1 ends at the end of the scale, one of -1 at -0.8.
    assert public_line(0.2, 0.0) == 0.2
    assert public_line(0.2, 1.0) == 1.0
    assert public_line(0.2, -1.0) == pytest.approx(-0.8)


@given(side, st.floats(-5, 5))
def test_a_line_stays_on_the_scale_and_follows_the_pull(mean, pull):
    free = public_line(mean, 0.0)
    pulled = public_line(mean, pull)
    assert -1.0 <= pulled <= 1.0
    assert (pulled - free) * pull >= 0.0


@given(st.floats(0, 2))
def test_office_pulls_as_far_in_as_out(seat):
    assert (pull_of_office(1, seat), pull_of_office(0, seat)) == (seat, -seat)
