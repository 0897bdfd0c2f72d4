"""What a form asks for each kind of change, derived from the classes of changes; and a change as text of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from factions.scenario.content.fields import ENTRIES, parts, refers
from factions.scenario.content.types import Evidence
from factions.scenario.forms.cells import Kind, kind_of
from factions.toml import inline

UNASKED = {"kind", "id", "name", "note", "confidence", "sources", "requires", "agent", "after"}
"""Fields that are left to whoever edits the file."""

Value = str | float | list[str]
What = Literal["one", "many", "date", "number", "text"]


@dataclass(frozen=True)
class Asked:
    """One field of a form.

    `what`: "one" or "many" of some `options`, "date", "number" or "text"; `table`: the list of the scenario whose ids
    are the options, or "" if `options` has them; `nobody`: is "" a choice too; `needed`: must it be given.
    """

    name: str
    what: What
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


_WHAT: dict[Kind, What] = {"list": "many", "date": "date", "number": "number", "whole": "number"}


def forms() -> dict[str, Form]:
    """The form of every kind of change, in the order of the union."""
    kinds = ENTRIES["changes"].models
    return {kind: Form(kind, " ".join((model.__doc__ or "").split()), _fields(model)) for kind, model in kinds.items()}


def _fields(model: type[Evidence]) -> tuple[Asked, ...]:
    """Its own fields first, then when it holds, and last the text for readers."""
    either = {name for pair in model.one_of for name in pair}
    names = [name for name in model.model_fields if name not in UNASKED]
    late = ("at", "since", "until", "date", "text")
    names.sort(key=lambda name: late.index(name) + 1 if name in late else 0)
    return tuple(_asked(name, model.model_fields[name], name in either) for name in names)


def _asked(name: str, field: FieldInfo, either: bool) -> Asked:
    kind, mark = kind_of(field.annotation), refers(field)
    words = [word for part in parts(field.annotation) if get_origin(part) is Literal for word in get_args(part)]
    what = _WHAT.get(kind) or ("one" if words or mark else "text")
    needed, meaning = field.is_required() and not either, field.description or ""
    table, nobody = (mark.table, mark.nobody) if mark else ("", False)
    return Asked(name, what, needed, meaning, table, tuple(words), nobody, whole=kind == "whole")


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
    if field.what == "number":
        return inline(int(float(str(value))) if field.whole else float(str(value)))
    return str(value) if field.what == "date" else inline(value)
