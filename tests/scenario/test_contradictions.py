"""Changes that contradict each other or cannot apply are refused, whichever order they stand in."""

from __future__ import annotations

from itertools import permutations

import pytest

from factions.errors import ScenarioErrors


def change(kind: str, **fields: object) -> dict[str, object]:
    """The fields of a change."""
    return {"kind": kind, **fields}


def together(*blocs: str, **time: object) -> dict[str, object]:
    return change("alliance", blocs=list(blocs), stand="together", **(time or {"since": "1923-10-08"}))


def apart(*blocs: str, **time: object) -> dict[str, object]:
    return change("alliance", blocs=list(blocs), stand="apart", **(time or {"since": "1923-10-08"}))


ALWAYS = {"since": "1923-10-08"}
BOTH_WAYS = {
    "A with B, B with C, C apart from A": (
        [together("red", "green"), together("green", "blue"), apart("red", "blue")],
        "together at first",
    ),
    "together and apart": ([together("red", "green", at="third"), apart("red", "green", "blue")], "together at third"),
    "open and quiet": (
        [change("stance", bloc="red", to="open", at="third"), change("stance", bloc="red", to="quiet", **ALWAYS)],
        "at third",
    ),
    "two rungs": (
        [
            change("sanction", bloc="red", rung="office", at="third"),
            change("sanction", bloc="red", rung="none", at="third"),
        ],
        "at third",
    ),
    "a leader and his bloc give in and hold out": (
        [
            change("surrender", leaders=["boris", "dora"], to="hold_out", **ALWAYS),
            change("surrender", bloc="red", to="capitulate", at="second"),
        ],
        "at second",
    ),
    "two men in an office": (
        [
            change("appointment", office="region", leader="anna", date="1924-05-10"),
            change("appointment", office="region", leader="dora", date="1924-05-10"),
        ],
        "on 1924-05-10",
    ),
    "a man in an office and nobody": (
        [
            change("appointment", office="region", leader="", date="1924-05-10"),
            change("appointment", office="region", leader="dora", date="1924-05-10"),
        ],
        "on 1924-05-10",
    ),
    "two standings": (
        [
            change("standing", leader="anna", to="deported", date="1924-05-01"),
            change("standing", leader="anna", to="politburo", date="1924-05-01"),
        ],
        "on 1924-05-01",
    ),
    "two blocs of one man": (
        [
            change("membership", leader="dora", bloc="blue", date="1924-05-01"),
            change("membership", leader="dora", bloc="", date="1924-05-01"),
        ],
        "on 1924-05-01",
    ),
    "two sizes": (
        [change("seats", number=3, date="1924-05-01"), change("seats", number=9, date="1924-05-01")],
        "on 1924-05-01",
    ),
    "ill and well": (
        [change("illness", leader="anna", date="1924-05-01"), change("recovery", leader="anna", date="1924-05-01")],
        "on 1924-05-01",
    ),
    "two positions": (
        [
            change("policy_shift", bloc="red", issue="economy", to=0.5, date="1924-05-01"),
            change("policy_shift", bloc="red", issue="economy", to=0.0, date="1924-05-01"),
        ],
        "on 1924-05-01",
    ),
    "a position and a step": (
        [
            change("policy_shift", leader="anna", issue="economy", to=0.5, date="1924-05-01"),
            change("policy_shift", leader="anna", issue="economy", by=0.25, date="1924-05-01"),
        ],
        "on 1924-05-01",
    ),
    "moved twice": (
        [change("move", event="seats", date="1926-01-02"), change("move", event="seats", date="1925-01-01")],
        "contradicts changes.",
    ),
    "cancelled and moved": (
        [change("cancel", events=["crisis", "seats"]), change("move", event="seats", date="1926-01-02")],
        "contradicts changes.",
    ),
    "moved to the day of another": (
        [change("move", event="seats", date="1925-06-01")],
        "contradicts events.more_seats",
    ),
    "dies and is kept alive": (
        [change("death", leader="anna", date="1925-01-01"), change("keep_alive", leader="anna", since="1924-01-10")],
        "keeps anna well from 1924-01-10 on",
    ),
    "falls ill and is kept well": (
        [change("illness", leader="anna", date="1925-01-01"), change("keep_alive", leader="anna", since="1925-01-01")],
        "keeps anna well from 1925-01-01 on",
    ),
    "his death is moved and he is kept alive": (
        [
            change("move", event="boris_dies", date="1926-01-01"),
            change("keep_alive", leader="boris", since="1924-01-10"),
        ],
        "keeps boris well from 1924-01-10 on",
    ),
    "is kept alive after his death": (
        [change("death", leader="anna", date="1924-01-01"), change("keep_alive", leader="anna", since="1924-01-10")],
        "anna died on 1924-01-01",
    ),
    "dies twice": (
        [change("death", leader="anna", date="1924-01-01"), change("death", leader="anna", date="1925-01-01")],
        "anna died on 1924-01-01",
    ),
    "gets an office on the day of his death": (
        [change("appointment", office="region", leader="boris", date="1925-11-21")],
        "boris died on 1925-11-21",
    ),
    "gets an office on the day on which he dies by a change": (
        [
            change("death", leader="anna", date="1924-05-10"),
            change("appointment", office="region", leader="anna", date="1924-05-10"),
        ],
        "anna died on 1924-05-10",
    ),
    "gets an office after his death was moved forward": (
        [
            change("move", event="boris_dies", date="1924-01-01"),
            change("appointment", office="region", leader="boris", date="1924-05-10"),
        ],
        "boris died on 1924-01-01",
    ),
    "recovers after his death, as the recovery is moved": (
        [change("death", leader="clara", date="1924-01-01"), change("move", event="clara_well", date="1924-02-01")],
        "clara died on 1924-01-01",
    ),
    "gets an office abroad": (
        [
            change("standing", leader="anna", to="deported", date="1924-05-01"),
            change("appointment", office="region", leader="anna", date="1924-05-10"),
        ],
        "anna is deported from 1924-05-01 on",
    ),
    "gets an office on the day of his expulsion": (
        [
            change("standing", leader="anna", to="expelled", date="1924-05-10"),
            change("appointment", office="region", leader="anna", date="1924-05-10"),
        ],
        "anna is expelled from 1924-05-10 on",
    ),
    "gets an office outside the party from the start": (
        [change("appointment", office="region", leader="hugo", date="1924-05-10")],
        "hugo is expelled from the start",
    ),
    "exile of a man in the party": (
        [change("sanction", bloc="red", rung="exile", at="second")],
        "nobody of red can be by second",
    ),
    "a sanction beyond the powers of the meeting": (
        [change("sanction", bloc="red", rung="party", at="first")],
        "first is a plenum, which cannot impose this",
    ),
    "an ally who is dead": ([together("red", "green", at="fourth")], "nobody of green is in play at fourth"),
    "an ally who is ill": ([together("red", "grey", at="first")], "nobody of grey is in play at first"),
    "a stance of the dead": (
        [change("stance", bloc="green", to="open", since="1926-01-01")],
        "nobody of green is in play at fourth",
    ),
    "surrender of the ill": (
        [change("surrender", leaders=["anna", "greta"], to="hold_out", **ALWAYS)],
        "greta is out of play at first",
    ),
    "opposition of all to nobody": (
        [together("red", "green", "blue", at="third"), change("stance", bloc="red", to="open", at="third")],
        "red is in power at third",
    ),
    "punishment of all by nobody": (
        [together("red", "green", "blue", at="third"), change("sanction", bloc="red", rung="office", at="third")],
        "red is in power at third",
    ),
    "two men who hold an office at one time": (
        [
            change("hold", office="region", leader="anna", since="1924-05-01"),
            change("hold", office="region", leader="dora", at="third"),
        ],
        "at third",
    ),
    "a man in an office that another holds": (
        [
            change("hold", office="region", leader="anna", since="1924-05-01", until="1925-12-31"),
            change("appointment", office="region", leader="dora", date="1924-06-01"),
        ],
        "by which anna holds region at this time",
    ),
    "an office held by the dead": (
        [change("hold", office="region", leader="boris", since="1926-01-01")],
        "boris died on 1925-11-21",
    ),
    "an office held from abroad": (
        [change("hold", office="region", leader="hugo", **ALWAYS)],
        "hugo is expelled from the start",
    ),
    "an office held between meetings": (
        [change("hold", office="region", leader="anna", since="1924-06-01", until="1924-07-01")],
        "no meeting falls in this time",
    ),
    "together on a condition, and apart": (
        [
            together("red", "green", at="third", requires=["ruling:red"]),
            apart("red", "green", at="third", requires=["not ruling:blue"]),
        ],
        "together at third",
    ),
    "open on a condition, and quiet": (
        [
            change("stance", bloc="red", to="open", at="third", requires=["ruling:blue"]),
            change("stance", bloc="red", to="quiet", at="third"),
        ],
        "at third",
    ),
    "a sanction without sanctions": (
        [change("sanction", bloc="red", rung="office", at="third"), "[mechanisms]\nsanctions = false\n"],
        "sanctions is switched off",
    ),
    "surrender without surrender": (
        [change("surrender", bloc="red", to="capitulate", at="third"), "[mechanisms]\nsurrender = false\n"],
        "surrender is switched off",
    ),
}


@pytest.mark.parametrize("case", BOTH_WAYS)
def test_it_is_refused_once_at_its_place_whichever_order_the_changes_stand_in(case, what_if):
    texts, problem = BOTH_WAYS[case]
    for order in permutations(texts):
        if isinstance(order[0], str):  # a table ends where the next one begins: no order to speak of
            continue
        with pytest.raises(ScenarioErrors) as caught:
            what_if(order)
        (error,) = caught.value.errors
        assert problem in error.problem
        assert error.path.name == "what_if.toml" and error.line > 1
        assert error.key.startswith("changes.") and error.remedy
        line = error.path.read_text(encoding="utf-8").splitlines()[error.line - 1]
        field = error.key.rsplit(".", 1)[-1]
        assert line == "[[changes]]" if field.isdecimal() else line.startswith(f"{field} = ")


def test_a_change_that_holds_together_whom_the_file_keeps_apart_names_both(what_if):
    never = '[[apart]]\nblocs = ["red", "blue"]\n'
    with pytest.raises(ScenarioErrors) as caught:
        what_if([together("red", "green"), together("green", "blue", at="third"), never])
    (error,) = caught.value.errors
    assert error.problem == "holds together at third whom apart.blue+red keeps apart"
    assert 'remove = ["apart.blue+red"]' in error.remedy
    assert error.key.startswith("changes.") and error.key.endswith(".blocs")
    assert what_if([together("red", "green"), apart("red", "blue"), never]).apart[0].blocs == ("red", "blue")


SOUND = {
    "A with B, B with C, C apart from A at another meeting": [
        together("red", "green", at="first"),
        together("green", "blue", at="first"),
        apart("red", "blue", at="third"),
    ],
    "the same twice": [change("stance", bloc="red", to="open", at="third")] * 2,
    "one man in two offices": [
        change("appointment", office="region", leader="anna", date="1924-05-10"),
        change("appointment", office="secretariat", leader="anna", date="1924-05-10"),
    ],
    "an office on the day before his death": [
        change("appointment", office="region", leader="boris", date="1925-11-20")
    ],
    "an office for a man whose death is put off": [
        change("move", event="boris_dies", date="1926-01-01"),
        change("appointment", office="region", leader="boris", date="1925-11-21"),
    ],
    "an office for a man who is kept alive": [
        change("appointment", office="region", leader="boris", date="1926-01-01"),
        change("keep_alive", leader="boris", since="1925-11-21"),
    ],
    "kept alive after a death that is cancelled": [
        change("keep_alive", leader="boris", since="1926-01-01"),
        change("cancel", events=["boris_dies"]),
    ],
    "ill before he is kept well": [
        change("illness", leader="anna", date="1924-01-01"),
        change("keep_alive", leader="anna", since="1925-01-01"),
    ],
    "an earlier death": [change("death", leader="boris", date="1924-01-01")],
    "an office on the day of his readmission": [
        change("standing", leader="anna", to="deported", date="1924-05-01"),
        change("standing", leader="anna", to="party_member", date="1924-06-01"),
        change("appointment", office="region", leader="anna", date="1924-06-01"),
    ],
    "exile of whom two congresses can have expelled": [
        change("standing", leader="anna", to="central_committee", date="1923-11-01"),
        change("sanction", bloc="red", rung="exile", at="fourth"),
    ],
    "exile of whom the file expels": [
        change("standing", leader="dora", to="expelled", date="1923-11-01"),
        change("sanction", bloc="red", rung="exile", at="second"),
    ],
    "exile of a bloc that one who is outside joins": [
        change("membership", leader="hugo", bloc="red", date="1923-11-01"),
        change("sanction", bloc="red", rung="exile", at="second"),
    ],
    "exile of whom the file has expelled": [
        change("sanction", bloc="red", rung="party", at="second"),
        change("sanction", bloc="red", rung="exile", at="third"),
    ],
    "an ally who is ill, then well": [
        change("recovery", leader="greta", date="1924-01-01"),
        together("red", "grey", since="1923-10-08"),
    ],
    "an office held one after the other": [
        change("hold", office="region", leader="anna", since="1924-05-01", until="1924-12-31"),
        change("appointment", office="region", leader="anna", date="1924-05-10"),
        change("hold", office="region", leader="dora", since="1925-01-01"),
    ],
    "an office held until an expulsion": [
        change("standing", leader="anna", to="expelled", date="1925-05-01"),
        change("hold", office="region", leader="anna", since="1924-05-01"),
    ],
    "together or apart, as it happens": [
        together("red", "green", at="third", requires=["ruling:red"]),
        apart("red", "green", at="third", requires=["not ruling:red"]),
    ],
    "opposition of all who may stand together to nobody": [
        together("red", "green", "blue", at="third", requires=["ruling:red"]),
        change("stance", bloc="red", to="open", at="third"),
    ],
    "exile of whom a condition may have expelled": [
        change("sanction", bloc="red", rung="party", at="second", requires=["ruling:green"]),
        change("sanction", bloc="red", rung="exile", at="third"),
    ],
    "all but one held together": [
        together("red", "green", at="third"),
        change("stance", bloc="red", to="open", at="third"),
    ],
    "a size of the same day, which a change replaces": [change("seats", number=9, date="1924-06-01")],
    "nobody gives in where nobody can": [
        change("surrender", bloc="red", to="hold_out", at="third"),
        "[mechanisms]\nsurrender = false\n",
    ],
}


@pytest.mark.parametrize("case", SOUND)
def test_what_is_only_like_a_contradiction_is_sound(case, what_if):
    assert len(what_if(SOUND[case]).changes) == sum(isinstance(each, dict) for each in SOUND[case])


def test_an_error_says_where_the_other_change_stands(what_if):
    texts = [change("seats", number=number, date="1924-05-01") for number in (3, 9, 3, 4)]
    with pytest.raises(ScenarioErrors) as caught:
        what_if(texts)
    assert [(error.line, error.key, error.value) for error in caught.value.errors] == [
        (8, "changes.2.number", 9),
        (12, "changes.3.number", 3),
        (16, "changes.4.number", 4),
    ]
    assert "changes.1 is in line 2" in caught.value.errors[0].remedy
    assert "contradicts changes.2 on 1924-05-01" in caught.value.errors[1].problem
    assert caught.value.errors[2].problem.count("changes.") == 3


def test_many_that_contradict_each_other_are_not_all_named(what_if):
    with pytest.raises(ScenarioErrors) as caught:
        what_if([change("seats", number=number, date="1924-05-01") for number in range(1, 8)])
    assert caught.value.errors[-1].problem.count("changes.") == 3
    assert caught.value.errors[-1].problem.endswith("and others")


def test_events_of_a_base_file_that_contradict_each_other_are_refused_too(what_if, own_events):
    again = own_events[3].replace('"seats"\ndate', '"seats_again"\ndate').replace("number = 5", "number = 6")
    with pytest.raises(ScenarioErrors) as caught:
        what_if([], [*own_events, again])
    (error,) = caught.value.errors
    assert error.key == "events.seats_again.number" and "contradicts events.seats on 1924-06-01" in error.problem


def test_an_appointment_among_the_events_of_a_counterfactual_is_looked_at_too(what_if):
    late = change("appointment", table="events", id="late", office="region", leader="boris", date="1926-01-01")
    with pytest.raises(ScenarioErrors) as caught:
        what_if([late])
    (error,) = caught.value.errors
    assert error.key == "events.late.leader" and "boris died on 1925-11-21" in error.problem
