"""What narrow and wide bodies decide, and how one undoes what the other did: small struggles worked out by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from factions.model.run import run_worlds as run_mesa
from factions.report.chronicle import tell
from factions.scenario.tables import MeetingKind

LOUD = {"precision": 1e9, "voice_mass": 0.0, "voice_loyalty": 0.0}
"""Whoever is outside and has any name speaks out, and rulers with the votes always strike."""

PRESIDIUM = {"id": "presidium", "electorate": "politburo", "selection": 0.0, "ruled_by": "votes", "rungs": ("office",)}
PLENUM = {"id": "plenum", "electorate": "central_committee", "selection": 0.0, "ruled_by": "votes", "overrules": True}
CONGRESS = {"id": "congress", "electorate": "delegates", "selection": 0.0}

# Four in the Presidium: three of the old guard, one of the apparatus, who has more influence than they and all others
# in the Committee.
CAST = {
    "guard_1": {"prestige": 2.0},
    "guard_2": {},
    "guard_3": {},
    "secretary_1": {"prestige": 3.0},
    "secretary_2": {"standing": "central_committee"},
    "secretary_3": {"standing": "central_committee"},
    "secretary_4": {"standing": "central_committee"},
}
FIRST = {"id": "first_secretary", "name": "First Secretaryship", "holder": "secretary_1", "machine": 5.0}
GUARD, SECRETARY = 0, 1


@pytest.fixture
def both(outcome, parameters):
    """both(scenario, **values): what the engine finds, once the Mesa model has found the same in world 0."""

    def run(scenario, **values):
        found = outcome(scenario, **{**LOUD, **values})
        mesa = run_mesa(scenario, [0], parameters(scenario, **{**LOUD, **values}), 1)
        assert all(np.array_equal(found[name], mesa[name][0]) for name in found)
        return found

    return run


@pytest.fixture
def sittings(struggle):
    """sittings(kinds, leaders, gaps, **tables): a struggle whose meetings are of these kinds, one after the other."""

    def write(kinds, leaders=CAST, gaps=None, **tables):
        case = struggle(leaders, gaps or (10,) * len(kinds), on=("sanctions",), **tables)
        known = {kind["id"]: MeetingKind.model_validate(kind) for kind in kinds}
        meetings = [
            each.model_copy(update={"kind": kind["id"]}) for each, kind in zip(case.meetings, kinds, strict=True)
        ]
        return case.model_copy(update={"meeting_kinds": tuple(known.values()), "meetings": tuple(meetings)})

    return write


def test_influence_or_heads_decide_who_rules(sittings, both):
    for ruled_by, ruling in (("influence", SECRETARY), ("votes", GUARD)):
        found = both(sittings([PRESIDIUM | {"ruled_by": ruled_by}], offices=[FIRST]))
        assert found["ruling"].tolist() == [ruling]


def test_the_politburo_votes_by_head_without_the_committee(sittings, both):
    found = both(sittings([PRESIDIUM, PLENUM | {"ruled_by": "influence"}], offices=[FIRST]))
    assert found["open"].tolist() == [[0, 1], [0, 1]]  # without his office the secretary has 6 of 15 points
    assert found["vote_share"] == pytest.approx([1 / 4, 4 / 7])


def test_equal_heads_are_decided_by_influence_and_no_heads_too(sittings, both):
    even = {name: fields for name, fields in CAST.items() if name not in ("guard_2", "guard_3")}
    assert both(sittings([PRESIDIUM], even, offices=[FIRST]))["ruling"].tolist() == [SECRETARY]
    nobody = {name: {**fields, "standing": "party_member"} for name, fields in CAST.items()}
    assert both(sittings([PRESIDIUM], nobody, offices=[FIRST]))["ruling"].tolist() == [SECRETARY]


def test_who_has_the_heads_needs_no_influence_to_punish(sittings, both):
    # By influence the guard would have 4 of 10 points of those who take sides, and fall short of one half.
    assert both(sittings([PRESIDIUM], offices=[FIRST | {"machine": 0.0}]))["rung"].tolist() == [[0, 1]]
    two = {name: fields for name, fields in CAST.items() if name != "guard_3"} | {"other_1": {}}
    allies = [{"blocs": ("guard", "other")}]  # the stronger ally has two of four heads
    found = both(sittings([PRESIDIUM | {"two_thirds": ("office",)}], two, offices=[FIRST], alliances=allies))
    assert found["ruling"].tolist() == [GUARD] and found["rung"].tolist() == [[0, 0, 0]]


def test_a_wider_body_gives_back_what_a_narrower_one_took(sittings, both):
    found = both(sittings([PRESIDIUM, PLENUM], offices=[FIRST]))
    assert found["holder"].tolist() == [[0], [3]]  # the chief of the guard had it for ten days
    assert found["ruling"].tolist() == [GUARD, SECRETARY]
    assert found["rung"].tolist() == [[0, 1], [0, 0]]


def test_standing_comes_back_with_the_office(sittings, both):
    office_and_seat = PRESIDIUM | {"rungs": ("office", "politburo")}
    found = both(sittings([office_and_seat, office_and_seat, PLENUM], offices=[FIRST]))
    assert found["standing"][:, 3].tolist() == [0, 1, 0]
    assert found["rung"][:, SECRETARY].tolist() == [1, 2, 0]  # both blows were within the same review
    assert found["holder"][:, 0].tolist() == [0, 0, 3]


@pytest.mark.parametrize("kind", [PLENUM | {"overrules": False}, PLENUM | {"electorate": "politburo"}])
def test_only_a_wider_body_that_may_overrules(sittings, both, kind):
    found = both(sittings([PRESIDIUM, kind], offices=[FIRST]))
    assert found["rung"][:, SECRETARY].tolist() == [1, 1] and found["holder"].tolist() == [[0], [0]]


def test_what_the_wider_body_upholds_is_final(sittings, both):
    # The first plenum sits when the guard has a majority there; a later one would have thought otherwise.
    weak = CAST | {name: {"standing": "party_member"} for name in ("secretary_2", "secretary_3", "secretary_4")}
    rise = [
        {"id": f"rise_{n}", "kind": "standing", "leader": f"secretary_{n}", "to": "central_committee"}
        | {"date": dt.date(1924, 1, 25)}
        for n in (2, 3, 4)
    ]
    found = both(sittings([PRESIDIUM, PLENUM, PLENUM], weak, offices=[FIRST], events=rise))
    assert found["ruling"].tolist() == [GUARD, GUARD, SECRETARY]
    assert found["holder"].tolist() == [[0], [0], [0]]
    assert found["rung"][:, SECRETARY].tolist() == [1, 1, 1]


def test_a_later_blow_of_the_wider_body_itself_stands(sittings, both):
    # The plenum that could overrule is not yet there; a congress that overrules nothing strikes again.
    strong = CAST | {"guard_1": {"prestige": 9.0}}
    congress = CONGRESS | {"rungs": ("office", "politburo")}
    found = both(sittings([PRESIDIUM, congress, PLENUM], strong, offices=[FIRST]))
    assert found["rung"][:, SECRETARY].tolist() == [1, 2, 2]
    assert found["standing"][:, 3].tolist() == [0, 1, 1]


def test_the_dead_get_nothing_back(sittings, both):
    death = [{"id": "death", "kind": "death", "leader": "secretary_1", "date": dt.date(1924, 1, 15)}]
    seat = PRESIDIUM | {"rungs": ("politburo",)}
    fifth = CAST | {
        "secretary_5": {"standing": "central_committee"}
    }  # with him they outvote the guard without the dead
    found = both(sittings([seat, PLENUM], fifth, events=death))
    assert found["ruling"].tolist() == [GUARD, SECRETARY]
    assert found["standing"][:, 3].tolist() == [1, 1]


def test_the_chronicle_tells_who_was_overruled(sittings, parameters):
    case = sittings([PRESIDIUM, PLENUM], offices=[FIRST])
    first, second = (" ".join(chapter.paragraphs) for chapter in tell(case, 0, 1, parameters(case, **LOUD)).chapters)
    assert "Guard ruled, with 3 of 4 votes." in first
    assert "Secretary ruled, with 4 of 7 votes." in second
    undone = "The meeting undid what a narrower body had done to secretary 1, with the First Secretaryship."
    assert undone in second


def test_a_change_that_holds_an_office_is_not_overruled(sittings, both):
    hold = [{"kind": "hold", "office": "first_secretary", "leader": "guard_1", "at": "m1"}]
    found = both(sittings([PRESIDIUM, PLENUM], offices=[FIRST], changes=hold))
    assert found["holder"].tolist() == [[0], [0]]
