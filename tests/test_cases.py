"""The small cases that ship beside the documented one: sound, sourced, and what their headers say of them."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import numpy as np
import pytest

import factions
from factions.scenario.audit import audit
from factions.scenario.text.shipped import find, names
from factions.statements.outcomes import find_outcome

CASES = Path(__file__).parents[1] / "scenarios" / "cases"
FILES = sorted(CASES.glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_case_is_known_by_its_name_and_every_fact_has_a_source(file):
    assert find(file.stem).samefile(file) and file.stem in names()
    facts = [gap for gap in audit(file) if gap.key.split(".")[0] in ("leaders", "ties", "record", "offices", "events")]
    assert [str(gap) for gap in facts if "no source" in gap.text] == []


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
    assert share["spd"] == pytest.approx(0.98, abs=0.02)
    assert share["greens"] == pytest.approx(0.61, abs=0.06) and share["fdp"] == pytest.approx(0.30, abs=0.06)
    assert sum(leader.prestige for leader in scenario.leaders) == 735  # and one of the SSW


@pytest.fixture(scope="module")
def german_party():
    return factions.load("spd_1914")


def test_another_party_has_a_record_of_its_own(german_party):
    assert len(german_party.record) == 60
    assert {claim.confidence for claim in german_party.record} <= {"high", "medium", "low"}


def test_its_inputs_hold_nothing_that_was_decided_after_the_first_day(german_party):
    """Only what comes from outside happens by date, and nobody's position, post, seat or bloc is moved."""
    assert {event.kind for event in german_party.events} <= {"death", "illness", "recovery", "threat", "salience"}
    assert german_party.changes == () and german_party.contested == {}
    arrests = [event for event in german_party.events if event.kind == "illness" and event.id != "luxemburg_jailed"]
    assert len(arrests) == 4 and all(event.requires == ("open:radicals",) for event in arrests)
    assert not any(bloc.condemned for bloc in german_party.blocs)
    assert all(leader.active and leader.standing != "expelled" for leader in german_party.leaders)


def test_its_record_is_for_scoring_alone(german_party):
    with_it, without = (
        factions.run(scenario, 20, seed=4, parameters="default")
        for scenario in (german_party, german_party.model_copy(update={"record": ()}))
    )
    assert all(
        (with_it[name] == without[name]).all() for name in ("ruling", "open", "standing", "membership", "holder")
    )


def test_the_note_of_every_leader_has_the_four_numbers_of_his_prestige(german_party):
    for leader in german_party.leaders:
        sums = re.search(r"Prestige ([\d.]+(?: \+ [\d.]+){3})\.$", leader.note)
        assert sum(map(float, sums.group(1).split(" + "))) == leader.prestige, leader.id
        assert all(value * 2 == round(value * 2) for value in leader.ideal_point.values()), leader.id


def test_bands_of_votes_go_from_half_to_twice_the_odds(german_party):
    counted = {"vote_of_dec_1915": (44, 110), "vote_of_jan_1916": (11, 40), "vote_of_mar_1916": (33, 91)}
    counted |= {"vote_of_sep_1916": (169, 445), "vote_of_jan_1917": (10, 39)}
    bands = {claim.id: (claim.low, claim.high) for claim in german_party.record if claim.predicate == "vote_share"}
    for claim, (against, cast) in counted.items():
        odds = against / (cast - against)
        assert bands.pop(claim) == pytest.approx((odds / 2 / (1 + odds / 2), 2 * odds / (1 + 2 * odds)), abs=6e-4)
    assert not bands


@pytest.mark.parametrize(
    ("draws", "mean"), [("cases/spd_1914.posterior.parquet", 0.521), ("history.posterior.parquet", 0.419)]
)
def test_the_model_does_as_poorly_on_it_as_its_header_says(german_party, draws, mean):
    assert f"{mean:.3f}" in (CASES / "spd_1914.toml").read_text(encoding="utf-8").partition("title =")[0]
    ensemble = factions.run(german_party, 1024, seed=5, parameters=CASES.parent / draws)
    probabilities = [score.probability for score in factions.claims(ensemble)]
    assert np.mean(probabilities) == pytest.approx(mean, abs=0.006)  # the Monte Carlo error is 0.0014


def test_its_posterior_is_of_this_file_and_was_fitted_to_the_whole_record(german_party):
    manifest = json.loads((CASES / "spd_1914.posterior.json").read_text(encoding="utf-8"))
    assert manifest["digest"] == german_party.digest
    assert (manifest["claims"], manifest["draws"], manifest["until"]) == (60, 1024, None)


def test_its_what_if_keeps_the_minority_quiet(german_party):
    silent = factions.run(factions.load("spd_discipline"), 50, seed=6, parameters="default")
    minority = [bloc.id for bloc in german_party.blocs].index("minority")
    names = [meeting.id for meeting in german_party.meetings]
    held = slice(names.index("dec_1915_caucus"), names.index("sep_1916_conference") + 1)
    assert not silent["open"][:, held, minority].any()
