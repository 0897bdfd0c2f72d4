"""The pages in docs/ name what there is: commands, options, changes, outcomes, files; their example is sound."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import get_args

import pytest
import typer

from factions import cli
from factions.cli.new import filled_in
from factions.scenario import load
from factions.scenario.content.changes import Change
from factions.scenario.content.outcome_names import MENTIONS
from factions.scenario.text.shipped import find
from factions.vocabulary import MECHANISMS

ROOT = Path(__file__).parents[1]
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
COUNTERFACTUALS = PAGES["counterfactuals.md"]
OWN_CASE = PAGES["own_case.md"]
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
    assert [path for path in named if not ((ROOT / path).is_file() or (ROOT / "src/factions" / path).is_file())] == []


def test_the_commands_of_a_case_of_ones_own_run_in_their_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```sh\n(.*?)^```$", OWN_CASE, re.MULTILINE | re.DOTALL)
    lines = [shlex.split(line) for block in blocks for line in block.splitlines()]
    assert len(lines) >= 9
    for program, *arguments in lines:
        assert program == "factions"
        few = ["--worlds", "20"] if "--worlds" in arguments else []
        assert cli.main([*arguments, *few]) == 0, arguments


@pytest.mark.parametrize("piece", re.findall(r"^```toml\n(.*?)^```$", OWN_CASE, re.MULTILINE | re.DOTALL))
def test_the_pieces_of_a_case_of_ones_own_fit_the_blank_one(piece, tmp_path):
    path = tmp_path / "mine.toml"
    blank = filled_in("blank", Path("mine.toml"))
    path.write_text(blank + piece, encoding="utf-8")
    table = re.search(r"^\[\[(\w+)\]\]$", piece, re.MULTILINE)[1]
    assert len(getattr(load(path), table)) == blank.count(f"\n[[{table}]]") + piece.count(f"[[{table}]]")


def test_the_mechanisms_of_a_case_of_ones_own_exist_and_each_kind_of_case_has_all_or_says_so():
    rows = re.findall(r"^\| (?:ties only|a cabinet|a club)[^|]*\|([^|]*)\|([^|]*)\|", OWN_CASE, re.MULTILINE)
    assert len(rows) == 3
    for kept, off in rows:
        named = set(re.findall(r"`(\w+)`", kept + off)) - {"name"}
        assert named <= set(MECHANISMS)
    cabinet = set(re.findall(r"`(\w+)`", "".join(rows[1])))
    assert cabinet == set(MECHANISMS)


def test_the_small_cases_switch_off_what_the_page_says():
    keeps = {"gahuku_gama": {"bargaining", "trust", "compensation"}}
    keeps["germany_2021"] = {"bargaining", "policy", "safety", "trust", "distrust", "compensation"}
    for name, kept in keeps.items():
        off = {mechanism for mechanism, on in load(find(name)).mechanisms.items() if not on}
        assert off == set(MECHANISMS) - kept
