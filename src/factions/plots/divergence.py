"""How much a change alters, meeting by meeting: a line for one counterfactual, lanes for several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.choice import highest
from factions.counterfactual.summary import divergence_rows
from factions.plots import lanes, notes, style
from factions.plots.page import Fill, Words, beside, short
from factions.plots.timeaxis import chart, time_axis
from factions.statements.outcomes import find_outcome
from factions.wording import month

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.levels import Level

HEIGHT = 3.6
_LANE = 0.3
_LEFT_OUT = "Differences that chance may have made, or that the change decides itself, count as 0."
_LEVEL = (
    "the largest difference at each meeting between the shares of worlds, without the change and with it, in which a "
    "bloc rules, opposes or is allied, or a leading man has a seat or a place in the party"
)


def table(comparisons: Sequence[Comparison]) -> list[dict[str, object]]:
    """One row for each file and meeting."""
    return [row for comparison in comparisons for row in divergence_rows(comparison)]


@style.house_style()
def figure(comparisons: Sequence[Comparison]) -> Figure:
    """How much differs, meeting by meeting: of one file as a line beside the pairs that part, of several as lanes."""
    return _one(comparisons[0]) if len(comparisons) == 1 else _several(comparisons)


def _one(comparison: Comparison) -> Figure:
    axis = time_axis(comparison.base)
    subtitle = (
        f"In colour {_LEVEL}. In grey the share of the pairs whose two runs differ in anything by then: an alliance, "
        "voice, a punishment, a surrender or an office."
    )
    note = f"{notes.pairs(comparison)} {_LEFT_OUT}{axis.note}"
    page, axes = chart(Words(_title([comparison]), subtitle, note), axis, HEIGHT, 0.75)
    x = [axis.place(date.fromisoformat(parting.date)) for parting in comparison.partings]
    share, level = (np.array([row[name] for row in table([comparison])], float) for name in ("share", "level"))
    axes.step(x, share, where="post", color=style.GREY, linewidth=1.0, linestyle=(0, (3, 2)))
    axes.fill_between(x, 0.0, level, step="post", color=style.MAIN, alpha=0.2, linewidth=0)
    axes.step(x, level, where="post", color=style.readable(style.MAIN, 2.0), linewidth=1.9)
    beside(axes, short(level[-1]), (1, level[-1]), (5, 0), fontsize=style.SMALL, color=style.readable(style.MAIN))
    return page


def _several(comparisons: Sequence[Comparison]) -> Figure:
    """A lane for each file: lines of several files would hide each other."""
    axis = time_axis(comparisons[0].base)
    middles = (np.arange(len(comparisons)) + 0.5) * _LANE
    names = tuple(lanes.Name(each.scenario.title, middle) for each, middle in zip(comparisons, middles, strict=True))
    panel = lanes.Panel(axis, middles, 0.8 * _LANE, _LANE * len(comparisons), names)
    subtitle = f"Each file has a lane; the height of the colour is {_LEVEL}. On the right: at the last meeting."
    note = f"{notes.files(comparisons)} {_LEFT_OUT}{axis.note}"
    page, (axes,) = lanes.lay_out(Words(_title(comparisons), subtitle, note), [panel], style.SMALL, right=0.6)
    for each, middle in zip(comparisons, middles, strict=True):
        _lane(axes, panel, each, middle)
    return page


def _lane(axes: Axes, panel: lanes.Panel, comparison: Comparison, middle: float) -> None:
    """How much differs with one file, at the meetings that the baseline has, and at the last in words."""
    levels = {level.meeting: level.size for level in comparison.findings.levels}
    level = np.array([levels.get(meeting.id, 0.0) for meeting in comparison.base.meetings])
    fill = (Fill(style.MAIN),)
    lanes.stack(axes, panel.axis, np.array([middle]), panel.band, level[np.newaxis, :, np.newaxis], fill)
    beside(axes, short(level[-1]), (1, middle), (5, 0), fontsize=style.SMALL, color=style.GREY)


def _title(comparisons: Sequence[Comparison]) -> str:
    """How much differs at the most, and at the end."""
    ends = {each.scenario.title: each.findings.levels[-1].size if each.findings.levels else 0.0 for each in comparisons}
    if len(comparisons) > 1:
        most, least = (pick(ends, key=lambda title: ends[title]) for pick in (max, min))
        return f"At the end “{most}” makes a difference of {short(ends[most])}, “{least}” of {short(ends[least])}"
    first = comparisons[0]
    found = highest(first.findings.levels)
    if not found:
        return "Nothing differs that can be told from chance"
    days = {meeting.id: meeting.date for meeting in first.base.meetings}
    told = [f"{short(level.size)} of the worlds{_whose(first, level)}" for level in found]
    rest = f"; at the end {told[1]}" if len(found) > 1 else ""
    return f"The largest difference is {told[0]} in {month(days[found[0].meeting])}{rest}"


def _whose(comparison: Comparison, level: Level) -> str:
    """What differs so, in brackets: its numbers stand in the table of outcomes."""
    if not level.outcome:
        return ""
    return f" ({find_outcome(comparison.base, level.outcome.partition('@')[0]).text})"
