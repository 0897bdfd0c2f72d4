"""Blocs whom a change keeps apart for a time, and that ally later all the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.counterfactual.own import own_changes
from factions.scenario.content.changes import AllianceChange, meetings_of
from factions.statements.claims import Index

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble

OFTEN = 0.1
"""They are told of if they are allied at the end in this share of the worlds, and were not before the change."""


@dataclass(frozen=True)
class Reunion:
    """`blocs` (ids) are allied at the end in `share` of the worlds, and in half of these by the meeting `by` (id)."""

    blocs: tuple[str, ...]
    share: float
    by: str


def reunions(factual: Ensemble, counterfactual: Ensemble) -> tuple[Reunion, ...]:
    """Those whom a change of the second scenario keeps apart, who were not allied before and are at the end."""
    scenario, found = counterfactual.scenario, []
    meetings, index = scenario.meetings, Index(scenario)
    for change in own_changes(factual.scenario, scenario):
        if not isinstance(change, AllianceChange) or change.stand != "apart":
            continue
        held = meetings_of(change, scenario)
        if not held or held[0] == 0 or held[-1] + 1 == len(meetings):
            continue
        labels = counterfactual["alliance"][:, :, [index.bloc[bloc] for bloc in change.blocs]]
        shares = ((labels == labels[:, :, :1]) & (labels >= 0)).all(axis=2).mean(axis=0)
        if shares[held[0] - 1] < OFTEN <= shares[-1]:
            by = next(m for m in range(held[-1] + 1, len(meetings)) if shares[m] >= shares[-1] / 2)
            found.append(Reunion(tuple(change.blocs), float(shares[-1]), meetings[by].id))
    return tuple(found)
