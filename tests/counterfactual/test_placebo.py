"""What chance alone does to outcomes, and the smallest effect that can be told from it."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from factions.counterfactual.compare import Comparer
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.contrasts import DETECTABLE, Contrast
from factions.counterfactual.paths import free_paths
from factions.counterfactual.placebo import other_luck
from factions.draws import Draws

QUIET = '[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "quiet"\nat = "third"\n'


@pytest.fixture
def draws(values):
    return Draws(values.reshape(1), "test")


def test_luck_is_other_from_the_branch_on_and_nobody_elses(draws):
    paths = free_paths(draws.of(np.arange(5)), 4)
    other = other_luck(paths, 2).luck
    assert np.array_equal(other[:, :2], paths.luck[:, :2])
    assert np.intersect1d(other[:, 2:], paths.luck).size == 0
    assert len(np.unique(other[:, 2:])) == 5
    assert np.array_equal(other_luck(paths, None).luck, paths.luck)


@pytest.mark.parametrize("condition", list(Condition))
def test_where_nothing_is_changed_the_placebo_is_exactly_nothing(toy, changed, draws, condition):
    found = Comparer(toy, draws, 60, 4, condition).compare(changed(""), tell=False)
    assert all(row.placebo == 0.0 == row.difference for row in found.contrasts)


@pytest.mark.parametrize("condition", [Condition.none, Condition.branch])
def test_chance_alone_does_nothing_on_average(toy, changed, draws, condition):
    found = Comparer(toy, draws, 800, 4, condition).compare(changed(QUIET), tell=False)
    assert any(row.placebo != 0.0 for row in found.contrasts)
    for row in found.contrasts:
        assert abs(row.placebo) <= 4.5 * row.placebo_error + 1e-12, row.outcome


def test_worlds_tied_to_the_whole_record_leave_it_once_their_luck_is_other(toy, changed, draws):
    """Boris loses his seat at the third meeting in most worlds of the record; with other luck, in fewer."""
    sure = tuple(claim.model_copy(update={"confidence": "high"}) for claim in toy.record)
    base = toy.model_copy(update={"record": sure})

    def seat(condition):
        comparer = Comparer(base, draws, 800, 4, condition)
        return comparer.compare(changed(QUIET), ["claim:boris_out"], tell=False).contrasts[0]

    tied, free = seat(Condition.record), seat(Condition.branch)
    assert tied.placebo < -4 * tied.placebo_error
    assert free.baseline < tied.baseline + tied.placebo  # the past still leads there


def test_the_smallest_effect_is_what_a_test_of_five_percent_finds_in_four_of_five_cases():
    normal = NormalDist()
    assert pytest.approx(normal.inv_cdf(0.975) + normal.inv_cdf(0.8), abs=0.005) == DETECTABLE

    def row(error):
        return Contrast("it", "It", "number", 0.0, 0.0, 0.0, error, None, 0.0, 0.0, 0.0)

    assert row(0.01).smallest == pytest.approx(0.028)
    assert row(None).smallest is None
    assert row(0.0).smallest is None  # no pair differs: nothing says how far an unseen one might
