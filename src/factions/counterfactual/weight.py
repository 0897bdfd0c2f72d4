"""In what order differences are told: who rules first, then who falls or rises, then the rest by size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import TURN, blocs_of, told
from factions.counterfactual.own import imposed_on, own_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.finding import Finding, Group
    from factions.counterfactual.findings import Findings
    from factions.scenario import Scenario

OF_PUNISHMENT = ("expulsions", "politburo", "central_committee", "party", "deported")
"""Kinds of outcomes that follow from punishments."""

OF_MEN = (*OF_PUNISHMENT, "capitulated")
"""Kinds of outcomes that say who falls."""


def size(finding: Finding) -> float:
    """How large a difference is, in [0, 1]: between shares as it is, else what is sure of it."""
    return abs(finding.difference) if finding.unit == "probability" else finding.effect


def concerned(base: Scenario, other: Scenario) -> set[str]:
    """Ids of the blocs that the changes name, or to which the men belong whom they name."""
    bloc_of, changes = {leader.id: leader.bloc or "" for leader in base.leaders}, own_changes(base, other)
    men = [bloc_of.get(getattr(change, "leader", None) or "", "") for change in changes]
    return {*men, *(bloc for change in changes for bloc in imposed_on(change))} - {""}


def weightiest(base: Scenario, other: Scenario, groups: Sequence[Group]) -> list[Group]:
    """First who rules, at the end and for a time, then the largest falls or rises that last, then others by size.

    Of falls and rises those of men come first whom the change names, or of whose blocs it speaks, if they are half as
    large as the largest.
    """
    order, near = sorted(groups, key=lambda group: -size(group[0])), concerned(base, other)
    rules = [group for group in order if group[0].kind == "ruling" and group[0].lasts]
    men = [group for group in order if group[0].lasts and group[0].kind in OF_MEN]
    falls = [group for group in men if group[0].kind != "expulsions"]
    own = [group for group in falls if near & {*blocs_of(base, group)}]
    falls = [*(group for group in own if size(group[0]) >= size(falls[0][0]) / 2.0), *falls]
    counts = [group for group in men if group not in falls]
    counts = [group for group in counts if not falls or size(group[0]) >= size(falls[0][0])]
    passing = [group for group in order if not group[0].lasts]
    turns = [group for group in passing if group[0].kind == "ruling" and size(group[0]) >= TURN]
    first = list(dict.fromkeys([*rules, *falls[:1], *turns[:1], *counts, *passing[:1]]))
    return [*first, *(group for group in order if group not in first)]


def main_finding(base: Scenario, other: Scenario, findings: Findings) -> Finding | None:
    """The weightiest difference between shares of worlds that is told; None if none is."""
    shares = [group for group in told(findings.changed) if group[0].unit == "probability"]
    return weightiest(base, other, shares)[0][0] if shares else None
