"""The README tells the truth: its commands run, its Python runs, its scenario is sound, its links lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FEW_WORLDS = "20"


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands(program: str) -> list[list[str]]:
    """The shell lines that call a program, without their comments."""
    lines = [shlex.split(line, comments=True) for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line and line[0] == program]


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A directory with the scenarios of the repository and the one of the README, as a reader has saved it."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    saved_as = re.findall(r"^Save this as `([^`]+)`:$", README, re.MULTILINE)
    assert len(saved_as) == len(blocks("toml"))
    for name, text in zip(saved_as, blocks("toml"), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_shell_line_is_one_that_these_tests_run():
    lines = [line.strip() for block in blocks("sh") for line in block.splitlines() if line.strip()]
    assert len(lines) == len(commands("make")) + len(commands("factions"))
    assert lines


@pytest.mark.parametrize("command", commands("factions"), ids=" ".join)
def test_a_command_runs(command, checkout):
    if "--worlds" in command:
        command = [*command, "--worlds", FEW_WORLDS]  # the last one counts
    code = "import sys; from factions.cli import main; sys.exit(main())"
    result = subprocess.run(
        [sys.executable, "-c", code, *command[1:]], capture_output=True, text=True, encoding="utf-8"
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()
    if "--out" in command:
        assert any((checkout / command[command.index("--out") + 1]).iterdir())


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("command", commands("make"), ids=" ".join)
def test_a_make_target_exists(command):
    """Only looked up: to run it would set up another environment, and tests need no network."""
    without_jobs = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS")}
    result = subprocess.run([*command, "--dry-run"], cwd=ROOT, capture_output=True, text=True, env=without_jobs)
    assert result.returncode == 0, result.stderr


def test_the_python_runs(checkout):
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, "README", "README.md", 0)
    assert examples.examples
    runner = doctest.DocTestRunner()
    runner.run(examples)
    assert runner.summarize(verbose=False).failed == 0


def test_the_example_is_about_as_long_as_it_says():
    (example,) = blocks("toml")
    assert 8 <= len([line for line in example.splitlines() if line.strip()]) <= 12


def test_paths_and_links_lead_somewhere():
    linked = {path for path in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in path}
    named = set(re.findall(r"`([\w.]+\.(?:md|cff))`", README))
    assert [path for path in sorted(linked | named) if not (ROOT / path).exists()] == []


def layout() -> list[Path]:
    """What the table of the layout lists: in a row, what follows the first path stands in the same folder."""
    (table,) = re.findall(r"^## Layout\n(.*?)^## ", CONTRIBUTING, re.MULTILINE | re.DOTALL)
    rows = [re.findall(r"`([^`]+)`", row.split("|")[1]) for row in table.splitlines() if row.startswith("| `")]
    return [ROOT / path for first, *others in rows for path in (first, *(Path(first).parent / name for name in others))]


def test_what_the_layout_lists_exists():
    assert layout()
    assert [path for path in layout() if not path.exists()] == []


def test_the_layout_lists_every_package_and_module():
    package = ROOT / "src" / "factions"
    there = [path for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]
    named = {path for path in there if not path.name.startswith("__")}
    assert {"api.py", "rules"} <= {path.name for path in named}
    assert sorted(named - set(layout())) == []
