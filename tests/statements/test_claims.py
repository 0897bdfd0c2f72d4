"""Claims judged on worlds made by hand: three blocs, two leaders each, three meetings."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from pydantic import TypeAdapter

from factions.scenario import Claim
from factions.statements.claims import Index, judge, window
from factions.vocabulary import LADDER

LEADERS = tuple(f"{bloc}_{n}" for bloc in ("left", "centre", "right") for n in (1, 2))
PREDICATES = {get_args(model.model_fields["predicate"].annotation)[0] for model in get_args(get_args(Claim)[0])}


def world(**arrays: list) -> dict[str, list]:
    return arrays


@pytest.fixture
def judged(struggle, worlds):
    """judged(claim, *worlds): does a claim hold in worlds given by the arrays that matter, axis meeting first."""

    def _judged(claim: dict, *each: dict[str, list]) -> list[bool]:
        case = struggle({"at": "second", **claim} if "between" not in claim else claim)
        ensemble = worlds(case, len(each))
        for w, given in enumerate(each):
            for name, values in given.items():
                ensemble[name][w] = np.array(values)
        return judge(ensemble)[:, 0].tolist()

    return _judged


def second(values: list) -> list[list]:
    """An array that matters at the second meeting alone; elsewhere -1."""
    other = np.full_like(np.array(values), -1).tolist()
    return [other, values, other]


TOGETHER, APART, PAIR, GONE = (second(labels) for labels in ([0, 0, 0], [0, 1, 2], [0, 1, 0], [-1, -1, 2]))

BLOC_CLAIMS = [
    ("allied", ["left", "right"], [True, False, True, False]),
    ("allied", ["left", "centre"], [True, False, False, False]),  # two blocs without influence are not allied
    ("apart", ["left", "centre", "right"], [False, True, False, True]),
    ("apart", ["left", "centre"], [False, True, True, True]),
]


@pytest.mark.parametrize(("predicate", "blocs", "expected"), BLOC_CLAIMS)
def test_who_is_allied(judged, predicate, blocs, expected):
    claim = {"predicate": predicate, "blocs": tuple(blocs)}
    assert judged(claim, *(world(alliance=labels) for labels in (TOGETHER, APART, PAIR, GONE))) == expected


@pytest.mark.parametrize(
    ("predicate", "blocs", "expected"),
    [
        ("ruling", ["left", "right"], [True, False]),
        ("ruling", ["left"], [True, True]),
        ("outside", ["centre"], [True, True]),
        ("outside", ["centre", "right"], [False, True]),
    ],
)
def test_who_rules(judged, predicate, blocs, expected):
    worlds = [world(alliance=labels, ruling=[-1, 0, -1]) for labels in (PAIR, APART)]
    assert judged({"predicate": predicate, "blocs": tuple(blocs)}, *worlds) == expected


def test_a_bloc_without_influence_does_not_rule_even_if_nobody_does(judged):
    nobody = world(alliance=second([-1, -1, -1]), ruling=[-1, -1, -1])
    assert judged({"predicate": "ruling", "blocs": ("left",)}, nobody) == [False]
    assert judged({"predicate": "outside", "blocs": ("left",)}, nobody) == [True]


@pytest.mark.parametrize(("predicate", "expected"), [("open", [True, False, False]), ("quiet", [False, False, True])])
def test_who_speaks(judged, predicate, expected):
    worlds = [world(open=[[0, 0, 0], voices, [1, 1, 1]]) for voices in ([1, 0, 1], [1, 1, 0], [0, 1, 0])]
    assert judged({"predicate": predicate, "blocs": ("left", "right")}, *worlds) == expected


def test_the_vote(judged):
    worlds = [world(vote_share=[0.9, share, 0.9]) for share in (0.0, 0.1, 0.15, 0.2, 0.21)]
    claim = {"predicate": "vote_share", "low": 0.1, "high": 0.2}
    assert judged(claim, *worlds) == [False, True, True, True, False]


def one(position: int, value: int, usual: int = 0) -> list[list[int]]:
    """Leaders at the second meeting: all as usual but one."""
    row = [usual] * len(LEADERS)
    row[position] = value
    return [[9] * len(LEADERS), row, [9] * len(LEADERS)]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({"at_least": "central_committee"}, [True, True, False, False, False, False]),
        ({"at_most": "party_member"}, [False, False, True, True, True, True]),
        ({"at_least": "expelled", "at_most": "expelled"}, [False, False, False, True, False, False]),
    ],
)
def test_standing(judged, limits, expected):
    worlds = [world(standing=one(1, standing)) for standing in range(len(LADDER))]
    assert judged({"predicate": "standing", "leaders": ("left_2",), **limits}, *worlds) == expected


def test_membership(judged):
    worlds = [world(membership=one(1, bloc)) for bloc in (0, 2, -1)]
    claim = {"leaders": ("left_2",), "bloc": "right"}
    assert judged({"predicate": "in_bloc", **claim}, *worlds) == [False, True, False]
    assert judged({"predicate": "not_in_bloc", **claim}, *worlds) == [False, False, False]  # he never was
    assert judged({"predicate": "not_in_bloc", **claim | {"bloc": "left"}}, *worlds) == [False, True, True]  # he was
    joined = world(membership=[one(1, 2)[1], one(1, 0)[1], one(1, 0)[1]])
    assert judged({"predicate": "not_in_bloc", **claim}, joined) == [True]  # at the meeting before


def test_offices(judged):
    worlds = [world(holder=[[-1, -1], holders, [-1, -1]]) for holders in ([1, -1], [-1, 1], [0, 0])]
    claim = {"leaders": ("left_2",), "office": "army"}
    assert judged({"predicate": "holds", **claim}, *worlds) == [True, False, False]
    assert judged({"predicate": "lost", **claim}, *worlds) == [False, False, False]  # he never held it
    held = world(holder=[[1, -1], [-1, -1], [-1, -1]])
    assert judged({"predicate": "lost", **claim}, held) == [True]


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [("capitulated", [False, True, True]), ("holds_out", [True, False, False]), ("readmitted", [False, False, True])],
)
def test_surrender(judged, predicate, expected):
    worlds = [world(surrendered=one(0, state)) for state in (0, 1, 2)]
    assert judged({"predicate": predicate, "leaders": ("left_1",)}, *worlds) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ((1.0, 1.0), [False, False, False, True]),
        ((0.0, 0.0), [True, False, False, False]),
        ((0.3, 0.7), [False, True, True, False]),
        ((1 / 3, 2 / 3), [False, True, True, False]),
    ],
)
def test_a_share_of_several_leaders(judged, share, expected):
    rows = ([0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1])
    worlds = [world(surrendered=[[0] * 6, [*row, 0, 0, 0], [0] * 6]) for row in rows]
    claim = {"predicate": "capitulated", "leaders": LEADERS[:3], "share": share}
    assert judged(claim, *worlds) == expected


WHEN = {
    "throughout": [True, False, False, False],
    "sometime": [True, True, True, False],
    "never": [False, False, False, True],
}


@pytest.mark.parametrize(("when", "expected"), WHEN.items(), ids=WHEN)
def test_over_a_time(judged, when, expected):
    voices = ([1, 1, 0], [1, 0, 1], [0, 1, 1], [0, 0, 1])  # the third meeting is not asked about
    worlds = [world(open=[[voice, 0, 0] for voice in row]) for row in voices]
    claim = {"predicate": "open", "blocs": ("left",), "between": ("first", "second"), "when": when}
    assert judged(claim, *worlds) == expected


def test_the_window_of_a_claim(struggle):
    claims = (
        {"predicate": "open", "blocs": ("left",), "at": "third"},
        {"predicate": "open", "blocs": ("left",), "between": ("first", "third"), "when": "sometime"},
    )
    case = struggle(*claims)
    assert [window(claim, Index(case)) for claim in case.record] == [(2, 2), (0, 2)]


def test_claims_are_judged_in_the_order_of_the_record_and_none_is_no_error(struggle, worlds):
    case = struggle(
        {"predicate": "quiet", "blocs": ("left",), "at": "first"},
        {"predicate": "open", "blocs": ("left",), "at": "first"},
    )
    ensemble = worlds(case, 3)
    assert judge(ensemble).tolist() == [[True, False]] * 3
    assert judge(worlds(struggle(), 3)).shape == (3, 0)


FIELDS = {
    "blocs": ("left", "centre"),
    "leaders": ("left_1",),
    "office": "army",
    "bloc": "left",
    "low": 0.0,
    "high": 1.0,
    "at_least": "expelled",
}


@pytest.mark.parametrize("predicate", sorted(PREDICATES))
def test_every_predicate_can_be_judged(judged, predicate):
    members = {get_args(model.model_fields["predicate"].annotation)[0]: model for model in get_args(get_args(Claim)[0])}
    fields = {name: FIELDS[name] for name in members[predicate].model_fields if name in FIELDS}
    if predicate in ("open", "quiet", "ruling", "outside"):
        fields["blocs"] = ("left",)
    TypeAdapter(Claim).validate_python({"id": "a", "text": "a", "predicate": predicate, "at": "first", **fields})
    assert judged({"predicate": predicate, **fields}, world(), world()) in ([True, True], [False, False])
