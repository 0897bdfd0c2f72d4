"""Whether the changes of a counterfactual can apply: their days, their meetings, the people, and each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from types import SimpleNamespace
from typing import Any

from factions.scenario.changes import (
    DECISIONS,
    AllianceChange,
    KeepAlive,
    Move,
    SanctionChange,
    StanceChange,
    SurrenderChange,
    events_left,
    meetings_of,
)
from factions.scenario.merge import Tree, label
from factions.scenario.places import Node
from factions.scenario.problems import Problems
from factions.scenario.validate import Draft

DATES = ("since", "until", "date")


def check_changes(draft: Draft, problems: Problems) -> None:
    """Notes every change of a draft that cannot apply."""
    rows = draft.entries.get("changes", [])
    meetings = sorted((entry for _, _, entry in draft.entries.get("meetings", [])), key=lambda m: m.date)
    content = SimpleNamespace(
        meetings=meetings,
        events=[entry for _, _, entry in draft.entries.get("events", [])],
        changes=[change for _, _, change in rows],
    )
    deaths = _deaths(content)
    for name, node, change in rows:
        key = f"changes.{name}"
        if _in_time(draft, node, key, change, problems):
            _meets(content, node, key, change, problems)
            _alive(content, deaths, node, key, change, problems)
            if isinstance(change, SanctionChange):
                _competent(draft, content, node, key, change, problems)
    _contradictions(content, rows, problems)


def check_no_changes(layer: Tree, problems: Problems) -> None:
    """Notes the changes of a file that extends none: there is nothing yet that they could change."""
    node = layer.get("changes")
    for index, entry in enumerate((node.items if node else None) or []):
        remedy = "put it into a counterfactual: a file that extends this one"
        problems.at(entry, f"changes.{label('changes', entry, index)}", "changes nothing here", remedy)


def _in_time(draft: Draft, node: Node, key: str, change: Any, problems: Problems) -> bool:
    start, end = draft.scalars.get("start"), draft.scalars.get("end")
    sound = True
    for field in DATES:
        day = getattr(change, field, None)
        if day is None or start is None or end is None or start <= day <= end:
            continue
        place, sound = node.child(field) or node, False
        if day < start:
            problems.at(place, f"{key}.{field}", f"is before start ({start})", f"give {start} or a later day")
        else:
            problems.at(place, f"{key}.{field}", f"is after end ({end})", f"give {end} or an earlier day")
    return sound


def _meets(content: Any, node: Node, key: str, change: Any, problems: Problems) -> None:
    """A change must have a meeting that it can affect."""
    if not content.meetings:
        return
    last = content.meetings[-1]
    if isinstance(change, DECISIONS):
        if change.at is None and not meetings_of(change, content):
            remedy = "make it longer, or name the meeting with at"
            problems.at(node.child("since") or node, key, "no meeting lies in this time", remedy)
    else:
        day = getattr(change, "since", None) or getattr(change, "date", None)
        if day is not None and day > last.date:
            problem = f"comes after the last meeting ({last.date}), when nothing is decided any more"
            problems.at(node.child("since") or node.child("date") or node, key, problem, "give an earlier day")


def _deaths(content: Any) -> dict[str, dt.date]:
    """When each leader dies, once the changes are made."""
    days: dict[str, dt.date] = {}
    for event in events_left(content):
        if event.kind == "death":
            days.setdefault(event.leader, event.date)
    return days


def _alive(content: Any, deaths: dict[str, dt.date], node: Node, key: str, change: Any, problems: Problems) -> None:
    """Nobody acts, or is acted upon, after his death; who is to be kept alive must not be dead by then."""
    day = _day(content, change)
    if day is None or isinstance(change, Move):
        return
    for place, leader in _leaders(node, change):
        died = _own_death(content, leader) if isinstance(change, KeepAlive) else deaths.get(leader)
        if died is not None and died < day and not (change.kind == "death" and died == day):
            remedy = f'keep him alive first (kind = "keep_alive", since = {died} or before)'
            if isinstance(change, KeepAlive):
                remedy = f"give {died} or an earlier day"
            problems.at(place, key, f"{leader} is dead since {died}", remedy)


def _own_death(content: Any, leader: str) -> dt.date | None:
    return next((e.date for e in content.events if e.kind == "death" and e.leader == leader), None)


def _day(content: Any, change: Any) -> dt.date | None:
    """The first day on which a change acts."""
    if isinstance(change, DECISIONS):
        acting = meetings_of(change, content)
        return content.meetings[acting[0]].date if acting else None
    return getattr(change, "since", None) or getattr(change, "date", None)


def _leaders(node: Node, change: Any) -> Iterator[tuple[Node, str]]:
    """The leaders that a change names, with their places."""
    if getattr(change, "leader", None):
        yield node.child("leader") or node, change.leader
    for index, leader in enumerate(getattr(change, "leaders", None) or ()):
        yield node.child("leaders", index) or node, leader


def _competent(draft: Draft, content: Any, node: Node, key: str, change: SanctionChange, problems: Problems) -> None:
    kinds = {entry.id: entry for _, _, entry in draft.entries.get("meeting_kinds", [])}
    if change.rung == "none":
        return
    for m in meetings_of(change, content):
        meeting = content.meetings[m]
        kind = kinds.get(meeting.kind)
        if kind is not None and change.rung not in kind.rungs:
            problem = f"{meeting.id} is a {kind.id}, which may not impose this"
            able = ", ".join(kind.rungs) or "nothing"
            remedy = f"it may impose: {able}; choose another meeting, or change the rungs of {kind.id}"
            problems.at(node.child("rung") or node, f"{key}.rung", problem, remedy)
            return


def _contradictions(content: Any, rows: list, problems: Problems) -> None:
    """Two changes may not decide the same thing differently at one meeting."""
    for (name, _, one), (other, node, two) in combinations(rows, 2):
        if type(one) is not type(two) or not isinstance(one, DECISIONS):
            continue
        both = sorted(set(meetings_of(one, content)) & set(meetings_of(two, content)))
        if both and _differ(one, two):
            problem = f"contradicts changes.{name} at {content.meetings[both[0]].id}"
            problems.at(node, f"changes.{other}", problem, "remove one of the two, or let them follow each other")


def _differ(one: Any, two: Any) -> bool:
    if isinstance(one, AllianceChange):
        return one.stand != two.stand and len(set(one.blocs) & set(two.blocs)) > 1
    if isinstance(one, StanceChange):
        return one.bloc == two.bloc and one.to != two.to
    if isinstance(one, SanctionChange):
        return one.bloc == two.bloc and one.rung != two.rung
    if isinstance(one, SurrenderChange):
        same = bool(set(one.leaders or ()) & set(two.leaders or ())) or (one.bloc is not None and one.bloc == two.bloc)
        return same and one.to != two.to
    return False
