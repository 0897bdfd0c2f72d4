"""Events of a history that a change takes away with what they stand on: they are no decision, and come before any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.scenario.content.events import Death
from factions.scenario.plan.happenings import events_left

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from factions.scenario import Scenario
    from factions.scenario.content.events import Event


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


def stand_in(other: Scenario, dead: str) -> str:
    """The leader (id) who could do what a dead man would have done, "" for nobody.

    The foremost living deputy in the weightiest post that the file gives him; else who of his bloc has most prestige.
    """
    gone = {*deaths(other), dead}
    posts = sorted((each for each in other.offices if each.holder == dead), key=lambda each: -each.machine)
    deputies = [name for post in posts for name in post.deputies]
    bloc = next(each.bloc for each in other.leaders if each.id == dead)
    comrades = sorted((each for each in other.leaders if each.bloc == bloc), key=lambda each: -each.prestige)
    return next((name for name in (*deputies, *(each.id for each in comrades)) if name not in gone), "")


def deputed(lost: Sequence[tuple[Event, str]], dead: str) -> list[tuple[Event, tuple[str, ...]]]:
    """The lost deeds of a dead man, each with the fields that name him, in which a file may name somebody else."""
    deeds = (event for event, who in lost if who == dead and event.agent == dead)
    return [
        (event, tuple(name for name in ("agent", "leader") if getattr(event, name, None) == dead)) for event in deeds
    ]


def deaths(scenario: Scenario) -> dict[str, dt.date]:
    """The day on which each leader is certain to die."""
    deaths = (event for event in events_left(scenario) if isinstance(event, Death) and not event.requires)
    return {event.leader: event.date for event in deaths}
