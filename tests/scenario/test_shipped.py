"""Scenarios that ship are known by their bare names, on the command line, from Python and in files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import factions
from factions import cli
from factions.draws import find_draws
from factions.errors import ScenarioErrors, UsageError
from factions.scenario import load
from factions.scenario.text import shipped
from factions.scenario.text.shipped import bare_name, find, installed, names

ROOT = Path(__file__).parents[2]
HISTORY = ROOT / "scenarios" / "history.toml"


def test_a_name_without_folder_and_ending_is_one_that_ships():
    assert find("history").samefile(HISTORY)
    assert find("testament").samefile(HISTORY.parent / "counterfactuals" / "testament.toml")
    assert len(names()) == len(list(HISTORY.parent.rglob("*.toml")))
    assert bare_name(HISTORY) == "history" and factions.load("history").path == find("history")


@pytest.mark.parametrize("said", ["history.toml", "a/history", "./history", "../history.toml", "/history", ""])
def test_anything_else_is_a_path(said, tmp_path):
    assert find(said, tmp_path) == Path(said)


def test_a_file_of_that_very_name_comes_first(tmp_path):
    (tmp_path / "history").write_text("")
    assert find("history", tmp_path) == Path("history")
    assert bare_name(tmp_path / "history") == ""


def test_an_unknown_name_has_the_nearest_one_as_its_remedy(capsys):
    with pytest.raises(UsageError, match='no scenario that ships is called so; did you mean "history"'):
        find("histroy")
    for command in (
        ["run", "histroy"],
        ["check", "histroy"],
        ["new", "x", "--from", "histroy"],
        ["copy", "histroy", "x"],
    ):
        assert cli.main(command) == 2
        assert 'did you mean "history"' in capsys.readouterr().err


def test_a_file_may_extend_one_that_ships_from_anywhere(write):
    scenario = load(write('extends = "history"\n', "mine.toml"))
    assert scenario.files[0].samefile(HISTORY) and find_draws(scenario).caution == ""
    with pytest.raises(ScenarioErrors, match=r'mine.toml:1:11: extends: .*did you mean "history"'):
        load(write('extends = "histroy"\n', "mine.toml"))


@pytest.mark.parametrize(
    ("base", "said"),
    [("history", 'extends = "history"'), (str(HISTORY), 'extends = "history"'), ("theirs.toml", "theirs.toml")],
)
def test_a_new_file_extends_it_by_name_and_is_sound(base, said, minimal, write, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write(minimal, "theirs.toml")
    assert cli.main(["new", "mine", "--from", base]) == 0
    assert f"factions compare {'theirs.toml' if base == 'theirs.toml' else 'history'} " in Path("mine.toml").read_text()
    assert said in Path("mine.toml").read_text()
    assert load(Path("mine.toml")).changes


def test_a_copy_has_the_posterior_and_the_files_it_extends(tmp_path, capsys):
    assert cli.main(["copy", "testament", str(tmp_path / "mine")]) == 0
    copies = [tmp_path / "mine" / "history.toml", tmp_path / "mine" / "counterfactuals" / "testament.toml"]
    copied = load(copies[1])
    assert list(copied.files) == copies and copied.digest == load(find("testament")).digest
    assert find_draws(copied).source == str(tmp_path / "mine" / "history.posterior.parquet")
    assert find_draws(copied).caution == ""
    assert capsys.readouterr().out.splitlines()[0] == str(copies[0])


def test_a_copy_replaces_nothing(tmp_path, capsys):
    (tmp_path / "history.posterior.json").write_text("mine")
    assert cli.main(["copy", "history", str(tmp_path)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["history.posterior.json"]


def test_where_the_package_is_installed_nothing_is_written_beside_what_ships(minimal, tmp_path, monkeypatch, capsys):
    package = tmp_path / "package"
    (package / "scenarios").mkdir(parents=True)
    (package / "scenarios" / "history.toml").write_text(minimal)
    monkeypatch.setattr(shipped, "_PACKAGE", package)
    monkeypatch.chdir(tmp_path)
    assert installed(find("history")) and not installed(HISTORY)
    assert cli.main(["calibrate", "history", "--minutes", "0.06"]) == 0
    assert Path("history.posterior.parquet").exists()
    assert capsys.readouterr().out.endswith("To use it: --parameters history.posterior.parquet.\n")
    assert len(list(package.rglob("*"))) == 2


REFERS_BACK = re.compile(r"(It|He|She|They|Its|His|Her|Their|So|Nor|Both|These|Those) |.*\btheirs\b")
"""A text that needs the claim before it: a report quotes claims one by one."""


def test_claims_of_the_history_can_be_quoted_alone():
    assert not {claim.id for claim in load(HISTORY).record if REFERS_BACK.match(claim.text)}
