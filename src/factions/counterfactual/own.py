"""What a file changes that its base does not, and of which blocs a change decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.scenario.content.changes import Change


def own_changes(base: Scenario, other: Scenario) -> list[Change]:
    """The changes that a file makes and its base does not."""
    return [change for change in other.changes if change not in base.changes]


def imposed_on(change: Change) -> tuple[str, ...]:
    """Ids of the blocs of which a change decides."""
    return (*getattr(change, "blocs", ()), *filter(None, [getattr(change, "bloc", None)]))
