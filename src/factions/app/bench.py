"""Where a visitor's long work is shown: what goes on, how far it is, and how to give it up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from nicegui import ui

from factions.app.tags import Tag, button
from factions.app.work import GivenUp, Work
from factions.errors import FactionsError

T = TypeVar("T")


class Bench:
    """A bar of progress with a button to cancel; it is hidden while nothing is done."""

    def __init__(self) -> None:
        self.work: Work | None = None
        with Tag("div", classes="bench", role="status", hidden=True) as self.box:
            self.words = Tag("span")
            self.bar = Tag("progress", max=1, value=0, aria_label="Progress")
            button("Cancel", self.cancel)
        self.said = Tag("p", classes="said", role="status")
        self.timer = ui.timer(0.2, self._look, active=False)

    async def run(self, task: Callable[[Work], T], then: Callable[[T], Awaitable[None] | None]) -> None:
        """Do a task, then hand on what came of it; what was under way before is given up."""
        self.cancel()
        work = self.work = Work()
        self.said.text = ""
        self.box.set(hidden=None)
        self.timer.activate()
        try:
            found = await work.run(task)
            if self.work is work and (waited := then(found)) is not None:
                await waited
        except GivenUp:
            if self.work is work:
                self.said.text = "Cancelled. Nothing was changed."
        except FactionsError as error:
            self.said.text = str(error)
        finally:
            if self.work is work:
                self._rest()

    def cancel(self) -> None:
        """Give up what is under way."""
        if self.work is not None:
            self.work.stop()

    def _rest(self) -> None:
        self.work = None
        self.timer.deactivate()
        self.box.set(hidden=True)

    def _look(self) -> None:
        if self.work is not None:
            self.words.text = self.work.text
            self.bar.set(value=round(self.work.share, 3))
