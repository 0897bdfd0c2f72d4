"""Replay: worlds of the scenario, meeting by meeting."""

from __future__ import annotations

from functools import partial

from nicegui import ui

from factions.app.bench import Bench
from factions.app.stage import Stage
from factions.app.tags import Tag, button, field
from factions.app.tasks import Replayed, replay
from factions.app.visit import Desk
from factions.errors import UsageError, whole
from factions.vocabulary import GREATEST

MOST_WORLDS = 5_000
"""Worlds, or pairs, that one visitor may ask for: more are for the command line."""


class ReplayTab:
    """The worlds, how many there are, and under which seed."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.worlds, self.seed = desk, "500", "0"
        self.found: Replayed | None = None
        Tag(
            "p",
            "Simulated worlds of the struggle. Nothing corrects them on their way. Step from meeting to meeting, and "
            "point at a leader.",
        )
        self.changed = Tag("p", classes="note", role="status")
        with Tag("details"):
            Tag("summary", "More worlds, another seed")
            with Tag("div", classes="row"):
                field("Worlds ", "number", 500, partial(setattr, self, "worlds"), min=1, max=MOST_WORLDS)
                field("Seed ", "number", 0, partial(setattr, self, "seed"), min=0, max=GREATEST)
                button("Run again", self.run)
                button("Download page", self.download)
        self.bench = Bench()
        self.stage = Stage()
        desk.watchers.append(self.run)

    async def run(self) -> None:
        """Run the worlds, and play them."""
        try:
            worlds, seed = number("worlds", self.worlds, 1, MOST_WORLDS), number("seed", self.seed, 0, GREATEST)
        except UsageError as error:
            self.bench.said.text = str(error)
            return
        visit = self.desk.visit
        await self.bench.run(lambda work: replay(visit.baseline(), worlds, seed, work), self.show)

    def show(self, found: Replayed) -> None:
        """Play what was found, and tell the other tabs."""
        self.found = found
        self.changed.text = "With the readings and parameters that you set." if self.desk.visit.settings else ""
        self.stage.play(found.play)
        self.desk.replayed(found)

    def download(self) -> None:
        """The page as a file."""
        if self.found is not None:
            ui.download.content(self.found.page, f"{self.desk.visit.base.stem}.html", "text/html")


def number(name: str, text: str, low: int, high: int) -> int:
    """A whole number that somebody typed; UsageError if it is none, or too small or great."""
    try:
        value = int(text)
    except ValueError:
        raise UsageError(f'{name}: "{text}" is no whole number', f"give one from {low:,} to {high:,}") from None
    return whole(name, value, low, high)
