"""What a change brings about of itself, so that it is no answer: the appointed man's office, the dead man's seat.

Derived from what the two scenarios say (events, decisions, cast, institutions), whatever kind of entry says it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from factions.counterfactual.lost import deaths
from factions.scenario.content.changes import (
    TIMED,
    AllianceChange,
    Decision,
    HoldChange,
    SanctionChange,
    StanceChange,
    meetings_of,
)
from factions.scenario.content.conditions import HAPPENED, conditions
from factions.scenario.content.events import Appointment, Death, Event, Illness, Membership, Recovery, StandingShift
from factions.scenario.content.outcome_names import parts
from factions.scenario.plan.happenings import happenings

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.scenario.content.tables import Leader

SPARED = "spared"
"""The kind of fact that the rulers spare a bloc."""

_STANDING = ("politburo", "central_committee", "party", "deported")
_OF_A_MAN = (*_STANDING, "capitulated", "influence", "holds")
_OF_A_BLOC = ("ruling", "open", "influence", "allied", "break")
_BY_RUNG = {
    "office": ("holds",),
    "politburo": ("politburo",),
    "central_committee": ("politburo", "central_committee"),
    "party": ("politburo", "central_committee", "party", "expulsions"),
    "exile": (),
    "deportation": ("deported",),
}
"""What a rung of the ladder decides at once, by kind of outcome."""
_BY_MECHANISM = {"surrender": ("capitulated",), "bargaining": ("allied", "break")}
BY_PREDICATE = {
    "allied": ("allied",),
    "apart": ("allied",),
    "ruling": ("ruling",),
    "outside": ("ruling",),
    "open": ("open",),
    "quiet": ("open",),
    "standing": _STANDING,
    "in_bloc": ("member",),
    "not_in_bloc": ("member",),
    "holds": ("holds",),
    "lost": ("holds",),
    "capitulated": ("capitulated",),
    "holds_out": ("capitulated",),
    "readmitted": ("capitulated",),
}
"""The kinds of outcomes that say what a claim says, by its predicate."""


@dataclass(frozen=True)
class Fact:
    """Outcomes of a kind that mention all of `who` are given at the meetings from `first` to `last` (days).

    `imposed`: the file itself says what they are, and nothing is decided there as long as they are the same in all
    worlds.  Else it only brings them about: who is kept alive can have a seat, but need not.
    """

    kind: str
    who: frozenset[str]
    first: dt.date
    last: dt.date
    imposed: bool = False

    def covers(self, kind: str, who: frozenset[str], day: dt.date) -> bool:
        """Does it say so of this outcome at the meeting of that day."""
        return kind == self.kind and self.who <= who and self.first <= day <= self.last


class Given:
    """Which outcomes a scenario gives of itself, seen from its baseline."""

    def __init__(self, base: Scenario, other: Scenario) -> None:
        self.base, self.other = base, other
        self.days = {meeting.id: meeting.date for meeting in (*base.meetings, *other.meetings)}
        self.facts = frozenset(
            [
                *self._happened(),
                *self._decided(),
                *self._cast(),
                *_always(other, _institutions(base, other)),
                *_always(other, _abolished(base, other), imposed=True),
            ]
        )

        self.by_kind: dict[str, list[Fact]] = {}
        for fact in self.facts:
            self.by_kind.setdefault(fact.kind, []).append(fact)

    def at(self, kind: str, who: tuple[str, ...], meeting: str) -> bool:
        """Is the outcome of that kind about `who` (ids) given at a meeting (id)."""
        names, day = frozenset(who), self.days[meeting]
        return any(fact.covers(kind, names, day) for fact in self.by_kind.get(kind, ()))

    def outcome(self, name: str) -> bool:
        """Is an outcome given, as commands and files call it: ruling:BLOC@MEETING."""
        kind, who, meeting = parts(name)
        if kind == "claim":
            return self._claim(who[0])
        if kind in ("break", "expulsions"):
            return any(fact.kind == kind and fact.who <= frozenset(who) for fact in self.facts)
        return self.at(kind, who, meeting or self.other.meetings[-1].id)

    def imposes(self, kind: str, who: tuple[str, ...], meeting: str) -> bool:
        """Does the file itself say what the outcome is at a meeting (id; "" for what is said of the whole course)."""
        names, about = frozenset(who), [fact for fact in self.by_kind.get(kind, ()) if fact.imposed]
        if not meeting:
            return any(fact.who <= names for fact in about)
        return any(fact.covers(kind, names, self.days[meeting]) for fact in about)

    def spared(self, bloc: str, meeting: str) -> bool:
        """Did the file spare a bloc at that meeting (ids) or at the one before: its men keep their places there."""
        return self.imposes(SPARED, (bloc,), meeting)

    @property
    def saved(self) -> frozenset[str]:
        """Ids of those who are alive with the change alone."""
        return frozenset(deaths(self.base).keys() - deaths(self.other).keys())

    def _claim(self, name: str) -> bool:
        """Does a claim say what is given, at one of its meetings and of one of those it names."""
        claim = next((entry for entry in self.base.record if entry.id == name), None)
        kinds = BY_PREDICATE.get(claim.predicate, ()) if claim is not None else ()
        if claim is None or not kinds:
            return False
        ends = [self.days[meeting] for meeting in (claim.between or (claim.at, claim.at)) if meeting is not None]
        named = {*getattr(claim, "blocs", ()), *getattr(claim, "leaders", ())}
        named |= {getattr(claim, field) for field in ("office", "bloc") if getattr(claim, field, None)}
        return any(
            fact.kind in kinds and fact.who <= named and fact.first <= ends[-1] and ends[0] <= fact.last
            for fact in self.facts
        )

    def _happened(self) -> Iterator[Fact]:
        """By events that only one of the two has; they last."""
        here, there = ({_sign(each.event): each.event for each in happenings(side)} for side in (self.base, self.other))
        only = [event for sign, event in (*here.items(), *there.items()) if (sign in here) != (sign in there)]
        gone = [event for sign, event in there.items() if sign not in here and isinstance(event, Death | Illness)]
        yield from _happen(only, list(here.values()), {event.leader: event.date for event in gone})
        touched: dict[str, dt.date] = {}
        for event in only:
            for kind, who in _of_event(event):
                yield Fact(kind, who, event.date, dt.date.max)
            if _sign(event) in there:
                yield from self._imposed(event)
            if isinstance(event, Death | Illness | Recovery):
                touched[event.leader] = min(event.date, touched.get(event.leader, event.date))
        for bloc in self.other.blocs:  # a bloc of those who die or live on
            members = {leader.id for leader in self.other.leaders if leader.bloc == bloc.id}
            if members and members <= touched.keys():
                first, dead = min(touched[name] for name in members), members <= deaths(self.other).keys()
                yield from (Fact(kind, frozenset({bloc.id}), first, dt.date.max, dead) for kind in _OF_A_BLOC)

    def _imposed(self, event: Event) -> Iterator[Fact]:
        """What an event of the change dictates: where the dead, the raised and the fallen stand, and who holds what."""
        if isinstance(event, Death | StandingShift | Appointment):
            of_it = ((kind, who) for kind, who in _of_event(event) if isinstance(event, Death) or kind != "influence")
            yield from (Fact(kind, who, event.date, dt.date.max, imposed=True) for kind, who in of_it)

    def _decided(self) -> Iterator[Fact]:
        """By decisions that are imposed."""
        for change in self.other.changes:
            if not isinstance(change, TIMED) or change in self.base.changes:
                continue
            days = [self.other.meetings[m].date for m in meetings_of(change, self.other)]
            if days:
                yield from _of_decision(change, self.other, days[0], days[-1])
                yield from _dictated(change, self.other, days[0], days[-1])

    def _cast(self) -> Iterator[Fact]:
        """By what the file says of the first day."""
        known = {leader.id: leader for leader in self.base.leaders}
        start = self.other.start
        for leader in self.other.leaders:
            one = known.get(leader.id)
            for kind in _of_leader(one, leader):
                yield Fact(kind, frozenset({leader.id}), start, dt.date.max)
                if kind in _STANDING and one is not None and one.standing != leader.standing:
                    yield Fact(kind, frozenset({leader.id}), start, dt.date.max, imposed=True)
        held = {office.id: office.holder for office in self.base.offices}
        for office in self.other.offices:
            if office.holder != held.get(office.id):
                yield Fact("holds", frozenset({office.id}), start, dt.date.max)
                yield Fact("holds", frozenset({office.id}), start, dt.date.max, imposed=True)


def _happen(only: Sequence[Event], base: Sequence[Event], gone: Mapping[str, dt.date]) -> Iterator[Fact]:
    """Whether events have happened: one that is left out in some worlds, what stands on it, and what the dead or ill
    would have done, to the end; one that is moved, until both its days are over.  `only`: as one side alone has them;
    `base`: in order of their days; `gone`: who dies or falls ill by the change alone, and when."""
    days: dict[str, list[dt.date]] = {}
    lost: dict[str, dt.date] = {}
    for event in only:
        days.setdefault(event.id, []).append(event.date)
    for event in only:
        left_out = any(asked.change in ("cancel", "keep_alive") for asked in conditions(event))
        if left_out or len(days[event.id]) == 1:
            lost[event.id] = min(days[event.id])
    for event in base:
        stands = event.agent in gone and gone[event.agent or ""] <= event.date
        stands |= any(asked.kind == HAPPENED and asked.wanted and asked.who[0] in lost for asked in conditions(event))
        if stands:
            lost.setdefault(event.id, event.date)
    for name in {*days, *lost}:
        first = lost.get(name) or min(days[name])
        yield Fact("happened", frozenset({name}), first, dt.date.max if name in lost else max(days[name]), imposed=True)


def _sign(event: Event) -> tuple[object, ...]:
    """What an event does, whoever says it."""
    fields = ("kind", "date", "leader", "bloc", "office", "issue", "value", "relative", "requires")
    return tuple(getattr(event, field, None) for field in fields)


def _of_event(event: Event) -> Iterator[tuple[str, frozenset[str]]]:
    if isinstance(event, Death | Illness | Recovery):
        yield from ((kind, frozenset({event.leader})) for kind in _OF_A_MAN)
    elif isinstance(event, StandingShift):
        yield from ((kind, frozenset({event.leader})) for kind in (*_STANDING, "influence"))
    elif isinstance(event, Appointment):
        yield "holds", frozenset({event.office})
        yield "influence", frozenset({event.leader})
    elif isinstance(event, Membership):
        yield "member", frozenset({event.leader})
        yield "influence", frozenset({event.bloc})


def _of_decision(change: Decision | HoldChange, scenario: Scenario, first: dt.date, last: dt.date) -> Iterator[Fact]:
    if isinstance(change, HoldChange):
        yield Fact("holds", frozenset({change.office}), first, last)
        yield Fact("influence", frozenset({change.leader}), first, last)
        return
    if isinstance(change, AllianceChange):
        yield from (Fact("bargains", frozenset({bloc}), first, last) for bloc in change.blocs)
        for kind in ("allied", "break"):
            yield from (Fact(kind, frozenset(pair), first, last) for pair in combinations(change.blocs, 2))
            if change.stand == "together":  # they leave the alliances that they were in
                yield from (Fact(kind, frozenset({bloc}), first, last) for bloc in change.blocs)
    elif isinstance(change, StanceChange):
        yield from (Fact(kind, frozenset({change.bloc}), first, last) for kind in ("open", "stance"))
    elif isinstance(change, SanctionChange):
        spared = change.rung == "none"
        yield Fact("rung", frozenset({change.bloc}), first, last)
        kinds = _STANDING if spared else _BY_RUNG[change.rung]
        for leader in (leader.id for leader in scenario.leaders if leader.bloc == change.bloc):
            yield from (Fact(kind, frozenset({leader}), first, last if spared else dt.date.max) for kind in kinds)
    else:
        names = change.leaders or [leader.id for leader in scenario.leaders if leader.bloc == change.bloc]
        for name in names:  # who surrenders leaves his bloc
            yield from (Fact(kind, frozenset({name}), first, dt.date.max) for kind in ("capitulated", "member"))


def _dictated(change: Decision | HoldChange, scenario: Scenario, first: dt.date, last: dt.date) -> Iterator[Fact]:
    """What a decision that is imposed says of outcomes: while it holds, or for ever after a punishment or surrender.

    Who is spared falls no step at that meeting; and at the next he can fall one step alone.
    """
    named: list[tuple[str, frozenset[str]]] = []
    until = last
    if isinstance(change, HoldChange):
        named = [("holds", frozenset({change.office}))]
    elif isinstance(change, AllianceChange):
        pairs = [frozenset(pair) for pair in combinations(change.blocs, 2)]
        named = [("allied", pair) for pair in pairs]
        named += [("break", pair) for pair in pairs if change.stand == "apart"]
    elif isinstance(change, StanceChange):
        named = [("open", frozenset({change.bloc}))]
    elif isinstance(change, SanctionChange):
        fallen = _STANDING if change.rung == "none" else _BY_RUNG[change.rung]
        men = [leader.id for leader in scenario.leaders if leader.bloc == change.bloc]
        named = [(kind, frozenset({name})) for name in men for kind in fallen]
        after = (meeting.date for meeting in scenario.meetings if meeting.date > last)
        until = next(after, last) if change.rung == "none" else dt.date.max
        named += [(SPARED, frozenset({change.bloc}))] if change.rung == "none" else []
    else:
        men = [*(change.leaders or ())] or [leader.id for leader in scenario.leaders if leader.bloc == change.bloc]
        named = [("capitulated", frozenset({name})) for name in men]
        until = dt.date.max if change.to == "capitulate" else last
    yield from (Fact(kind, who, first, until, imposed=True) for kind, who in named)


def _of_leader(one: Leader | None, two: Leader) -> tuple[str, ...]:
    """What differs at once if the cast has a leader otherwise."""
    if one is None or one.active != two.active:
        return _OF_A_MAN
    standing = _STANDING if one.standing != two.standing else ()
    weight = ("influence",) if (one.standing, one.prestige) != (two.standing, two.prestige) else ()
    return (*standing, *weight, *(("member",) if one.bloc != two.bloc else ()))


def _institutions(base: Scenario, other: Scenario) -> Iterator[str]:
    """Kinds of outcomes that depend on what meetings may impose, or on what is switched off."""
    for rung in _rungs(base) ^ _rungs(other):
        yield from ("rung", *_BY_RUNG[rung])
        if rung == "party":  # it is the expelled who surrender
            yield "capitulated"
    for mechanism, kinds in _BY_MECHANISM.items():
        if base.mechanisms.get(mechanism, True) != other.mechanisms.get(mechanism, True):
            yield from kinds


def _abolished(base: Scenario, other: Scenario) -> Iterator[str]:
    """Kinds of outcomes that cannot change any more: no meeting may impose what would change them."""
    gone, left = _rungs(base) - _rungs(other), _rungs(other)
    yield from {kind for rung in gone for kind in _BY_RUNG[rung]} - {kind for rung in left for kind in _BY_RUNG[rung]}
    if "party" in gone:
        yield "capitulated"
    for mechanism, kinds in _BY_MECHANISM.items():
        if base.mechanisms.get(mechanism, True) and not other.mechanisms.get(mechanism, True):
            yield from kinds


def _rungs(scenario: Scenario) -> set[str]:
    """What some meeting may impose."""
    held = {meeting.kind for meeting in scenario.meetings}
    if not scenario.mechanisms.get("sanctions", True):
        return set()
    return {rung for kind in scenario.meeting_kinds if kind.id in held for rung in (*kind.rungs, *kind.purges)}


def _always(scenario: Scenario, kinds: Iterator[str], imposed: bool = False) -> Iterator[Fact]:
    return (Fact(kind, frozenset(), scenario.start, dt.date.max, imposed) for kind in kinds)
