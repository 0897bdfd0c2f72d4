"""How a scenario becomes arrays."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from factions import shocks
from factions.scenario.changes import (
    DECISIONS,
    AllianceChange,
    SanctionChange,
    StanceChange,
    SurrenderChange,
    meetings_of,
)
from factions.scenario.conditions import CONDITION_KINDS, conditions, mentions
from factions.scenario.happenings import events_left
from factions.vocabulary import LADDER, MECHANISMS, RUNGS
from factions.world.case import Case
from factions.world.events import EVENT_KINDS
from factions.world.fields import fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factions.scenario import Event, Scenario

DAYS_PER_YEAR = 365.25


def build_case(scenario: Scenario) -> Case:
    """Turn a sound scenario into arrays; the record is not read."""
    parts: dict[str, Any] = {**_names(scenario), **_cast(scenario), **_calendar(scenario)}
    parts.update({**_events(scenario), **_conditions(scenario), **_imposed(scenario)})
    mechanism = np.array([scenario.mechanisms.get(name, True) for name in MECHANISMS], np.int64)
    return Case(**parts, mechanism=mechanism)


def _index(entries: Iterable[Any]) -> dict[str, int]:
    return {entry.id: position for position, entry in enumerate(entries)}


def _keys(entries: Iterable[Any]) -> np.ndarray:
    return np.array([shocks.key(entry.id) for entry in entries], np.int64)


def _positions(index: dict[str, int], names: Iterable[str | None]) -> np.ndarray:
    return np.array([-1 if name is None else index[name] for name in names], np.int64)


def _names(scenario: Scenario) -> dict[str, np.ndarray]:
    blocs = _keys(scenario.blocs)
    return {
        "meeting_key": _keys(scenario.meetings),
        "bloc_key": blocs,
        "judge_key": np.repeat(blocs, len(blocs)),
        "judged_key": np.tile(blocs, len(blocs)),
        "leader_key": _keys(scenario.leaders),
        "office_key": _keys(scenario.offices),
    }


def _cast(scenario: Scenario) -> dict[str, Any]:
    leaders, blocs, offices, issues = scenario.leaders, scenario.blocs, scenario.offices, scenario.issues
    leader, bloc, office = _index(leaders), _index(blocs), _index(offices)
    regime = [position for position, issue in enumerate(issues) if issue.regime]
    ideal = [[leader_.ideal_point[issue.id] for issue in issues] for leader_ in leaders]
    return {
        "prestige": np.array([entry.prestige for entry in leaders], float),
        "ideal": np.array(ideal, float).reshape(len(leaders), len(issues)),
        "membership": _positions(bloc, [entry.bloc for entry in leaders]),
        "standing": np.array([LADDER.index(entry.standing) for entry in leaders], np.int64),
        "activity": np.array([int(entry.active) for entry in leaders], np.int64),
        "chief": _positions(leader, [entry.chief for entry in blocs]),
        "condemned": np.array([int(entry.condemned) for entry in blocs], np.int64),
        "trust": _trust(scenario, bloc),
        "alliance": _alliance_masks(scenario, bloc),
        "holder": _positions(leader, [entry.holder for entry in offices]),
        "machine": np.array([entry.machine for entry in offices], float),
        "appointer": _positions(office, [entry.appointed_by for entry in offices]),
        "deputy": _positions(leader, [entry.deputy for entry in offices]),
        "salience": np.array([entry.salience for entry in issues], float),
        "regime": regime[0] if regime else -1,
    }


def _trust(scenario: Scenario, bloc: dict[str, int]) -> np.ndarray:
    trust = np.zeros((len(bloc), len(bloc)))
    for tie in scenario.ties:
        a, b = (bloc[name] for name in tie.blocs)
        trust[a, b] = trust[b, a] = tie.trust
    return trust


def _alliance_masks(scenario: Scenario, bloc: dict[str, int]) -> np.ndarray:
    masks = np.array([1 << position for position in range(len(bloc))], np.int64)
    for alliance in scenario.alliances:
        members = [bloc[name] for name in alliance.blocs]
        masks[members] = sum(1 << member for member in members)
    return masks


def _years(earlier: date, later: date) -> float:
    return (later - earlier).days / DAYS_PER_YEAR


def _calendar(scenario: Scenario) -> dict[str, np.ndarray]:
    meetings = scenario.meetings
    kinds = {kind.id: kind for kind in scenario.meeting_kinds}
    kind = [kinds[meeting.kind] for meeting in meetings]
    dates = [scenario.start, *(meeting.date for meeting in meetings), scenario.end]
    gaps = [_years(earlier, later) for earlier, later in pairwise(dates)]
    return {
        "by_heads": np.array([entry.electorate == "central_committee" for entry in kind], np.int64),
        "selection": np.array([entry.selection for entry in kind], float),
        "competent": np.array([[rung in entry.rungs for rung in RUNGS] for entry in kind], np.int64),
        "majority": np.array([[2 / 3 if rung in entry.two_thirds else 1 / 2 for rung in RUNGS] for entry in kind]),
        "fills_seats": np.array([entry.fills_seats for entry in kind], np.int64),
        "years_before": np.array(gaps[:-1]),
        "years_after": np.array(gaps[1:]),
    }


def due_events(scenario: Scenario) -> list[tuple[Event, int]]:
    """The events that may happen, in the order of the case, each with the meeting (position) before which it is due."""
    days = [meeting.date for meeting in scenario.meetings]
    dated = ((event, bisect_left(days, event.date)) for event in events_left(scenario))
    return [(event, m) for event, m in dated if m < len(days)]  # after the last meeting nothing is decided any more


def _events(scenario: Scenario) -> dict[str, np.ndarray]:
    leader, bloc = _index(scenario.leaders), _index(scenario.blocs)
    office, issue = _index(scenario.offices), _index(scenario.issues)
    columns: dict[str, list[float]] = {name: [] for name in fields(Case) if name.startswith("event_")}
    for event, meeting in due_events(scenario):
        columns["event_kind"].append(EVENT_KINDS.index(event.kind))
        columns["event_meeting"].append(meeting)
        columns["event_leader"].append(leader.get(getattr(event, "leader", None) or "", -1))
        columns["event_bloc"].append(bloc.get(getattr(event, "bloc", None) or "", -1))
        columns["event_office"].append(office.get(getattr(event, "office", None) or "", -1))
        columns["event_issue"].append(issue.get(getattr(event, "issue", None) or "", -1))
        columns["event_relative"].append(int(event.relative))
        columns["event_value"].append(event.value)
    return {name: np.array(column, float if name == "event_value" else np.int64) for name, column in columns.items()}


def _conditions(scenario: Scenario) -> dict[str, np.ndarray]:
    """What the events need; an event that is not left is -1, and has never happened."""
    due = [event for event, _ in due_events(scenario)]
    own = {event.id for event in scenario.events}
    index = {
        "leader": _index(scenario.leaders),
        "bloc": _index(scenario.blocs),
        "office": _index(scenario.offices),
        "event": {event.id: e for e, event in enumerate(due) if event.id in own},
    }
    rows = []
    for e, event in enumerate(due):
        for asked in conditions(event):
            one, *two = [index[what].get(name, -1) for what, name in mentions(asked)]
            rows.append((e, CONDITION_KINDS.index(asked.kind), int(asked.wanted), one, *(two or [-1])))
    names = [name for name in fields(Case) if name.startswith("condition_")]
    return dict(zip(names, np.ascontiguousarray(np.array(rows, np.int64).reshape(-1, len(names)).T), strict=True))


def _imposed(scenario: Scenario) -> dict[str, np.ndarray]:
    """The decisions that the changes impose, meeting by meeting."""
    bloc, leader = _index(scenario.blocs), _index(scenario.leaders)
    meetings, blocs = len(scenario.meetings), len(scenario.blocs)
    own = np.array([1 << position for position in range(blocs)], np.int64)
    found = {
        "together": np.tile(own, (meetings, 1)),
        "apart": np.zeros((meetings, blocs), np.int64),
        "stance_rule": np.zeros((meetings, blocs), np.int64),
        "sanction_rule": np.zeros((meetings, blocs), np.int64),
        "surrender_rule": np.zeros((meetings, len(leader)), np.int64),
    }
    for change in scenario.changes:
        for m in meetings_of(change, scenario) if isinstance(change, DECISIONS) else ():
            if isinstance(change, AllianceChange):
                _pair(found[change.stand][m], [bloc[name] for name in change.blocs], change.stand == "together")
            elif isinstance(change, StanceChange):
                found["stance_rule"][m, bloc[change.bloc]] = 1 if change.to == "open" else -1
            elif isinstance(change, SanctionChange):
                rung = RUNGS.index(change.rung)
                found["sanction_rule"][m, bloc[change.bloc]] = rung if rung > 0 else -1
            elif isinstance(change, SurrenderChange):
                who = change.leaders or [entry.id for entry in scenario.leaders if entry.bloc == change.bloc]
                for name in who:
                    found["surrender_rule"][m, leader[name]] = 1 if change.to == "capitulate" else -1
    return found


def _pair(masks: np.ndarray, blocs: list[int], together: bool) -> None:
    """Add the blocs to each other's masks; those held together share theirs, whatever order the changes come in."""
    union = sum(1 << b for b in blocs)
    if together:
        union = int(np.bitwise_or.reduce(masks[blocs]))
        for b in range(len(masks)):
            if union >> b & 1:
                masks[b] = union
    else:
        masks[blocs] |= union
        for b in blocs:
            masks[b] &= ~(1 << b)
