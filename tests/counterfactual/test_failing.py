"""What comes instead of a claim in the worlds that fail it, by hand: four meetings, three kinds of world."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import TypeAdapter

from factions.counterfactual.failing import ways
from factions.scenario.content.claims import Claim
from factions.statements.claims import Index, judge_claim


def fails(worlds, predicate, **fields):
    """How a claim fails in worlds: (how, share of all worlds in per cent, when)."""
    said = {"id": "it", "text": "It was so.", "predicate": predicate, **fields}
    claim = TypeAdapter(Claim).validate_python(said)
    index = Index(worlds.scenario)
    found = ways(claim, worlds, ~judge_claim(claim, worlds, index), index)
    return [(way.how, round(100 * way.share), way.when) for way in found]


def speaks(*meetings):
    """Worlds of one kind in which the rebels, the second of three blocs, oppose openly at these meetings."""
    return [[0, int(m in meetings), 0] for m in range(4)]


@pytest.fixture
def loud(toy, handmade):
    """loud(one, two, three): the meetings at which the rebels speak out in each of three kinds of world."""
    return lambda *kinds: handmade(toy, 1, open=[speaks(*meetings) for meetings in kinds])


def test_what_fails_at_its_meeting_comes_late_or_is_over_or_never_comes(loud):
    rebels = {"blocs": ["rebels"], "at": "second"}
    assert sorted(fails(loud((2, 3), (0,), ()), "open", **rebels)) == [
        ("ends", 33, "after March 1924"),
        ("late", 33, "in September 1925"),
        ("never", 33, ""),
    ]
    assert fails(loud((1,), (1,), (0, 2)), "open", **rebels) == [("late", 33, "in September 1925")]
    assert fails(loud((1,), (1,), (1,)), "open", **rebels) == []


def test_the_most_frequent_comes_first_and_its_month_is_that_of_most_worlds(loud):
    rebels = {"blocs": ["rebels"], "at": "first"}
    assert fails(loud((1,), (1,), ()), "open", **rebels) == [("late", 67, "in December 1924"), ("never", 33, "")]
    assert fails(loud((1,), (2,), (3,)), "open", **rebels) == [("late", 100, "by September 1925")]


def test_what_should_hold_throughout_ends_early_or_begins_late(loud):
    rebels = {"blocs": ["rebels"], "between": ("first", "third"), "when": "throughout"}
    assert sorted(fails(loud((0, 1), (1, 2), (3,)), "open", **rebels)) == [
        ("begins", 33, "in December 1924"),
        ("ends", 33, "after December 1924"),
        ("late", 33, "in June 1926"),
    ]
    assert fails(loud((0, 2), (0,), (0, 1, 2)), "open", **rebels) == [("ends", 67, "after March 1924")]


def test_what_should_come_some_time_may_have_come_before_it_alone(loud):
    late = {"blocs": ["rebels"], "between": ("third", "fourth"), "when": "sometime"}
    assert fails(loud((0,), (1,), (1,)), "open", **late) == [("ends", 100, "after December 1924")]
    assert fails(loud((0,), (1,), ()), "open", **late) == [
        ("ends", 67, "after March 1924 at the latest"),
        ("never", 33, ""),
    ]


def test_what_should_never_be_comes_and_who_is_not_quiet_speaks_out(loud):
    never = {"blocs": ["rebels"], "between": ("first", "third"), "when": "never"}
    assert fails(loud((1,), (1, 2), (3,)), "open", **never) == [("comes", 67, "in December 1924")]
    assert fails(loud((1,), (1,), ()), "quiet", blocs=["rebels"], at="second") == []


def test_nobody_loses_an_office_before_he_had_it(toy, handmade):
    """Boris holds the army to the first, the second and the last meeting; Clara never does."""
    army = [[[-1, 2 if m <= last else 0, -1] for m in range(4)] for last in (0, 1, 3)]
    worlds, lost = handmade(toy, 1, holder=army), {"office": "army", "at": "second"}
    assert fails(worlds, "lost", leaders=["boris"], **lost) == [("late", 33, "in September 1925"), ("never", 33, "")]
    assert fails(worlds, "lost", leaders=["clara"], **lost) == [("never", 100, "")]
    kept = {"leaders": ["boris"], "office": "army", "between": ("first", "fourth"), "when": "throughout"}
    assert fails(worlds, "holds", **kept) == [("ends", 67, "after March 1924 at the latest")]


def test_of_a_vote_it_is_said_whether_more_or_fewer_were_against(toy, handmade):
    against = np.array([0.5, 0.05, 0.2])[:, None].repeat(4, axis=1)
    worlds = handmade(toy, 1, vote_share=against)
    assert sorted(fails(worlds, "vote_share", low=0.1, high=0.3, at="third")) == [("less", 33, ""), ("more", 33, "")]
