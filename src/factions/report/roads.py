"""What decided the punishments that differ, in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, told
from factions.counterfactual.roads import Road, Sides
from factions.counterfactual.weight import OF_PUNISHMENT
from factions.report.table import Block, Column, Number, table
from factions.wording import percent

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison

_NOTE = (
    "Without the change → with it, from the first meeting on that can differ. In the model the rulers take seats and "
    "membership from blocs that oppose openly, one step at a time, and offices from the condemned who keep quiet too; "
    "a plenum may expel only whom a congress or conference has condemned."
)


def roads(each: Comparison) -> list[Block]:
    """The blocs of those of whom the answer tells, if they are punished in more worlds of one side; perhaps none."""
    rows = punished_rows(each)
    if not rows:
        return []
    names = {bloc.id: bloc.name for bloc in each.base.blocs}
    return [
        table(
            rows,
            Column[Road]("what decided the punishments", lambda row: names[row.bloc]),
            Number(f"meetings in open opposition (of {rows[0].meetings})", lambda row: _means(row.open)),
            Number("opposed at a congress or conference", lambda row: _shares(row.delegates)),
            Number("punished in any way", lambda row: _shares(row.punished)),
            Number("expelled", lambda row: _shares(row.expelled)),
            note=_NOTE,
        )
    ]


def punished_rows(each: Comparison) -> list[Road]:
    """The blocs of those of whom the answer tells; all, if it tells how many are expelled."""
    groups = [group for group in told(each.findings.changed) if group[0].kind in OF_PUNISHMENT]
    if any(group[0].kind == "expulsions" for group in groups):
        return [*each.findings.roads]
    bloc_of = {leader.id: leader.bloc for leader in each.base.leaders}
    blocs = {bloc_of[finding.who[0]] for group in groups for finding in named(each.base, group)}
    return [road for road in each.findings.roads if road.bloc in blocs]


def _means(sides: Sides) -> str:
    return " → ".join(f"{value:.1f}" for value in sides)


def _shares(sides: Sides) -> str:
    return " → ".join(percent(value) for value in sides)
