"""The claim table against numbers worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from factions.results.arrays import empty_arrays
from factions.results.ensemble import Ensemble
from factions.scenario import load
from factions.statements import scores

SECOND = """
[[record]]
id = "centre_rules"
text = "The Centre rules."
predicate = "ruling"
blocs = ["centre"]
between = ["first", "second"]
when = "throughout"
about = ["centre"]
sources = ["book"]
confidence = "medium"
"""


@pytest.fixture
def ensemble(minimal, write):
    """Four worlds: Trotsky keeps the army in the first only; the Centre rules in the first two."""
    scenario = load(write(minimal + SECOND))
    arrays = empty_arrays(scenario, 4)
    arrays["alliance"][:] = [0, 1]
    arrays["ruling"][:2] = 1
    arrays["holder"][:] = 1
    arrays["holder"][0, :, 1] = 0
    return Ensemble(scenario, 0, "test", np.arange(4), arrays)


def test_scores_are_shares_of_the_worlds(ensemble):
    army, centre = scores.score_ensemble(ensemble)
    assert (army.id, army.count, army.probability) == ("army_lost", 3, 0.75)
    assert (centre.count, centre.confidence, centre.sources, centre.about) == (2, "medium", ("book",), ("centre",))
    assert (centre.meeting, str(centre.date)) == ("second", "1925-12-18")
    assert army.error == pytest.approx(math.sqrt(5 / 8 * 3 / 8 / 4))  # 3 + 2 of 4 + 4


def test_the_replay_sums_them_up(ensemble):
    counts = scores.count_claims(ensemble)
    assert counts["matched"].tolist() == [0, 3, 1]  # claims held by world: 1, 2, 1, 1
    summed = scores.replay(scores.score_ensemble(ensemble), counts["matched"])
    assert summed.mean_probability == pytest.approx((0.75 + 0.5) / 2)
    assert summed.error == pytest.approx(np.std([0.5, 1.0, 0.5, 0.5], ddof=1) / 2)
    assert summed.log_score == pytest.approx((math.log(0.7) + math.log(0.5)) / 2)
    assert summed.geometric_mean == pytest.approx(math.sqrt(0.7 * 0.5))


def test_a_claim_that_no_world_satisfies_has_a_finite_score(ensemble):
    never, always = scores.claim_scores(ensemble.scenario, [0, 1000], 1000)
    assert (never.probability, always.probability) == (0.0, 1.0)
    assert 0.0014 < never.error < 0.0015
    assert never.error == pytest.approx(always.error)
    summed = scores.replay([never, always], [0, 1000, 0])
    assert summed.log_score == pytest.approx((math.log(0.5 / 1001) + math.log(1000.5 / 1001)) / 2)
    assert summed.geometric_mean == pytest.approx(math.sqrt(0.5 * 1000.5) / 1001)


def test_one_world_says_nothing_of_the_errors(ensemble):
    only = first_world_of(ensemble)
    assert {score.error for score in scores.score_ensemble(only)} == {None}
    assert scores.replay(scores.score_ensemble(only), scores.count_claims(only)["matched"]).error is None


def first_world_of(ensemble):
    return replace(ensemble, worlds=ensemble.worlds[:1], arrays={n: a[:1] for n, a in ensemble.arrays.items()})


def test_the_worst_come_first(ensemble):
    assert [score.id for score in scores.worst(scores.score_ensemble(ensemble), 1)] == ["centre_rules"]


def test_no_claims_no_replay():
    assert scores.replay([], [5]) is None


def test_the_table_of_worlds_says_which_claims_hold(ensemble):
    rows = scores.held_table(ensemble).to_pylist()
    assert rows[:3] == [
        {"world": 0, "claim": "army_lost", "holds": False},
        {"world": 0, "claim": "centre_rules", "holds": True},
        {"world": 1, "claim": "army_lost", "holds": True},
    ]
