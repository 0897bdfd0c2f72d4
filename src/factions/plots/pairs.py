"""What the figures of pairs of worlds share: captions, the mark of the branching point, both sides of a lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.plots import style
from factions.plots.timeaxis import TimeAxis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from factions.counterfactual.compare import Comparison

SIDES = ("without the change", "with the change")


def provenance(comparison: Comparison) -> str:
    """What was run: pairs, seed, condition, and how many independent worlds are behind it."""
    paths, scenario = comparison.paths, comparison.scenario
    text = f"{scenario.title}. {len(paths):,} pairs of worlds, seed {comparison.factual.seed}, "
    if not paths.until:
        return text + "not conditioned on the record."
    names = {meeting.id: meeting.name for meeting in comparison.base.meetings}
    return (
        f"{text}condition “{comparison.condition.value}”: they agree with the record up to "
        f"{names[paths.until]} ({paths.ancestors:,} independent {style.plural(paths.ancestors, 'ancestor')})."
    )


def stretched(axis: TimeAxis) -> str:
    """What to say of a time axis that is not true to scale."""
    return " Close meetings are drawn apart." if axis.stretched else ""


def branch_position(comparison: Comparison) -> int | None:
    """Position in the baseline of the first meeting that the change can affect."""
    ids = [meeting.id for meeting in comparison.base.meetings]
    return ids.index(comparison.branch) if comparison.branch in ids else None


def mark_branch(axes: Axes, axis: TimeAxis, comparison: Comparison, label: bool = False) -> None:
    """A dashed rule before the first meeting that the change can affect."""
    m = branch_position(comparison)
    if m is None:
        return
    place = axis.edges[m]
    axes.axvline(place, color=style.INK, linewidth=0.9, linestyle=(0, (4, 2)), zorder=6)
    if label:
        across = (place - axis.edges[0]) / (axis.edges[-1] - axis.edges[0])
        side = "left" if across < 0.8 else "right"
        style.beside(
            axes,
            "the change can act",
            (place, 1),
            (3 if side == "left" else -3, 3),
            ("data", "axes fraction"),
            ha=side,
            va="bottom",
            fontsize=style.TINY,
            color=style.INK,
        )
