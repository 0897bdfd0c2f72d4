"""Which outcomes are compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factions.errors import UsageError
from factions.statements.outcomes import Outcome, find_outcome, find_outcomes, usual_outcomes

if TYPE_CHECKING:
    from factions.scenario import Scenario


def outcomes_of(base: Scenario, other: Scenario, names: Sequence[str] = ()) -> list[Outcome]:
    """What is compared: the outcomes of these names, else those of the file and the usual ones.

    UsageError for a name that is none.
    """
    usual = usual_outcomes(base)
    if names:
        return find_outcomes(base, names)
    try:
        own = find_outcomes(base, other.outcomes)
        for outcome in own:
            find_outcome(other, outcome.name)
    except UsageError as error:
        raise UsageError(f"{other.path}: outcomes: {error.problem}", error.remedy) from error
    named = {outcome.name for outcome in own} | _written_anew(base, other)
    return own + [outcome for outcome in usual if outcome.name not in named and known(other, outcome.name)]


def _written_anew(base: Scenario, other: Scenario) -> set[str]:
    """That an event has happened, of events that are called otherwise by the change: one name does not fit both."""
    before = {event.id: event.name for event in base.events}
    return {f"happened:{event.id}" for event in other.events if before.get(event.id, event.name) != event.name}


def known(scenario: Scenario, name: str) -> bool:
    """Is a name that of an outcome which can be asked of a scenario."""
    try:
        find_outcome(scenario, name)
    except UsageError:
        return False
    return True
