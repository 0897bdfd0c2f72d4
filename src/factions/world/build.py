"""How a scenario becomes arrays."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from factions import shocks
from factions.scenario.content.changes import (
    TIMED,
    AllianceChange,
    Decision,
    HoldChange,
    SanctionChange,
    StanceChange,
    SurrenderChange,
    meetings_of,
)
from factions.scenario.content.conditions import CONDITION_KINDS, conditions, is_conditional, mentions
from factions.scenario.content.events import EVENT_KINDS as CLASSES
from factions.scenario.content.events import Creation
from factions.scenario.plan.happenings import Occasion, Plan, marked
from factions.vocabulary import LADDER, MECHANISMS, NOT_CREATED, RUNGS
from factions.world.case import Case
from factions.world.events import DUE_KINDS, OCCASION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from factions.scenario import Event, Scenario
    from factions.scenario.content.tables import Meeting, MeetingKind

DAYS_PER_YEAR = 365.25

WIDTHS = ("politburo", "central_committee", "delegates")
"""Electorates, the narrowest first; the place of those who vote by head is the worst standing that has a vote."""


def build_case(scenario: Scenario) -> Case:
    """Turn a sound scenario into arrays; the record is not read."""
    parts: dict[str, Any] = {**_names(scenario), **_cast(scenario), **_calendar(scenario)}
    parts.update({**_events(scenario), **_imposed(scenario)})
    mechanism = np.array([scenario.mechanisms.get(name, True) for name in MECHANISMS], np.int64)
    return Case(**parts, camps=scenario.camps or 0, mechanism=mechanism)


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
    created = {entry.office for entry in (*scenario.events, *scenario.changes) if isinstance(entry, Creation)}
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
        "tied_one": _positions(leader, [tie.leaders[0] for tie in scenario.personal_ties]),
        "tied_other": _positions(leader, [tie.leaders[1] for tie in scenario.personal_ties]),
        "tied_trust": np.array([tie.trust for tie in scenario.personal_ties], float),
        "alliance": _alliance_masks(scenario, bloc),
        "holder": _positions(leader, [entry.holder for entry in offices]),
        "barred": np.array([NOT_CREATED if entry.id in created else -1 for entry in offices], np.int64),
        "machine": np.array([entry.machine for entry in offices], float),
        "sends": np.array([entry.delegates for entry in offices], float),
        "appointer": _positions(office, [entry.appointed_by for entry in offices]),
        "deputies": _deputies(scenario, leader),
        "salience": np.array([entry.salience for entry in issues], float),
        "regime": regime[0] if regime else -1,
    }


def _deputies(scenario: Scenario, leader: dict[str, int]) -> np.ndarray:
    """Rank of every leader among the deputies of every office, from 1; 0 for who is none."""
    ranks = np.zeros((len(scenario.offices), len(leader)), np.int64)
    for ranked, office in zip(ranks, scenario.offices, strict=True):
        ranked[[leader[name] for name in office.deputies]] = range(1, len(office.deputies) + 1)
    return ranks


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


def _overlap(earlier: Meeting, later: Meeting) -> bool:
    return earlier.until is not None and later.date <= earlier.until


def _calendar(scenario: Scenario) -> dict[str, np.ndarray]:
    meetings = scenario.meetings
    kinds = {kind.id: kind for kind in scenario.meeting_kinds}
    kind = [kinds[meeting.kind] for meeting in meetings]
    dates = [scenario.start, *(meeting.date for meeting in meetings), scenario.end]
    gaps = [_years(earlier, later) for earlier, later in pairwise(dates)]
    by_heads = [entry.electorate != "delegates" for entry in kind]
    return {
        "by_heads": np.array(by_heads, np.int64),
        "franchise": np.array([WIDTHS.index(entry.electorate) for entry in kind], np.int64),
        "by_votes": np.array([entry.ruled_by == "votes" for entry in kind], np.int64) * by_heads,
        "review": _review(kind),
        "overrules": np.array([entry.overrules for entry in kind], np.int64),
        "selection": np.array([entry.selection for entry in kind], float),
        "competent": np.array([[rung in entry.rungs for rung in RUNGS] for entry in kind], np.int64),
        "majority": np.array([[2 / 3 if rung in entry.two_thirds else 1 / 2 for rung in RUNGS] for entry in kind]),
        "fills_seats": np.array([entry.fills_seats for entry in kind], np.int64),
        "fills_committee": np.array([entry.fills_committee for entry in kind], np.int64),
        "reshuffles": np.array([entry.reshuffles for entry in kind], np.int64),
        "purges": np.array([[rung in entry.purges for rung in RUNGS] for entry in kind], np.int64),
        "purging": np.array([bool(entry.purges) for entry in kind], np.int64),
        "same_session": np.array([0, *(_overlap(*pair) for pair in pairwise(meetings))], np.int64),
        "years_before": np.array(gaps[:-1]),
        "years_after": np.array(gaps[1:]),
    }


def _review(kind: list[MeetingKind]) -> np.ndarray:
    """For every meeting the next one of a wider electorate that overrules; -1 for none."""
    found = np.full(len(kind), -1, np.int64)
    for m, entry in enumerate(kind):
        width = WIDTHS.index(entry.electorate)
        later = (n for n in range(m + 1, len(kind)) if kind[n].overrules and WIDTHS.index(kind[n].electorate) > width)
        found[m] = next(later, -1)
    return found


class Due(NamedTuple):
    """What may happen before or at a meeting (position), if all that its entry needs holds: one row of the case."""

    entry: Event | Occasion | Decision | HoldChange
    meeting: int
    kind: str
    leader: str = ""
    bloc: str = ""
    office: str = ""
    issue: str = ""
    relative: bool = False
    value: float = 0.0


def due(scenario: Scenario) -> list[Due]:
    """The events that may happen, by date, with the occasions on which changes are made or not, and after them the
    decisions that need something, by meeting."""
    days = [meeting.date for meeting in scenario.meetings]
    rows = []
    for each in Plan(scenario).in_order():
        entry = each if isinstance(each, Occasion) else each.event
        m = bisect_left(days, entry.date)
        if m < len(days):  # after the last meeting nothing is decided any more
            rows.append(Due(entry, m, OCCASION) if isinstance(entry, Occasion) else _row(entry, m))
    changes = (change for change in scenario.changes if isinstance(change, TIMED) and is_conditional(change))
    decided = [row for change in changes for m in meetings_of(change, scenario) for row in _rules(change, m, scenario)]
    return rows + sorted(decided, key=lambda row: row[1:])


def _row(event: Event, m: int) -> Due:
    """An event that is due before meeting m."""
    named = {field: getattr(event, field, None) or "" for field in ("leader", "bloc", "office", "issue")}
    return Due(event, m, event.kind, relative=event.relative, value=event.value, **named)


def _rules(change: Decision | HoldChange, m: int, scenario: Scenario) -> Iterator[Due]:
    """What a decision imposes at a meeting, one row for each bloc, pair of blocs, leader or office."""
    if isinstance(change, AllianceChange):
        bloc = _index(scenario.blocs)
        for one, other in combinations(sorted(change.blocs), 2):
            yield Due(change, m, change.stand, bloc=one, value=float(bloc[other]))
    elif isinstance(change, StanceChange):
        yield Due(change, m, "stance", bloc=change.bloc, value=1.0 if change.to == "open" else -1.0)
    elif isinstance(change, SanctionChange):
        yield Due(change, m, "sanction", bloc=change.bloc, value=float(RUNGS.index(change.rung) or -1))
    elif isinstance(change, SurrenderChange):
        for name in change.leaders or [entry.id for entry in scenario.leaders if entry.bloc == change.bloc]:
            yield Due(change, m, "surrender", leader=name, value=1.0 if change.to == "capitulate" else -1.0)
    else:
        yield Due(change, m, "hold", leader=change.leader, office=change.office)


def _events(scenario: Scenario) -> dict[str, Any]:
    """What may be due, and what each needs; an occasion that is never due is -1 there, and has never come."""
    rows = due(scenario)
    events = {name: mark for mark, name in enumerate(marked(scenario))}
    marks = _marks(events, rows)
    occasions = {row.entry.name: mark for row, mark in zip(rows, marks, strict=True) if isinstance(row.entry, Occasion)}
    index = {
        "leader": _index(scenario.leaders),
        "bloc": _index(scenario.blocs),
        "office": _index(scenario.offices),
        "event": events | occasions,
    }
    issue = _index(scenario.issues)
    asked = [(e, condition) for e, row in enumerate(rows) for condition in conditions(row.entry)]
    who = [[index[what].get(name, -1) for what, name in mentions(condition)] for _, condition in asked]
    whole = {
        "event_kind": [DUE_KINDS.index(row.kind) for row in rows],
        "event_mark": marks,
        "event_meeting": [row.meeting for row in rows],
        "event_leader": [index["leader"].get(row.leader, -1) for row in rows],
        "event_bloc": [index["bloc"].get(row.bloc, -1) for row in rows],
        "event_office": [index["office"].get(row.office, -1) for row in rows],
        "event_issue": [issue.get(row.issue, -1) for row in rows],
        "event_relative": [int(row.relative) for row in rows],
        "condition_event": [e for e, _ in asked],
        "condition_kind": [CONDITION_KINDS.index(condition.kind) for _, condition in asked],
        "condition_wanted": [int(condition.wanted) for _, condition in asked],
        "condition_one": [positions[0] for positions in who],
        "condition_two": [(*positions, -1)[1] for positions in who],
    }
    found = {name: np.array(column, np.int64) for name, column in whole.items()}
    values = np.array([row.value for row in rows], float)
    return {**found, "event_value": values, "marks": max([*marks, len(events) - 1]) + 1}


def _marks(own: dict[str, int], rows: list[Due]) -> list[int]:
    """Where it is marked that each row has happened: of the file's events at their own places, on whatever day."""
    marks = [own.get(getattr(row.entry, "id", ""), -1) if type(row.entry) in CLASSES else -1 for row in rows]
    others = sorted((e for e, mark in enumerate(marks) if mark < 0), key=lambda e: (rows[e].kind != OCCASION, e))
    for mark, e in enumerate(others, len(own)):
        marks[e] = mark
    return marks


def _imposed(scenario: Scenario) -> dict[str, np.ndarray]:
    """The decisions that the changes impose in every world, meeting by meeting."""
    bloc, leader, office = _index(scenario.blocs), _index(scenario.leaders), _index(scenario.offices)
    meetings, blocs = len(scenario.meetings), len(scenario.blocs)
    own = np.array([1 << position for position in range(blocs)], np.int64)
    found = {
        "together": np.tile(own, (meetings, 1)),
        "apart": np.tile(kept_apart(scenario), (meetings, 1)),
        "stance_rule": np.zeros((meetings, blocs), np.int64),
        "sanction_rule": np.zeros((meetings, blocs), np.int64),
        "surrender_rule": np.zeros((meetings, len(leader)), np.int64),
        "held": np.full((meetings, len(office)), -1, np.int64),
    }
    for change in (each for each in scenario.changes if isinstance(each, TIMED) and not is_conditional(each)):
        for m in meetings_of(change, scenario):
            if isinstance(change, AllianceChange):
                _pair(found[change.stand][m], [bloc[name] for name in change.blocs], change.stand == "together")
            for row in () if isinstance(change, AllianceChange) else _rules(change, m, scenario):
                if row.kind == "hold":
                    found["held"][m, office[row.office]] = leader[row.leader]
                else:
                    place = bloc[row.bloc] if row.bloc else leader[row.leader]
                    found[f"{row.kind}_rule"][m, place] = int(row.value)
    return found


def kept_apart(scenario: Scenario) -> np.ndarray:
    """For every bloc the bit mask of those with whom it never allies."""
    masks, bloc = np.zeros(len(scenario.blocs), np.int64), _index(scenario.blocs)
    for entry in scenario.apart:
        _pair(masks, [bloc[name] for name in entry.blocs], together=False)
    return masks


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
