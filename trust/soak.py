"""One process that works for an hour: neither its memory nor its open files nor its threads become more.

A trial is a round: every command once, in this process, with another seed; after an hour none is begun. `--count 20` is
a few minutes.
"""

from __future__ import annotations

import csv
import ctypes
import gc
import os
import threading
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import astuple, dataclass
from io import StringIO
from pathlib import Path

from trial import Room, case

COUNT = 2000
ENOUGH = 3600.0
"""Seconds after which no round is begun."""
JOBS = 1
"""One round after the other, in one process."""
SETTLED = 10
"""Rounds after which everything is imported and compiled, and every cache is full."""
GROWTH = 64.0
"""MB that a process may swing by; a leak of a sixth of a MB a round is seen within the hour."""
COMMANDS = [
    "check {0}/case.toml {0}/change.toml",
    "run {0}/case.toml --worlds 200 --seed {1} --out {0}/run",
    "run {0}/case.toml --worlds 10 --seed {1} --engine mesa",
    "chronicle {0}/case.toml --world {1}",
    "compare {0}/case.toml {0}/change.toml --worlds 60 --seed {1} --out {0}/compare",
    "causes {0}/case.toml --outcome ruling:blue --worlds 20 --seed {1} --out {0}/causes",
    "sweep {0}/case.toml --vary safety_motive=1,9 --worlds 30 --seed {1} --out {0}/sweep",
    "report {0}/case.toml --worlds 40 --seed {1} --out {0}",
]


@dataclass(frozen=True)
class Held:
    """What the process holds after a round."""

    megabytes: float
    files: int
    threads: int


_ROUNDS: list[Held] = []


def trial(room: Room) -> str:
    """One round, and what has grown since the process had settled."""
    from factions.cli import main

    case(room.folder)
    for command in COMMANDS:
        said = StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            code = main(command.format(room.folder, room.number).split())
        if code:
            return f"{command}: exit code {code}: {said.getvalue()[-300:]}"
    _ROUNDS.append(_held())
    with (room.shared / "soak.csv").open("a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(astuple(_ROUNDS[-1]))
    return grown(_ROUNDS)


def grown(rounds: list[Held]) -> str:
    """What the last round holds more than the process held when it had settled, or nothing."""
    settled, now = rounds[:SETTLED], rounds[-1]
    if now.megabytes > max(each.megabytes for each in settled) + GROWTH:
        return f"memory has grown from {settled[-1].megabytes:.0f} to {now.megabytes:.0f} MB"
    if now.files > max(each.files for each in settled):
        return f"open files have grown from {settled[-1].files} to {now.files}"
    if now.threads > max(each.threads for each in settled):
        return f"threads have grown from {settled[-1].threads} to {now.threads}"
    return ""


def told(shared: Path) -> list[str]:
    """What the process held when it had settled, and at the end."""
    with (shared / "soak.csv").open(newline="", encoding="utf-8") as file:
        rounds = [Held(float(megabytes), int(files), int(threads)) for megabytes, files, threads in csv.reader(file)]
    numbers = sorted({min(SETTLED, len(rounds)), len(rounds)})
    return [
        f"round {number}: {held.megabytes:.0f} MB, {held.files} open files, {held.threads} threads"
        for number in numbers
        for held in [rounds[number - 1]]
    ]


def _held() -> Held:
    """As Linux tells it, when what nobody needs any more has been given back to it."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return Held(megabytes, len([*Path("/proc/self/fd").iterdir()]), threading.active_count())
