"""Names of earlier versions, which their files still use: they are read as what they are called now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from factions.scenario.text.places import Node, Tree

_KEYS = {"mechanisms": {"seat": "office_pull"}, "parameters": {"seat": "office_pull"}}
_OUTCOMES = {"rules": "ruling"}


def modern(tree: Tree) -> Tree:
    """The tree of a file by the names of today; a file that gives both names keeps both, and is refused for one."""
    renamed = {table: _renamed_keys(node, _KEYS[table]) for table, node in tree.items() if table in _KEYS}
    if "offices" in tree:
        renamed["offices"] = _each(tree["offices"], _with_deputies)
    if "outcomes" in tree:
        renamed["outcomes"] = _each(tree["outcomes"], _renamed_outcome)
    return tree | renamed


def _each(node: Node, change: Callable[[Node], Node]) -> Node:
    return node if node.items is None else replace(node, value=[change(item) for item in node.items])


def _renamed_keys(node: Node, names: dict[str, str]) -> Node:
    table = node.table
    if table is None:
        return node
    return replace(node, value={_free(key, names.get(key, key), table): item for key, item in table.items()})


def _free(old: str, new: str, table: dict[str, Node]) -> str:
    return old if new in table else new


def _with_deputies(office: Node) -> Node:
    """One `deputy` is a list of one."""
    table = office.table
    if table is None or "deputy" not in table or "deputies" in table:
        return office
    only = replace(table["deputy"], value=[table["deputy"]])
    others = {key: item for key, item in table.items() if key != "deputy"}
    return replace(office, value={**others, "deputies": only})


def _renamed_outcome(outcome: Node) -> Node:
    kind, colon, whom = outcome.value.partition(":") if isinstance(outcome.value, str) else ("", "", "")
    return replace(outcome, value=f"{_OUTCOMES[kind]}:{whom}") if colon and kind in _OUTCOMES else outcome
