"""The small cases that ship beside the documented one: sound, sourced, and what their headers say of them."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

import factions
from factions.scenario.audit import audit
from factions.scenario.shipped import find, names
from factions.statements.outcomes import find_outcome

CASES = Path(__file__).parents[1] / "scenarios" / "cases"
FILES = sorted(CASES.glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_case_is_known_by_its_name_and_every_fact_has_a_source(file):
    assert find(file.stem).samefile(file) and file.stem in names()
    facts = [gap for gap in audit(file) if gap.key.split(".")[0] in ("leaders", "ties", "record", "offices", "events")]
    assert [str(gap) for gap in facts if "no source" in gap.problem] == []


@pytest.fixture(scope="module")
def tribes():
    return factions.load("gahuku_gama")


def camps(scenario) -> list[set[str]]:
    return [set(claim.blocs) for claim in scenario.record if claim.predicate == "allied"]


def frustration(scenario, camp_of: dict[str, int]) -> int:
    """Friends apart and enemies together."""
    return sum((camp_of[a] == camp_of[b]) != (tie.trust > 0) for tie in scenario.ties for a, b in [tie.blocs])


def test_the_network_is_the_published_one(tribes):
    signs = [tie.trust for tie in tribes.ties]
    assert (len(tribes.blocs), signs.count(1.0), signs.count(-1.0)) == (16, 29, 29)
    camp_of = {name: k for k, camp in enumerate(camps(tribes)) for name in camp}
    assert len(camp_of) == 16
    assert frustration(tribes, camp_of) == 2


def test_no_partition_that_a_hundred_climbs_find_is_better(tribes):
    dice, blocs = random.Random(1), [bloc.id for bloc in tribes.blocs]
    for _ in range(100):
        camp_of = {name: dice.randrange(6) for name in blocs}
        better = True
        while better:
            before = frustration(tribes, camp_of)
            for name in blocs:
                costs = {k: frustration(tribes, {**camp_of, name: k}) for k in range(8)}
                camp_of[name] = min(costs, key=lambda k: costs[k])
            better = frustration(tribes, camp_of) < before
        assert frustration(tribes, camp_of) >= 2


def test_ties_alone_reach_the_published_partition_through_the_public_format(tribes):
    ensemble = factions.run(tribes, 400, seed=2, parameters="default")
    reached = find_outcome(tribes, "record").measure(ensemble)
    assert reached.mean() >= 0.95  # 0.977 of 4,000
    labels = ensemble["alliance"][:, -1]
    assert len(np.unique(labels[reached == 1.0], axis=0)) == 1


def test_the_german_cabinet_is_missed_in_its_third_partner_as_the_header_says():
    scenario = factions.load("germany_2021")
    ensemble = factions.run(scenario, 1000, seed=3, parameters="default")
    share = {
        name: find_outcome(scenario, f"ruling:{name}").measure(ensemble).mean() for name in ("spd", "greens", "fdp")
    }
    assert share["spd"] > 0.98
    assert share["greens"] == pytest.approx(0.63, abs=0.06) and share["fdp"] == pytest.approx(0.30, abs=0.06)
    assert sum(leader.prestige for leader in scenario.leaders) == 735  # and one of the SSW
