"""What decided the punishments that differ, in a sentence and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, told
from factions.counterfactual.roads import Road, Sides
from factions.report.table import Block, Column, Number, table
from factions.wording import Names, percent

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison

_OF_PUNISHMENT = ("expulsions", "politburo", "central_committee", "party", "deported")
"""Kinds of outcomes that follow from punishments."""

_NAMED = 4
"""Blocs that the sentence names at most."""

_NOTE = (
    "Without the change → with it, from the first meeting on that can differ. In the model the rulers punish blocs "
    "that oppose openly, one step at a time; a plenum may expel only whom a congress or conference has condemned."
)


def roads(each: Comparison) -> list[Block]:
    """The blocs of those of whom the answer tells, if they are punished in more worlds of one side; perhaps none."""
    rows = _rows(each)
    if not rows:
        return []
    names = {bloc.id: bloc.name for bloc in each.base.blocs}
    return [
        table(
            rows,
            Column[Road]("what decided the punishments", lambda row: names[row.bloc]),
            Number(f"meetings in open opposition (of {rows[0].meetings})", lambda row: _means(row.open)),
            Number("opposed at a congress or conference", lambda row: _shares(row.delegates)),
            Number("punished further", lambda row: _shares(row.punished)),
            Number("expelled", lambda row: _shares(row.expelled)),
            note=_NOTE,
        )
    ]


def _rows(each: Comparison) -> list[Road]:
    groups = [group for group in told(each.findings.changed) if group[0].kind in _OF_PUNISHMENT]
    if any(group[0].kind == "expulsions" for group in groups):
        return [*each.findings.roads]
    bloc_of = {leader.id: leader.bloc for leader in each.base.leaders}
    blocs = {bloc_of[finding.who[0]] for group in groups for finding in named(each.base, group)}
    return [road for road in each.findings.roads if road.bloc in blocs]


def _means(sides: Sides) -> str:
    return " → ".join(f"{value:.1f}" for value in sides)


def _shares(sides: Sides) -> str:
    return " → ".join(percent(value) for value in sides)


def why(each: Comparison) -> list[str]:
    """That blocs are punished more or less because they oppose openly more or less often; nothing if it is not so."""
    rows = sorted(_rows(each), key=lambda row: -abs(row.punished[1] - row.punished[0]))
    rows = [row for row in rows if (row.punished[1] - row.punished[0]) * (row.open[1] - row.open[0]) > 0.0]
    rows = [row for row in rows if (row.open[1] > row.open[0]) == (rows[0].open[1] > rows[0].open[0])][:_NAMED]
    if not rows or round(rows[0].open[0], 1) == round(rows[0].open[1], 1):
        return []
    names = Names(each.base).bloc_list(row.bloc for row in each.findings.roads if row in rows)
    before, after = (_span([row.open[side] for row in rows]) for side in (0, 1))
    return [
        f"The rulers punish those who oppose openly: {names} did so at {after} of {rows[0].meetings} meetings on "
        f"average with the change, at {before} without it."
    ]


def _span(values: list[float]) -> str:
    low, high = (f"{value:.1f}" if value >= 0.05 else "none" for value in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"
