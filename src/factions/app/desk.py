"""What the tabs of one visitor have in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from factions.app.visit import Visit

if TYPE_CHECKING:
    from factions.app.tasks import Replayed
    from factions.scenario import Scenario


class Desk:
    """A visitor's files, the scenario as the file says it, and who wants to know of what.

    `watchers` are called when readings or parameters change, `readers` with every replay.
    """

    def __init__(self, visit: Visit, scenario: Scenario) -> None:
        self.visit, self.scenario = visit, scenario
        self.watchers: list[Callable[[], Awaitable[None]]] = []
        self.readers: list[Callable[[Replayed], None]] = []

    async def changed(self) -> None:
        """Readings or parameters are others than before."""
        for watcher in self.watchers:
            await watcher()

    def replayed(self, found: Replayed) -> None:
        """There is a new replay."""
        for reader in self.readers:
            reader(found)
