"""The campaigns of `make trust`: a short version of the cheap ones, and that a failure is seen and kept."""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
from pathlib import Path

import pytest

TRUST = Path(__file__).parents[1] / "trust"


def trust(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(TRUST), "--jobs", "1", *options], capture_output=True, text=True)


def test_files_changed_at_random_are_read_or_refused(tmp_path):
    ended = trust("--only", "mutants", "--count", "120", "--out", str(tmp_path / "kept"))
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout
    assert ended.stdout.splitlines()[1].split()[:3] == ["mutants", "120", "0"]
    assert not (tmp_path / "kept").exists()


@pytest.fixture
def modules(monkeypatch):
    """The modules of the campaigns, by name."""
    monkeypatch.syspath_prepend(str(TRUST))
    return importlib.import_module


def test_results_are_the_same_in_blocks_of_any_length_and_in_mesa(modules, tmp_path):
    assert modules("worlds").same(modules("trial").case(tmp_path), 8, 1)


def test_a_failure_is_seen(modules, monkeypatch, tmp_path):
    def broken(path):
        raise KeyError("no such thing")

    monkeypatch.setattr(modules("mutants"), "load", broken)
    room = modules("trial").Room(tmp_path, tmp_path, random.Random(1), 0)
    assert modules("mutants").trial(room) == "KeyError: 'no such thing'"


def test_what_is_wrong_with_the_end_of_a_command(modules):
    trial = modules("trial")
    ended, wrong, differing = trial.Ended, trial.wrong, trial.differing
    assert wrong(ended(0, "", ""), 0) == ""
    assert wrong(ended(2, "", "no.toml: there is no such file"), 0, 2) == ""
    assert wrong(ended(2, "", ""), 0, 2) == "exit code 2 without a word"
    assert wrong(ended(1, "", "Traceback (most recent call last):\nKeyError: 1"), 1) == "a traceback: KeyError: 1"
    assert wrong(ended(1, "", "it failed"), 0) == "exit code 1: it failed"
    assert wrong(ended(124, "", ""), 124).startswith("no end")
    assert differing({"a.csv": "1", "b.csv": "2"}, {"a.csv": "1", "b.csv": "3"}) == "other results: b.csv"
    assert differing({"a.csv": "1"}, {"a.csv": "1"}) == ""


@pytest.mark.parametrize("way", ["bytes_changed", "tokens_changed", "structure_changed"])
def test_the_same_trial_is_the_same_again(modules, way):
    changed, text = getattr(modules("mutants"), way), (TRUST / "case.toml").read_bytes()
    assert changed(random.Random("1"), text) == changed(random.Random("1"), text) != changed(random.Random("2"), text)
