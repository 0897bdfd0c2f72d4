"""When a counterfactual world parts from its factual twin, and which draws only one of the two makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.results.arrays import AXES
from factions.statements import predicates as says
from factions.statements.shares import independent, known, share_error

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

DECIDED = ("alliance", "ruling", "open", "rung", "standing", "membership", "surrendered", "holder")
"""What counts as a parting: who stands with whom, who speaks, who is punished, who gives in, who holds what."""


@dataclass(frozen=True)
class Parting:
    """Worlds that have parted by the end of a meeting, as a share, with its Monte Carlo standard error."""

    meeting: str
    date: str
    share: float
    error: float | None


@dataclass(frozen=True)
class PairedDraws:
    """Random draws of a pair of worlds, on average: made on both sides, and on one side only."""

    shared: float
    factual_only: float
    counterfactual_only: float

    @property
    def unaligned(self) -> float:
        """Share of the draws that have no twin."""
        total = self.shared + self.factual_only + self.counterfactual_only
        return (self.factual_only + self.counterfactual_only) / total if total > 0.0 else 0.0


def common(one: Scenario, two: Scenario, axis: str) -> tuple[list[int], list[int]]:
    """Positions in both scenarios of what they have in common on an axis, by id, in the order of the first.

    A meeting that is moved is none that they have in common: between the two days the worlds go different ways anyway.
    """
    sides = (getattr(scenario, f"{axis}s") for scenario in (one, two))
    first, second = ([(entry.id, getattr(entry, "date", None)) for entry in entries] for entries in sides)
    shared = [name for name in first if name in second]
    return [first.index(name) for name in shared], [second.index(name) for name in shared]


def differs(factual: Ensemble, counterfactual: Ensemble) -> np.ndarray:
    """True where a pair of worlds differs in anything decided at a meeting; axes (world, common meeting)."""
    one, two = factual.scenario, counterfactual.scenario
    found: np.ndarray | None = None
    for name in DECIDED:
        left, right = factual[name], counterfactual[name]
        for position, axis in enumerate(AXES[name][1:], start=1):
            here, there = common(one, two, axis)
            left, right = left.take(here, axis=position), right.take(there, axis=position)
        different = left != right
        different = different.any(axis=2) if different.ndim == 3 else different
        found = different if found is None else found | different
    assert found is not None
    return found


def partings(factual: Ensemble, counterfactual: Ensemble, ancestor: np.ndarray, branch: int) -> list[Parting]:
    """Share of the pairs that have parted by each common meeting; before meeting `branch` none can."""
    scenario = factual.scenario
    meetings = [scenario.meetings[m] for m in common(scenario, counterfactual.scenario, "meeting")[0]]
    parted = np.logical_or.accumulate(differs(factual, counterfactual), axis=1)
    rows = []
    for m, meeting in enumerate(meetings):
        share = float(parted[:, m].mean())
        error = 0.0 if m < branch else share_error(share, independent(parted[:, m], ancestor))
        rows.append(Parting(meeting.id, meeting.date.isoformat(), share, known(error)))
    return rows


def paired_draws(factual: Ensemble, counterfactual: Ensemble) -> PairedDraws:
    """Random draws made by both worlds of a pair, or by one only, counted where the recorded state tells.

    Three kinds, by the state at the end of a meeting: a leader in the party who has not capitulated considers moving; a
    bloc with influence judges each other one; a bloc outside the ruling alliance weighs speaking out.  A draw is named
    by what it is for, so the same draw is the same number in both worlds.
    """
    counts = np.zeros(3)
    for here, there in zip(_made(factual, counterfactual), _made(counterfactual, factual), strict=True):
        counts += [(here & there).sum(), (here & ~there).sum(), (~here & there).sum()]
    return PairedDraws(*(float(count) / len(factual) for count in counts))


def _made(ensemble: Ensemble, other: Ensemble) -> Sequence[np.ndarray]:
    """Which draws the worlds make: of leaders, of pairs of blocs, of blocs; axes (world, meeting, ...) in common."""
    one, two = ensemble.scenario, other.scenario
    meetings, blocs, leaders = (_shared(one, two, axis) for axis in ("meeting", "bloc", "leader"))

    def common(holds: np.ndarray, columns: list[int]) -> np.ndarray:
        return holds.take(meetings, axis=1).take(columns, axis=2)

    moving = common(says.active(ensemble) & says.in_party(ensemble) & ~says.capitulated(ensemble), leaders)
    bargaining = common(~says.gone(ensemble), blocs)
    others = ~np.eye(len(blocs), dtype=bool)
    judging = bargaining[:, :, :, np.newaxis] & bargaining[:, :, np.newaxis, :] & others
    return moving, judging, common(says.free_to_oppose(ensemble), blocs)


def _shared(one: Scenario, two: Scenario, axis: str) -> list[int]:
    """Positions in `one` of what both have, in an order that does not depend on which comes first."""
    names = sorted({entry.id for entry in getattr(one, f"{axis}s")} & {entry.id for entry in getattr(two, f"{axis}s")})
    known = [entry.id for entry in getattr(one, f"{axis}s")]
    return [known.index(name) for name in names]
