"""Where every key and value of a TOML text stands, and a tree of its values that remembers it.

tomllib gives no positions, so the text is parsed a second time by tree-sitter, for positions alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tree_sitter
import tree_sitter_toml

Keys = tuple[str | int, ...]
"""The way to a value: keys of tables and indices of lists."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file; line and column count from 1, columns in characters."""

    file: Path
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Node:
    """A TOML value that knows where it and its key were written; tables and lists hold Nodes."""

    value: object
    place: Place
    key: Place

    @property
    def table(self) -> dict[str, Node] | None:
        """The entries, if this is a table."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def items(self) -> list[Node] | None:
        """The elements, if this is a list."""
        return self.value if isinstance(self.value, list) else None

    def child(self, *keys: str | int) -> Node | None:
        """The node at the end of the keys, if there is one."""
        node: Node | None = self
        for key in keys:
            if node is None:
                return None
            if isinstance(key, str):
                node = (node.table or {}).get(key)
            else:
                items = node.items or []
                node = items[key] if key < len(items) else None
        return node

    def plain(self) -> object:
        """The value without its places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


Tree = dict[str, Node]
"""The top-level table of a file, or of what is merged of several."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Line and column of a value and of its key."""

    value: tuple[int, int]
    key: tuple[int, int]


def tree(text: str, data: dict[str, object], file: Path) -> Node:
    """The tree of a text that tomllib parsed into `data`."""
    spots = positions(text)

    def build(value: object, path: Keys, above: Spot) -> Node:
        spot = spots.get(path, above)
        if isinstance(value, dict):
            value = {key: build(item, (*path, key), spot) for key, item in value.items()}
        elif isinstance(value, list):
            value = [build(item, (*path, index), spot) for index, item in enumerate(value)]
        return Node(value, Place(file, *spot.value), Place(file, *spot.key))

    return build(data, (), Spot((1, 1), (1, 1)))


def positions(text: str) -> dict[Keys, Spot]:
    """Path -> Spot of every table, list and value of a valid TOML text."""
    finder = _Finder(text.encode())
    finder.document()
    return finder.spots


@cache
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))


class _Finder:
    """Walks the syntax tree once and notes the spot of every path."""

    def __init__(self, data: bytes) -> None:
        self.root = _parser().parse(data).root_node
        self.lines = data.split(b"\n")
        self.spots: dict[Keys, Spot] = {}
        self.counts: dict[Keys, int] = {}  # elements seen so far of every [[array of tables]]

    def document(self) -> None:
        for node in self.root.named_children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self.header(node)

    def header(self, node: tree_sitter.Node) -> None:
        keys = list(_keys(next(child for child in node.named_children if child.type != "comment")))
        here = self.position(node)
        path: Keys = ()
        for index, (name, key) in enumerate(keys):
            path = (*path, name)
            self.spots.setdefault(path, Spot(here, self.position(key)))
            if node.type == "table_array_element" and index == len(keys) - 1:
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:  # a header below [[list]] means its latest element
                path = (*path, self.counts[path] - 1)
        self.spots[path] = Spot(here, self.position(keys[-1][1]))
        for child in node.named_children:
            if child.type == "pair":
                self.pair(child, path)

    def pair(self, node: tree_sitter.Node, path: Keys) -> None:
        key, value = (child for child in node.named_children if child.type != "comment")
        for name, part in _keys(key):
            path = (*path, name)
            here = self.position(part)
            self.spots.setdefault(path, Spot(here, here))
        self.value(value, path, here)

    def value(self, node: tree_sitter.Node, path: Keys, key: tuple[int, int]) -> None:
        self.spots[path] = Spot(self.position(node), key)
        children = [child for child in node.named_children if child.type != "comment"]
        if node.type == "array":
            for index, child in enumerate(children):
                self.value(child, (*path, index), self.position(child))
        elif node.type == "inline_table":
            for child in children:
                self.pair(child, path)

    def position(self, node: tree_sitter.Node) -> tuple[int, int]:
        row, column = node.start_point
        return row + 1, len(self.lines[row][:column].decode()) + 1  # tree-sitter counts bytes


def _keys(node: tree_sitter.Node) -> Iterator[tuple[str, tree_sitter.Node]]:
    """The parts of a key, bare, quoted or dotted, as (name, node)."""
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _keys(child)
    elif node.type == "bare_key":
        yield (node.text or b"").decode(), node
    else:
        yield next(iter(tomllib.loads(f"{(node.text or b'').decode()} = 0"))), node
