"""Scores, ranks and curves by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factions.inference.observed import observe, record_score
from factions.parameters import FREE
from factions.validation.identification import covered, kolmogorov, ranked, ranks, simulated_record
from factions.validation.replay import calibration_curve
from factions.validation.scores import paired, summarise


def test_the_record_score_by_hand():
    score = record_score(np.array([1.0, 0.0, 0.5]), np.array([0.05, 0.05, 0.3]))
    np.testing.assert_allclose(score, np.log([0.95, 0.05, 0.5]))


def test_a_sure_and_a_balanced_claim():
    held = np.zeros((400, 2), bool)
    held[:, 0] = True
    held[:200, 1] = True
    held = np.random.default_rng(0).permutation(held)
    found = summarise(held, np.array([0.05, 0.05]))
    assert found.mean_probability == pytest.approx(0.75)
    assert found.record_score == pytest.approx((math.log(0.95) + math.log(0.5)) / 2)
    assert found.geometric_mean == pytest.approx(math.sqrt(0.5), rel=0.01)
    assert found.mean_probability_error == pytest.approx(0.5 * 0.5 / math.sqrt(400), rel=0.5)


def test_errors_are_what_repetition_shows():
    random, chance = np.random.default_rng(1), np.array([0.9, 0.6, 0.2])
    found = [summarise(random.random((800, 3)) < chance, np.full(3, 0.05)) for _ in range(60)]
    for name in ("mean_probability", "record_score", "log_score"):
        claimed = np.mean([getattr(run, f"{name}_error") for run in found])
        assert np.std([getattr(run, name) for run in found]) == pytest.approx(claimed, rel=0.35)


def test_the_advantage_is_paired_over_claims():
    found = paired(np.array([0.0, -1.0]), np.array([-1.0, -3.0]))
    assert found.advantage == pytest.approx(1.5)
    assert found.advantage_error == pytest.approx(0.5)


def test_ranks_of_a_truth_among_draws():
    found = ranks(np.array([0.0, 9.0]), np.array([[-1.0, 1.0], [1.0, 2.0], [2.0, 3.0]]))
    np.testing.assert_allclose(found, [1.5 / 4, 3.5 / 4])


def test_uniform_ranks_pass_and_crowded_ones_do_not():
    even = (np.arange(50) + 0.5) / 50
    assert kolmogorov(even) > 0.99
    assert kolmogorov(even / 3) < 1e-6
    assert covered(even, 0.5) == pytest.approx(0.5, abs=0.021)


def test_coverage_of_exact_posteriors_is_nominal():
    """Normal data with a normal prior: the posterior is known, so the ranks must be uniform."""
    random, rows = np.random.default_rng(2), []
    for _ in range(300):
        truth = random.standard_normal(len(FREE))
        data = truth + 0.5 * random.standard_normal(len(FREE))
        draws = data / 1.25 + math.sqrt(0.2) * random.standard_normal((200, len(FREE)))
        rows.append(ranks(truth, draws))
    found = ranked(np.array(rows))
    for level, share in (("50%", 0.5), ("90%", 0.9)):
        assert found.coverage[level].covered == pytest.approx(share, abs=0.02)
    assert np.median([row.uniform for row in found.by_parameter.values()]) > 0.2


def test_a_simulated_record_errs_as_often_as_its_confidence_says(scenario):
    observed, random = observe(scenario), np.random.default_rng(3)
    held = np.array([True, False, True, False])
    told = np.array([simulated_record(observed, held, random).told for _ in range(4000)])
    np.testing.assert_allclose((told != held).mean(axis=0), observed.error, atol=0.03)


def test_the_calibration_curve_by_hand():
    rows = calibration_curve(np.array([0.05, 0.05, 0.95, 1.0]), np.array([0, 1, 1, 1]))
    assert [(row.claims, row.held) for row in rows] == [(2, 0.5), (2, 1.0)]
    assert rows[1].predicted == pytest.approx(0.975)
