"""Which findings the answer tells, of whom it tells them, and by which outcomes a table has their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.courses import ALLIED

if TYPE_CHECKING:
    from factions.counterfactual.finding import Finding, Group
    from factions.counterfactual.findings import Findings
    from factions.counterfactual.levels import Level
    from factions.scenario import Scenario

MOST = 4
"""Groups of findings that are told, beside one on what somebody asked for."""

FEW, SMALL = 2, 0.15
"""Groups that are told if no effect exceeds this."""

WEAK = 0.25
"""Effects smaller than this share of the largest are not told unasked."""

TURN = 0.25
"""An effect of this size on who rules for a time is told."""

NAMED = 3
"""Leaders or blocs that a clause names if there are more than one beyond these."""


def told(changed: Sequence[Group]) -> list[Group]:
    """The groups of findings that are told: those with the largest effects, and what somebody asked for and is large.

    At least one of those that last to the end, and one of those that pass, if there are such, and of these who rules
    for a time in many more or fewer worlds.  `changed`: all groups in their order, which the chosen keep; those that
    say the same of other men at one meeting become one.
    """
    if not changed:
        return []
    strong: list[Group] = []
    for group in sorted(_merged(changed), key=_by_size):
        if group[0].effect >= WEAK * changed[0][0].effect and not _says_it_again(group, strong):
            strong.append(group)
    strong = [group for group in strong if not _says_it_again(group, [each for each in strong if each is not group])]
    lasting, passing = ([group for group in strong if group[0].lasts is lasts] for lasts in (True, False))
    most = MOST if strong[0][0].effect >= SMALL else FEW
    turns = [group for group in passing if group[0].kind == "ruling" and group[0].effect >= TURN]
    first = [*lasting[: most - 1], *dict.fromkeys([*passing[:1], *turns[:1]])]
    chosen = [*first, *[group for group in strong if group not in first][: max(most - len(first), 0)]]
    asked = [group for group in strong if any(each.asked for each in group) and group not in chosen]
    return [group for group in _merged(changed) if group in chosen or group in asked[:1]]


_ORDER = ("ruling", "politburo", "expulsions", "party", "capitulated")
"""Kinds of outcomes that are chosen before others that differ about as much, in this order."""


def _by_size(group: Group) -> tuple[float, int]:
    kind = group[0].kind
    return -round(group[0].effect, 1), _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _merged(changed: Sequence[Group]) -> list[Group]:
    """The groups, in which those of one kind of seat or place, of other men, at one meeting, to one end, are one."""
    found: list[list[Finding]] = []
    for group in changed:
        same = (each for each in found if group[0].kind in _PLACES and _to_one_end(each[0], group[0]))
        into = next(same, None)
        if into is None:
            found.append([*group])
        elif group[0].effect >= into[0].effect / 2:
            into.extend(group)
    return [tuple(group) for group in found]


_PLACES = ("politburo", "party")
"""What is told of several men at once, however far apart their numbers lie."""


def _to_one_end(one: Finding, two: Finding) -> bool:
    return (one.kind, one.meeting, one.lasts, one.difference > 0) == (
        two.kind,
        two.meeting,
        two.lasts,
        two.difference > 0,
    )


def _says_it_again(group: Group, said: Sequence[Group]) -> bool:
    """Does what was said imply it: who rules is allied with the rulers, opposes none of them, and has not parted."""
    return any(_implies(each, group) for each in said)


def _implies(said: Group, group: Group) -> bool:
    """Does one group imply another: trivially, by what ruling, sitting in the Politburo, or standing together is."""
    one, two = said[0], group[0]
    who = {name for each in said for name in each.who}
    same_way, at_once = (one.difference > 0) == (two.difference > 0), one.meeting == two.meeting
    if one.kind == "ruling" and two.kind == ALLIED:
        return same_way and at_once and all({*pair.who} & who for pair in group)
    if one.kind == "ruling" and two.kind == "break":
        return bool({*two.who} & who)
    if one.kind == "ruling" and two.kind == "open":
        return not same_way and {*two.who} <= who
    if one.kind == "politburo" and two.kind == "party":
        return same_way and at_once and all({*each.who} <= who for each in group)
    return False


def named(scenario: Scenario, group: Group) -> list[Finding]:
    """The findings of a group that are told by name: of leaders those with most prestige, of blocs the first."""
    rank = {leader.id: -leader.prestige for leader in scenario.leaders}
    rank |= {bloc.id: float(place) for place, bloc in enumerate(scenario.blocs)}
    if len(group[0].who) > 1:
        return [*group[:NAMED]]
    ordered = sorted(group, key=lambda finding: rank.get(finding.who[0] if finding.who else "", 0.0))
    return ordered if len(ordered) <= NAMED + 1 else ordered[:NAMED]


def blocs_told(scenario: Scenario, findings: Findings) -> list[str]:
    """Ids of the blocs of which the answer tells, and of those to which the men belong of whom it tells by name."""
    return list(dict.fromkeys(bloc for group in told(findings.changed) for bloc in blocs_of(scenario, group)))


def blocs_of(scenario: Scenario, group: Group) -> list[str]:
    """Ids of the blocs of which a group tells that they rule or oppose, or to which its men belong."""
    bloc_of = {leader.id: leader.bloc or "" for leader in scenario.leaders}
    who = [finding.who[0] for finding in named(scenario, group) if len(finding.who) == 1]
    if group[0].kind in ("ruling", "open"):
        return who
    return [*filter(None, dict.fromkeys(bloc_of.get(name, "") for name in who))]


def outcomes_told(scenario: Scenario, findings: Findings) -> list[str]:
    """Names of the outcomes whose numbers sentences and figures give, for a table that has all of them."""
    last = scenario.meetings[-1].id
    names = [name for group in told(findings.changed) for name in _names(scenario, group, last)]
    names += [*(level.outcome for level in highest(findings.levels) if level.outcome), *findings.marks]
    return list(dict.fromkeys(name.removesuffix(f"@{last}") for name in names))


def highest(levels: Sequence[Level]) -> list[Level]:
    """The level where it is largest, and the last one, as far as anything differs there."""
    peak = max(levels, key=lambda level: level.size, default=None)
    return [] if peak is None else [level for level in dict.fromkeys((peak, levels[-1])) if level.size > 0.0]


def _names(scenario: Scenario, group: Group, last: str) -> Iterator[str]:
    shown = named(scenario, group)
    yield from map(outcome_name, shown)
    if not group[0].lasts and group[0].meeting != last:
        yield from (outcome_name(finding, end=True) for finding in shown)


def outcome_name(finding: Finding, end: bool = False) -> str:
    """The outcome that a finding speaks of, at its meeting, or with `end` the same at the last meeting."""
    name = f"{finding.kind}:{'+'.join(finding.who)}" if finding.who else finding.kind
    return name if end or finding.meeting == "" else f"{name}@{finding.meeting}"
