"""Phases 1-3 in small worlds whose outcome is certain: events, influence, loyalty."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest

from factions.model import Party

YEAR = 365.25
ISSUE = ({"id": "tempo"},)
REGIME = ({"id": "regime", "regime": True},)


def test_influence_is_prestige_by_standing_and_machine(struggle, outcome):
    # left: 10 in the Politburo; centre: 0.6 * 10 and an office of 4; the unaligned: 0.36 * 10 and one of 6.4; all 30.
    leaders = {
        "left_1": {"prestige": 10.0},
        "centre_1": {"prestige": 10.0, "standing": "central_committee"},
        "wanderer": {"prestige": 10.0, "standing": "party_member"},
    }
    offices = [
        {"id": "press", "holder": "centre_1", "machine": 4.0},
        {"id": "army", "holder": "wanderer", "machine": 6.4},
    ]
    found = outcome(struggle(leaders, offices=offices), standing_weight=0.6)
    assert found["influence"][0] == pytest.approx([10 / 30, 10 / 30])
    assert found["delegates"][0] == pytest.approx([10 / 30, 10 / 30])


def test_nobody_outside_the_party_or_out_of_play_counts(struggle, outcome):
    leaders = {"left_1": {"standing": "expelled"}, "right_1": {"active": False}, "centre_1": {}}
    found = outcome(struggle(leaders))
    assert found["influence"][0].tolist() == [0.0, 0.0, 1.0]
    assert found["alliance"][0].tolist() == [-1, -1, 2]
    assert found["ruling"][0] == 2


def test_a_party_without_anybody_in_play_has_no_rulers(struggle, outcome):
    found = outcome(struggle({"left_1": {"active": False}, "right_1": {"prestige": 0.0}}))
    assert found["ruling"].tolist() == [-1]
    assert not found["influence"].any() and not found["delegates"].any()


def test_a_deputy_wields_the_office_of_the_ill(struggle, outcome):
    leaders = {"left_1": {"active": False}, "left_2": {}, "centre_1": {}, "centre_2": {"prestige": 0.0}}
    office = {"id": "army", "holder": "left_1", "machine": 2.0}
    alone = outcome(struggle(leaders, offices=[office]))
    deputised = outcome(struggle(leaders, offices=[{**office, "deputies": ["centre_2"]}]))
    assert alone["influence"][0].tolist() == [0.5, 0.5]  # nobody wields it
    assert deputised["influence"][0].tolist() == [0.25, 0.75]
    assert deputised["holder"][0].tolist() == [0]  # the holder stays in office


def event(kind: str, day: int, **fields) -> dict:
    return {"id": f"{kind}_{day}", "kind": kind, "date": f"1924-01-{day:02d}", **fields}


@pytest.fixture
def after(struggle, parameters):
    """after(events): the parties of two leaders and an office after one meeting and after two, half a year apart."""

    def run(*events: dict, **tables) -> tuple[Party, Party]:
        dated = [{**entry, "date": dt.date.fromisoformat(entry["date"])} for entry in events]
        leaders = {"left_1": {"prestige": 3.0}, "centre_1": {}, "centre_2": {}}
        office = {"id": "army", "holder": "left_1", "machine": 2.0, "deputies": ["centre_2"], "appointed_by": "army"}
        case = struggle(leaders, (30, 183), events=dated, issues=ISSUE, offices=[office], **tables)
        parties = tuple(Party(case, values=parameters(case, attention_fade=1.0)) for _ in range(2))
        parties[0].step()
        for _ in range(2):
            parties[1].step()
        return parties

    return run


def test_the_foremost_deputy_who_is_in_play_acts(struggle, outcome):
    leaders = {"left_1": {"active": False}, "right_1": {}, "centre_1": {}, "centre_2": {"prestige": 0.0}}
    office = {"id": "army", "holder": "left_1", "machine": 2.0, "deputies": ["centre_2", "right_1"]}
    first = outcome(struggle(leaders, offices=[office]))
    second = outcome(struggle({**leaders, "centre_2": {"active": False}}, offices=[office]))
    assert first["influence"][0].tolist() == [0.0, 0.25, 0.75]
    assert second["influence"][0].tolist() == [0.0, 0.75, 0.25]


def test_an_office_goes_to_a_deputy_before_the_seated(struggle, parameters):
    # Who appoints is of the centre.  The first of it would be centre_1, who is seated; a deputy of another bloc is not
    # his to appoint.
    leaders = {
        "left_1": {"prestige": 3.0},
        "left_2": {},
        "centre_1": {"prestige": 2.0},
        "centre_2": {"standing": "party_member"},
        "centre_3": {"prestige": 9.0},
    }
    died = {"id": "end", "kind": "death", "date": dt.date(1924, 1, 5), "leader": "left_1"}
    offices = [
        {"id": "secretariat", "holder": "centre_3", "machine": 1.0},
        {"id": "army", "holder": "left_1", "machine": 2.0, "appointed_by": "secretariat"},
    ]

    def heir(deputies: list[str]) -> str:
        offices[1]["deputies"] = deputies
        case = struggle(leaders, (30,), events=[died], offices=offices)
        party = Party(case, values=parameters(case))
        party.step()
        return party.offices[1].holder.entry.id

    assert heir([]) == "centre_1"
    assert heir(["centre_2"]) == "centre_2"
    assert heir(["left_2"]) == "centre_1"
    assert heir(["centre_2", "centre_1"]) == "centre_1"  # among deputies as among others: the seated first


def test_a_death_empties_the_office_for_the_deputy(after):
    first, _ = after(event("death", 5, leader="left_1"))
    assert [leader.activity for leader in first.leaders] == [-1, 1, 1]
    assert first.offices[0].holder.entry.id == "centre_2"
    assert [bloc.influence for bloc in first.blocs] == [0.0, 1.0]


def test_illness_and_recovery(after):
    first, _ = after(event("illness", 5, leader="left_1"))
    assert first.leaders[0].activity == 0
    first, _ = after(event("illness", 5, leader="left_1"), event("recovery", 6, leader="left_1"))
    assert first.leaders[0].activity == 1
    first, _ = after(event("death", 5, leader="left_1"), event("recovery", 6, leader="left_1"))
    assert first.leaders[0].activity == -1


def test_a_policy_shift_moves_ideal_points_within_the_scale(after):
    first, _ = after(event("policy_shift", 5, bloc="centre", issue="tempo", to=0.5))
    assert [leader.ideal for leader in first.leaders] == [[0.0], [0.5], [0.5]]
    first, _ = after(
        event("policy_shift", 5, leader="left_1", issue="tempo", to=0.5),
        event("policy_shift", 6, leader="left_1", issue="tempo", by=0.75),
    )
    assert first.leaders[0].ideal == [1.0]


@pytest.mark.parametrize("days", [0, 26])
def test_a_policy_shift_moves_the_line_at_the_next_meeting(after, days):
    # All of the bloc go to 0.5, on the day of the meeting or long before it.
    first, _ = after(event("policy_shift", 31 - days, bloc="centre", issue="tempo", to=0.5))
    assert first.blocs[1].line == [0.5]


def test_new_seats_are_filled_from_the_central_committee(struggle, outcome):
    leaders = {"left_1": {"prestige": 3.0}} | {
        f"left_{n}": {"standing": "central_committee", "prestige": 1.0 / n} for n in (2, 3, 4)
    }
    grown = [{"id": "more", "kind": "seats", "date": dt.date(1924, 1, 5), "number": 3}]
    kind = {"fills_seats": True}
    assert outcome(struggle(leaders, kind=kind))["standing"][0].tolist() == [0, 1, 1, 1]
    found = outcome(struggle(leaders, kind=kind, events=grown))
    assert found["standing"][0].tolist() == [0, 0, 0, 1]


def test_attention_and_threat_rise_and_fade(after):
    # Salience 1 raised by 0.5, threat by 2; 183 days later exp(-183/365.25) of what was added is left.
    first, second = after(event("salience", 5, issue="tempo", by=0.5), event("threat", 5, by=2.0))
    assert (first.salience, first.threat) == ([1.5], 2.0)
    left = math.exp(-183 / YEAR)
    assert second.salience == [pytest.approx(1.0 + 0.5 * left)]
    assert second.threat == pytest.approx(2.0 * left)


def test_attention_and_threat_do_not_fall_below_nothing(after):
    first, second = after(event("salience", 5, issue="tempo", by=-1.5), event("threat", 5, by=-1.0))
    assert (first.salience, first.threat) == ([0.0], 0.0)
    assert second.salience == [pytest.approx(1.0 - math.exp(-183 / YEAR))]  # back to its usual 1


def test_an_enrolment_waters_down_prestige_not_offices(after):
    # Shares before: 5 of 7 and 2 of 7. New members are half of the party: 1.5 + 2 of 4.5, and 1 of 4.5.
    first, _ = after(event("enrolment", 5, share=0.5))
    assert [bloc.influence for bloc in first.blocs] == pytest.approx([3.5 / 4.5, 1.0 / 4.5])


def test_what_a_counterfactual_dictates(after):
    first, _ = after(event("appointment", 5, office="army", leader="centre_1"))
    assert first.offices[0].holder.entry.id == "centre_1"
    first, _ = after(event("standing", 5, leader="left_1", to="exiled"))
    assert (first.leaders[0].standing, first.blocs[0].influence) == (4, 0.0)
    assert first.offices[0].holder is not first.leaders[0]  # whose it was
    first, _ = after(event("membership", 5, leader="left_1", bloc="centre"))
    assert [bloc.influence for bloc in first.blocs] == [0.0, 1.0]


def test_who_is_put_outside_the_party_leaves_his_offices_to_others(struggle, outcome):
    office = {"id": "army", "holder": "left_1", "machine": 2.0}
    expelled = {"id": "out", "kind": "standing", "leader": "left_1", "to": "expelled", "date": dt.date(1924, 1, 5)}
    leaders = {"left_1": {}, "centre_1": {}}
    assert outcome(struggle(leaders, offices=[office]))["holder"].tolist() == [[0]]
    assert outcome(struggle(leaders, offices=[office], events=[expelled]))["holder"].tolist() == [[1]]


def test_an_event_of_the_day_comes_before_the_meeting_and_one_after_the_last_changes_nothing(after):
    first, _ = after(event("threat", 31, by=1.0))  # 30 days after the start: the day of the first meeting
    assert first.threat == 1.0
    first, second = after({**event("threat", 1, by=1.0), "date": "1924-12-01"})
    assert (first.threat, second.threat) == (0.0, 0.0)


def test_a_line_is_where_its_leaders_are(struggle, outcome):
    # Leaders 3 to 1 at 1 and -1: mean 0.5. Then the first dies.
    leaders = {"left_1": {"prestige": 3.0, "ideal_point": {"tempo": 1.0}}, "left_2": {"ideal_point": {"tempo": -1.0}}}
    death = {"id": "dies", "kind": "death", "leader": "left_1", "date": dt.date(1924, 5, 1)}
    found = outcome(struggle(leaders, (100, 183), issues=ISSUE, events=[death]))
    assert found["line"][:, 0, 0].tolist() == [0.5, -1.0]


def test_a_bloc_without_influence_keeps_its_line(struggle, outcome):
    leaders = {"left_1": {"ideal_point": {"tempo": 1.0}}, "centre_1": {}}
    death = {"id": "dies", "kind": "death", "leader": "left_1", "date": dt.date(1924, 5, 1)}
    found = outcome(struggle(leaders, (100, 183), issues=ISSUE, events=[death]))
    assert found["line"][:, 0, 0].tolist() == [1.0, 1.0]


def test_where_you_stand_depends_on_where_you_sit(struggle, outcome):
    # Ideal points 0, a pull of 0.5 in or out of office once somebody rules.
    leaders = {"left_1": {}, "centre_1": {"prestige": 3.0}}
    found = outcome(struggle(leaders, (100, 365), on=("office_pull",), issues=REGIME), office_pull=0.5)
    assert found["line"][:, :, 0].tolist() == [[0.0, 0.0], [-0.5, 0.5]]
    still = outcome(struggle(leaders, (100, 365), issues=REGIME), office_pull=0.5)
    assert not still["line"].any()


LOST = {
    "left_1": {"ideal_point": {"tempo": -1.0}, "prestige": 5.0},
    "left_2": {"ideal_point": {"tempo": 1.0}},
    "right_1": {"ideal_point": {"tempo": 1.0}, "prestige": 5.0},
}


def test_a_leader_goes_where_his_convictions_are_at_home(struggle, outcome):
    # left's line is (-5 + 1)/6 = -2/3, right's 1: left_2 gains (5/3)^2, times 1000 is certainty; chiefs never move.
    case = struggle(LOST, on=("loyalty", "policy"), issues=ISSUE)
    found = outcome(case, mobility=1.0, policy_motive=1000.0)
    assert found["membership"][0].tolist() == [0, 1, 1]
    assert found["influence"][0] == pytest.approx([5 / 11, 6 / 11])


@pytest.mark.parametrize("off", ["loyalty", "policy"])
def test_he_stays_without_the_mechanism(struggle, outcome, off):
    on = tuple(name for name in ("loyalty", "policy") if name != off)
    found = outcome(struggle(LOST, on=on, issues=ISSUE), mobility=1e-12, policy_motive=1000.0)
    assert found["membership"][0].tolist() == [0, 0, 1]


def test_nobody_moves_in_no_time(struggle, outcome):
    case = struggle(LOST, (0,), on=("loyalty", "policy"), issues=ISSUE)
    assert outcome(case, mobility=1.0, policy_motive=1000.0)["membership"][0].tolist() == [0, 0, 1]


def test_a_leader_without_a_bloc_goes_along_with_the_rulers(struggle, outcome):
    # Until there is a ruling line he stays; then he leaves it for a bloc that is nearer to him, not for a farther one.
    leaders = {
        "left_1": {"ideal_point": {"tempo": -1.0}},
        "centre_1": {"prestige": 3.0},
        "wanderer": {"ideal_point": {"tempo": -1.0}, "prestige": 0.1},
    }
    case = struggle(leaders, (100, 100), on=("loyalty", "policy"), issues=ISSUE)
    found = outcome(case, mobility=1e-9, policy_motive=1000.0)
    assert found["membership"][:, 2].tolist() == [-1, 0]
    assert np.array_equal(found["membership"][:, :2], [[0, 1], [0, 1]])


def test_he_compares_with_the_line_of_the_rulers_as_it_is_now(struggle, outcome):
    # Where the wanderer stands, the rulers stood when they last met; they have left it since, and left has not.
    leaders = {
        "left_1": {"ideal_point": {"tempo": -1.0}},
        "centre_1": {"prestige": 3.0, "ideal_point": {"tempo": -1.0}},
        "wanderer": {"ideal_point": {"tempo": -1.0}, "prestige": 0.1},
    }
    turn = event("policy_shift", 1, bloc="centre", issue="tempo", to=1.0) | {"date": dt.date(1924, 6, 1)}
    case = struggle(leaders, (100, 100), on=("loyalty", "policy"), issues=ISSUE, events=[turn])
    found = outcome(case, mobility=1e-9, policy_motive=1000.0)
    assert found["membership"][:, 2].tolist() == [-1, 0]


def test_he_stays_if_all_who_ruled_last_have_lost_their_influence(struggle, outcome):
    # He would leave a line of 0 for left's, which is his own; but centre is dead, and there is no ruling line.
    leaders = {
        "left_1": {"ideal_point": {"tempo": -1.0}},
        "centre_1": {"prestige": 3.0},
        "wanderer": {"ideal_point": {"tempo": -1.0}, "prestige": 0.1},
    }
    death = event("death", 1, leader="centre_1") | {"date": dt.date(1924, 6, 1)}
    case = struggle(leaders, (100, 100), on=("loyalty", "policy"), issues=ISSUE, events=[death])
    found = outcome(case, mobility=1e-9, policy_motive=1000.0)
    assert found["membership"][:, 2].tolist() == [-1, -1]


def test_who_is_put_into_a_bloc_stays_there_at_the_next_meeting(struggle, outcome):
    # The bloc a is where he wants to be. An event puts him into b; there he stays at one meeting, and then goes back.
    leaders = {
        "a_1": {"ideal_point": {"tempo": 1.0}},
        "b_1": {"ideal_point": {"tempo": -1.0}},
        "a_2": {"ideal_point": {"tempo": 1.0}},
    }
    change = {"kind": "membership", "leader": "a_2", "bloc": "b", "date": dt.date(1924, 5, 30)}
    case = struggle(leaders, (100, 100, 365), on=("loyalty", "policy"), issues=ISSUE, changes=[change])
    found = outcome(case, mobility=1.0, policy_motive=1000.0)
    assert found["membership"][:, 2].tolist() == [0, 1, 0]
