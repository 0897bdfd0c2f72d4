"""Outcomes: names, and their values in worlds made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from factions.errors import UsageError
from factions.outcomes import find_outcome, usual_outcomes, year
from factions.results.ensemble import Ensemble, empty_arrays


@pytest.fixture
def worlds(toy):
    """Two worlds: rulers and doubters allied until the third meeting; in the second world for ever."""
    arrays = empty_arrays(toy, 2)
    arrays["alliance"][:] = [0, 1, 0]
    arrays["alliance"][0, 2:] = [0, 1, 2]
    arrays["influence"][:] = [0.5, 0.25, 0.25]
    arrays["activity"][:] = 1
    arrays["standing"][0, 3] = [0, 1, 5, 3, 2]
    arrays["open"][0, 3, 1] = 1
    arrays["holder"][:] = 0
    arrays["surrendered"][1, 3, 2] = 2
    return Ensemble(toy, 0, "test", np.arange(2), arrays)


VALUES = {
    "ruling:rulers": [1, 1],
    "ruling:doubters": [0, 1],
    "ruling:doubters@second": [1, 1],
    "open:rebels": [1, 0],
    "allied:rulers+doubters@third": [0, 1],
    "politburo:anna": [1, 1],
    "central_committee:alexei": [1, 1],
    "politburo:alexei": [0, 1],
    "party:bella": [0, 1],
    "deported:boris": [1, 0],
    "capitulated:boris": [0, 1],
    "holds:anna+army": [1, 1],
    "claim:rulers_rule": [1, 1],
    "influence:rebels": [0.25, 0.25],
    "alliances": [3, 2],
    "effective_alliances": [1 / 0.375, 1 / 0.625],
    "effective_blocs": [1 / 0.375, 1 / 0.375],
    "expulsions": [2, 0],
    "break:rulers+doubters": [1925 + 243 / 365, 1926 + 364 / 365],
    "break:rulers+rebels": [1926 + 364 / 365] * 2,
}


@pytest.mark.parametrize("name", VALUES)
def test_values_by_hand(worlds, toy, name):
    outcome = find_outcome(toy, name)
    assert outcome.measure(worlds) == pytest.approx(VALUES[name])
    assert outcome.name == name
    assert outcome.text


def test_the_distance_is_the_share_of_claims_missed(worlds, toy):
    # the first world misses that the rebels speak out and that Boris falls; so does the second
    assert find_outcome(toy, "distance").measure(worlds) == pytest.approx([2 / 3, 2 / 3])


def test_a_dead_leader_sits_nowhere(worlds, toy):
    worlds["activity"][:, 3, 0] = -1
    assert find_outcome(toy, "politburo:anna").measure(worlds).tolist() == [0, 0]


def test_the_influence_of_a_leader_needs_worlds_that_hold_it(worlds, toy):
    outcome = find_outcome(toy, "influence:anna")
    with pytest.raises(UsageError):
        outcome.measure(worlds)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("rulling:rulers", 'did you mean "ruling"?'),
        ("ruling:rulerz", 'did you mean "rulers"?'),
        ("ruling", "write ruling:BLOC"),
        ("break:rulers", "write break:BLOC+BLOC"),
        ("ruling:rulers@forth", 'did you mean "fourth"?'),
        ("party:ana", 'did you mean "anna"?'),
    ],
)
def test_an_unknown_name_is_met_with_the_nearest(toy, name, remedy):
    with pytest.raises(UsageError) as caught:
        find_outcome(toy, name)
    assert caught.value.remedy == remedy
    assert name.split(":")[0] in caught.value.problem


def test_the_usual_outcomes_have_different_names(toy):
    names = [outcome.name for outcome in usual_outcomes(toy)]
    assert len(set(names)) == len(names)
    assert {"ruling:rulers", "politburo:anna", "break:rulers+doubters", "distance"} <= set(names)


def test_years(toy):
    assert year(toy.start) == 1924.0
    assert year(toy.end) == pytest.approx(1926 + 364 / 365)
