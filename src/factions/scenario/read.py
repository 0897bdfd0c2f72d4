"""From a file on disk to a Scenario: parse, follow `extends`, merge, apply readings, validate, check."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from factions.errors import ScenarioError, ScenarioErrors, UsageError, shown
from factions.scenario import places
from factions.scenario.change_checks import check_no_changes
from factions.scenario.checks import check, check_exogenous, check_written_order
from factions.scenario.merge import Tree, merge, overlay
from factions.scenario.places import Node, Place
from factions.scenario.problems import Problems, suggestion
from factions.scenario.schema import Content, Scenario
from factions.scenario.validate import PATCH, Draft, validate


@dataclass(frozen=True)
class Layer:
    """One file of an `extends` chain."""

    path: Path
    text: str
    tree: Tree


@dataclass(frozen=True)
class Reading:
    """A sound scenario and the tree that it was read from."""

    scenario: Scenario
    tree: Tree


def load(path: str | os.PathLike[str], readings: Mapping[str, str] | None = None) -> Scenario:
    """The scenario of a file and of those it extends; `readings` (fact -> option) overrides the file's own.

    Raises ScenarioErrors with everything that is wrong in the files, UsageError if `readings` names what is
    not there.
    """
    return read(path, readings).scenario


def read(path: str | os.PathLike[str], readings: Mapping[str, str] | None = None) -> Reading:
    """As `load`, with the tree of the merged values and their places."""
    layers = _chain(Path(path))
    chosen = _chosen(layers, readings or {})
    problems = Problems()
    draft = _examine(layers, chosen, problems)
    for fact, option in _alternatives(layers, chosen):
        others = Problems()
        _examine(layers, {**chosen, fact: option}, others)
        problems.adopt(others, f'under the reading {fact} = "{option}"')
    problems.throw([layer.path for layer in reversed(layers)])
    return Reading(_scenario(draft, layers), draft.tree)


def _examine(layers: list[Layer], chosen: Mapping[str, str], problems: Problems) -> Draft:
    tree: Tree = {}
    removed: dict[str, Place] = {}
    for layer in layers:
        patches, own = _split(layer.tree)
        tree = merge(tree, own, removed, problems)
        for fact, option in chosen.items():
            if (fact, option) in patches:
                tree = merge(tree, patches[fact, option], removed, problems)
    tree = _with_readings(tree, chosen)
    for part in (layers[0].tree, *_split(layers[0].tree)[0].values()):
        check_exogenous(part, problems)
        check_no_changes(part, problems)
    check_written_order(layers[0].tree, problems)
    draft = validate(tree, Place(layers[-1].path, 1, 1), problems)
    check(draft, removed, problems)
    return draft


def _scenario(draft: Draft, layers: list[Layer]) -> Scenario:
    entries = {table: tuple(model for _, _, model in rows) for table, rows in draft.entries.items()}
    for table in ("meetings", "events"):  # a derived file appends; time decides
        entries[table] = tuple(sorted(entries.get(table, ()), key=lambda entry: entry.date))
    provenance = {
        "path": layers[-1].path,
        "files": tuple(layer.path for layer in layers),
        "text": "\n".join(f"# {layer.path.name}\n{layer.text}" for layer in layers),
    }
    return Scenario.model_validate({**draft.scalars, **draft.mappings, **entries, **provenance})


# --- readings of contested facts ---


def _split(tree: Tree) -> tuple[dict[tuple[str, str], Tree], Tree]:
    """The patches of a file's contested facts, by fact and option, and the file without them."""
    patches: dict[tuple[str, str], Tree] = {}
    contested = tree.get("contested")
    if contested is None or contested.table is None:
        return patches, tree
    facts = dict(contested.table)
    for fact, question in facts.items():
        options = question.child("options")
        if options is None or options.table is None:
            continue
        bare = {}
        for name, option in options.table.items():
            table = option.table or {}
            patches[fact, name] = {key: node for key, node in table.items() if key in PATCH}
            rest = {key: node for key, node in table.items() if key not in PATCH}
            bare[name] = option if option.table is None else replace(option, value=rest)
        fields = {**(question.table or {}), "options": replace(options, value=bare)}
        facts[fact] = replace(question, value=fields)
    return patches, {**tree, "contested": replace(contested, value=facts)}


def _table(layers: list[Layer], key: str) -> dict[str, Node]:
    """A top-level table over all files, without what is in the patches."""
    merged: Node | None = None
    for layer in layers:
        node = _split(layer.tree)[1].get(key)
        if node is not None and node.table is not None:
            merged = overlay(merged, node) if merged is not None else node
    return (merged.table if merged else None) or {}


def _options(layers: list[Layer]) -> dict[str, list[str]]:
    found = {}
    for fact, question in _table(layers, "contested").items():
        options = question.child("options")
        found[fact] = list((options.table if options else None) or {})
    return found


def _chosen(layers: list[Layer], given: Mapping[str, str]) -> dict[str, str]:
    """Contested fact -> option in force: the files' own readings under those of the caller."""
    options = _options(layers)
    for fact, option in given.items():
        if fact not in options:
            raise UsageError(f"unknown contested fact {shown(fact)}", suggestion(fact, options))
        if option not in options[fact]:
            raise UsageError(f"unknown option {shown(option)} of {fact}", suggestion(option, options[fact]))
    own = {fact: node.value for fact, node in _table(layers, "readings").items()}
    return {**{fact: option for fact, option in own.items() if isinstance(option, str)}, **given}


def _alternatives(layers: list[Layer], chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """The options not in force: they must be sound too, or switching a reading would be a trap."""
    options = _options(layers)
    return [(fact, name) for fact, names in options.items() for name in names if chosen.get(fact) != name]


def _with_readings(tree: Tree, chosen: Mapping[str, str]) -> Tree:
    node = tree.get("readings")
    if node is None or node.table is None:
        return tree
    table = dict(node.table)
    for fact in set(table) & set(chosen):
        table[fact] = replace(table[fact], value=chosen[fact])
    return {**tree, "readings": replace(node, value=table)}


# --- files ---


def _chain(path: Path) -> list[Layer]:
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
