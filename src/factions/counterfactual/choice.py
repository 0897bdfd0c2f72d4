"""Which findings the answer tells, of whom it tells them, and by which outcomes a table has their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.courses import ALLIED

if TYPE_CHECKING:
    from factions.counterfactual.findings import Finding, Findings, Group
    from factions.counterfactual.levels import Level
    from factions.scenario import Scenario

MOST = 5
"""Groups of findings that are told, beside those on what somebody asked for."""

WEAK = 0.25
"""Effects smaller than this share of the largest are not told unasked."""

NAMED = 3
"""Leaders or blocs that a clause names if there are more than one beyond these."""


def told(changed: Sequence[Group]) -> list[Group]:
    """The groups of findings that are told: those with the largest effects, and all that somebody asked for.

    At least one of those that last to the end, and one of those that pass, if there are such.  `changed`: all groups in
    their order, which the chosen keep.
    """
    strong: list[Group] = []
    for group in sorted(changed, key=lambda group: -round(group[0].effect, 1)):
        if group[0].effect >= WEAK * changed[0][0].effect and not _says_it_again(group, strong):
            strong.append(group)
    lasting, passing = ([group for group in strong if group[0].lasts is lasts] for lasts in (True, False))
    first = [*lasting[: MOST - 1], *passing[:1]]
    chosen = [*first, *[group for group in strong if group not in first][: MOST - len(first)]]
    asked = [group for group in changed if any(each.asked for each in group) and not _says_it_again(group, chosen)]
    return [group for group in changed if group in chosen or group in asked]


def _says_it_again(group: Group, said: Sequence[Group]) -> bool:
    """Are they allied because one has come to power, or no longer because it has lost it, which was said."""
    first = group[0]
    if first.kind != ALLIED:
        return False
    return any(
        (each[0].kind, each[0].difference > 0, each[0].meeting) == ("ruling", first.difference > 0, first.meeting)
        and all({*pair.who} & {who for one in each for who in one.who} for pair in group)
        for each in said
    )


def named(scenario: Scenario, group: Group) -> list[Finding]:
    """The findings of a group that are told by name: of leaders those with most prestige, of blocs the first."""
    rank = {leader.id: -leader.prestige for leader in scenario.leaders}
    rank |= {bloc.id: float(place) for place, bloc in enumerate(scenario.blocs)}
    if len(group[0].who) > 1:
        return [*group[:NAMED]]
    ordered = sorted(group, key=lambda finding: rank.get(finding.who[0] if finding.who else "", 0.0))
    return ordered if len(ordered) <= NAMED + 1 else ordered[:NAMED]


def outcomes_told(scenario: Scenario, findings: Findings) -> list[str]:
    """Names of the outcomes whose numbers sentences and figures give, for a table that has all of them."""
    last = scenario.meetings[-1].id
    names = [name for group in told(findings.changed) for name in _names(scenario, group, last)]
    names += [level.outcome for level in highest(findings.levels) if level.outcome]
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
