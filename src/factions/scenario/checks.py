"""What no single table can know: that ids are known, dates in order, lists consistent with each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from factions.scenario.change_checks import check_changes
from factions.scenario.events import COUNTERFACTUAL_KINDS
from factions.scenario.merge import Tree, label
from factions.scenario.places import Node, Place
from factions.scenario.problems import Problems, suggestion
from factions.scenario.schema import ENTRIES
from factions.scenario.validate import Draft
from factions.wording import listed

REFERENCES = {
    "blocs": {"chief": "leaders"},
    "leaders": {"bloc": "blocs"},
    "offices": {"holder": "leaders", "appointed_by": "offices", "deputy": "leaders"},
    "ties": {"blocs": "blocs"},
    "alliances": {"blocs": "blocs"},
    "meetings": {"kind": "meeting_kinds"},
    "events": {"leader": "leaders", "bloc": "blocs", "issue": "issues", "office": "offices"},
    "changes": {
        "leader": "leaders",
        "leaders": "leaders",
        "bloc": "blocs",
        "blocs": "blocs",
        "issue": "issues",
        "office": "offices",
        "at": "meetings",
        "event": "events",
        "events": "events",
    },
    "record": {
        "blocs": "blocs",
        "about": "blocs",
        "bloc": "blocs",
        "leaders": "leaders",
        "office": "offices",
        "at": "meetings",
        "between": "meetings",
    },
}
"""List -> field -> the list whose ids it names."""

MOST_BLOCS = 60
"""An alliance is a set of blocs in one 64-bit integer."""


def check(draft: Draft, removed: dict[str, Place], problems: Problems) -> None:
    """Notes everything that is wrong between the tables of a draft."""
    known = {table: _labels(draft.tree, table) for table in ENTRIES}
    _references(draft, known, removed, problems)
    _sources(draft, problems)
    _ideal_points(draft, known["issues"], problems)
    _sizes(draft, problems)
    _chiefs(draft, problems)
    _alliances(draft, problems)
    _regime(draft, problems)
    _dates(draft, problems)
    check_changes(draft, problems)
    _claim_times(draft, problems)
    _readings(draft, problems)
    _names(draft, problems)


def check_written_order(layer: Tree, problems: Problems) -> None:
    """Notes the meetings of a file that extends none which do not stand in date order."""
    last: dt.date | None = None
    node = layer.get("meetings")
    for index, entry in enumerate((node.items if node else None) or []):
        date = entry.child("date")
        if date is None or type(date.value) is not dt.date:
            continue
        if last is not None and date.value < last:
            key = f"meetings.{label('meetings', entry, index)}.date"
            problem = f"is before the meeting above it ({last})"
            problems.at(date, key, problem, "list the meetings in date order")
        last = date.value


def check_exogenous(layer: Tree, problems: Problems) -> None:
    """Notes the events of a file that extends none which dictate what the model should find."""
    node = layer.get("events")
    for index, entry in enumerate((node.items if node else None) or []):
        kind = entry.child("kind")
        if kind is not None and kind.value in COUNTERFACTUAL_KINDS:
            key = f"events.{label('events', entry, index)}.kind"
            remedy = "leave it to the model, or put it into a counterfactual: a file that extends this one"
            problems.at(kind, key, "dictates an outcome", remedy)


def _labels(tree: Tree, table: str) -> list[str]:
    node = tree.get(table)
    return [label(table, entry, index) for index, entry in enumerate((node.items if node else None) or [])]


def _references(draft: Draft, known: dict[str, list[str]], removed: dict[str, Place], problems: Problems) -> None:
    for table, fields in REFERENCES.items():
        for name, node, model in draft.entries.get(table, []):
            for field, target in fields.items():
                for place, value in _named(node, model, field):
                    if value and value not in known[target]:
                        gone = removed.get(f"{target}.{value}")
                        remedy = (
                            f"{gone.file}:{gone.line} removes it; remove or change this too"
                            if gone
                            else suggestion(value, known[target])
                        )
                        what = "unknown " + target.removesuffix("s").replace("_", " ")
                        problems.at(place, f"{table}.{name}.{field}", what, remedy)


def _named(node: Node, model: Any, field: str) -> Iterator[tuple[Node, str]]:
    """The ids in a field, one or a list, with their nodes."""
    below = node.child(field)
    if below is None or getattr(model, field, None) is None:
        return
    for item in below.items if below.items is not None else [below]:
        yield item, str(item.value)


def _sources(draft: Draft, problems: Problems) -> None:
    node = draft.tree.get("sources")
    known = list((node.table if node else None) or {})
    for key, table in evidence(draft.tree):
        for item in _texts(table.child("sources")):
            if item.value not in known:
                problems.at(item, f"{key}.sources", "unknown source", suggestion(item.value, known))


def evidence(tree: Tree) -> Iterator[tuple[str, Node]]:
    """Every table that can name its sources, with its key."""
    for table in ENTRIES:
        node = tree.get(table)
        for index, entry in enumerate((node.items if node else None) or []):
            yield f"{table}.{label(table, entry, index)}", entry
    contested = tree.get("contested")
    for fact, question in ((contested.table if contested else None) or {}).items():
        yield f"contested.{fact}", question
        options = question.child("options")
        for name, option in ((options.table if options else None) or {}).items():
            yield f"contested.{fact}.options.{name}", option


def _texts(node: Node | None) -> list[Node]:
    return [item for item in (node.items if node else None) or [] if isinstance(item.value, str)]


def _ideal_points(draft: Draft, issues: list[str], problems: Problems) -> None:
    for name, node, leader in draft.entries.get("leaders", []):
        point = node.child("ideal_point") or node
        for issue in leader.ideal_point:
            if issue not in issues:
                place = (point.child(issue) or point).key
                key = f"leaders.{name}.ideal_point.{issue}"
                problems.add(place, key, "unknown issue", suggestion(issue, issues))
        missing = [issue for issue in issues if issue not in leader.ideal_point]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            remedy = f"give {listed(missing)}, in [-1, 1]"
            key = f"leaders.{name}.ideal_point"
            problems.add(point.place, key, f"{listed(missing)} {verb} missing", remedy)


def _sizes(draft: Draft, problems: Problems) -> None:
    blocs = draft.entries.get("blocs", [])
    if len(blocs) > MOST_BLOCS:
        name, node, _ = blocs[MOST_BLOCS]
        remedy = f"at most {MOST_BLOCS}: put leaders of small ones into none, or several small ones into one"
        problems.at(node, f"blocs.{name}", f"is one of {len(blocs)} blocs", remedy)


def _chiefs(draft: Draft, problems: Problems) -> None:
    blocs = {name: leader.bloc for name, _, leader in draft.entries.get("leaders", [])}
    for name, node, bloc in draft.entries.get("blocs", []):
        if bloc.chief in blocs and blocs[bloc.chief] != name:
            home = f'belongs to "{blocs[bloc.chief]}"' if blocs[bloc.chief] else "belongs to no bloc"
            own = [leader for leader, bloc_of in blocs.items() if bloc_of == name]
            remedy = f"name one of its own: {', '.join(own[:8])}" if own else "give the bloc a leader"
            problems.at(node.child("chief") or node, f"blocs.{name}.chief", home, remedy)


def _alliances(draft: Draft, problems: Problems) -> None:
    taken: dict[str, str] = {}
    for name, node, alliance in draft.entries.get("alliances", []):
        for index, bloc in enumerate(alliance.blocs):
            if bloc in taken:
                place = node.child("blocs", index) or node
                key, other = f"alliances.{name}.blocs", f"alliances.{taken[bloc]}"
                remedy = f'leave it in one; a derived file takes one back with remove = ["{other}"]'
                problems.at(place, key, f"is in {other} already", remedy)
            else:
                taken[bloc] = name


def _regime(draft: Draft, problems: Problems) -> None:
    regimes = [(name, node) for name, node, issue in draft.entries.get("issues", []) if issue.regime]
    for name, node in regimes[1:]:
        place = node.child("regime") or node
        problem = f"is true for {regimes[0][0]} too"
        problems.at(place, f"issues.{name}.regime", problem, "at most one issue may be it")


def _dates(draft: Draft, problems: Problems) -> None:
    start, end = draft.scalars.get("start"), draft.scalars.get("end")
    if start is not None and end is not None and end <= start:
        problems.at(draft.tree["end"], "end", f"is not after start ({start})", "give a later day")
        return
    for table in ("meetings", "events"):
        for name, node, entry in draft.entries.get(table, []):
            place, key = node.child("date") or node, f"{table}.{name}.date"
            if start is not None and entry.date < start:
                problems.at(place, key, f"is before start ({start})", f"give {start} or a later day")
            if end is not None and entry.date > end:
                problems.at(place, key, f"is after end ({end})", f"give {end} or an earlier day")
    days: dict[dt.date, str] = {}
    for name, node, meeting in draft.entries.get("meetings", []):
        if meeting.date in days:
            place, problem = node.child("date") or node, f"is the day of {days[meeting.date]} too"
            problems.at(place, f"meetings.{name}.date", problem, "give every meeting its own day")
        days.setdefault(meeting.date, name)


def _claim_times(draft: Draft, problems: Problems) -> None:
    dates = {name: meeting.date for name, _, meeting in draft.entries.get("meetings", [])}
    for name, node, claim in draft.entries.get("record", []):
        if claim.between is not None and all(meeting in dates for meeting in claim.between):
            first, last = claim.between
            if dates[last] <= dates[first]:
                problem = f"{last} ({dates[last]}) is not after {first} ({dates[first]})"
                remedy = 'give the earlier meeting first; for one meeting give at = "..."'
                problems.at(node.child("between") or node, f"record.{name}.between", problem, remedy)


def _readings(draft: Draft, problems: Problems) -> None:
    contested = draft.tree.get("contested")
    facts = (contested.table if contested else None) or {}
    node = draft.tree.get("readings")
    readings = (node.table if node else None) or {}
    for fact, option in readings.items():
        if fact not in facts:
            problems.add(option.key, f"readings.{fact}", "unknown contested fact", suggestion(fact, facts))
    for fact, question in facts.items():
        options = question.child("options")
        names = list((options.table if options else None) or {})
        if fact not in readings:
            remedy = f'write {fact} = "{names[0] if names else "..."}" under [readings]'
            problems.add(question.place, f"contested.{fact}", "no reading is in force", remedy)
        elif readings[fact].value not in names:
            remedy = suggestion(readings[fact].value, names)
            problems.at(readings[fact], f"readings.{fact}", "unknown option", remedy)


def _names(draft: Draft, problems: Problems) -> None:
    """Parameters must be known and in range, mechanisms known."""
    from factions.parameters import PARAMETERS
    from factions.vocabulary import MECHANISMS

    for table, known in (("parameters", list(PARAMETERS)), ("mechanisms", list(MECHANISMS))):
        node = draft.tree.get(table)
        for name, item in ((node.table if node else None) or {}).items():
            if name not in known:
                problem = f"unknown {table.removesuffix('s')}"
                problems.add(item.key, f"{table}.{name}", problem, suggestion(name, known))
    for name, value in draft.mappings.get("parameters", {}).items():
        row = PARAMETERS.get(name)
        if row is not None and not row.low <= value <= row.high:
            place = draft.tree["parameters"].child(name) or draft.tree["parameters"]
            remedy = f"give a value in [{row.low:g}, {row.high:g}] ({row.unit})"
            problems.at(place, f"parameters.{name}", "is out of range", remedy)
