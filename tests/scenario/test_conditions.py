"""What events need: how it is written, what is refused, what moves along, and what `check` warns of."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest

from factions.errors import ScenarioErrors
from factions.scenario.content.conditions import Condition, condition
from factions.scenario.plan.happenings import events_left, marked
from factions.scenario.read import read
from factions.world.build import build_case, due


def event(id: str, date: str = "1925-06-01", **fields: object) -> dict[str, object]:
    """The fields of an event of the counterfactual: attention to the economy rises, if nothing else is said."""
    return {"table": "events", "id": id, "date": date, "kind": "salience", "issue": "economy", "by": 1.0, **fields}


def change(kind: str, **fields: object) -> dict[str, object]:
    """The fields of a change."""
    return {"kind": kind, **fields}


STATEMENTS = {
    "ruling:red": Condition("ruling", ("red",)),
    "not open:red": Condition("open", ("red",), False),
    "allied:red+green": Condition("allied", ("red", "green")),
    "holds:clara+secretariat": Condition("holds", ("clara", "secretariat")),
    "crisis": Condition("happened", ("crisis",)),
    "not crisis": Condition("happened", ("crisis",), False),
}


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_statement_is_an_outcome_or_the_id_of_an_event_and_may_be_denied(text):
    assert condition(text) == STATEMENTS[text]
    assert condition(text).text == text


def test_all_that_is_needed_reaches_the_engine(what_if):
    turn = event("turn", agent="clara", after="crisis", requires=["not allied:red+blue", "holds:clara+region"])
    case, scenario = build_case(what_if([turn])), what_if([turn])
    due, marks = [each.id for each in events_left(scenario)], marked(scenario)
    needs = list(zip(case.condition_event, case.condition_wanted, case.condition_one, case.condition_two, strict=True))
    e = due.index("turn")
    assert needs == [(e, 1, 3, -1), (e, 1, marks.index("crisis"), -1), (e, 0, 0, 2), (e, 1, 3, 1)]


def test_what_is_needed_but_cancelled_has_never_happened(what_if):
    scenario = what_if([event("turn", after="crisis"), change("cancel", events=["crisis"])])
    case = build_case(scenario)
    (mark,) = case.condition_one.tolist()
    assert marked(scenario)[mark] == "crisis" and mark not in case.event_mark


def test_an_event_that_may_come_on_two_days_has_one_mark_and_one_turn_in_every_world(what_if):
    moved = change("move", event="crisis", date="1924-08-01", requires=["ruling:red"])
    scenario = what_if([event("turn", "1924-07-01", after="crisis"), moved])
    case, rows = build_case(scenario), due(scenario)
    turns = [(row.entry.date.isoformat(), row.entry.requires) for row in rows if getattr(row.entry, "id", "") == "turn"]
    # It follows the crisis by a month, on whichever day that comes.
    assert turns == [("1924-07-01", ("not move 1",)), ("1924-08-31", ("move 1",))]
    marks = {case.event_mark[e] for e, row in enumerate(rows) if getattr(row.entry, "id", "") == "crisis"}
    assert marks == {marked(scenario).index("crisis")}


def test_moves_that_exclude_each_other_see_the_same_world(what_if):
    there = [
        change("move", event="relief", date="1924-03-01", requires=["ruling:red"]),
        change("move", event="relief", date="1924-09-01", requires=["not ruling:red"]),
    ]
    looked = [row.entry.date.isoformat() for row in due(what_if(there)) if row.kind == "occasion"]
    assert looked == ["1924-03-01", "1924-03-01"]
    with pytest.raises(ScenarioErrors, match="contradicts changes"):
        what_if([there[0], {**there[1], "requires": ["not ruling:blue"]}])


def test_what_follows_an_event_moves_along_and_so_does_what_follows_that(what_if):
    files = [
        event("first", "1925-02-01", after="crisis"),
        event("second", "1925-04-01", after="first"),
        change("move", event="crisis", date="1925-06-01"),  # a year later
        change("salience", id="third", issue="economy", by=1.0, date="1925-05-01", after="second"),
    ]
    days = {each.id: each.date for each in events_left(what_if(files))}
    assert days["first"] == dt.date(1926, 2, 1)
    assert days["second"] == dt.date(1926, 4, 1)
    assert days["third"] == dt.date(1926, 5, 1)


def test_what_is_moved_itself_goes_where_it_is_told(what_if):
    files = [
        event("first", "1925-02-01", after="crisis"),
        change("move", event="crisis", date="1925-06-01"),
        change("move", event="first", date="1925-07-01"),
    ]
    assert {each.id: each.date for each in events_left(what_if(files))}["first"] == dt.date(1925, 7, 1)


def test_of_one_day_an_event_comes_after_what_it_needs(what_if):
    # By kind alone, the illness would come before the crisis.
    ill = event("ill", "1924-06-01", kind="illness", leader="anna", requires=["relief"])
    del ill["issue"], ill["by"]
    order = [each.id for each in events_left(what_if([ill]))]
    assert order.index("relief") < order.index("ill")


REFUSED = {
    "an unknown event": ([event("turn", requires=["crysis"])], "unknown event", "events.turn.requires.1"),
    "an unknown event to follow": ([event("turn", after="crysis")], "unknown event", "events.turn.after"),
    "an unknown agent": ([event("turn", agent="klara")], "unknown leader", "events.turn.agent"),
    "an unknown kind": ([event("turn", requires=["rules:red"])], 'unknown kind of statement "rules"', "requires.1"),
    "an unknown bloc": (
        [event("turn", requires=["crisis", "not ruling:rad"])],
        'unknown bloc "rad"',
        "events.turn.requires.2",
    ),
    "what no state can tell": ([event("turn", requires=["expulsions"])], "unknown event", "events.turn.requires.1"),
    "a number": ([event("turn", requires=["influence:red"])], "unknown kind of statement", "events.turn.requires.1"),
    "too few names": ([event("turn", requires=["allied:red"])], "is not well formed", "events.turn.requires.1"),
    "a meeting": ([event("turn", requires=["ruling:red@third"])], "names a meeting", "events.turn.requires.1"),
    "of a change": (
        [change("death", leader="anna", date="1925-01-01", requires=["ruling:rad"])],
        'unknown bloc "rad"',
        "changes.1.requires.1",
    ),
    "a circle": (
        [event("one", after="two"), event("two", requires=["three"]), event("three", requires=["not one"])],
        "closes a circle: one, three and two need each other",
        "events.one.after",
    ),
    "a circle through a change": (
        [event("turn", after="crisis"), change("cancel", events=["crisis"], requires=["turn"])],
        "closes a circle: crisis and turn need each other once the change is made on this condition",
        "changes.1.requires",
    ),
    "an event that decides about itself": (
        [change("move", event="crisis", date="1925-06-01", requires=["not crisis"])],
        "closes a circle: crisis would depend on a change that depends on it",
        "changes.1.requires",
    ),
    "an unknown bloc for a cancelled event": (
        [change("cancel", events=["crisis"], requires=["ruling:rad"])],
        'unknown bloc "rad"',
        "changes.1.requires.1",
    ),
    "a meeting that sits in some worlds only": (
        [change("move", meeting="second", date="1924-05-24", requires=["ruling:red"])],
        "cannot stand with meeting: all worlds of a file have one calendar",
        "changes.1.requires",
    ),
    "a meeting left out in some worlds only": (
        [change("cancel", meetings=["second"], requires=["ruling:red"])],
        "cannot stand with meetings: all worlds of a file have one calendar",
        "changes.1.requires",
    ),
    "itself": ([event("one", after="one")], "closes a circle: one need", "events.one.after"),
    "a day before what it follows": (
        [event("turn", "1924-05-01", after="crisis")],
        "is before crisis, which it follows (1924-06-01)",
        "events.turn.date",
    ),
    "moved before what it follows": (
        [event("turn", after="crisis"), change("move", event="turn", date="1924-01-01")],
        "is before crisis, which it follows (1924-06-01)",
        "changes.1.date",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_needed_is_refused_at_its_place_in_whatever_order(case, what_if):
    files, problem, key = REFUSED[case]
    for order in permutations(files):
        with pytest.raises(ScenarioErrors) as caught:
            what_if(order)
        (error,) = caught.value.errors
        assert problem in error.problem and error.key.endswith(key)
        assert error.path.name == "what_if.toml" and error.line > 1 and error.remedy


WARNED = {
    "a cancelled event": (
        [event("turn", after="crisis"), change("cancel", events=["crisis"])],
        ["changes.1: warning: events.turn stands on crisis, which is cancelled, and will not happen"],
    ),
    "what stands on what stands on it": (
        [event("one", after="crisis"), event("two", requires=["one"]), change("cancel", events=["crisis"])],
        [
            "changes.1: warning: events.one stands on crisis, which is cancelled, and will not happen",
            "changes.1: warning: events.two stands on one, which cannot happen, and will not happen",
        ],
    ),
    "an agent who dies": (
        [event("turn", agent="anna"), change("death", leader="anna", date="1924-05-01")],
        ["changes.1: warning: events.turn stands on anna, who died on 1924-05-01, and will not happen"],
    ),
    "an agent who is expelled": (
        [event("turn", agent="anna"), change("standing", leader="anna", to="expelled", date="1924-05-01")],
        ["changes.1: warning: events.turn stands on anna, who is expelled by 1925-06-01, and will not happen"],
    ),
    "an agent who is ill": (
        [event("turn", agent="clara")],
        ["events.turn: warning: events.turn stands on clara, who is out of play on 1925-06-01, and will not happen"],
    ),
    "an office that is given away": (
        [
            event("turn", requires=["holds:clara+secretariat"]),
            change("appointment", office="secretariat", leader="anna", date="1924-05-01"),
        ],
        [
            "changes.1: warning: events.turn stands on clara in secretariat, which anna gets on 1924-05-01, and will "
            "not happen"
        ],
    ),
    "a seat of the dead": (
        [event("turn", requires=["politburo:boris"], date="1926-01-01")],
        ["events.turn: warning: events.turn stands on boris, who died on 1925-11-21, and will not happen"],
    ),
    "an alliance that is forbidden": (
        [
            event("turn", requires=["allied:red+green"]),
            change("alliance", blocs=["red", "green", "blue"], stand="apart", at="third"),
        ],
        ["changes.1: warning: events.turn stands on allied:red+green at third, and will not happen"],
    ),
    "a stance that is dictated": (
        [
            event("turn", requires=["not open:red"]),
            change("stance", bloc="red", to="open", since="1924-01-01", until="1926-01-01"),
        ],
        ["changes.1: warning: events.turn stands on not open:red at third, and will not happen"],
    ),
    "an event that comes later": (
        [event("turn", "1924-05-01", requires=["crisis"])],
        ["events.turn: warning: events.turn stands on crisis, which is due only on 1924-06-01, and will not happen"],
    ),
    "an event cancelled in some worlds only": (
        [event("turn", after="crisis"), change("cancel", events=["crisis"], requires=["ruling:red"])],
        [],
    ),
    "a change that is never made": (
        [change("cancel", events=["crisis", "relief"], requires=["party:hugo"])],
        ["changes.1: warning: requires hugo, who is expelled by 1924-06-01, and will never be made"],
    ),
    "an event that can come on neither day": (
        [event("turn", agent="hugo"), change("move", event="turn", date="1926-01-01", requires=["ruling:red"])],
        ["changes.1: warning: events.turn stands on hugo, who is expelled by 1925-06-01, and will not happen"],
    ),
    "an event that can come on one of two days": (
        [
            event("turn", "1926-01-01", agent="boris"),
            change("move", event="turn", date="1924-09-01", requires=["ruling:red"]),
        ],
        [],
    ),
    "nothing that is missing": (
        [
            event("turn", agent="anna", after="crisis", requires=["ruling:red", "not relief", "party:dora"]),
            change("stance", bloc="red", to="open", at="second"),
        ],
        [],
    ),
    "a cancelled event that nothing needs any more": (
        [event("turn", after="crisis"), change("cancel", events=["crisis", "turn"])],
        [],
    ),
}


@pytest.mark.parametrize("case", WARNED)
def test_a_change_that_removes_what_an_event_stands_on_is_warned_of(case, what_if_file):
    files, texts = WARNED[case]
    found = read(what_if_file(files)).cautions
    assert [str(caution.warning).split(": ", 1)[1] for caution in found] == texts
    assert all(caution.place.line >= 1 for caution in found)


def test_changes_that_exclude_each_other_do_not_contradict_each_other(what_if):
    gets = {"office": "region", "date": "1924-07-01"}
    one = change("appointment", leader="anna", requires=["ruling:red", "crisis"], **gets)
    other = change("appointment", leader="dora", requires=["not ruling:red"], **gets)
    assert len(what_if([one, other]).changes) == 2
    otherwise = change("appointment", leader="dora", requires=["not ruling:blue"], **gets)
    for second in (otherwise, {**other, "requires": []}):
        with pytest.raises(ScenarioErrors) as caught:
            what_if([one, second])
        assert "contradicts changes.1 on 1924-07-01" in str(caught.value)


UNCERTAIN = {
    "an office for one who may not be dead": [
        change("death", leader="anna", date="1924-01-01", requires=["ruling:red"]),
        change("appointment", office="region", leader="anna", date="1924-07-01"),
    ],
    "an office for one who may not be expelled": [
        change("standing", leader="anna", to="expelled", date="1924-01-01", requires=["ruling:red"]),
        change("appointment", office="region", leader="anna", date="1924-07-01"),
    ],
    "surrender of one who may not be ill": [
        change("illness", leader="anna", date="1924-01-01", requires=["ruling:red"]),
        change("surrender", leaders=["anna"], to="hold_out", at="second"),
    ],
    "an ally who may be well": [
        change("recovery", leader="greta", date="1924-01-01", requires=["ruling:red"]),
        change("alliance", blocs=["red", "grey"], stand="together", at="second"),
    ],
    "an office for one who may be kept alive": [
        change("keep_alive", leader="boris", since="1925-11-01", requires=["ruling:red"]),
        change("appointment", office="region", leader="boris", date="1926-01-01"),
    ],
    "an office for one whose death may be cancelled": [
        change("cancel", events=["boris_dies"], requires=["ruling:red"]),
        change("appointment", office="region", leader="boris", date="1926-01-01"),
    ],
    "an event that is moved, and does not happen there in some worlds": [
        change("cancel", events=["crisis"], requires=["ruling:red"]),
        change("move", event="crisis", date="1925-06-01"),
    ],
    "a bloc that somebody may have joined": [
        change("membership", leader="dora", bloc="grey", date="1924-01-01", requires=["ruling:red"]),
        change("alliance", blocs=["blue", "grey"], stand="together", at="second"),
    ],
}


@pytest.mark.parametrize("case", UNCERTAIN)
def test_what_may_be_is_not_refused(case, what_if):
    assert len(what_if(UNCERTAIN[case]).changes) == 2
