"""[[changes]]: what a file may say, what it means, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from factions.errors import ScenarioErrors
from factions.scenario import load
from factions.scenario.plan.happenings import events_left
from factions.world.build import build_case


def change(**fields: str) -> str:
    return "[[changes]]\n" + "".join(f"{key} = {value}\n" for key, value in fields.items())


def test_without_changes_nothing_is_imposed(toy):
    case = build_case(toy)
    assert (case.together == [1, 2, 4]).all()
    for name in ("apart", "stance_rule", "sanction_rule", "surrender_rule"):
        assert not getattr(case, name).any()


def test_blocs_are_held_together_at_one_meeting(changed):
    text = change(kind='"alliance"', blocs='["rebels", "doubters"]', stand='"together"', at='"third"')
    case = build_case(changed(text))
    assert case.together.tolist() == [[1, 2, 4], [1, 2, 4], [1, 6, 6], [1, 2, 4]]


def test_what_is_held_together_in_two_pairs_is_held_together_in_all(changed):
    text = change(kind='"alliance"', blocs='["rulers", "rebels"]', stand='"together"', at='"third"')
    text += change(kind='"alliance"', blocs='["rebels", "doubters"]', stand='"together"', at='"third"')
    assert build_case(changed(text)).together[2].tolist() == [7, 7, 7]


def test_no_two_of_the_blocs_that_stand_apart_may_ally(changed):
    text = change(kind='"alliance"', blocs='["rulers", "rebels", "doubters"]', stand='"apart"', at='"first"')
    assert build_case(changed(text)).apart[0].tolist() == [0b110, 0b101, 0b011]


def test_a_time_covers_the_meetings_between_its_days_and_the_days_themselves(changed):
    text = change(kind='"stance"', bloc='"rebels"', to='"quiet"', since="1924-12-01", until="1925-09-01")
    assert build_case(changed(text)).stance_rule[:, 1].tolist() == [0, -1, -1, 0]


def test_a_time_without_end_goes_on(changed):
    text = change(kind='"sanction"', bloc='"rebels"', rung='"none"', since="1925-01-01")
    assert build_case(changed(text)).sanction_rule[:, 1].tolist() == [0, 0, -1, -1]


def test_a_rung_is_imposed_by_its_number(changed):
    text = change(kind='"sanction"', bloc='"rebels"', rung='"politburo"', at='"first"')
    assert build_case(changed(text)).sanction_rule[0].tolist() == [0, 2, 0]


def test_a_bloc_surrenders_with_everyone_whom_the_file_puts_into_it(changed):
    text = change(kind='"surrender"', bloc='"rebels"', to='"capitulate"', at='"third"')
    rule = build_case(changed(text)).surrender_rule
    assert rule[2].tolist() == [0, 0, 1, 1, 0]
    assert not rule[[0, 1, 3]].any()


def test_cancelled_events_do_not_happen(changed):
    assert [event.id for event in events_left(changed(change(kind='"cancel"', events='["harvest"]')))] == ["clara_dies"]


def test_a_moved_event_happens_on_its_new_day(changed):
    left = events_left(changed(change(kind='"move"', event='"harvest"', date="1926-03-01")))
    assert [(event.id, event.date.isoformat()) for event in left][1] == ("harvest", "1926-03-01")


def test_who_is_kept_alive_does_not_die_later(changed):
    left = events_left(changed(change(kind='"keep_alive"', leader='"clara"', since="1925-06-01")))
    assert [(event.kind, getattr(event, "leader", None)) for event in left][1:] == [("recovery", "clara")]


def test_an_event_of_the_changes_happens_among_the_others(changed):
    scenario = changed(change(kind='"appointment"', office='"army"', leader='"alexei"', date="1924-11-01"))
    case = build_case(scenario)
    assert [event.kind for event in events_left(scenario)] == ["policy_shift", "appointment", "death"]
    assert case.event_meeting.tolist() == [1, 1, 3]


def test_the_politburo_may_be_given_another_size(changed):
    case = build_case(changed(change(kind='"seats"', number="5", date="1924-11-01")))
    assert (1, 5.0, 0) in list(zip(case.event_meeting, case.event_value, case.event_relative, strict=True))


REFUSED = [
    (change(kind='"stance"', bloc='"rebels"', to='"quiet"'), "neither at nor since is given"),
    (change(kind='"stance"', bloc='"rebels"', to='"quiet"', at='"third"', since="1925-01-01"), "exclude each other"),
    (
        change(kind='"stance"', bloc='"rebels"', to='"quiet"', since="1924-04-01", until="1924-05-01"),
        "no meeting falls",
    ),
    (change(kind='"stance"', bloc='"rebels"', to='"quiet"', since="1923-01-01"), "is before start"),
    (change(kind='"stance"', bloc='"rebells"', to='"quiet"', at='"third"'), "unknown bloc"),
    (change(kind='"appointment"', office='"navy"', leader='"anna"', date="1924-11-01"), "unknown office"),
    (change(kind='"appointment"', office='"army"', leader='"clara"', date="1926-02-01"), "clara died on 1926"),
    (change(kind='"keep_alive"', leader='"clara"', since="1926-03-01"), "clara died on 1926-01-15"),
    (change(kind='"illness"', leader='"anna"', date="1926-09-01"), "after the last meeting"),
    (change(kind='"sanction"', bloc='"rebels"', rung='"party"', at='"second"'), "cannot impose this"),
    (change(kind='"cancel"', events='["harvset"]'), "unknown event"),
    (change(kind='"surrender"', to='"hold_out"', at='"third"'), "neither leaders nor bloc"),
    (
        change(kind='"stance"', bloc='"rebels"', to='"quiet"', at='"third"')
        + change(kind='"stance"', bloc='"rebels"', to='"open"', since="1925-01-01"),
        "contradicts changes.1 at third",
    ),
]


@pytest.mark.parametrize(("text", "problem"), REFUSED, ids=[problem for _, problem in REFUSED])
def test_a_change_that_cannot_apply_is_an_error_at_its_place(changed, text, problem):
    with pytest.raises(ScenarioErrors) as caught:
        changed(text)
    (error,) = caught.value.errors
    assert problem in str(error)
    assert error.path.name == "changed.toml"
    assert error.line is not None and error.line >= 3
    assert error.remedy


def test_a_file_that_extends_none_has_nothing_to_change(write, toy_text):
    with pytest.raises(ScenarioErrors) as caught:
        load(write(toy_text + change(kind='"cancel"', events='["harvest"]')))
    assert "cannot stand in a file that extends no other" in str(caught.value)


def test_a_dead_leader_may_act_once_he_is_kept_alive(changed):
    text = change(kind='"keep_alive"', leader='"clara"', since="1926-01-01")
    text += change(kind='"appointment"', office='"army"', leader='"clara"', date="1926-02-01")
    assert 4 in build_case(changed(text)).event_leader


def test_changes_add_up_along_a_chain_of_files(changed, write):
    first = changed(change(kind='"cancel"', events='["harvest"]'), "one.toml")
    text = 'extends = "one.toml"\n' + change(kind='"cancel"', events='["clara_dies"]')
    assert len(first.changes) == 1
    assert events_left(load(write(text, "two.toml"))) == []
    assert np.array_equal(build_case(first).event_leader, [4])
