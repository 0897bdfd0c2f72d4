"""Any command interrupted or ended at any moment, also while it imports: its exit code says so, without a traceback.

The moment comes when the program minds signals; before that, Python has them to itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from commands import ENDLESS, LONG, SHORT
from trial import Room, case, environment, words

COUNT = 180
COMMANDS = {**SHORT, **LONG, **ENDLESS}
CODES = {signal.SIGINT: (130, -signal.SIGINT), signal.SIGTERM: (143, -signal.SIGTERM)}
"""The second is what a shell calls 130 and 143: the signal came when the command was done, and Python ended."""
LONGEST = 6.0
"""Seconds after which the signal comes at the latest."""


def trial(room: Room) -> str:
    """Send one command a signal, to it alone or to all its processes, as the keyboard does; commands take turns."""
    name = list(COMMANDS)[room.number % len(COMMANDS)]
    number, send = room.rng.choice(list(CODES)), room.rng.choice([os.kill, os.killpg])
    seconds = room.rng.choice([1.0, LONGEST]) * room.rng.random()
    case(room.folder)
    command = subprocess.Popen(
        words([word.format(port=9200 + room.number) for word in COMMANDS[name]]),
        cwd=room.folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while command.poll() is None and not _minded(command.pid):
        time.sleep(0.001)
    time.sleep(seconds)
    sent = command.poll() is None
    if sent:
        send(command.pid, number)
    _, said = command.communicate()
    problem = _wrong(command.returncode, {0, *CODES[number]} if sent else {0}, said)
    left = [path.name for path in room.folder.rglob(".*")]
    problem = problem or (f"left behind: {left[0]}" if left else "")
    return f"{name}, {number.name} after {seconds:.2f} s: {problem}" if problem else ""


def _minded(process: int) -> bool:
    """Has a process a handler of its own for SIGTERM, as Linux tells it."""
    try:
        said = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:  # it has ended
        return True
    caught = next((line.split()[1] for line in said.splitlines() if line.startswith("SigCgt")), "0")
    return bool(int(caught, 16) >> signal.SIGTERM - 1 & 1)


def _wrong(code: int, codes: set[int], said: str) -> str:
    """What is wrong with an end."""
    if "Traceback" in said or "Exception ignored" in said:
        return "a traceback: " + said.strip().splitlines()[-1]
    return "" if code in codes else f"exit code {code}: {said.strip()[-300:]}"
