"""What a form asks for each kind of change, derived from the classes of changes; and a change as text of a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from factions.scenario.changes import Change
from factions.scenario.types import Evidence, Refers

UNASKED = {"kind", "id", "name", "note", "confidence", "sources", "requires", "agent", "after"}
"""Fields that are left to whoever edits the file."""

Value = str | float | list[str]


@dataclass(frozen=True)
class Asked:
    """One field of a form.

    `what`: "one" or "many" of some `options`, "date", "number" or "text"; `table`: the list of the scenario whose ids
    are the options, or "" if `options` has them; `nobody`: is "" a choice too; `needed`: must it be given.
    """

    name: str
    what: Literal["one", "many", "date", "number", "text"]
    needed: bool
    help: str
    table: str = ""
    options: tuple[str, ...] = ()
    nobody: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Form:
    """A kind of change: what it does, and what it asks."""

    kind: str
    meaning: str
    asked: tuple[Asked, ...]


def forms() -> dict[str, Form]:
    """The form of every kind of change, in the order of the union."""
    kinds = get_args(get_args(Change)[0])
    found = (Form(_kind(each), _meaning(each), _fields(each)) for each in kinds)
    return {form.kind: form for form in found}


def _kind(model: type[Evidence]) -> str:
    return str(get_args(model.model_fields["kind"].annotation)[0])


def _meaning(model: type[Evidence]) -> str:
    return " ".join((model.__doc__ or "").split())


def _fields(model: type[Evidence]) -> tuple[Asked, ...]:
    """Its own fields first, then when it holds, and last the text for readers."""
    either = {name for pair in model.one_of for name in pair}
    names = [name for name in model.model_fields if name not in UNASKED]
    late = ("at", "since", "until", "date", "text")
    names.sort(key=lambda name: late.index(name) + 1 if name in late else 0)
    return tuple(_asked(name, model.model_fields[name], name in either) for name in names)


def _asked(name: str, field: Any, either: bool) -> Asked:
    needed = field.is_required() and not either
    kinds = _unpacked(field.annotation, field.metadata)
    words = field.description or ""
    if kinds.refers:
        return Asked(name, "many" if kinds.many else "one", needed, words, kinds.refers, nobody=kinds.nobody)
    if kinds.choices:
        return Asked(name, "one", needed, words, options=kinds.choices)
    plain: dict[type, Literal["date", "number", "text"]] = {dt.date: "date", float: "number", int: "number"}
    return Asked(name, plain.get(kinds.plain, "text"), needed, words, whole=kinds.plain is int)


@dataclass
class _Kinds:
    """What an annotation allows."""

    refers: str = ""
    many: bool = False
    nobody: bool = False
    choices: tuple[str, ...] = ()
    plain: type = str


def _unpacked(annotation: Any, metadata: Any = ()) -> _Kinds:
    """What an annotation allows, whatever it is wrapped in: Annotated, None, tuples, literals."""
    found = _Kinds()
    todo = [annotation, *metadata]
    while todo:
        each = todo.pop(0)
        origin = get_origin(each)
        if isinstance(each, Refers):
            found.refers = each.table
        elif origin is Literal:
            found.choices += tuple(str(choice) for choice in get_args(each))
        elif origin is tuple:
            found.many = True
            todo.append(get_args(each)[0])
        elif origin in (Union, UnionType):
            todo += [part for part in get_args(each) if part is not type(None)]
        elif hasattr(each, "__metadata__"):
            todo += [each.__origin__, *each.__metadata__]
        elif isinstance(each, type):
            found.plain = each
        elif getattr(each, "metadata", None) is not None:
            todo += each.metadata
        pattern = getattr(each, "pattern", None)
        found.nobody |= isinstance(pattern, str) and ")?$" in pattern
    return found


def block(form: Form, values: Mapping[str, Value]) -> str:
    """A change as a table of a scenario file; fields without a value are left out."""
    lines = ["[[changes]]", f'kind = "{form.kind}"']
    for field in form.asked:
        value = values.get(field.name)
        if value is None or value == [] or (value == "" and not field.nobody):
            continue
        lines.append(f"{field.name} = {_toml(field, value)}")
    return "\n".join(lines) + "\n"


def _toml(field: Asked, value: Value) -> str:
    """A value as TOML has it."""
    if isinstance(value, list):
        return "[" + ", ".join(map(quoted, value)) + "]"
    if field.what == "number":
        return repr(int(float(value)) if field.whole else float(value))
    return str(value) if field.what == "date" else quoted(str(value))


def quoted(text: str) -> str:
    """A text as a TOML string."""
    short = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return (
        '"'
        + "".join(
            short.get(letter, letter if letter >= " " and letter != "\x7f" else f"\\u{ord(letter):04x}")
            for letter in text
        )
        + '"'
    )
