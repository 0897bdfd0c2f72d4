"""Events of a history that a change takes away with what they stand on: they are no decision, and come before any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.scenario.events import Death
from factions.scenario.happenings import events_left

if TYPE_CHECKING:
    import datetime as dt

    from factions.scenario import Scenario
    from factions.scenario.events import Event


def lost_events(base: Scenario, other: Scenario) -> list[tuple[Event, str]]:
    """Events that cannot happen any more, each with what it lacks: the leader (id) whose deed it was and who is dead.

    What follows such an event is lost with it, for want of the same leader.  Cancelled events are the change itself.
    """
    before, after = deaths(base), deaths(other)
    found: dict[str, tuple[Event, str]] = {}
    for event in events_left(other):
        lacks = found[event.after][1] if event.after in found else event.agent or ""
        dead = lacks in after and after[lacks] <= event.date
        was = lacks in before and before[lacks] <= event.date
        if dead and not was and event.id:
            found[event.id] = (event, lacks)
    return [*found.values()]


def deaths(scenario: Scenario) -> dict[str, dt.date]:
    """The day on which each leader is certain to die."""
    deaths = (event for event in events_left(scenario) if isinstance(event, Death) and not event.requires)
    return {event.leader: event.date for event in deaths}
