"""A folder that one process holds against all others."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factions.errors import UsageError

try:
    import fcntl
except ImportError:  # only Unix has it; a module cannot be declared as one or None
    fcntl = None  # type: ignore[assignment]

LOCK = ".lock"
"""Name of the file that is locked; it says who holds the folder."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make a folder if it is not there, and hold it; UsageError if another process does, or it cannot be written."""
    hold = _hold if fcntl else _create
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = hold(folder / LOCK)
    except OSError as error:
        problem = f"{folder} is no folder that can be written: {error.strerror}"
        raise UsageError(problem, "give another folder with --out") from error
    try:
        yield
    finally:
        os.close(file)
        if hold is _create:
            (folder / LOCK).unlink(missing_ok=True)


def _hold(path: Path) -> int:
    """Lock a file, which stays: the system takes the lock away when the process ends, however it ends."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        raise _refusal(path, "wait until it is finished, or give another folder with --out") from None
    os.truncate(file, 0)
    os.write(file, _holder())
    return file


def _create(path: Path) -> int:
    """Make a file that must not be there yet; it stays behind if the process is killed."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        remedy = f"wait until it is finished, or give another folder with --out; if it was killed, remove {path}"
        raise _refusal(path, remedy) from None
    os.write(file, _holder())
    return file


def _holder() -> bytes:
    return f"process {os.getpid()} on {platform.node()}".encode()


def _refusal(path: Path, remedy: str) -> UsageError:
    holder = path.read_text(encoding="utf-8", errors="replace")
    return UsageError(f"{path.parent} is in use by another run" + (f" ({holder})" if holder else ""), remedy)
