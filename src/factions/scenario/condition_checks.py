"""Whether what events and changes need can be told, and can come first: known names, no circles, days in order."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from factions.scenario.conditions import fault
from factions.scenario.draft import Draft
from factions.scenario.happenings import needed
from factions.scenario.outcome_names import TABLES
from factions.scenario.problems import Problems
from factions.scenario.setting import Act, Setting
from factions.scenario.types import Evidence
from factions.wording import listed

CONDITIONAL = ("events", "changes")
"""The lists whose entries may need something."""


def check_statements(draft: Draft, problems: Problems) -> None:
    """Notes the statements that say nothing that can be told of a world."""
    renamed = draft.renamed(*TABLES, "events")
    known = {table: draft.names(table) for table in (*TABLES, "events")}
    for table in CONDITIONAL:
        for entry in draft.fresh(table, Evidence, all_if=renamed):
            for number, statement in enumerate(getattr(entry.model, "requires", ())):
                wrong = fault(statement, known)
                if wrong is not None:
                    place = entry.node.child("requires", number) or entry.node
                    problems.at(place, f"{table}.{entry.name}.requires.{number + 1}", *wrong)


def check_order(setting: Setting, problems: Problems) -> None:
    """Notes events that stand on each other in a circle, and those that are due before what they follow."""
    circle = _circle(setting)
    if circle:
        entry = min((entry for entry in setting.own if entry.name in circle), key=lambda entry: entry.name)
        act, field = Act(entry.model, entry, "events"), "after" if entry.model.after in circle else "requires"
        problem = f"closes a circle: {listed(sorted(circle))} need each other"
        act.fault(field, problem, "let one of them need none of the others", problems)
        return
    days = {getattr(act.model, "id", None): act.day for act in setting.own_acts}
    for act in setting.happen:
        after = getattr(act.model, "after", None)
        first = days.get(after) if after else None
        if first is not None and act.day is not None and act.day < first:
            problem = f"is before {after}, which it follows ({first})"
            remedy = f"give {first} or a later day; what follows an event moves along with it"
            act.fault("date", problem, remedy, problems)


def _circle(setting: Setting) -> set[str]:
    """Events that need each other, if there are any."""
    try:
        TopologicalSorter({event.id: needed(event) for event in setting.events}).prepare()
    except CycleError as found:
        return set(found.args[1])
    return set()
