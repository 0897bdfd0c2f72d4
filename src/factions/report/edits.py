"""Edits of a file's tables in words: what they are about, and what stood there before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from factions.scenario.content.conditions import condition
from factions.wording import MECHANISM_WORDS, PUNISHMENTS, Names, listed, plainly, sentence

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.scenario.forms.differences import Difference

_FIELDS = {
    "selection": "how strongly the apparatus selects the delegates",
    "rungs": "what it may punish by",
    "purges": "how far it may strike a bloc that it puts out of power",
    "two_thirds": "what takes two thirds of the votes",
    "after": "the event that must have happened before it",
    "requires": "it happens only where",
    "agent": "whose deed it is",
    "holder": "who has it at the start",
    "machine": "the influence that goes with it, in points",
    "prestige": "his personal influence, in points",
    "standing": "where he stands at the start",
    "bloc": "the bloc that he belongs to at the start",
    "active": "in play at the start",
}
"""What fields are about, where the name of a field does not say it."""


def in_words(edit: Difference, base: Scenario, other: Scenario) -> str:
    """A sentence on a value, or a whole entry, that a file has otherwise than its base."""
    table, *path = edit.key.split(".")
    words = _Words(base, other)
    if table == "mechanisms" and path and path[0] in MECHANISM_WORDS:
        before = True if edit.before is None else edit.before
        return sentence(f"“{MECHANISM_WORDS[path[0]]}”: {words.value(edit.after)} (before: {words.value(before)})")
    subject = words.subject(table, path)
    if table == "parameters":
        return sentence(f"{subject}: {words.value(edit.after)} (before: {words.value(edit.before)})")
    if len(path) == 1 and (edit.before is None or edit.after is None):
        return sentence(f"{subject} {'is added' if edit.before is None else 'is left out'}")
    field = ", ".join(_FIELDS.get(name, name.replace("_", " ")) for name in path[1:])
    said = f"{subject}: {field}" if field else subject
    after, before = (words.value(each, path[-1] if path else "") for each in (edit.after, edit.before))
    return sentence(f"{said}: {after} (before: {before})")


class _Words:
    """The names that either file has."""

    def __init__(self, base: Scenario, other: Scenario) -> None:
        sides = [(Names(side), side) for side in (base, other)]
        self.bodies, self.names = other.bodies, Names(other)
        self.known: dict[str, str] = {}
        for names, side in sides:
            self.known |= {**names.blocs, **names.leaders, **names.offices}
            self.known |= {name: f"“{text}”" for name, text in names.events.items()}
            self.known |= {meeting.id: meeting.name for meeting in side.meetings}

    def subject(self, table: str, path: list[str]) -> str:
        """Whom or what an edit is about: a leader by his name, a kind of meeting, a pair of blocs."""
        if not path:
            return table.replace("_", " ")
        name = listed(self.known.get(part, part.replace("_", " ")) for part in path[0].split("+"))
        if table == "parameters":
            return f"the parameter “{path[0]}”"
        return f"{table} of {name}" if "+" in path[0] else name

    def value(self, value: object, field: str = "") -> str:
        """A value as one says it; "nothing" where there is none."""
        if value is None or value == ():
            return "nothing"
        if field == "requires" and isinstance(value, (list, tuple)):
            return listed(plainly(self.names, condition(str(each))) for each in value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, (int, float)):
            return f"{value:g}"
        if isinstance(value, (list, tuple)):
            return listed(self.value(each, field) for each in value)
        if isinstance(value, Mapping):
            return listed(f"{name.replace('_', ' ')} {self.value(each, name)}" for name, each in value.items())
        if field in ("rungs", "purges", "two_thirds"):
            return PUNISHMENTS[str(value)].format(**self.bodies)
        return self.known.get(str(value), str(value))
