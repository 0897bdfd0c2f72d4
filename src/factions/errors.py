"""What can go wrong, as data: every error knows its place, value, remedy and exit code."""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from pathlib import Path

from factions.toml import inline

FAILED = 1
WRONG_INPUT = 2
INTERRUPTED = 130


class FactionsError(Exception):
    """Anything that a user should read as one message and not as a traceback."""

    exit_code = FAILED


class UsageError(FactionsError):
    """A command or function was called in a way that cannot be right. Fields: problem, remedy."""

    exit_code = WRONG_INPUT

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)  # the arguments as they are, so that the error survives pickling
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return printable(_cut(f"{self.problem}; {self.remedy}" if self.remedy else self.problem))


class ScenarioError(FactionsError):
    """One thing wrong in a scenario file.

    Fields: path (the file it was written in), line and column (from 1, in characters, or cells of a table; None: the
    whole file or line), key (dotted, entries by id), value (None: there is none), problem, remedy.
    """

    exit_code = WRONG_INPUT

    def __init__(
        self, path: Path, line: int | None, column: int | None, key: str, value: object, problem: str, remedy: str
    ) -> None:
        super().__init__(path, line, column, key, value, problem, remedy)
        self.path = path
        self.line = line
        self.column = column
        self.key = key
        self.value = value
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        place = where(self.path, self.line, self.column)
        parts = [_shortened(part, 60) or '""' for part in self.key.split(".")]
        key = f"{'.'.join(parts)}: " if self.key else ""
        value = "" if self.value is None else f" (value {shown(self.value)})"
        remedy = f"; {self.remedy}" if self.remedy else ""
        return printable(f"{place}: {key}{_cut(self.problem)}{value}{_cut(remedy)}")


def where(path: Path, line: int | None, column: int | None) -> str:
    """A place in a file: FILE:LINE:COLUMN, or row and column as a spreadsheet names them, as far as they are known."""
    if path.suffix.lower() != ".csv":
        return ":".join(str(part) for part in (path, line, column) if part is not None)
    if line is None or column is None:
        return f"{path}" if line is None else f"{path}: row {line}"
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{path}: row {line}, column {letters}"


class ScenarioErrors(FactionsError):
    """Everything wrong with one scenario, in file order. Field: errors (ScenarioError, at least one)."""

    exit_code = WRONG_INPUT

    def __init__(self, errors: Sequence[ScenarioError]) -> None:
        super().__init__(tuple(errors))
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


def whole(name: str, value: object, low: int, high: int) -> int:
    """The value of an argument as an int; UsageError if it is no whole number from `low` to `high`."""
    remedy = f"give a whole number from {low} to {high}"
    try:
        number = operator.index(None if isinstance(value, bool) else value)  # type: ignore[arg-type]
    except TypeError:
        raise UsageError(f"{name} is {value!r}", remedy) from None
    if not low <= number <= high:
        raise UsageError(f"{name} is {number}", remedy)
    return number


def printable(text: str) -> str:
    """A text in which characters that a terminal would obey, or not show, stand as TOML escapes."""
    return "".join(letter if letter.isprintable() else _escape(letter) for letter in text)


def _cut(text: str) -> str:
    """A message without endless words: quoted ones have at most 80 letters, others 300, so that paths are whole."""
    text = re.sub('"[^"]*"', lambda word: word[0] if len(word[0]) <= 82 else f'{word[0][:78]}..."', text)
    return _shortened(text, 300)


def _shortened(text: str, most: int) -> str:
    return re.sub(rf"\S{{{most + 1},}}", lambda word: f"{word[0][: most - 3]}...", text)


def _escape(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def shown(value: object, width: int = 60) -> str:
    """A value as TOML would write it, cut to `width` characters."""
    text = printable(inline(value))
    return text if len(text) <= width else text[: width - 3] + "..."
