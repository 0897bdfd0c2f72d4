"""How one file lies over another: entries merge by id, tables key by key, everything else is replaced.

Nodes are never changed in place; every merged value keeps the place where it was written.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from factions.scenario.content.fields import ENTRIES, MAPPINGS
from factions.scenario.text.places import Node, Place, Tree, items_of, table_of
from factions.scenario.text.problems import Problems, suggestion


def identity(table: str, entry: Node) -> Hashable | None:
    """What tells an entry of a list from the others; None if it does not say."""
    told_by = ENTRIES[table].told_by
    if told_by != "id":
        names = [item.value for item in items_of(entry.child(told_by))]
        return frozenset(names) if names and all(isinstance(name, str) for name in names) else None
    named = entry.child("id")
    return named.value if named is not None and isinstance(named.value, str) else None


def label(table: str, entry: Node, index: int) -> str:
    """What messages and `remove` call an entry: its id, its blocs or leaders joined by +, else its number from 1."""
    found = identity(table, entry)
    if isinstance(found, frozenset):
        return "+".join(sorted(found))
    return str(found) if found is not None else str(index + 1)


class Merged:
    """Trees laid over each other. The entries of a list are kept by what tells them apart, else by their number."""

    def __init__(self, problems: Problems) -> None:
        self.removed: dict[str, Place] = {}
        """What was removed ("table.id") and where."""
        self._problems = problems
        self._tree: Tree = {}
        self._lists: dict[str, dict[Hashable, Node]] = {}
        self._changed: set[str] = set()  # lists whose node in the tree is behind
        self._laid: dict[str, int] = {}  # entries that each list has ever had, so that no number is given twice

    def tree(self) -> Tree:
        """What is merged so far. A list that has not changed since it was last asked for is the same object."""
        for key in self._changed:
            if key in self._lists:
                self._tree[key] = replace(self._tree[key], value=list(self._lists[key].values()))
        self._changed.clear()
        return dict(self._tree)

    def copy(self, problems: Problems) -> Merged:
        """As it is now, to go on from in another way."""
        other = Merged(problems)
        other._tree, other.removed, other._laid = self.tree(), dict(self.removed), dict(self._laid)
        other._lists = {table: dict(entries) for table, entries in self._lists.items()}
        return other

    def lay(self, layer: Tree) -> None:
        """Lays a well-shaped tree over what is merged so far; what it removes goes first."""
        if "remove" in layer:
            self._remove(layer["remove"])
        for key, node in layer.items():
            if key in ENTRIES:
                self._lay_entries(key, node)
            elif key != "remove":
                self._tree[key] = overlay(self._tree[key], node) if key in self._tree else node

    def _lay_entries(self, table: str, layer: Node) -> None:
        self._tree.setdefault(table, layer)
        entries = self._lists.setdefault(table, {})
        self._changed.add(table)
        seen: dict[Hashable, Node] = {}
        for entry in items_of(layer):
            name = identity(table, entry)
            if name in seen:
                self._duplicate(table, entry, seen[name])
            elif name is not None and name in entries:
                entries[name] = _entry(table, entries[name], entry)
            else:
                self._laid[table] = self._laid.get(table, 0) + 1
                entries[self._laid[table] if name is None else name] = entry
            if name is not None:
                seen.setdefault(name, entry)

    def _duplicate(self, table: str, entry: Node, first: Node) -> None:
        field = ENTRIES[table].told_by
        self._problems.at(
            table_of(entry)[field],
            f"{table}.{label(table, entry, 0)}.{field}",
            f"is already in the list, at line {first.place.line}",
            "give every entry its own id" if field == "id" else "give every entry once",
        )

    def _remove(self, node: Node) -> None:
        if node.items is None:
            self._problems.at(node, "remove", "is not a list", 'write remove = ["events.lenin_dies"]')
            return
        for item in node.items:
            if not isinstance(item.value, str):
                remedy = 'write "table.id", say "events.lenin_dies"'
                self._problems.at(item, "remove", "is not a name in quotes", remedy)
            elif self._take_out(item.value.split(".")):
                self.removed[item.value] = item.place
            else:
                table = item.value.partition(".")[0]
                names = [f"{table}.{name}" for name in self._names(table)] or list(self._tree)
                remedy = suggestion(item.value, names)
                self._problems.at(item, "remove", "names nothing that exists", remedy)

    def _names(self, table: str) -> list[str]:
        if table in self._lists:
            return [label(table, entry, index) for index, entry in enumerate(self._lists[table].values())]
        return list(table_of(self._tree.get(table)))

    def _take_out(self, parts: list[str]) -> bool:
        """Takes out what the parts lead to; False if they lead nowhere."""
        table, *rest = parts
        if table not in self._tree:
            return False
        if not rest:
            del self._tree[table]
            self._lists.pop(table, None)
            return True
        if table in self._lists:
            return self._take_out_of_list(table, rest)
        inner = _without(self._tree[table], rest)
        if inner is not None:
            self._tree[table] = inner
        return inner is not None

    def _take_out_of_list(self, table: str, parts: list[str]) -> bool:
        entries = self._lists[table]
        self._changed.add(table)
        key = _key(table, parts[0], entries)
        if key is None:
            return False
        if parts[1:]:
            inner = _without(entries[key], parts[1:])
            if inner is not None:
                entries[key] = inner
            return inner is not None
        del entries[key]
        if table == "issues":  # positions on an issue go with it
            leaders = self._lists.get("leaders", {})
            self._changed.add("leaders")
            for name, leader in leaders.items():
                leaders[name] = _without(leader, ["ideal_point", parts[0]]) or leader
        return True


def _key(table: str, name: str, entries: Mapping[Hashable, Node]) -> Hashable | None:
    """The key of the entry that messages call by a name."""
    key: Hashable = name if ENTRIES[table].told_by == "id" else frozenset(name.split("+"))
    if key in entries:
        return key
    return int(name) if name.isdecimal() and len(name) < 9 and int(name) in entries else None


def _without(node: Node, parts: Sequence[str]) -> Node | None:
    """The table or list without what the parts lead to; None if they lead nowhere."""
    first, *rest = parts
    inside: dict[str, Node] = dict(table_of(node))
    if node.items is not None:
        inside = {str(index + 1): item for index, item in enumerate(node.items)}
    if first not in inside:
        return None
    if rest:
        inner = _without(inside[first], rest)
        if inner is None:
            return None
        inside[first] = inner
    else:
        del inside[first]
    return replace(node, value=inside if node.items is None else list(inside.values()))


def well_shaped(layer: Tree, problems: Problems) -> Tree:
    """The layer without the lists and mappings that have the wrong shape, which are noted."""
    sound = {}
    for key, node in layer.items():
        if key in ENTRIES:
            if node.items is None:
                problems.at(node, key, "is not a list of tables", f"write [[{key}]] above every entry")
                continue
            for index, item in enumerate(node.items):
                if item.table is None:
                    remedy = f"write [[{key}]] above its fields"
                    problems.at(item, f"{key}.{index + 1}", "is not a table", remedy)
            node = replace(node, value=[item for item in node.items if item.table is not None])
        elif key in MAPPINGS and node.table is None:
            problems.at(node, key, "is not a table", f"write [{key}] and its keys below")
            continue
        sound[key] = node
    return sound


def overlay(base: Node, over: Node) -> Node:
    """Tables merge key by key and stay where the base wrote them; any other value replaces the base's."""
    if base.table is None or over.table is None:
        return over
    merged = dict(base.table)
    for key, node in over.table.items():
        merged[key] = overlay(merged[key], node) if key in merged else node
    return replace(base, value=merged)


def _entry(table: str, base: Node, over: Node) -> Node:
    """An entry with some of its fields given anew; fields that the new ones rule out are dropped."""
    old, new = dict(table_of(base)), table_of(over)
    model = ENTRIES[table].model({**old, **new})
    if model is not None:
        if ENTRIES[table].tag in new:
            old = {key: node for key, node in old.items() if key in model.model_fields}
        for field in new:
            for other in model.ruled_out_by(field):
                old.pop(other, None)
    return overlay(replace(base, value=old), over)
