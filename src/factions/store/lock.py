"""A folder that one process holds against all others."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factions.errors import UsageError
from factions.store.files import make_folder, remove_unfinished

try:
    import fcntl
except ImportError:  # only Unix has it; a module cannot be declared as one or None
    fcntl = None  # type: ignore[assignment]

LOCK = ".lock"
"""Ending of the file that is locked; it says who holds the folder."""

ANOTHER = "give another folder with --out"


@contextmanager
def locked(folder: Path, part: str = "") -> Iterator[None]:
    """Make a folder if it is not there and hold it, or only the files in it whose names begin with `part` and a dot.

    What killed runs left unfinished of these is removed.  UsageError if another process holds them, or if nothing can
    be written there.
    """
    hold, lock = _hold if fcntl else _create, folder / (f".{part}{LOCK}" if part else LOCK)
    try:
        make_folder(folder, ANOTHER)
        file = hold(lock)
    except OSError as error:
        raise UsageError(f"nothing can be written into {folder}: {error.strerror}", ANOTHER) from error
    try:
        remove_unfinished(folder, part)
        yield
    finally:
        if hold is _create:
            os.close(file)  # where it is needed, no open file can be removed
        lock.unlink(missing_ok=True)
        if hold is _hold:
            os.close(file)


def _hold(path: Path) -> int:
    """Lock a file: the system takes the lock away when the process ends, however it ends."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            raise _refusal(path, f"wait until it is finished, or {ANOTHER}") from None
        if path.exists() and os.path.samestat(path.stat(), os.fstat(file)):
            break
        os.close(file)  # whoever held it has removed it in the meantime
    os.truncate(file, 0)
    os.write(file, _holder())
    return file


def _create(path: Path) -> int:
    """Make a file that must not be there yet; it stays behind if the process is killed."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        remedy = f"wait until it is finished, or {ANOTHER}; if it was killed, remove {path}"
        raise _refusal(path, remedy) from None
    os.write(file, _holder())
    return file


def _holder() -> bytes:
    return f"process {os.getpid()} on {platform.node()}".encode()


def _refusal(path: Path, remedy: str) -> UsageError:
    holder = path.read_text(encoding="utf-8", errors="replace")
    return UsageError(f"{path.parent} is in use by another run" + (f" ({holder})" if holder else ""), remedy)
