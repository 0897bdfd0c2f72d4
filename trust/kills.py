"""Long commands killed at a random moment: the same command finishes afterwards, with the result of an undisturbed one.

At random it is killed outright, ended, or interrupted.
"""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

from commands import LONG
from trial import Room, case, differing, environment, factions, remember, results, words, wrong

COUNT = 100
CODES = {signal.SIGKILL: (-signal.SIGKILL,), signal.SIGTERM: (143, -15, 0), signal.SIGINT: (130, -2, 0)}


def trial(room: Room) -> str:
    """Kill one command, and type it again."""
    name = room.rng.choice(list(LONG))
    number = room.rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    wanted = remember(room, f"kills {name}", lambda folder: _undisturbed(folder, name))
    case(room.folder)
    problem = _killed(room, name, number, room.rng.random() * float(wanted.pop("seconds")))
    again = factions(room.folder, *LONG[name])
    problem = problem or wrong(again, 0) or differing(results(room.folder / "out"), wanted)
    left = [path.name for path in room.folder.rglob(".*")]
    problem = problem or (f"left behind: {left[0]}" if left else "")
    return f"{name}, {number.name}: {problem}" if problem else ""


def _undisturbed(folder: Path, name: str) -> dict[str, str]:
    """Results of a command that nobody kills, and the seconds that it took."""
    case(folder)
    began = time.monotonic()
    ended = factions(folder, *LONG[name])
    assert not wrong(ended, 0), wrong(ended, 0)
    return {**results(folder / "out"), "seconds": str(time.monotonic() - began)}


def _killed(room: Room, name: str, number: signal.Signals, seconds: float) -> str:
    """Kill a command after some seconds; what is wrong with its end."""
    command = subprocess.Popen(
        words(LONG[name]),
        cwd=room.folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _, said = command.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        command.send_signal(number)
        _, said = command.communicate()
    if "Traceback" in said:
        return "a traceback: " + said.strip().splitlines()[-1]
    good = command.returncode in (0, *CODES[number])
    return "" if good else f"exit code {command.returncode}: {said.strip()[-300:]}"
