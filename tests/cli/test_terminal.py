"""Results reach whatever they are written to, or one line says why not."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from factions import cli

WRITTEN = "the results are in {}; begin with plots/alliances.png\n"
"""What a run says of its folder."""
FULL = Path("/dev/full")
FULL_DISK = "results cannot be written: No space left on device; make room, then type the same command again"


@pytest.fixture
def file(minimal, write):
    return write(minimal.replace("Two blocs, two meetings", "„Žižka“ – Троцкий ± 1"), "file.toml")


@pytest.fixture
def compiled(file):
    """The engine is compiled and kept, so that commands in processes of their own need not say that they do it."""
    assert cli.main(["run", str(file), "--worlds", "2", "--parameters", "default"]) == 0


@pytest.fixture
def encoded(monkeypatch):
    """encoded(encoding, arguments): what a command writes to a file in that encoding."""

    def run(encoding, *arguments):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", stream)
        assert cli.main([*map(str, arguments)]) == 0
        stream.flush()
        return stream.buffer.getvalue().decode(encoding)

    return run


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("utf-8", "„Žižka“ – Троцкий ± 1"),
        ("cp1252", "„Žižka“ – \\u0422\\u0440\\u043e\\u0446\\u043a\\u0438\\u0439 ± 1"),
        ("latin-1", '"Zizka" - \\u0422\\u0440\\u043e\\u0446\\u043a\\u0438\\u0439 ± 1'),
        ("cp850", '"Zizka" - \\u0422\\u0440\\u043e\\u0446\\u043a\\u0438\\u0439 ± 1'),
    ],
)
def test_what_an_encoding_lacks_is_written_as_near_as_it_can(file, encoded, encoding, title):
    text = encoded(encoding, "run", file, "--worlds", 3, "--parameters", "default")
    assert text.splitlines()[0] == title
    assert set(text.splitlines()[5]) in ({"─"}, {"-"})


def test_json_says_the_same_in_any_encoding(file, encoded):
    arguments = ("run", file, "--worlds", 3, "--parameters", "default", "--format", "json")
    assert json.loads(encoded("latin-1", *arguments)) == json.loads(encoded("utf-8", *arguments))


def factions(*arguments, **more):
    """The command in a process of its own."""
    command = [sys.executable, "-m", "factions", *map(str, arguments)]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=120, **more)


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_for_stdout_is_one_line(file):
    with FULL.open("w") as full:
        ended = factions("check", file, stdout=full)
    assert (ended.returncode, ended.stderr) == (1, f"{FULL_DISK}\n")


def test_a_stdout_that_is_closed_is_no_error(file):
    assert factions("list", "leaders", file, preexec_fn=lambda: os.close(1)).stderr == ""


def test_a_disk_that_is_full_half_way_leaves_no_halves(file, compiled, tmp_path):
    limit = (20_000, 20_000)
    ended = factions(
        "run",
        *(file, "--worlds", 30, "--parameters", "default", "--out", tmp_path / "out"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.startswith(str(tmp_path / "out")) and "File too large" in line
    assert not [path for path in tmp_path.rglob("*") if "unfinished" in path.name]
    whole = factions("run", file, "--worlds", 30, "--parameters", "default", "--out", tmp_path / "out")
    assert (whole.returncode, whole.stderr) == (0, WRITTEN.format(tmp_path / "out"))


@pytest.mark.parametrize("out", ["", "file.toml", "file.toml/below"])
def test_what_is_no_folder_is_refused_before_anything_is_run(file, monkeypatch, capsys, out):
    monkeypatch.chdir(file.parent)
    assert cli.main(["run", str(file), "--worlds", "3", "--parameters", "default", "--out", out]) == 2
    said = capsys.readouterr().err
    assert said.endswith("file.toml is a file and no folder; give another folder with --out\n" if out else "") and (
        out or "--out is empty; " in said
    )
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    "command", [["copy", "history", "{}"], ["export", "{}", "--csv", "{}"], ["report", "{}", "--out", "{}"]]
)
def test_what_is_no_folder_is_refused_by_commands_that_write_single_files(file, monkeypatch, capsys, command):
    monkeypatch.setattr("factions.report.replay.play_replay", None)  # nothing is run
    assert cli.main([word.format(file) for word in command]) == 2
    assert capsys.readouterr().err.startswith(f"{file} is a file and no folder; ")
    assert list(file.parent.iterdir()) == [file]


def test_a_new_file_where_none_can_be_is_one_line(file, capsys):
    for name in (file / "below", file / "far" / "below"):
        assert cli.main(["new", str(name), "--from", str(file)]) == 2
        assert capsys.readouterr().err == f"{file} is a file and no folder; choose another name\n"
    assert cli.main(["new", "", "--from", str(file)]) == 2
    assert "NAME is empty; " in capsys.readouterr().err


def test_a_notebook_may_have_chosen_another_backend(file, compiled, tmp_path):
    notebook = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    arguments = ("run", file, "--worlds", 3, "--parameters", "default", "--out", tmp_path / "out")
    ended = factions(*arguments, env=os.environ | notebook)
    assert (ended.returncode, ended.stderr) == (0, WRITTEN.format(tmp_path / "out"))
    assert (tmp_path / "out" / "plots" / "alliances.png").exists()


def test_no_help_has_brackets_which_a_terminal_takes_for_markup():
    command = typer.main.get_command(cli.app)
    said = {f"{name} {one.name}": one.help or "" for name, each in command.commands.items() for one in each.params}
    assert len(said) > 100
    assert [name for name, text in said.items() if "[" in text] == []
