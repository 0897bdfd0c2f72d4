"""What no single table can know: that ids are known, dates in order, lists consistent with each other.

Each check looks at what differs from the main draft (`Draft.main`), which for the file as it stands is everything.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from factions import toml
from factions.parameters import PARAMETERS
from factions.scenario.checks.changes import check_changes
from factions.scenario.checks.conditions import check_statements
from factions.scenario.content.claims import BaseClaim
from factions.scenario.content.events import COUNTERFACTUAL_KINDS, BaseEvent, Creation
from factions.scenario.content.fields import ENTRIES, references
from factions.scenario.content.outcome_names import TABLES, fault, list_command
from factions.scenario.content.tables import Alliance, Bloc, Incompatible, Issue, Leader, Meeting, Office
from factions.scenario.content.types import Evidence
from factions.scenario.layers.draft import Draft, Entry, out_of_time
from factions.scenario.layers.merge import label
from factions.scenario.text.places import Node, Place, Tree, items_of, table_of
from factions.scenario.text.problems import Problems, suggestion
from factions.vocabulary import MECHANISMS
from factions.wording import listed

ROUNDING = 1e-9
"""What a sum of shares may be off by."""
MOST_BLOCS = 60
"""An alliance is a set of blocs in one 64-bit integer."""


def check(draft: Draft, removed: dict[str, Place], problems: Problems) -> None:
    """Notes everything that is wrong between the tables of a draft."""
    _references(draft, removed, problems)
    _sources(draft, problems)
    _ideal_points(draft, problems)
    _sizes(draft, problems)
    _chiefs(draft, problems)
    _alliances(draft, problems)
    _apart(draft, problems)
    _created(draft, problems)
    _regime(draft, problems)
    _delegations(draft, problems)
    _dates(draft, problems)
    check_statements(draft, problems)
    _meeting_days(draft, problems)
    check_changes(draft, problems)
    _claim_times(draft, problems)
    _readings(draft, problems)
    _names(draft, problems)
    _outcomes(draft, problems)


def check_written_order(layer: Tree, problems: Problems) -> None:
    """Notes the meetings of a file that extends none which do not stand in date order."""
    last: dt.date | None = None
    for index, entry in enumerate(items_of(layer.get("meetings"))):
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
    for index, entry in enumerate(items_of(layer.get("events"))):
        kind = entry.child("kind")
        if kind is not None and kind.value in COUNTERFACTUAL_KINDS:
            key = f"events.{label('events', entry, index)}.kind"
            problem = "dictates an outcome that the model should find"
            remedy = "leave it to the model, or move it to a counterfactual, a file that extends this one"
            problems.at(kind, key, problem, remedy)


def _references(draft: Draft, removed: dict[str, Place], problems: Problems) -> None:
    renamed = {table for table in ENTRIES if draft.renamed(table)}
    for table, entries in ENTRIES.items():
        targets = {target for model in entries.models.values() for target in references(model).values()}
        for entry in draft.fresh(table, Evidence, all_if=bool(targets & renamed)):
            for field, target in references(type(entry.model)).items():
                known = draft.names(target)
                for place, key, value in _named(entry.node, field):
                    if not value or value in known or (field == "events" and value in draft.somewhere):
                        continue  # to cancel what another reading has is nothing, and a caution says so
                    gone = removed.get(f"{target}.{value}")
                    remedy = suggestion(value, known, list_command(target))
                    if gone is not None:
                        remedy = f"{gone.file}:{gone.line} removes it; remove or change this too"
                    what = "unknown " + target.removesuffix("s").replace("_", " ")
                    problems.add(place, f"{entry.label}.{key}", what, remedy, value)


def _named(node: Node, field: str) -> Iterator[tuple[Place, str, str]]:
    """The ids in a field (one, the elements of a list, or the keys of a table): place, key, id."""
    below = node.child(field)
    if below is None:
        return
    if below.table is not None:
        yield from ((item.key, f"{field}.{name}", name) for name, item in below.table.items())
    else:
        items = below.items if below.items is not None else [below]
        yield from ((item.place, field, str(item.value)) for item in items)


def _sources(draft: Draft, problems: Problems) -> None:
    known = table_of(draft.tree.get("sources"))
    everywhere = draft.changed("sources")
    named = [(entry.label, entry.node) for table in ENTRIES for entry in draft.new(table, everywhere)]
    if draft.changed("contested", "sources"):
        named += _contested(draft.tree)
    for key, table in named:
        for item in items_of(table.child("sources")):
            if isinstance(item.value, str) and item.value not in known:
                problems.at(item, f"{key}.sources", "unknown source", suggestion(item.value, known))


def evidence(tree: Tree) -> Iterator[tuple[str, Node]]:
    """Every table that can name its sources, with its key."""
    for table in ENTRIES:
        for index, entry in enumerate(items_of(tree.get(table))):
            yield f"{table}.{label(table, entry, index)}", entry
    yield from _contested(tree)


def _contested(tree: Tree) -> Iterator[tuple[str, Node]]:
    for fact, question in table_of(tree.get("contested")).items():
        yield f"contested.{fact}", question
        for name, option in table_of(question.child("options")).items():
            yield f"contested.{fact}.options.{name}", option


def _ideal_points(draft: Draft, problems: Problems) -> None:
    issues = sorted(draft.names("issues"))
    for entry in draft.fresh("leaders", Leader, all_if=draft.renamed("issues")):
        missing = [issue for issue in issues if issue not in entry.model.ideal_point]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            place = (entry.node.child("ideal_point") or entry.node).place
            problem, remedy = f"{listed(missing)} {verb} missing", f"give {listed(missing)}, from -1 to 1"
            problems.add(place, f"{entry.label}.ideal_point", problem, remedy)


def _sizes(draft: Draft, problems: Problems) -> None:
    blocs = draft.sound("blocs", Bloc)
    if draft.changed("blocs") and len(blocs) > MOST_BLOCS:
        first_too_many = blocs[MOST_BLOCS]
        remedy = f"at most {MOST_BLOCS} are possible: merge small ones, or leave their leaders without a bloc"
        problems.at(first_too_many.node, first_too_many.label, f"is one of {len(blocs)} blocs", remedy)


def _chiefs(draft: Draft, problems: Problems) -> None:
    if not draft.changed("blocs", "leaders"):
        return
    home = {entry.name: entry.model.bloc for entry in draft.sound("leaders", Leader)}
    own: dict[str | None, list[str]] = defaultdict(list)
    for leader, bloc in home.items():
        own[bloc].append(leader)
    for entry in draft.sound("blocs", Bloc):
        chief = entry.model.chief
        if chief is None and not own[entry.name]:
            problems.at(entry.node, entry.label, "has no leader", "give it one, or remove the bloc")
        if chief in home and home[chief] != entry.name:
            problem = f'belongs to "{home[chief]}"' if home[chief] else "belongs to no bloc"
            members = own[entry.name]
            remedy = f"name one of its own: {', '.join(members[:8])}" if members else "give the bloc a leader"
            entry.fault("chief", problem, remedy, problems)


def _alliances(draft: Draft, problems: Problems) -> None:
    if not draft.changed("alliances"):
        return
    taken: dict[str, str] = {}
    for entry in draft.sound("alliances", Alliance):
        for index, bloc in enumerate(entry.model.blocs):
            other = taken.setdefault(bloc, entry.label)
            if other != entry.label:
                remedy = f'keep it in one; a derived file takes one back with remove = ["{other}"]'
                entry.fault("blocs", f"is already in {other}", remedy, problems, index)


def _apart(draft: Draft, problems: Problems) -> None:
    """Who never allies is not allied at the start."""
    if not draft.changed("apart", "alliances"):
        return
    allied = {bloc: entry.label for entry in draft.sound("alliances", Alliance) for bloc in entry.model.blocs}
    for entry in draft.sound("apart", Incompatible):
        before: dict[str, str] = {}
        for index, bloc in enumerate(entry.model.blocs):
            alliance = allied.get(bloc)
            if alliance is not None and alliance in before:
                problem = f"is allied with {before[alliance]} at the start ({alliance})"
                entry.fault("blocs", problem, "take it out of one of the two", problems, index)
            elif alliance is not None:
                before[alliance] = bloc


def _created(draft: Draft, problems: Problems) -> None:
    """Who could hold or wield an office that an event is yet to create."""
    offices = {entry.name: entry.model for entry in draft.sound("offices", Office)}
    for table in ("events", "changes"):
        for entry in draft.fresh(table, BaseEvent, all_if=draft.changed("offices")):
            event = entry.model
            office = offices.get(event.office) if isinstance(event, Creation) else None
            for field in ("holder", "deputies"):
                if office is not None and getattr(office, field):
                    remedy = f"take {field} from offices.{office.id}; the first meeting after that day fills it"
                    entry.fault("office", f"has {field} before it is created", remedy, problems)


def _regime(draft: Draft, problems: Problems) -> None:
    if not draft.changed("issues"):
        return
    regimes = [entry for entry in draft.sound("issues", Issue) if entry.model.regime]
    for entry in regimes[1:]:
        problem, remedy = f"is already true for {regimes[0].name}", "set it for one issue at most"
        entry.fault("regime", problem, remedy, problems)


def _delegations(draft: Draft, problems: Problems) -> None:
    together = 0.0
    for entry in draft.sound("offices", Office) if draft.changed("offices") else ():
        together += entry.model.delegates
        if together > 1.0 + ROUNDING:
            problem = f"brings the delegates of all organisations to {together:.3g} of a congress"
            entry.fault("delegates", problem, "give each its share of the whole, at most 1 together", problems)
            return


def _dates(draft: Draft, problems: Problems) -> None:
    start, end = draft.day("start"), draft.day("end")
    if start is not None and end is not None and end <= start:
        problems.at(draft.tree["end"], "end", f"is not after start ({start})", "give a later day")
        return
    entries: list[Entry[Meeting | BaseEvent]] = [*draft.fresh("meetings", Meeting), *draft.fresh("events", BaseEvent)]
    for entry in entries:
        wrong = out_of_time(entry.model.date, start, end)
        if wrong is not None:
            entry.fault("date", *wrong, problems)


def _meeting_days(draft: Draft, problems: Problems) -> None:
    days: dict[dt.date, str] = {}
    for entry in draft.sound("meetings", Meeting) if draft.changed("meetings") else ():
        other = days.setdefault(entry.model.date, entry.name)
        if other != entry.name:
            entry.fault("date", f"is also the day of {other}", "give every meeting its own day", problems)


def _claim_times(draft: Draft, problems: Problems) -> None:
    claims = draft.fresh("record", BaseClaim, all_if=draft.changed("meetings"))
    if not claims:
        return
    dates = {entry.name: entry.model.date for entry in draft.sound("meetings", Meeting)}
    for entry in claims:
        first, last = entry.model.between or ("", "")
        if first in dates and last in dates and dates[last] <= dates[first]:
            problem = f"{last} ({dates[last]}) is not after {first} ({dates[first]})"
            remedy = 'give the earlier meeting first; for one meeting give at = "..."'
            entry.fault("between", problem, remedy, problems)


def _readings(draft: Draft, problems: Problems) -> None:
    if not draft.changed("contested", "readings"):
        return
    facts, readings = table_of(draft.tree.get("contested")), table_of(draft.tree.get("readings"))
    for fact, option in readings.items():
        if fact not in facts:
            problems.add(option.key, f"readings.{fact}", "unknown contested fact", suggestion(fact, facts))
    for fact, question in facts.items():
        names = list(table_of(question.child("options")))
        if fact not in readings:
            remedy = f'write {toml.key(fact)} = "{names[0] if names else "..."}" under [readings]'
            problems.add(question.place, f"contested.{fact}", "no reading is in force", remedy)
        elif readings[fact].value not in names:
            remedy = suggestion(readings[fact].value, names)
            problems.at(readings[fact], f"readings.{fact}", "unknown option", remedy)


def _names(draft: Draft, problems: Problems) -> None:
    """Parameters must be known and in range, mechanisms known."""
    for table, known in (("parameters", frozenset(PARAMETERS)), ("mechanisms", frozenset(MECHANISMS))):
        for name, item in table_of(draft.tree.get(table)).items():
            if name not in known:
                problem = f"unknown {table.removesuffix('s')}"
                remedy = f"{suggestion(name, known)} (factions list {table} says what each is)"
                problems.add(item.key, f"{table}.{name}", problem, remedy)
    for name, value in draft.mappings.get("parameters", {}).items():
        row = PARAMETERS.get(name)
        if row is not None and isinstance(value, float) and not row.low <= value <= row.high:
            place = draft.tree["parameters"].child(name) or draft.tree["parameters"]
            remedy = f"give a number from {row.low:g} to {row.high:g} (unit: {row.unit})"
            problems.at(place, f"parameters.{name}", "is out of range", remedy)


def _outcomes(draft: Draft, problems: Problems) -> None:
    """The outcomes to compare must be known, and so must all whom they mention."""
    if not (draft.changed("outcomes", "changes") or draft.renamed(*TABLES)):
        return
    known = {table: draft.names(table) for table in TABLES}
    left_out = (getattr(entry.model, "meetings", None) or () for entry in draft.sound("changes", Evidence))
    known["meetings"] = known["meetings"].difference(*left_out)
    for index, item in enumerate(items_of(draft.tree.get("outcomes"))):
        wrong = fault(item.value, known) if isinstance(item.value, str) else None
        if wrong is not None:
            problems.at(item, f"outcomes.{index + 1}", *wrong)
