"""What holds for the repository as a whole."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer

from factions import cli

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TEXTS = [
    path
    for path in sorted(
        [
            *(
                path
                for folder in ("src", "tests", "scenarios", "docs", "examples", "benchmarks", "trust", "stubs", ".ci")
                for path in (ROOT / folder).rglob("*")
            ),
            *ROOT.glob("*"),
            ROOT / ".gitignore",
        ]
    )
    # In a worktree of git, .git is a file that names a path of the machine.
    if path.is_file() and path.name != ".git" and path.suffix not in {".pyc", ".png", ".svg", ".parquet"}
]
# A letter in brackets keeps a pattern from finding itself.
MACHINE_PATH = re.compile(r"(^|[^\w./-])/(work|farm|tmp|root|home|Users)/[\w.-]", re.MULTILINE)
REGISTRY = re.compile(r"python[h]osted|pyp[i]\.org|npm[j]s\.|deb\.deb[i]an", re.IGNORECASE)
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X]|NotImpl[e]mentedError)\b")
LONGEST = 380


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """FILE:LINE of every match."""
    hits = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for match in pattern.finditer(text):
            hits.append(f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.end()) + 1}")
    return hits


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE_PATH, 'open("/{}/x")'.format("tmp")),
        (REGISTRY, "https://pyp{}.org/simple".format("i")),
        (UNFINISHED, "# TO{}: later".format("DO")),
    ],
)
def test_the_patterns_find_what_they_should(pattern, text):
    assert pattern.search(text)


def test_no_path_of_a_machine():
    assert found(MACHINE_PATH, TEXTS) == []


def test_no_host_of_a_package_registry():
    assert found(REGISTRY, TEXTS) == []


def test_nothing_is_marked_unfinished():
    assert found(UNFINISHED, [path for path in TEXTS if path.suffix == ".py"]) == []


def test_source_files_are_short():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_the_citation_names_the_version():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [project()["version"]]


def test_the_changelog_has_a_section_to_write_in():
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_all_is_the_sum_of_the_extras():
    extras = project()["optional-dependencies"]
    (everything,) = extras.pop("all")
    assert everything == f"factions[{','.join(extras)}]"


def test_the_wheel_has_the_scenarios_where_they_are_looked_for():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert {name: wheel["sources"][name] for name in wheel["only-include"]} == {
        "src/factions": "factions",
        "scenarios": "factions/scenarios",
    }


def test_every_command_that_the_documents_name_exists():
    known = set(typer.main.get_command(cli.app).commands)
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    named = set(re.findall(r"(?:^|`)factions ([a-z]+)\b", text, re.MULTILINE))
    assert {"check", "run"} <= named
    assert named <= known


def test_every_target_of_the_documents_is_in_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)\b", text, re.MULTILINE)) <= targets


def test_continuous_integration_can_start():
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_continuous_integration_runs_the_tests_of_the_readme_and_nothing_less():
    (command,) = re.findall(r"^(make test)\b", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == f"exec {command}"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = dict(re.findall(r"^(test|check):(.*\n(?:\t.*\n)+)", makefile, re.MULTILINE))
    assert rules["test"].startswith(" check ") and "pytest" in rules["test"]
    assert all(tool in rules["check"] for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports"))
