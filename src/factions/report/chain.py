"""How a change works, as a plain chain: the first decision to differ, what the rulers make of it, what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, told
from factions.counterfactual.responses import OFTEN, grouped
from factions.counterfactual.roads import FAR, Road, Sides
from factions.counterfactual.summary import clauses
from factions.counterfactual.touched import named_by
from factions.report.roads import OF_PUNISHMENT, punished_rows
from factions.scenario.content.changes import AllianceChange, StanceChange
from factions.wording import Names, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.findings import Finding, Group
    from factions.counterfactual.responses import Response, Responses
    from factions.scenario.content.changes import Change

FOLLOWS = 0.25
"""What differs first in a later phase is told from this share of the pairs on."""

ENOUGH = 0.2
"""If a bloc opposes more or less often by this share of the meetings at which it does, that may be why."""

HARDLY = 0.05
"""So small a share of what it is without the change is told as hardly anything."""

_NAMED = 4
"""Blocs that the sentence names at most."""

_LAW = "in the model the rulers punish those who oppose openly"
_KEPT, _STANDS = {"together": "joined", "apart": "kept"}, {"together": "", "apart": " apart"}
_VOICES = {"open": "speak out", "quiet": "keep silent"}
"""What a change that decides of blocs does, by its own word."""


def chain(each: Comparison) -> list[str]:
    """In a sentence or two how the difference comes about, as far as decisions tell; perhaps nothing."""
    if not each.findings.changed:
        return []
    steps = [clauses(each).response(group, shares) for group, shares in chain_steps(each)]
    later, followed = [f"then {step}" for step in steps[1:]], _punishments(each)
    decided = [*steps[:1], *_powers(each), *later]
    links = [*followed, *decided] if followed and _stances(each) else [*decided, *followed]
    said = "; ".join([*_imposed(each), *links])
    return [*([sentence(said)] if said else []), *_in_spite(each)]


def chain_steps(each: Comparison) -> list[tuple[Responses, list[float]]]:
    """The decisions that are most often the first of all to differ; if blocs do not speak by them, who does later.

    Each with the shares of the pairs in which that is so.
    """
    phases = each.findings.responses
    first = first_of_all(phases)
    if first is None or first.first < OFTEN:
        return []
    group = next(group for phase in phases for group in grouped(phase) if first in group)
    found = [(group, [row.first for row in group])]
    if first.kind != "open":
        days = [*clauses(each).days]
        voices = [grouped(phase)[0] for phase in phases if phase[0].kind == "open" and phase[0].share >= FOLLOWS]
        later = [voice for voice in voices if days.index(voice[0].meeting) >= days.index(first.meeting)]
        found += [(voice, [row.share for row in voice]) for voice in later]
    return found


def first_of_all(phases: Sequence[Sequence[Response]]) -> Response | None:
    """The decision that is most often among the first of all to differ."""
    rows = [row for phase in phases for row in phase]
    return max(rows, key=lambda row: row.first, default=None)


def _imposed(each: Comparison) -> list[str]:
    """What the change itself decides of blocs, and whom of them it brings to power or puts out of it; or nothing."""
    names, own = Names(each.scenario), _own(each)
    said = [
        f"{_KEPT[change.stand]} {names.bloc_list(change.blocs)}{_STANDS[change.stand]}"
        for change in own
        if isinstance(change, AllianceChange)
    ]
    said += [f"made {names.blocs[change.bloc]} {_VOICES[change.to]}" for change in _stances(each)]
    named = {name for table, name in named_by(each.base, each.scenario) if table == "blocs"}
    for first, *_ in told(each.findings.changed):
        if first.kind == "ruling" and first.since == each.branch and first.who[0] in named:
            bloc = names.blocs[first.who[0]]
            did = f"brought {bloc} to power" if first.difference > 0.0 else f"put {bloc} out of power"
            said.append(f"{did} in {clauses(each).when(first.since)}")
    return [f"the change itself {listed(dict.fromkeys(said))}"] if said else []


def _own(each: Comparison) -> list[Change]:
    """The changes that the file makes and its base does not."""
    return [change for change in each.scenario.changes if change not in each.base.changes]


def _stances(each: Comparison) -> list[StanceChange]:
    """Whom the change itself lets speak out, or keep silent."""
    return [change for change in _own(each) if isinstance(change, StanceChange)]


def _powers(each: Comparison) -> list[str]:
    """Who comes to power, or loses it, because alliances are made or broken that differ first of all."""
    first = first_of_all(each.findings.responses)
    if first is None or first.first < OFTEN or first.kind not in ("allied", "parted"):
        return []
    gains = (first.kind == "allied") == first.more
    ruling = (group for group in told(each.findings.changed) if group[0].kind == "ruling")
    fit = [group for group in ruling if (group[0].difference > 0.0) == gains and {*group[0].who} <= {*first.who}]
    when = clauses(each).when
    return [f"so in {when(group[0].meeting)} {_effect(each, group)}" for group in fit[:1]]


def _punishments(each: Comparison) -> list[str]:
    """That those told of oppose more or less often, which the rulers punish, and what comes of it; or nothing."""
    group, rows = _struck_rows(each)
    spoke = [row for row in rows if _spoke(row, group[0])][:_NAMED] if group else []
    if spoke:
        before, after = (_span([row.open[side] for row in spoke]) for side in (0, 1))
        numbers = f"at {after} of {spoke[0].meetings} meetings with the change, at {before} without it (on average)"
        return [f"{_LAW}, and {_names(each, spoke)} opposed {numbers}", f"so {_effect(each, group)}"]
    fit = next((found for found in _groups(each) if _voices(each, found)), None)
    return [_LAW, f"so {_effect(each, fit)}"] if fit is not None else []


def _voices(each: Comparison, group: Group) -> bool:
    """Do the blocs of the men of whom a group tells speak out, or keep silent, by what differs first or is imposed."""
    worse = _worse(group[0]) > 0.0
    steps = [row for rows, _ in chain_steps(each) for row in rows if row.kind == "open" and row.more is worse]
    imposed = {change.bloc for change in _stances(each) if (change.to == "open") is worse}
    bloc_of = {leader.id: leader.bloc for leader in each.base.leaders}
    blocs = {name for row in steps for name in row.who} | imposed
    return bool(group[0].who) and all(bloc_of[finding.who[0]] in blocs for finding in named(each.base, group))


def _struck_rows(each: Comparison) -> tuple[Group, list[Road]]:
    """The weightiest finding that follows from punishments, and the blocs that are punished accordingly."""
    groups = _groups(each)
    return (groups[0], [row for row in punished_rows(each) if _moves(row, groups[0][0])]) if groups else ((), [])


def _groups(each: Comparison) -> list[Group]:
    """What is told and follows from punishments, the weightiest first."""
    return [group for group in told(each.findings.changed) if group[0].kind in OF_PUNISHMENT]


def _effect(each: Comparison, group: Group) -> str:
    """What differs, without its numbers, which are told next."""
    first, words = group[0], clauses(each)
    more = first.difference > 0.0
    if first.kind == "expulsions":
        hardly = first.after <= HARDLY * first.before
        return f"{'hardly anybody was' if hardly else 'more were' if more else 'fewer were'} expelled"
    return f"{words.subject(group)} {words.deed(first)[0]} {'more' if more else 'less'} often"


def _in_spite(each: Comparison) -> list[str]:
    """That the rulers punish otherwise, though the blocs oppose about as often, or the other way; or nothing."""
    group, rows = _struck_rows(each)
    if not rows or any(_spoke(row, group[0]) for row in rows) or _voices(each, group):
        return []
    rows, finding, count = rows[:_NAMED], group[0], min(len(each.paths), 100)
    how = "more" if _worse(finding) > 0.0 else "less"
    before, after = (_span([row.open[side] for row in rows]) for side in (0, 1))
    then, now = (clauses(each).between([_struck(row, finding)[side] for row in rows]) for side in (0, 1))
    did = "punished them further" if _by_seats(finding) else "expelled men of theirs"
    return [
        f"The reason is not that {_names(each, rows)} opposed openly {how} often (at {after} of {rows[0].meetings} "
        f"meetings with the change, at {before} without it, on average), but what the rulers did: they {did} "
        f"{now} of {count} worlds, instead of {then.removeprefix('each ')}."
    ]


def _names(each: Comparison, rows: Sequence[Road]) -> str:
    return Names(each.base).bloc_list(row.bloc for row in rows)


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
