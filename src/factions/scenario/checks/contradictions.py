"""Whether the changes of a counterfactual agree with each other, whatever order they stand in.

Two that decide the same thing differently are noted at the one that stands later in the files; what contradicts a third
thing (blocs kept apart that others hold together, a death of who is kept alive) at the one that is named here.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from factions.scenario.content.changes import (
    AllianceChange,
    Cancel,
    Decision,
    HoldChange,
    KeepAlive,
    Move,
    SanctionChange,
    StanceChange,
    SurrenderChange,
)
from factions.scenario.content.conditions import exclude_each_other
from factions.scenario.content.events import (
    Appointment,
    BaseEvent,
    CommitteeSeats,
    Death,
    Illness,
    Membership,
    PolicyShift,
    Recovery,
    Seats,
    StandingShift,
)
from factions.scenario.plan.setting import Act, Camp, Setting
from factions.scenario.text.problems import Problems
from factions.wording import listed

MOST_NAMED = 3
"""Changes that an error names; there may be more."""


class Ruling(NamedTuple):
    """One thing that an act decides, and how: of two acts with the same subject the words must be the same.

    `when`: a meeting or a day, "" for both at once; `key`: the field of the act that decides.
    """

    when: str
    subject: Hashable
    word: Hashable
    key: str


def check_contradictions(setting: Setting, problems: Problems) -> None:
    """Notes the changes that cannot all be made."""
    meetings = [meeting.id for meeting in setting.meetings]
    imposed = [
        (act, [rule._replace(when=f"at {meetings[m]}") for m in acting for rule in _imposed(decision, setting)])
        for act, decision, acting in (*setting.decisions, *setting.holds)
    ]
    dated = [(act, list(_dated(act))) for act in setting.acts]
    _disagreements([*imposed, *dated], problems)
    own = sorted(setting.own_acts, key=lambda act: act.is_change)  # what is moved is to blame
    _disagreements([(act, list(_dated(act))) for act in own], problems)
    _torn(setting, problems)
    _divided(setting, problems)
    _ousted(setting, problems)
    _spared(setting, problems)


def _disagreements(rulings: list[tuple[Act, list[Ruling]]], problems: Problems) -> None:
    """Notes every act that decides something otherwise than one before it."""
    before: dict[tuple[str, Hashable], dict[Hashable, list[Act]]] = {}
    for act, rules in rulings:
        others: dict[str, tuple[Act, Ruling]] = {}
        for rule in rules:
            words = before.setdefault((rule.when, rule.subject), {})
            for other in _others(words, rule.word, act):
                others.setdefault(other.label, (other, rule))
                if len(others) > MOST_NAMED:
                    break
            words.setdefault(rule.word, []).append(act)
        if others:
            _note(act, list(others.values()), problems)


def _others(words: Mapping[Hashable, list[Act]], word: Hashable, act: Act) -> Iterator[Act]:
    """Acts that say something else and may hold in the same world as this one."""
    for said, acts in words.items():
        if said != word:
            yield from (other for other in acts if not exclude_each_other(act.model, other.model))


def _note(act: Act, others: list[tuple[Act, Ruling]], problems: Problems) -> None:
    named = [f"{other.label} {rule.when}".rstrip() for other, rule in others[:MOST_NAMED]]
    if len(others) > MOST_NAMED:
        named.append("others")
    places = [f"{other.label} is {_place(other, act)}" for other, _ in others[:MOST_NAMED]]
    times = f", or give them different {'days' if act.day else 'times'}" if others[0][1].when else ""
    remedy = f"remove all but one{times} ({listed(places)})"
    act.fault(others[0][1].key, f"contradicts {listed(named)}", remedy, problems)


def _place(other: Act, act: Act) -> str:
    """Where another act stands, as seen from the file of this one."""
    place, file = other.entry.node.place, act.entry.node.place.file
    return f"in line {place.line}" if place.file == file else f"at {place.file}:{place.line}"


def _imposed(decision: Decision | HoldChange, setting: Setting) -> Iterator[Ruling]:
    """What a decision decides at each of its meetings; alliances are looked at together."""
    if isinstance(decision, StanceChange):
        yield Ruling("", ("stance", decision.bloc), decision.to, "to")
    elif isinstance(decision, SanctionChange):
        yield Ruling("", ("sanction", decision.bloc), decision.rung, "rung")
    elif isinstance(decision, SurrenderChange):
        own = [name for name, leader in setting.leaders.items() if leader.bloc == decision.bloc]
        for leader in decision.leaders or own:
            yield Ruling("", ("surrender", leader), decision.to, "to")
    elif isinstance(decision, HoldChange):
        yield Ruling("", ("holder", decision.office), decision.leader, "leader")


def _dated(act: Act) -> Iterator[Ruling]:
    """What a change decides of a day, or of an event."""
    change = act.model
    if isinstance(change, Cancel):
        if not change.requires:  # else the event happens where that does not hold, on whatever day
            yield from (Ruling("", ("event", event), "cancelled", "events") for event in change.events or ())
        yield from (Ruling("", ("meeting", name), "cancelled", "meetings") for name in change.meetings or ())
    elif isinstance(change, Move):
        what = ("event", change.event) if change.event is not None else ("meeting", change.meeting)
        yield Ruling("", what, change.date, "date")
    elif isinstance(change, BaseEvent):
        yield from _on_its_day(change)


def _on_its_day(event: BaseEvent) -> Iterator[Ruling]:
    """What an event decides alone on its day. Those that add something, and deaths, agree with each other."""
    when = f"on {event.date}"
    if isinstance(event, Appointment):
        yield Ruling(when, ("holder", event.office), event.leader, "leader")
    elif isinstance(event, StandingShift):
        yield Ruling(when, ("standing", event.leader), event.to, "to")
    elif isinstance(event, Membership):
        yield Ruling(when, ("bloc", event.leader), event.bloc, "bloc")
    elif isinstance(event, Seats | CommitteeSeats):
        yield Ruling(when, event.kind, event.number, "number")
    elif isinstance(event, Illness | Recovery):
        yield Ruling(when, ("well", event.leader), event.kind, "kind")
    elif isinstance(event, PolicyShift):
        whose = (event.leader, event.bloc, event.issue)
        yield Ruling(when, whose, "by" if event.relative else event.to, "by" if event.relative else "to")


def _torn(setting: Setting, problems: Problems) -> None:
    """Notes blocs that are kept apart and held together, be it through third ones, at one meeting."""
    every = setting.camps(setting.decisions)
    for act, decision, acting in setting.decisions:
        if not isinstance(decision, AllianceChange) or decision.stand != "apart":
            continue
        camps = every
        if decision.requires:
            camps = setting.camps(row for row in setting.decisions if not exclude_each_other(decision, row[1]))
        for m in acting:
            camp = _tearing(camps[m], decision.blocs)
            if camp is not None:
                torn = [bloc for bloc in decision.blocs if bloc in camp.blocs][:2]
                named = sorted(each.label for each in camp.acts)[:MOST_NAMED]
                problem = f"contradicts {listed(named)}: {listed(torn)} are held together at {setting.meetings[m].id}"
                places = listed(f"{each.label} is {_place(each, act)}" for each in camp.acts if each.label in named)
                remedy = f"remove one of these changes, or give them different times ({places})"
                act.fault("blocs", problem, remedy, problems)
                break


def _divided(setting: Setting, problems: Problems) -> None:
    """Notes changes that hold blocs together which the file keeps apart for good, be it through third ones."""
    meetings = setting.camps(setting.decisions)
    for entry in setting.apart:
        for meeting, camps in zip(setting.meetings, meetings, strict=True):
            camp = _tearing(camps, entry.model.blocs)
            if camp is not None:
                problem = f"holds together at {meeting.id} whom {entry.label} keeps apart"
                remedy = f'take that back with remove = ["{entry.label}"], or remove this change'
                camp.acts[-1].fault("blocs", problem, remedy, problems)
                break


def _tearing(camps: Mapping[str, Camp], blocs: Sequence[str]) -> Camp | None:
    """The camp in which two of these blocs stand, if there is one."""
    pairs = combinations(blocs, 2)
    return next((camps[one] for one, two in pairs if one in camps and two in camps[one].blocs), None)


def _ousted(setting: Setting, problems: Problems) -> None:
    """Notes the appointment of somebody to an office that another holds by a change at the next meeting."""
    days = [meeting.date for meeting in setting.meetings]
    for act in (*setting.own_acts, *setting.acts):
        event = act.model
        if not isinstance(event, Appointment):
            continue
        m = bisect_left(days, event.date)
        for holding, hold, acting in setting.holds:
            same = hold.office == event.office and hold.leader != event.leader
            if same and m in acting and not exclude_each_other(hold, event):
                problem = f"contradicts {holding.label}, by which {hold.leader} holds {hold.office} at this time"
                remedy = f"remove one of the two, or give another day ({holding.label} is {_place(holding, act)})"
                act.fault("leader", problem, remedy, problems)


def _spared(setting: Setting, problems: Problems) -> None:
    """Notes the illness or death, by a change, of a leader who is kept well from that day or an earlier one on."""
    kept: dict[str, tuple[dt.date, Act]] = {}
    for act in sorted(setting.acts, key=lambda act: act.label):
        if isinstance(act.model, KeepAlive):
            since = act.model.since
            if act.model.leader not in kept or since < kept[act.model.leader][0]:
                kept[act.model.leader] = since, act
    for act in (*setting.own_acts, *setting.acts):
        if not act.is_change or not isinstance(act.model, Death | Illness) or act.model.leader not in kept:
            continue
        since, keeper = kept[act.model.leader]
        if act.model.date >= since:
            problem = f"contradicts {keeper.label}, which keeps {act.model.leader} well from {since} on"
            remedy = f'remove one of the two, or write kind = "recovery" instead of keep_alive ({keeper.label} is '
            act.fault("date", problem, f"{remedy}{_place(keeper, act)})", problems)
