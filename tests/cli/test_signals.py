"""Interrupted or ended, at whatever moment: an exit code that says so, and no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from factions import __main__ as start
from factions import cli
from factions.cli.progress import continued

WAIT = "import signal; signal.raise_signal(signal.{})"
DROPPED = """
import signal, time, weakref
class Kept:
    pass
kept = Kept()
watch = weakref.ref(kept, lambda _: signal.raise_signal(signal.{}))
del kept
time.sleep(60)
"""
PRINTED = """
import signal, sys
try:
    signal.raise_signal(signal.{})
except BaseException as interrupt:
    sys.excepthook(type(interrupt), interrupt, interrupt.__traceback__)
raise ImportError("numpy.core.multiarray failed to import")
"""
EXECUTED = 'exec("import signal; signal.raise_signal(signal.{})")'
"""Stand for a module whose import takes long: the signal comes while it is imported, or runs what it has written.

Or it comes where Python drops what is raised, or where compiled code prints it and raises something else.
"""


@pytest.fixture
def handlers():
    """Handlers of signals are afterwards what they were."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
@pytest.mark.parametrize("text", [WAIT, EXECUTED, DROPPED, PRINTED])
@pytest.mark.parametrize("slow", ["typer", "numpy"])
def test_a_signal_during_an_import_ends_it_without_a_word(minimal, write, tmp_path, name, code, slow, text):
    (tmp_path / "slow").mkdir()
    (tmp_path / "slow" / f"{slow}.py").write_text(text.format(name))
    first = {"PYTHONPATH": os.pathsep.join([str(tmp_path / "slow"), *sys.path])}
    command = [sys.executable, "-m", "factions", "run", str(write(minimal)), "--worlds", "5"]
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    ended = subprocess.run(command, env=os.environ | first, capture_output=True, text=True, preexec_fn=heed)
    assert (ended.returncode, ended.stdout, ended.stderr) == (code, "", "")


def test_an_interrupt_from_the_keyboard_reaches_all_processes_and_one_speaks(minimal, write, tmp_path):
    (tmp_path / "slow").mkdir()  # the first worker that imports this interrupts all of its group, once
    (tmp_path / "slow" / "mesa.py").write_text(
        "import contextlib, os, signal, time\n"
        "with contextlib.suppress(FileExistsError):\n"
        "    os.close(os.open(__file__ + '.sent', os.O_CREAT | os.O_EXCL))\n"
        "    os.killpg(0, signal.SIGINT)\n"
        "time.sleep(60)\n"
    )
    first = {"PYTHONPATH": os.pathsep.join([str(tmp_path / "slow"), *sys.path])}
    command = [sys.executable, "-m", "factions", "run", str(write(minimal)), "--engine", "mesa", "--workers", "2"]
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    more = {"env": os.environ | first, "capture_output": True, "text": True, "timeout": 60, "preexec_fn": heed}
    ended = subprocess.run([*command, "--parameters", "default"], start_new_session=True, **more)
    said = "interrupted; with --out DIR, finished blocks of worlds would have been kept\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", said)


def fake(monkeypatch, number, then):
    def run():
        try:
            signal.raise_signal(number)
            time.sleep(1)
        except KeyboardInterrupt as interrupt:
            raise then from interrupt
        pytest.fail("no signal came")

    monkeypatch.setattr(cli, "main", run)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("then", [SystemError("returned a result with an exception set"), ImportError("numpy")])
def test_whatever_an_interrupt_is_made_into_it_is_one(monkeypatch, handlers, number, code, then):
    fake(monkeypatch, number, then)
    assert start.main() == code
    assert signal.getsignal(number) == signal.SIG_DFL  # a second one ends the program at once


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_that_something_swallows_comes_again(monkeypatch, handlers, number, code):
    def run():
        with suppress(KeyboardInterrupt):
            signal.raise_signal(number)
        time.sleep(5 * start.AGAIN)
        return 0

    monkeypatch.setattr(cli, "main", run)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    assert start.main() == code


def test_what_ends_because_of_a_signal_is_not_interrupted_again(monkeypatch, handlers):
    tidied = []

    def run():
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            try:
                raise OSError("in the midst of it")
            except OSError:
                time.sleep(2.5 * start.AGAIN)
            tidied.append(True)

    monkeypatch.setattr(cli, "main", run)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    assert (start.main(), tidied) == (130, [True])
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_any_other_error_is_not_taken_for_an_interrupt(monkeypatch, handlers):
    def broken():
        raise SystemError("broken")

    monkeypatch.setattr(cli, "main", broken)
    with pytest.raises(SystemError, match="broken"):
        start.main()


def test_other_errors_are_told_as_ever(monkeypatch, handlers, capsys):
    class Broken:
        def __del__(self):
            raise ValueError("dropped")

    def run():
        Broken()
        sys.excepthook(OSError, OSError("printed"), None)
        return 0

    told = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: told.append(str(what.exc_value)))
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, place: told.append(str(error)))
    hooks = sys.excepthook, sys.unraisablehook
    monkeypatch.setattr(cli, "main", run)
    assert (start.main(), told) == (0, ["dropped", "printed"])
    assert (sys.excepthook, sys.unraisablehook) == hooks


def test_a_signal_in_the_midst_of_the_end_is_one(monkeypatch, handlers):
    ends = start.Heed.end

    def end(heed):
        if not heed.got:
            signal.raise_signal(signal.SIGTERM)
        ends(heed)

    monkeypatch.setattr(cli, "main", lambda: 0)
    monkeypatch.setattr(start.Heed, "end", end)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    assert start.main() == 143
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_what_is_to_be_ignored_stays_so(monkeypatch, handlers):
    monkeypatch.setattr(cli, "main", lambda: 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in the background of a shell
    assert start.main() == 0
    assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN


def test_a_signal_that_comes_when_the_command_is_done_ends_it_at_once(monkeypatch, handlers):
    monkeypatch.setattr(cli, "main", lambda: 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    assert start.main() == 0
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


@pytest.mark.parametrize(
    ("out", "said"),
    [
        (None, "interrupted; with --out DIR, finished runs would have been kept\n"),
        (Path("out"), "interrupted; finished runs are kept in out: the same command continues from there\n"),
    ],
)
def test_an_interrupted_command_says_how_to_go_on(out, said, capsys):
    with pytest.raises(KeyboardInterrupt), continued("finished runs", out):
        raise KeyboardInterrupt
    assert capsys.readouterr().err == said
