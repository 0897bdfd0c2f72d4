"""What the figures of pairs of worlds share: the counts of both sides, and the mark of the branching point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import style
from factions.plots.page import beside
from factions.plots.timeaxis import TimeAxis
from factions.results.tally import Tallied

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from factions.counterfactual.compare import Comparison

SIDES = ("without the change", "with the change")


@dataclass(frozen=True)
class Pair:
    """A comparison with the counts of its worlds: `before` without the change, `after` with it."""

    comparison: Comparison
    before: Tallied
    after: Tallied

    @classmethod
    def of(cls, comparison: Comparison) -> Pair:
        """The counts of a comparison that has its worlds."""
        return cls(comparison, Tallied.of(comparison.factual), Tallied.of(comparison.counterfactual))

    @property
    def sides(self) -> tuple[tuple[str, Tallied], ...]:
        """Both sides with their names."""
        return tuple(zip(SIDES, (self.before, self.after), strict=True))


@dataclass(frozen=True)
class BlocChange:
    """A share of one bloc on both sides."""

    name: str
    was: float
    now: float

    @property
    def size(self) -> float:
        """How much more it is than it was."""
        return self.now - self.was


def largest_change(pair: Pair, was: np.ndarray, now: np.ndarray) -> BlocChange:
    """The bloc whose influence changes most, unless the file dictates it; the shares (bloc,) as the sides have them.

    A bloc that only one side has does not count.
    """
    there = {bloc.id: b for b, bloc in enumerate(pair.after.scenario.blocs)}
    changes = [
        BlocChange(bloc.name, float(was[b]), float(now[there[bloc.id]]))
        for b, bloc in enumerate(pair.before.scenario.blocs)
        if bloc.id in there and f"influence:{bloc.id}" not in pair.comparison.findings.dictated
    ]
    return max(changes, key=lambda change: abs(change.size))


def mark_branch(axes: Axes, axis: TimeAxis, pair: Pair, worlds: Tallied, label: bool = False) -> None:
    """A dashed rule at the first meeting that the change can affect, on the axis of either side."""
    ids = [meeting.id for meeting in worlds.scenario.meetings]
    if pair.comparison.branch not in ids:
        return
    place = axis.places[ids.index(pair.comparison.branch)]
    axes.axvline(place, color=style.INK, linewidth=0.9, linestyle=(0, (4, 2)), zorder=6)
    if label:
        late = (place - axis.edges[0]) / (axis.edges[-1] - axis.edges[0]) > 0.8
        side, shift = ("right", -3) if late else ("left", 3)
        font = {"va": "bottom", "fontsize": style.TINY, "color": style.INK}
        beside(axes, "the change can act", (place, 1), (shift, 3), "column", ha=side, **font)
