"""Meetings that are moved, left out and added: the calendar, what is dated by it, and what of the record is left."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import numpy as np
import pytest

from factions.dynamics import run_worlds
from factions.errors import ScenarioErrors
from factions.parameters import default_values
from factions.world.build import build_case


def change(kind: str, **fields: object) -> dict[str, object]:
    """The fields of a change."""
    return {"kind": kind, **fields}


def claim(id: str, **time: object) -> dict[str, object]:
    """A claim of the counterfactual file."""
    said = {"id": id, "text": "Red is quiet.", "predicate": "quiet", "blocs": ["red"]}
    return {"table": "record", **said, **time}


LATE = change("move", meeting="second", date="1925-03-01")  # after the third
NONE = change("cancel", meetings=["second"])


def sitting(scenario) -> list[str]:
    return [meeting.id for meeting in scenario.meetings]


def test_a_moved_meeting_sits_on_its_new_day_among_the_others(what_if):
    scenario = what_if([LATE])
    assert sitting(scenario) == ["first", "third", "second", "fourth"]
    assert scenario.meetings[2].date == dt.date(1925, 3, 1)
    years = build_case(scenario).years_before * 365.25
    assert years.round().tolist() == [17, 449, 44, 411]  # since 8 October 1923, in days


def test_the_day_on_which_a_meeting_closes_moves_along(what_if):
    longer = {"table": "meetings", "id": "second", "until": "1924-05-31"}
    assert what_if([longer, LATE]).meetings[2].until == dt.date(1925, 3, 9)


def test_a_meeting_that_is_left_out_does_not_sit(what_if):
    scenario = what_if([NONE])
    assert sitting(scenario) == ["first", "third", "fourth"]
    case = build_case(scenario)
    assert (case.years_before * 365.25).round().tolist() == [17, 449, 455]


def test_a_meeting_can_be_added(what_if):
    extra = {"table": "meetings", "id": "extra", "kind": "plenum", "date": "1925-06-15"}
    stance = change("stance", bloc="red", to="open", at="extra")
    scenario = what_if([stance, extra])
    assert sitting(scenario) == ["first", "second", "third", "extra", "fourth"]
    assert build_case(scenario).stance_rule[:, 0].tolist() == [0, 0, 0, 1, 0]


def test_what_is_due_falls_to_the_next_meeting_that_sits(what_if, own_events):
    case = build_case(what_if([NONE], own_events))
    assert sorted(case.event_meeting) == sorted(
        max(m - 1, 0) for m in build_case(what_if([], own_events)).event_meeting
    )


def test_a_time_covers_the_meetings_that_fall_into_it_once_they_are_moved(what_if):
    quiet = change("stance", bloc="red", to="quiet", since="1925-01-20", until="1925-12-31")
    assert build_case(what_if([quiet, LATE])).stance_rule[:, 0].tolist() == [0, 0, -1, 0]


CLAIMS = [
    claim("then", at="second"),
    claim("other", at="third"),
    claim("until", between=["first", "second"], when="throughout"),
    claim("from", between=["second", "fourth"], when="never"),
    claim("next", between=["second", "third"], when="sometime"),
]


def test_claims_of_a_meeting_that_is_left_out_are_not_asked_and_times_end_at_the_nearest(what_if):
    left = {each.id: each.between for each in what_if([*CLAIMS, NONE]).record}
    assert left == {"other": None, "until": ("first", "first"), "from": ("third", "fourth"), "next": ("third", "third")}


def test_claims_follow_a_moved_meeting_and_times_turned_round_are_not_asked(what_if):
    left = {each.id: each.between for each in what_if([*CLAIMS, LATE]).record}
    assert left == {"then": None, "other": None, "until": ("first", "second"), "from": ("second", "fourth")}


def test_worlds_before_the_change_are_the_same(what_if):
    base, other = (run_worlds(what_if(changes), range(20), default_values(), 1) for changes in ([], [LATE]))
    for name, array in base.arrays.items():
        assert np.array_equal(array[:, 0], other[name][:, 0]), name


def test_a_move_to_the_same_day_changes_nothing(what_if):
    same = change("move", meeting="second", date="1924-05-23")
    base, other = (run_worlds(what_if(changes), range(20), default_values(), 1) for changes in ([], [same]))
    assert all(np.array_equal(array, other[name]) for name, array in base.arrays.items())


REFUSED = {
    "moved and left out": ([NONE, LATE], "contradicts changes."),
    "moved twice": ([LATE, change("move", meeting="second", date="1925-04-01")], "contradicts changes."),
    "on the day of another": ([change("move", meeting="second", date="1925-01-16")], "is also the day of third"),
    "after the end": ([change("move", meeting="second", date="1927-01-16")], "is after end"),
    "a decision at a meeting that is left out": (
        [NONE, change("stance", bloc="red", to="open", at="second")],
        "does not sit: changes.",
    ),
    "no meeting at all": ([change("cancel", meetings=["first", "second", "third", "fourth"])], "leaves no meeting"),
    "an unknown meeting": ([change("cancel", meetings=["secnd"])], "unknown meeting"),
    "an event and a meeting": (
        [change("move", meeting="second", event="crisis", date="1925-03-01")],
        "event and meeting exclude each other",
    ),
    "nothing": ([change("move", date="1925-03-01")], "neither event nor meeting is given"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_at_its_place_in_whatever_order(case, what_if):
    changes, problem = REFUSED[case]
    for order in permutations(changes):
        with pytest.raises(ScenarioErrors) as caught:
            what_if(order)
        (error,) = caught.value.errors
        assert problem in error.problem and error.key.startswith("changes.") and error.remedy
        assert error.path.name == "what_if.toml" and error.line > 1


def test_an_outcome_at_a_meeting_that_is_left_out_is_refused(what_if):
    with pytest.raises(ScenarioErrors) as caught:
        what_if(['outcomes = ["ruling:red@second"]\n', NONE])
    (error,) = caught.value.errors
    assert 'unknown meeting "second"' in error.problem and error.key == "outcomes.1"
