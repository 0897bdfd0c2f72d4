"""The counterfactuals that come with the historical case."""

from __future__ import annotations

from pathlib import Path

import pytest

from factions.counterfactual.branching import branching_point
from factions.scenario import load
from factions.statements.outcomes import find_outcomes

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = sorted((FOLDER / "counterfactuals").glob("*.toml"))


@pytest.fixture(scope="module")
def history():
    return load(FOLDER / "history.toml")


def test_there_are_at_least_thirty():
    assert len(FILES) >= 30


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_each_asks_a_question_says_what_is_argued_and_changes_something(path, history):
    scenario = load(path)
    assert scenario.title != history.title
    assert scenario.question and scenario.question.endswith("?")
    assert scenario.description != history.description
    assert branching_point(history, scenario) is not None
    assert all(change.text and change.sources for change in scenario.changes)
    find_outcomes(history, scenario.outcomes)
    strength = path.read_text(encoding="utf-8").splitlines()[0]
    assert strength.startswith(("# Weak", "# Middling", "# Strong"))
