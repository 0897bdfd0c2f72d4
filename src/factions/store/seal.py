"""Data that carry what is said of them, and a sum by which any damage shows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from factions.store.files import write_bytes


class Damaged(ValueError):
    """Sealed data were cut or changed."""


def sealed(data: bytes, about: str) -> bytes:
    """The data, a line about them, and the SHA-256 (hex) of both; a zip archive so sealed is still one."""
    whole = data + b"\n" + about.encode() + b"\n"
    return whole + hashlib.sha256(whole).hexdigest().encode()


def unsealed(data: bytes) -> tuple[bytes, str]:
    """The data and the line about them; Damaged if a bit of either is not what it was."""
    whole, _, said = data.rpartition(b"\n")
    if hashlib.sha256(whole + b"\n").hexdigest().encode() != said:
        raise Damaged("the seal is broken")
    inner, _, about = whole.rpartition(b"\n")
    return inner, about.decode()


def keep(path: Path, data: bytes, about: str) -> None:
    """Keep data in a file, sealed together with what they are of; it appears whole or not at all."""
    write_bytes(path, sealed(data, about))


def recall(path: Path, about: str, say: Callable[[str], None]) -> bytes | None:
    """The data that were kept in a file, None if there are none or they are of something else; damage is said."""
    if not path.exists():
        return None
    try:
        data, said = unsealed(path.read_bytes())
    except Damaged:
        say(f"{path} is damaged; what it held is computed again")
        return None
    return data if said == about else None


def file_sum(path: Path) -> str:
    """SHA-256 (hex) of a file; empty if there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
