"""Stored files damaged: the same command makes the same results again, or refuses the file by its name."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

from trial import Ended, Room, case, differing, factions, remember, results, wrong

COUNT = 60
RUN = ["run", "case.toml", "--worlds", "400", "--out", "out"]
CALIBRATE = ["calibrate", "case.toml", "--minutes", "0.06", "--out", "fit"]
VALIDATE = ["validate", "case.toml", "--quick", "--part", "replay", "--out", "valid"]
SWEEP = ["sweep", "case.toml", "--vary", "safety_motive=1,5", "--worlds", "100", "--out", "swept"]
POSTERIOR = "fit/case.posterior.parquet"
USE = ["run", "case.toml", "--worlds", "100", "--parameters"]
TABLE = "draws.csv"


def trial(room: Room) -> str:
    """Damage one file of a finished run, calibration, validation or sweep, and go on with it."""
    whole = room.shared / "damage"
    wanted = remember(room, "damage whole", lambda folder: _made(folder, whole))
    shutil.copytree(whole, room.folder, dirs_exist_ok=True)
    kept = sorted(path for path in room.folder.rglob("*") if path.is_file() and path.suffix not in {".png", ".svg"})
    path = room.rng.choice([each for each in kept if each.name not in {"case.toml", "change.toml"}])
    name = str(path.relative_to(room.folder))
    how = _damage(path, room.rng)
    problem = _judged(room.folder, name, how, wanted)
    return f"{name}, {how}: {problem}" if problem else ""


def _made(folder: Path, whole: Path) -> dict[str, str]:
    """Everything that is damaged, made once; what it says."""
    case(folder)
    for command in (RUN, CALIBRATE, VALIDATE, SWEEP):
        ended = factions(folder, *command)
        assert not wrong(ended, 0), wrong(ended, 0)
    _write_table(folder)
    said = {f"said {name}": factions(folder, *USE, name, "--format", "json").out for name in (POSTERIOR, TABLE)}
    if not whole.exists():
        folder.rename(whole)
    return results(whole) | said


def _write_table(folder: Path) -> None:
    """The draws of the posterior as a table of numbers."""
    from pyarrow import csv, parquet

    csv.write_csv(parquet.read_table(folder / POSTERIOR), folder / TABLE)


def _damage(path: Path, rng: Random) -> str:
    """Damage a file; how."""
    data = path.read_bytes()
    how = rng.choice(["cut", "flipped", "emptied", "overwritten", "a folder", "removed"])
    at = rng.randrange(max(len(data), 1))
    if how == "cut":
        path.write_bytes(data[:at])
    elif how == "flipped":
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :] if data else b"x")
    elif how == "emptied":
        path.write_bytes(b"")
    elif how == "overwritten":
        path.write_bytes(rng.choice([b"null", b"[]", b"{}", b"\xff\xfe", b"PAR1"]))
    else:
        path.unlink()
        if how == "a folder":
            path.mkdir()
    return how


def _judged(folder: Path, name: str, how: str, wanted: dict[str, str]) -> str:
    """What is wrong with the end of the command to which a damaged file belongs."""
    if name == TABLE or name.startswith("fit"):
        return _draws(folder, name, how, wanted)
    command = {"out": RUN, "valid": VALIDATE, "swept": SWEEP}[name.split("/")[0]]
    out = command[-1]
    ended = factions(folder, *command)
    if problem := wrong(ended, 0, 1, 2):
        return problem
    if ended.code:
        return "" if _names(ended, Path(name)) else f"refused without its name: {ended.err}"
    return differing(
        {file: kept for file, kept in results(folder).items() if file.startswith(out)},
        {file: kept for file, kept in wanted.items() if file.startswith(out)},
    )


def _draws(folder: Path, name: str, how: str, wanted: dict[str, str]) -> str:
    """Damaged draws are refused, or are what they were; a number changed in a table of one's own is another number."""
    used = TABLE if name == TABLE else POSTERIOR
    ended = factions(folder, *USE, used, "--format", "json")
    if problem := wrong(ended, 0, 2):
        return problem
    if ended.code:
        return "" if _names(ended, Path(name)) else f"refused without its name: {ended.err}"
    as_it_was = ended.out == wanted[f"said {used}"]
    free = name == TABLE or (name.endswith(".json") and how == "removed") or (folder / POSTERIOR).is_dir()
    return "" if as_it_was or free else "used though it is damaged"


def _names(ended: Ended, path: Path) -> bool:
    """Does a message say which file, or which folder, is meant."""
    return path.name in ended.err or path.stem in ended.err or path.parts[0] in ended.err
