"""What the record says of single leaders: which statements are made, and in which worlds they hold."""

from __future__ import annotations

import pytest

from factions.results.tally import count_worlds
from factions.statements.documented import count_statements, leader_statements

SPAN = {"predicate": "standing", "between": ("first", "second"), "at_most": "expelled"}


def test_a_claim_says_something_of_each_leader_it_lists(struggle):
    claim = {**SPAN, "when": "never", "leaders": ("left_1", "right_2"), "share": (0.5, 1.0)}
    one, two = leader_statements(struggle(claim))
    assert (one.leader, two.leader) == (0, 5)
    assert (one.first, one.last, one.when, one.share) == (0, 1, "never", (0.5, 1.0))
    assert (one.at_least, one.at_most) == (None, "expelled")


@pytest.mark.parametrize(("when", "count"), [("throughout", 1), ("sometime", 3), ("never", 1)])
def test_worlds_are_counted_by_when_it_holds(struggle, worlds, when, count):
    scenario = struggle({**SPAN, "when": when, "leaders": ("left_1",)})
    # The standing of left_1 at the three meetings, in four worlds; 3 is expelled, 4 exiled.
    courses = [[0, 0, 5], [0, 3, 0], [4, 0, 0], [3, 4, 4]]
    ensemble = worlds(scenario, 4, standing=[[[step] * 6 for step in course] for course in courses])
    assert count_statements(ensemble)["leader_statements"].tolist() == [count]


def test_statements_are_part_of_a_tally(struggle, worlds):
    claim = {"predicate": "open", "blocs": ("left", "right"), "at": "second"}
    tally = count_worlds(worlds(struggle(claim), 3, open=[[[1, 0, 0]] * 3, [[1, 0, 1]] * 3, [[0, 0, 1]] * 3]))
    assert tally["bloc_statements"].tolist() == [2, 2]
    assert tally["claims"].tolist() == [1]
