"""A scenario as the text of one file, without what is true anyway: no defaults, one table for each entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from factions.scenario.content.fields import ENTRIES, MAPPINGS, SCALARS
from factions.scenario.content.schema import PROVENANCE, Scenario
from factions.toml import inline, key, table

_HEADINGS = {
    "sources": "What the facts are taken from",
    "issues": "What is fought about: positions run from -1 to +1",
    "blocs": "Who acts together",
    "leaders": "Who they are, as they stood at the start",
    "offices": "Posts that give influence",
    "ties": "Trust between two blocs, from -1 to 1; pairs that are not named have 0",
    "personal_ties": "Friends and enemies by name, from -1 to 1; pairs that are not named have 0",
    "alliances": "Blocs that stood together at the start",
    "apart": "Blocs that never ally",
    "meeting_kinds": "What a kind of meeting is made of and may do",
    "meetings": "The calendar",
    "events": "What comes from outside",
    "record": "What happened: for scoring only, the model never reads it",
}
"""What stands above a list or table, as a comment."""


def toml_text(scenario: Scenario) -> str:
    """The text of a file that says what a scenario does with its readings in force."""
    said = scenario.model_dump(exclude={*PROVENANCE, "contested", "readings"}, exclude_defaults=True)
    blocks = ["\n".join(f"{name} = {inline(said[name])}" for name in SCALARS if name in said)]
    for name in (*MAPPINGS, *ENTRIES):
        if name in said:
            blocks += [*_comment(name), *(_mapping if name in MAPPINGS else _entries)(name, said[name])]
    return "\n\n".join(blocks) + "\n"


def _comment(name: str) -> list[str]:
    return [f"# {_HEADINGS[name]}."] if name in _HEADINGS else []


def _mapping(name: str, said: Mapping[str, Any]) -> Iterator[str]:
    if all(isinstance(value, dict) for value in said.values()):
        for own, value in said.items():
            yield table(f"[{name}.{key(own)}]", value)
    else:
        yield table(f"[{name}]", said)


def _entries(name: str, said: list[dict[str, Any]]) -> Iterator[str]:
    tag = ENTRIES[name].tag
    for entry in said:
        first: dict[str, Any] = {field: entry[field] for field in ("id", tag) if field in entry}
        if entry.get("name") == str(entry.get("id", "")).replace("_", " "):  # as it is called without a name
            entry = {field: value for field, value in entry.items() if field != "name"}
        last: dict[str, Any] = {field: entry[field] for field in ("sources", "confidence", "note") if field in entry}
        own = {field: value for field, value in entry.items() if field not in last}
        yield table(f"[[{name}]]", {**first, **own, **last})
