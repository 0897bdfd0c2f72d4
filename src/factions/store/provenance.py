"""Digests of the program text that results depend on, as this process found it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_ALONE = (
    "shocks.py",
    "dynamics.py",
    "parameters.py",
    "vocabulary.py",
    "statements/predicates.py",
    "statements/claims.py",
)
_WORLDS = ("rules", "world", "engine")
_COUNTS = (*_WORLDS, "model", "results", "statements", "runs")


@cache
def worlds_digest() -> str:
    """SHA-256 (hex) of what decides the worlds of given parameters, and which claims hold in them."""
    return _digest(_WORLDS)


@cache
def sources_digest() -> str:
    """SHA-256 (hex) of what decides worlds, and how they are run and counted."""
    return _digest(_COUNTS)


def _digest(folders: tuple[str, ...]) -> str:
    files = [_PACKAGE / name for name in _ALONE]
    for folder in folders:
        files += sorted((_PACKAGE / folder).rglob("*.py"))
    hasher = hashlib.sha256()
    for file in files:
        hasher.update(file.relative_to(_PACKAGE).as_posix().encode() + file.read_bytes())
    return hasher.hexdigest()
