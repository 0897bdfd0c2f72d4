"""Outcomes: names, and their values in worlds made by hand."""

from __future__ import annotations

from datetime import date

import pytest

from factions.errors import UsageError
from factions.results.ensemble import Ensemble
from factions.scenario.content.outcome_names import MENTIONS, fault, parts
from factions.statements.outcomes import find_outcome, usual_outcomes, year

CLAIMS = (
    {"predicate": "ruling", "blocs": ("left",), "at": "second"},
    {"predicate": "open", "blocs": ("centre",), "at": "first"},
    {"predicate": "standing", "leaders": ("centre_1",), "at_most": "central_committee", "at": "second"},
)


@pytest.fixture
def case(struggle):
    return struggle(*CLAIMS)


@pytest.fixture
def two(case, worlds):
    """Two worlds: Left and Right are allied and rule, in the first until the third meeting, in the second for ever."""
    both = worlds(case, 2, alliance=[0, 1, 0], influence=[0.5, 0.25, 0.25], holder=0)
    both["alliance"][0, 2] = [0, 1, 2]
    both["standing"][0, 2] = [0, 1, 5, 3, 2, 0]
    both["open"][0, 2, 1] = 1
    both["surrendered"][1, 2, 2] = 2
    both["happened"][0, 1:, 0] = 1  # the harvest, which comes before the war
    both["happened"][:, 2, 1] = 1
    return both


VALUES = {
    "ruling:left": [1, 1],
    "ruling:right": [0, 1],
    "ruling:right@second": [1, 1],
    "open:centre": [1, 0],
    "allied:left+right@third": [0, 1],
    "politburo:left_1": [1, 1],
    "central_committee:left_2": [1, 1],
    "politburo:left_2": [0, 1],
    "party:centre_2": [0, 1],
    "deported:centre_1": [1, 0],
    "capitulated:centre_1": [0, 1],
    "holds:left_1+army": [1, 1],
    "happened:harvest": [1, 0],
    "happened:harvest@first": [0, 0],
    "happened:war@second": [0, 0],
    "happened:war": [1, 1],
    "claim:claim_0": [1, 1],
    "influence:centre": [0.25, 0.25],
    "alliances": [3, 2],
    "effective_alliances": [1 / 0.375, 1 / 0.625],
    "effective_blocs": [1 / 0.375, 1 / 0.375],
    "expulsions": [2, 0],
    "break:left+right": [1926 + 181 / 365, 1927],
    "break:left+centre": [1927, 1927],
}


@pytest.mark.parametrize("name", VALUES)
def test_values_by_hand(two, case, name):
    outcome = find_outcome(case, name)
    assert outcome.measure(two) == pytest.approx(VALUES[name])
    assert outcome.name == name
    assert outcome.text


def test_a_bloc_that_is_gone_parts_from_nobody_and_may_come_back_to_its_alliance(case, worlds):
    """Left and Right rule together at the first meeting.  In the first world the Right is gone for good, in the second
    it comes back as an ally, in the third without one; in the fourth they part before it is gone."""
    both = worlds(case, 4, alliance=[0, 1, 0], holder=0)
    both["alliance"][:, 1:, 2] = [[-1, -1], [-1, 0], [-1, 2], [2, -1]]
    outcome = find_outcome(case, "break:left+right")
    third, second = year(case.meetings[2].date), year(case.meetings[1].date)
    assert outcome.measure(both) == pytest.approx([1927, 1927, third, second])
    assert outcome.never is not None and outcome.never(both).tolist() == [True, True, False, False]


def test_who_is_in_the_party_at_last_may_have_been_out_of_it(two, case):
    """The chief of the Centre is expelled at the second meeting of the first world and back at the third."""
    two["standing"][:, 2] = [0, 1, 0, 1, 0, 1]
    two["standing"][0, 1, 2] = 3
    outcome = find_outcome(case, "party:centre_1")
    assert outcome.measure(two).tolist() == [1, 1] and outcome.unbroken is not None
    assert outcome.unbroken(two).tolist() == [False, True]
    first = find_outcome(case, "party:centre_1@first").unbroken
    assert first is not None and first(two).tolist() == [True, True]
    two["activity"][1, 2, 2] = -1  # who is dead is not in it
    assert outcome.unbroken(two).tolist() == [False, False]
    assert find_outcome(case, "politburo:left_1").unbroken is None


def test_the_distance_is_the_share_of_claims_missed(two, case):
    # both miss that the Centre speaks out at the first meeting, and that its chief loses his seat by the second
    assert find_outcome(case, "distance").measure(two) == pytest.approx([2 / 3, 2 / 3])


def test_the_record_holds_where_no_claim_is_missed(two, case):
    assert find_outcome(case, "record").measure(two).tolist() == [0, 0]
    ruling = case.model_copy(update={"record": case.record[:1]})
    kept = Ensemble(ruling, two.seed, two.engine, two.worlds, two.arrays)
    held = find_outcome(ruling, "record").measure(kept)
    assert held.tolist() == find_outcome(case, "ruling:left@second").measure(two).tolist() and held.any()


def test_a_dead_leader_sits_nowhere(two, case):
    two["activity"][:, 2, 0] = -1
    assert find_outcome(case, "politburo:left_1").measure(two).tolist() == [0, 0]


def test_the_influence_of_a_leader_needs_worlds_that_hold_it(two, case):
    outcome = find_outcome(case, "influence:left_1")
    with pytest.raises(UsageError):
        outcome.measure(two)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("rulling:left", 'did you mean "ruling"?'),
        ("ruling:centra", 'did you mean "centre"?'),
        ("ruling", "write ruling:BLOC"),
        ("break:left", "write break:BLOC+BLOC"),
        ("ruling:left@thrid", 'did you mean "third"?'),
        ("party:left_3", 'did you mean "left_2" or "left_1"?'),
        ("happened:harvst", 'did you mean "harvest"?'),
        ("happened", "write happened:EVENT"),
        ("ruling:left@", "known: first, second, third"),
    ],
)
def test_an_unknown_name_is_met_with_the_nearest(case, name, remedy):
    with pytest.raises(UsageError) as caught:
        find_outcome(case, name)
    assert caught.value.remedy == remedy
    assert name.split(":")[0] in caught.value.problem


def test_where_nothing_is_close_the_command_that_lists_all_is_named():
    known = {"blocs": ["left"], "leaders": [f"man_{n}" for n in range(99)], "record": [f"claim_{n}" for n in range(99)]}
    (_, remedy) = fault("party:zzz", known)
    assert remedy == "there are 99, from man_0 to man_98: factions list leaders FILE names them"
    assert fault("ruling:zzz", known) == ('unknown bloc "zzz"', "known: left")
    assert fault("claim:zzz", known)[1].endswith("they stand in the file")  # claims are not listed


def test_the_usual_outcomes_have_different_names(case):
    names = [outcome.name for outcome in usual_outcomes(case)]
    assert len(set(names)) == len(names)
    assert {"ruling:left", "politburo:left_1", "break:left+right", "happened:war", "distance"} <= set(names)
    assert "happened:harvest" not in names  # which needs nothing, and happens in every world


def test_what_an_event_is_called_stands_in_the_text(case):
    assert find_outcome(case, "happened:harvest").text == "“Good harvest” has happened"
    assert find_outcome(case, "happened:war").text == "“war” has happened"


def test_years():
    assert year(date(1924, 1, 1)) == 1924.0
    assert year(date(1926, 12, 31)) == 1926 + 364 / 365
    assert year(date(1924, 7, 1)) == 1924 + 182 / 366


def test_every_kind_of_name_can_be_measured(two, case):
    assert set(MENTIONS) == {parts(name).kind for name in (*VALUES, "distance", "record")}


def test_a_policy_that_needs_something_is_compared_and_a_death_is_not(history):
    happened = {outcome.name for outcome in usual_outcomes(history) if outcome.name.startswith("happened:")}
    assert "happened:turn_of_1928_siberia" in happened and "happened:joffe_dies" not in happened
    assert find_outcome(history, "happened:joffe_dies").name == "happened:joffe_dies"  # but it can be asked for
