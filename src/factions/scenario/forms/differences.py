"""In what two scenarios differ, entry by entry and field by field; comments, layout and order do not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factions.errors import shown
from factions.scenario.content.fields import ENTRIES
from factions.scenario.content.schema import PROVENANCE, Scenario


@dataclass(frozen=True)
class Difference:
    """A value, or a whole entry, that two scenarios do not share.

    `key`: dotted, entries by id; `before`, `after`: what each says, None if it says nothing.
    """

    key: str
    before: object
    after: object

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.key}: new: {shown(self.after)}"
        if self.after is None:
            return f"{self.key}: gone; it was {shown(self.before)}"
        return f"{self.key}: {shown(self.before)} -> {shown(self.after)}"


def differences(before: Scenario, after: Scenario) -> list[Difference]:
    """What differs between two scenarios, each with its readings in force."""
    return [*_differ("", _said(before), _said(after))]


def _said(scenario: Scenario) -> dict[str, Any]:
    """All that a scenario says, lists as tables whose keys are the ids of their entries."""
    said = scenario.model_dump(exclude={*PROVENANCE, "contested", "readings"}, exclude_none=True)
    for name in ENTRIES:
        said[name] = {_label(name, entry, number): entry for number, entry in enumerate(said[name], 1)}
    return said


def _label(table: str, entry: Mapping[str, Any], number: int) -> str:
    told_by = ENTRIES[table].told_by
    return "+".join(sorted(entry[told_by])) if told_by != "id" else str(entry.get("id", number))


def _differ(key: str, before: Any, after: Any) -> Iterator[Difference]:
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            yield from _differ(f"{key}.{name}" if key else name, before.get(name), after.get(name))
    elif before != after:
        yield Difference(key, _brief(before), _brief(after))


def _brief(value: Any) -> object:
    """An entry by its name alone, or without what it leaves empty."""
    if not isinstance(value, dict):
        return value
    return value.get("name") or {field: item for field, item in value.items() if item != ()}
