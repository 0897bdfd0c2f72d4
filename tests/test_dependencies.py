"""What is imported is declared in pyproject.toml, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {name: extra for name, extra in PROJECT["optional-dependencies"].items() if name != "all"}
APP = ROOT / "src" / "factions" / "app"
"""An extra as a whole: whatever imports it does so when it is wanted."""
UNIMPORTED = {"networkx"}
"""Required for others that import it without requiring it; pyproject.toml says for whom."""
TRIED = {"arviz"}
"""Tools of others, which a test tries where they are installed."""
MODULES = {"PIL": "pillow"}
"""Modules that are named otherwise than the package that brings them."""
COMMANDS = {"lint-imports": "import-linter"}
"""Commands that are named otherwise than the package that brings them."""


def name_of(requirement: str) -> str:
    """The package of a requirement, written as its module is."""
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("-", "_")


def declared(*extras: str) -> set[str]:
    return {name_of(entry) for entry in PROJECT["dependencies"]} | {
        name_of(entry) for extra in extras for entry in EXTRAS[extra]
    }


def imported(tree: ast.AST, at_once: bool = False) -> Iterator[str]:
    """Modules that a file imports by name; with `at_once`, only those that are imported when it is."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.importorskip":
            yield ast.literal_eval(node.args[0])
        later = isinstance(node, ast.FunctionDef) or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node))
        if not (at_once and later):
            yield from imported(node, at_once)


def packages(files: Iterable[Path], at_once: bool = False) -> set[str]:
    """Packages of others that files import, in lower case."""
    found = set()
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        tops = {name.partition(".")[0] for name in imported(tree, at_once)}
        found |= {top for top in tops - sys.stdlib_module_names if not file.with_name(f"{top}.py").exists()}
    return {MODULES.get(top, top.lower()) for top in found - {"factions"}}


SOURCES = list((ROOT / "src").rglob("*.py"))
CHECKS = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").glob("*.py"), *(ROOT / "trust").glob("*.py")]


def test_the_package_imports_what_it_requires():
    assert packages(SOURCES) == declared(*(EXTRAS.keys() - {"test", "docs", "trust"})) - UNIMPORTED


def test_the_site_is_built_with_what_its_extra_brings():
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = {f"mkdocs_{name}" for name in re.findall(r"^  name: (\w+)$", settings, re.MULTILINE)}
    named |= set(re.findall(r"^  - (mkdoc\w+):", settings, re.MULTILINE))
    assert named | (packages([ROOT / "docs" / "pages.py"]) - declared()) == declared("docs") - declared()


def test_what_an_extra_brings_is_imported_only_where_it_is_used():
    outside = [file for file in SOURCES if APP not in file.parents]
    assert sorted(packages(outside, at_once=True) - declared()) == []
    assert not any(
        "factions.app" in set(imported(ast.parse(file.read_text("utf-8")), at_once=True)) for file in outside
    )


def test_tests_and_benchmarks_import_what_is_declared():
    assert sorted(packages(CHECKS) - declared(*EXTRAS) - TRIED) == []


def test_what_the_tests_require_is_imported_or_called():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    called = re.findall(r"^\t\$\(IN_VENV\)/(?:python -m )?([\w-]+)", makefile, re.MULTILINE)
    needed = packages(CHECKS) | {name_of(COMMANDS.get(command, command)) for command in called}
    assert sorted({name_of(entry) for entry in EXTRAS["test"]} - needed) == []


@pytest.mark.parametrize(
    "requirement", [*PROJECT["dependencies"], *(entry for extra in EXTRAS.values() for entry in extra)]
)
def test_every_requirement_has_a_lower_bound(requirement):
    assert re.fullmatch(r"[\w-]+(\[[\w,]+\])?>=[\d.]+(,[!<=]+[\d.]+)*(; .*)?", requirement)
