"""Events that need something: what happens in small worlds worked out by hand, and what conditions never change."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factions.parameters import default_values
from factions.scenario.content.changes import Cancel
from factions.scenario.content.events import Threat
from factions.scenario.plan.happenings import marked

SETTINGS = settings(settings.get_profile("parity"))
BEFORE_FIRST, BEFORE_SECOND, BEFORE_THIRD = dt.date(1924, 2, 1), dt.date(1924, 5, 1), dt.date(1924, 8, 1)
"""The meetings are on 10 April, 19 July and 27 October 1924."""


def turn(date: dt.date = BEFORE_SECOND, **needs: object) -> dict:
    """Red's only leader goes from 0 to 1, and with him the line of his bloc."""
    return {
        "id": "turn",
        "kind": "policy_shift",
        "leader": "red_1",
        "issue": "economy",
        "to": 1.0,
        "date": date,
        **needs,
    }


def crisis(date: dt.date = BEFORE_FIRST, **needs: object) -> dict:
    """Attention to the economy, which moves no line."""
    return {"id": "crisis", "kind": "salience", "issue": "economy", "by": 1.0, "date": date, **needs}


def standing(leader: str, to: str, date: dt.date = BEFORE_FIRST) -> dict:
    return {"id": f"{leader}_{to}", "kind": "standing", "leader": leader, "to": to, "date": date}


def death(leader: str, date: dt.date = BEFORE_FIRST) -> dict:
    return {"id": f"{leader}_dies", "kind": "death", "leader": leader, "date": date}


def office(leader: str, date: dt.date = BEFORE_FIRST) -> dict:
    return {"id": f"desk_{leader}", "kind": "appointment", "office": "desk", "leader": leader, "date": date}


def together(**when: object) -> dict:
    return {"kind": "alliance", "blocs": ("red", "green"), "stand": "together", **when}


def cancel(event: str = "turn", **needs: object) -> dict:
    return {"kind": "cancel", "events": (event,), **needs}


def move(date: dt.date, event: str = "turn", **needs: object) -> dict:
    return {"kind": "move", "event": event, "date": date, **needs}


def keep_alive(leader: str = "green_1", since: dt.date = dt.date(1924, 4, 20), **needs: object) -> dict:
    return {"kind": "keep_alive", "leader": leader, "since": since, **needs}


# events, changes, the line of red at the three meetings
AT_ONCE, LATE, NEVER = [0, 1, 1], [0, 0, 1], [0, 0, 0]
CASES = {
    "no condition": ([turn()], [], AT_ONCE),
    # agents
    "an agent in the Politburo": ([turn(agent="red_1")], [], AT_ONCE),
    "an agent with an office": ([turn(agent="green_1")], [], AT_ONCE),
    "an agent in the Central Committee who loses his office": ([office(""), turn(agent="green_1")], [], NEVER),
    "an agent who lost it for a time": (
        [office(""), office("green_1", BEFORE_SECOND), turn(BEFORE_THIRD, agent="green_1")],
        [],
        LATE,
    ),
    "a dead agent": ([death("green_1"), turn(agent="green_1")], [], NEVER),
    "an agent who dies on the same day": ([death("green_1", BEFORE_SECOND), turn(agent="green_1")], [], NEVER),
    "an agent who dies later": ([death("green_1", BEFORE_THIRD), turn(agent="green_1")], [], AT_ONCE),
    "an agent abroad": ([standing("green_1", "deported"), turn(agent="green_1")], [], NEVER),
    "an agent who is ill": (
        [{"id": "ill", "kind": "illness", "leader": "green_1", "date": BEFORE_FIRST}, turn(agent="green_1")],
        [],
        NEVER,
    ),
    # events
    "after an event": ([crisis(), turn(after="crisis")], [], AT_ONCE),
    "after one of the same day": ([crisis(BEFORE_SECOND), turn(after="crisis")], [], AT_ONCE),
    "after one that could not happen": (
        [death("green_1"), crisis(BEFORE_SECOND, agent="green_1"), turn(after="crisis")],
        [],
        NEVER,
    ),
    "after a cancelled one": ([crisis(), turn(after="crisis")], [{"kind": "cancel", "events": ("crisis",)}], NEVER),
    "after one that is moved by three months": (
        [crisis(), turn(after="crisis")],
        [{"kind": "move", "event": "crisis", "date": dt.date(1924, 5, 3)}],
        LATE,
    ),
    "after one that is moved beyond the end": (
        [crisis(), turn(after="crisis")],
        [{"kind": "move", "event": "crisis", "date": dt.date(1924, 9, 3)}],
        NEVER,
    ),
    "instead of an event": ([crisis(), turn(requires=("not crisis",))], [], NEVER),
    "instead of one that is cancelled": (
        [crisis(), turn(requires=("not crisis",))],
        [{"kind": "cancel", "events": ("crisis",)}],
        AT_ONCE,
    ),
    "needing an event that comes later": ([turn(requires=("crisis",)), crisis(BEFORE_THIRD)], [], NEVER),
    # the state of the world
    "before anybody has ruled": ([turn(BEFORE_FIRST, requires=("ruling:red",))], [], NEVER),
    "while red rules": ([turn(requires=("ruling:red",))], [], AT_ONCE),
    "while green rules": ([turn(requires=("ruling:green",))], [], NEVER),
    "while green does not rule": ([turn(requires=("not ruling:green",))], [], AT_ONCE),
    "while both stand together": ([turn(requires=("allied:red+green", "ruling:green"))], [together(at="m0")], AT_ONCE),
    "while they stand together too late": ([turn(requires=("allied:red+green",))], [together(at="m1")], NEVER),
    "while green speaks out": (
        [turn(requires=("open:green",))],
        [{"kind": "stance", "bloc": "green", "to": "open", "at": "m0"}],
        AT_ONCE,
    ),
    "while green keeps quiet": (
        [turn(requires=("not open:green",))],
        [{"kind": "stance", "bloc": "green", "to": "open", "at": "m0"}],
        NEVER,
    ),
    "while a seat is held": ([turn(requires=("central_committee:green_1",))], [], AT_ONCE),
    "while a better seat is held": ([turn(requires=("politburo:green_1",))], [], NEVER),
    "while he holds an office": ([turn(requires=("holds:green_1+desk",))], [], AT_ONCE),
    "while another holds it": ([office("red_1"), turn(requires=("holds:green_1+desk",))], [], NEVER),
    "several that must hold": ([turn(requires=("ruling:red", "not party:green_1"))], [], NEVER),
    "an agent and a state": ([death("green_1"), turn(agent="red_1", requires=("not party:green_1",))], [], AT_ONCE),
    # a change that is an event has conditions too
    "a change that needs what holds": ([], [turn(requires=("ruling:red",))], AT_ONCE),
    "a change that needs what does not": ([], [turn(requires=("ruling:green",))], NEVER),
    # an event is cancelled, or moved, where something holds
    "cancelled where red rules": ([turn()], [cancel(requires=("ruling:red",))], NEVER),
    "cancelled where green rules": ([turn()], [cancel(requires=("ruling:green",))], AT_ONCE),
    "cancelled where red does not rule, before anybody has": (
        [turn(BEFORE_FIRST)],
        [cancel(requires=("not ruling:red",))],
        [0, 0, 0],
    ),
    "cancelled by either of two": (
        [turn()],
        [cancel(requires=("ruling:green",)), cancel(requires=("party:green_1",))],
        NEVER,
    ),
    "cancelled by neither of two": (
        [turn()],
        [cancel(requires=("ruling:green",)), cancel(requires=("ruling:red", "not party:green_1"))],
        AT_ONCE,
    ),
    "cancelled after an event of the same day": (
        [crisis(BEFORE_SECOND), turn()],
        [cancel(requires=("crisis",))],
        NEVER,
    ),
    "cancelled before an event of the next day": (
        [turn(), crisis(dt.date(1924, 5, 2))],
        [cancel(requires=("crisis",))],
        AT_ONCE,
    ),
    "cancelled, and so what stands on it": (
        [crisis(BEFORE_SECOND), turn(BEFORE_THIRD, after="crisis")],
        [cancel("crisis", requires=("ruling:red",))],
        NEVER,
    ),
    "cancelled, and so what stands in its place comes": (
        [crisis(BEFORE_SECOND), turn(BEFORE_THIRD, requires=("not crisis",))],
        [cancel("crisis", requires=("ruling:red",))],
        LATE,
    ),
    "moved later where red rules": ([turn()], [move(BEFORE_THIRD, requires=("ruling:red",))], LATE),
    "moved later where green rules": ([turn()], [move(BEFORE_THIRD, requires=("ruling:green",))], AT_ONCE),
    "moved earlier where red rules": ([turn(BEFORE_THIRD)], [move(BEFORE_SECOND, requires=("ruling:red",))], AT_ONCE),
    "moved earlier where green rules": ([turn(BEFORE_THIRD)], [move(BEFORE_SECOND, requires=("ruling:green",))], LATE),
    # it is looked at on the earlier day: nobody has ruled before the first meeting
    "moved earlier where red rules already": (
        [turn(BEFORE_THIRD)],
        [move(BEFORE_FIRST, requires=("ruling:red",))],
        LATE,
    ),
    "moved away where it would not have happened": (
        [turn(requires=("ruling:green",))],
        [move(BEFORE_THIRD, requires=("ruling:red",))],
        NEVER,
    ),
    "moved beyond the end where red rules": ([turn()], [move(dt.date(1924, 12, 1), requires=("ruling:red",))], NEVER),
    "moved one way or the other": (
        [turn(BEFORE_THIRD)],
        [move(BEFORE_SECOND, requires=("ruling:red",)), move(dt.date(1924, 12, 1), requires=("not ruling:red",))],
        AT_ONCE,
    ),
    "moved with what it follows": (
        [crisis(BEFORE_FIRST), turn(BEFORE_FIRST, after="crisis")],
        [move(BEFORE_SECOND, "crisis", requires=("not ruling:green",))],
        AT_ONCE,
    ),
    "not moved with what it follows": (
        [crisis(BEFORE_FIRST), turn(BEFORE_FIRST, after="crisis")],
        [move(BEFORE_SECOND, "crisis", requires=("ruling:green",))],
        [1, 1, 1],
    ),
    "needing an event that has been moved to a day before it": (
        [turn(requires=("crisis",)), crisis(BEFORE_THIRD)],
        [move(dt.date(1924, 4, 20), "crisis", requires=("ruling:red",))],
        AT_ONCE,
    ),
    "moved, and cancelled on its new day": (
        [turn()],
        [move(BEFORE_THIRD, requires=("ruling:red",)), cancel(requires=("ruling:red",))],
        NEVER,
    ),
    "moved, and not cancelled on its new day": (
        [turn(), crisis(dt.date(1924, 6, 1))],
        [move(BEFORE_THIRD, requires=("ruling:red",)), cancel(requires=("not crisis",))],
        LATE,
    ),
    # a leader is kept alive where something holds
    "an agent who is kept alive": (
        [death("green_1", BEFORE_SECOND), turn(BEFORE_THIRD, agent="green_1")],
        [keep_alive(requires=("ruling:red",))],
        LATE,
    ),
    "an agent who would be kept alive if green ruled": (
        [death("green_1", BEFORE_SECOND), turn(BEFORE_THIRD, agent="green_1")],
        [keep_alive(requires=("ruling:green",))],
        NEVER,
    ),
    "an agent who is kept alive from the day of his death on": (
        [death("green_1", BEFORE_SECOND), turn(BEFORE_THIRD, agent="green_1")],
        [keep_alive(since=BEFORE_SECOND, requires=("ruling:red",))],
        LATE,
    ),
    "an agent who is kept alive from the day after it on": (
        [death("green_1", BEFORE_SECOND), turn(BEFORE_THIRD, agent="green_1")],
        [keep_alive(since=dt.date(1924, 5, 2), requires=("ruling:red",))],
        NEVER,
    ),
    "an agent who is kept alive for one of two reasons": (
        [death("green_1", BEFORE_SECOND), turn(BEFORE_THIRD, agent="green_1")],
        [keep_alive(requires=("ruling:green",)), keep_alive(requires=("ruling:red",))],
        LATE,
    ),
    "an agent who recovers where red rules": (
        [{"id": "ill", "kind": "illness", "leader": "green_1", "date": BEFORE_FIRST}, turn(agent="green_1")],
        [keep_alive(requires=("ruling:red",))],
        AT_ONCE,
    ),
    "a change after an event": (
        [crisis()],
        [turn(after="crisis"), {"kind": "move", "event": "crisis", "date": dt.date(1924, 5, 3)}],
        LATE,
    ),
}


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
@pytest.mark.parametrize("case", CASES)
def test_an_event_happens_where_all_that_it_needs_holds(case, engine, engines, struggle):
    events, changes, lines = CASES[case]
    scenario = struggle(
        {"red_1": {"prestige": 9.0}, "green_1": {"prestige": 2.0, "standing": "central_committee"}},
        gaps=(100, 100, 100),
        issues=({"id": "economy", "salience": 1.0},),
        offices=({"id": "desk", "holder": "green_1", "machine": 1.0},),
        events=sorted(events, key=lambda event: event["date"]),
        changes=changes,
    )
    found = engines[engine](scenario, [0], default_values(), 1)
    assert found["line"][0, :, 0, 0].tolist() == lines
    if "turn" in marked(scenario):  # and that is what is recorded of it
        assert found["happened"][0, :, marked(scenario).index("turn")].tolist() == lines


@SETTINGS
@given(data=st.data())
def test_conditions_that_always_hold_change_nothing(data, engines, random_scenarios, random_parameters, differences):
    scenario = data.draw(random_scenarios())
    free = [event.model_copy(update={"agent": None, "after": None, "requires": ()}) for event in scenario.events]
    first = Threat(id="first", kind="threat", by=0.0, date=scenario.start)
    last = Threat(id="last", kind="threat", by=0.0, date=scenario.end)
    needs = {"after": "first", "requires": ("first", "not last")}
    bound = [event.model_copy(update=needs) for event in free]
    both = [scenario.model_copy(update={"events": (first, *events, last)}) for events in (free, bound)]
    values = data.draw(random_parameters(2))
    for engine in engines.values():
        bare, conditional = (engine(each, [0, 1], values, 1) for each in both)
        assert differences(bare, conditional) == []


@SETTINGS
@given(data=st.data())
def test_an_event_that_never_happens_might_as_well_not_be_there(
    data, engines, random_scenarios, random_parameters, differences
):
    scenario = data.draw(random_scenarios())
    never = [event for event in scenario.events if data.draw(st.booleans())]
    lost = {event.id for event in never}
    kept = [event for event in scenario.events if event.id not in lost]
    impossible = [event.model_copy(update={"requires": ("nothing", *event.requires)}) for event in never]
    events = tuple(sorted([*kept, *impossible], key=lambda event: event.date))
    cancelled = Cancel(kind="cancel", events=tuple(lost)) if lost else None
    without = scenario.model_copy(update={"changes": (*scenario.changes, *([cancelled] if cancelled else []))})
    values = data.draw(random_parameters(2))
    one = engines["compiled"](scenario.model_copy(update={"events": events}), [0, 1], values, 1)
    assert differences(one, engines["compiled"](without, [0, 1], values, 1)) == []
