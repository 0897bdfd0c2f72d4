"""The campaigns of `make trust`: a short version of the cheap ones, and that a failure is seen and kept."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import random
import signal
import subprocess
import sys
from functools import partial
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


def test_what_is_tried_hears_an_interrupt_though_a_shell_has_it_ignored_in_the_background(tmp_path):
    campaign = "import signal\nCOUNT, JOBS = 1, 1\ntrial = lambda room: str(signal.getsignal(signal.SIGINT).__name__)\n"
    for path in TRUST.glob("*.py"):
        (tmp_path / path.name).write_text(campaign if path.stem == "pairs" else path.read_text())
    ignore = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)
    command = [sys.executable, str(tmp_path), "--only", "pairs", "--out", str(tmp_path / "kept")]
    ended = subprocess.run(command, capture_output=True, text=True, preexec_fn=ignore)
    assert ended.stdout.splitlines()[-1].endswith(": default_int_handler"), ended.stdout


@pytest.mark.parametrize(("count", "tried"), [(None, 1), (3, 3)])
def test_a_campaign_ends_when_it_is_enough_unless_told_how_often(modules, monkeypatch, tmp_path, capsys, count, tried):
    (tmp_path / "brief.py").write_text("COUNT, ENOUGH = 5, 0.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    main = modules("trust_main")
    monkeypatch.setattr(main, "tried", lambda name, options, place: ((n, "") for n in range(options.count or 5)))
    assert main.fought("brief", argparse.Namespace(count=count), tmp_path) == 0
    assert capsys.readouterr().out.split()[:3] == ["brief", str(tried), "0"]


def test_a_fuzzer_led_by_coverage_finds_what_fails_and_keeps_it(modules, tmp_path):
    pytest.importorskip("atheris")
    room = modules("trial").Room(tmp_path / "1", tmp_path / "shared", random.Random(1), 0)
    for folder in (room.folder, room.shared):
        folder.mkdir()
    corpus = room.shared / "corpus"
    corpus.mkdir()
    (corpus / "first.toml").write_text('title = "An error without a remedy"\n', encoding="utf-8")
    options = ["-runs=300", "-seed=3", f"-artifact_prefix={room.folder}/", str(corpus)]
    (room.folder / "found").mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", FUZZER, str(TRUST), str(room.folder), *options], capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr
    (said,) = room.folder.glob("found/*.toml.txt")
    assert said.read_text(encoding="utf-8") == "no remedy: planted"
    assert b"x" in said.with_suffix("").read_bytes()


FUZZER = """
import runpy, sys
trust = sys.argv.pop(1)
sys.path.insert(0, trust)
sys.argv[0] = trust + "/fuzzer.py"
import trial, atheris
sys.path.insert(0, str(trial.SOURCE))
import mutants
mutants.read = lambda path: (None, "no remedy: planted" if b"x" in path.read_bytes() else "")
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""The fuzzer, with a failure planted: files that hold an x are refused without a remedy."""


@pytest.mark.parametrize("path", sorted((TRUST / "findings").glob("*.toml")), ids=lambda path: path.stem)
def test_what_failed_once_is_refused_with_a_place_and_a_remedy(modules, tmp_path, path):
    modules("trial").case(tmp_path)
    mutant = tmp_path / "mutant.toml"
    mutant.write_bytes(path.read_bytes())
    assert modules("mutants").read(mutant) == (None, "")


def test_a_process_that_grows_is_seen(modules):
    soak = modules("soak")
    settled = [soak.Held(300.0 + each, 12, 3) for each in range(soak.SETTLED)]
    assert soak.grown(settled) == soak.grown([*settled, soak.Held(330.0, 12, 3)]) == ""
    assert soak.grown([*settled, soak.Held(400.0, 12, 3)]) == "memory has grown from 309 to 400 MB"
    assert soak.grown([*settled, soak.Held(309.0, 13, 3)]) == "open files have grown from 12 to 13"
    assert soak.grown([*settled, soak.Held(309.0, 12, 4)]) == "threads have grown from 3 to 4"


@pytest.fixture
def modules(monkeypatch):
    """The modules of the campaigns, by name."""
    monkeypatch.syspath_prepend(str(TRUST))

    def load(name):
        if name != "trust_main":
            return importlib.import_module(name)
        module = importlib.util.module_from_spec(importlib.util.spec_from_file_location(name, TRUST / "__main__.py"))
        module.__spec__.loader.exec_module(module)
        return module

    return load


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
