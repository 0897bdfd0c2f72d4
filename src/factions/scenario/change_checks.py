"""Whether the changes of a counterfactual can apply: their days, their meetings, the people, and each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import cast

from factions.scenario.changes import (
    DECISIONS,
    AllianceChange,
    Change,
    Decision,
    KeepAlive,
    Move,
    SanctionChange,
    StanceChange,
    SurrenderChange,
    events_left,
    meetings_of,
)
from factions.scenario.draft import Draft, Entry
from factions.scenario.events import Death, Event
from factions.scenario.fields import dates, references
from factions.scenario.merge import label
from factions.scenario.places import Node, Tree
from factions.scenario.problems import Problems
from factions.scenario.tables import Meeting, MeetingKind
from factions.scenario.types import Evidence


@dataclass(frozen=True)
class Setting:
    """All that decides whether a change can apply."""

    start: dt.date | None
    end: dt.date | None
    meetings: Sequence[Meeting]
    events: Sequence[Event]
    changes: Sequence[Change]
    kinds: dict[str, MeetingKind]


def check_changes(draft: Draft, problems: Problems) -> None:
    """Notes every change of a draft that cannot apply."""
    if not draft.changed("start", "end", "meetings", "meeting_kinds", "events", "changes"):
        return
    entries = cast("list[Entry[Change]]", draft.sound("changes", Evidence))
    if not entries:
        return
    setting = _setting(draft, entries)
    own_deaths, deaths = _deaths(setting.events), _deaths(events_left(setting))
    for entry in entries:
        if not _in_time(setting, entry, problems):
            continue
        change = entry.model
        acting = meetings_of(change, setting) if isinstance(change, DECISIONS) else []
        _meets(setting, entry, acting, problems)
        _competent(setting, entry, acting, problems)
        day = setting.meetings[acting[0]].date if acting else _given_day(change)
        if not isinstance(change, Move):
            _alive(entry, day, own_deaths if isinstance(change, KeepAlive) else deaths, problems)
    _contradictions(setting, entries, problems)


def check_no_changes(layer: Tree, problems: Problems) -> None:
    """Notes the changes of a file that extends none: there is nothing yet that they could change."""
    node = layer.get("changes")
    for index, entry in enumerate((node.items if node else None) or []):
        remedy = "move it to a counterfactual, a file that extends this one"
        problems.at(
            entry, f"changes.{label('changes', entry, index)}", "cannot stand in a file that extends no other", remedy
        )


def _setting(draft: Draft, entries: list[Entry[Change]]) -> Setting:
    meetings = [entry.model for entry in draft.sound("meetings", Meeting)]
    return Setting(
        draft.day("start"),
        draft.day("end"),
        sorted(meetings, key=lambda meeting: meeting.date),
        cast("list[Event]", [entry.model for entry in draft.sound("events", Evidence)]),
        [entry.model for entry in entries],
        {entry.name: entry.model for entry in draft.sound("meeting_kinds", MeetingKind)},
    )


def _deaths(events: Sequence[Event]) -> dict[str, dt.date]:
    """When each leader dies."""
    days: dict[str, dt.date] = {}
    for event in events:
        if isinstance(event, Death):
            days.setdefault(event.leader, event.date)
    return days


def _in_time(setting: Setting, entry: Entry[Change], problems: Problems) -> bool:
    start, end = setting.start, setting.end
    sound = True
    for field in dates(type(entry.model)):
        day = getattr(entry.model, field)
        if day is None or start is None or end is None or start <= day <= end:
            continue
        place, key, sound = entry.node.child(field) or entry.node, f"changes.{entry.name}.{field}", False
        if day < start:
            problems.at(place, key, f"is before start ({start})", f"give {start} or a later day")
        else:
            problems.at(place, key, f"is after end ({end})", f"give {end} or an earlier day")
    return sound


def _given_day(change: Change) -> dt.date | None:
    """The day that a change gives, if it is no decision."""
    return change.since if isinstance(change, KeepAlive) else getattr(change, "date", None)


def _meets(setting: Setting, entry: Entry[Change], acting: list[int], problems: Problems) -> None:
    """A change must have a meeting that it can affect."""
    if not setting.meetings:
        return
    change, key, last = entry.model, f"changes.{entry.name}", setting.meetings[-1]
    place = entry.node.child("since") or entry.node.child("date") or entry.node
    if isinstance(change, DECISIONS):
        if change.at is None and not acting:
            problems.at(place, key, "no meeting falls in this time", "make it longer, or name the meeting with at")
        return
    day = _given_day(change)
    if day is not None and day > last.date:
        problem = f"comes after the last meeting ({last.date}), so nothing can follow from it"
        problems.at(place, key, problem, "give an earlier day")


def _alive(entry: Entry[Change], day: dt.date | None, deaths: dict[str, dt.date], problems: Problems) -> None:
    """Nobody acts, or is acted upon, after his death; who is to be kept alive must not be dead by then."""
    for place, leader in _leaders(entry):
        died = deaths.get(leader)
        if day is None or died is None or died >= day:
            continue
        remedy = f'keep him alive first (kind = "keep_alive", since = {died} or before)'
        if isinstance(entry.model, KeepAlive):
            remedy = f"give {died} or an earlier day"
        problems.at(place, f"changes.{entry.name}", f"{leader} died on {died}", remedy)


def _leaders(entry: Entry[Change]) -> Iterator[tuple[Node, str]]:
    """The leaders that a change names, with their places."""
    for field, table in references(type(entry.model)).items():
        below = entry.node.child(field) if table == "leaders" else None
        for node in (below.items or [below]) if below is not None else ():
            yield node, str(node.value)


def _competent(setting: Setting, entry: Entry[Change], acting: list[int], problems: Problems) -> None:
    """A meeting imposes only the sanctions of its kind."""
    change = entry.model
    if not isinstance(change, SanctionChange) or change.rung == "none":
        return
    for meeting in (setting.meetings[m] for m in acting):
        kind = setting.kinds.get(meeting.kind)
        if kind is not None and change.rung not in kind.rungs:
            problem = f"{meeting.id} is a {kind.id}, which cannot impose this sanction"
            able = ", ".join(kind.rungs) or "nothing"
            remedy = f"it can impose: {able}; choose another meeting, or change the rungs of {kind.id}"
            problems.at(entry.node.child("rung") or entry.node, f"changes.{entry.name}.rung", problem, remedy)
            return


def _contradictions(setting: Setting, entries: list[Entry[Change]], problems: Problems) -> None:
    """Two changes may not decide the same thing differently at one meeting."""
    decided: dict[tuple[int, object], tuple[str, str]] = {}
    for entry in entries:
        if not isinstance(entry.model, DECISIONS):
            continue
        told = set()
        for m, (subject, decision) in product(meetings_of(entry.model, setting), _decided(entry.model)):
            other, name = decided.setdefault((m, subject), (decision, entry.name))
            if decision != other and name not in told:
                told.add(name)
                problem = f"contradicts changes.{name} at {setting.meetings[m].id}"
                remedy = "remove one of the two, or give them different times"
                problems.at(entry.node, f"changes.{entry.name}", problem, remedy)


def _decided(change: Decision) -> Iterator[tuple[object, str]]:
    """What a change decides, and how."""
    if isinstance(change, AllianceChange):
        for pair in combinations(change.blocs, 2):
            yield frozenset(pair), change.stand
    elif isinstance(change, StanceChange):
        yield ("stance", change.bloc), change.to
    elif isinstance(change, SanctionChange):
        yield ("sanction", change.bloc), change.rung
    elif isinstance(change, SurrenderChange):
        yield from ((("leader", leader), change.to) for leader in change.leaders or ())
        if change.bloc is not None:
            yield ("leaders of", change.bloc), change.to
