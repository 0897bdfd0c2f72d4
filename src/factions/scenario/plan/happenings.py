"""Which events are left once the changes are made, on which day, and in what order.

Whether they happen in a world is told there: an event may need an agent, another event, or a state of the world.  A
`cancel`, `move` or `keep_alive` that requires something is looked at in each world, on an occasion of its own; the
events that it decides about need that it has been made there, or that it has not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import count
from typing import NamedTuple

from factions.scenario.content.changes import Cancel, Change, Course, KeepAlive, Move
from factions.scenario.content.conditions import HAPPENED, Conditional, conditions, denied
from factions.scenario.content.events import EVENT_KINDS, BaseEvent, Death, Event, Illness, Recovery, kind_name


class Happening(NamedTuple):
    """An event that may happen, and the entry that says so: itself, or the change that moves it or lets it follow."""

    event: Event
    said_by: Event | Change


class Occasion(NamedTuple):
    """A change that requires something is made in a world or not: on a day, right `before` an event, or first of all.

    `name`: by which events need it; no id of a file has a space.
    """

    name: str
    date: dt.date
    said_by: Cancel | Move | KeepAlive
    before: Event | None = None

    @property
    def requires(self) -> tuple[str, ...]:
        """What must hold for the change to be made."""
        return self.said_by.requires


class Turn(NamedTuple):
    """One way in which an event may be due: so much later than the file has it, in worlds in which `needs` hold."""

    later: dt.timedelta
    needs: tuple[str, ...]
    said_by: Event | Change | None


AS_WRITTEN = Turn(dt.timedelta(0), (), None)


def events_left(course: Course) -> list[Event]:
    """The events that may happen once the changes are made, as `happenings` has them."""
    return [happening.event for happening in happenings(course)]


def happenings(course: Course) -> list[Happening]:
    """What may happen once the changes are made, in order; an event that a change moves on a condition is there twice.

    Where an entry stands in its file does not matter.  Of one day, the scenario's own events come first, then those of
    the changes; both by what they stand on (an event comes after those of its day that it needs), then by kind, and
    those of a bloc before those of a leader.
    """
    return Plan(course).happenings


def marked(course: Course) -> list[str]:
    """The file's events by id, in the order in which it is marked, and recorded, whether they have happened."""
    return [event.id for event in sorted(course.events, key=lambda event: (event.date, event.id))]


class Plan:
    """What may come to be in a course: events, and the occasions on which changes are made or not.

    `own`: the scenario's own events that are not cancelled, moved ones on their new day, and with them what follows.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.events = {event.id: event for event in course.events}
        self.occasions: list[Occasion] = []
        self._numbers = count(1)
        self._turns: dict[str, tuple[Turn, ...]] = {}
        self._moves = sorted((each for each in course.changes if isinstance(each, Move)), key=_content)
        self._cancels = sorted((each for each in course.changes if isinstance(each, Cancel)), key=_content)
        self._keepers = sorted((each for each in course.changes if isinstance(each, KeepAlive)), key=_content)
        self._kept = {id(each): self._made(each, each.since) for each in self._keepers if each.requires}
        self.own = [self._unless_cancelled(turn, event) for event in course.events for turn in self._due(event)]

    def _made(self, change: Cancel | Move | KeepAlive, day: dt.date, before: Event | None = None) -> str:
        """The name of a new occasion."""
        occasion = Occasion(f"{change.kind} {next(self._numbers)}", day, change, before)
        self.occasions.append(occasion)
        return occasion.name

    # when an event is due -----------------------------------------------------------------------------------------

    def _due(self, event: Event) -> Iterator[Turn]:
        certain = (each for each in self._cancels if not each.requires)
        if not any(event.id in (each.events or ()) for each in certain):
            yield from self.turns(event.id)

    def turns(self, name: str | None, seen: frozenset[str] = frozenset()) -> tuple[Turn, ...]:
        """The ways in which an event is due, of which one holds in each world: by its own moves, else as what it
        follows is moved."""
        event = self.events.get(name or "")
        if event is None or event.id in seen:  # events that follow each other in a circle are refused
            return (AS_WRITTEN,)
        if event.id not in self._turns:
            along = self.turns(event.after, seen | {event.id})
            self._turns[event.id] = tuple(self._moved(event, along))
        return self._turns[event.id]

    def _moved(self, event: Event, along: tuple[Turn, ...]) -> Iterator[Turn]:
        """Two moves of an event to different days are refused unless their conditions exclude each other.

        All are looked at on the first of the days on which it may be due, so that they see the same world.
        """
        moves = [each for each in self._moves if each.event == event.id]
        certain = [each for each in moves if not each.requires]
        if certain:
            yield Turn(certain[-1].date - event.date, (), certain[-1])
            return
        first = min([*(event.date + turn.later for turn in along), *(each.date for each in moves)])
        not_made: tuple[str, ...] = ()
        for move in moves:
            made = self._made(move, first, event)
            yield Turn(move.date - event.date, (*not_made, made), move)
            not_made += (denied(made),)
        yield from (turn._replace(needs=(*turn.needs, *not_made)) for turn in along)

    def _unless_cancelled(self, turn: Turn, event: Event) -> Happening:
        """An event as it is due, unless a change that requires something cancels it on that day."""
        due = self._on(turn, event)
        for cancel in self._cancels:
            if cancel.requires and event.id in (cancel.events or ()):
                due = _needing(due, denied(self._made(cancel, due.date, event)))
        said_by = turn.said_by
        return Happening(due, said_by if isinstance(said_by, Move) and said_by.event == event.id else event)

    def _on(self, turn: Turn, event: Event) -> Event:
        day = event.date + turn.later
        there = event if day == event.date else event.model_copy(update={"date": day})
        return _needing(there, *turn.needs)

    @cached_property
    def happenings(self) -> list[Happening]:
        """The events of `in_order`."""
        return [each for each in self.in_order() if isinstance(each, Happening)]

    # what happens -------------------------------------------------------------------------------------------------

    def in_order(self) -> list[Happening | Occasion]:
        """All that may happen, and before it the occasions that decide about it."""
        own = [each for each in map(self._unless_spared, self.own) if each is not None]
        own_and_occasions: list[Happening | Occasion] = [*self.occasions, *own]
        added: list[Happening | Occasion] = [*self._added()]
        ordered = [*sorted(own_and_occasions, key=self._place), *sorted(added, key=self._place)]
        return sorted(ordered, key=_day)

    def _unless_spared(self, happening: Happening) -> Happening | None:
        """Illness and death do not befall who is kept well from that day or an earlier one on."""
        event = happening.event
        if not isinstance(event, Death | Illness):
            return happening
        own = [each for each in self._keepers if each.leader == event.leader and each.since <= event.date]
        if any(not each.requires for each in own):
            return None
        return happening._replace(event=_needing(event, *(denied(self._kept[id(each)]) for each in own)))

    def _added(self) -> Iterator[Happening]:
        """What the changes let happen."""
        for change in self.course.changes:
            if isinstance(change, KeepAlive):
                kept = (self._kept[id(change)],) if change.requires else ()
                yield Happening(_needing(_recovery(change), *kept), change)
            elif isinstance(change, BaseEvent):
                yield from (Happening(self._on(turn, change), change) for turn in self.turns(change.after))

    def stands_on(self) -> dict[str, set[str]]:
        """Events and occasions by name, and those that each needs to have happened, or not to have."""
        found: dict[str, set[str]] = {}
        for event in [*self.events.values(), *(each.event for each in self.own)]:
            found.setdefault(event.id, set()).update(_needed(event))
        return found | {each.name: set(_needed(each)) for each in self.occasions}

    @cached_property
    def _depths(self) -> Mapping[str, int]:
        """Event or occasion -> how many events it stands on, one upon the other; 0 for one that stands by itself."""
        depth: dict[str, int] = {}
        try:
            graph = self.stands_on()
            for name in TopologicalSorter(graph).static_order():
                depth[name] = self._above(graph.get(name, ()), depth)
        except CycleError:  # such files are refused
            return {}
        return depth

    def _above(self, needed: Iterable[str], depth: Mapping[str, int]) -> int:
        """The depth of what needs these, as far as theirs is known: an occasion is no event, and adds nothing."""
        return max((depth.get(name, 0) + (name in self.events) for name in needed), default=0)

    def _place(self, each: Happening | Occasion) -> tuple[object, ...]:
        """By this what is due on one day is ordered; an occasion stands right before its event, or before all."""
        if isinstance(each, Happening):
            return self._above(_needed(each.event), self._depths), *_order(each.event), 1, each.said_by.id or ""
        if each.before is None:
            return self._depths.get(each.name, 0), -1, *_content(each.said_by)
        event = next((own.event for own in self.own if own.event.id == each.before.id), each.before)
        return self._above(_needed(event), self._depths), *_order(event), 0, *_content(each.said_by)


def _content(change: Cancel | Move | KeepAlive) -> tuple[str, ...]:
    """All that tells two such changes apart, so that their order in the file does not matter."""
    day = change.since if isinstance(change, KeepAlive) else getattr(change, "date", "")
    return str(day), change.id or "", *change.requires, str(change)


def _day(each: Happening | Occasion) -> dt.date:
    return each.event.date if isinstance(each, Happening) else each.date


def _needing(event: Event, *names: str) -> Event:
    """The event, if it needs these too."""
    return event.model_copy(update={"requires": (*event.requires, *names)}) if names else event


def _needed(entry: Conditional) -> list[str]:
    """The events and occasions that it depends on whether one has happened."""
    return [asked.who[0] for asked in conditions(entry) if asked.kind == HAPPENED]


def _recovery(change: KeepAlive) -> Recovery:
    return Recovery(id="kept_alive", kind="recovery", leader=change.leader, date=change.since, text=change.text)


_KINDS = {kind_name(kind): number for number, kind in enumerate(EVENT_KINDS)}


def _order(event: Event) -> tuple[int, str, str, str, str, bool, float]:
    """All that an event does: those that are alike in it are the same, in whatever order."""
    leader, bloc, office, issue = (getattr(event, field, None) or "" for field in ("leader", "bloc", "office", "issue"))
    return _KINDS[event.kind], leader, bloc, office, issue, event.relative, event.value
