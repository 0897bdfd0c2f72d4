"""Whether what events and changes need can be told, and can come first: known names, no circles, days in order."""

from __future__ import annotations

import datetime as dt
from graphlib import CycleError, TopologicalSorter

from factions.scenario.content.conditions import fault
from factions.scenario.content.outcome_names import TABLES
from factions.scenario.content.types import Evidence
from factions.scenario.layers.draft import Draft
from factions.scenario.plan.setting import Setting
from factions.scenario.text.problems import Problems
from factions.wording import listed

CONDITIONAL = ("events", "changes")
"""The lists whose entries may need something."""


def check_statements(draft: Draft, problems: Problems) -> None:
    """Notes the statements that say nothing that can be told of a world."""
    renamed = draft.renamed(*TABLES)
    known = {table: draft.names(table) for table in TABLES}
    for table in CONDITIONAL:
        for entry in draft.fresh(table, Evidence, all_if=renamed):
            for number, statement in enumerate(getattr(entry.model, "requires", ())):
                wrong = fault(statement, known)
                if wrong is not None:
                    place = entry.node.child("requires", number) or entry.node
                    problems.at(place, f"{entry.label}.requires.{number + 1}", *wrong)


def check_order(setting: Setting, problems: Problems) -> None:
    """Notes events that stand on each other in a circle, and those that are due before what they follow."""
    circle = _circle(setting)
    if circle:
        _note_circle(setting, circle, problems)
        return
    days: dict[str | None, dt.date] = {}
    for act in setting.own_acts:
        if act.day is not None:
            days[act.model.id] = min(act.day, days.get(act.model.id, act.day))
    for act in setting.happen:
        after = getattr(act.model, "after", None)
        first = days.get(after) if after else None
        if first is not None and act.day is not None and act.day < first:
            problem = f"is before {after}, which it follows ({first})"
            remedy = f"give {first} or a later day; what follows an event moves along with it"
            act.fault("date", problem, remedy, problems)


def _note_circle(setting: Setting, circle: set[str], problems: Problems) -> None:
    """Blames the change that closes a circle, or else the event that comes first by its name."""
    events = sorted(circle & {event.id for event in setting.events})
    made = [each.said_by for each in setting.plan.occasions if each.name in circle]
    change = next((act for act in setting.acts if any(act.model is each for each in made)), None)
    if change is not None:
        problem = f"closes a circle: {listed(events)} would depend on a change that depends on it"
        if len(events) > 1:
            problem = f"closes a circle: {listed(events)} need each other once the change is made on this condition"
        change.fault("requires", problem, "require something that does not depend on the change", problems)
        return
    entry = min((entry for entry in setting.own if entry.name in circle), key=lambda entry: entry.name)
    field = "after" if entry.model.after in circle else "requires"
    problem = f"closes a circle: {listed(events)} need each other"
    entry.fault(field, problem, "let one of them need none of the others", problems)


def _circle(setting: Setting) -> set[str]:
    """Events, and changes made on a condition, that need each other, if there are any."""
    try:
        TopologicalSorter(setting.plan.stands_on()).prepare()
    except CycleError as found:
        return set(found.args[1])
    return set()
