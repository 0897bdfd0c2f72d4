"""Processes of this machine: what becomes of them if this one ends, is interrupted, or loses one of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factions.errors import FactionsError
from factions.runs.processes import processes, received

ORPHAN = """
import os, signal
from factions.runs.processes import processes

if __name__ == "__main__":
    with processes(1) as executor:
        print(executor.submit(os.getpid).result(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the process where Linux lists them")
def test_processes_do_not_outlive_a_run_that_is_killed(tmp_path):
    (tmp_path / "orphan.py").write_text(ORPHAN)
    killed = subprocess.run([sys.executable, tmp_path / "orphan.py"], capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL
    state = Path("/proc") / killed.stdout.strip() / "stat"
    end = time.monotonic() + 20
    while state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z":  # nobody may have asked for it
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_is_raised_ends_them_at_once():
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), processes(1) as executor:
        executor.submit(os.getpid).result()
        executor.submit(time.sleep, 60)
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == []
    assert time.monotonic() - start < 30


def test_one_that_is_killed_is_an_error_in_one_line():
    with processes(1) as executor, pytest.raises(FactionsError, match="a worker ended before its work was done"):
        received(executor.submit(os._exit, 9))
