"""Two commands at once in one folder: one is refused, or both end; what is kept is of one of them, and whole."""

from __future__ import annotations

import subprocess
import time
from functools import partial
from pathlib import Path

from trial import Ended, Room, case, differing, environment, factions, remember, results, words, wrong

COUNT = 10
COMMANDS = {
    "run": ["run", "case.toml", "--worlds", "3000", "--out", "out"],
    "compare": ["compare", "case.toml", "change.toml", "--worlds", "600", "--out", "out"],
    "calibrate": ["calibrate", "case.toml", "--minutes", "0.1", "--out", "out"],
    "sweep": ["sweep", "case.toml", "--vary", "safety_motive=1,10", "--worlds", "300", "--out", "out"],
}


def trial(room: Room) -> str:
    """Begin a command with two seeds, the second a moment later."""
    name = room.rng.choice(list(COMMANDS))
    wanted = [remember(room, f"pairs {name} {seed}", partial(_alone, name, seed)) for seed in (1, 2)]
    case(room.folder)
    first = _begun(room.folder, name, 1)
    time.sleep(room.rng.random() * 2)
    second = _begun(room.folder, name, 2)
    ends = [_ended(first), _ended(second)]
    problem = wrong(ends[0], 0, 2) or wrong(ends[1], 0, 2) or _mixed(room.folder, name, ends, wanted)
    return f"{name}: {problem}" if problem else ""


def _alone(name: str, seed: int, folder: Path) -> dict[str, str]:
    case(folder)
    ended = factions(folder, *COMMANDS[name], "--seed", str(seed))
    assert not wrong(ended, 0), wrong(ended, 0)
    return results(folder / "out")


def _begun(folder: Path, name: str, seed: int) -> subprocess.Popen[str]:
    command = words([*COMMANDS[name], "--seed", str(seed)])
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=folder, env=environment(), text=True, **pipes)


def _ended(command: subprocess.Popen[str]) -> Ended:
    out, err = command.communicate()
    return Ended(command.returncode, out, err)


def _mixed(folder: Path, name: str, ends: list[Ended], wanted: list[dict[str, str]]) -> str:
    """What is kept that is of neither command; a calibration never overwrites, so both of them may be kept."""
    codes = [end.code for end in ends]
    if 0 not in codes:
        return "both are refused"
    found = results(folder / "out")
    if name == "calibrate" and codes == [0, 0]:
        sums = {kept for each in wanted for kept in each.values()}
        return "" if len(found) == 4 and sums == set(found.values()) else "one calibration replaced the other"
    if codes == [0, 0]:
        return "both wrote into one folder"
    return differing(found, wanted[codes.index(0)])
