"""Who gets the posts that a change takes from somebody, in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.days import with_month
from factions.counterfactual.heirs import Heir
from factions.counterfactual.summary import clauses
from factions.report.table import Block, Column, Number, table
from factions.wording import percent

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison


def succession(each: Comparison) -> list[Block]:
    """Who most often has the posts that the change takes from somebody, soon after and at the end."""
    found, names = each.heirs, clauses(each).names
    if not found:
        return []
    offices = {office.id: office.name for office in each.scenario.offices}
    meetings = {meeting.id: with_month(meeting.name, meeting.date) for meeting in each.scenario.meetings}
    last = each.scenario.meetings[-1]
    note = f"The most frequent holder, and the share of worlds; the end is {with_month(last.name, last.date)}."
    return [
        table(
            found,
            Column[Heir](
                "posts that the change takes away",
                lambda row: f"{offices[row.office]} (of {names.leaders[row.leader]})",
            ),
            Column("went to", lambda row: names.leaders.get(row.holder, "nobody") + "*" * row.given),
            Column("at", lambda row: meetings[row.meeting]),
            Number("in", lambda row: percent(row.share)),
            Column("held at the end by", lambda row: names.leaders.get(row.at_last, "nobody")),
            Number("in", lambda row: percent(row.at_last_share)),
            note=note + " * dictated by the file." * any(row.given for row in found),
        )
    ]
