"""What of a merged tree is sound so far, and what of it differs from another draft that was examined before.

A file is examined as its readings stand, and once more for every option that is not in force. Such an option changes a
few entries; only they, and what depends on them, are looked at again. A node that is the same object is unchanged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from factions.scenario.text.places import Node, Tree
from factions.scenario.text.problems import Problems

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """An entry of a list: what messages call it, where it stands, and its model; None if it is not sound."""

    table: str
    name: str
    node: Node
    model: T

    @property
    def label(self) -> str:
        """What messages call it: TABLE.NAME."""
        return f"{self.table}.{self.name}"

    def fault(self, field: str, problem: str, remedy: str, problems: Problems, index: int | None = None) -> None:
        """Notes what is wrong with a field, or with an element of its list; the entry is to blame if it lacks it."""
        node = self.node.child(field)
        place = node if node is None or index is None else node.child(index)
        problems.at(place or self.node, self.label if place is None else f"{self.label}.{field}", problem, remedy)


def out_of_time(day: dt.date, start: dt.date | None, end: dt.date | None) -> tuple[str, str] | None:
    """What is wrong with a day before the start or after the end, as far as they are known, and what would be right."""
    if start is not None and day < start:
        return f"is before start ({start})", f"give {start} or a later day"
    if end is not None and day > end:
        return f"is after end ({end})", f"give {end} or an earlier day"
    return None


@dataclass
class Draft:
    """The sound parts of a tree. `main`: the draft that it is compared with, or None if all of it is new."""

    tree: Tree
    main: Draft | None = None
    somewhere: Mapping[str, str] = field(default_factory=dict)
    """Event -> a reading that has it (fact = "option"), of those that not all readings have."""
    scalars: dict[str, object] = field(default_factory=dict)
    entries: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    """List -> its entries, sound or not, in the order of the tree."""
    mappings: dict[str, dict[str, object]] = field(default_factory=dict)
    _names: dict[str, frozenset[str]] = field(default_factory=dict)

    def adopt(self, key: str, other: Draft) -> None:
        """Takes over what another draft found in a top-level key."""
        if key in other.scalars:
            self.scalars[key] = other.scalars[key]
        if key in other.mappings:
            self.mappings[key] = other.mappings[key]
        if key in other.entries:
            self.entries[key] = other.entries[key]

    def day(self, key: str) -> dt.date | None:
        """The start or the end, if it is sound."""
        return cast("dt.date | None", self.scalars.get(key))

    def sound(self, table: str, kind: type[T]) -> list[Entry[T]]:
        """The sound entries of a list; `kind` is the type of their models."""
        return [entry for entry in self.entries.get(table, ()) if entry.model is not None]

    def new(self, table: str, all_if: bool = False) -> list[Entry[Any]]:
        """The entries of a list, sound or not, that the main draft does not have; on a condition, all."""
        main = self.main
        if main is None or all_if:
            return self.entries.get(table, [])
        if not self.changed(table):
            return []
        known = main.by_node.get(table, {})
        return [entry for entry in self.entries.get(table, ()) if id(entry.node) not in known]

    def fresh(self, table: str, kind: type[T], all_if: bool = False) -> list[Entry[T]]:
        """As `new`, the sound ones; `kind` is the type of their models."""
        return [entry for entry in self.new(table, all_if) if entry.model is not None]

    def changed(self, *keys: str) -> bool:
        """Does any of these top-level keys differ from the main draft's?"""
        main = self.main
        return main is None or any(self.tree.get(key) is not main.tree.get(key) for key in keys)

    def renamed(self, *tables: str) -> bool:
        """Has any of these lists other names in it than the main draft's?"""
        main = self.main
        return main is None or any(self.names(table) != main.names(table) for table in tables if self.changed(table))

    def names(self, table: str) -> frozenset[str]:
        """The names of all entries of a list, sound or not; one that has none is known by no other."""
        if table not in self._names:
            if self.main is not None and not self.changed(table):
                self._names[table] = self.main.names(table)
            else:
                named = (e for e in self.entries.get(table, ()) if not e.name.isdigit() or e.node.child("id"))
                self._names[table] = frozenset(entry.name for entry in named)
        return self._names[table]

    @cached_property
    def by_node(self) -> dict[str, dict[int, Entry[Any]]]:
        """List -> identity of a node -> its entry."""
        return {table: {id(entry.node): entry for entry in entries} for table, entries in self.entries.items()}
