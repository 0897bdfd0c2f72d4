"""Record: what is documented, with sources, and readings of what the sources dispute."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from factions.app.tags import Tag, choice, table
from factions.app.visit import Desk
from factions.report.table import Column, Number
from factions.report.table import table as table_of
from factions.wording import percent

if TYPE_CHECKING:
    from factions.app.tasks import Replayed
    from factions.report.play.data import Documented


class RecordTab:
    """Claims, and how often each holds in the replay; readings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.before: dict[str, float] = {}
        Tag(
            "p",
            "The model never reads these claims. Each has its sources, and the share of the replayed worlds that it "
            "holds in.",
        )
        Tag("h2", "Readings")
        if not desk.scenario.contested:
            Tag("p", "The file lists no fact on which the sources disagree.")
        for fact, contested in desk.scenario.contested.items():
            options = {name: option.text for name, option in contested.options.items()}
            choice(contested.question + " ", options, desk.scenario.readings.get(fact, ""), partial(self.read, fact))
        Tag("h2", "Claims")
        self.list = Tag("div")
        desk.readers.append(self.show)

    async def read(self, fact: str, option: str) -> None:
        """Take another reading."""
        own = self.desk.scenario.readings.get(fact) == option
        readings = self.desk.visit.readings
        readings.pop(fact, None) if own else readings.__setitem__(fact, option)
        await self.desk.changed()

    def show(self, found: Replayed) -> None:
        """The claims with their shares, and those of the replay before."""
        record, meetings = found.play.record, found.play.meetings
        before, self.before = self.before, {claim.text: claim.share for claim in record.claims}
        columns: list[Column[Documented]] = [
            Column("by", lambda claim: meetings[claim.last].day),
            Column("claim", lambda claim: claim.text),
            Number(
                "holds in",
                lambda claim: percent(claim.share) + ("" if claim.error is None else f" ± {100 * claim.error:.0f}"),
            ),
            Column("confidence", lambda claim: claim.confidence),
            Column("sources", lambda claim: "; ".join(record.sources.get(key, key) for key in claim.sources)),
        ]
        if before and before != self.before:
            columns.insert(
                3, Number("before", lambda claim: percent(before[claim.text]) if claim.text in before else "")
            )
        self.list.clear()
        with self.list:
            table(table_of(record.claims, *columns))
