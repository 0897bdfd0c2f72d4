"""Claims that are imposed: against exact sums over all paths of a small chain, and by hand."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from factions import dynamics, shocks
from factions.inference.observed import observe
from factions.inference.strict import Filters, StrictFilter
from factions.parameters import default_values
from factions.statements.claims import judge

OPEN_FIRST, SILENT_THROUGHOUT, OPEN_SOMETIME, NEVER_SILENT = range(4)
"""The claims of the scenario; their confidence is high, medium, low, high."""


@pytest.fixture
def impose(scenario):
    """impose(wanted, particles, least, values, weighted): what a strict filter finds with these claims imposed."""

    def _impose(wanted, particles=4000, least=(50.0, 0.0), values=None, weighted=True):
        values = np.repeat(default_values(), 1) if values is None else values
        mask = np.isin(np.arange(4), wanted)
        with ThreadPoolExecutor(2) as pool:
            filters = Filters(scenario, values, particles, 1, pool)
            return StrictFilter(observe(scenario), filters, 1, mask, least, weighted).impose()

    return _impose


def exact(chain, wanted):
    """Sum over all paths of their probability, times the weights of claims that are weighed, of those that satisfy the
    claims that are imposed."""
    total = 0.0
    for path in itertools.product((0, 1), repeat=4):
        chance = chain.first if path[0] else 1.0 - chain.first
        for before, now in itertools.pairwise(path):
            chance *= (lambda up, now: up if now else 1.0 - up)(chain.stays if before else chain.turns, now)
        truths = [path[0] == 1, path[1] == 0 == path[2], 1 in path[1:4], 0 not in path[0:2]]
        for c, (true, error) in enumerate(zip(truths, (0.05, 0.15, 0.30, 0.05), strict=True)):
            chance *= float(true) if c in wanted else 1.0 - error if true else error
        total += chance
    return total


@pytest.mark.parametrize("wanted", [(), (0,), (0, 1), (1, 2), (0, 3), (2,)])
def test_the_likelihood_is_that_of_worlds_that_satisfy_what_is_imposed(impose, chain, wanted):
    found, imposed = impose(wanted, particles=8000)
    assert not imposed.given_up.any()
    assert found.log_likelihood[0] == pytest.approx(np.log(exact(chain, wanted)), abs=0.05)


def test_every_world_that_is_left_satisfies_what_is_imposed(impose, scenario, chain):
    found, _ = impose((OPEN_FIRST, SILENT_THROUGHOUT), particles=500)
    left = np.isfinite(found.log_weights[0])
    assert left.sum() > 0
    values = np.repeat(default_values(), int(left.sum()))
    worlds = dynamics.run_paths(scenario, values, found.lineage[0, left], 1)
    assert judge(worlds)[:, [OPEN_FIRST, SILENT_THROUGHOUT]].all()


def test_effective_numbers_and_shares_by_hand(impose, chain):
    _, imposed = impose((OPEN_FIRST, NEVER_SILENT), particles=4000)
    speak = sum(shocks.uniform(1, w, 0, 77, 0, 0) < chain.first for w in range(4000))
    assert (imposed.before[0], imposed.after[0]) == pytest.approx((4000, speak))  # both claims ask for the same there
    assert imposed.held[OPEN_FIRST] == pytest.approx(speak / 4000)
    # decided at two meetings: silent at neither of them
    assert imposed.held[NEVER_SILENT] == pytest.approx(chain.first * chain.stays, abs=0.03)
    assert np.isnan(imposed.held[[SILENT_THROUGHOUT, OPEN_SOMETIME]]).all()
    assert imposed.log_share[0] == pytest.approx(np.log(chain.first * chain.stays), abs=0.05)


def test_of_claims_that_exclude_each_other_the_less_certain_is_given_up(impose, chain):
    """Nobody can be silent at the second meeting and never silent at the first two."""
    found, imposed = impose((SILENT_THROUGHOUT, NEVER_SILENT))
    assert imposed.given_up.tolist() == [False, True, False, False]
    assert found.log_likelihood[0] == pytest.approx(np.log(exact(chain, (NEVER_SILENT,))), abs=0.05)


@pytest.fixture
def coin(monkeypatch):
    """In place of the engine: the bloc speaks out with the chance that stands in the parameter `precision`."""

    def meet(case, values, state, m, seed, luck):
        for w in range(len(luck)):
            state.open[w, 0] = int(shocks.uniform(seed, int(luck[w]), m, 77, 0, 0) < values["precision"][w])

    monkeypatch.setattr(dynamics, "meet_all", meet)
    monkeypatch.setattr(dynamics, "pass_time_all", lambda *arguments: None)


def chances(*given):
    values = np.repeat(default_values(), len(given))
    values["precision"] = given
    return values


def test_a_claim_that_would_leave_too_few_is_given_up_and_weighed_instead(impose, coin):
    speak = sum(shocks.uniform(1, w, 0, 77, 0, 0) < 0.05 for w in range(2000))
    for least, given_up in ((speak - 1.0, False), (speak + 1.0, True)):
        found, imposed = impose((OPEN_FIRST,), 2000, (least, 0.0), chances(0.05))
        assert imposed.given_up[OPEN_FIRST] == given_up
        assert imposed.held[OPEN_FIRST] == pytest.approx(speak / 2000)
        share = speak / 2000
        log_weight = np.log(share * 0.95 + (1 - share) * 0.05) if given_up else np.log(share)
        assert found.increments[0, 0] == pytest.approx(log_weight)


def test_a_claim_that_leaves_half_is_imposed_however_few_there_are(impose, coin):
    _, imposed = impose((OPEN_FIRST,), 10, (50.0, 0.0), chances(0.9))
    assert not imposed.given_up.any()
    assert imposed.after[0] >= 5


def test_filters_count_by_the_probability_of_what_is_imposed(impose, coin):
    found, imposed = impose((OPEN_FIRST,), 4000, (50.0, 0.0), chances(0.9, 0.3, 0.0), weighted=False)
    assert imposed.shares(found, weighted=False) == pytest.approx([0.75, 0.25, 0.0], abs=0.02)


def test_a_claim_that_all_but_one_filter_deny_is_given_up(impose, coin):
    for filters, given_up in ((1.0, False), (1.5, True)):
        _, imposed = impose((OPEN_FIRST,), 1000, (50.0, filters), chances(0.5, 0.0, 0.0), weighted=False)
        assert imposed.given_up[OPEN_FIRST] == given_up
