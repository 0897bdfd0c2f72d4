"""What the terms of decisions mean: every one that the model notes has its words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import factions.model
from factions.counterfactual.reasons import Cause
from factions.counterfactual.terms import MEANING, differed, legend, reason

NO_TERM = {"probability", "imposed", "total", "truce"}


def noted() -> set[str]:
    """The names of all numbers that the model's decisions come with, as its text has them."""
    found = set()
    for path in Path(factions.model.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "note":
                found |= {keyword.arg for keyword in node.keywords if keyword.arg}
            if isinstance(node, ast.FunctionDef) and node.name == "utility_terms":
                found |= {key.value for each in ast.walk(node) if isinstance(each, ast.Dict) for key in each.keys}
    return found


def test_every_term_that_the_model_notes_has_a_meaning():
    assert {"policy", "safety", "dominance", "example"} <= noted()
    assert noted() - NO_TERM == set(MEANING)


def test_a_legend_has_the_terms_that_are_used():
    assert [term for term, _ in legend(["threat", "probability", "dominance"])] == ["dominance", "threat"]


def test_what_spoke_for_a_decision_depends_on_the_decision_and_is_never_told_against_its_sense():
    assert reason("allied", "policy", True) == "the nearness of their lines"
    assert reason("parted", "policy", True) == "the distance between their lines"
    assert reason("parted", "policy", False) == ""  # their distance did not keep them together
    assert reason("allied", "of_ones_own", True) == ""


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause("loyalty", 0.2, 0.9), "the rulers still trusted them (0.9 instead of 0.2, of at most 1)"),
        (Cause("loyalty", 0.1, 0.4), "the rulers trusted them more (0.4 instead of 0.1, of at most 1)"),
        (Cause("loyalty", 0.9, 0.2), "the rulers trusted them less (0.2 instead of 0.9, of at most 1)"),
        (Cause("trust", -0.2, 0.3), "they trusted each other more (0.3 instead of -0.2, of at most 1)"),
        (
            Cause("safety", 0.47, 0.3, "left"),
            "the Left by itself had less of all influence, and needed partners (30% instead of 47%)",
        ),
        (Cause("mandate", 1.0, 0.0), "no delegates had condemned them in time"),
        (Cause("mandate", 0.0, 1.0), "delegates had condemned them in time"),
        (Cause("ties", 0.0, 1.0), "more of their men were friends"),
        (
            Cause("dominance", 0.5, 0.7, needed=2 / 3),
            "the strongest ruling bloc had more votes by itself (70% instead of 50%; at two thirds the chances of a "
            "punishment are even)",
        ),
        (
            Cause("dominance", 0.5, 0.4, needed=0.5),
            "the strongest ruling bloc had fewer votes by itself (40% instead of 50%; at half the chances of a "
            "punishment are even)",
        ),
        (
            Cause("salience", 2.0, 1.0, "left", "land_rent"),
            "“land rent”, on which they disagreed, drew less attention (1.0 instead of 2.0)",
        ),
    ],
)
def test_what_differed_is_told_as_it_is_with_the_change(cause, words):
    assert differed(cause, {"left": "the Left"}) == words
