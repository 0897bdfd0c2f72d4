"""How one file lies over another: entries merge by id, tables key by key, everything else is replaced.

Nodes are never changed in place; every merged value keeps the place where it was written.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from factions.scenario.places import Node, Place
from factions.scenario.problems import Problems, suggestion
from factions.scenario.schema import ENTRIES, MAPPINGS

Tree = dict[str, Node]
"""The top-level table of a file, or of what is merged so far."""

SETS = ("ties", "alliances")
"""The lists whose entries are told apart by their set of blocs and not by an id."""

KIND_FIELDS = {"events": "kind", "changes": "kind", "record": "predicate"}
"""The field that says which model an entry has."""

RULES_OUT: dict[str, dict[str, tuple[str, ...]]] = {
    "policy_shift": {"leader": ("bloc",), "bloc": ("leader",), "to": ("by",), "by": ("to",)},
    "record": {"at": ("between", "when"), "between": ("at",)},
}
"""By kind of event or by table: a field that a derived file gives -> the fields that it takes back."""


def identity(table: str, entry: Node) -> Hashable | None:
    """What tells an entry of a list from the others; None if it does not say."""
    if table in SETS:
        blocs = (entry.table or {}).get("blocs")
        names = [item.value for item in (blocs.items or [])] if blocs else []
        return frozenset(names) if names and all(isinstance(name, str) for name in names) else None
    named = (entry.table or {}).get("id")
    return named.value if named is not None and isinstance(named.value, str) else None


def label(table: str, entry: Node, index: int) -> str:
    """What messages and `remove` call an entry: its id, its blocs joined by +, else its number from 1."""
    found = identity(table, entry)
    if isinstance(found, frozenset):
        return "+".join(sorted(found))
    return str(found) if found is not None else str(index + 1)


def well_shaped(layer: Tree, problems: Problems) -> Tree:
    """The layer without the lists and mappings that have the wrong shape, which are noted."""
    sound = {}
    for key, node in layer.items():
        if key in ENTRIES:
            if node.items is None:
                problems.at(node, key, "is not a list of tables", f"write [[{key}]] above every entry")
                continue
            for index, item in enumerate(node.items):
                if item.table is None:
                    remedy = f"write [[{key}]] above its fields"
                    problems.at(item, f"{key}.{index + 1}", "is not a table", remedy)
            node = replace(node, value=[item for item in node.items if item.table is not None])
        elif key in MAPPINGS and node.table is None:
            problems.at(node, key, "is not a table", f"write [{key}] and its keys below")
            continue
        sound[key] = node
    return sound


def merge(base: Tree, layer: Tree, removed: dict[str, Place], problems: Problems) -> Tree:
    """The base with the layer over it; what the layer removes goes first, and is noted in `removed`."""
    merged = dict(base)
    if "remove" in layer:
        merged = _removals(merged, layer["remove"], removed, problems)
    for key, node in well_shaped(layer, problems).items():
        if key == "remove":
            continue
        if key in ENTRIES:
            merged[key] = _entries(key, merged.get(key), node, problems)
        else:
            merged[key] = overlay(merged[key], node) if key in merged else node
    return merged


def overlay(base: Node, over: Node) -> Node:
    """Tables merge key by key and stay where the base wrote them; any other value replaces the base's."""
    if base.table is None or over.table is None:
        return over
    merged = dict(base.table)
    for key, node in over.table.items():
        merged[key] = overlay(merged[key], node) if key in merged else node
    return replace(base, value=merged)


def _entries(table: str, base: Node | None, layer: Node, problems: Problems) -> Node:
    entries = list(base.items or []) if base else []
    known = {identity(table, entry): index for index, entry in enumerate(entries)}
    seen: dict[Hashable, Node] = {}
    for index, entry in enumerate(layer.items or []):
        name = identity(table, entry)
        if name is None:  # validation will say what is wrong with it
            entries.append(entry)
        elif name in seen:
            _duplicate(table, label(table, entry, index), entry, seen[name], problems)
        else:
            seen[name] = entry
            if name in known:
                entries[known[name]] = _entry(table, entries[known[name]], entry)
            else:
                entries.append(entry)
    return replace(base or layer, value=entries)


def _duplicate(table: str, name: str, entry: Node, first: Node, problems: Problems) -> None:
    field = "blocs" if table in SETS else "id"
    problems.at(
        (entry.table or {})[field],
        f"{table}.{name}.{field}",
        f"is in the list already, at line {first.place.line}",
        "give every entry once" if table in SETS else "give every entry its own id",
    )


def _entry(table: str, base: Node, over: Node) -> Node:
    """An entry with some of its fields given anew; fields that the new ones rule out are dropped."""
    old, new = dict(base.table or {}), over.table or {}
    kind = new.get(KIND_FIELDS.get(table, ""))
    if kind is not None:
        fields = fields_of(table).get(str(kind.value))
        if fields is not None:
            old = {key: node for key, node in old.items() if key in fields}
    kind = kind or old.get(KIND_FIELDS.get(table, ""))
    rules = RULES_OUT.get(table) or RULES_OUT.get(str(kind.value) if kind else "") or {}
    for field in {other for given, others in rules.items() if given in new for other in others}:
        old.pop(field, None)
    return overlay(replace(base, value=old), over)


@cache
def fields_of(table: str) -> Mapping[str, frozenset[str]]:
    """The fields of an entry, by kind or predicate; under "" if the list has one model only."""
    kind: Any = ENTRIES[table]
    if table not in KIND_FIELDS:
        return {"": frozenset(kind.model_fields)}
    models: tuple[type[BaseModel], ...] = get_args(get_args(kind)[0])
    return {
        get_args(model.model_fields[KIND_FIELDS[table]].annotation)[0]: frozenset(model.model_fields)
        for model in models
    }


def _removals(tree: Tree, node: Node, removed: dict[str, Place], problems: Problems) -> Tree:
    if node.items is None:
        problems.at(node, "remove", "is not a list", 'write remove = ["events.lenin_dies"]')
        return tree
    for item in node.items:
        if not isinstance(item.value, str):
            remedy = 'write "table.id", say "events.lenin_dies"'
            problems.at(item, "remove", "is not a name in quotes", remedy)
            continue
        parts = item.value.split(".")
        rest = _without(tree, parts)
        if rest is None:
            names = [f"{parts[0]}.{name}" for name in _names(tree, parts[0])] or list(tree)
            problems.at(item, "remove", "names nothing that is there", suggestion(item.value, names))
            continue
        tree = rest
        removed[item.value] = item.place
        if len(parts) == 2 and parts[0] == "issues":  # positions on an issue go with it
            for name in _names(tree, "leaders"):
                tree = _without(tree, ["leaders", name, "ideal_point", parts[1]]) or tree
    return tree


def _names(tree: Tree, table: str) -> list[str]:
    node = tree.get(table)
    if node is None:
        return []
    if node.items is not None:
        return [label(table, entry, index) for index, entry in enumerate(node.items)]
    return list(node.table or {})


def _without(tree: Tree, parts: list[str]) -> Tree | None:
    """The tree without what the parts lead to; None if they lead nowhere."""
    table, *rest = parts
    if table not in tree:
        return None
    if not rest:
        return {key: node for key, node in tree.items() if key != table}
    node = tree[table]
    if node.items is None:
        inner = _without(node.table or {}, rest)
        return None if inner is None else {**tree, table: replace(node, value=inner)}
    wanted = "+".join(sorted(rest[0].split("+")))
    for index, entry in enumerate(node.items):
        if label(table, entry, index) == wanted:
            entries = list(node.items)
            if rest[1:]:
                inner = _without(entry.table or {}, rest[1:])
                if inner is None:
                    return None
                entries[index] = replace(entry, value=inner)
            else:
                del entries[index]
            return {**tree, table: replace(node, value=entries)}
    return None
