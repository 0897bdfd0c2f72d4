"""Hostile machines: the command ends with its results, or says in a line what it lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from trial import Ended, Room, case, environment, factions, words, wrong

COUNT = 20
RUN = ["run", "case.toml", "--worlds", "5", "--out", "out"]


def trial(room: Room) -> str:
    """Run on one machine; they take turns."""
    case(room.folder)
    name = list(MACHINES)[room.number % len(MACHINES)]
    problem = MACHINES[name](room.folder)
    return f"{name}: {problem}" if problem else ""


def _cache() -> str:
    """Where compiled code is kept here, so that it need not be compiled again."""
    from factions.engine.compile import CACHE

    return str(CACHE.folder.parent.parent) if CACHE.folder else ""


def _with(**more: str | None) -> Callable[[Path], str]:
    """A machine whose environment is another; the engine looks for its cache, and need not fill it."""

    def run(folder: Path) -> str:
        values = {name: value and value.format(folder) for name, value in more.items()} | {"NUMBA_DISABLE_JIT": "1"}
        return wrong(factions(folder, *RUN, more=values), 0)

    return run


def _readonly_home(folder: Path) -> str:
    home = folder / "home"
    shutil.copytree(Path(_cache()) / "factions", home / ".cache" / "factions", dirs_exist_ok=True)
    for each in (home, *home.rglob("*")):
        each.chmod(0o555 if each.is_dir() else 0o444)
    more = {"HOME": str(home), "XDG_CACHE_HOME": None}
    problem = wrong(factions(folder, *RUN, more=more), 0)
    for each in (home, *home.rglob("*")):
        each.chmod(0o755)
    return problem


def _damaged_cache(folder: Path) -> str:
    """Compiled code of which half is cut."""
    from factions.engine.compile import CACHE

    assert CACHE.folder is not None
    kept = folder / "cache" / "factions" / CACHE.folder.name
    shutil.copytree(CACHE.folder, kept)
    for path in sorted(path for path in kept.rglob("*") if path.is_file())[:4]:
        path.write_bytes(path.read_bytes()[:-9])
    return wrong(factions(folder, *RUN, more={"XDG_CACHE_HOME": str(folder / "cache")}), 0)


def _refused(*command: str, prepare: Callable[[Path], object] = lambda folder: None) -> Callable[[Path], str]:
    """A machine on which the command cannot end well, and has to say so."""

    def run(folder: Path) -> str:
        prepare(folder)
        return wrong(factions(folder, *command), 1, 2)

    return run


def _full(folder: Path) -> str:
    """Results that go to a device that is always full."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            words(["run", "case.toml", "--worlds", "5"]),
            cwd=folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    return wrong(Ended(done.returncode, "", done.stderr), 1)


def _small_disk(folder: Path) -> str:
    """A disk of 100 KB, where one may be mounted."""
    disk = folder / "out"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "none", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        return ""  # only an administrator can try this
    try:
        problem = wrong(factions(folder, *RUN), 1)
        return problem or ("half a file is left" if [*disk.rglob("*.unfinished")] else "")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _closed(folder: Path) -> str:
    """Nobody listens."""
    command = subprocess.list2cmdline(words(["run", "case.toml", "--worlds", "5"]))
    done = subprocess.run(
        ["sh", "-c", f"{command} >&- 2>&-"], cwd=folder, env=environment(), capture_output=True, text=True
    )
    return wrong(Ended(done.returncode, "", done.stderr or "-"), 0, 1)


MACHINES: dict[str, Callable[[Path], str]] = {
    "no home": _with(HOME=None),
    "a home that is missing": _with(HOME="{}/nowhere"),
    "a home that is no folder": _with(HOME="{}/case.toml"),
    "a home that can only be read": _readonly_home,
    "an empty name of the cache": _with(XDG_CACHE_HOME=""),
    "a relative name of the cache": _with(XDG_CACHE_HOME="cache"),
    "a cache that is a file": _with(XDG_CACHE_HOME="{}/case.toml"),
    "a damaged cache": _damaged_cache,
    "no temporary directory": _with(TMPDIR="{}/nowhere"),
    "no path": _with(PATH=""),
    "no terminal": _with(TERM=None, COLUMNS=None, LANG=None),
    "a full device": _full,
    "a small disk": _small_disk,
    "closed streams": _closed,
    "results into a file": _refused(*RUN, prepare=lambda folder: (folder / "out").write_text("")),
    "results into a device": _refused("run", "case.toml", "--out", os.devnull),
    "a scenario that is a device": _refused("check", os.devnull),
    "a scenario that is a pipe": _refused("check", "pipe", prepare=lambda folder: os.mkfifo(folder / "pipe")),
    "a scenario that is a folder": _refused("check", "."),
    "a link to itself": _refused("check", "loop", prepare=lambda folder: (folder / "loop").symlink_to("loop")),
}
