"""Ties between persons: what they are between their blocs, and whom they draw; worked out by hand, in both engines."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factions.dynamics import run_worlds
from factions.model import Party
from factions.model.consequences import consequences
from factions.model.influence import influence
from factions.model.run import run_worlds as run_mesa
from factions.report.chronicle import tell
from factions.world.weights import weigh

STILL = {"misjudgement": 0.0, "habit": 0.0, "trust_rate": 0.0}
BARGAIN = ("bargaining", "trust", "compensation")


def tie(one: str, other: str, trust: float) -> dict:
    return {"leaders": (one, other), "trust": trust}


@pytest.fixture
def both(outcome, parameters):
    """both(scenario, **values): what the engine finds, once the Mesa model has found the same in world 0."""

    def run(scenario, **values):
        found = outcome(scenario, **{**STILL, **values})
        mesa = run_mesa(scenario, [0], parameters(scenario, precision=-1e9, **{**STILL, **values}), 1)
        assert all(np.array_equal(found[name], mesa[name][0]) for name in found)
        return found

    return run


@pytest.fixture
def bond(parameters):
    """bond(scenario, meetings=1): what the ties of persons are between the first two blocs after some meetings."""

    def look(scenario, meetings=1):
        party = Party(scenario, values=parameters(scenario, precision=-1e9, standing_weight=1.0, **STILL))
        for _ in range(meetings):
            party.step()
        one, other = party.blocs[:2]
        assert one.bond[other] == other.bond[one]
        return one.bond[other]

    return look


def test_each_counts_by_what_part_of_his_bloc_he_is(struggle, bond):
    # a_2 has a quarter of a, b_1 all of b: a quarter of their tie. a_1's tie weighs three times as much.
    cast = {"a_1": {"prestige": 3.0}, "a_2": {}, "b_1": {}}
    assert bond(struggle(cast, personal_ties=[tie("a_2", "b_1", 0.8)])) == pytest.approx(0.2)
    several = [tie("a_2", "b_1", 0.8), tie("b_1", "a_1", -0.4), tie("a_1", "a_2", 1.0)]  # comrades tie no blocs
    assert bond(struggle(cast, personal_ties=several)) == pytest.approx(0.8 / 4 - 0.4 * 3 / 4)


@pytest.mark.parametrize(
    ("fate", "after"),
    [
        ({"kind": "death", "leader": "a_1"}, 0.8),  # a_2 is all that is left of a
        ({"kind": "death", "leader": "a_2"}, 0.0),
        ({"kind": "illness", "leader": "b_1"}, 0.0),
        ({"kind": "standing", "leader": "a_2", "to": "expelled"}, 0.0),
        ({"kind": "membership", "leader": "a_2", "bloc": "c"}, 0.0),
        ({"kind": "membership", "leader": "b_1", "bloc": "c"}, 0.0),
        ({"kind": "enrolment", "share": 0.5}, 0.2),
    ],
)
def test_a_tie_goes_with_the_man(struggle, bond, fate, after):
    cast = {"a_1": {"prestige": 3.0}, "a_2": {}, "b_1": {}, "c_1": {}}
    event = {"id": "fate", "date": "2000-01-01", **fate}
    case = struggle(cast, (100, 100), personal_ties=[tie("a_2", "b_1", 0.8)])
    meetings = [meeting.date for meeting in case.meetings]
    event["date"] = meetings[1]
    assert bond(struggle(cast, (100, 100), personal_ties=[tie("a_2", "b_1", 0.8)], events=[event]), 1) == (
        pytest.approx(0.2)
    )
    assert bond(struggle(cast, (100, 100), personal_ties=[tie("a_2", "b_1", 0.8)], events=[event]), 2) == (
        pytest.approx(after)
    )


@pytest.mark.parametrize("number", range(5))
def test_where_every_bloc_is_one_man_ties_of_persons_are_ties_of_blocs(struggle, parameters, number):
    noise = np.random.default_rng(number)
    names = "abcdefg"
    pairs = [(one, other, noise.uniform(-1, 1)) for n, one in enumerate(names) for other in names[:n]]
    cast = {f"{name}_1": {"prestige": float(noise.uniform(1, 3))} for name in names}
    tables = (
        {"ties": [{"blocs": (one, other), "trust": trust} for one, other, trust in pairs]},
        {"personal_ties": [tie(f"{one}_1", f"{other}_1", trust) for one, other, trust in pairs]},
    )
    ends = []
    for table in tables:
        case = struggle(cast, (0, 1, 1, 1), on=BARGAIN, **table)
        ends.append(run_worlds(case, np.arange(20), parameters(case, precision=-1e9, **STILL), 1)["alliance"])
    assert len(np.unique(ends[0][:, -1], axis=0)) > 0
    assert np.array_equal(*ends)


def test_blocs_ally_with_the_friends_of_their_leaders_and_follow_them(struggle, both, parameters):
    # b would rather have none of the others; its friend in a has half of a, and goes over to c.
    cast = {"a_1": {}, "a_2": {}, "b_1": {}, "c_1": {}, "c_2": {}}
    ties = [{"blocs": pair, "trust": -0.1} for pair in (("a", "b"), ("b", "c"), ("a", "c"))]
    friends = [tie("a_2", "b_1", 1.0)]
    assert both(struggle(cast, (1, 1), on=BARGAIN, ties=ties))["alliance"][1].tolist() == [0, 1, 2]
    case = struggle(cast, (1, 1), on=BARGAIN, ties=ties, personal_ties=friends)
    assert both(case)["alliance"][1].tolist() == [0, 0, 2]
    moves = [{"id": "moves", "kind": "membership", "leader": "a_2", "bloc": "c", "date": case.meetings[1].date}]
    gone = struggle(cast, (1, 1, 1), on=BARGAIN, ties=ties, personal_ties=friends, events=moves)
    assert both(gone)["alliance"].tolist() == [[0, 0, 2], [0, 1, 1], [0, 1, 1]]
    first = " ".join(tell(case, 0, 1, parameters(case, precision=-1e9, **STILL)).chapters[0].paragraphs)
    # Shares 2/5, 1/5, 2/5: whichever of the two moves first, half a friend with the other's influence, less -0.1 of it.
    assert "(ties +0.20, trust -0.04)" in first or "(ties +0.10, trust -0.02)" in first


def test_without_trust_ties_of_persons_count_nowhere_in_bargaining_or_moves(struggle, both):
    cast = {"a_1": {}, "a_2": {}, "b_1": {}}
    friends = [tie("a_2", "b_1", 1.0), tie("a_1", "a_2", -1.0)]
    with_trust = struggle(cast, (100,), on=("bargaining", "trust"), personal_ties=friends)
    assert both(with_trust)["alliance"][0].tolist() == [0, 0]
    without = struggle(cast, (100,), on=("bargaining", "loyalty"), personal_ties=friends)
    assert both(without)["alliance"][0].tolist() == [0, 1]


def test_a_leader_goes_over_to_whom_he_is_tied_to(struggle, both, parameters):
    # Without ties nothing draws him anywhere. His enemy leads his bloc; of the two others he knows one.
    cast = {"a_1": {"prestige": 2.0}, "a_2": {}, "b_1": {"prestige": 2.0}, "c_1": {"prestige": 5.0}}
    friends = [tie("a_2", "c_1", 0.5), tie("a_1", "a_2", -1.0)]
    case = struggle(cast, (100,), on=("loyalty", "trust"), personal_ties=friends)
    values = {"mobility": 1e9}  # he is certain to move
    assert both(case, **values)["membership"][0].tolist() == [0, 2, 1, 2]
    assert both(struggle(cast, (100,), on=("loyalty", "trust")), **values)["membership"][0].tolist() == [0, 1, 1, 2]
    party = Party(case, values=parameters(case, precision=-1e9, standing_weight=1.0, **STILL, **values))
    party.step()
    (move,) = [decision for decision in party.decisions if decision.phase == "loyalty"]
    # Shares 2/10 and 5/10: half of a friend with a half of all influence, and no enemy with a fifth any more.
    assert move.terms["ties"] == pytest.approx(0.5 * 0.5 + 0.2) and move.terms["policy"] == 0.0


def test_how_often_a_friend_draws_him(struggle, parameters):
    cast = {"a_1": {}, "a_2": {}, "b_1": {"prestige": 2.0}}
    case = struggle(cast, (365,), on=("loyalty", "trust"), personal_ties=[tie("a_2", "b_1", 1.0)])
    values = parameters(case, precision=-1e9, standing_weight=1.0, mobility=0.3, **STILL)
    moved = run_worlds(case, np.arange(4000), values, 1)["membership"][:, 0, 1] == 1
    # b_1 has half of all influence: the rate is 0.3 exp(1/2) over 365 days.
    assert moved.mean() == pytest.approx(1 - math.exp(-0.3 * math.exp(0.5) * 365 / 365.25), abs=0.025)


def test_the_rulers_friends_keep_quiet(struggle, parameters):
    cast = {"a_1": {"prestige": 4.0}, "b_1": {}}
    loyal = []
    for friends in ([], [tie("a_1", "b_1", 0.6)], [tie("a_1", "b_1", -0.6)]):
        party = Party(case := struggle(cast, personal_ties=friends), values=parameters(case, precision=10.0))
        party.step()
        loyal += [decision.terms["loyalty"] for decision in party.decisions if decision.phase == "stance"]
    assert loyal == pytest.approx([0.0, -6.0, 0.0])


def test_a_patron_leaves_his_friends_in_office(struggle, both):
    cast = {"a_1": {"prestige": 4.0}, "b_1": {}}
    offices = ({"id": "post", "holder": "b_1", "machine": 1.0, "appointed_by": "secretariat"},)
    offices = ({"id": "secretariat", "holder": "a_1", "machine": 1.0}, *offices)
    for trust, holder in ((0.0, 0), (1.0, 1)):
        case = struggle(cast, (1, 3000), on=("patronage",), offices=offices, personal_ties=[tie("a_1", "b_1", trust)])
        assert both(case, patronage=1e9)["holder"][1].tolist() == [0, holder]


def test_trust_grows_between_the_friends_of_one_man(struggle, parameters):
    # The friends' friend has a third of all influence: trust tends to 1/3 (0.9)(0.6).
    cast = {"a_1": {}, "b_1": {}, "c_1": {}}
    friends = [tie("a_1", "c_1", 0.9), tie("b_1", "c_1", 0.6)]
    quiet = [{"kind": "stance", "bloc": "c", "to": "quiet", "at": "m0"}]
    case = struggle(cast, (1, 100000), on=("trust",), personal_ties=friends, changes=quiet)
    values = parameters(case, precision=-1e9, trust_rate=24.0)
    trust = run_worlds(case, np.arange(2), values, 1)["trust"][0, 1]
    assert trust[0, 1] == pytest.approx(0.18) and trust[0, 2] == pytest.approx(0.0)
    party = Party(case, values=values)
    party.step()
    consequences(party)
    assert party.blocs[0].trust[party.blocs[1]] == trust[0, 1]


def test_what_is_said_of_the_weights_is_what_the_model_bargains_with(struggle, parameters):
    cast = {"a_1": {"prestige": 3.0}, "a_2": {}, "b_1": {}, "c_1": {"active": False}, "alone": {}}
    friends = [tie("a_2", "b_1", 0.8), tie("a_1", "c_1", 1.0), tie("alone", "a_1", 1.0), tie("a_1", "a_2", 1.0)]
    case = struggle(cast, on=BARGAIN, ties=[{"blocs": ("a", "b"), "trust": 0.5}], personal_ties=friends)
    values = parameters(case, standing_weight=1.0)
    party = Party(case, values=values)
    influence(party)
    said = {(each.bloc, each.partner): each for each in weigh(case, values)}
    assert set(said) == {("a", "b"), ("b", "a")}
    assert said["a", "b"].tie == party.blocs[0].regard(party.blocs[1]) == pytest.approx(0.5 + 0.8 / 4)
    assert said["a", "b"].trust == pytest.approx(0.7 / 6)
