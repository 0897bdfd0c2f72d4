"""Whether an answer is the same where a fact holds that most worlds miss: pairs of worlds made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.concerns import ANSWER, FAR
from factions.counterfactual.finding import Finding
from factions.counterfactual.findings import Findings
from factions.counterfactual.past import Past, PastClaim
from factions.counterfactual.where_held import OPEN, OTHER, SAME, WEAKER, held_warning, verdict, where_held

FACT = replace(
    PastClaim("rebels_open", "The rebels speak out.", "then", "high", "first", False, False, None, 0.67, 0.01),
    nearness=ANSWER,
)


@pytest.fixture
def asked(toy, handmade):
    """asked(before, after, times): what is found where the rebels speak out, which is so in the first of three kinds.

    `before`, `after`: does Boris sit in the Politburo at the end of each kind, without the change and with it; `times`:
    worlds of a kind.
    """

    def _asked(before, after, times=40):
        speak = [[[0, int(kind == 0), 0]] * 4 for kind in range(3)]
        sides = [
            handmade(toy, times, open=speak, standing=[[[0, 1, 1 - seat, 1, 0]] * 4 for seat in seats])
            for seats in (before, after)
        ]
        shares = sum(before) / 3, sum(after) / 3
        seat = Finding("politburo", ("boris",), "probability", "fourth", *shares, 0.01, shares, "fourth", True, False)
        past, ancestor = Past((FACT,)), np.arange(3 * times)
        return where_held(past, Findings(changed=((seat,),)), *sides, ancestor)[0]

    return _asked


def test_the_answer_is_the_same_where_the_change_brings_it_about_there_too(asked):
    found = asked((0, 0, 0), (1, 1, 0))
    assert (found.claim, found.share, found.verdict) == ("rebels_open", pytest.approx(1 / 3), SAME)
    assert (
        found.words
        == "boris sat in the Politburo in every world, against none without the change (in all pairs 67 against 0)"
    )


def test_it_does_not_hold_where_nothing_comes_of_the_change(asked):
    assert asked((0, 0, 0), (0, 1, 1)).verdict == OTHER


def test_where_it_is_so_anyway_or_in_too_few_worlds_nothing_can_be_told(asked):
    assert asked((1, 0, 0), (1, 1, 0)).verdict == OPEN
    few = asked((0, 0, 0), (1, 1, 0), times=29)
    assert (few.verdict, few.words, few.share) == (OPEN, "", pytest.approx(1 / 3))


def test_what_counts_is_the_part_of_what_can_change():
    """In all pairs half of what can change does; where 20% can: half of these, less than a third, none."""
    whole = 0.2, 0.6
    assert verdict(whole, (0.8, 0.9), 0.02) == SAME
    assert verdict(whole, (0.8, 0.83), 0.005) == WEAKER
    assert verdict(whole, (0.8, 0.8), 0.01) == OTHER
    assert verdict(whole, (0.8, 0.7), 0.01) == OTHER  # the other way
    assert verdict(whole, (0.8, 0.84), 0.1) == OPEN
    assert verdict(whole, (0.8, 0.9), None) == verdict((0.2, 0.2), (0.8, 0.9), 0.01) == OPEN
    assert verdict((0.8, 0.4), (0.2, 0.1), 0.02) == SAME  # what falls can fall by what there is


def test_nothing_is_asked_where_the_answer_tells_of_no_share(toy, handmade):
    worlds = handmade(toy, 40)
    assert where_held(Past((FACT,)), Findings(), worlds, worlds, np.arange(120)) == ()


def test_a_warning_tells_where_the_answer_is_another(asked):
    other, same = asked((0, 0, 0), (0, 1, 1)), asked((0, 0, 0), (1, 1, 0))
    assert held_warning(Past((FACT,), held=(same,))) == ""
    assert held_warning(Past((FACT,), held=(other,))) == (
        "the change makes no such difference in the 33% of the worlds in which “The rebels speak out” holds: boris sat "
        "in the Politburo in no world, against none without the change (in all pairs 67 against 0)"
    )
    assert held_warning(Past((replace(FACT, nearness=FAR),), held=(other,))) == ""
    weaker = replace(other, verdict=WEAKER)
    assert held_warning(Past((FACT,), held=(weaker,))).startswith("the answer is weaker in the 33% of the worlds")
    twice = held_warning(Past((FACT, FACT), held=(other,)))
    assert twice.endswith("(in all pairs 67 against 0); it differs for 1 other such fact too")
