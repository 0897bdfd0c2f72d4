"""The posteriors that ship beside their cases; the first tests are about the historical one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factions.draws import find_draws, read_draws
from factions.parameters import FREE, PARAMETERS
from factions.scenario import load
from factions.store.provenance import WORLDS, program_digest

SCENARIOS = Path(__file__).parents[1] / "scenarios"
POSTERIOR = SCENARIOS / "history.posterior.parquet"


def test_runs_and_comparisons_take_it_by_default():
    assert find_draws(load(SCENARIOS / "history.toml")).source == str(POSTERIOR)
    assert find_draws(load(SCENARIOS / "counterfactuals" / "testament.toml")).source == str(POSTERIOR)


def test_it_has_enough_draws_that_differ_and_says_what_it_was_fitted_to():
    draws = read_draws(POSTERIOR)
    manifest = json.loads(POSTERIOR.with_suffix(".json").read_text(encoding="utf-8"))
    assert len(draws) == manifest["draws"] >= 500
    assert manifest["claims"] == len(load(SCENARIOS / "history.toml").record)
    assert list(manifest["parameters"]) == list(FREE)
    for name, parameter in PARAMETERS.items():
        different = len(set(draws[name].tolist()))
        assert different > 100 if name in FREE else different == 1, name
        assert parameter.low <= draws[name].min() and draws[name].max() <= parameter.high


def test_what_was_not_fitted_is_what_the_scenario_says():
    draws, said = read_draws(POSTERIOR), load(SCENARIOS / "history.toml").parameters
    assert said["misjudgement"] != PARAMETERS["misjudgement"].default
    for name in PARAMETERS.keys() - FREE.keys():
        assert (draws[name] == said.get(name, PARAMETERS[name].default)).all(), name


SHIPPED = sorted(path.relative_to(SCENARIOS) for path in SCENARIOS.rglob("*.posterior.parquet"))


@pytest.mark.parametrize("path", SHIPPED, ids=str)
def test_it_was_fitted_to_this_scenario_by_these_rules(path):
    path = SCENARIOS / path
    manifest = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert manifest["worlds"] == program_digest(*WORLDS)  # CONTRIBUTING.md says when this may be written anew
    assert find_draws(load(path.with_name(manifest["scenario"]))).caution == ""
