"""Pairs of worlds: conditioned, replayed, and the same to the bit when nothing is changed."""

from __future__ import annotations

import numpy as np
import pytest

from factions.counterfactual.branching import branching_point
from factions.counterfactual.compare import Comparer
from factions.counterfactual.conditioning import Condition, condition_paths
from factions.counterfactual.divergence import DECIDED
from factions.counterfactual.paths import carry_over, free_paths
from factions.draws import Draws
from factions.dynamics import run_worlds
from factions.statements.claims import judge

WORLDS = 120


@pytest.fixture
def draws(values):
    return Draws(values.reshape(1), "test")


def test_free_paths_are_the_worlds_of_an_ordinary_run(toy, draws):
    paths = free_paths(draws.of(np.arange(40)), 4)
    here, there = paths.run(toy, 2), run_worlds(toy, np.arange(40), draws.of(np.arange(40)), 2)
    for name in here.arrays.keys() - {"leader_influence"}:
        assert np.array_equal(here[name], there[name]), name


@pytest.mark.parametrize("condition", list(Condition))
@pytest.mark.parametrize("text", ["", "[readings]\n", 'description = "Other words"\n'], ids=["empty", "table", "words"])
def test_a_file_that_changes_nothing_gives_the_same_worlds(toy, changed, draws, condition, text):
    found = Comparer(toy, draws, WORLDS, 4, condition).compare(changed(text), tell=False)
    for name, array in found.factual.arrays.items():
        assert np.array_equal(array, found.counterfactual[name]), name
    assert found.diverged == 0.0
    assert found.draws.unaligned == 0.0
    assert all(row.difference == 0.0 for row in found.contrasts)
    assert "changes nothing" in " ".join(found.warnings)


@pytest.mark.parametrize(
    ("text", "meeting"),
    [
        ("", None),
        ('title = "Other"\n', None),
        ('[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n', 1),
        ('[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "open"\nat = "third"\n', 2),
        ('[[changes]]\nkind = "move"\nevent = "clara_dies"\ndate = 1926-02-01\n', None),
        ('[[changes]]\nkind = "move"\nevent = "clara_dies"\ndate = 1925-01-01\n', 2),
        ('remove = ["events.clara_dies"]\n', 3),
        ("[parameters]\nprecision = 4.5\n", 0),
        ("[mechanisms]\ntrust = false\n", 0),
        ('[[leaders]]\nid = "bella"\nprestige = 9\n', 0),
        ('[[meeting_kinds]]\nid = "talk"\nselection = 1.0\n', None),
        ('[[meeting_kinds]]\nid = "talk"\nselection = 0.5\n', 1),
        ('[[meetings]]\nid = "third"\ndate = 1925-10-01\n', 2),
    ],
)
def test_the_branching_point_is_the_first_meeting_that_can_differ(toy, changed, text, meeting):
    assert branching_point(toy, changed(text)) == meeting


@pytest.mark.parametrize("condition", list(Condition))
def test_pairs_are_the_same_worlds_up_to_the_branching_point(toy, changed, draws, condition):
    other = changed('[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "quiet"\nat = "third"\n')
    found = Comparer(toy, draws, WORLDS, 4, condition).compare(other, tell=False)
    for name in DECIDED:
        assert np.array_equal(found.factual[name][:, :2], found.counterfactual[name][:, :2]), name
    assert [parting.share for parting in found.partings][:2] == [0.0, 0.0]
    assert found.diverged > 0.0


def test_conditioned_worlds_agree_with_the_record_so_far_more_than_others(toy, draws):
    free = judge(condition_paths(toy, draws, 400, 1, Condition.none, 2).run(toy, 1)).mean(axis=0)
    tied = judge(condition_paths(toy, draws, 400, 1, Condition.branch, 2).run(toy, 1)).mean(axis=0)
    assert 0.2 < free[0] < 0.9
    assert tied[0] > 0.9  # a claim of high confidence errs one time in twenty


def test_the_share_of_agreeing_worlds_is_what_bayes_says(toy, draws):
    """One claim that p of the worlds satisfy and that is wrong with probability e: p(1-e) / (p(1-e) + (1-p)e) agree."""
    only = toy.model_copy(update={"record": toy.record[:1]})
    free = judge(free_paths(draws.of(np.arange(4000)), 4).run(only, 9)).mean()
    tied = judge(condition_paths(only, draws, 4000, 9, Condition.record, None).run(only, 9)).mean()
    assert tied == pytest.approx(free * 0.95 / (free * 0.95 + (1 - free) * 0.05), abs=0.01)


def test_worlds_after_the_branching_point_have_luck_of_their_own(toy, draws):
    paths = condition_paths(toy, draws, 600, 1, Condition.branch, 2)  # as many as the filter has particles
    assert paths.ancestors < 600
    for m in (2, 3):
        assert len(np.unique(paths.luck[:, m])) == 600


def test_without_a_record_before_the_change_worlds_are_unconditioned(toy, draws):
    bare = toy.model_copy(update={"record": ()})
    for scenario, branch in ((toy, 0), (bare, 2)):
        paths = condition_paths(scenario, draws, 50, 1, Condition.branch, branch)
        assert paths.until == ""
        assert paths.ancestors == 50


def test_a_new_meeting_has_the_luck_of_the_one_before_it(toy, changed, draws):
    other = changed('[[meetings]]\nid = "extra"\nkind = "talk"\ndate = 1925-01-15\n')
    paths = free_paths(draws.of(np.arange(3)), 4)
    paths.luck[:, 1] += 100
    assert carry_over(paths, toy, other).luck[:, [0, 1, 2, 3]].tolist() == [[w, w + 100, w + 100, w] for w in range(3)]


def test_a_changed_parameter_holds_in_every_world(toy, changed, draws):
    there = carry_over(free_paths(draws.of(np.arange(3)), 4), toy, changed("[parameters]\nprecision = 4.5\n"))
    assert (there.values["precision"] == 4.5).all()
    assert (there.values["surrender"] == draws.values["surrender"][0]).all()


def test_contrasts_of_two_seeds_agree_within_their_errors(toy, changed, draws):
    other = changed('[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "quiet"\nat = "third"\n')
    one, two = (Comparer(toy, draws, 800, seed, Condition.branch).compare(other, tell=False) for seed in (1, 2))
    for a, b in zip(one.contrasts, two.contrasts, strict=True):
        assert a.error is not None and b.error is not None
        assert abs(a.difference - b.difference) <= 4.5 * np.hypot(a.error, b.error) + 1e-12, a.outcome


def test_the_readable_model_gives_the_same_pairs(toy, changed, draws):
    other = changed('[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "quiet"\nat = "third"\n')
    fast, slow = (Comparer(toy, draws, 20, 4, Condition.branch, 1, engine) for engine in ("compiled", "mesa"))
    one, two = fast.compare(other, tell=False), slow.compare(other, tell=False)
    for name, array in one.counterfactual.arrays.items():
        assert np.array_equal(array, two.counterfactual[name]), name
    assert (one.contrasts, one.cost) == (two.contrasts, two.cost)
    assert two.factual.engine == "mesa"
