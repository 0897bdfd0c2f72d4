"""How the difference begins, in a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.carriers import TOLD
from factions.counterfactual.days import with_month
from factions.counterfactual.responses import OFTEN, Response, Responses, grouped
from factions.counterfactual.summary import clauses
from factions.report.table import Block, Column, Number, Table, table
from factions.wording import percent, sentence

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison

_OF_A_PHASE = 2
"""Decisions of one phase that are listed."""

_ABOUT = 4
"""Decisions about those of whom the answer tells that are listed: the most frequent."""

_NOTE = (
    "Decisions of blocs and leading men (those with most prestige, and who speaks for a bloc); what the change itself "
    "decides is left out, and so is what others do, though pairs may differ in that before. There are five kinds: "
    "moves of leaders, alliances, speaking out, punishments, surrenders. First of its kind: in this share of the pairs "
    "no decision of the same kind differs earlier. First of all: no decision of any kind does."
)
_NOTE_ABOUT = "First about it: in this share of the pairs no decision about the same bloc differs earlier."
_WHY = (
    " What spoke for it: the number behind it that differs most between the two runs, or the part of the rule that did "
    f"most for it, in {TOLD} pairs that were looked at."
)


def decisions(each: Comparison) -> list[Block]:
    """The decisions that differ first, beyond what the change does itself, and those about whom the answer tells.

    Nothing if none is frequent.
    """
    groups = [group for phase in each.findings.responses for group in grouped(phase)[:_OF_A_PHASE]]
    groups = [group for group in groups if group[0].share >= OFTEN]
    listed = {_what(row) for group in groups for row in group}
    about = [row for row in each.findings.behind if _what(row) not in listed]
    others = grouped(sorted(about, key=lambda row: -row.share))[:_ABOUT]
    found = []
    if groups:
        head = "how the two worlds of a pair begin to differ: with the change"
        found.append(_table(each, groups, head, (_FIRST_OF_ITS_KIND, _FIRST_OF_ALL), _NOTE))
    if others:
        head = "the first decisions about those of whom the answer tells: with the change"
        found.append(_table(each, others, head, (_FIRST_ABOUT_IT,), _NOTE_ABOUT))
    return [*found]


def _what(row: Response) -> tuple[str, frozenset[str], str, bool]:
    """What is decided, of whom, when, and on which side."""
    return row.kind, frozenset(row.who), row.meeting, row.more


_FIRST_OF_ITS_KIND = Number[Responses]("first of its kind", lambda group: _span([row.share for row in group]))
_FIRST_OF_ALL = Number[Responses]("first of all", lambda group: _span([row.first for row in group]))
_FIRST_ABOUT_IT = Number[Responses]("first about it", lambda group: _span([row.share for row in group]))


def _table(
    each: Comparison, groups: Sequence[Responses], head: str, shares: Sequence[Number[Responses]], note: str
) -> Table:
    """Decisions with their meetings, in what shares of the pairs they are first, and what spoke for them."""
    words = clauses(each)
    names = {meeting.id: with_month(meeting.name, meeting.date) for meeting in each.base.meetings}
    known = any(words.spoke(group[0]) for group in groups)
    why = [Column[Responses]("what spoke for it", lambda group: words.spoke(group[0]) or "not known")] if known else []
    return table(
        groups,
        Column[Responses](head, lambda group: sentence(words.decision(group))),
        Column("at", lambda group: names[group[0].meeting]),
        *shares,
        *why,
        note=note + _WHY * known,
    )


def _span(shares: list[float]) -> str:
    low, high = percent(min(shares)), percent(max(shares))
    return low if low == high else f"{low} to {high}"
