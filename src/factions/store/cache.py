"""A folder for what can be made again: there is one on every machine where anything can be written."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from factions.store.seal import Damaged, unsealed

ABANDONED = 3600.0
"""Age in seconds from which on a file that was never finished belongs to nobody."""


@dataclass(frozen=True)
class Cache:
    """A folder, or None where there is no place for one; `caution`: what a user must know of it, or nothing."""

    folder: Path | None
    caution: str = ""


def find_cache(name: str, chosen: str = "") -> Cache:
    """The folder of that name: in the folder `chosen`, by default among the user's caches, else among temporary files.

    A folder that can only be read is copied there.  What is damaged in it is removed; all files in it must be sealed.
    """
    root = Path(chosen) if chosen else _root()
    if root is not None and _writable(root / name):
        return Cache(root / name, _mended(root / name))
    problem = "there is no home directory" if root is None else f"{root} cannot be written"
    private = _private()
    if private is not None:
        folder = private / name
        if root is not None and not folder.exists():
            _copy(root / name, folder)
        if _writable(folder):
            said = (f"{problem}, so compiled code is kept in {private}", _mended(folder))
            return Cache(folder, "; ".join(part for part in said if part))
    return Cache(None, f"{problem}, nor is there a temporary directory: code is compiled again in every run")


def _root() -> Path | None:
    """Where the user's caches stand (XDG Base Directory Specification: what is no absolute path does not count)."""
    caches = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        return (caches if caches.is_absolute() else Path.home() / ".cache") / "factions"
    except RuntimeError:  # neither the environment nor the system knows a home
        return None


def _private() -> Path | None:
    """This user's folder among the temporary files, None if there is none that nobody else could have filled."""
    owner = os.getuid() if hasattr(os, "getuid") else "cache"
    try:
        folder = Path(tempfile.gettempdir()) / f"factions-{owner}"
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    mine = not hasattr(os, "getuid") or (found.st_uid == owner and not found.st_mode & 0o022)
    return folder if mine and stat.S_ISDIR(found.st_mode) else None


def _writable(folder: Path) -> bool:
    """Can files be written into a folder and all that are in it; it is made if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            tempfile.TemporaryFile(dir=each).close()
    except OSError:
        return False
    return True


def _copy(source: Path, target: Path) -> None:
    """Copy the files that can be read; the folder appears whole or not at all."""
    unfinished = Path(tempfile.mkdtemp(dir=target.parent))
    try:
        for path in (path for path in source.rglob("*") if path.is_file()):
            to = unfinished / path.relative_to(source)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)
        unfinished.rename(target)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)


def _mended(folder: Path) -> str:
    """Remove the files that are not what they were; what is to be said of them."""
    damaged = [path for path in folder.rglob("*") if path.is_file() and not _sound(path)]
    for path in damaged:
        path.unlink(missing_ok=True)
    lost = [path for path in damaged if not _unfinished(path)]
    return f"damaged files with compiled code in {folder}: {len(lost)}; they are made again" if lost else ""


def _sound(path: Path) -> bool:
    """Is a file what it was, being written, or gone."""
    try:
        if _unfinished(path):
            return time.time() - path.stat().st_mtime < ABANDONED
        unsealed(path.read_bytes())
    except FileNotFoundError:
        return True
    except (Damaged, OSError):
        return False
    return True


def _unfinished(path: Path) -> bool:
    return ".tmp." in path.name
