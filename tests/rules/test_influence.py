"""Personal influence, the contest, and public lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.influence import bond, personal_influence, public_line, pull_of_office

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


def test_a_tie_between_blocs_by_hand():
    # A friend (0.8) who is half of his bloc, and a quarter of the other.
    assert bond(0.8, 0.5, 0.25) == pytest.approx(0.1)
    assert bond(-1.0, 1.0, 1.0) == -1.0 and bond(0.8, 0.0, 1.0) == 0.0
