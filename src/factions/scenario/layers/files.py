"""Scenario files on disk: the chain of files that extend each other, as trees that know their places.

Instead of a file there may be a folder of tables for spreadsheets (`spreadsheets.py`).
"""

from __future__ import annotations

import errno
import os
import re
import stat
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from factions.errors import ScenarioError, ScenarioErrors, UsageError
from factions.scenario.content.fields import ENTRIES
from factions.scenario.content.schema import Content
from factions.scenario.forms.spreadsheets import ENDING, TOP, read_folder
from factions.scenario.text.former import modern
from factions.scenario.text.places import Node, Place, Tree, Unreadable, table_of
from factions.scenario.text.places import tree as placed
from factions.scenario.text.problems import Problems, nearest
from factions.scenario.text.shipped import find, names


@dataclass(frozen=True)
class Layer:
    """One file, or one folder of tables, of an `extends` chain."""

    path: Path
    text: str
    tree: Tree
    shown: Path | None = None
    """What results call it, if that is not its path: one of several counterfactuals of a file."""

    @property
    def root(self) -> Place:
        """Where what it lacks should stand."""
        return Place(self.path / f"{TOP}{ENDING}") if self.path.is_dir() else Place(self.path, 1, 1)


def chain(path: Path) -> list[Layer]:
    """The file and those it extends, the one that extends nothing first."""
    layers: list[Layer] = []
    extends: Node | None = None
    while True:
        trail = " -> ".join(str(layer.path) for layer in layers)
        if extends is not None and os.path.realpath(path) in [os.path.realpath(layer.path) for layer in layers]:
            problem = f"the files extend each other in a circle: {trail} -> {path}"
            raise _chain_error(extends, problem, "let one of these files extend nothing")
        layer = _layer(path, extends, trail)
        layers.append(layer)
        extends = layer.tree.get("extends")
        if extends is None:
            return layers[::-1]
        if not isinstance(extends.value, str):
            raise _chain_error(extends, "is not the name of a file", 'write extends = "history.toml"')
        path = Path(os.path.normpath(path.parent / _named(extends, extends.value, path.parent)))


def layer_of(name: str, text: str) -> Layer:
    """A layer that is no file: the tree of a sound TOML text, under a name for messages."""
    return Layer(Path(name), text, _parsed(Path(name), text))


def _named(extends: Node, name: str, folder: Path) -> Path:
    """The file that `extends` names, from the folder of the file that says so."""
    try:
        return find(name, folder)
    except UsageError as exc:
        raise _chain_error(extends, exc.problem, exc.remedy) from exc


def _layer(path: Path, extends: Node | None, trail: str) -> Layer:
    try:
        text, tree = read_folder(path) if path.is_dir() else _file(path)
    except OSError as exc:
        missing = isinstance(exc, FileNotFoundError)
        reason = "there is no such file" if missing else f"cannot be read: {exc.strerror or exc}"
        if extends is not None:
            remedy = "give the path as seen from this file"
            raise _chain_error(extends, f"{reason}: {trail} -> {path}", remedy) from exc
        raise _error(path, None, None, reason, _meant(path) if missing else "give a scenario file") from exc
    problems = Problems()
    for name, node in tree.items():
        _check_value(node, (name,), problems)
    problems.throw([path])
    if extends is not None and not set(tree) & set(Content.model_fields):
        problem = f"names a file that is not a scenario: {trail} -> {path}"
        raise _chain_error(extends, problem, "name a scenario file")
    return Layer(path, text, modern(tree))


def _meant(path: Path) -> str:
    """What may have been meant by the name of a file that is not there."""
    if path.stem in names():
        return f'did you mean "{path.stem}", which ships with the program?'
    near = None
    with suppress(OSError):
        near = nearest(path.name, [each.name for each in path.parent.iterdir() if each.suffix == path.suffix])
    return "give a scenario file" if near is None else f'did you mean "{path.parent / near}"?'


_OTHERS = {
    ".csv": "give the folder that holds it with the other tables",
    **dict.fromkeys([".xlsx", ".xls", ".ods"], "save each of its sheets as CSV, and give their folder"),
    **dict.fromkeys([".parquet", ".json", ".nc"], "give a scenario file"),
}
"""Endings of files that are no scenarios, and what to do."""


def _file(path: Path) -> tuple[str, Tree]:
    if path.suffix.lower() in _OTHERS and path.is_file():
        raise _error(path, None, None, "is no scenario file", _OTHERS[path.suffix.lower()])
    text = _text(path)
    return text, _parsed(path, text)


def _text(path: Path) -> str:
    """The text of a regular file; anything else might never end. Raises OSError."""
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except ValueError as exc:  # a zero byte in the name
        raise OSError(errno.EINVAL, "this is not the name of a file") from exc
    if not regular:
        raise OSError(errno.EINVAL, "it is not a regular file")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        before = exc.object[: exc.start].split(b"\n")
        line, column = len(before), len(before[-1].decode()) + 1
        raise _error(path, line, column, "is not UTF-8 text", "save the file as UTF-8") from exc


def _parsed(path: Path, text: str) -> Tree:
    """The tree of a text."""
    data = None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ScenarioErrors([_syntax(path, text, str(exc))]) from exc
    except (RecursionError, ValueError):
        pass  # too deep, or too many digits: tomllib does not say where, the syntax tree does
    try:
        tree = table_of(placed(text, data or {}, path))
    except Unreadable as exc:
        raise _error(path, exc.line, exc.column, exc.problem, exc.remedy) from exc
    if data is None:
        raise _error(path, 1, 1, "is nested too deeply", "check its brackets")
    return tree


_UNSEEN = re.compile(r"[^\t\n\x20-\x7e\u00a0-\u2027\u202f-\u2065\u206a-\U0010ffff]")
"""Control characters, and those that turn the direction of what follows: a terminal obeys them, a figure breaks."""


def _check_value(node: Node, keys: tuple[str, ...], problems: Problems) -> None:
    """Notes what no scenario may hold anywhere, in a value, its key and all below it."""
    value, name = node.value, keys[-1]
    unseen = None if name.isprintable() else _UNSEEN.search(name) or re.search(r"[\t\n]", name)
    if unseen:
        problem = f"has the control character {_code(unseen)} in its name"
        problems.add(node.key, ".".join(keys), problem, "use letters, digits and _")
    if isinstance(value, dict):
        for key, item in value.items():
            _check_value(item, (*keys, key), problems)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check_value(item, (*keys, str(index + 1)), problems)
    elif isinstance(value, str):
        unseen = None if value.isprintable() else _UNSEEN.search(value)
        if unseen:
            problems.at(node, ".".join(keys), f"has the control character {_code(unseen)}", "remove it")
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        problems.at(node, ".".join(keys), "has too many digits", "write a number of at most 18 digits")


def _code(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X}"


def _error(path: Path, line: int | None, column: int | None, problem: str, remedy: str) -> ScenarioErrors:
    return ScenarioErrors([ScenarioError(path, line, column, "", None, problem, remedy)])


def _chain_error(node: Node, problem: str, remedy: str) -> ScenarioErrors:
    place = node.place
    error = ScenarioError(place.file, place.line, place.column, "extends", node.plain(), problem, remedy)
    return ScenarioErrors([error])


_BACKSLASH = ("a backslash stands within quotes", "write it twice, or put the text in single quotes")
_QUOTES = ("quotes are opened and never closed", "close the quotes")
_SYNTAX = {
    "Invalid value": ("this is no value", 'put text in quotes ("text"); numbers, dates, true and false have none'),
    "Invalid date": ("this is no day of the calendar", "write year, month and day, such as 1925-12-18"),
    "Cannot overwrite": ("this stands in the file already", "give every key once"),
    "Duplicate inline": ("a key stands twice in these { }", "give every key once"),
    "Cannot declare": ("this table stands in the file already", "write every [table] once"),
    "Cannot mutate": ("this adds to a table or list that is closed", "write every [table] once"),
    "Cannot redefine": ("this stands in the file already as something else", "write every [table] once"),
    "Illegal character": (
        "the line ends, or an unseen character stands, within quotes",
        "close the quotes on the same line",
    ),
    "Found invalid": (
        "the line ends within quotes, or an unseen character stands here",
        "close the quotes, or remove it",
    ),
    "Unescaped '\\'": _BACKSLASH,
    "Invalid hex": _BACKSLASH,
    "Escaped character": _BACKSLASH,
    "Unterminated string": _QUOTES,
    "Expected \"'": _QUOTES,
    "Unclosed array": (
        "a list has no end here, or lacks a comma",
        "put commas between values and close the list with ]",
    ),
    "Unclosed inline table": (
        "{ is not closed on its line",
        "put commas between values and close { } on the same line",
    ),
    "Invalid initial character for a key part": ("no name stands here", "write key = value, and { } on one line"),
    "Expected '=' after a key": ("no = stands behind the name", "write key = value"),
    "Expected newline or end of document": (
        "something stands behind the value",
        "begin a new line after every value, and put text in quotes",
    ),
    "Expected ']": ("a heading is not closed", "write [table], or [[list]] above an entry"),
    "Invalid statement": ("neither a name nor a heading stands here", "write key = value, [table] or [[list]]"),
}
"""How Python's reader begins what it says of a text; what is wrong, and what would be right."""


def _syntax(path: Path, text: str, message: str) -> ScenarioError:
    """What tomllib found, at the place that it names."""
    problem, _, place = message.partition(" (at ")
    numbers = re.findall(r"\d+", place)
    if len(numbers) == 2:
        line, column = int(numbers[0]), int(numbers[1])
    else:
        lines = text.rstrip("\n").split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    known = (said for start, said in _SYNTAX.items() if problem.startswith(start))
    written = re.sub(r"\"[^\"]*(\"|$)|'[^']*('|$)", '""', text.split("\n")[line - 1])  # what stands in quotes is free
    said = _heading(written) or _day(written) or _decimals(written)
    unknown = ("this cannot be read", "see whether quotes, brackets and commas are right")
    return ScenarioError(path, line, column, "", None, *(said or next(known, unknown)))


Said = tuple[str, str] | None
"""What is wrong with a line and what would be right, if it is written as many would write it."""


def _heading(line: str) -> Said:
    """[leaders] or [[leaders]] where the other stands as well."""
    found = re.match(r"\s*\[+\s*(\w+)\s*\]+\s*(#|$)", line)
    if found is None or found[1] not in ENTRIES:
        return None
    return "this list stands in the file already in another form", f"write [[{found[1]}]] above every entry"


def _day(line: str) -> Said:
    """A day such as 1976-10-6, 1924-05-32 or 8.10.1923, which a line gives to a key."""
    if re.search(r"=\s*\d{1,2}([./-])\d{1,2}\1\d{4}\b", line):
        return "a date begins with the year", _SYNTAX["Invalid date"][1]
    found = re.search(r"=\s*(\d{4})-(\d{1,2})-(\d{1,2})\b", line)
    if found is None:
        return None
    year, month, day = found.groups()
    if len(month) + len(day) == len("1006"):
        return _SYNTAX["Invalid date"] if int(month) > 12 or int(day) > 31 else None
    return "month and day of a date have two digits each", f"write {year}-{month:0>2}-{day:0>2}"


def _decimals(line: str) -> Said:
    """A number such as 9,5, which a line gives to a key."""
    found = re.search(r"=\s*([+-]?\d+),(\d+)\b", line)
    return found and ("a number has a point before its decimals", f"write {found[1]}.{found[2]}")
