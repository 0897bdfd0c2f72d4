"""What decides a punishment: how often a bloc opposed openly, before whom, and how far it was punished for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.divergence import common
from factions.rules.sanctions import PARTY
from factions.statements import predicates as says

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble

Sides = tuple[float, float]
"""A number without the change, and with it."""

FAR = 0.05
"""Shares of worlds that lie further apart say that a bloc is punished otherwise."""


@dataclass(frozen=True)
class Road:
    """A bloc (id) at the `meetings` from the change on, as means over the worlds.

    `open`: at how many of them it opposed openly; `delegates`: share of the worlds in which it did so before delegates
    (a congress or conference); `punished`, `expelled`: shares of those in which it was punished further, or for the
    first time down to expulsion.
    """

    bloc: str
    meetings: int
    open: Sides
    delegates: Sides
    punished: Sides
    expelled: Sides

    @property
    def differs(self) -> bool:
        """Is the bloc punished in more worlds of one side than of the other."""
        return any(abs(after - before) > FAR for before, after in (self.punished, self.expelled))


def roads(factual: Ensemble, counterfactual: Ensemble, branch: int | None) -> tuple[Road, ...]:
    """The blocs that are punished in more worlds of one side; `branch`: first meeting that the change can affect."""
    one, two = factual.scenario, counterfactual.scenario
    meetings = zip(*common(one, two, "meeting"), strict=True)
    since = [(here, there) for here, there in meetings if branch is not None and there >= branch]
    if not since:
        return ()
    at = [here for here, _ in since], [there for _, there in since]
    found = []
    for i, j in zip(*common(one, two, "bloc"), strict=True):
        sides = [_road(side, m, b) for side, m, b in zip((factual, counterfactual), at, (i, j), strict=True)]
        found.append(Road(one.blocs[i].id, len(since), *zip(*sides, strict=True)))
    return tuple(road for road in found if road.differs)


def _road(side: Ensemble, meetings: list[int], bloc: int) -> tuple[float, float, float, float]:
    speaks = says.in_open_opposition(side)[:, meetings, bloc]
    kinds = {kind.id: kind for kind in side.scenario.meeting_kinds}
    delegates = [kinds[side.scenario.meetings[m].kind].electorate == "delegates" for m in meetings]
    rung, first = side["rung"][:, :, bloc], meetings[0]
    before = rung[:, first - 1] if first else np.zeros(len(rung), rung.dtype)
    after = rung[:, meetings[-1]]
    return (
        float(speaks.sum(axis=1).mean()),
        float(speaks[:, delegates].any(axis=1).mean()),
        float((after > before).mean()),
        float(((after >= PARTY) & (before < PARTY)).mean()),
    )
