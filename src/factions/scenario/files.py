"""Scenario files on disk: the chain of files that extend each other, as trees that know their places."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from factions.errors import ScenarioError, ScenarioErrors
from factions.scenario import places
from factions.scenario.places import Node, Tree
from factions.scenario.schema import Content


@dataclass(frozen=True)
class Layer:
    """One file of an `extends` chain."""

    path: Path
    text: str
    tree: Tree


def chain(path: Path) -> list[Layer]:
    """The file and those it extends, the one that extends nothing first."""
    layers: list[Layer] = []
    extends: Node | None = None
    while True:
        trail = " -> ".join(str(layer.path) for layer in layers)
        if extends is not None and path.resolve() in [layer.path.resolve() for layer in layers]:
            problem = f"goes round in a circle: {trail} -> {path}"
            raise _chain_error(extends, problem, "let one of these files extend nothing")
        layer = _layer(path, extends, trail)
        layers.append(layer)
        extends = layer.tree.get("extends")
        if extends is None:
            return layers[::-1]
        if not isinstance(extends.value, str):
            raise _chain_error(extends, "is not the name of a file", 'write extends = "history.toml"')
        path = Path(os.path.normpath(path.parent / extends.value))


def _layer(path: Path, extends: Node | None, trail: str) -> Layer:
    text = _text(path, extends, trail)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise ScenarioErrors([_syntax(path, text, str(exc))]) from exc
    tree = places.tree(text, data, path).table or {}
    if extends is not None and not set(tree) & set(Content.model_fields):
        problem = f"names a file that is no scenario: {trail} -> {path}"
        raise _chain_error(extends, problem, "name a scenario file")
    return Layer(path, text, tree)


def _text(path: Path, extends: Node | None, trail: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        missing = isinstance(exc, FileNotFoundError)
        reason = "there is no such file" if missing else f"cannot be read: {exc.strerror}"
        if extends is not None:
            problem = f"{reason}: {trail} -> {path}"
            raise _chain_error(extends, problem, "give the path as seen from this file") from exc
        error = ScenarioError(path, None, None, "", None, reason, "give a scenario file")
        raise ScenarioErrors([error]) from exc
    except UnicodeDecodeError as exc:
        before = exc.object[: exc.start].split(b"\n")
        place = (len(before), len(before[-1].decode()) + 1)
        error = ScenarioError(path, *place, "", None, "is not UTF-8 text", "save the file as UTF-8")
        raise ScenarioErrors([error]) from exc


def _chain_error(node: Node, problem: str, remedy: str) -> ScenarioErrors:
    place = node.place
    error = ScenarioError(place.file, place.line, place.column, "extends", node.plain(), problem, remedy)
    return ScenarioErrors([error])


_HINTS = {
    "Invalid value": 'text stands in quotes ("text"), numbers, dates and true/false do not',
    "Cannot overwrite": "give every key once",
    "Cannot declare": "write every [table] once",
    "Cannot mutate": "write every [table] once",
    "Illegal character": "close the quotes on the same line",
    "Unterminated string": "close the quotes",
    "Unclosed array": "close the list with ]",
    "Unclosed inline table": "close { } on the same line",
    "Invalid initial character for a key part": "write key = value; { } stands on one line",
    "Expected '=' after a key": "write key = value",
    "Expected newline or end of document": "begin a new line after every value; text stands in quotes",
}


def _syntax(path: Path, text: str, message: str) -> ScenarioError:
    """What tomllib found, at the place that it names."""
    problem, _, place = message.partition(" (at ")
    numbers = re.findall(r"\d+", place)
    if len(numbers) == 2:
        line, column = int(numbers[0]), int(numbers[1])
    else:
        lines = text.rstrip("\n").split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    remedy = next((hint for start, hint in _HINTS.items() if problem.startswith(start)), "correct it")
    problem = "is not valid TOML: " + problem[:1].lower() + problem[1:]
    return ScenarioError(path, line, column, "", None, problem, remedy)
