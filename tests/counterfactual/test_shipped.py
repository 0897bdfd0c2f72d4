"""The counterfactuals that come with the historical case."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from factions.counterfactual.branching import branching_point
from factions.counterfactual.compare import Comparer
from factions.draws import find_draws
from factions.scenario import load
from factions.scenario.plan.happenings import events_left
from factions.scenario.variants import read_variants
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
    for reading in read_variants(path):
        scenario = reading.scenario
        assert scenario.title != history.title
        assert scenario.question and scenario.question.endswith("?")
        assert scenario.description != history.description
        assert branching_point(history, scenario) is not None
        assert all(change.text and change.sources for change in scenario.changes)
        find_outcomes(history, scenario.outcomes)
    strength = path.read_text(encoding="utf-8").splitlines()[0]
    assert strength.startswith(("# Weak", "# Middling", "# Strong"))


def test_the_documentation_has_a_row_for_each():
    page = (FOLDER.parent / "docs" / "counterfactuals.md").read_text(encoding="utf-8")
    for path in FILES:
        strength = path.read_text(encoding="utf-8")[2:].split(" ")[0].rstrip(".").lower()
        rows = [line for line in page.splitlines() if line.startswith(f"| `{path.stem}` |")]
        assert len(rows) == 1, f"one row in the table of docs/counterfactuals.md for {path.stem}"
        assert f"| {strength}" in rows[0]


def test_the_turn_of_1928_needs_its_author():
    (reading,) = read_variants(FOLDER / "counterfactuals" / "stalin_dies.toml")
    lost = " ".join(str(caution) for caution in reading.cautions)
    assert "events.turn_of_1928_siberia stands on stalin" in lost
    assert "events.turn_of_1928_tribute stands on stalin" in lost


def test_the_turn_of_1928_moves_with_its_occasion():
    earlier, later = read_variants(FOLDER / "counterfactuals" / "grain_crisis_moved.toml")
    for reading, day in ((earlier, dt.date(1927, 1, 15)), (later, dt.date(1929, 1, 15))):
        days = {event.id: event.date for event in events_left(reading.scenario)}
        assert days["turn_of_1928_siberia"] == day  # 26 days after the crisis, as in history


@pytest.fixture(scope="module")
def comparer(history):
    """Worlds from the first day on, so that no filter has to run."""
    return Comparer(history, find_draws(history), 60, 0, "none")


@pytest.mark.parametrize(
    ("name", "outcome", "sign"),
    [
        ("testament", "ruling:right", +1),
        ("no_turn_of_1928", "ruling:right", +1),
        ("stalin_dies", "ruling:right", +1),
        ("no_united_opposition", "expulsions", -1),
        ("german_october_succeeds", "expulsions", -1),
        ("no_faction_ban", "open:left", +1),
    ],
)
def test_the_main_effects_keep_their_sign(comparer, name, outcome, sign):
    scenario = load(FOLDER / "counterfactuals" / f"{name}.toml")
    (row,) = comparer.compare(scenario, [outcome], tell=False).contrasts
    assert sign * row.difference > 4 * row.error


def test_whether_an_event_has_happened_is_not_compared_under_two_names(comparer):
    """Molotov's journey is not Stalin's: no row says of one what is true of the other."""
    rows = {}
    for name in ("stalin_dies", "stalin_dies_molotov"):
        found = comparer.compare(load(FOLDER / "counterfactuals" / f"{name}.toml"), tell=False).contrasts
        rows[name] = {row.outcome for row in found if row.outcome.startswith("happened:turn_of_1928")}
    assert rows == {
        "stalin_dies": {"happened:turn_of_1928_siberia", "happened:turn_of_1928_tribute"},
        "stalin_dies_molotov": set(),
    }
