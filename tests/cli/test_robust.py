"""`factions robust`: one what-if in all circumstances, from the command line and from Python."""

from __future__ import annotations

import json

import pytest

import factions
from factions.cli import main
from factions.errors import WRONG_INPUT

CHANGE = """\
extends = "base.toml"
title = "The army stays"
question = "What if the Left had spoken out?"
[[changes]]
kind = "stance"
bloc = "left"
to = "open"
at = "second"
"""
QUICK = ["--worlds", "20", "--outcome", "open:left", "--parameters", "default"]


@pytest.fixture
def file(minimal, write):
    """The path of a counterfactual."""
    write(minimal, "base.toml")
    return str(write(CHANGE, "army.toml"))


def test_the_text_begins_with_the_answer_and_says_where_it_is_the_same(file, capsys):
    assert main(["robust", file, *QUICK]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith("The army stays: how far the answer holds ")
    assert "What if the Left had spoken out? As it stands: with the change “Left in open opposition” " in text
    for words in ("under all three conditions", "with all three seeds", "with the change a meeting earlier"):
        assert words in text
    assert "Could not be asked: with the change a meeting later (there is no meeting after the last)." in text


def test_json_has_a_row_for_each_variation(file, capsys):
    assert main(["robust", file, *QUICK, "--seed", "3", "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["worlds"], result["seed"], result["condition"]) == (20, 3, "branch")
    names = [row["name"] for row in result["variations"]]
    assert names[0] == "reference" and {"condition:none", "seed:4", "date:earlier"} <= set(names)
    row = result["variations"][1]
    assert {"scenario", "outcome", "baseline", "counterfactual", "difference", "error", "answer"} <= row.keys()
    assert result["files"][0]["answer"][0].startswith("As it stands")


def test_a_folder_has_a_page_for_each_file_and_one_for_all(file, write, tmp_path, capsys):
    other = str(write(CHANGE.replace("The army stays", "It keeps quiet").replace('"open"', '"quiet"'), "quiet.toml"))
    out = tmp_path / "out"
    assert main(["robust", file, other, *QUICK, "--out", str(out)]) == 0
    assert "All files" in capsys.readouterr().out
    for name in ("army", "quiet"):
        assert {path.name for path in (out / name).iterdir()} >= {
            "robust.png",
            "robust.csv",
            "result.json",
            "report.html",
        }
    index = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="quiet/report.html"' in index and "It keeps quiet" in index


def test_what_was_answered_is_not_asked_again(file, tmp_path, capsys, monkeypatch):
    out = ["--out", str(tmp_path / "out")]
    assert main(["robust", file, *QUICK, *out]) == 0
    first = capsys.readouterr().out
    kept = tmp_path / "out" / "army" / "answers.json"
    answers = json.loads(kept.read_text(encoding="utf-8"))
    del answers["seed:2"]  # as if it had been interrupted there
    kept.write_text(json.dumps(answers), encoding="utf-8")
    asked = []
    from factions.counterfactual.robust import Tester

    ask = Tester.answers
    monkeypatch.setattr(
        Tester, "answers", lambda self, there, chosen: asked.append(there.name) or ask(self, there, chosen)
    )
    assert main(["robust", file, *QUICK, *out]) == 0
    assert (capsys.readouterr().out, asked) == (first, ["seed:2"])
    assert main(["robust", file, *QUICK, "--seed", "9", *out]) == WRONG_INPUT
    assert "differ in: seed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--condition", "recrd"], 'did you mean "record"'),
        (["--outcome", "open:lft"], 'did you mean "left"'),
        (["--worlds", "3"], "20"),
        (["--parameters", "none.csv"], "there is no such file"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_written(file, options, words, tmp_path, capsys):
    assert main(["robust", file, *options, "--out", str(tmp_path / "out")]) == WRONG_INPUT
    assert words in capsys.readouterr().err and not (tmp_path / "out").exists()


def test_a_file_that_changes_nothing_or_stands_twice_is_refused(file, minimal, write, tmp_path, capsys):
    assert main(["robust", str(write(minimal, "base.toml"))]) == WRONG_INPUT
    assert "base.toml extends no other file" in capsys.readouterr().err
    assert main(["robust", file, file]) == WRONG_INPUT
    assert 'two files are called "army"' in capsys.readouterr().err


def test_python_gives_what_the_command_gives(file, tmp_path, capsys):
    found = factions.robust(file, ["open:left"], worlds=20, parameters="default")
    assert main(["robust", file, *QUICK, "--format", "json"]) == 0
    assert list(found.table()) == json.loads(capsys.readouterr().out)["variations"]
    assert repr(found).startswith("The army stays: how far the answer holds, in ")
    assert found.plot().axes and "As it stands" in found._repr_html_()
    assert (tmp_path / "out" / "report.html") in found.save(tmp_path / "out")
