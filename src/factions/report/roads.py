"""What decided the punishments that differ, in a sentence and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, told
from factions.counterfactual.roads import FAR, Road, Sides
from factions.report.table import Block, Column, Number, table
from factions.wording import Names, listed, out_of, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.findings import Finding

_OF_PUNISHMENT = ("expulsions", "politburo", "central_committee", "party", "deported")
"""Kinds of outcomes that follow from punishments."""

_NAMED = 4
"""Blocs that the sentence names at most."""

ENOUGH = 0.2
"""If a bloc opposes more or less often by this share of the meetings at which it does, that may be why."""

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
    """Why those told of are punished more or less: they oppose more or less often, or in spite of that; or nothing."""
    groups = [group for group in told(each.findings.changed) if group[0].kind in _OF_PUNISHMENT]
    rows = [row for row in _rows(each) if groups and _moves(row, groups[0][0])]
    spoke = [row for row in rows if _spoke(row, groups[0][0])][:_NAMED]
    if not spoke:
        return [_in_spite(each, rows[:_NAMED], groups[0][0])] if rows else []
    before, after = (_span([row.open[side] for row in spoke]) for side in (0, 1))
    return [
        f"The rulers punish those who oppose openly: {_names(each, spoke)} did so at {after} of {spoke[0].meetings} "
        f"meetings with the change, at {before} without it (on average)."
    ]


def _names(each: Comparison, rows: Sequence[Road]) -> str:
    return Names(each.base).bloc_list(row.bloc for row in rows)


def _in_spite(each: Comparison, rows: Sequence[Road], finding: Finding) -> str:
    """That the rulers punish otherwise, though the blocs oppose about as often, or the other way."""
    count, how = min(len(each.paths), 100), "more" if _worse(finding) > 0.0 else "less"
    before, after = (_each([f"{row.open[side]:.1f}" for row in rows]) for side in (0, 1))
    then, now = (_each([out_of(_struck(row, finding)[side], count) for row in rows]) for side in (0, 1))
    did = "punished them further" if _by_seats(finding) else "expelled men of theirs"
    return (
        f"The reason is not that {_names(each, rows)} opposed openly {how} often (at {after} of {rows[0].meetings} "
        f"meetings with the change, at {before} without it, on average), but what the rulers did: they {did} in "
        f"{now} of {count} worlds, instead of {then}."
    )


def _each(numbers: Sequence[str]) -> str:
    """One number for all, or one for each."""
    return listed(numbers if len({*numbers}) > 1 else numbers[:1])


def _moves(row: Road, finding: Finding) -> bool:
    """Is a bloc punished more where the finding says that more are punished."""
    before, after = _struck(row, finding)
    return abs(after - before) > FAR and (after - before) * _worse(finding) > 0.0


def _struck(row: Road, finding: Finding) -> Sides:
    """Shares of worlds in which the bloc was punished, as far as the finding is about that."""
    return row.punished if _by_seats(finding) else row.expelled


def _by_seats(finding: Finding) -> bool:
    return finding.kind in ("politburo", "central_committee")


def _worse(finding: Finding) -> float:
    """1 if the finding says that more are punished with the change, -1 if fewer."""
    harm = finding.difference * (1.0 if finding.kind in ("expulsions", "deported") else -1.0)
    return 1.0 if harm > 0.0 else -1.0


def _spoke(row: Road, finding: Finding) -> bool:
    """Does the bloc oppose so much more, or less, often that this explains it."""
    more = (row.open[1] - row.open[0]) * _worse(finding)
    return more > 0.0 and more >= ENOUGH * max(row.open)


def _span(values: list[float]) -> str:
    low, high = (f"{value:.1f}" if value >= 0.05 else "none" for value in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"
