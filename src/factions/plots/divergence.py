"""How many pairs of worlds have parted by each meeting: a line for one counterfactual, lanes for several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.summary import divergence_rows
from factions.plots import lanes, notes, style
from factions.plots.page import Fill, Words, beside
from factions.plots.timeaxis import chart, time_axis
from factions.wording import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison

HEIGHT = 3.6
_LANE = 0.3
_PARTED = (
    "the pairs whose two runs, without the change and with it, differ by each meeting: in alliances, voice, "
    "punishments, surrenders or offices"
)


def table(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """One row for each file and meeting."""
    return [row for comparison in comparisons for row in divergence_rows(comparison)]


@style.house_style()
def figure(comparisons: Sequence[Comparison]) -> Figure:
    """Shares of pairs that have parted: of one file as a line with a band of two errors, of several as lanes."""
    return _one(comparisons[0]) if len(comparisons) == 1 else _several(comparisons)


def _one(comparison: Comparison) -> Figure:
    axis = time_axis(comparison.base)
    note = f"{notes.pairs(comparison)} The band is two standard errors.{axis.note}"
    page, axes = chart(Words(_title_of_one(comparison), f"Share of {_PARTED}.", note), axis, HEIGHT, 0.75)
    x = [axis.place(date.fromisoformat(parting.date)) for parting in comparison.partings]
    share = np.array([parting.share for parting in comparison.partings])
    step(axes, x, share, [parting.error for parting in comparison.partings], style.MAIN)
    ink = style.readable(style.MAIN)
    label = percent(comparison.diverged).replace("more than ", ">").replace("less than ", "<")
    beside(axes, label, (1, comparison.diverged), (5, 0), fontsize=style.SMALL, color=ink)
    return page


def _title_of_one(comparison: Comparison) -> str:
    """The share that has parted, or that the change itself parts all pairs at the first meeting that it reaches."""
    first = next((parting for parting in comparison.partings if parting.share > 0.0), None)
    if first is not None and first.share == 1.0 and first.meeting == comparison.branch:
        name = next(meeting.name for meeting in comparison.base.meetings if meeting.id == first.meeting)
        return f"The two runs differ in all pairs from {name} on, by the change itself"
    return f"The two runs differ in {percent(comparison.diverged)} of the pairs by the last meeting"


def _several(comparisons: Sequence[Comparison]) -> Figure:
    """A lane for each file: lines of several files would hide each other."""
    axis = time_axis(comparisons[0].base)
    middles = (np.arange(len(comparisons)) + 0.5) * _LANE
    names = tuple(lanes.Name(each.scenario.title, middle) for each, middle in zip(comparisons, middles, strict=True))
    panel = lanes.Panel(axis, middles, 0.8 * _LANE, _LANE * len(comparisons), names)
    errors = [parting.error or 0.0 for each in comparisons for parting in each.partings]
    subtitle = f"Each file has a lane; the height of the colour is the share of {_PARTED}."
    note = f"{notes.files(comparisons)} Standard errors are at most {max(errors):.2g}.{axis.note}"
    page, (axes,) = lanes.lay_out(Words(_title(comparisons), subtitle, note), [panel], style.SMALL, right=0.6)
    for each, middle in zip(comparisons, middles, strict=True):
        _lane(axes, panel, each, middle)
    return page


def _lane(axes: Axes, panel: lanes.Panel, comparison: Comparison, middle: float) -> None:
    """The shares of one file, at the meetings that the baseline has, and the last in words."""
    parted = {parting.meeting: parting.share for parting in comparison.partings}
    share = np.array([parted.get(meeting.id, 0.0) for meeting in comparison.base.meetings])
    fill = (Fill(style.MAIN),)
    lanes.stack(axes, panel.axis, np.array([middle]), panel.band, share[np.newaxis, :, np.newaxis], fill)
    beside(axes, percent(comparison.diverged), (1, middle), (5, 0), fontsize=style.SMALL, color=style.GREY)


def step(axes: Axes, x: Sequence[float], share: np.ndarray, errors: Sequence[float | None], colour: str) -> None:
    """A share that holds from one meeting to the next, with a band of two standard errors."""
    reach = 2.0 * np.array([error or 0.0 for error in errors])
    low, high = np.clip(share - reach, 0, 1), np.clip(share + reach, 0, 1)
    axes.fill_between(x, low, high, step="post", color=colour, alpha=0.2, linewidth=0)
    axes.step(x, share, where="post", color=style.readable(colour, 2.0), linewidth=1.9)


def _title(comparisons: Sequence[Comparison]) -> str:
    most, least = (pick(comparisons, key=lambda each: each.diverged) for pick in (max, min))
    if percent(least.diverged) == percent(most.diverged):
        return f"{percent(most.diverged)} of the pairs part, whichever the change"
    return (
        f"“{most.scenario.title}” parts {percent(most.diverged)} of the pairs, “{least.scenario.title}” "
        f"{percent(least.diverged)}"
    )
