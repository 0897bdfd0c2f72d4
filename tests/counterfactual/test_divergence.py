"""Partings, draws without a twin, and what carried a divergence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.carriers import Teller, leading_term
from factions.counterfactual.courses import Course, without_exchanges
from factions.counterfactual.divergence import common, differs, paired_draws, partings
from factions.counterfactual.findings import begin
from factions.counterfactual.paths import carry_over, free_paths
from factions.counterfactual.responses import Response, grouped
from factions.model.decisions import Decision
from factions.results.arrays import empty_arrays
from factions.results.ensemble import Ensemble


@pytest.fixture
def twin(toy):
    """twin(): four quiet worlds of the small case, all of whose blocs stand alone."""

    def _twin() -> Ensemble:
        arrays = empty_arrays(toy, 4)
        arrays["alliance"][:] = np.arange(3)
        arrays["activity"][:] = 1
        return Ensemble(toy, 0, "test", np.arange(4), arrays)

    return _twin


def test_pairs_that_part_stay_parted(twin):
    one, two = twin(), twin()
    two["open"][0, 1, 1] = 1  # one meeting only
    two["holder"][1, 3, 0] = 2
    assert np.argwhere(differs(one, two)).tolist() == [[0, 1], [1, 3]]
    shares = [parting.share for parting in partings(one, two, np.arange(4), 1)]
    assert shares == [0.0, 0.25, 0.25, 0.5]


def test_before_the_change_there_is_no_doubt_that_none_has_parted(twin):
    errors = [parting.error for parting in partings(twin(), twin(), np.arange(4), 2)]
    assert errors[:2] == [0.0, 0.0]
    assert min(errors[2:]) > 0.0


def test_influence_alone_is_no_parting(twin):
    one, two = twin(), twin()
    two["influence"][:] += 0.1
    assert not differs(one, two).any()


def test_a_bloc_that_is_gone_on_one_side_draws_on_the_other_alone(twin):
    one, two = twin(), twin()
    two["alliance"][:, 3, 2] = -1
    found = paired_draws(one, two)
    # at the last meeting: four judgements (with each of two others, both ways) and one stance
    assert (found.factual_only, found.counterfactual_only) == (5.0, 0.0)
    # 5 leaders, 6 judgements and 2 stances at each of 4 meetings, without those five
    assert found.shared == 4 * 13 - 5
    assert found.unaligned == pytest.approx(5 / 52)


def test_a_leader_who_is_dead_on_one_side_does_not_consider_moving(twin):
    one, two = twin(), twin()
    one["activity"][:, 1:, 4] = -1
    assert paired_draws(one, two).counterfactual_only == 3.0


def decision(action: str, actor: str = "rebels", phase: str = "stance", objects=(), **terms: float) -> Decision:
    return Decision(1, phase, actor, action, objects, terms)


def response(kind: str, *who: str) -> Response:
    return Response(kind, who, "second", True, 1.0, 1.0)


def test_what_spoke_for_a_decision_did_so_more_than_on_the_other_side():
    one = [decision("keeps quiet", policy=1.0), decision("keeps quiet", "doubters", policy=0.5, loyalty=-2.0)]
    two = [decision("speaks out", policy=1.0), decision("speaks out", "doubters", policy=0.6, loyalty=0.0)]
    assert leading_term(response("open", "doubters"), one, two) == "loyalty"
    assert leading_term(response("open", "rebels"), one, two) == ""  # the same on both sides
    silenced = replace(response("open", "doubters"), more=False)  # who speaks out without the change alone
    assert leading_term(silenced, two, one) == "loyalty"


def test_a_decision_that_has_no_twin_is_explained_by_its_own_terms():
    two = [decision("allies with", "doubters", "bargaining", ("rebels",), trust=0.3, policy=-0.8, total=-0.5)]
    assert leading_term(response("allied", "rebels", "doubters"), [], two) == "trust"  # policy spoke against it
    assert leading_term(response("allied", "rebels", "rulers"), [], two) == ""


def test_a_blow_is_explained_by_the_decision_to_strike():
    one = [decision("enters the Politburo", phase="sanctions", dominance=9.0)]
    one += [decision("is punished: party", phase="sanctions", dominance=1.0, threat=2.0, probability=0.7)]
    assert leading_term(replace(response("rung", "rebels"), more=False), one, []) == "threat"


def test_decisions_that_are_alike_and_as_frequent_are_told_as_one():
    rows = [replace(response("open", who), share=share) for who, share in (("a", 0.9), ("b", 0.85), ("c", 0.5))]
    rows += [replace(response("open", "d"), share=0.9, meeting="third")]
    assert [[row.who[0] for row in group] for group in grouped(rows)] == [["a", "b"], ["c"], ["d"]]


def test_a_meeting_that_is_moved_or_left_out_is_not_compared_with_itself(toy, changed):
    moved = changed('[[changes]]\nkind = "move"\nmeeting = "second"\ndate = 1926-01-01\n', "moved.toml")
    assert common(toy, moved, "meeting") == ([0, 2, 3], [0, 1, 3])
    left_out = changed('[[changes]]\nkind = "cancel"\nmeetings = ["second"]\n', "left_out.toml")
    assert common(toy, left_out, "meeting") == ([0, 2, 3], [0, 1, 2])
    assert common(toy, moved, "bloc") == ([0, 1, 2], [0, 1, 2])


@pytest.mark.parametrize("meeting", ['meetings = ["second"]', 'meeting = "second"\ndate = 1926-01-01'])
def test_what_is_decided_at_a_meeting_that_one_side_lacks_is_no_response(toy, changed, values, meeting):
    kind = "cancel" if meeting.startswith("meetings") else "move"
    other = changed(f'[[changes]]\nkind = "{kind}"\n{meeting}\n')
    paths = free_paths(values.reshape(1).repeat(40), len(toy.meetings))
    found = begin(paths.run(toy, 1), carry_over(paths, toy, other).run(other, 1))
    assert found and "second" not in {row.response.meeting for phase in found for row in phase}


def test_a_few_pairs_are_told_for_what_weighed_most(toy, changed, values):
    other = changed('[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "open"\nat = "first"\n')
    paths = free_paths(values.reshape(1).repeat(40), len(toy.meetings))
    there = carry_over(paths, toy, other)
    teller = Teller(toy, other, paths, there, 1)
    found = [row for phase in begin(paths.run(toy, 1), there.run(other, 1)) for row in phase]
    terms = {teller.explained(row).term for row in found if row.response.kind == "open"}
    assert terms & {"strength", "loyalty"}


def seat(who, before, after, given=False):
    """The course of a seat at three meetings."""
    shares = [np.array(side, float) for side in (before, after)]
    return Course("politburo", (who,), *shares, np.zeros((2, 3), np.int8), np.full(3, given), np.full(3, False))


def test_who_takes_an_emptied_seat_is_given_but_not_who_keeps_his_own():
    dead = seat("dead", [1, 1, 1], [1, 0, 0], given=True)
    heir, old = seat("heir", [0, 0, 0], [0, 0.9, 0.9]), seat("old", [1, 1, 0.6], [1, 1, 0.9])
    _, new, kept = without_exchanges([dead, heir, old])
    assert new.shift.tolist() == [0, 0, 0]
    assert kept.shift == pytest.approx([0, 0, 0.3])
