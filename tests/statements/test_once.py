"""What is said of finished worlds is worked out in `statements` alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "factions"
RULES = ("statements", "engine", "model", "world")
"""The two engines decide who rules, and what is under way in a world depends on it; all others ask `statements`."""


def compares_with_the_rulers(source: str) -> list[int]:
    """Lines on which something is held against the array or the field `ruling` by `==` or `!=`."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare)
        and any(isinstance(sign, ast.Eq | ast.NotEq) for sign in node.ops)
        and any(_is_ruling(part) for side in (node.left, *node.comparators) for part in ast.walk(side))
    ]


def _is_ruling(node: ast.AST) -> bool:
    match node:
        case ast.Subscript(slice=ast.Constant(value="ruling")) | ast.Attribute(attr="ruling") | ast.Name(id="ruling"):
            return True
    return False


@pytest.mark.parametrize(
    "source",
    [
        'a = worlds["alliance"] == worlds["ruling"][..., None]',
        "a = (labels >= 0) & (labels == ruling)",
        "a = active & (alliance != after.ruling[:, 0])",
    ],
)
def test_the_search_finds_what_it_should(source):
    assert compares_with_the_rulers(source) == [1]


def test_the_name_of_a_state_is_no_array():
    assert compares_with_the_rulers('a = state == "ruling" or found.get(b) != "ruling"') == []


def test_who_rules_is_asked_of_the_predicates():
    asked = [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] not in RULES]
    assert len(asked) > 50
    found = {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in asked
        for line in compares_with_the_rulers(path.read_text(encoding="utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize("name", ["percent", "listed", "MONTHS", "share_error", "smoothed"])
def test_what_is_defined_in_one_place_is_defined_there_alone(name):
    places = [str(path.relative_to(PACKAGE)) for path in sorted(PACKAGE.rglob("*.py")) if defines(path, name)]
    assert places in (["wording.py"], ["statements/shares.py"])


def defines(path: Path, name: str) -> bool:
    """Does a module define a function or a constant of this name."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    functions = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    targets = (target for node in body if isinstance(node, ast.Assign) for target in node.targets)
    return name in functions | {target.id for target in targets if isinstance(target, ast.Name)}
