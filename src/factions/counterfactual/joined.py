"""Men whom a change puts into another bloc: how often they are there at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.counterfactual.own import own_changes
from factions.scenario.content.events import Membership
from factions.statements.claims import Index

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble


@dataclass(frozen=True)
class Joined:
    """`leader` (id) is put into `bloc` (id), and belongs to it at the last meeting in `share` of the worlds.

    `until`: the last meeting (id) at which he does in most of them, "" if there is none.
    """

    leader: str
    bloc: str
    share: float
    until: str = ""


def joined(factual: Ensemble, counterfactual: Ensemble) -> tuple[Joined, ...]:
    """Those whom a change of the second scenario puts into a bloc, in the order of its changes; who moves on, once.

    A change that requires something, or that puts a man out of all blocs, is none of these.
    """
    scenario, index = counterfactual.scenario, Index(counterfactual.scenario)
    moved = {
        change.leader: change.bloc
        for change in own_changes(factual.scenario, scenario)
        if isinstance(change, Membership) and not change.requires
    }
    found = []
    for leader, bloc in moved.items():
        if bloc:
            there = (counterfactual["membership"][:, :, index.leader[leader]] == index.bloc[bloc]).mean(axis=0)
            until = next((m for m in reversed(range(len(there))) if there[m] >= 0.5), None)
            found.append(
                Joined(leader, bloc, float(there[-1]), scenario.meetings[until].id if until is not None else "")
            )
    return tuple(found)
