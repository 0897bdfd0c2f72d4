"""Data that carry what is said of them, and a sum by which any damage shows."""

from __future__ import annotations

import hashlib
from pathlib import Path


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


def file_sum(path: Path) -> str:
    """SHA-256 (hex) of a file; empty if there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
