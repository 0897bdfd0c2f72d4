"""What the terms of decisions mean: every one that the model notes has its words."""

from __future__ import annotations

import ast
from pathlib import Path

import factions.model
from factions.counterfactual.terms import MEANING, legend, spoke_for

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
    assert spoke_for("allied", "policy") == "the nearness of their lines"
    assert spoke_for("parted", "policy") == "the distance between their lines"
    assert spoke_for("allied", "of_ones_own") == "of ones own"
