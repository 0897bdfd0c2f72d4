"""Where a change stands in a file never matters: neither to what is refused nor to the worlds of a sound file."""

from __future__ import annotations

import re
from itertools import permutations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from factions.errors import ScenarioErrors
from factions.world.build import build_case
from factions.world.case import Case
from factions.world.fields import fields


def change(kind: str, **fields: object) -> dict[str, object]:
    """The fields of a change."""
    return {"kind": kind, **fields}


DAYS = ("1923-11-01", "1924-06-01", "1925-06-01", "1925-11-21", "1926-02-01")
LEADERS = ("anna", "dora", "boris", "clara", "greta")
BLOCS = ("red", "green", "blue", "grey")
MEETINGS = ("first", "second", "third", "fourth")


@st.composite
def drawn_changes(draw) -> dict[str, object]:
    """Any change, of few days, people and meetings, so that changes meet each other."""
    one = lambda names: draw(st.sampled_from(names))  # noqa: E731
    when = {"at": one(MEETINGS)} if draw(st.booleans()) else {"since": one(DAYS)}
    kinds = {
        "alliance": lambda: {
            "blocs": draw(st.lists(st.sampled_from(BLOCS), min_size=2, max_size=3, unique=True)),
            "stand": one(("together", "apart")),
            **when,
        },
        "stance": lambda: {"bloc": one(BLOCS), "to": one(("open", "quiet")), **when},
        "sanction": lambda: {"bloc": one(BLOCS), "rung": one(("none", "office", "exile")), **when},
        "surrender": lambda: {
            **({"bloc": one(BLOCS)} if draw(st.booleans()) else {"leaders": [one(LEADERS)]}),
            "to": one(("capitulate", "hold_out")),
            **when,
        },
        "hold": lambda: {"office": one(("secretariat", "region")), "leader": one(LEADERS), **when},
        "keep_alive": lambda: {"leader": one(LEADERS), "since": one(DAYS)},
        "cancel": lambda: {"events": [one(("boris_dies", "clara_ill", "seats", "crisis"))]},
        "move": lambda: {"event": one(("boris_dies", "clara_ill", "seats", "crisis")), "date": one(DAYS)},
        "death": lambda: {"leader": one(LEADERS), "date": one(DAYS)},
        "illness": lambda: {"leader": one(LEADERS), "date": one(DAYS)},
        "recovery": lambda: {"leader": one(LEADERS), "date": one(DAYS)},
        "seats": lambda: {"number": one((3, 9)), "date": one(DAYS)},
        "salience": lambda: {"issue": "economy", "by": one((-2.5, 1.0)), "date": one(DAYS)},
        "enrolment": lambda: {"share": one((0.1, 0.7)), "date": one(DAYS)},
        "policy_shift": lambda: {
            **({"bloc": one(BLOCS)} if draw(st.booleans()) else {"leader": one(LEADERS)}),
            "issue": "economy",
            **({"to": one((0.0, 1.0))} if draw(st.booleans()) else {"by": one((-1.5, 0.25))}),
            "date": one(DAYS),
        },
        "appointment": lambda: {"office": one(("secretariat", "region")), "leader": one(LEADERS), "date": one(DAYS)},
        "standing": lambda: {"leader": one(LEADERS), "to": one(("politburo", "expelled")), "date": one(DAYS)},
        "resignation": lambda: {"leader": one(LEADERS), "office": one(("secretariat", "region")), "date": one(DAYS)},
        "committee_seats": lambda: {"number": one((3, 9)), "date": one(DAYS)},
        "membership": lambda: {"leader": one(LEADERS), "bloc": one(BLOCS), "date": one(DAYS)},
    }
    kind = one(tuple(kinds))
    needs = {"requires": [one(("ruling:red", "not ruling:red", "crisis"))]} if draw(st.integers(0, 3)) == 0 else {}
    return change(kind, **kinds[kind](), **needs)


def with_ids(changes: list[dict[str, object]]) -> list[dict[str, object]]:
    """The changes with ids, by which messages call them wherever they stand."""
    return [{"id": f"c{n}", **each} for n, each in enumerate(changes)]


def outcome(what_if, changes: list[dict[str, object]], *events) -> dict[str, bytes] | set[tuple[str, ...]]:
    """The arrays of a sound file; of another its problems: of two that contradict each other, in whatever order."""
    try:
        case = build_case(what_if(changes, *events))
    except ScenarioErrors as wrong:
        found: set[tuple[str, ...]] = set()
        for error in wrong.errors:
            own = ".".join(error.key.split(".")[:2])
            pairs = re.fullmatch(r"contradicts (.*)", error.problem)
            if pairs and "together" not in error.problem and "keeps" not in error.problem:
                rest = re.split(r", | and ", pairs[1])
                found |= {(*sorted((own, each.split(" ")[0])), each.partition(" ")[2]) for each in rest}
            else:
                found.add((error.key, error.problem, re.sub(r"\(.* in line .*\)", "", error.remedy)))
        return found
    return {name: np.asarray(getattr(case, name)).tobytes() for name in fields(Case)}


PROPERTY = settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None, derandomize=True)


@PROPERTY
@given(texts=st.lists(drawn_changes(), min_size=2, max_size=4), data=st.data())
def test_the_order_of_changes_never_matters(texts, data, what_if):
    texts = with_ids(texts)
    order = data.draw(st.permutations(texts))
    assert outcome(what_if, texts) == outcome(what_if, order)


@PROPERTY
@given(texts=st.lists(drawn_changes(), min_size=2, max_size=4), data=st.data())
def test_the_order_of_changes_in_a_sound_file_never_matters(texts, data, what_if):
    found = outcome(what_if, texts)
    assume(isinstance(found, dict))
    assert found == outcome(what_if, data.draw(st.permutations(texts)))


TELLING = {
    "two moves, one of them to the day of another event": [
        change("move", event="seats", date="1923-11-01"),
        change("move", event="seats", date="1925-06-01"),
    ],
    "a bloc and one of its leaders shift": [
        change("policy_shift", bloc="red", issue="economy", to=0.5, date="1924-05-01"),
        change("policy_shift", leader="anna", issue="economy", by=-0.25, date="1924-05-01"),
    ],
    "a bloc shifts and gains a leader": [
        change("policy_shift", bloc="red", issue="economy", to=0.5, date="1924-05-01"),
        change("membership", leader="clara", bloc="red", date="1924-05-01"),
    ],
    "attention falls below nothing and rises": [
        change("salience", issue="economy", by=-3.0, date="1924-05-01"),
        change("salience", issue="economy", by=1.0, date="1924-05-01"),
    ],
    "an illness is moved before the day from which on he is well": [
        change("move", event="clara_ill", date="1924-06-01"),
        change("keep_alive", leader="clara", since="1925-01-01"),
    ],
}


@pytest.mark.parametrize("case", TELLING)
def test_the_order_does_not_matter_where_it_used_to(case, what_if):
    orders = list(permutations(with_ids(TELLING[case])))
    first = outcome(what_if, orders[0])
    assert all(outcome(what_if, order) == first for order in orders[1:])


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_the_order_of_events_never_matters(data, what_if, own_events):
    move = [change("move", event="crisis", date="1925-06-01")]
    assert outcome(what_if, move, data.draw(st.permutations(own_events))) == outcome(what_if, move)
