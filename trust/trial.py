"""What every campaign has: a room for each trial, and the command line in a process of its own."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
WAIT = 600.0
"""Seconds after which a command hangs."""


@dataclass(frozen=True)
class Room:
    """One trial: its own folder, its own random numbers, and a folder that it shares with all others."""

    folder: Path
    shared: Path
    rng: random.Random
    number: int


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str


def attempt(campaign: str, seed: int, number: int, place: Path) -> tuple[int, str]:
    """One trial: its number, and what went wrong."""
    folder, shared = place / campaign / str(number), place / "shared"
    for each in (folder, shared):
        each.mkdir(parents=True, exist_ok=True)
    room = Room(folder, shared, random.Random(f"{seed} {campaign} {number}"), number)
    try:
        problem = importlib.import_module(campaign).trial(room)
    except Exception as error:  # of the trial itself: that is no success either
        problem = f"the trial broke: {type(error).__name__}: {error}"
    if not problem:
        shutil.rmtree(folder)
    return number, problem


def case(folder: Path) -> Path:
    """The small case and its counterfactual, in a folder."""
    for name in ("case.toml", "change.toml"):
        shutil.copyfile(HERE / name, folder / name)
    return folder / "case.toml"


def environment(more: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """That of this process with the package on its path, and with other values; None: without the name."""
    changed = {"PYTHONPATH": str(SOURCE), **(more or {})}
    return {name: value for name, value in {**os.environ, **changed}.items() if value is not None}


def words(command: Sequence[str]) -> list[str]:
    """The program as one types it, with this Python."""
    return [sys.executable, "-m", "factions", *command]


def factions(folder: Path, *command: str, more: Mapping[str, str | None] | None = None) -> Ended:
    """Run a command in a folder and wait for its end; a hang has the code 124."""
    try:
        done = subprocess.run(
            words(command),
            cwd=folder,
            env=environment(more),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=WAIT,
        )
    except subprocess.TimeoutExpired:
        return Ended(124, "", "")
    return Ended(done.returncode, done.stdout, done.stderr)


def wrong(ended: Ended, *codes: int) -> str:
    """What is wrong with the end of a command that may only have these codes: nothing, or a few words."""
    if ended.code == 124:
        return f"no end after {WAIT:.0f} s"
    if "Traceback" in ended.err or "Aborted" in ended.err:
        return "a traceback: " + ended.err.strip().splitlines()[-1]
    if ended.code not in codes:
        return f"exit code {ended.code}: {ended.err.strip()[-300:]}"
    if ended.code and not ended.err.strip():
        return f"exit code {ended.code} without a word"
    return ""


def results(folder: Path) -> dict[str, str]:
    """Name and sum of all files below a folder, but for manifests, which say when and where the command ran."""
    kept = [path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json"]
    return {str(path.relative_to(folder)): _sum(path) for path in kept}


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differing(found: Mapping[str, str], wanted: Mapping[str, str]) -> str:
    """The first files in which results differ from what they should be, or nothing."""
    names = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
    return f"other results: {', '.join(names[:3])}" if names else ""


def remember(room: Room, name: str, make: Callable[[Path], dict[str, str]]) -> dict[str, str]:
    """Results that all trials need, made once: `make(folder)` in a folder of their own."""
    path = room.shared / f"{name}.json"
    if not path.exists():
        made = make(Path(tempfile.mkdtemp(dir=room.shared)))
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_text(json.dumps(made), encoding="utf-8")
        unfinished.replace(path)
    return json.loads(path.read_text(encoding="utf-8"))
