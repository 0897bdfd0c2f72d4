"""How the difference begins, in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.days import with_month
from factions.counterfactual.responses import OFTEN, Responses, grouped
from factions.counterfactual.summary import clauses
from factions.counterfactual.terms import reason
from factions.report.table import Block, Column, Number, table
from factions.wording import percent, sentence

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.responses import Response

_OF_A_PHASE = 2
"""Decisions of one phase that are listed."""

_NOTE = (
    "Decisions of blocs and leading men. First of all: the share of all pairs in which no other one differs earlier; "
    "several may at once. First of its kind: no other move of a leader, alliance, speaking out, punishment or "
    "surrender does. What spoke for it: the part of the model's rule that did so most where it was decided, or more so "
    "than in the other run; looked at in a few pairs, for the most frequent decisions."
)


def decisions(each: Comparison) -> list[Block]:
    """The decisions that differ first, beyond what the change does itself; nothing if none is frequent."""
    groups = [group for phase in each.findings.responses for group in grouped(phase)[:_OF_A_PHASE]]
    groups = [group for group in groups if group[0].share >= OFTEN]
    if not groups:
        return []
    words = clauses(each)
    names = {meeting.id: with_month(meeting.name, meeting.date) for meeting in each.base.meetings}
    return [
        table(
            groups,
            Column[Responses](
                "the first decisions to differ, with the change", lambda group: sentence(words.decision(group))
            ),
            Column("at", lambda group: names[group[0].meeting]),
            Number("first of all", lambda group: _span([row.first for row in group])),
            Number("first of its kind", lambda group: _span([row.share for row in group])),
            Column("what spoke for it", lambda group: _reason(group[0])),
            note=_NOTE,
        )
    ]


def _reason(response: Response) -> str:
    return reason(response.kind, response.term, response.more) if response.term else ""


def _span(shares: list[float]) -> str:
    low, high = percent(min(shares)), percent(max(shares))
    return low if low == high else f"{low} to {high}"
