"""What pydantic refuses, in the words of the file: where it stands, what is wrong with it, what would be right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from factions.errors import shown
from factions.scenario.content.fields import ENTRIES, MAPPINGS, keys_at
from factions.scenario.text.places import Node, table_of
from factions.scenario.text.problems import Problems, nearest, suggestion
from factions.wording import listed


@dataclass(frozen=True)
class Context:
    """What is being read: its key, its list or mapping ("" for a single value), and the names in that list."""

    key: str
    problems: Problems
    table: str = ""
    names: Iterable[str] = ()

    @property
    def tag(self) -> str:
        """The field that tells the kinds of the list apart, if there are several."""
        return ENTRIES[self.table].tag if self.table in ENTRIES else ""

    def path(self, steps: list[Any]) -> str:
        """The dotted key at the end of a way; elements of lists count from 1."""
        return ".".join([self.key, *(str(step + 1) if isinstance(step, int) else str(step) for step in steps)])


def note_missing(names: list[str], steps: list[Any], node: Node, context: Context) -> None:
    """Notes the fields that a table lacks."""
    verb = "is" if len(names) == 1 else "are"
    remedy = f"give {listed(names)}{_meaning(names, steps, node, context)}"
    own = context.key.partition(".")[2]
    near = nearest(own, [name for name in context.names if name != own])
    if near is not None:  # a misspelt id in a derived file looks like a new entry
        remedy += f'; or, to change "{near}", correct the id'
    place = (node.child(*steps) or node).place
    context.problems.add(place, context.path(steps), f"{listed(names)} {verb} missing", remedy)


def _meaning(names: list[str], steps: list[Any], node: Node, context: Context) -> str:
    """What the one field that is missing says, in brackets; nothing of several, or where nothing is said of it."""
    model = ENTRIES[context.table].model(node.table or {}) if context.table in ENTRIES else None
    field = model.model_fields.get(names[0]) if model is not None and len(names) == 1 and not steps else None
    if field is None:
        return ""
    said = " ".join((field.description or "").partition(". ")[0].split()).rstrip(".")
    words = [f'"{word}"' for word in get_args(field.annotation) if isinstance(word, str)]
    said = f"{said[:1].lower()}{said[1:]}" or (listed(words, "or") if words else "")
    return f" ({said})" if said else ""


def note(error: Any, steps: list[Any], node: Node, context: Context) -> None:
    """Notes one of pydantic's errors; the steps lead from the node to what it is about."""
    kind, about = error["type"], error.get("ctx", {})
    if kind == "rule" and about["field"]:
        steps = [*steps, about["field"]]
    elif kind == "missing":  # of a list of fixed length
        steps = steps[:-1]
    if steps and steps[-1] == "[key]":  # an error in a key of a mapping such as ideal_point
        target = node.child(*steps[:-1]) or node
        context.problems.add(target.key, context.path(steps[:-1]), *explain(kind, about, steps))
        return
    target = _deepest(node, steps)
    if kind == "extra_forbidden":
        remedy = suggestion(steps[-1], _known(node, steps, context))
        context.problems.add(target.key, context.path(steps), "unknown key", remedy)
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        _note_kind(node, context)
    else:
        context.problems.at(target, context.path(steps), *explain(kind, about, target.plain()))


def _note_kind(node: Node, context: Context) -> None:
    name, kinds = context.tag, ENTRIES[context.table].models
    given = node.child(name)
    if given is None:
        remedy = f"give one of {', '.join(kinds)}"
        context.problems.add(node.place, context.key, f"{name} is missing", remedy)
    else:
        remedy = suggestion(given.plain(), kinds)
        explained = {"events": "kinds", "record": "predicates"}.get(context.table)
        remedy += f" (factions list {explained} says what each is)" if explained else ""
        context.problems.at(given, f"{context.key}.{name}", f"unknown {name}", remedy)


def _known(node: Node, steps: list[Any], context: Context) -> frozenset[str]:
    """The keys that could stand where an unknown one does."""
    if context.table in MAPPINGS:
        return keys_at(MAPPINGS[context.table].value, steps[:-1])
    model = ENTRIES[context.table].model(table_of(node))
    return keys_at(model, steps[:-1])


def _deepest(node: Node, steps: list[Any]) -> Node:
    """The node at the end of the way, or where the way ends in the file."""
    for step in steps:
        below = node.child(step)
        if below is None:
            break
        node = below
    return node


_NUMBER = ("is not a number", "write a number without quotes, say 0.5")
_WHOLE = ("is not a whole number", "write a whole number without quotes, say 7")
_TABLE = ("is not a table", "write a table, say { key = 0.5 }")
_DATE = ("is not a date", "write a date without quotes, say 1925-12-18")

_PLAIN = {
    "float_type": _NUMBER,
    "finite_number": ("is not a finite number", "write a finite number, say 0.5"),
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_type": ("is neither true nor false", "write true or false, without quotes"),
    "string_type": ("is not text", 'write text in quotes, say "text"'),
    "string_too_short": ("is empty", "write some text, or leave the key out"),
    "date_type": _DATE,
    "dict_type": _TABLE,
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
}

_BOUNDED: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "greater_than_equal": lambda c: (f"is below {_plain(c['ge'])}", f"give {_plain(c['ge'])} or more"),
    "less_than_equal": lambda c: (f"is above {_plain(c['le'])}", f"give {_plain(c['le'])} or less"),
    "too_short": lambda c: (f"has too few elements; at least {c['min_length']} are needed", "add the others"),
    "too_long": lambda c: (f"has more than {c['max_length']} elements", f"keep {c['max_length']}"),
    "rule": lambda c: (c["problem"], c["remedy"]),
}


def _plain(bound: float) -> str:
    """A bound as one would write it in a file: -1, 0.5, 1_000_000_000."""
    return f"{bound:_.0f}" if float(bound).is_integer() else f"{bound:g}"


def explain(kind: str, about: Mapping[str, Any], value: object) -> tuple[str, str]:
    """A pydantic error in plain English: (what is wrong, what would be right)."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in _BOUNDED:
        return _BOUNDED[kind](about)
    if kind == "tuple_type":
        return "is not a list", f"write a list, say {_list(value)}"
    if kind == "literal_error":
        return "is not one of the words allowed here", suggestion(value, re.findall(r"'(\w+)'", about["expected"]))
    if kind == "string_pattern_mismatch":
        if "#" in about["pattern"]:
            return "is not a colour", 'write "#" and six digits 0-9, a-f'
        if "\\n" in about["pattern"]:
            return "is not on one line", "write it without line breaks and tabs"
        return "is not a valid id", f"begin with a letter, then use lower-case letters, digits and _{_id(value)}"
    if kind == "missing":
        return "has too few elements", "add the others"
    if isinstance(value, dt.datetime):
        return _DATE
    return "is not valid here", "compare it with a scenario that ships (factions copy history DIR)"


def _list(value: object) -> str:
    """A list such as may have been meant by a single value."""
    if isinstance(value, str):
        return f"[{shown(value)}]"
    return "[0, 1]" if isinstance(value, float | int) else '["one", "two"]'


def _id(value: object) -> str:
    """An id such as may have been meant by another word: "Anna Petrova" as anna_petrova."""
    near = re.sub(r"[^a-z0-9_]+", "_", str(value).lower()).strip("_")
    return f', say "{near}"' if re.fullmatch("[a-z][a-z0-9_]{0,40}", near) else ""
