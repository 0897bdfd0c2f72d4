"""`factions compare`, `factions causes` and `factions new`."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import pytest
from pyarrow import csv as arrow

from factions.cli import main
from factions.counterfactual.compare import RUNS, Comparer
from factions.counterfactual.conditioning import Condition
from factions.draws import Draws
from factions.errors import WRONG_INPUT
from factions.parameters import default_values
from factions.results.tables import parameter_table
from factions.scenario import load
from factions.scenario.content.events import EVENT_KINDS, kind_name

CHANGE = """\
extends = "base.toml"
title = "The army stays"
question = "What if?"
[[changes]]
kind = "stance"
bloc = "left"
to = "open"
at = "second"
"""


@pytest.fixture
def files(minimal, write):
    """The paths of a baseline and of a counterfactual."""
    return str(write(minimal, "base.toml")), str(write(CHANGE, "army.toml"))


def test_json_has_the_fields_that_scripts_rely_on_the_same_every_time(files, capsys):
    command = ["compare", *files, "--worlds", "30", "--seed", "2", "--format", "json"]
    assert main(command) == 0
    text = capsys.readouterr().out
    assert main(command) == 0 and capsys.readouterr().out == text
    result = json.loads(text)
    assert (result["baseline"], result["worlds"], result["condition"]) == ("base.toml", 30, "branch")
    row = result["contrasts"][0]
    assert {"scenario", "outcome", "baseline", "counterfactual", "difference", "error"} <= row.keys()
    assert row["scenario"] == "army"
    assert [entry["meeting"] for entry in result["divergence"]] == ["first", "second"]
    assert result["counterfactuals"][0]["branch"] == "second"


@pytest.mark.parametrize("condition", ["none", "branch", "record"])
def test_text_says_what_was_asked_and_what_was_found(files, capsys, condition):
    assert main(["compare", *files, "--worlds", "30", "--condition", condition]) == 0
    text = capsys.readouterr().out
    assert "The army stays\n" in text
    assert "What if?" in text
    assert (f"--condition {condition}" in text) == (condition != "branch")  # which the command takes by itself


def test_worlds_are_counted_for_a_single_file_where_stderr_is_no_terminal(files, capsys, monkeypatch):
    monkeypatch.setattr("factions.cli.progress.EVERY", 0.0)
    assert main(["compare", *files, "--worlds", "30", "--engine", "mesa", "--condition", "none"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if line.startswith("army.toml: ")][:2] == [
        "army.toml: running the worlds without the change",
        "army.toml: running the change",
    ]
    assert [line.partition(",")[0] for line in lines if line.startswith("worlds: ")] == [
        "worlds: 30 of 90",
        "worlds: 60 of 90",
    ]


def test_every_pair_is_run_three_times_and_counted(files, capsys):
    base, army = map(load, files)
    for engine in ("compiled", "mesa"):
        done = []
        comparer = Comparer(base, Draws(default_values().reshape(1), "test"), 300, 1, Condition.branch, engine=engine)
        comparer.compare(army, done=done.append)
        comparer.compare(army, done=done.append)  # what is kept counts as done
        assert sum(done) == 2 * RUNS * 300


def test_outcomes_can_be_named(files, capsys):
    main(["compare", *files, "--worlds", "30", "--outcome", "open:left", "--format", "json"])
    result = json.loads(capsys.readouterr().out)
    assert [row["outcome"] for row in result["contrasts"]] == ["open:left"]


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--condition", "brnach"], 'did you mean "branch"?'), (["--outcome", "ruling:lefty"], 'did you mean "left"?')],
)
def test_wrong_usage(files, capsys, options, words):
    assert main(["compare", *files, "--worlds", "30", *options]) == WRONG_INPUT
    assert words in capsys.readouterr().err


def test_an_outcome_that_a_file_gets_wrong_is_told_with_the_file(files, write, capsys):
    wrong = write(CHANGE.replace('question = "What if?"', 'outcomes = ["ruling:lefty"]'), "wrong.toml")
    assert main(["compare", files[0], str(wrong), "--worlds", "30"]) == WRONG_INPUT
    error = capsys.readouterr().err
    assert "wrong.toml" in error and "lefty" in error


def test_two_files_of_one_name_would_overwrite_each_other(files, tmp_path, capsys):
    (tmp_path / "other").mkdir()
    twin = tmp_path / "other" / "army.toml"
    twin.write_text(CHANGE.replace("base.toml", "../base.toml"), encoding="utf-8")
    assert main(["compare", *files, str(twin), "--worlds", "30"]) == WRONG_INPUT
    assert 'called "army"' in capsys.readouterr().err


def written(folder):
    """The files below a folder, without the manifest, which has the time in it."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"}


def test_its_folder_says_what_it_holds_and_takes_the_same_again(files, tmp_path):
    command = ["compare", *files, "--worlds", "30", "--out", str(tmp_path / "out")]
    assert main(command) == 0
    for name in ("index.html", "army/report.html", "army/plots/flow.png"):
        assert (tmp_path / "out" / name).exists()
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["program"] == "factions compare" and manifest["finished"]
    assert [scenario["title"] for scenario in manifest["scenarios"]] == ["Two blocs, two meetings", "The army stays"]
    before = written(tmp_path / "out")
    left = tmp_path / "out" / "army" / "plots" / ".flow.png.77.unfinished"
    left.write_bytes(b"half")
    assert main(command) == 0
    assert written(tmp_path / "out") == before


def test_other_results_are_not_mixed_in(files, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arrow.write_csv(parameter_table(default_values().reshape(1).repeat(2)), "draws.csv")
    command = ["compare", *files, "--worlds", "30", "--out", "out"]
    assert main(command) == 0
    before = written(Path("out"))
    others = {"seed": "1", "worlds": "31", "condition": "none", "outcome": "open:left", "engine": "mesa"}
    for name, value in {**others, "parameters": "draws.csv"}.items():
        assert main([*command, f"--{name}", value]) == WRONG_INPUT
        assert f"out holds results that differ in: {name}; give another folder" in capsys.readouterr().err
    monkeypatch.setattr("factions.store.provenance.program_digest", lambda *entries: "another")
    assert main(command) == WRONG_INPUT
    assert "differ in: version of factions" in capsys.readouterr().err
    assert written(Path("out")) == before


def test_commands_do_not_write_into_each_others_folders(files, tmp_path, capsys):
    base, _ = files
    comparison = ["compare", *files, "--worlds", "30"]
    others = [
        ["run", base, "--worlds", "5"],
        ["causes", base, "--outcome", "open:left", "--only", "event", "--worlds", "20"],
    ]
    assert main([*comparison, "--out", str(tmp_path / "compared")]) == 0
    for other in others:
        assert main([*other, "--out", str(tmp_path / "compared")]) == WRONG_INPUT
        assert main([*other, "--out", str(tmp_path / other[0])]) == 0
        assert main([*comparison, "--out", str(tmp_path / other[0])]) == WRONG_INPUT
    assert "holds results of factions causes" in capsys.readouterr().err


def test_files_that_have_nothing_in_common_are_not_compared(files, minimal, write, capsys):
    base, _ = files
    stranger = write(minimal.replace('"left"', '"whigs"').replace('"centre"', '"tories"'), "stranger.toml")
    assert main(["compare", base, str(stranger), "--worlds", "30"]) == WRONG_INPUT
    assert "no bloc or no meeting in common" in capsys.readouterr().err


def test_causes_are_ranked_and_the_curve_is_there(files, tmp_path, capsys):
    options = ["--outcome", "open:left", "--worlds", "40", "--only", "event", "--format", "json"]
    assert main(["causes", files[0], *options, "--out", str(tmp_path / "out")]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [cause["name"] for cause in result["causes"]] == ["event:harvest"]
    assert [point["meeting"] for point in result["inevitability"]] == ["", "first", "second"]
    for name in ("causes", "inevitability"):
        assert (tmp_path / "out" / f"{name}.png").exists()


def test_the_text_on_causes_begins_with_the_answer_and_has_both_signs(files, tmp_path, capsys):
    command = ["causes", files[0], "--outcome", "open:left", "--worlds", "400", "--condition", "none"]
    assert main([*command, "--only", "mechanism", "--out", str(tmp_path / "out")]) == 0
    text = " ".join(capsys.readouterr().out.split())
    # Left to itself the bloc is strong enough to rule or to speak; all that is said of causes has its error.
    assert "“left in open opposition”" in text.casefold() and "comes true in" in text
    assert re.search(r"What helped it most: the rule of the model “|Nothing that was tried clearly helped it", text)
    assert re.search(r"What stood most in its way: the rule|Nothing that was tried clearly stood in its way", text)
    assert "(Pearl 2000, ch. 9; Tian & Pearl 2000)" in text
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    for sentence in result["answer"]:
        assert sentence in text and escape(sentence) in page


def test_causes_are_refused_before_anything_is_written(files, tmp_path, capsys):
    out = tmp_path / "out"
    for options, words in (
        (["--outcome", "expulsions"], "is not a probability"),
        (["--outcome", "open:lft"], 'did you mean "left"'),
        (["--outcome", "open:left", "--only", "luck"], "the kinds are event, mechanism and decision"),
        (["--outcome", "open:left", "--condition", "branches"], 'did you mean "branch"'),
    ):
        assert main(["causes", files[0], *options, "--out", str(out)]) == WRONG_INPUT
        assert words in capsys.readouterr().err and not out.exists()


def test_a_new_file_is_sound_and_can_be_compared(files, tmp_path, capsys):
    path = tmp_path / "folder" / "my_question"
    assert main(["new", str(path), "--from", files[0]]) == 0
    scenario = load(path.with_suffix(".toml"))
    assert scenario.title == "My question"
    assert len(scenario.changes) == 1
    text = path.with_suffix(".toml").read_text(encoding="utf-8")
    assert [kind for kind in map(kind_name, EVENT_KINDS) if kind not in text] == []  # every kind of event is named
    assert main(["new", str(path), "--from", files[0]]) == WRONG_INPUT
    assert "exists already" in capsys.readouterr().err
