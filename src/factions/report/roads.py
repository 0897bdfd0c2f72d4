"""What decided the punishments that differ, in a sentence and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, told
from factions.counterfactual.roads import FAR, Road, Sides
from factions.report.table import Block, Column, Number, table
from factions.wording import Names, percent

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.findings import Finding

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
    """That those told of are punished more or less because their blocs oppose more or less often; else nothing."""
    groups = [group for group in told(each.findings.changed) if group[0].kind in _OF_PUNISHMENT]
    rows = [row for row in _rows(each) if groups and _explains(row, groups[0][0])][:_NAMED]
    if not rows:
        return []
    names = Names(each.base).bloc_list(row.bloc for row in rows)
    before, after = (_span([row.open[side] for row in rows]) for side in (0, 1))
    return [
        f"The rulers punish those who oppose openly: {names} did so at {after} of {rows[0].meetings} meetings with the "
        f"change, at {before} without it (on average)."
    ]


def _explains(row: Road, finding: Finding) -> bool:
    """Does a bloc oppose more often where the finding says that more are punished, and is it punished more itself."""
    worse = finding.difference * (1.0 if finding.kind in ("expulsions", "deported") else -1.0)
    before, after = row.punished if finding.kind in ("politburo", "central_committee") else row.expelled
    speaks = round(row.open[1], 1) - round(row.open[0], 1)
    return abs(after - before) > FAR and (after - before) * worse > 0.0 and speaks * worse > 0.0


def _span(values: list[float]) -> str:
    low, high = (f"{value:.1f}" if value >= 0.05 else "none" for value in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"
