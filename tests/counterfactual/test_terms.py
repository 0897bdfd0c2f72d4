"""What the terms of decisions mean: every one that the model notes has its words."""

from __future__ import annotations

import ast
from pathlib import Path

import factions.model
from factions.counterfactual.terms import MEANING, because, legend, reason

NO_TERM = {"probability", "imposed", "total"}


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


def test_what_spoke_for_a_decision_depends_on_the_decision():
    assert reason("allied", "policy", True) == "the nearness of their lines"
    assert reason("parted", "policy", False) == "without the change, for the opposite: the distance between their lines"
    assert reason("allied", "of_ones_own", True) == "of ones own"


def test_a_decision_is_told_with_what_spoke_for_it():
    assert because("they spoke out", "in 5 of 9 worlds", "open", "", True) == (
        "they spoke out (in 5 of 9 worlds, with the change alone)"
    )
    assert because("they kept silent", "in 5 of 9 worlds", "open", "strength", False) == (
        "too few well-known men stood together for the condemned to dare a voice, so they kept silent (in 5 of 9 "
        "worlds, with the change alone)"
    )
    assert because("they allied", "in 5 of 9 worlds", "allied", "trust", True) == (
        "they allied because of their trust in each other (in 5 of 9 worlds, with the change alone)"
    )
    assert because("they did not part", "in 5 of 9 worlds", "parted", "policy", False) == (
        "they did not part (in 5 of 9 worlds; without the change the opposite happened there, because of the distance "
        "between their lines)"
    )
