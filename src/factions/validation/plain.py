"""Frozen results as plain data, which JSON knows, and back.

Field names are the keys.  Everywhere in a validation probabilities and shares lie in [0, 1], scores, losses and
advantages are in nats a claim, and `<name>_error` is the standard error of `<name>`, in its unit.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """A frozen result as dictionaries, lists, numbers and strings: what JSON knows."""
    return TypeAdapter(type(value)).dump_python(value, mode="json")


def from_plain(kind: type[T], data: Any) -> T:
    """The result of that type that `to_plain` made the data from; pydantic.ValidationError if it made it from none."""
    return TypeAdapter(kind).validate_python(data)
