"""Which events are left once the changes are made, on which day, and in what order.

Whether they happen in a world is told there: an event may need an agent, another event, or a state of the world.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from factions.scenario.changes import Cancel, Change, Course, KeepAlive, Move
from factions.scenario.conditions import HAPPENED, conditions
from factions.scenario.events import EVENT_KINDS, BaseEvent, Death, Event, Illness, Recovery, kind_name


class Happening(NamedTuple):
    """An event that may happen, and the entry that says so: itself, or the change that moves it or lets it follow."""

    event: Event
    said_by: Event | Change


def events_left(course: Course) -> list[Event]:
    """The events that may happen once the changes are made, as `happenings` has them."""
    return [happening.event for happening in happenings(course)]


def happenings(course: Course) -> list[Happening]:
    """What may happen once the changes are made, in date order; where an entry stands in its file does not matter.

    Of one day, the scenario's own events come first, then those of the changes; both by what they stand on (an event
    comes after those of its day that it needs), then by kind, and those of a bloc before those of a leader.
    """
    well_from: dict[str, dt.date] = {}
    for change in course.changes:
        if isinstance(change, KeepAlive):
            well_from[change.leader] = min(change.since, well_from.get(change.leader, change.since))
    days = Days(course)
    own = [each for each in own_events(course) if not _is_spared(each.event, well_from)]
    added = [Happening(_recovery(change), change) for change in course.changes if isinstance(change, KeepAlive)]
    added += [Happening(days.moved_along(change), change) for change in course.changes if isinstance(change, BaseEvent)]
    depth = _depths(course.events)

    def order(happening: Happening) -> tuple[object, ...]:
        return _above(happening.event, depth), *_order(happening)

    return sorted([*sorted(own, key=order), *sorted(added, key=order)], key=lambda each: each.event.date)


def own_events(course: Course) -> list[Happening]:
    """The scenario's own events that are not cancelled, moved ones on their new day, and with them what follows."""
    cancelled = {name for change in course.changes if isinstance(change, Cancel) for name in change.events or ()}
    days = Days(course)
    return [
        Happening(days.moved(event), days.moves.get(event.id, event))
        for event in course.events
        if event.id not in cancelled
    ]


class Days:
    """The days of a course's own events once they are moved, and with them what follows them."""

    def __init__(self, course: Course) -> None:
        moving = [change for change in course.changes if isinstance(change, Move) and change.event is not None]
        moving.sort(key=lambda move: (move.date, move.id or ""))  # two of one event are refused, whichever comes first
        self.moves = {move.event or "": move for move in moving}
        self.own = {event.id: event for event in course.events}

    def moved(self, event: Event) -> Event:
        """An event of the history on the day on which it is due."""
        return _on(event, event.date + self._shift(event.id))

    def moved_along(self, event: Event) -> Event:
        """An event of the changes, as far from what it follows as it was."""
        return _on(event, event.date + self._shift(event.after))

    def _shift(self, name: str | None) -> dt.timedelta:
        """How far an event of the history is moved: by its own move, else with what it follows."""
        event = self.own.get(name or "")
        for _ in self.own:  # events that follow each other in a circle are refused
            if event is None or event.id in self.moves:
                break
            event = self.own.get(event.after or "")
        move = self.moves.get(event.id) if event is not None else None
        return dt.timedelta(0) if event is None or move is None else move.date - event.date


def _on(event: Event, day: dt.date) -> Event:
    return event if day == event.date else event.model_copy(update={"date": day})


def needed(event: BaseEvent) -> list[str]:
    """The events that it depends on whether one has happened."""
    return [asked.who[0] for asked in conditions(event) if asked.kind == HAPPENED]


def _depths(events: Iterable[Event]) -> dict[str, int]:
    """Event -> how many others it stands on, one upon the other; 0 for one that stands by itself."""
    own = {event.id: event for event in events}
    depth: dict[str, int] = {}
    try:
        for name in TopologicalSorter({name: needed(event) for name, event in own.items()}).static_order():
            depth[name] = _above(own[name], depth) if name in own else 0
    except CycleError:  # such files are refused
        return {}
    return depth


def _above(event: BaseEvent, depth: Mapping[str, int]) -> int:
    """How many events one stands on, if it is known of those below it."""
    return max((1 + depth.get(name, 0) for name in needed(event)), default=0)


def _recovery(change: KeepAlive) -> Recovery:
    return Recovery(id="kept_alive", kind="recovery", leader=change.leader, date=change.since, text=change.text)


def _is_spared(event: Event, well_from: dict[str, dt.date]) -> bool:
    """Is it the illness or death of a leader who is kept well from that day or an earlier one on."""
    if not isinstance(event, Death | Illness):
        return False
    return event.leader in well_from and event.date >= well_from[event.leader]


_KINDS = {kind_name(kind): number for number, kind in enumerate(EVENT_KINDS)}


def _order(happening: Happening) -> tuple[int, str, str, str, str, bool, float, str]:
    """All that an event does, and its id: those that are alike in it are the same, in whatever order."""
    event = happening.event
    leader, bloc, office, issue = (getattr(event, field, None) or "" for field in ("leader", "bloc", "office", "issue"))
    return _KINDS[event.kind], leader, bloc, office, issue, event.relative, event.value, happening.said_by.id or ""
