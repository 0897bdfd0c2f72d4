"""Several files compared in several processes: the same results, the same words, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from factions.cli import main
from factions.errors import WRONG_INPUT
from factions.report import comparing

CHANGE = """\
extends = "base.toml"
title = "The left is {to} at {at}"
[[changes]]
kind = "stance"
bloc = "left"
to = "{to}"
at = "{at}"
"""
WAYS = [(to, at) for to in ("open", "quiet") for at in ("first", "second")]


@pytest.fixture
def files(minimal, write):
    """A baseline and four counterfactuals, the latest change first."""
    changed = [write(CHANGE.format(to=to, at=at), f"{to}_{at}.toml") for to, at in reversed(WAYS)]
    return [str(path) for path in (write(minimal, "base.toml"), *changed)]


def written(folder: Path) -> dict[Path, bytes]:
    """What is in a folder, without the manifest, which has the time in it."""
    kept = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder): path.read_bytes() for path in kept}


def test_several_processes_write_and_say_what_one_does(files, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["factions", "compare"])  # which pages give as their command
    said, found = [], []
    for workers in ("1", "2"):
        out = tmp_path / workers
        options = ["--worlds", "20", "--style", "slides", "--spreadsheet", "comma", "--workers", workers]
        assert main(["compare", *files, *options, "--out", str(out)]) == 0
        told = capsys.readouterr()
        said.append((told.out, sorted(line for line in told.err.splitlines() if line.startswith("quiet_first"))))
        found.append(written(out))
    assert said[0] == said[1]
    assert "quiet_first.toml: drawing" in said[0][1]
    assert found[0] == found[1]
    assert b";" in found[1][Path("contrasts.csv")]


def test_an_outcome_that_cannot_be_asked_is_found_before_anything_is_run(files, write, capsys):
    wrong = write(f'outcomes = ["ruling:lefty"]\n{CHANGE.format(to="open", at="first")}', "wrong.toml")
    assert main(["compare", *files, str(wrong), "--worlds", "20", "--workers", "2"]) == WRONG_INPUT
    error = capsys.readouterr().err
    assert "wrong.toml" in error and "running" not in error


@pytest.mark.parametrize(
    ("workers", "files", "worlds", "count"),
    [
        (2, 36, 4000, 2),
        (1, 36, 4000, 1),
        (2, 3, 4000, 1),  # a process has two files at least
        (4, 5, 4000, 2),
        (64, 36, 1000, comparing.PROCESSES),
        (8, 36, comparing.PAIRS // 3, 3),  # more would not find room
        (8, 36, 10 * comparing.PAIRS, 1),
    ],
)
def test_there_are_as_many_processes_as_have_work_and_room(workers, files, worlds, count):
    assert comparing.processes_for(workers, files, worlds) == count


INTERRUPTED = """
import contextlib, os, signal, time
open("out/.half.7.unfinished", "w").close()
with contextlib.suppress(FileExistsError):  # one signal: a second would end the command at once
    os.close(os.open("sent", os.O_CREAT | os.O_EXCL))
    {}
time.sleep(60)
"""
"""Stands for Mesa, which processes import when they have run their worlds."""


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("os.killpg(0, signal.SIGINT)", 130),  # from the keyboard: all processes of the group get it
        ("os.kill(os.getppid(), signal.SIGTERM)", 143),
    ],
)
def test_a_signal_ends_all_processes_and_leaves_nothing_half_written(files, tmp_path, how, code):
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / "mesa.py").write_text(INTERRUPTED.format(how))
    first = {"PYTHONPATH": os.pathsep.join([str(tmp_path / "slow"), *sys.path])}
    options = ["--worlds", "20", "--workers", "2", "--parameters", "default", "--out", "out"]
    command = [sys.executable, "-m", "factions", "compare", *files, *options]
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    more = {"env": os.environ | first, "capture_output": True, "text": True, "timeout": 120, "preexec_fn": heed}
    ended = subprocess.run(command, cwd=tmp_path, start_new_session=True, **more)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert "Traceback" not in ended.stderr
    names = {path.name for path in (tmp_path / "out").rglob("*")}
    assert "manifest.json" in names and not [name for name in names if "unfinished" in name]
