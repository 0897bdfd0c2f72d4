"""Where every key and value of a TOML text stands, and a tree of its values that remembers it.

tomllib gives no positions, so the text is parsed a second time by tree-sitter, for positions alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path

import tree_sitter
import tree_sitter_toml

Keys = tuple[str | int, ...]
"""The way to a value: keys of tables and indices of lists."""

MOST_NESTED = 20
"""Tables and lists within each other; a position in an entry of a contested option has eight."""

LONGEST_NUMBER = 200
"""Characters of a whole number; one of 64 bits never has so many."""


class Unreadable(Exception):
    """Valid TOML that is too much to be read. Fields: line, column (both from 1), problem, remedy."""

    def __init__(self, line: int, column: int, problem: str, remedy: str) -> None:
        super().__init__(line, column, problem, remedy)
        self.line = line
        self.column = column
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file; line and column count from 1, columns in characters; None: the whole file, or line."""

    file: Path
    line: int | None = None
    column: int | None = None


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
            if isinstance(key, str):
                node = table_of(node).get(key)
            else:
                items = items_of(node)
                node = items[key] if key < len(items) else None
        return node

    def with_value(self, keys: Keys, value: object) -> Node:
        """The node with another plain value at the end of the keys, all of which must be there."""
        if not keys:
            return replace(self, value=value)
        key, *rest = keys
        if isinstance(self.value, dict):
            return replace(self, value={**self.value, key: self.value[key].with_value(tuple(rest), value)})
        assert isinstance(self.value, list) and isinstance(key, int)
        items = [*self.value]
        items[key] = items[key].with_value(tuple(rest), value)
        return replace(self, value=items)

    def plain(self) -> object:
        """The value without its places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def table_of(node: Node | None) -> dict[str, Node]:
    """The entries of a table; none of anything else."""
    return (node.table if node is not None else None) or {}


def items_of(node: Node | None) -> list[Node]:
    """The elements of a list; none of anything else."""
    return (node.items if node is not None else None) or []


Tree = dict[str, Node]
"""The top-level table of a file, or of what is merged of several."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Line and column of a value and of its key."""

    value: tuple[int, int]
    key: tuple[int, int]


def tree(text: str, data: dict[str, object], file: Path) -> Node:
    """The tree of a text that tomllib parsed into `data`. Raises Unreadable."""
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
    """Path -> Spot of every table, list and value of a valid TOML text. Raises Unreadable."""
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
        self.columns: dict[int, list[int]] = {}  # of the lines that are not plain ASCII: byte -> column
        self.spots: dict[Keys, Spot] = {}
        self.counts: dict[Keys, int] = {}  # elements seen so far of every [[array of tables]]

    def document(self) -> None:
        for node in self.root.named_children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self.header(node)

    def header(self, node: tree_sitter.Node) -> None:
        head, *body = _parts(node)
        keys = self.keys(head)
        here = self.position(node)
        path: Keys = ()
        for index, (name, key) in enumerate(keys):
            path = self.below(path, name, key)
            self.spots.setdefault(path, Spot(here, self.position(key)))
            if node.type == "table_array_element" and index == len(keys) - 1:
                self.counts[path] = self.counts.get(path, 0) + 1
            if path in self.counts:  # a header below [[list]] means its latest element
                path = (*path, self.counts[path] - 1)
        self.spots[path] = Spot(here, self.position(keys[-1][1]))
        for child in body:
            if child.type == "pair":
                self.pair(child, path)

    def pair(self, node: tree_sitter.Node, path: Keys) -> None:
        parts = _parts(node)
        if len(parts) != 2:
            raise Unreadable(*self.position(node), "is not key = value", "check its brackets and quotes")
        key, value = parts
        for name, part in self.keys(key):
            path = self.below(path, name, part)
            here = self.position(part)
            self.spots.setdefault(path, Spot(here, here))
        self.value(value, path, here)

    def value(self, node: tree_sitter.Node, path: Keys, key: tuple[int, int]) -> None:
        self.spots[path] = Spot(self.position(node), key)
        if node.type == "array":
            for index, child in enumerate(_parts(node)):
                self.value(child, self.below(path, index, child), self.position(child))
        elif node.type == "inline_table":
            for child in _parts(node):
                self.pair(child, path)
        elif node.type == "integer" and node.end_byte - node.start_byte > LONGEST_NUMBER:
            raise Unreadable(*self.position(node), "has too many digits", "write a number of at most 18 digits")

    def keys(self, node: tree_sitter.Node) -> list[tuple[str, tree_sitter.Node]]:
        if node.has_error:
            raise Unreadable(*self.position(node), "is no name", "check its brackets and quotes")
        return list(_keys(node))

    def below(self, path: Keys, key: str | int, node: tree_sitter.Node) -> Keys:
        if len(path) == MOST_NESTED:
            problem = f"has more than {MOST_NESTED} tables and lists within each other"
            raise Unreadable(*self.position(node), problem, "no scenario needs so many; remove some")
        return (*path, key)

    def position(self, node: tree_sitter.Node) -> tuple[int, int]:
        row, byte = node.start_point  # tree-sitter counts bytes
        line = self.lines[row]
        if line.isascii():
            return row + 1, byte + 1
        if row not in self.columns:
            self.columns[row] = list(accumulate((octet & 0xC0 != 0x80 for octet in line), initial=1))
        return row + 1, self.columns[row][byte]


def _parts(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _keys(node: tree_sitter.Node) -> Iterator[tuple[str, tree_sitter.Node]]:
    """The parts of a key, bare, quoted or dotted, as (name, node)."""
    pending = [node]
    while pending:
        part = pending.pop()
        if part.type == "dotted_key":
            pending += reversed(part.named_children)
        elif part.type == "bare_key":
            yield (part.text or b"").decode(), part
        else:
            yield next(iter(tomllib.loads(f"{(part.text or b'').decode()} = 0"))), part
