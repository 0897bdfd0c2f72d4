"""Paired differences and their errors, against values worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.contrasts import Middle, contrast, strongest
from factions.counterfactual.shown import differs, fallen, gap, luck, risen, shown, value
from factions.statements.outcomes import Outcome

UNITS = ("probability", "number")


def outcome(values: list[float], unit: str = "probability") -> Outcome:
    return Outcome("it", "It happens", unit, lambda ensemble: np.array(values))


def test_a_paired_difference_by_hand():
    found = contrast(outcome([1, 1, 0, 0]), None, None, outcome([1, 1, 1, 0]), np.arange(4))
    assert (found.baseline, found.counterfactual, found.difference) == (0.5, 0.75, 0.25)
    assert (found.raised, found.lowered) == (0.25, 0.0)
    # one pair of four is raised, none lowered: 1.5 and 0.5 of 6 (Agresti & Min 2005)
    assert found.error == pytest.approx(math.sqrt((1.5 / 6 + 0.5 / 6 - 1 / 36) / 4))
    assert found.gain == pytest.approx((0.25 + 0.1875) / 0.1875)


def test_a_probability_and_a_number_have_errors_of_their_own_kind():
    many = np.arange(99)
    alike = {unit: contrast(outcome([0] * 99, unit), None, None, outcome([0] * 99, unit), many) for unit in UNITS}
    # no pair differs: half a pair of 101 each way; of a number nothing says how far an unseen pair might differ
    assert alike["probability"].error == pytest.approx(math.sqrt(1 / 101 / 99))
    assert alike["number"].error == 0.0


def test_one_ancestor_says_nothing_of_the_error():
    for unit in UNITS:
        found = contrast(outcome([0, 1, 0], unit), None, None, outcome([1, 1, 1], unit), np.zeros(3))
        assert found.error is None
        assert not found.clear


def test_only_clear_contrasts_are_listed_and_the_largest_first():
    many = np.arange(200)
    small = contrast(outcome([0.0] * 200), None, None, outcome([1.0] * 20 + [0.0] * 180), many)
    large = contrast(outcome([0.0] * 200), None, None, outcome([1.0] * 150 + [0.0] * 50), many)
    none = contrast(outcome([0.0] * 200), None, None, outcome([0.0] * 200), many)
    assert strongest([none, small, large], 5) == [large, small]


def test_a_difference_no_larger_than_other_luck_makes_is_not_clear():
    many = np.arange(200)
    row = contrast(outcome([0.0] * 200), None, None, outcome([1.0] * 20 + [0.0] * 180), many)
    assert row.clear and row.effect > 0.0
    for chance in (0.11, -0.11):
        other = replace(row, placebo=chance)
        assert not other.clear and other.effect == 0.0 and strongest([other], 5) == []
    assert replace(row, placebo=0.09).clear


def test_a_difference_that_prints_as_nothing_is_not_listed():
    many = np.arange(200)
    slight = contrast(outcome([0.1] * 200, "share"), None, None, outcome([0.1004] * 200, "share"), many)
    seen = contrast(outcome([0.1] * 200, "share"), None, None, outcome([0.1006] * 200, "share"), many)
    assert slight.clear and not slight.telling
    assert strongest([slight, seen], 5) == [seen]


def printed(row):
    return value(row, 0), value(row, 1), gap(row)


def test_a_difference_is_that_of_the_numbers_beside_it():
    row = contrast(outcome([0.0] * 200), None, None, outcome([0.0] * 200), np.arange(200))
    share = replace(row, baseline=0.684, counterfactual=0.926, difference=0.242)
    assert printed(share) == ("68%", "93%", "+25")
    assert printed(replace(share, baseline=0.0151, counterfactual=0.0249, difference=0.0098)) == ("2%", "2%", "0")
    assert printed(replace(share, baseline=0.004, counterfactual=0.036, difference=0.032)) == ("<1%", "4%", "+4")
    assert printed(replace(share, baseline=1.0, counterfactual=0.0)) == ("100%", "0%", "−100")
    number = replace(row, unit="number", baseline=31.26, counterfactual=0.04, difference=-31.22)
    assert printed(number) == ("31.3", "0.0", "−31.3")
    # 1 December 1924 and 30 June 1925: months are written, and six lie between them.
    year = replace(row, unit="year", baseline=1924.9178, counterfactual=1925.4932, difference=0.5754)
    assert printed(year) == ("Dec 1924", "Jun 1925", "+0.5 years")
    assert luck(replace(share, placebo=0.016)) == "+2" and luck(replace(number, placebo=-0.26)) == "−0.3"


def test_what_is_written_alike_does_not_differ():
    row = contrast(outcome([0.0] * 200), None, None, outcome([0.0] * 200), np.arange(200))
    assert not differs(replace(row, baseline=0.0, counterfactual=0.004))  # 0% and <1%
    assert differs(replace(row, baseline=0.004, counterfactual=0.006))  # <1% and 1%


def test_a_number_has_its_middle_half_and_the_share_with_none():
    """Of 8 worlds two have 0, two 1, one each 2, 4, 8 and 9 without the change; with it all have 3."""
    row = contrast(outcome([0, 0, 1, 1, 2, 4, 8, 9], "number"), None, None, outcome([3] * 8, "number"), np.arange(8))
    assert row.middles == (Middle(0, 4, 0.25), Middle(3, 3, 0.0))
    assert contrast(outcome([0, 1]), None, None, outcome([1, 1]), np.arange(2)).middles is None


def test_a_day_that_comes_later_or_never_is_less():
    """Of four pairs one comes later with the change, one no longer comes, one earlier, and one as before."""
    here, there, end = [1925.0, 1925.0, 1926.0, 1925.0], [1926.0, 1929.0, 1925.0, 1925.0], 1929.0
    one, two = (
        replace(outcome(values, "year"), never=lambda ensemble, values=values: np.array(values) == end)
        for values in (here, there)
    )
    row = contrast(one, None, None, two, np.arange(4))
    for each in (row, shown(row)):
        assert (risen(each), fallen(each)) == (0.25, 0.5)
    share = contrast(outcome([0, 1, 1, 1]), None, None, outcome([1, 0, 0, 1]), np.arange(4))
    assert (risen(share), fallen(share)) == (0.25, 0.5)
