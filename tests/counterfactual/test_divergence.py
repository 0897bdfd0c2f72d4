"""Partings, draws without a twin, and what carried a divergence."""

from __future__ import annotations

import numpy as np
import pytest

from factions.counterfactual.carriers import _first_response, _words, carriers
from factions.counterfactual.divergence import common, first_parting, paired_draws, partings
from factions.counterfactual.paths import carry_over, free_paths
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
    assert first_parting(one, two).tolist() == [1, 3, -1, -1]
    shares = [parting.share for parting in partings(one, two, np.arange(4), 1)]
    assert shares == [0.0, 0.25, 0.25, 0.5]


def test_before_the_change_there_is_no_doubt_that_none_has_parted(twin):
    errors = [parting.error for parting in partings(twin(), twin(), np.arange(4), 2)]
    assert errors[:2] == [0.0, 0.0]
    assert min(errors[2:]) > 0.0


def test_influence_alone_is_no_parting(twin):
    one, two = twin(), twin()
    two["influence"][:] += 0.1
    assert (first_parting(one, two) == -1).all()


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


def decision(action: str, actor: str = "rebels", phase: str = "stance", **terms: float) -> Decision:
    return Decision(1, phase, actor, action, (), terms)


def test_what_the_change_imposes_is_not_what_carried_it():
    one = [decision("keeps quiet", policy=1.0), decision("keeps quiet", "doubters", policy=0.5, loyalty=-2.0)]
    two = [decision("speaks out", policy=1.0, imposed=1.0), decision("speaks out", "doubters", policy=0.6, loyalty=0.0)]
    found, side, term, weight = _first_response(one, two)
    assert (found.actor, side) == ("doubters", "counterfactual")
    assert (term, weight) == ("loyalty", 2.0)


def test_a_decision_that_has_no_twin_is_explained_by_its_own_terms():
    one, two = [], [decision("allies with", phase="bargaining", trust=0.3, office=-0.8, total=-0.5)]
    assert _first_response(one, two)[2:] == ("office", -0.8)


def test_equal_courses_have_nothing_that_carried():
    same = [decision("keeps quiet", policy=1.0)]
    assert _first_response(same, list(same)) is None


@pytest.mark.parametrize(
    ("actor", "action", "phase", "objects", "words"),
    [
        ("boris", "moves to", "loyalty", ("doubters", "rebels"), "Boris went over from the rebels to the doubters"),
        ("boris", "moves to", "loyalty", ("doubters",), "Boris went over to the doubters"),
        ("boris", "capitulates", "surrender", ("rebels",), "Boris broke with the rebels and surrendered"),
        ("boris", "is readmitted", "surrender", (), "Boris returned to the party"),
        ("boris", "takes over", "consequences", ("army", "anna"), "Boris took over army from Anna"),
        (
            "boris",
            "is struck: party",
            "sanctions",
            ("rebels",),
            "the rulers punished Boris by expulsion from the party",
        ),
        (
            "rulers",
            "allies with",
            "bargaining",
            ("rebels", "doubters"),
            "the rulers allied with the rebels and the doubters",
        ),
        ("doubters", "speaks out", "stance", (), "the doubters spoke out"),
        ("rebels", "is punished: exile", "sanctions", ("rulers",), "the rulers punished the rebels by exile"),
    ],
)
def test_a_carrier_in_words(toy, actor, action, phase, objects, words):
    found = _words(toy, Decision(1, phase, actor, action, objects, {}))
    assert found.lower() == words.lower()


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
    there = carry_over(paths, toy, other)
    found = carriers(paths.run(toy, 1), there.run(other, 1), paths, there, 1)
    assert found and "second" not in {each.meeting for each in found}
