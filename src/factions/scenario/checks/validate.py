"""From the merged tree to typed entries; what pydantic refuses becomes an error with a place and a remedy.

Every entry is checked by itself, so that the cross-references of the sound ones can be checked all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from factions.scenario.checks.explain import Context, note, note_missing
from factions.scenario.content.fields import ENTRIES, MAPPINGS, REQUIRED, SCALARS, adapter
from factions.scenario.content.schema import Content
from factions.scenario.layers.draft import Draft, Entry
from factions.scenario.layers.merge import label
from factions.scenario.text.places import Node, Place, Tree, items_of, table_of
from factions.scenario.text.problems import Problems, suggestion

DIRECTIVES = {"extends", "remove"}
"""Top-level keys that tell how to merge, and are gone from the merged scenario."""


def validate(
    tree: Tree, root: Place, problems: Problems, main: Draft | None = None, somewhere: Mapping[str, str] | None = None
) -> Draft:
    """The sound parts of a tree; everything else is noted. `root` is where a missing key is reported.

    What stands in the tree of the draft `main` too is taken over from there, and nothing is noted about it.
    """
    draft = Draft(tree, main, main.somewhere if main is not None else somewhere or {})
    for key, node in tree.items():
        if main is not None and not draft.changed(key):
            draft.adopt(key, main)
        elif key in ENTRIES:
            draft.entries[key] = _list(key, node, problems, main)
        elif key in MAPPINGS:
            draft.mappings[key] = _mapping(key, node, problems)
        elif key in SCALARS:
            value = _value(SCALARS[key], node, Context(key, problems))
            if value is not None:
                draft.scalars[key] = value
        elif key not in DIRECTIVES:
            problems.add(node.key, key, "unknown key", suggestion(key, {*Content.model_fields, *DIRECTIVES}))
    _required(tree, root, problems)
    return draft


def _required(tree: Tree, root: Place, problems: Problems) -> None:
    for key in REQUIRED:
        if key not in tree:
            remedy = f"write [[{key}]] and its fields" if key in ENTRIES else f"write {key} = ..."
            if root.line is None:  # in a folder of tables
                remedy = f"add a row with {key} and its value"
            problems.add(root, key, "is missing", remedy)
        elif key in ENTRIES and not tree[key].items:
            problems.add(tree[key].place, key, "is empty", "a scenario needs at least one")


def _list(table: str, node: Node, problems: Problems, main: Draft | None) -> list[Entry[Any]]:
    known = main.by_node.get(table, {}) if main is not None else {}
    return [
        known.get(id(item)) or _entry(table, item, index, node, problems) for index, item in enumerate(items_of(node))
    ]


def _entry(table: str, item: Node, index: int, node: Node, problems: Problems) -> Entry[Any]:
    name = label(table, item, index)
    items = enumerate(items_of(node))
    # what another file wrote may have been meant by this one, whose id then has a slip; looked at if need be
    others = (label(table, other, number) for number, other in items if other.place.file != item.place.file)
    context = Context(f"{table}.{name}", problems, table, others)
    return Entry(table, name, item, _value(ENTRIES[table].hint, item, context))


def _mapping(table: str, node: Node, problems: Problems) -> dict[str, object]:
    found = {}
    for name, item in table_of(node).items():
        try:
            adapter(MAPPINGS[table].key).validate_python(name)
        except ValidationError as exc:
            for error in exc.errors(include_url=False):
                note(error, ["[key]"], item, Context(f"{table}.{name}", problems))
            continue
        value = _value(MAPPINGS[table].value, item, Context(f"{table}.{name}", problems, table))
        if value is not None:
            found[name] = value
    return found


def _value(hint: object, node: Node, context: Context) -> Any:
    """The typed value of a node, or None after noting what is wrong with it."""
    try:
        return adapter(hint).validate_python(node.plain())
    except ValidationError as exc:
        missing: dict[tuple[Any, ...], list[str]] = {}
        for error in exc.errors(include_url=False):
            steps = list(error["loc"])
            if context.tag and not error["type"].startswith("union_tag"):
                steps = steps[1:]  # the first step is the kind, which is no key of the file
            if error["type"] == "missing" and isinstance(steps[-1], str):
                missing.setdefault(tuple(steps[:-1]), []).append(str(steps[-1]))
            else:
                note(error, steps, node, context)
        for above, names in missing.items():
            note_missing(names, list(above), node, context)
        return None
