"""The same scenario, seed and worlds give the same results, on whatever machine and in however many hands."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from trial import SOURCE, Room, case, factions, remember, results, wrong

COMMANDS = {
    "run": ["run", "case.toml", "--worlds", "40", "--seed", "3", "--out", "out"],
    "compare": ["compare", "case.toml", "change.toml", "--worlds", "30", "--seed", "3", "--out", "out"],
    "sweep": ["sweep", "case.toml", "--vary", "safety_motive=1,9", "--worlds", "30", "--seed", "3", "--out", "out"],
    "causes": ["causes", "case.toml", "--outcome", "ruling:blue", "--worlds", "20", "--seed", "3", "--out", "out"],
    "robust": ["robust", "change.toml", "--worlds", "20", "--seed", "3", "--out", "out"],
    "report": ["report", "case.toml", "--worlds", "20", "--seed", "3", "--out", "out"],
}
HANDS = {
    "Mesa": ["--engine", "mesa"],
    "Mesa, two workers": ["--engine", "mesa", "--workers", "2"],
    "one worker": ["--workers", "1"],
    "two workers": ["--workers", "2"],
    "five workers": ["--workers", "5"],
}
"""Options of the first three commands."""
MACHINES = {
    "hash seed 0": {"PYTHONHASHSEED": "0"},
    "hash seed 77": {"PYTHONHASHSEED": "77"},
    "locale C": {"LC_ALL": "C", "PYTHONUTF8": "0"},
    "locale POSIX, Latin-1": {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "Turkish": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    "time zone of Kiritimati": {"TZ": "Pacific/Kiritimati"},
    "time zone of Honolulu": {"TZ": "Pacific/Honolulu"},
    "not compiled": {"NUMBA_DISABLE_JIT": "1"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "dumb terminal": {"TERM": "dumb", "COLUMNS": "20"},
    "notebook": {"MPLBACKEND": "module://matplotlib_inline.backend_inline"},
    "one thread of BLAS": {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    "development mode": {"PYTHONDEVMODE": "1"},
}


def trial(room: Room) -> str:
    """Run a command in another way; commands and ways take turns."""
    name = list(WAYS)[room.number % len(WAYS)]
    problem = WAYS[name](room)
    return f"{name}: {problem}" if problem else ""


def _usual(command: str, room: Room) -> dict[str, str]:
    """Results of a command that nothing disturbs, run once for all trials."""
    return remember(room, f"sameness {command}", lambda folder: _made(folder, command))


def _made(
    folder: Path, command: str, options: Sequence[str] = (), more: dict[str, str] | None = None
) -> dict[str, str]:
    case(folder)
    return _run(folder, [*COMMANDS[command], *options], more)


def _run(folder: Path, command: list[str], more: dict[str, str] | None = None) -> dict[str, str]:
    ended = factions(folder, *command, more=more)
    if problem := wrong(ended, 0):
        raise ValueError(problem)
    return results(folder / "out")


def _in_hands(command: str, options: list[str], room: Room) -> str:
    return _same_tables(_made(room.folder, command, options), _usual(command, room))


def _on_machine(command: str, more: dict[str, str], room: Room) -> str:
    """Every file is the same on another machine, pages and pictures too."""
    found, wanted = _made(room.folder, command, more=more), _usual(command, room)
    return _other(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))


def _same_tables(found: dict[str, str], wanted: dict[str, str]) -> str:
    """Tables as CSV alone: other files name the engine, or the command as it was typed."""
    return _other(name for name in wanted if name.endswith(".csv") and found.get(name) != wanted[name])


def _other(names: Iterable[str]) -> str:
    some = sorted(names)
    return f"other results: {', '.join(some[:5])}" if some else ""


def _steps(room: Room) -> str:
    """First some of the worlds, then all."""
    _made(room.folder, "run", ["--worlds", "13"])
    return _same_tables(_run(room.folder, COMMANDS["run"]), _usual("run", room))


def _longer(room: Room) -> str:
    """Worlds of a block of any length are the same."""
    from worlds import same

    return "" if same(case(room.folder), 40, 3) else "blocks of other lengths have other worlds"


def _reworded(room: Room) -> str:
    """Comments and spaces in a file change nothing."""
    path = case(room.folder)
    path.write_text("# a comment\n\n" + path.read_text(encoding="utf-8").replace(" = ", "  =  "), encoding="utf-8")
    return _same_tables(_run(room.folder, COMMANDS["run"]), _usual("run", room))


def _python(room: Room) -> str:
    """The Python interface and the command give the same probabilities."""
    import factions as package

    path = case(room.folder)
    _made(room.folder, "run")
    said = json.loads((room.folder / "out" / "result.json").read_text(encoding="utf-8"))["claims"]
    scores = package.claims(package.run(package.load(path), worlds=40, seed=3, parameters="default"))
    same = [each["probability"] for each in said] == [each.probability for each in scores]
    return "" if same else "other probabilities"


def _on_cluster(command: str, room: Room) -> str:
    """Two workers of a Dask cluster on this machine."""
    from distributed import LocalCluster

    os.environ["PYTHONPATH"] = str(SOURCE)  # where workers find the package
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        return _in_hands(command, ["--scheduler", cluster.scheduler_address], room)


WAYS: dict[str, Callable[[Room], str]] = {
    "run, in two steps": _steps,
    "run, in blocks of other lengths": _longer,
    "run, other wording": _reworded,
    "run, from Python": _python,
}
WAYS |= {
    f"{command}, {way}": partial(_in_hands, command, options)
    for command in ("run", "compare", "sweep")
    for way, options in HANDS.items()
}
WAYS |= {
    f"{command}, {way}": partial(_on_machine, command, more) for command in COMMANDS for way, more in MACHINES.items()
}
if find_spec("distributed"):
    WAYS |= {f"{command}, Dask": partial(_on_cluster, command) for command in ("run", "sweep")}
COUNT = len(WAYS)
