"""What the models say of a scenario file: its lists, mappings and single values, and what their fields refer to.

Everything here is derived from `schema.Content` and the models below it, so that a new table or field is written once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic.fields import FieldInfo

from factions.scenario.content.schema import Content
from factions.scenario.content.tables import Option
from factions.scenario.content.types import Evidence, Refers
from factions.scenario.text.places import Node

TELLING = ("id", "blocs", "leaders")
"""What tells the entries of a list apart: the first of these fields that they have."""


@dataclass(frozen=True)
class Entries:
    """A list of tables ([[...]] in TOML).

    `hint`: the type of an entry. `tag`: the field that tells which of the `models` an entry has; "" if there is one
    model only, which then stands under "". `told_by`: the field that tells its entries apart, "id", or their
    set of "blocs" or "leaders".
    """

    hint: object
    tag: str
    models: Mapping[str, type[Evidence]]
    told_by: str

    def model(self, fields: Mapping[str, Node]) -> type[Evidence] | None:
        """The model of an entry with these fields; None if they do not say of which kind it is."""
        kind = fields.get(self.tag) if self.tag else None
        return self.models.get(str(kind.value) if kind is not None else "")


@dataclass(frozen=True)
class Keys:
    """A table with keys of the author's choice: the types of a key and of a value."""

    key: object
    value: object


def _bare(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def _entries(item: Any) -> Entries | None:
    """The list whose entries have a type, if it is a model or a union of models."""
    if isinstance(item, type) and issubclass(item, Evidence):
        return Entries(item, "", {"": item}, told_by=next(filter(item.model_fields.__contains__, TELLING), "id"))
    tags = [mark.discriminator for mark in get_args(item) if isinstance(mark, FieldInfo) and mark.discriminator]
    if not tags:
        return None
    models = {get_args(model.model_fields[tags[0]].annotation)[0]: model for model in get_args(_bare(item))}
    return Entries(item, str(tags[0]), models, told_by="id")


ENTRIES: dict[str, Entries] = {}
"""The lists of tables."""
MAPPINGS: dict[str, Keys] = {}
"""The tables with keys of the author's choice."""
SCALARS: dict[str, object] = {}
"""The single values, and lists of them: name -> type."""

for _name, _field in Content.model_fields.items():
    _hint: Any = _field.annotation
    _found = _entries(get_args(_hint)[0]) if get_origin(_hint) is tuple else None
    if _found is not None:
        ENTRIES[_name] = _found
    elif get_origin(_hint) is dict:
        MAPPINGS[_name] = Keys(*get_args(_hint))
    else:
        SCALARS[_name] = Annotated[(_hint, *_field.metadata)] if _field.metadata else _hint

REQUIRED = tuple(name for name, field in Content.model_fields.items() if field.is_required())
"""What no scenario can do without."""

PATCH = frozenset({*ENTRIES, "parameters", "mechanisms", "remove"})
"""The keys of the patch of a contested fact's option."""


@cache
def adapter(hint: Any) -> TypeAdapter[Any]:
    """What turns plain values into a type, without converting between types."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):  # a model brings its own strictness
        return TypeAdapter(hint)
    return TypeAdapter(hint, config=ConfigDict(strict=True))


@cache
def references(model: type[BaseModel]) -> Mapping[str, str]:
    """Field -> the list whose ids it names: one, several, or those that are its keys."""
    named = ((name, refers(field)) for name, field in model.model_fields.items())
    return {name: mark.table for name, mark in named if mark is not None}


def refers(field: FieldInfo) -> Refers | None:
    """What a field refers to, if it names entries of a list."""
    marks = (*field.metadata, *parts(field.annotation))
    return next((mark for mark in marks if isinstance(mark, Refers)), None)


@cache
def dates(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields that hold a day."""
    return tuple(name for name, field in model.model_fields.items() if dt.date in parts(field.annotation))


def parts(hint: object) -> Iterator[object]:
    """A type and everything that it is made of, marks among them."""
    yield hint
    for part in get_args(hint):
        yield from parts(part)


def keys_at(hint: Any, steps: list[Any]) -> frozenset[str]:
    """The keys that the table at the end of a way into a value may have."""
    for step in steps:
        bare = _bare(hint)
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            hint = bare.model_fields[step].annotation
        else:  # a mapping's value, or a list's element
            hint = get_args(bare)[1 if get_origin(bare) is dict else 0]
    names = frozenset(_bare(hint).model_fields)
    return names | PATCH if hint is Option else names
