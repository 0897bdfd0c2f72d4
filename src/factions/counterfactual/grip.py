"""Does a change take hold: is what it imposes so at its first meeting, and would it have been so anyway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from factions.counterfactual.own import own_changes
from factions.scenario.content.changes import (
    TIMED,
    AllianceChange,
    HoldChange,
    StanceChange,
    SurrenderChange,
    meetings_of,
)
from factions.scenario.content.events import Appointment
from factions.statements.outcomes import find_outcome

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario
    from factions.scenario.content.changes import Change


@dataclass(frozen=True)
class Grip:
    """What a change imposes, as the name of an outcome: the share of the worlds in which it is so at its first meeting.

    `before`: without the change, `after`: with it.
    """

    outcome: str
    before: float
    after: float


def grips(factual: Ensemble, counterfactual: Ensemble) -> tuple[Grip, ...]:
    """How far the changes take hold, as far as an outcome says what they impose."""
    base, other = factual.scenario, counterfactual.scenario
    known = {meeting.id for meeting in base.meetings}
    found = []
    for change in own_changes(base, other):
        for name, wanted in _wishes(change, other):
            if name.partition("@")[2] in known:
                shares = (
                    float((find_outcome(side.scenario, name).measure(side) == wanted).mean())
                    for side in (factual, counterfactual)
                )
                found.append(Grip(name, *shares))
    return tuple(found)


def _wishes(change: Change, scenario: Scenario) -> Iterator[tuple[str, float]]:
    """Names of outcomes at the first meeting of a change, and the value that it gives them."""
    meeting = _first(change, scenario)
    if meeting is None:
        return
    if isinstance(change, AllianceChange):
        for one, two in combinations(change.blocs, 2):
            yield f"allied:{one}+{two}@{meeting}", float(change.stand == "together")
    elif isinstance(change, StanceChange):
        yield f"open:{change.bloc}@{meeting}", float(change.to == "open")
    elif isinstance(change, SurrenderChange):
        for leader in change.leaders or ():
            yield f"capitulated:{leader}@{meeting}", float(change.to == "capitulate")
    elif isinstance(change, HoldChange | Appointment) and change.leader:
        yield f"holds:{change.leader}+{change.office}@{meeting}", 1.0


def _first(change: Change, scenario: Scenario) -> str | None:
    """The first meeting at which a change holds, or after which an event has happened."""
    if isinstance(change, TIMED):
        return next((scenario.meetings[m].id for m in meetings_of(change, scenario)), None)
    if isinstance(change, Appointment):
        return next((meeting.id for meeting in scenario.meetings if meeting.date >= change.date), None)
    return None
