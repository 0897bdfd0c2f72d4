"""The pages in docs/ name what there is: commands, options, changes, outcomes, files; their example is sound."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
import typer

from factions import cli
from factions.scenario import load
from factions.scenario.changes import Change
from factions.scenario.outcome_names import MENTIONS

ROOT = Path(__file__).parents[1]
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
COUNTERFACTUALS = PAGES["counterfactuals.md"]
COMMANDS = typer.main.get_command(cli.app).commands


def first_cells(heading: str) -> str:
    """The first cells of the table whose first column has a heading, one a line."""
    (table,) = re.findall(rf"^\| {heading} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", COUNTERFACTUALS, re.MULTILINE)
    return "\n".join(row.split("|")[1] for row in table.splitlines())


def test_every_change_is_explained():
    kinds = [get_args(model.model_fields["kind"].annotation)[0] for model in get_args(get_args(Change)[0])]
    assert sorted(re.findall(r"`(\w+)`", first_cells("kind"))) == sorted(kinds)


def test_every_outcome_is_explained():
    named = re.findall(r"`(\w+)(?::([A-Z+]+))?`", first_cells("outcome"))
    for kind, who in named:
        assert len(who.split("+") if who else []) == len(MENTIONS[kind]), kind
    assert {kind for kind, _ in named} == set(MENTIONS)


def test_the_example_is_sound(tmp_path):
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    example, *_ = re.findall(r"^```toml\n(.*?)^```$", COUNTERFACTUALS, re.MULTILINE | re.DOTALL)
    path = tmp_path / "scenarios" / "counterfactuals" / "my_question.toml"
    path.write_text(example, encoding="utf-8")
    assert len(load(path).changes) == 1


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_exist(page):
    text = PAGES[page]
    assert set(re.findall(r"(?:^|`)factions ([a-z]+)\b", text, re.MULTILINE)) <= set(COMMANDS)
    options = {name for command in COMMANDS.values() for parameter in command.params for name in parameter.opts}
    assert set(re.findall(r"`(--[a-z]+)\b", text)) <= options | {"--help"}


@pytest.mark.parametrize("page", PAGES)
def test_files_exist(page):
    named = re.findall(r"`([\w/]+\.py)`", PAGES[page])
    assert [path for path in named if not (ROOT / "src" / "factions" / path).is_file()] == []
