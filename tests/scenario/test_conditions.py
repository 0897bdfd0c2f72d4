"""What events need: how it is written, what is refused, what moves along, and what `check` warns of."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest

from factions.errors import ScenarioErrors
from factions.scenario.conditions import Condition, condition
from factions.scenario.happenings import events_left
from factions.scenario.read import read
from factions.world.build import build_case


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
    due = [each.id for each in events_left(scenario)]
    needs = list(zip(case.condition_event, case.condition_wanted, case.condition_one, case.condition_two, strict=True))
    e = due.index("turn")
    assert needs == [(e, 1, 3, -1), (e, 1, due.index("crisis"), -1), (e, 0, 0, 2), (e, 1, 3, 1)]


def test_what_is_needed_but_cancelled_has_never_happened(what_if):
    case = build_case(what_if([event("turn", after="crisis"), change("cancel", events=["crisis"])]))
    assert case.condition_one.tolist() == [-1]


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
    assert [str(caution).split(": ", 1)[1] for caution in found] == texts
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
    "a bloc that somebody may have joined": [
        change("membership", leader="dora", bloc="grey", date="1924-01-01", requires=["ruling:red"]),
        change("alliance", blocs=["blue", "grey"], stand="together", at="second"),
    ],
}


@pytest.mark.parametrize("case", UNCERTAIN)
def test_what_may_be_is_not_refused(case, what_if):
    assert len(what_if(UNCERTAIN[case]).changes) == 2
