"""Which alliances a file rules out: small struggles worked out by hand, in which both engines agree."""

from __future__ import annotations

import numpy as np
import pytest

from factions.counterfactual.rewriting import _without_rules
from factions.model.run import run_worlds as run_mesa
from factions.report.chronicle import tell
from factions.world.build import build_case, kept_apart

TIES_ALONE = {"misjudgement": 0.0, "habit": 0.0, "trust_rate": 0.0}
ON = ("bargaining", "trust", "compensation")


@pytest.fixture
def both(outcome, parameters):
    """both(scenario): what the engine finds with ties alone, once the Mesa model has found the same in world 0."""

    def run(scenario):
        found = outcome(scenario, **TIES_ALONE)
        mesa = run_mesa(scenario, [0], parameters(scenario, precision=-1e9, **TIES_ALONE), 1)
        assert all(np.array_equal(found[name], mesa[name][0]) for name in found)
        return found

    return run


@pytest.fixture
def tied(struggle):
    """tied(ab, bc, ac, camps=None, **tables): three equal blocs with these ties, at two meetings."""

    def write(ab, bc, ac, camps=None, **tables):
        ties = [
            {"blocs": pair, "trust": trust} for pair, trust in ((("a", "b"), ab), (("b", "c"), bc), (("a", "c"), ac))
        ]
        case = struggle({"a_1": {}, "b_1": {}, "c_1": {}}, (1, 1), on=ON, ties=ties, **tables)
        return case.model_copy(update={"camps": camps})

    return write


def test_the_best_of_friends_do_not_ally_where_the_file_keeps_them_apart(tied, both):
    friends = (1.0, 1.0, 1.0)
    assert both(tied(*friends))["alliance"][1].tolist() == [0, 0, 0]
    assert both(tied(*friends, apart=[{"blocs": ("a", "b", "c")}]))["alliance"][1].tolist() == [0, 1, 2]
    # a and c find each other; b, the better friend of a, is kept out, and no third brings it in.
    found = both(tied(1.0, -1.0, 0.5, apart=[{"blocs": ("a", "b")}]))
    assert found["alliance"][1].tolist() == [0, 1, 0]


def test_a_change_keeps_more_apart_and_what_the_file_keeps_apart_stays_so(tied, both):
    change = {"kind": "alliance", "blocs": ("b", "c"), "stand": "apart", "at": "m0"}
    case = tied(0.9, 0.9, 0.2, apart=[{"blocs": ("a", "b")}], changes=[change])
    assert both(case)["alliance"].tolist() == [[0, 1, 0], [0, 1, 1]]  # then c leaves a for the better friend
    free = _without_rules(build_case(case), kept_apart(case))
    assert free.apart.tolist() == [[2, 1, 0], [2, 1, 0]]  # the change is lifted, not the rule of the file


def test_where_there_are_two_camps_those_who_lose_least_are_driven_together(tied, both, parameters):
    # Shares of 1/3: together a and b lose 2/9 * 0.1, b and c 2/9 * 0.5, a and c 2/9 * 0.9.
    enemies = (-0.1, -0.5, -0.9)
    assert both(tied(*enemies))["alliance"][1].tolist() == [0, 1, 2]
    case = tied(*enemies, camps=2)
    assert both(case)["alliance"].tolist() == [[0, 0, 2], [0, 0, 2]]  # neither can leave: there is no third camp
    first = " ".join(tell(case, 0, 1, parameters(case, precision=-1e9, **TIES_ALONE)).chapters[0].paragraphs)
    assert "A had to side with b." in first
    assert both(tied(*enemies, camps=1))["alliance"][1].tolist() == [0, 0, 0]


def test_a_bloc_may_change_camps_and_none_may_found_a_third(tied, both):
    together = [{"blocs": ("a", "b")}]
    assert both(tied(-1.0, 1.0, -1.0, camps=2, alliances=together))["alliance"][0].tolist() == [0, 1, 1]
    refused = tied(-1.0, -1.0, -1.0, camps=2, alliances=together)  # nobody takes either of them
    assert both(refused)["alliance"][1].tolist() == [0, 0, 2]
    assert both(refused.model_copy(update={"camps": None}))["alliance"][1].tolist() == [0, 1, 2]


def test_nobody_is_driven_together_who_is_kept_apart(tied, both):
    case = tied(-0.1, -0.5, -0.9, camps=1, apart=[{"blocs": ("a", "b")}])
    assert both(case)["alliance"][1].tolist() == [0, 1, 1]
