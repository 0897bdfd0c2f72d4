"""What an event or a change needs to happen: an agent who can act, an event before it, statements about the state.

A statement is written like an outcome, `ruling:centre` or `holds:stalin+secretariat`, or is the id of an event, which
must have happened (`happened:grain_crisis` is the same); with `not` before it, it must not hold.  All that is asked
for must hold together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, Protocol

from factions.scenario.content.outcome_names import MENTIONS, form, parts
from factions.scenario.content.outcome_names import fault as outcome_fault
from factions.scenario.text.problems import suggestion

ABLE, HAPPENED = "able", "happened"
"""Of an agent, who must be able to act: no statement names it. Of an event: its id alone will do."""

STATES = ("ruling", "open", "allied", "politburo", "central_committee", "party", "deported", "capitulated", "holds")
"""The kinds of outcome that a statement may be of: what can be told from the state of a world at any time."""

CONDITION_KINDS = (ABLE, HAPPENED, *STATES)
"""The kinds of condition; the engine knows a kind by its position."""
_NOT = "not "


class Condition(NamedTuple):
    """One condition: its kind, the ids that it mentions, and whether it must hold or must not."""

    kind: str
    who: tuple[str, ...]
    wanted: bool = True

    @property
    def text(self) -> str:
        """As files write it; an event is its id alone."""
        kind = "" if self.kind == HAPPENED else f"{self.kind}:"
        said = f"{kind}{'+'.join(self.who)}"
        return said if self.wanted else denied(said)

    @property
    def change(self) -> str:
        """The kind of change that must be made, or not, if it is that; else "". What files name has no space."""
        kind, made, _ = self.who[0].partition(" ")
        return kind if made else ""


class Conditional(Protocol):
    """What happens only if something holds; events and decisions are such."""

    @property
    def requires(self) -> tuple[str, ...]:
        """Statements that must hold."""


def denied(statement: str) -> str:
    """The statement that must not hold."""
    return f"{_NOT}{statement}"


def condition(statement: str) -> Condition:
    """What a statement asks for."""
    bare = statement.removeprefix(_NOT)
    if ":" not in bare:
        return Condition(HAPPENED, (bare,), bare == statement)
    kind, who, _ = parts(bare)
    return Condition(kind, who, bare == statement)


def conditions(entry: Conditional) -> Iterator[Condition]:
    """All that an entry needs: its agent, the event that it follows, its statements."""
    agent, after = getattr(entry, "agent", None), getattr(entry, "after", None)
    if agent is not None:
        yield Condition(ABLE, (agent,))
    if after is not None:
        yield Condition(HAPPENED, (after,))
    yield from map(condition, entry.requires)


def is_conditional(entry: object) -> bool:
    """Does an event or a change need anything."""
    return any(getattr(entry, field, None) for field in ("agent", "after", "requires"))


def exclude_each_other(one: object, other: object) -> bool:
    """Does one require a statement that the other denies, so that no world has both."""
    asked, against = ({*map(condition, getattr(each, "requires", ()))} for each in (one, other))
    return any(each._replace(wanted=not each.wanted) in against for each in asked)


def mentions(asked: Condition) -> Iterator[tuple[str, str]]:
    """What a condition mentions: leader, bloc, office or event, and its id."""
    what = {ABLE: ("leader",), HAPPENED: ("event",)}.get(asked.kind) or MENTIONS[asked.kind]
    return zip(what, asked.who, strict=True)


def fault(statement: str, known: Mapping[str, Collection[str]]) -> tuple[str, str] | None:
    """What is wrong with a statement, and what would be right; `known`: list of a scenario -> its ids. None: sound."""
    bare = statement.removeprefix(_NOT)
    if ":" not in bare:
        if bare in known["events"]:
            return None
        forms = f"an event's id, or a statement such as {form('ruling')}; statements: {', '.join(STATES)}"
        return "unknown event", suggestion(bare, known["events"]) + f" (write {forms})"
    kind, _, meeting = parts(bare)
    if kind not in (HAPPENED, *STATES):
        return f'unknown kind of statement "{kind}"', suggestion(kind, STATES)
    if meeting is not None:
        return "names a meeting", "leave @MEETING out: it is judged when the event or the meeting is due"
    return outcome_fault(bare, known)
