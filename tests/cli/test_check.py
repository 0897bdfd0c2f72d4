"""`factions check`: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from factions import cli
from factions.errors import FactionsError, UsageError


@pytest.fixture
def good(minimal, write):
    return write(minimal, "good.toml")


@pytest.fixture
def bad(minimal, write):
    return write(minimal.replace("prestige = 10\n", 'prestige = "10"\n').replace("0.25", "nan"), "bad.toml")


def test_a_sound_file_gives_one_line(good, capsys):
    assert cli.main(["check", str(good)]) == 0
    out, err = capsys.readouterr()
    assert out == f"{good}: sound (2 leaders, 2 blocs, 2 meetings, 1 claim)\n"
    assert err == ""


def test_errors_go_to_stderr_and_the_code_is_2(good, bad, capsys):
    assert cli.main(["check", str(bad), str(good)]) == 2
    out, err = capsys.readouterr()
    assert out.startswith(f"{good}: sound")
    lines = err.splitlines()
    assert lines[0].startswith(f"{bad}:26:12: leaders.trotsky.prestige: is not a number")
    assert lines[1].startswith(f"{bad}:35:25: leaders.stalin.ideal_point.tempo: ")
    assert len(lines) == 2


def test_json_holds_the_same(good, bad, capsys):
    assert cli.main(["check", "--format", "json", "--sources", str(good), str(bad)]) == 2
    sound, broken = json.loads(capsys.readouterr().out)["files"]
    assert (sound["sound"], sound["leaders"], sound["claims"]) == (True, 2, 1)
    assert {gap["key"] for gap in sound["gaps"]} >= {"leaders.stalin", "meetings.first"}
    assert [(error["line"], error["column"], error["value"]) for error in broken["errors"]] == [
        (26, 12, '"10"'),
        (35, 25, "nan"),
    ]


def test_sources_lists_the_gaps(good, capsys):
    assert cli.main(["check", "--sources", str(good)]) == 0
    out = capsys.readouterr().out
    assert f"{good}:30:1: leaders.stalin: no source and no confidence" in out.splitlines()


@pytest.mark.parametrize("arguments", [["check"], ["chek", "x"], ["check", "--no-such-option"], ["check", "none.toml"]])
def test_wrong_usage_is_2(arguments, capsys):
    assert cli.main(arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("raised", "code"), [(FactionsError("it failed"), 1), (UsageError("no", "yes"), 2), (KeyboardInterrupt(), 130)]
)
def test_exit_codes(raised, code, good, monkeypatch, capsys):
    def fails(*_args, **_options):
        raise raised

    monkeypatch.setattr("factions.scenario.variants.read_variants", fails)
    assert cli.main(["check", str(good)]) == code
    assert "Traceback" not in capsys.readouterr().err


def test_help_imports_nothing_heavy():
    """Help answers at once because numpy, pydantic and tree-sitter wait for the command."""
    heavy = {"numpy", "pydantic", "tree_sitter"}
    code = f"import sys, factions.cli; print(sorted({heavy} & set(sys.modules)))"
    began = time.perf_counter()
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
    assert time.perf_counter() - began < 5


def test_weights_are_shown_and_a_file_whose_ties_are_lost_is_warned_of(minimal, write, capsys):
    heavy = minimal.replace("[[ties]]", "[parameters]\nsafety_motive = 20.0\n\n[[ties]]", 1)
    assert cli.main(["check", str(write(heavy, "heavy.toml")), "--weights"]) == 0
    out, err = capsys.readouterr()
    assert "safety_motive 20" in out and "-0.50" in out
    assert err == ""  # the stronger of the two has more than half: safety moves it to nothing
    three = heavy.replace("prestige = 10\n", "prestige = 4\n") + (
        '\n[[blocs]]\nid = "right"\n\n[[leaders]]\nid = "bukharin"\nbloc = "right"\nprestige = 5.0\n'
        'standing = "politburo"\nideal_point = { tempo = 1.0 }\n'
    )
    assert cli.main(["check", str(write(three, "three.toml")), "--format", "json", "--weights"]) == 0
    out, err = capsys.readouterr()
    (said,) = json.loads(out)["files"]
    assert "safety outweighs every tie" in said["warnings"][-1]["problem"] and said["warnings"][-1]["key"] == "ties"
    assert cli.main(["check", str(write(three, "three.toml"))]) == 0
    assert "three.toml:51:1: ties: warning: at the parameters in force safety outweighs" in capsys.readouterr().err
    assert len(said["weights"]) == 6
