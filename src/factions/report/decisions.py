"""How the difference begins, in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.carriers import TOLD
from factions.counterfactual.days import with_month
from factions.counterfactual.responses import OFTEN, Responses, grouped
from factions.counterfactual.summary import clauses
from factions.report.table import Block, Column, Number, table
from factions.wording import percent, sentence

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison

_OF_A_PHASE = 2
"""Decisions of one phase that are listed."""

_NOTE = (
    "Decisions of blocs and leading men; what the change itself decides is left out. There are five kinds: moves of "
    "leaders, alliances, speaking out, punishments, surrenders. First of its kind: in this share of the pairs no "
    "decision of the same kind differs earlier. First of all: no decision of any kind does."
)
_WHY = (
    " What spoke for it: the number behind it that differs most between the two runs, or the part of the rule that did "
    f"most for it, in {TOLD} pairs that were looked at."
)


def decisions(each: Comparison) -> list[Block]:
    """The decisions that differ first, beyond what the change does itself; nothing if none is frequent."""
    groups = [group for phase in each.findings.responses for group in grouped(phase)[:_OF_A_PHASE]]
    groups = [group for group in groups if group[0].share >= OFTEN]
    if not groups:
        return []
    words = clauses(each)
    names = {meeting.id: with_month(meeting.name, meeting.date) for meeting in each.base.meetings}
    known = any(words.spoke(group[0]) for group in groups)
    why = [Column[Responses]("what spoke for it", lambda group: words.spoke(group[0]) or "not known")] if known else []
    return [
        table(
            groups,
            Column[Responses](
                "how the two worlds of a pair begin to differ: with the change",
                lambda group: sentence(words.decision(group)),
            ),
            Column("at", lambda group: names[group[0].meeting]),
            Number("first of its kind", lambda group: _span([row.share for row in group])),
            Number("first of all", lambda group: _span([row.first for row in group])),
            *why,
            note=_NOTE + _WHY * known,
        )
    ]


def _span(shares: list[float]) -> str:
    low, high = percent(min(shares)), percent(max(shares))
    return low if low == high else f"{low} to {high}"
