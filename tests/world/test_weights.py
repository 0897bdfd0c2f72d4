"""How trust, policy and safety weigh at the start, worked out by hand; and the same as the model has it."""

from __future__ import annotations

import pytest

from factions.model import Party
from factions.model.influence import influence
from factions.parameters import default_values
from factions.world.weights import drowned, weigh

ISSUE = ({"id": "tempo", "salience": 2.0},)


@pytest.fixture
def case(struggle):
    """Shares 1/4 and 3/4 (2 of 4 of the second by an office), a tie of 1/2, one step apart on an issue of weight 2."""
    leaders = {
        "left_1": {"prestige": 1.0, "ideal_point": {"tempo": 1.0}},
        "right_1": {"prestige": 1.0, "ideal_point": {"tempo": 0.0}},
    }
    offices = ({"id": "post", "holder": "right_1", "machine": 2.0},)
    ties = ({"blocs": ("left", "right"), "trust": 0.5},)
    return struggle(leaders, on=("bargaining", "policy", "trust", "safety"), issues=ISSUE, offices=offices, ties=ties)


@pytest.fixture
def values():
    return default_values({"policy_motive": 3.0, "safety_motive": 2.0})


def test_by_hand(case, values):
    left, right = weigh(case, values)
    # Their mean line is 1/4: the left is 3/4 from it, the right 1/4. Only the left is below one half of influence.
    assert (left.influence, left.trust, left.safety) == pytest.approx((0.25, 0.75 * 0.5, 2.0 * (0.5 - 0.25)))
    assert (right.influence, right.trust, right.safety) == pytest.approx((0.75, 0.25 * 0.5, 0.0))
    assert (left.policy, right.policy) == pytest.approx((-3.0 * 2.0 * 0.75**2, -3.0 * 2.0 * 0.25**2))
    assert left.gain == pytest.approx(left.trust + left.policy + left.safety)


def test_they_are_what_the_model_bargains_with(history):
    values = default_values(history.parameters)
    party = Party(history, values=values)
    shares = {each.bloc: each.influence for each in weigh(history, values)}
    influence(party)
    assert shares == pytest.approx({b.entry.id: b.influence for b in party.blocs if b.influence > 0.0})


def test_what_is_switched_off_weighs_nothing(struggle, case, values):
    off = case.model_copy(update={"mechanisms": {**case.mechanisms, "safety": False, "trust": False, "policy": False}})
    assert {each.gain for each in weigh(off, values)} == {0.0}


@pytest.mark.parametrize(("motive", "lost"), [(0.5, False), (1.4, False), (1.6, True)])
def test_ties_are_lost_beside_safety_if_every_tied_pair_wins_more_by_it(struggle, motive, lost):
    # Three alike: a tie weighs 1/2 times 1/3, and the half of influence that counts is 1/6 away.
    leaders = {f"{name}_1": {} for name in ("a", "b", "c")}
    ties = ({"blocs": ("a", "b"), "trust": 0.75}, {"blocs": ("b", "c"), "trust": -0.5})
    case = struggle(leaders, on=("bargaining", "trust", "safety"), ties=ties)
    weights = weigh(case, default_values({"safety_motive": motive}))
    assert {round(abs(each.trust), 4) for each in weights} == {0.25, 0.1667, 0.0}
    assert drowned(weights) == ("safety" if lost else "")


@pytest.mark.parametrize(("motive", "lost"), [(1.0, ""), (2.0, "policy")])
def test_ties_are_lost_beside_policy_if_it_weighs_more_in_most_pairs(struggle, motive, lost):
    # Three alike at -1, 0 and 1: a third of a tie of 1 against half a step squared, 1/4, or for the two ends 1.
    leaders = {f"{bloc}_1": {"ideal_point": {"x": x}} for bloc, x in (("a", -1.0), ("b", 0.0), ("c", 1.0))}
    ties = tuple({"blocs": pair, "trust": 1.0} for pair in (("a", "b"), ("b", "c"), ("a", "c")))
    issues = ({"id": "x"},)
    case = struggle(leaders, on=("bargaining", "trust", "policy"), ties=ties, issues=issues)
    weights = weigh(case, default_values({"policy_motive": motive}))
    assert {(round(each.trust, 4), each.policy / motive) for each in weights} == {(0.3333, -0.25), (0.3333, -1.0)}
    assert drowned(weights) == lost


def test_without_ties_nothing_is_lost(struggle, values):
    assert not drowned(weigh(struggle({"a_1": {}, "b_1": {}}, on=("safety",)), values))
