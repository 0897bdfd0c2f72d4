"""The same scenario, seed and worlds give the same results, on whatever machine and in however many hands."""

from __future__ import annotations

import json
from pathlib import Path

from trial import Room, case, factions, remember, results, wrong

COUNT = 24
RUN = ["run", "case.toml", "--worlds", "40", "--seed", "3", "--out", "out"]
WAYS: dict[str, tuple[list[str], dict[str, str]]] = {
    "Mesa": (["--engine", "mesa"], {}),
    "Mesa, two workers": (["--engine", "mesa", "--workers", "2"], {}),
    "one worker": (["--workers", "1"], {}),
    "two workers": (["--workers", "2"], {}),
    "five workers": (["--workers", "5"], {}),
    "hash seed 0": ([], {"PYTHONHASHSEED": "0"}),
    "hash seed 77": ([], {"PYTHONHASHSEED": "77"}),
    "hash seed 5, Mesa": (["--engine", "mesa"], {"PYTHONHASHSEED": "5"}),
    "locale C": ([], {"LC_ALL": "C", "PYTHONUTF8": "0"}),
    "locale POSIX, Latin-1": ([], {"LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"}),
    "cp1252": ([], {"PYTHONIOENCODING": "cp1252"}),
    "Turkish": ([], {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}),
    "time zone of Kiritimati": ([], {"TZ": "Pacific/Kiritimati"}),
    "time zone of Honolulu": ([], {"TZ": "Pacific/Honolulu"}),
    "not compiled": ([], {"NUMBA_DISABLE_JIT": "1"}),
    "optimised": ([], {"PYTHONOPTIMIZE": "2"}),
    "dumb terminal": ([], {"TERM": "dumb", "COLUMNS": "20"}),
    "notebook": ([], {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}),
    "one thread of BLAS": ([], {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}),
    "development mode": ([], {"PYTHONDEVMODE": "1"}),
}


def trial(room: Room) -> str:
    """Run it in another way, or in two steps; the ways take turns."""
    wanted = remember(room, "sameness", lambda folder: _made(folder, [], {}))
    names = [*WAYS, "in two steps", "in the worlds of a longer run", "other wording", "from Python"]
    name = names[room.number % len(names)]
    special = {"in two steps": _steps, "in the worlds of a longer run": _longer, "other wording": _reworded}
    special["from Python"] = _python
    problem = special[name](room, wanted) if name in special else _compared(_made(room.folder, *WAYS[name]), wanted)
    return f"{name}: {problem}" if problem else ""


def _made(folder: Path, options: list[str], more: dict[str, str]) -> dict[str, str]:
    case(folder)
    return _run(folder, [*RUN, *options], more)


def _run(folder: Path, command: list[str], more: dict[str, str]) -> dict[str, str]:
    ended = factions(folder, *command, more=more)
    if problem := wrong(ended, 0):
        raise ValueError(problem)
    return {name: kept for name, kept in results(folder / "out").items() if name.startswith(("tables", "result"))}


def _compared(found: dict[str, str], wanted: dict[str, str]) -> str:
    """Tables as CSV alone: those for programs name the engine, or how many hands there were."""
    other = sorted(name for name in wanted if name.endswith(".csv") and found.get(name) != wanted[name])
    return f"other results: {', '.join(other)}" if other else ""


def _steps(room: Room, wanted: dict[str, str]) -> str:
    """First some of the worlds, then all."""
    case(room.folder)
    _run(room.folder, [*RUN, "--worlds", "13"], {})
    return _compared(_run(room.folder, RUN, {}), wanted)


def _longer(room: Room, wanted: dict[str, str]) -> str:
    """Worlds of a block of any length are the same."""
    from worlds import same

    return "" if same(case(room.folder), 40, 3) else "blocks of other lengths have other worlds"


def _reworded(room: Room, wanted: dict[str, str]) -> str:
    """Comments and spaces in a file change nothing."""
    path = case(room.folder)
    path.write_text("# a comment\n\n" + path.read_text(encoding="utf-8").replace(" = ", "  =  "), encoding="utf-8")
    return _compared(_run(room.folder, RUN, {}), wanted)


def _python(room: Room, wanted: dict[str, str]) -> str:
    """The Python interface and the command give the same probabilities."""
    import factions as package

    path = case(room.folder)
    _run(room.folder, RUN, {})
    said = json.loads((room.folder / "out" / "result.json").read_text(encoding="utf-8"))["claims"]
    scores = package.claims(package.run(package.load(path), worlds=40, seed=3, parameters="default"))
    same = [each["probability"] for each in said] == [each.probability for each in scores]
    return "" if same else "other probabilities"
