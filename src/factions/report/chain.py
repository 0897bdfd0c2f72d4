"""How a change works: the first decisions to differ, what the rulers make of them, and what lies outside this chain.

No cause is told that comes after its effect, or that cannot bring it about by a rule of the model; where none is left,
that is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import blocs_of, told
from factions.counterfactual.own import imposed_on, own_changes
from factions.counterfactual.responses import OFTEN, grouped
from factions.counterfactual.roads import FAR, Road, Sides
from factions.counterfactual.summary import clauses
from factions.counterfactual.weight import OF_PUNISHMENT
from factions.report.imposed import imposed, imposed_stances, missing_events
from factions.report.roads import punished_rows
from factions.scenario.content.events import PolicyShift
from factions.wording import Names, counted, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.finding import Finding, Group
    from factions.counterfactual.responses import Response, Responses

FOLLOWS = 0.2
"""What differs first in a later phase is told from this share of the pairs on."""

ENOUGH, SOME = 0.5, 0.2
"""If a bloc opposes more or less often by this share of the meetings at which it does, that is why, or it is told; what
explains a difference is so in the first of these shares of it."""

_NAMED = 1
"""Blocs that the sentence names, those with most prestige; of more it says that there are others."""

_ASKED = 2
"""Effects outside the chain of which the cause is looked for."""

_LOSES = {"parted": True, "allied": False, "open": True, "rung": True}
"""The decisions of blocs by which a bloc comes out of power, opposes and is punished: taken with the change (True)."""


def chain(each: Comparison, shown: Sequence[Group]) -> tuple[list[str], list[str]]:
    """Sentences on how the difference comes about, as far as decisions tell: those that any answer needs, and others.

    `shown`: the groups of findings that are told with their numbers, of which it is said if the cause is not known.
    Why others rule at the end comes before the decision that is the first to differ, if that is not the cause.
    """
    if not each.findings.changed:
        return [], []
    words, steps = clauses(each), chain_steps(each)
    other = bool(steps) and first_of_all(each.findings.responses) not in steps[0][0]
    start = "the first decision to differ that bears on it" if other else "the first decision to differ, most often"
    rows = [row for phase in each.findings.responses for row in phase]
    first = [
        f"{start}: {words.response(group, shares, _elsewhere(group, rows))}{_unmoved(each, group[0])}"
        for group, shares in steps[:1]
    ]
    later = [f"then {words.response(group, shares)}" for group, shares in steps[1:]]
    outside = [*_outside(each, shown)] if shown else []
    rulers = [(group, text) for group, text in outside if group is not None and group[0].kind == "ruling"]
    why = [text for group, text in rulers if group[0].lasts]
    turns = [text for group, text in rulers if not group[0].lasts and group in shown]
    unknown = [text for group, text in outside if group is None]
    others = [text for group, text in outside if group is not None and text not in (*why, *turns)]
    more = ([*_punishments(each), *others] or later) if shown else []
    return [*map(sentence, [*imposed(each), *why, *first, *turns, *unknown])], [*map(sentence, more)]


def chain_steps(each: Comparison) -> list[tuple[Responses, list[float]]]:
    """The decisions that are most often the first of all to differ; if blocs do not speak by them, who does later.

    Each with the shares of the pairs in which that is so.  If nothing that is told comes about by it, or nobody knows
    why it is taken, the earliest one takes its place of which both are known.
    """
    phases = each.findings.responses
    first = first_of_all(phases)
    if first is None or first.first < OFTEN:
        return []
    if not _tells(each, first):
        days = [*clauses(each).days]
        rows = [row for phase in phases for row in phase if row.share >= FOLLOWS and _tells(each, row)]
        first = min(rows, key=lambda row: (days.index(row.meeting), -row.share), default=first)
    group = next(group for phase in phases for group in grouped(phase) if first in group)
    found = [(group, [row.share for row in group])]
    if first.kind != "open":
        days = [*clauses(each).days]
        voices = [grouped(phase)[0] for phase in phases if phase[0].kind == "open" and phase[0].share >= FOLLOWS]
        later = [voice for voice in voices if days.index(voice[0].meeting) >= days.index(first.meeting)]
        found += [(voice, [row.share for row in voice]) for voice in later]
    return found


def _tells(each: Comparison, row: Response) -> bool:
    """Can a decision bring about anything that is told, and is it known why it is taken."""
    known = row.cause is not None or row.kind == "rung"  # of punishments the term that spoke for them is told
    return known and any(leads_to(each, row, group) for group in told(each.findings.changed))


def _elsewhere(group: Responses, among: Iterable[Response]) -> list[Response]:
    """The same decision of the same blocs at other meetings, where that is frequent; nothing of several decisions."""
    one = group[0]
    alike = (row for row in among if (row.kind, row.who, row.more) == (one.kind, one.who, one.more))
    others = dict.fromkeys(row for row in alike if row.meeting != one.meeting and row.share >= OFTEN)
    return [*others] if len(group) == 1 else []


def _unmoved(each: Comparison, row: Response) -> str:
    """That a line lay elsewhere since events that do not happen would have moved it; or nothing."""
    cause, lost = row.cause, {*missing_events(each)}
    if cause is None or cause.what != "line":
        return ""
    men = {leader.id for leader in each.base.leaders if leader.bloc == cause.who}
    moved = [
        event
        for event in each.base.events
        if isinstance(event, PolicyShift) and event.id in lost and event.issue == cause.issue
        if event.bloc == cause.who or event.leader in men
    ]
    what = f"“{Names(each.base).events[moved[0].id]}”" if len(moved) == 1 else "these events"
    return f", since {what} did not move it" if moved else ""


def first_of_all(phases: Sequence[Sequence[Response]]) -> Response | None:
    """The decision that is most often among the first of all to differ."""
    rows = [row for phase in phases for row in phase]
    return max(rows, key=lambda row: row.first, default=None)


# punishments --------------------------------------------------------------------------------------------------------


def _punishments(each: Comparison) -> list[str]:
    """That those told of oppose more or less often, or that the rulers punish otherwise; or nothing."""
    group, rows = _struck_rows(each)
    spoke = [row for row in rows if _spoke(row, group[0])] if group else []
    if spoke:
        before, after = (_mean([row.open[side] for row in spoke]) for side in (0, 1))
        often = f"at {after} of {spoke[0].meetings} meetings on average, against {before}"
        if after == "none":
            often = f"at no meeting, against {before} of {spoke[0].meetings} on average"
        return [f"in the model only open opposition costs seats and membership: {_names(each, spoke)} opposed {often}"]
    if not rows or _voices(each, group):
        return []
    how = "more" if _worse(group[0]) > 0.0 else "less"
    then, now = (f"{100 * _average([_struck(row, group[0])[side] for row in rows]):.0f}%" for side in (0, 1))
    did = "punished them further" if _by_seats(group[0]) else "expelled men of theirs"
    here, there = (_average([row.open[side] for row in rows]) for side in (0, 1))
    often, link = "about as often on the whole", "but"
    if abs(there - here) >= SOME * max(here, there):
        often, link = f"at {there:.1f} of {rows[0].meetings} meetings on average, against {here:.1f}", "and"
    shares = f"{now} of the worlds against {then}"
    return [f"{_names(each, rows)} opposed openly {often}, {link} the rulers {did} {how} often ({shares})"]


def _voices(each: Comparison, group: Group) -> bool:
    """Do the blocs of the men of whom a group tells speak out, or keep silent, by what differs first or is imposed."""
    worse = _worse(group[0]) > 0.0
    steps = [row for rows, _ in chain_steps(each) for row in rows if row.kind == "open" and row.more is worse]
    imposed = {change.bloc for change in imposed_stances(each) if (change.to == "open") is worse}
    blocs = {name for row in steps for name in row.who} | imposed
    return bool(group[0].who) and all(bloc in blocs for bloc in {*blocs_of(each.base, group)})


def _struck_rows(each: Comparison) -> tuple[Group, list[Road]]:
    """The weightiest finding that follows from punishments, and the blocs that are punished accordingly."""
    groups = [group for group in told(each.findings.changed) if group[0].kind in OF_PUNISHMENT]
    return (groups[0], [row for row in punished_rows(each) if _moves(row, groups[0][0])]) if groups else ((), [])


def _names(each: Comparison, rows: Sequence[Road]) -> str:
    """The blocs that are punished: the first by name."""
    names, order = Names(each.base).blocs, sorted(rows, key=lambda row: -_prestige(each, row.bloc))
    shown = [names[row.bloc] for row in order[:_NAMED]]
    return listed([*shown, counted(len(rows) - _NAMED, "other bloc")] if len(rows) > _NAMED else shown)


def _prestige(each: Comparison, bloc: str) -> float:
    return sum(leader.prestige for leader in each.base.leaders if leader.bloc == bloc)


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
    """1 if the finding says that those of whom it speaks fare worse with the change, -1 if better."""
    harm = finding.difference * (1.0 if finding.kind in ("expulsions", "deported", "capitulated", "open") else -1.0)
    return 1.0 if harm > 0.0 else -1.0


def _spoke(row: Road, finding: Finding) -> bool:
    """Does the bloc oppose so much more, or less, often that this explains it."""
    more = (row.open[1] - row.open[0]) * _worse(finding)
    return more > 0.0 and more >= ENOUGH * max(row.open)


def _mean(values: Sequence[float]) -> str:
    value = f"{_average(values):.1f}"
    return "none" if float(value) == 0.0 else value


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values)


# what lies outside the chain ----------------------------------------------------------------------------------------


def _outside(each: Comparison, shown: Sequence[Group]) -> Iterator[tuple[Group | None, str]]:
    """The causes of effects that are told and lie outside the chain, each with its group; None: no cause is known."""
    words, unknown = clauses(each), []
    used: list[Responses] = []
    seats = [group for group in told(each.findings.changed) if group[0].kind == "politburo" and group not in shown]
    groups = [group for group in [*shown, *seats] if group[0].kind in _EXPLAINED]
    for group in [group for group in groups if not _explained(each, group)][:_ASKED]:
        effect = words.effect(group)
        told_of = "" if group in shown else f" {words.numbers(group)}"
        rows = _behind(each, group)
        if not rows and group in shown:
            unknown.append(effect)
        elif rows and rows not in used:
            used.append(rows)
            others = _elsewhere(rows, each.findings.behind)
            because = words.response(rows, [row.share for row in rows], others)
            yield group, f"why {effect}{told_of}: {because}{_unmoved(each, rows[0])}"
    if unknown:
        yield None, f"the report cannot say why {listed(unknown)}"


_EXPLAINED = ("ruling", "open", "politburo", "party", "capitulated", "deported")
"""Kinds of outcomes whose cause is looked for: what decisions of blocs bring about."""


def _explained(each: Comparison, group: Group) -> bool:
    """Does the chain, or the change itself, bring about what a group tells."""
    blocs, steps = {*blocs_of(each.base, group)}, [row for rows, _ in chain_steps(each) for row in rows]
    if any(leads_to(each, row, group) for row in steps):
        return True
    if {bloc for change in own_changes(each.base, each.scenario) for bloc in imposed_on(change)} & blocs:
        return True
    found, rows = _struck_rows(each)
    spoke = {row.bloc for row in rows if _moves(row, found[0])} if found else set()
    return group[0].kind in OF_PUNISHMENT and bool(blocs) and blocs <= spoke


def _rulers(each: Comparison) -> set[str]:
    """The blocs that rule at the end on both sides."""
    return {rule.bloc for rule in each.findings.ends.blocs if min(rule.before, rule.after) >= 0.5}


def _behind(each: Comparison, group: Group) -> Responses:
    """The decision that differs first and can have brought about what a group tells, best one whose cause is known.

    It has to differ, at all its meetings together, in at least half as many pairs as the group tells of.
    """
    fit = [row for row in each.findings.behind if leads_to(each, row, group)]
    best = max(fit, key=lambda row: (row.cause is not None, row.share), default=None)
    if best is None:
        return ()
    often = sum(row.share for row in (best, *_elsewhere((best,), each.findings.behind)))
    return (best,) if often >= ENOUGH * min(abs(finding.difference) for finding in group) else ()


def leads_to(each: Comparison, row: Response, group: Group) -> bool:
    """Can a decision bring about what a group tells: of one of its blocs, not later than it, and to the same end.

    Who parts from the rulers loses power, may oppose, and is punished; who opposes is punished.  Nobody loses power by
    speaking out, and nobody speaks out because he is punished.
    """
    days, blocs = [*clauses(each).days], {*blocs_of(each.base, group)}
    if group[0].kind == "expulsions":
        blocs = {*row.who} if row.kind in ("open", "rung") else set()
    if row.kind not in _LOSES or not blocs & {*row.who} or days.index(row.meeting) > days.index(group[0].meeting):
        return False
    if group[0].kind == "ruling" and not (row.kind in ("parted", "allied") and {*row.who} & _rulers(each) - blocs):
        return False
    if group[0].kind == "open" and row.kind == "rung":
        return False
    return (row.more is _LOSES[row.kind]) is (_worse(group[0]) > 0.0)
