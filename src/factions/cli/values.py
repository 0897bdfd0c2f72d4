"""Options and the values that they take: each is read here, and refused in the words of this program.

The library of the command line can read numbers, days and choices too, but what it says of wrong ones is for
programmers, and changes from version to version. A value that cannot be taken is a UsageError, as everywhere else.
"""

from __future__ import annotations

import datetime as dt
import math
import os
import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import typer

from factions.errors import UsageError, shown
from factions.vocabulary import GREATEST

MOST_WORKERS = 1024
"""Threads or processes that anyone may ask for: each of millions would be started."""
_LONGEST = 255
"""Bytes in the name of a file, at most."""


def whole(name: str, help: str, low: int = 1, high: int = GREATEST) -> object:
    """The option `name` for a whole number from `low` to `high`."""

    def read(said: object) -> int:
        found = re.fullmatch(r"[+-]?[0-9]{1,20}", str(said).strip())
        if not found or not low <= int(found[0]) <= high:
            raise UsageError(f"{name} is {shown(said)}", f"give a whole number from {low} to {high}")
        return int(found[0])

    bounds = f" {low} to {high}." if high < GREATEST else f" At least {low}." if low > 1 else ""
    return typer.Option(name, parser=read, metavar="N", help=help + bounds)


def number(name: str, help: str, low: float, high: float = math.inf) -> object:
    """The option `name` for a number from `low` to `high`, neither infinite nor "nan", which no bound stops."""
    bounds = f"from {low:g} to {high:g}" if math.isfinite(high) else f"of at least {low:g}"

    def read(said: object) -> float:
        try:
            found = float(str(said))
        except ValueError:
            found = math.nan
        if not (math.isfinite(found) and low <= found <= high):
            raise UsageError(f"{name} is {shown(said)}", f"give a number {bounds}, with a point before decimals")
        return found

    return typer.Option(name, parser=read, metavar="X", help=f"{help} A number {bounds}.")


def path(name: str, metavar: str, help: str) -> object:
    """The option `name` for a file or folder."""
    return typer.Option(name, parser=place(name), metavar=metavar, help=help)


def text(name: str, help: str) -> object:
    """The option `name` for the name of a file, or a word in its place."""
    return typer.Option(name, parser=lambda said: file_name(name, said), metavar="FILE", help=help)


def day(name: str, help: str) -> object:
    """The option `name` for a date."""

    def read(said: object) -> dt.date:
        try:
            return dt.datetime.strptime(str(said), "%Y-%m-%d").date()
        except ValueError:
            remedy = "give a day as year, month and day, such as 1925-12-18"
            raise UsageError(f"{name} is {shown(said)}", remedy) from None

    return typer.Option(name, parser=read, metavar="DATE", help=help)


def one_of(name: str, kind: type[StrEnum], help: str, callback: Callable[..., object] | None = None) -> object:
    """The option `name` for one word of several."""
    return typer.Option(
        name,
        parser=choice(name, kind),
        metavar="|".join(kind),
        autocompletion=words(kind),
        callback=callback,
        help=help,
    )


def choice(name: str, kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    """What reads one word of several, for an option or an argument."""

    def read(said: object) -> StrEnum:
        try:
            return kind(str(said))
        except ValueError:
            from factions.scenario.text.problems import close, suggestion

            meant = suggestion(said, kind) if close(said, kind) else f"give one of these: {', '.join(kind)}"
            raise UsageError(f"{name} is {shown(said)}", meant) from None

    return read


def words(kind: type[StrEnum]) -> Callable[[str], list[str]]:
    """What the shell offers for the beginning of a word; the library knows the argument by its name."""
    return lambda incomplete: [word.value for word in kind if word.startswith(incomplete)]


def place(name: str) -> Callable[[object], Path]:
    """What reads the name of a file or folder."""
    return lambda said: Path(file_name(name, said))


def file_name(name: str, said: object) -> str:
    """What is said to be the name of a file or folder; UsageError if it is empty, too long, or not to be shown.

    An empty one would be the folder that one is in. Control characters, and bytes that are no text, could stand neither
    on a screen nor in what is written about the results.
    """
    text = str(said)
    if not text.strip():
        problem, remedy = "is empty", "give the name of a file or folder"
    elif any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text):
        problem, remedy = f"is {shown(text)}, with characters that are no letters", "give the file another name"
    elif any(len(os.fsencode(part)) > _LONGEST for part in Path(text).parts):
        problem, remedy = f"is {shown(text)}, which is too long for a name", f"take no more than {_LONGEST} letters"
    else:
        return text
    raise UsageError(f"{name} {problem}", remedy)
