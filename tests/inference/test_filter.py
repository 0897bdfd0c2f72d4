"""The particle filter against exact sums over all paths of a small chain, and against unconditional worlds."""

from __future__ import annotations

import itertools
from datetime import date

import numpy as np
import pytest

from factions.dynamics import EngineDynamics, run_paths, run_worlds
from factions.errors import UsageError
from factions.inference.filter import Filter, run_filter, unconditional
from factions.inference.observed import observe
from factions.inference.weights import effective, log_mean, systematic
from factions.parameters import default_values
from factions.statements.claims import judge
from factions.world.build import build_case

WINDOWS = [(0, 0), (1, 2), (1, 3), (0, 1)]
ERRORS = [0.05, 0.15, 0.30, 0.05]


def truths(path):
    """Which of the four claims of the scenario hold on a path of open (1) and quiet (0)."""
    return [path[0] == 1, path[1] == 0 == path[2], 1 in path[1:4], 0 not in path[0:2]]


def exact(chain, told=(True, True, True, True)):
    """Likelihood of what is resolved by each meeting, and probability of each claim given what was resolved before."""
    paths = list(itertools.product((0, 1), repeat=chain.meetings))
    prior = np.array([_probability(path, chain) for path in paths])
    held = np.array([truths(path) for path in paths])
    weights = np.where(held == np.array(told), 1.0 - np.array(ERRORS), ERRORS)
    last = np.array([window[1] for window in WINDOWS])
    totals = [float(prior @ weights[:, last <= m].prod(axis=1)) for m in range(chain.meetings)]
    predictive = []
    for c in range(len(WINDOWS)):
        given = prior * weights[:, last < last[c]].prod(axis=1)
        predictive.append(float(given @ held[:, c] / given.sum()))
    return np.array(totals), np.array(predictive)


def _probability(path, chain):
    total = chain.first if path[0] else 1.0 - chain.first
    for before, now in itertools.pairwise(path):
        chance = chain.stays if before else chain.turns
        total *= chance if now else 1.0 - chance
    return total


def values(count):
    return np.repeat(default_values(), count)


def test_many_particles_reach_the_exact_likelihood_and_predictions(scenario, chain):
    totals, predictive = exact(chain)
    found = run_filter(observe(scenario), values(1), 6000, seed=1, luck=np.array([0]))
    np.testing.assert_allclose(np.cumsum(found.increments[0]), np.log(totals), atol=0.03)
    np.testing.assert_allclose(found.predictive[0], predictive, atol=0.03)
    assert found.log_likelihood[0] == pytest.approx(found.increments[0].sum())


@pytest.mark.parametrize("guided", [True, False])
def test_few_particles_are_unbiased(scenario, chain, guided):
    totals, _ = exact(chain)
    filters = 1200
    found = run_filter(observe(scenario), values(filters), 6, 3, np.arange(filters) * 6, guided=guided)
    estimates = np.exp(found.log_likelihood)
    error = estimates.std() / np.sqrt(filters)
    assert (found.ess < 3).any(), "nothing was resampled, so nothing was tested"
    assert abs(estimates.mean() - totals[-1]) < 4 * error
    assert error < 0.05 * totals[-1]


def test_a_record_that_denies_a_claim(scenario, chain):
    told = (True, False, False, True)
    totals, _ = exact(chain, told)
    found = run_filter(observe(scenario).telling(np.array(told)), values(1), 6000, 2, np.array([0]))
    assert found.log_likelihood[0] == pytest.approx(np.log(totals[-1]), abs=0.04)


def test_with_the_engine_it_agrees_with_unconditional_worlds(history):
    observed = observe(history, until=date(1924, 6, 30))
    held = judge(run_worlds(history, np.arange(2500), default_values(), seed=9))[:, observed.claims]
    weights = np.where(held, 1.0 - observed.error, observed.error).prod(axis=1)
    filters = 200
    found = np.exp(run_filter(observed, values(filters), 12, 4, np.arange(filters) * 12).log_likelihood)
    error = np.hypot(weights.std() / np.sqrt(len(weights)), found.std() / np.sqrt(filters))
    assert error < 0.1 * weights.mean()
    assert abs(found.mean() - weights.mean()) < 4 * error


def test_a_lineage_is_replayed_exactly(history):
    observed = observe(history, until=date(1926, 12, 31))
    filter_ = Filter(
        observed, EngineDynamics(build_case(history), values(32), 5), 16, 5, np.array([0, 16]), lineage=True
    )
    found = filter_.run()
    assert len(np.unique(found.lineage[0, :, 0])) < 16, "nothing was resampled, so nothing was tested"
    again = run_paths(history, values(32), found.lineage.reshape(32, -1), seed=5)
    for name in ("open", "influence", "trust", "standing", "holder"):
        np.testing.assert_array_equal(again[name][:, observed.meetings - 1], filter_.arrays[name][:, 0])


def test_paths_of_one_world_each_are_the_plain_worlds(history):
    worlds = np.arange(40)
    plain = run_worlds(history, worlds, default_values(), seed=6)
    paths = np.repeat(worlds[:, np.newaxis], 4, axis=1)
    again = run_paths(history, values(40), paths, seed=6)
    for name in ("open", "alliance", "trust"):
        np.testing.assert_array_equal(again[name], plain[name])


def test_filters_do_not_depend_on_their_company(history):
    observed, luck = observe(history, until=date(1924, 6, 30)), np.array([0, 50, 100])
    together = run_filter(observed, values(3), 20, 7, luck)
    alone = [run_filter(observed, values(1), 20, 7, luck[g : g + 1]).log_likelihood[0] for g in range(3)]
    np.testing.assert_array_equal(together.log_likelihood, alone)


def test_until_keeps_the_claims_resolved_by_that_day(scenario):
    early, late = observe(scenario, until=date(1925, 12, 20)), observe(scenario, after=date(1925, 12, 20))
    assert [scenario.record[c].id for c in early.claims] == ["speaks_first", "silent_between", "never_mute_twice"]
    assert [scenario.record[c].id for c in late.claims] == ["speaks_again"]
    assert early.meetings == 3
    found = run_filter(early, values(1), 8, 0, np.array([0]))
    assert found.increments.shape == (1, 3)


def test_what_cannot_be_fitted_is_said(scenario):
    with pytest.raises(UsageError, match=r"has no record to fit; add \[\[record\]\]"):
        observe(scenario.model_copy(update={"record": ()}))
    with pytest.raises(UsageError, match="by 1924-01-01; claims are resolved from 1924-05-23 to 1925-12-24"):
        observe(scenario, until=date(1924, 1, 1))


def test_confidence_is_the_chance_of_error(scenario):
    observed = observe(scenario)
    np.testing.assert_allclose(observed.error, ERRORS)
    np.testing.assert_array_equal(observed.first, [window[0] for window in WINDOWS])
    np.testing.assert_array_equal(observed.last, [window[1] for window in WINDOWS])


def test_weights_by_hand():
    log_weight = np.log([[0.5, 0.25, 0.25, 0.0001]])[:, :3]
    assert log_mean(log_weight)[0] == pytest.approx(np.log(1 / 3))
    assert effective(log_weight)[0] == pytest.approx(1 / (0.25 + 0.0625 + 0.0625))
    np.testing.assert_array_equal(systematic(np.array([0.5, 0.25, 0.25, 0.0]), 0.5), [0, 0, 1, 2])


def test_systematic_offspring_are_their_share_in_the_mean():
    # With shock u, place k + u of n lies in a weight's interval for a share of u that adds up to n times the weight:
    # the mean over evenly spaced shocks is that integral, up to their distance.
    weights = np.array([0.07, 0.4, 0.0, 0.33, 0.2])
    for count in (5, 3, 17):
        shocks_ = (np.arange(4000) + 0.5) / 4000
        counts = np.mean([np.bincount(systematic(weights, u, count), minlength=5) for u in shocks_], axis=0)
        np.testing.assert_allclose(counts, count * weights, atol=2 / 4000)


def test_systematic_offspring_are_within_one_of_their_share():
    weights = np.random.default_rng(0).dirichlet(np.ones(50))
    counts = np.bincount(systematic(weights, 0.3), minlength=50)
    assert counts.sum() == 50 and (np.abs(counts - 50 * weights) < 1.0).all()


def test_unconditional_worlds_reach_the_exact_probabilities(scenario, chain):
    paths = list(itertools.product((0, 1), repeat=chain.meetings))
    prior = np.array([_probability(path, chain) for path in paths])
    wanted = prior @ np.array([truths(path) for path in paths])
    held = unconditional(observe(scenario), values(2), 4000, 8, np.array([0, 5000]))
    assert held.shape == (2, 4000, 4)
    np.testing.assert_allclose(held.mean(axis=1), [wanted, wanted], atol=0.03)
    assert not np.array_equal(held[0], held[1])


def test_unconditional_worlds_are_those_of_the_engine(history):
    observed = observe(history, until=date(1924, 6, 30))
    held = judge(run_worlds(history, np.arange(30, 60), default_values(), seed=9))[:, observed.claims]
    np.testing.assert_array_equal(unconditional(observed, values(1), 30, 9, np.array([30]))[0], held)
