"""What meetings of different kinds may do: small struggles worked out by hand, in which both engines agree."""

from __future__ import annotations

import datetime as dt

import pytest

from factions.report.chronicle import tell
from factions.scenario.content.tables import MeetingKind
from factions.vocabulary import RUNGS

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


@pytest.mark.parametrize("change", [{"overrules": False}, {"electorate": "politburo", "ruled_by": "influence"}])
def test_only_a_wider_body_that_may_overrules(sittings, both, change):
    # The secretary rules at the second meeting too, but that is no wider body, or may not.
    found = both(sittings([PRESIDIUM, PLENUM | change | {"id": "second"}], offices=[FIRST | {"machine": 0.5}]))
    assert found["ruling"].tolist() == [GUARD, SECRETARY]
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
    first, second = (
        " ".join(chapter.paragraphs)
        for chapter in tell(case, 0, 1, parameters(case, precision=1e9, voice_mass=0.0)).chapters
    )
    assert "Guard ruled, with 3 of 4 votes." in first
    assert "Secretary ruled, with 4 of 7 votes." in second
    undone = "The meeting undid what a narrower body had done to secretary 1, with the First Secretaryship."
    assert undone in second


def test_a_change_that_holds_an_office_is_not_overruled(sittings, both):
    hold = [{"kind": "hold", "office": "first_secretary", "leader": "guard_1", "at": "m1"}]
    found = both(sittings([PRESIDIUM, PLENUM], offices=[FIRST], changes=hold))
    assert found["holder"].tolist() == [[0], [0]]


# --- rulers who turn on one of their own ---

THREE = {"a_1": {"prestige": 4.0}, "b_1": {"prestige": 4.0}, "c_1": {"prestige": 2.0}, "c_2": {"prestige": 1.0}}
"""They rule together. a and b are safe without c, whom they trust little; c is safer with them than alone."""
PURGE = ("office", "politburo", "central_committee", "party")


def turning(struggle, purges=PURGE, leaders=THREE, **kind):
    """At the second meeting a and b put c out, which keeps quiet."""
    ties = [{"blocs": ("a", "b"), "trust": 1.0}, {"blocs": ("a", "c"), "trust": -0.1}]
    ties.append({"blocs": ("b", "c"), "trust": -0.1})
    together = {"kind": "alliance", "blocs": ("a", "b", "c"), "stand": "together", "at": "m0"}
    quiet = {"kind": "stance", "bloc": "c", "to": "quiet", "at": "m1"}
    return struggle(
        leaders,
        (10, 10),
        on=("bargaining", "trust", "safety", "sanctions"),
        ties=ties,
        alliances=[{"blocs": ("a", "b", "c")}],
        changes=[together, quiet],
        kind={"purges": purges, "selection": 0.0, "two_thirds": ("party",), **kind},
    )


TURN = {"safety_motive": 1.0, "misjudgement": 0.0, "habit": 0.0, "trust_rate": 0.0}


@pytest.mark.parametrize(("selection", "rung"), [(0.0, "party"), (1.0, "central_committee")])
def test_a_partner_who_is_put_out_falls_as_far_as_the_votes_carry(struggle, both, selection, rung):
    # a and b have 8 of 11 points, more than two thirds. An exponent of 1/2 makes 0.62 of it: expulsion is out of reach.
    found = both(turning(struggle, selection=selection), contest=0.5, **TURN)
    assert found["alliance"].tolist() == [[0, 0, 0], [0, 0, 2]]
    assert found["rung"][:, 2].tolist() == [0, RUNGS.index(rung)]
    assert found["standing"][1].tolist() == [0, 0, RUNGS.index(rung) - 1, 0]  # the chief alone


@pytest.mark.parametrize(("government", "rung"), [(("a", "b", "c"), "party"), (("a", "b"), "none"), ((), "none")])
def test_the_rulers_of_the_first_day_may_put_out_a_partner_at_the_first_meeting(struggle, both, government, rung):
    case = struggle(
        THREE,
        (10,),
        on=("bargaining", "trust", "safety", "sanctions"),
        ties=[{"blocs": ("a", "b"), "trust": 1.0}, *({"blocs": (one, "c"), "trust": -0.1} for one in "ab")],
        alliances=[{"blocs": government}] if government else [],
        changes=[{"kind": "stance", "bloc": "c", "to": "quiet", "at": "m0"}],
        kind={"purges": PURGE, "selection": 0.0},
    )
    found = both(case, **TURN)
    assert found["alliance"][0].tolist() == [0, 0, 2]
    assert found["rung"][0].tolist() == [0, 0, RUNGS.index(rung)]


def test_without_purges_he_is_an_outsider_like_any_other(struggle, both):
    found = both(turning(struggle, purges=()), **TURN)
    assert found["alliance"][1].tolist() == [0, 0, 2] and not found["rung"].any()


def test_a_purge_skips_what_the_meeting_may_not_and_what_he_does_not_feel(struggle, both):
    found = both(turning(struggle, purges=("office", "politburo"), rungs=()), **TURN)
    assert found["rung"][1].tolist() == [0, 0, 2]  # though the meeting has no rungs for open opponents
    below = THREE | {"c_1": {"prestige": 2.0, "standing": "central_committee"}}
    found = both(turning(struggle, purges=("office", "politburo"), leaders=below), **TURN)
    assert not found["rung"].any()


def test_who_leaves_by_himself_is_not_purged(struggle, both):
    # c alone distrusts; it leaves before it can be struck as a traitor.
    ties = [{"blocs": ("a", "b"), "trust": 1.0}, {"blocs": ("a", "c"), "trust": -0.1}]
    case = struggle(
        {"a_1": {"prestige": 6.0}, "c_1": {"prestige": 1.0}, "b_1": {}},
        (10, 10),
        on=("bargaining", "trust", "sanctions"),
        ties=ties,
        alliances=[{"blocs": ("a", "b", "c")}],
        kind={"purges": PURGE},
        changes=[
            {"kind": "alliance", "blocs": ("a", "b", "c"), "stand": "together", "at": "m0"},
            {"kind": "alliance", "blocs": ("a", "b"), "stand": "together", "at": "m1"},
            {"kind": "alliance", "blocs": ("a", "c"), "stand": "apart", "at": "m1"},
            {"kind": "stance", "bloc": "c", "to": "quiet", "at": "m1"},
        ],
    )
    found = both(case, **TURN)
    assert found["alliance"][1].tolist() == [0, 1, 0] and not found["rung"].any()


def test_a_whole_government_that_falls_is_not_purged(struggle, both):
    # b outgrows a: nobody who ruled with a rules now.
    enrich = {"id": "war", "kind": "appointment", "office": "army", "leader": "b_1", "date": dt.date(1924, 1, 15)}
    case = struggle(
        {"a_1": {"prestige": 2.0}, "b_1": {}},
        (10, 10),
        on=("sanctions",),
        offices=[{"id": "army", "machine": 5.0, "holder": "a_1"}],
        kind={"purges": PURGE, "rungs": ()},
        events=[enrich],
    )
    found = both(case)
    assert found["ruling"].tolist() == [0, 1] and not found["rung"].any()


def test_the_chronicle_says_that_partners_turned_on_him(struggle, parameters):
    case = turning(struggle)
    second = " ".join(tell(case, 0, 1, parameters(case, precision=1e9, voice_mass=0.0, **TURN)).chapters[1].paragraphs)
    assert "The rulers turned on c, their partners until then, by expulsion from the party" in second
    assert ": c 1." in second


# --- offices and seats ---


@pytest.mark.parametrize(("reshuffles", "holders"), [(True, [0, 2, 2]), (False, [1, 2, 2])])
def test_the_rulers_take_the_offices_that_meetings_fill(struggle, both, reshuffles, holders):
    leaders = {"a_1": {"prestige": 9.0}, "b_1": {}, "other": {}}
    offices = [
        {"id": "army", "machine": 1.0, "holder": "b_1"},
        {"id": "bank", "machine": 1.0, "holder": "other"},  # of no bloc: nobody's opponent
        {"id": "press", "machine": 1.0, "holder": "other", "appointed_by": "army"},  # its patron's
    ]
    found = both(struggle(leaders, offices=offices, kind={"reshuffles": reshuffles}))
    assert found["holder"][0].tolist() == holders
    assert not found["rung"].any()  # it is no punishment


def test_where_nobody_rules_nobody_takes_an_office(struggle, both):
    leaders = {"a_1": {"prestige": 0.0}, "b_1": {"prestige": 0.0}}
    offices = [{"id": "army", "machine": 0.0, "holder": "b_1"}]
    found = both(struggle(leaders, offices=offices, kind={"reshuffles": True}))
    assert found["ruling"][0] == -1 and found["holder"][0].tolist() == [1]


def test_spoils_are_shared_out_by_the_order_of_vacancies(struggle, both):
    # The deputy comes first; then the seated man with fewest offices.
    leaders = {"a_1": {"prestige": 9.0}, "a_2": {"standing": "party_member"}, "a_3": {}, "b_1": {}}
    offices = [
        {"id": "army", "machine": 0.1, "holder": "b_1", "deputies": ("a_2",)},
        {"id": "bank", "machine": 0.1, "holder": "b_1"},
        {"id": "court", "machine": 0.1, "holder": "b_1"},
    ]
    found = both(struggle(leaders, offices=offices, kind={"reshuffles": True}))
    assert found["holder"][0].tolist() == [1, 0, 2]


@pytest.mark.parametrize(("fills", "standing"), [(True, [0, 2, 1, 2, 2]), (False, [0, 2, 2, 2, 2])])
def test_a_congress_fills_the_committee_with_the_best_known_of_the_rulers(struggle, both, fills, standing):
    # One of the two seats is empty once its holder is struck down; the strongest of the opposition gets none.
    leaders = {
        "a_1": {"prestige": 9.0},
        "a_2": {"standing": "party_member"},
        "a_3": {"standing": "party_member", "prestige": 2.0},
        "b_1": {"standing": "central_committee"},
        "b_2": {"standing": "party_member", "prestige": 5.0},
    }
    kind = {"fills_committee": fills, "fills_seats": True, "rungs": ("central_committee",)}
    found = both(struggle(leaders, on=("sanctions",), kind=kind))
    assert found["standing"][0].tolist() == standing


def test_nobody_is_elected_where_no_seat_is_empty(struggle, both):
    leaders = {"a_1": {"prestige": 9.0}, "a_2": {"standing": "party_member"}, "b_1": {"standing": "central_committee"}}
    found = both(struggle(leaders, kind={"fills_committee": True}))
    assert found["standing"][0].tolist() == [0, 2, 1]


# --- offices that are resigned and created, and a committee that grows ---

RULERS = {"a_1": {"prestige": 9.0}, "a_2": {"prestige": 5.0}, "a_3": {"prestige": 2.0}, "b_1": {}}


def dated(kind: str, day: int, **fields) -> dict:
    return {"id": f"{kind}_{day}", "kind": kind, "date": dt.date(1924, 1, day), **fields}


@pytest.mark.parametrize(("who", "holders"), [("a_1", [0, 1, 1]), ("a_2", [0, 0, 0])])
def test_who_resigns_is_not_given_the_office_again(struggle, both, who, holders):
    # The office would be his again at every meeting: he is the weightiest of the rulers, and has no other.
    resigns = dated("resignation", 15, leader=who, office="army")
    army = {"id": "army", "machine": 1.0, "holder": "a_1"}
    found = both(struggle(RULERS, (10, 10, 10), offices=[army], events=[resigns]))
    assert found["holder"][:, 0].tolist() == holders


def test_his_deputy_acts_until_the_office_is_filled(struggle, both):
    # At the second meeting influence is added up before the office is filled: b_1 deputises.
    resigns = dated("resignation", 15, leader="a_1", office="army")
    army = {"id": "army", "machine": 17.0, "holder": "a_1", "deputies": ("b_1",)}
    found = both(struggle(RULERS, (10, 10), offices=[army], events=[resigns]))
    assert found["influence"][:, 1].tolist() == [1 / 34, 18 / 34]


@pytest.mark.parametrize(("day", "holders"), [(15, [-1, 0, 0]), (25, [-1, -1, 0]), (None, [0, 0, 0])])
def test_nobody_holds_an_office_before_it_is_created(struggle, both, day, holders):
    created = [dated("creation", day, office="army")] if day else []
    found = both(struggle(RULERS, (10, 10, 10), offices=[{"id": "army", "machine": 17.0}], events=created))
    assert found["holder"][:, 0].tolist() == holders


def test_a_creation_that_is_cancelled_leaves_the_party_without_the_office(struggle, both):
    created = dated("creation", 15, office="army")
    cancel = {"kind": "cancel", "events": ("creation_15",)}
    found = both(
        struggle(RULERS, (10, 10), offices=[{"id": "army", "machine": 17.0}], events=[created], changes=[cancel])
    )
    assert found["holder"][:, 0].tolist() == [-1, -1]


@pytest.mark.parametrize(("fills", "standing"), [(True, [0, 1, 1, 2]), (False, [0, 1, 2, 2])])
def test_a_committee_that_is_enlarged_takes_in_the_rulers_men(struggle, both, fills, standing):
    below = {"standing": "party_member"}
    leaders = {"a_1": {}, "a_2": {"standing": "central_committee"}, "a_3": below, "b_1": below}
    grows = dated("committee_seats", 15, number=3)
    found = both(struggle(leaders, (10, 10), kind={"fills_committee": fills}, events=[grows]))
    assert found["standing"].tolist() == [[0, 1, 2, 2], standing]
