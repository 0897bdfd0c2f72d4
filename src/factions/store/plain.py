"""Frozen results as plain data, which JSON knows, and back: field names are the keys."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """A frozen dataclass as dictionaries, lists, numbers and strings; a date as YYYY-MM-DD."""
    return TypeAdapter(type(value)).dump_python(value, mode="json")


def from_plain(kind: type[T], data: Any) -> T:
    """The result of that type that `to_plain` made the data from; pydantic.ValidationError if it made it from none."""
    return TypeAdapter(kind).validate_python(data)
