"""Blocs that have nobody of influence left: that they do not rule or oppose then is no decision of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.counterfactual.divergence import common
from factions.statements import predicates as says

if TYPE_CHECKING:
    from collections.abc import Mapping

    from factions.results.ensemble import Ensemble

OFTEN = 0.25
"""From this share of the worlds on it is told that a bloc has nobody left."""


@dataclass(frozen=True)
class Extinct:
    """A bloc (id), and for each meeting (id) the shares of worlds in which it has no influence.

    `shares`: without the change, and with it.
    """

    bloc: str
    shares: Mapping[str, tuple[float, float]]


def extinct_blocs(factual: Ensemble, counterfactual: Ensemble) -> tuple[Extinct, ...]:
    """The blocs that have no influence often enough to be told, at some meeting of one side."""
    one, two = factual.scenario, counterfactual.scenario
    meetings = [*zip(*common(one, two, "meeting"), strict=True)]
    before, after = (says.gone(side).mean(axis=0) for side in (factual, counterfactual))
    found = []
    for i, j in zip(*common(one, two, "bloc"), strict=True):
        shares = {one.meetings[m].id: (float(before[m, i]), float(after[n, j])) for m, n in meetings}
        if max(max(pair) for pair in shares.values()) >= OFTEN:
            found.append(Extinct(one.blocs[i].id, shares))
    return tuple(found)
