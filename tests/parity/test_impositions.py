"""What changes impose on a condition, and who keeps an office: small worlds worked out by hand, in both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factions.parameters import default_values
from factions.scenario.content.events import BaseEvent

SETTINGS = settings(settings.get_profile("parity"))
ENGINES = pytest.mark.parametrize("engine", ["compiled", "mesa"])

# red is strongest and rules whenever it stands alone; the meetings are on 10 April, 19 July and 27 October 1924
CAST = {
    "red_1": {"prestige": 9.0},
    "green_1": {"prestige": 4.0},
    "blue_1": {"prestige": 2.0, "standing": "central_committee"},
}
OFFICES = [
    {"id": "desk", "holder": "red_1", "machine": 0.0},
    {"id": "region", "holder": "green_1", "machine": 0.0, "appointed_by": "desk"},
]
RED, GREEN, BLUE = range(3)
ALWAYS = {"since": dt.date(1924, 1, 1)}


def change(kind: str, **fields: object) -> dict:
    return {"kind": kind, **fields}


@pytest.fixture
def found(engines, struggle):
    """found(engine, changes, on, **parameters): the arrays of one world of the three blocs."""

    def run(engine: str, changes: list[dict], on: tuple[str, ...] = (), **parameters: float):
        ties = [{"blocs": ("red", bloc), "trust": 0.5} for bloc in ("green", "blue")]
        case = struggle(CAST, (100, 100, 100), on=on, offices=OFFICES, changes=changes, ties=ties)
        values = default_values()
        for name, value in {"precision": 1e5, **parameters}.items():  # nobody speaks out by himself
            values[name] = value
        return engines[engine](case, [0], values, 1)

    return run


# a stance of green on a condition -> is it open at the three meetings
STANCES = {
    "that holds once red has ruled": (["ruling:red"], [], [0, 1, 1]),
    "that never holds": (["ruling:green"], [], [0, 0, 0]),
    "that its opposite denies": (["not ruling:green"], [], [1, 1, 1]),
    "that the meeting before brings about": (
        ["open:blue"],
        [change("stance", bloc="blue", to="open", at="m1")],
        [0, 0, 1],
    ),
    "of two, one of which fails": (["ruling:red", "party:green_1", "holds:green_1+desk"], [], [0, 0, 0]),
}


@ENGINES
@pytest.mark.parametrize("case", STANCES)
def test_a_decision_is_imposed_where_its_condition_holds(case, engine, found):
    requires, others, expected = STANCES[case]
    said = change("stance", bloc="green", to="open", requires=tuple(requires), **ALWAYS)
    assert found(engine, [*others, said])["open"][0, :, GREEN].tolist() == expected


@ENGINES
def test_a_condition_looks_at_every_meeting_anew(engine, found):
    # green speaks out only after a meeting at which blue was quiet, and blue speaks out at the second.
    said = change("stance", bloc="green", to="open", requires=("ruling:red", "not open:blue"), **ALWAYS)
    blue = [change("stance", bloc="blue", to="open", at="m1")]
    assert found(engine, [*blue, said])["open"][0, :, GREEN].tolist() == [0, 1, 0]


@ENGINES
def test_one_decision_or_the_other(engine, found):
    # Exactly one of the two holds at each meeting; nobody has ruled before the first.
    speaks = change("stance", bloc="green", to="open", requires=("not ruling:red",), **ALWAYS)
    quiet = change("stance", bloc="green", to="quiet", requires=("ruling:red",), **ALWAYS)
    assert found(engine, [speaks, quiet])["open"][0, :, GREEN].tolist() == [1, 0, 0]


@ENGINES
def test_blocs_are_held_together_and_apart_on_a_condition(engine, found):
    both = change("alliance", blocs=("green", "blue"), stand="together", requires=("ruling:red",), at="m1")
    alliance = found(engine, [both], on=("bargaining",), habit=0.0)["alliance"][0]
    assert alliance[1, GREEN] == alliance[1, BLUE] == 1
    three = change("alliance", blocs=("red", "green", "blue"), stand="together", at="m0")
    part = change("alliance", blocs=("red", "green", "blue"), stand="apart", requires=("allied:red+blue",), at="m1")
    alliance = found(engine, [three, part], on=("bargaining",))["alliance"][0]
    assert alliance[0].tolist() == [0, 0, 0] and sorted(alliance[1]) == [0, 1, 2]


@ENGINES
def test_a_punishment_and_a_surrender_wait_for_their_condition(engine, found):
    struck = change("sanction", bloc="green", rung="party", requires=("ruling:red",), at="m1")
    gives_in = change("surrender", leaders=("green_1",), to="capitulate", requires=("ruling:red",), **ALWAYS)
    arrays = found(engine, [struck, gives_in], on=("sanctions", "surrender"))
    assert arrays["standing"][0, :, GREEN].tolist() == [0, 3, 3]
    assert arrays["surrendered"][0, :, GREEN].tolist() == [0, 1, 1]
    spared = found(engine, [{**struck, "requires": ("ruling:blue",)}, gives_in], on=("sanctions", "surrender"))
    assert spared["standing"][0, :, GREEN].tolist() == [0, 0, 0]


# changes -> who holds the region at the three meetings; red, who appoints there, takes it at once if it can
HELD = {
    "nothing": ([], [GREEN, RED, RED]),
    "to the end": ([change("hold", leader="green_1", office="region", **ALWAYS)], [GREEN, GREEN, GREEN]),
    "for a time": (
        [change("hold", leader="green_1", office="region", since=dt.date(1924, 1, 1), until=dt.date(1924, 8, 1))],
        [GREEN, GREEN, GREEN],  # he keeps it until the next meeting begins, and nothing takes it at that meeting
    ),
    "at one meeting, by another": ([change("hold", leader="blue_1", office="region", at="m1")], [GREEN, BLUE, BLUE]),
    "until his death": (
        [
            change("hold", leader="blue_1", office="region", **ALWAYS),
            change("death", leader="blue_1", date=dt.date(1924, 8, 1)),
        ],
        [BLUE, BLUE, RED],
    ),
    "until his expulsion, and again": (
        [
            change("hold", leader="blue_1", office="region", **ALWAYS),
            change("standing", leader="blue_1", to="expelled", date=dt.date(1924, 5, 1)),
            change("standing", leader="blue_1", to="party_member", date=dt.date(1924, 8, 1)),
        ],
        [BLUE, RED, BLUE],
    ),
    "though he is ill": (
        [
            change("hold", leader="blue_1", office="region", **ALWAYS),
            change("illness", leader="blue_1", date=dt.date(1924, 5, 1)),
        ],
        [BLUE, BLUE, BLUE],
    ),
    "on a condition": (
        [change("hold", leader="blue_1", office="region", requires=("ruling:red",), **ALWAYS)],
        [GREEN, BLUE, BLUE],
    ),
}


@ENGINES
@pytest.mark.parametrize("case", HELD)
def test_who_holds_an_office_by_a_change_has_it_whatever_happens(case, engine, found):
    changes, holders = HELD[case]
    arrays = found(engine, changes, on=("patronage",), patronage=1e9)
    assert arrays["holder"][0, :, 1].tolist() == holders


@ENGINES
def test_a_blow_leaves_him_the_office_that_he_holds_unless_it_takes_him_out_of_the_party(engine, found):
    holds = change("hold", leader="green_1", office="desk", **ALWAYS)
    blows = [change("sanction", bloc="green", rung=rung, at=at) for rung, at in (("politburo", "m1"), ("party", "m2"))]
    arrays = found(engine, [holds, *blows], on=("sanctions",))
    assert arrays["standing"][0, :, GREEN].tolist() == [0, 1, 3]
    assert arrays["holder"][0, :2, 0].tolist() == [GREEN, GREEN] and arrays["holder"][0, 2, 0] != GREEN


@SETTINGS
@given(data=st.data())
def test_a_condition_that_always_holds_is_as_good_as_none(
    data, engines, random_scenarios, random_parameters, differences
):
    scenario = data.draw(random_scenarios())
    # Before anybody has ruled nobody does, and at least one of two opposite statements holds.
    timed_or_of_events = [change for change in scenario.changes if not isinstance(change, BaseEvent)]
    free = [change.model_copy(update={"requires": ()}) for change in timed_or_of_events]
    statement = f"party:{scenario.leaders[0].id}"
    bound = [
        change.model_copy(update={"requires": (said,)}) for change in free for said in (statement, f"not {statement}")
    ]
    values = data.draw(random_parameters(2))
    one, other = (scenario.model_copy(update={"changes": tuple(changes)}) for changes in (distinct(free), bound))
    if distinct(free) == free:
        for engine in engines.values():
            assert differences(engine(one, [0, 1], values, 1), engine(other, [0, 1], values, 1)) == []


@SETTINGS
@given(data=st.data())
def test_a_change_that_is_made_nowhere_might_as_well_not_be_there(
    data, engines, random_scenarios, random_parameters, differences
):
    scenario = data.draw(random_scenarios())
    statement = f"party:{scenario.leaders[0].id}"
    never = [
        change.model_copy(update={"requires": (statement, f"not {statement}")})
        for change in scenario.changes
        if not isinstance(change, BaseEvent)
    ]
    values = data.draw(random_parameters(2))
    without, with_them = (scenario.model_copy(update={"changes": tuple(changes)}) for changes in ([], never))
    for engine in engines.values():
        assert differences(engine(without, [0, 1], values, 1), engine(with_them, [0, 1], values, 1)) == []


def distinct(changes: list) -> list:
    """The changes, of those that decide about the same blocs, leaders, offices or events of one kind only the first."""
    seen, kept = set(), []
    for change in changes:
        names = (getattr(change, field, None) for field in ("bloc", "office", "event", "events", "leader"))
        what = change.kind, next(filter(None, names), "")
        if what not in seen:
            seen.add(what)
            kept.append(change)
    return kept
