"""Phases 4-8 in small worlds whose outcome is certain: bargaining, stance, vote, sanctions, surrender."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factions.engine.run import run_worlds
from factions.parameters import default_values
from factions.results.ensemble import RUNGS

ALWAYS, NEVER = 1e9, -1e9
ISSUE = ({"id": "tempo"},)
TIES_ALONE = {"misjudgement": 0.0, "habit": 0.0, "trust_motive": 1.0}


def three(a: float, b: float, c: float) -> dict:
    return {f"{name}_1": {"prestige": points} for name, points in zip("abc", (a, b, c), strict=True)}


def tie(a: str, b: str, trust: float) -> dict:
    return {"blocs": (a, b), "trust": trust}


# --- bargaining ---


@pytest.mark.parametrize(("trust", "alliance"), [(0.5, [0, 0]), (-0.5, [0, 1]), (0.0, [0, 1])])
def test_friends_ally_and_others_do_not(struggle, outcome, trust, alliance):
    case = struggle({"a_1": {}, "b_1": {}}, on=("bargaining", "trust"), ties=[tie("a", "b", trust)])
    assert outcome(case, **TIES_ALONE)["alliance"][0].tolist() == alliance


def test_nobody_moves_without_bargaining(struggle, outcome):
    case = struggle({"a_1": {}, "b_1": {}}, on=("trust",), ties=[tie("a", "b", 1.0)])
    assert outcome(case, **TIES_ALONE)["alliance"][0].tolist() == [0, 1]


@pytest.mark.parametrize(("habit", "alliance"), [(0.0, [0, 1]), (0.4, [0, 0])])
def test_habit_holds_allies_who_distrust_each_other_a_little(struggle, outcome, habit, alliance):
    case = struggle({"a_1": {}, "b_1": {}}, on=("bargaining", "trust"), ties=[tie("a", "b", -0.3)],
                    alliances=[{"blocs": ("a", "b")}])  # fmt: skip
    assert outcome(case, **{**TIES_ALONE, "habit": habit})["alliance"][0].tolist() == alliance


def test_an_alliance_needs_consent(struggle, outcome):
    # The prize alone: 0.3 of all influence wins 0.107 alone and would have 0.3 of the whole; 0.7 wins 0.893 alone and
    # would have 0.7. The weaker asks, the stronger refuses.
    case = struggle({"a_1": {"prestige": 7.0}, "b_1": {"prestige": 3.0}}, on=("bargaining", "size"))
    found = outcome(case, contest=2.5)
    assert (found["alliance"][0].tolist(), found["ruling"][0]) == ([0, 1], 0)


@pytest.mark.parametrize("start", [[], ["ab"], ["ac"], ["bc"], ["abc"]])
def test_the_smallest_winning_coalition_forms(struggle, outcome, start):
    # The prize alone, exponent 4. Either 0.3 has 0.6^4/(0.6^4 + 0.4^4)/2 = 0.418 with the other, 0.967 * 3/7 = 0.415
    # with 0.4, and 0.3 with both: whoever starts, the two small ones end together and rule (Riker).
    alliances = [{"blocs": tuple(blocs)} for blocs in start]
    found = outcome(
        struggle(three(4.0, 3.0, 3.0), on=("bargaining", "size"), alliances=alliances), contest=4.0
    )
    assert (found["alliance"][0].tolist(), found["ruling"][0]) == ([0, 1, 1], 1)


def test_the_distrusted_partner_is_excluded(struggle, outcome):
    # All three are allied; a and b trust each other fully, both distrust c, c likes both: it must go.
    ties = [tie("a", "b", 1.0), tie("a", "c", -0.5), tie("b", "c", -0.5)]
    case = struggle(
        three(1, 1, 1), on=("bargaining", "trust"), ties=ties, alliances=[{"blocs": ("a", "b", "c")}]
    )
    found = outcome(case, **TIES_ALONE)
    assert (found["alliance"][0].tolist(), found["ruling"][0]) == ([0, 0, 2], 0)


def test_like_seeks_like(struggle, outcome):
    # Policy and safety in numbers: the two neighbours ally, the pair at a distance of 2 does not.
    leaders = {"a_1": {"ideal_point": {"tempo": -1.0}}, "b_1": {"ideal_point": {"tempo": -0.8}},
               "c_1": {"ideal_point": {"tempo": 1.0}}}  # fmt: skip
    case = struggle(leaders, on=("bargaining", "policy", "safety"), issues=ISSUE)
    assert outcome(case, policy_motive=3.0, safety_motive=1.0)["alliance"][0].tolist() == [0, 0, 2]


def test_the_weak_huddle_up_to_one_half(struggle, outcome):
    # 0.6 is safe enough alone and gains nothing by partners; 0.2 and 0.2 have only each other.
    case = struggle(three(2.0, 2.0, 6.0), on=("bargaining", "safety"))
    assert outcome(case, safety_motive=1.0)["alliance"][0].tolist() == [0, 0, 2]
    assert outcome(struggle(three(2.0, 2.0, 6.0), on=("bargaining",)))["alliance"][0].tolist() == [0, 1, 2]


def test_the_strongest_alliance_rules(struggle, outcome):
    found = outcome(struggle(three(4.0, 3.0, 2.0), alliances=[{"blocs": ("b", "c")}]))
    assert (found["alliance"][0].tolist(), found["ruling"][0]) == ([0, 1, 1], 1)


# --- what a counterfactual imposes ---


def change(kind: str, meeting: int = 0, **fields) -> dict:
    return {"kind": kind, "at": f"m{meeting}", **fields}


def test_blocs_are_held_together_and_kept_apart(struggle, outcome):
    enemies = [tie("a", "b", -1.0)]
    together = change("alliance", blocs=("a", "b"), stand="together")
    case = struggle(three(1, 1, 1), (100, 1), on=("bargaining", "trust"), ties=enemies, changes=[together])
    assert outcome(case, **TIES_ALONE)["alliance"].tolist() == [[0, 0, 2], [0, 1, 2]]
    friends, apart = [tie("a", "b", 1.0)], change("alliance", blocs=("a", "b"), stand="apart")
    case = struggle(three(2, 1, 1), (100, 1), on=("bargaining", "trust"), ties=friends, changes=[apart],
                    alliances=[{"blocs": ("a", "b")}])  # fmt: skip
    assert outcome(case, **TIES_ALONE)["alliance"].tolist() == [[0, 1, 2], [0, 0, 2]]


def test_a_stance_is_imposed_on_those_outside_the_ruling_alliance(struggle, outcome):
    changes = [change("stance", bloc=bloc, to="open") for bloc in "ab"]
    assert outcome(struggle(three(3, 1, 1), changes=changes))["open"][0].tolist() == [0, 1, 0]
    changes = [change("stance", bloc="b", to="quiet")]
    assert outcome(struggle(three(3, 1, 1), changes=changes), voice=ALWAYS)["open"][0].tolist() == [0, 0, 1]


def test_a_sanction_is_imposed_or_spared(struggle, outcome):
    changes = [
        change("sanction", bloc="b", rung="central_committee"),
        change("sanction", bloc="c", rung="none"),
    ]
    found = outcome(
        struggle(three(3, 1, 1), on=("sanctions",), changes=changes), voice=ALWAYS, sanction=ALWAYS
    )
    assert (found["standing"][0].tolist(), found["rung"][0].tolist()) == ([0, 2, 0], [0, 3, 0])


# --- stance and vote ---


@pytest.mark.parametrize(("voice", "opposed"), [(ALWAYS, [0, 1, 1]), (NEVER, [0, 0, 0])])
def test_those_outside_speak_out_or_keep_quiet(struggle, outcome, voice, opposed):
    found = outcome(struggle(three(3, 1, 1)), voice=voice)
    assert found["open"][0].tolist() == opposed


def test_delegates_are_selected(struggle, outcome):
    # Influence 0.6 to 0.4; exponent 3: the opposition has 0.064/0.28 = 0.229 of the votes; half of it for each of two.
    case = struggle(three(6.0, 2.0, 2.0))
    found = outcome(case, voice=ALWAYS, contest=3.0)
    assert found["against"][0] == pytest.approx(0.064 / 0.28)
    assert found["delegates"][0] == pytest.approx([0.216 / 0.28, 0.032 / 0.28, 0.032 / 0.28])
    unselected = outcome(struggle(three(6.0, 2.0, 2.0), kind={"selection": 0.0}), voice=ALWAYS, contest=3.0)
    assert unselected["against"][0] == pytest.approx(0.4)


def test_heads_are_counted_where_the_seated_vote(struggle, outcome):
    # Seated: two of the rulers and one opponent; b_2 is a party member and has no vote, however strong he is.
    leaders = {"a_1": {"prestige": 9.0}, "a_2": {"standing": "central_committee"}, "b_1": {"prestige": 2.0},
               "b_2": {"standing": "party_member", "prestige": 4.0}}  # fmt: skip
    case = struggle(leaders, kind={"electorate": "central_committee", "selection": 0.0})
    found = outcome(case, voice=ALWAYS)
    assert found["against"][0] == pytest.approx(1 / 3)
    assert found["delegates"][0] == pytest.approx([2 / 3, 1 / 3])


def test_defeat_before_the_delegates_disheartens(struggle, outcome):
    # 0.2 of the votes against: a margin of 0.6, half of which frightens.
    case = struggle({"a_1": {"prestige": 4.0}, "b_1": {}}, on=("fear",), kind={"selection": 0.0})
    assert outcome(case, voice=ALWAYS, disheartening=0.5)["fear"][0] == pytest.approx([0.0, 0.3])


# --- sanctions ---

LADDER_WALK = {"voice": ALWAYS, "sanction": ALWAYS, "disheartening": 0.0}


def test_a_chief_goes_down_the_ladder_one_rung_a_meeting(struggle, outcome):
    leaders = {"a_1": {"prestige": 9.0}, "a_2": {"prestige": 9.0, "standing": "central_committee"}, "b_1": {}}
    office = {"id": "army", "holder": "b_1", "machine": 1.0}
    case = struggle(leaders, (10,) * 7, on=("sanctions",), offices=[office])
    found = outcome(case, **LADDER_WALK)
    assert found["rung"][:, 1].tolist() == [1, 2, 3, 4, 5, 6, 6]
    assert found["standing"][:, 2].tolist() == [0, 1, 2, 3, 4, 5, 5]
    assert found["holder"][:, 0].tolist() == [0] * 7  # the ruling alliance fills the office with a seated man


def test_rungs_that_cost_a_chief_nothing_are_skipped_and_those_beyond_the_meeting_are_barred(
    struggle, outcome
):
    leaders = {"a_1": {"prestige": 9.0}, "b_1": {"standing": "central_committee"}}
    found = outcome(struggle(leaders, (10, 10), on=("sanctions",)), **LADDER_WALK)
    assert found["rung"][:, 1].tolist() == [3, 4]
    barred = struggle(leaders, (10, 10), on=("sanctions",), kind={"rungs": RUNGS[1:3]})
    assert outcome(barred, **LADDER_WALK)["rung"][:, 1].tolist() == [0, 0]


@pytest.mark.parametrize(("selectivity", "fellow"), [(1.0, 0), (0.0, 1)])
def test_fellows_are_spared_or_follow_their_chief_a_meeting_later(struggle, outcome, selectivity, fellow):
    leaders = {"a_1": {"prestige": 9.0}, "b_1": {}, "b_2": {}}
    found = outcome(
        struggle(leaders, (10, 10), on=("sanctions", "fear")),
        selectivity=selectivity,
        fear_fade=0.0,
        **LADDER_WALK,
    )
    assert found["standing"][:, 1:].tolist() == [[1, 0], [2, fellow]]
    # The chief is half of his bloc, then 0.8 of 1.8: each blow frightens that share of what is not yet afraid.
    assert found["fear"][0, 1] == pytest.approx(0.5)
    calm = 0.5 * (1.0 / 1.8) * (0.8 / 1.8 if fellow else 1.0)
    assert found["fear"][1, 1] == pytest.approx(1.0 - calm)


def test_without_the_mechanism_a_blow_frightens_nobody(struggle, outcome):
    leaders = {"a_1": {"prestige": 9.0}, "b_1": {}, "b_2": {}}
    found = outcome(struggle(leaders, (10, 10), on=("sanctions",)), selectivity=0.0, **LADDER_WALK)
    assert found["rung"][:, 1].tolist() == [2, 3]
    assert not found["fear"].any()


def test_who_steps_in_for_a_fallen_chief_is_drawn_down_too(struggle, outcome):
    leaders = {"a_1": {"prestige": 9.0}, "b_1": {"standing": "party_member"}, "b_2": {}}
    found = outcome(struggle(leaders, (10, 10), on=("sanctions",)), selectivity=1.0, **LADDER_WALK)
    assert found["standing"][:, 1:].tolist() == [[3, 0], [4, 3]]


@pytest.mark.parametrize(("alliances", "rung"), [([], 2), ([{"blocs": ("a", "b")}], 0)])
def test_partners_of_the_strongest_ruler_restrain_him(struggle, outcome, alliances, rung):
    # Shares 0.6, 0.3 and 0.1, c in open opposition. With b quiet outside, a leads by 0.6 - 0.1, in power with b by
    # 0.6 - 0.3 - 0.1: log-odds 150 and -150.
    quiet = [change("stance", bloc="b", to="quiet")]
    case = struggle(three(6, 3, 1), on=("sanctions",), alliances=alliances, changes=quiet)
    values = {"sanction": -350.0, "sanction_dominance": 1000.0, "sanction_severity": 0.0}
    found = outcome(case, **(LADDER_WALK | values))
    assert found["rung"][0].tolist() == [0, 0, rung]


def test_the_quiet_and_the_rulers_are_left_alone(struggle, outcome):
    assert not outcome(struggle(three(3, 1, 1), on=("sanctions",)), sanction=ALWAYS)["rung"].any()
    assert not outcome(struggle(three(3, 1, 1)), **LADDER_WALK)["rung"].any()  # sanctions off


@pytest.mark.parametrize(("fills", "standing"), [(True, 0), (False, 1)])
def test_an_empty_seat_goes_to_the_most_influential_ruler_of_the_central_committee(
    struggle, outcome, fills, standing
):
    leaders = {"a_1": {"prestige": 9.0}, "a_2": {"prestige": 2.0, "standing": "central_committee"},
               "a_3": {"prestige": 5.0, "standing": "central_committee"}, "b_1": {}}  # fmt: skip
    found = outcome(struggle(leaders, on=("sanctions",), kind={"fills_seats": fills}), **LADDER_WALK)
    assert found["standing"][0].tolist() == [0, 1, standing, 1]


def test_an_office_with_a_patron_is_his_to_take_until_its_holder_leaves_the_party(struggle, outcome):
    leaders = {
        "a_1": {"prestige": 9.0},
        "a_2": {"standing": "central_committee"},
        "b_1": {"standing": "party_member"},
    }
    offices = [{"id": "secretariat", "holder": "a_1", "machine": 1.0},
               {"id": "press", "holder": "b_1", "machine": 1.0, "appointed_by": "secretariat"}]  # fmt: skip
    office = struggle(leaders, on=("sanctions",), offices=offices, kind={"rungs": ("office",)})
    assert outcome(office, **LADDER_WALK)["holder"][0].tolist() == [0, 2]
    party = struggle(leaders, on=("sanctions",), offices=offices)
    assert outcome(party, **LADDER_WALK)["holder"][0].tolist() == [0, 1]  # fewest offices first


# --- surrender ---


def test_the_punished_capitulate_and_come_back(struggle, outcome):
    leaders = {
        "a_1": {"prestige": 9.0},
        "b_1": {"standing": "party_member"},
        "b_2": {"standing": "party_member"},
    }
    case = struggle(leaders, (10, 10), on=("sanctions", "surrender"))
    found = outcome(case, surrender=ALWAYS, readmission=ALWAYS, selectivity=0.0, **LADDER_WALK)
    assert found["surrendered"].tolist() == [[0, 1, 0], [0, 2, 1]]
    assert found["standing"].tolist() == [[0, 3, 2], [0, 2, 3]]
    assert found["membership"].tolist() == [[0, -1, 1], [0, -1, -1]]


@pytest.mark.parametrize("on", [("sanctions",), ("sanctions", "surrender")])
def test_or_hold_out(struggle, outcome, on):
    case = struggle({"a_1": {"prestige": 9.0}, "b_1": {"standing": "party_member"}}, on=on)
    surrender = NEVER if "surrender" in on else ALWAYS
    found = outcome(case, surrender=surrender, **LADDER_WALK)
    assert (found["surrendered"][0].tolist(), found["membership"][0].tolist()) == ([0, 0], [0, 1])


@pytest.mark.parametrize(("to", "surrendered"), [("capitulate", 1), ("hold_out", 0)])
def test_a_surrender_is_imposed(struggle, outcome, to, surrendered):
    case = struggle({"a_1": {"prestige": 9.0}, "b_1": {}}, on=("sanctions", "surrender"),
                    changes=[change("surrender", leaders=("b_1",), to=to)])  # fmt: skip
    contrary = NEVER if surrendered else ALWAYS
    assert outcome(case, surrender=contrary, **LADDER_WALK)["surrendered"][0].tolist() == [0, surrendered]


def test_hope_keeps_the_punished_from_it(struggle, outcome):
    # 1 of 5 shares against the rulers' 4: log-odds 300 - 1000 * 0.2 or 100 - 1000 * 0.2.
    case = struggle({"a_1": {"prestige": 4.0}, "b_1": {}}, on=("sanctions", "surrender"))
    values = {"surrender_hope": 1000.0, "surrender_solidarity": 0.0, "surrender_discipline": 0.0}
    for surrender, gives_in in ((300.0, 1), (100.0, 0)):
        found = outcome(case, surrender=surrender, **values, **LADDER_WALK)
        assert found["surrendered"][0].tolist() == [0, gives_in]


@pytest.mark.parametrize(("second", "share"), [("open", 20 / 21), ("quiet", 1 - math.exp(-20 * 2 / 365.25))])
def test_a_blow_to_a_fellow_makes_the_fallen_chief_think_again(struggle, second, share):
    # He is made to hold out when expelled. Two days later his fellow follows him out, or nobody does: odds of 20, or a
    # rate of 20 a year.
    leaders = {
        "a_1": {"prestige": 20.0},
        "b_1": {"standing": "party_member"},
        "b_2": {"standing": "party_member"},
    }
    changes = [change("surrender", leaders=("b_1",), to="hold_out"), change("stance", 1, bloc="b", to=second)]
    case = struggle(
        leaders, (1, 2), on=("sanctions", "surrender"), changes=changes, kind={"rungs": RUNGS[1:5]}
    )
    values = default_values({"surrender": math.log(20.0), "surrender_hope": 0.0, "surrender_solidarity": 0.0,
                             "surrender_discipline": 0.0, **LADDER_WALK})  # fmt: skip
    found = run_worlds(case, np.arange(4000), values, seed=3)["surrendered"]
    assert not found[:, 0, 1].any()
    assert found[:, 1, 1].mean() == pytest.approx(share, abs=0.02)  # four standard errors at most


def test_solidarity_keeps_followers_in_line_only_while_comrades_hold_out(struggle, outcome):
    # Both have been struck when the chief is made to give in; his follower is then alone: he would hold out only
    # beside him.
    leaders = {"a_1": {"prestige": 20.0}, "b_1": {"prestige": 9.0}, "b_2": {"prestige": 1.0}}
    values = {"surrender": 500.0, "surrender_hope": 0.0, "surrender_solidarity": 1000.0, "selectivity": 0.0}
    case = {"gaps": (10, 10), "on": ("sanctions", "surrender")}
    firm = outcome(struggle(leaders, **case), **values, **LADDER_WALK)
    assert firm["surrendered"][1].tolist() == [0, 0, 0]  # all comrades hold out: 500 - 1000 * 1
    broken = [change("surrender", 1, leaders=("b_1",), to="capitulate")]
    found = outcome(struggle(leaders, changes=broken, **case), **values, **LADDER_WALK)
    assert found["surrendered"][1].tolist() == [0, 1, 1]  # 1 of 10 is left, he himself: 500 - 1000 * 0.1
