"""From the merged tree to typed entries; what pydantic refuses becomes an error with a place and a remedy.

Every entry is checked by itself, so that the cross-references of the sound ones can be checked all the same.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from factions.scenario.merge import KIND_FIELDS, Tree, fields_of, label
from factions.scenario.places import Node, Place
from factions.scenario.problems import Problems, nearest, suggestion
from factions.scenario.schema import ENTRIES, MAPPINGS, SCALARS, Content
from factions.scenario.types import ID_PATTERN
from factions.wording import listed

DIRECTIVES = {"extends", "remove"}
"""Top-level keys that tell how to merge, and are gone from the merged scenario."""

PATCH = frozenset({*ENTRIES, "parameters", "mechanisms", "remove"})
"""The keys of an option's patch."""

REQUIRED = ("title", "start", "end", "blocs", "leaders", "meetings")


@dataclass
class Draft:
    """What of a tree is sound so far."""

    tree: Tree
    scalars: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, list[tuple[str, Node, Any]]] = field(default_factory=dict)
    """List -> (label, node, model) of its sound entries, in the order of the tree."""
    mappings: dict[str, dict[str, Any]] = field(default_factory=dict)


def validate(tree: Tree, root: Place, problems: Problems) -> Draft:
    """The sound parts of a tree; everything else is noted. `root` is where a missing key is reported."""
    draft = Draft(tree)
    for key, node in tree.items():
        if key in ENTRIES:
            draft.entries[key] = _list(key, node, problems)
        elif key in MAPPINGS:
            draft.mappings[key] = _mapping(key, node, problems)
        elif key in SCALARS:
            value = _value(_adapter(key), node, key, problems)
            if value is not None:
                draft.scalars[key] = value
        elif key not in DIRECTIVES:
            names = {*Content.model_fields, *DIRECTIVES}
            problems.add(node.key, key, "unknown key", suggestion(key, names))
    for key in REQUIRED:
        if key not in tree:
            remedy = f"write [[{key}]] and its fields" if key in ENTRIES else f"write {key} = ..."
            problems.add(root, key, "is missing", remedy)
        elif key in ENTRIES and not tree[key].items:
            problems.at(tree[key], key, "is empty", "a scenario needs at least one")
    return draft


@cache
def _adapter(key: str) -> TypeAdapter[Any]:
    kind: Any = {**SCALARS, **MAPPINGS, **ENTRIES}[key]
    if isinstance(kind, type) and issubclass(kind, BaseModel):  # a model brings its own strictness
        return TypeAdapter(kind)
    return TypeAdapter(kind, config=ConfigDict(strict=True))


def _list(table: str, node: Node, problems: Problems) -> list[tuple[str, Node, Any]]:
    found = []
    items = node.items or []
    names = [label(table, entry, index) for index, entry in enumerate(items)]
    for name, entry in zip(names, items, strict=True):
        others = [other for other in names if other != name]
        value = _value(_adapter(table), entry, f"{table}.{name}", problems, table, others)
        if value is not None:
            found.append((name, entry, value))
    return found


def _mapping(table: str, node: Node, problems: Problems) -> dict[str, Any]:
    found = {}
    for name, item in (node.table or {}).items():
        if table != "sources" and not re.match(ID_PATTERN, name):
            problems.add(item.key, f"{table}.{name}", "is no id", _ID_REMEDY)
            continue
        value = _value(_adapter(table), item, f"{table}.{name}", problems, table)
        if value is not None:
            found[name] = value
    return found


def _value(
    adapter: TypeAdapter[Any],
    node: Node,
    key: str,
    problems: Problems,
    table: str = "",
    others: list[str] | None = None,
) -> Any:
    """The typed value of a node, or None after noting what is wrong with it."""
    try:
        return adapter.validate_python(node.plain())
    except ValidationError as exc:
        missing: dict[tuple[Any, ...], list[str]] = {}
        for error in exc.errors(include_url=False):
            loc = list(error["loc"])
            if table in KIND_FIELDS and not error["type"].startswith("union_tag"):
                loc = loc[1:]  # the first step is the kind, which is no key of the file
            if error["type"] == "missing" and isinstance(loc[-1], str):
                missing.setdefault(tuple(loc[:-1]), []).append(str(loc[-1]))
            else:
                _note(error, loc, node, key, table, problems)
        for above, names in missing.items():
            _missing(names, node.child(*above) or node, _path(key, list(above)), others or [], problems)
        return None


def _missing(names: list[str], node: Node, key: str, others: list[str], problems: Problems) -> None:
    verb = "is" if len(names) == 1 else "are"
    remedy = f"give {listed(names)}"
    near = nearest(key.partition(".")[2], others)
    if near is not None:  # a misspelt id in a derived file looks like a new entry
        remedy += f'; or, to change "{near}", correct the id'
    problems.add(node.place, key, f"{listed(names)} {verb} missing", remedy)


def _note(error: Any, loc: list[Any], node: Node, key: str, table: str, problems: Problems) -> None:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "rule" and context["field"]:
        loc = [*loc, context["field"]]
    elif kind == "missing":  # of a list of fixed length
        loc = loc[:-1]
    if loc and loc[-1] == "[key]":  # an error in a key of a mapping such as ideal_point
        target = node.child(*loc[:-1]) or node
        problems.add(target.key, _path(key, loc[:-1]), "is no id", _ID_REMEDY)
        return
    target = _deepest(node, loc)
    if kind == "extra_forbidden":
        names = _known(node, loc, table)
        problems.add(target.key, _path(key, loc), "unknown key", suggestion(loc[-1], names))
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        _kind(node, key, table, problems)
    else:
        problem, remedy = explain(kind, context, target.plain())
        problems.at(target, _path(key, loc), problem, remedy)


def _kind(node: Node, key: str, table: str, problems: Problems) -> None:
    name, kinds = KIND_FIELDS[table], fields_of(table)
    given = node.child(name)
    if given is None:
        problems.add(node.place, key, f"{name} is missing", f"give one of {', '.join(kinds)}")
    else:
        problems.at(given, f"{key}.{name}", f"unknown {name}", suggestion(given.plain(), kinds))


def _known(node: Node, loc: list[Any], table: str) -> frozenset[str]:
    """The keys that could stand where an unknown one does."""
    if table in KIND_FIELDS:
        kind = node.child(KIND_FIELDS[table])
        return fields_of(table)[str(kind.value) if kind else ""]
    if table == "contested":
        option: Any = Content.model_fields["contested"].annotation
        contested = option.__args__[1]
        if len(loc) == 1:
            return frozenset(contested.model_fields)
        return frozenset(contested.model_fields["options"].annotation.__args__[1].model_fields) | PATCH
    if table in MAPPINGS:
        return frozenset(MAPPINGS[table].model_fields)  # type: ignore[attr-defined]
    return fields_of(table)[""]


def _deepest(node: Node, loc: list[Any]) -> Node:
    """The node at the end of the way, or where the way ends in the file."""
    for step in loc:
        below = node.child(step)
        if below is None:
            break
        node = below
    return node


def _path(key: str, loc: list[Any]) -> str:
    return ".".join([key, *(str(step + 1) if isinstance(step, int) else str(step) for step in loc)])


_ID_REMEDY = "an id is lower-case letters, digits and _, and begins with a letter"

_NUMBER = ("is not a number", "write a number without quotes, say 0.5")
_LIST = ("is not a list", 'write a list, say ["one", "two"]')
_TABLE = ("is not a table", "write a table, say { key = 0.5 }")
_DATE = ("is not a date", "write a date without quotes, say 1925-12-18")

_PLAIN = {
    "float_type": _NUMBER,
    "finite_number": ("is not a finite number", "write a finite number, say 0.5"),
    "bool_type": ("is neither true nor false", "write true or false, without quotes"),
    "string_type": ("is not text", 'write text in quotes, say "text"'),
    "string_too_short": ("is empty", "write some text, or leave the key out"),
    "date_type": _DATE,
    "tuple_type": _LIST,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
}

_BOUNDED: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "greater_than_equal": lambda c: (f"is below {c['ge']:g}", f"give {c['ge']:g} or more"),
    "less_than_equal": lambda c: (f"is above {c['le']:g}", f"give {c['le']:g} or less"),
    "too_short": lambda c: (f"has {c['actual_length']} of at least {c['min_length']} elements", "add the rest"),
    "too_long": lambda c: (f"has more than {c['max_length']} elements", f"leave {c['max_length']}"),
    "rule": lambda c: (c["problem"], c["remedy"]),
}


def explain(kind: str, context: Mapping[str, Any], value: object) -> tuple[str, str]:
    """A pydantic error in the words of the file: (what is wrong, what would be right)."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in _BOUNDED:
        return _BOUNDED[kind](context)
    if kind == "literal_error":
        words = re.findall(r"'(\w+)'", context["expected"])
        return "is none of the words known here", suggestion(value, words)
    if kind == "string_pattern_mismatch":
        if "#" in context["pattern"]:
            return "is not a colour", 'write "#" and six digits 0-9, a-f'
        return "is no id", _ID_REMEDY
    if kind == "missing":
        return "is too short", "give every element"
    if isinstance(value, dt.datetime):
        return _DATE
    return "is not what belongs here", kind.replace("_", " ")
