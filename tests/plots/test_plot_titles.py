"""Titles of the pictures of a comparison: the largest difference that each shows, and no other's."""

from __future__ import annotations

from types import SimpleNamespace as Thing

import pytest

from factions.counterfactual.contrasts import Contrast
from factions.counterfactual.levels import Level
from factions.plots.titles import at_its_height, headline, largest


def row(name, before, after):
    return Contrast(name, name, "probability", before, after, after - before, 0.01, 2.0, 0.4, 0.1, 1.0)


@pytest.fixture
def compared(build):
    """compared(rows, dictated): a comparison with these contrasts, of a case in which l0 speaks for a bloc."""

    def found(*rows, dictated=()):
        scenario = build.scenario(blocs=2, leaders=30, meetings=4)
        return Thing(base=scenario, every=rows, findings=Thing(dictated=frozenset(dictated)))

    return found


def test_a_picture_is_called_by_the_largest_difference_of_its_kind_that_nobody_dictates(compared):
    each = compared(row("ruling:b0", 0.1, 0.9), row("open:b1", 0.2, 0.9), row("party:l0", 0.0, 1.0))
    assert headline(largest(each, ("ruling", "open"))) == "Ruling:b0: 90% with the change, 10% without it"
    each = compared(*each.every, dictated={"ruling:b0"})
    assert largest(each, ("ruling", "open")).outcome == "open:b1"
    assert largest(compared(row("ruling:b0", 0.5, 0.5)), ("ruling",)) is None


def test_the_height_of_divergence_and_its_end_have_their_numbers(compared):
    each = compared(row("ruling:b0@m1", 0.1, 0.9), row("ruling:b0", 0.1, 0.4), row("open:b1", 0.2, 0.7))
    high = Level("m1", 0.8, "ruling:b0@m1")
    assert at_its_height(each, [high, Level("m3", 0.5, "open:b1@m3")]) == (
        "The largest difference: ruling:b0@m1, 10% → 90%; at the end: open:b1, 20% → 70%"
    )
    same = at_its_height(each, [high, Level("m3", 0.3, "ruling:b0@m3")])
    assert same == "The largest difference: ruling:b0@m1, 10% → 90%; at the end: 10% → 40%"
    assert at_its_height(each, [Level("m3", 0.5, "open:b1@m3")]) == (
        "The largest difference at the end: open:b1, 20% → 70%"
    )
    assert at_its_height(each, []) == "Nothing differs that can be told from chance"
