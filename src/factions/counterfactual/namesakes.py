"""Blocs that are called after their chief, and have lost him: what is said of them must not sound as if he acted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.divergence import common
from factions.statements import predicates as says

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario


@dataclass(frozen=True)
class Loss:
    """A bloc (id) that is called after its chief (id), who in most worlds is dead or no longer of it.

    `without`, `with_it`: ids of the meetings at which that is so without the change, and with it.
    """

    bloc: str
    leader: str
    without: frozenset[str]
    with_it: frozenset[str]

    def where(self, meeting: str) -> str | None:
        """On which side it is so at a meeting (id): "with the change", "without the change", "" for both, or None."""
        before, after = meeting in self.without, meeting in self.with_it
        if before and after:
            return ""
        return "with the change" if after else "without the change" if before else None


def losses(factual: Ensemble, counterfactual: Ensemble) -> tuple[Loss, ...]:
    """The blocs of both scenarios that have lost the man after whom they are called."""
    one, two = factual.scenario, counterfactual.scenario
    found = []
    for i, j in zip(*common(one, two, "bloc"), strict=True):
        chief = one.spokesman(one.blocs[i].id)
        if not called_after(one, one.blocs[i].id):
            continue
        ours, theirs = (_lost(side, chief, bloc) for side, bloc in ((factual, i), (counterfactual, j)))
        if ours or theirs:
            found.append(Loss(one.blocs[i].id, chief, ours, theirs))
    return tuple(found)


def called_after(scenario: Scenario, bloc: str) -> bool:
    """Is a word of the bloc's name made of its chief's last name: Stalin's Centre, the Zinovievists."""
    name = next(entry.name for entry in scenario.blocs if entry.id == bloc)
    chief = scenario.spokesman(bloc)
    last = next(leader.name for leader in scenario.leaders if leader.id == chief).split()[-1]
    return any(word.startswith(last) for word in name.split())


def _lost(side: Ensemble, leader: str, bloc: int) -> frozenset[str]:
    """The meetings (ids) at which he is dead or no longer of the bloc in most worlds."""
    place = next((k for k, entry in enumerate(side.scenario.leaders) if entry.id == leader), None)
    if place is None:
        return frozenset()
    still = says.alive(side)[:, :, place] & says.member_of(side, bloc)[:, :, place]
    return frozenset(side.scenario.meetings[m].id for m in np.flatnonzero(still.mean(axis=0) < 0.5))
