"""`factions list`: ids with names, as a table or as JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from factions import cli
from factions.scenario import load
from factions.statements.outcomes import find_outcome

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture
def file(minimal, write):
    return write(minimal, "small.toml")


def said(capsys, *arguments) -> dict:
    """What a list says as JSON."""
    assert cli.main(["list", *map(str, arguments), "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_ids_stand_beside_names_in_columns(file, capsys):
    assert cli.main(["list", "blocs", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["id      name", "──────────────", "left    Left", "centre  centre"]


def test_meetings_and_events_have_their_dates(file, capsys):
    assert said(capsys, "meetings", file)["meetings"] == [
        {"id": "first", "date": "1924-05-23", "name": "first"},
        {"id": "second", "date": "1925-12-18", "name": "second"},
    ]
    assert said(capsys, "events", file)["events"] == [{"id": "harvest", "date": "1924-09-01", "name": "harvest"}]


@pytest.mark.parametrize("what", ["leaders", "blocs", "offices", "meetings", "events"])
def test_every_entry_is_listed(what, file, capsys):
    listed = said(capsys, what, file)
    assert listed["file"] == str(file)
    assert [row["id"] for row in listed[what]] == [entry.id for entry in getattr(load(file), what)]


def test_claims_are_listed_with_their_predicates(file, capsys):
    (claim,) = load(file).record
    listed = said(capsys, "claims", file)["claims"]
    assert listed == [{"id": claim.id, "predicate": claim.predicate, "claim": claim.text}]
    assert find_outcome(load(file), f"claim:{listed[0]['id']}").unit == "probability"


def test_a_misspelled_word_has_the_one_that_was_meant(file, capsys):
    assert cli.main(["list", "leadres", str(file)]) == 2
    assert 'WHAT is "leadres"; did you mean "leaders"?' in capsys.readouterr().err


def test_outcomes_are_listed_with_one_of_each_kind_that_can_be_asked_for(file, capsys):
    scenario = load(file)
    rows = {row["form"]: row for row in said(capsys, "outcomes", file)["outcomes"]}
    assert rows["holds:LEADER+OFFICE"]["example"] == "holds:trotsky+secretariat"
    assert rows["break:BLOC+BLOC"]["example"] == "break:left+centre"
    assert rows["influence:WHO"]["unit"] == "share" and rows["distance"]["example"] == "distance"
    for row in rows.values():
        assert find_outcome(scenario, row["example"]).text == row["meaning"]


def test_outcomes_of_what_a_scenario_has_not_are_left_out(minimal, write, capsys):
    bare = write(minimal[: minimal.index("[[record]]")], "bare.toml")
    forms = {row["form"] for row in said(capsys, "outcomes", bare)["outcomes"]}
    assert "ruling:BLOC" in forms and not forms & {"claim:CLAIM", "distance"}


def test_scenarios_of_a_folder_are_found_below_it_and_below_that_of_a_file(tmp_path, monkeypatch, capsys):
    shutil.copytree(SCENARIOS, tmp_path / "scenarios")
    (tmp_path / "scenarios" / "other.toml").write_text("[tool]\n")
    (tmp_path / "scenarios" / "broken.toml").write_text("title = \n")
    (tmp_path / "scenarios" / "sly.toml").write_text('title = "\\u001b[2J"\n')
    monkeypatch.chdir(tmp_path)
    listed = said(capsys, "scenarios", "scenarios/history.toml")["scenarios"]
    rows = {Path(row["file"]).as_posix(): row for row in listed}
    assert said(capsys, "scenarios", "scenarios")["scenarios"] == listed
    assert rows["scenarios/history.toml"]["title"] == load(SCENARIOS / "history.toml").title
    assert rows["scenarios/counterfactuals/testament.toml"]["extends"] == "../history.toml"
    assert "cannot be read" in rows["scenarios/broken.toml"]["title"]
    assert rows["scenarios/sly.toml"]["title"].isprintable()
    assert "scenarios/other.toml" not in rows


def test_nothing_to_list_is_said(minimal, write, capsys):
    start, end = minimal.index("[[events]]"), minimal.index("[[record]]")
    quiet = write(minimal[:start] + minimal[end:], "quiet.toml")
    assert cli.main(["list", "events", str(quiet)]) == 0
    assert capsys.readouterr().out == f"{quiet}: no events\n"


@pytest.mark.parametrize("arguments", [["bloks"], ["leaders", "none.toml"], ["scenarios", "nowhere/none.toml"], []])
def test_what_is_not_there_is_wrong_usage(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["list", *arguments]) == 2
    assert capsys.readouterr().err


def test_without_a_file_what_ships_is_listed_by_name(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    rows = {row["file"]: row["title"] for row in said(capsys, "scenarios")["scenarios"]}
    assert set(rows) == {path.stem for path in SCENARIOS.rglob("*.toml")}
    assert rows["history"] == load(SCENARIOS / "history.toml").title
    assert said(capsys, "blocs")["blocs"] == said(capsys, "blocs", SCENARIOS / "history.toml")["blocs"]
