"""How much a change alters, meeting by meeting: a line for one counterfactual, lanes for several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.choice import highest
from factions.counterfactual.summary import divergence_rows
from factions.plots import lanes, notes, style
from factions.plots.page import Entry, Fill, Line, Words, beside, box
from factions.plots.timeaxis import chart, time_axis
from factions.plots.titles import at_its_height
from factions.statements.outcomes import find_outcome
from factions.wording import percent_short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison

HEIGHT = 3.2
_LANE = 0.3
_APART = 0.05
"""Shares whose numbers can stand one below the other."""
_COLOURS = tuple(colour for colour in style.PALETTE if colour != "#F0E442")[:8]
"""Colours of what differs most at some meeting, in the order in which it does so; what comes after these is grey."""

_LEVEL = (
    "the largest difference at each meeting between the shares of worlds, without the change and with it, in which a "
    "bloc rules, opposes or is allied, or a leading man has a seat, is in the party, is deported or has surrendered"
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
        f"The height is {_LEVEL}; the colour says what it is. Dashed: the share of the pairs whose two runs differ in "
        "anything by then."
    )
    drawn = _drawn(comparison)
    note = f"{notes.pairs(comparison)}{_left_out([comparison])}{axis.note}"
    page, axes = chart(Words(_title([comparison]), subtitle, note, _key(drawn)), axis, HEIGHT, 0.75)
    x = [axis.place(date.fromisoformat(parting.date)) for parting in comparison.partings]
    share, level = (np.array([row[name] for row in table([comparison])], float) for name in ("share", "level"))
    over = [*x, axis.edges[-1]]
    axes.step(over, [*share, share[-1]], where="post", color=style.GREY, linewidth=1.0, linestyle=(0, (3, 2)))
    ends = [*x[1:], axis.edges[-1]]
    for colour, _, meetings in drawn:
        Fill(colour, alpha=0.55).draw(axes, [box(x[m], ends[m], 0.0, level[m]) for m in meetings])
    axes.step(over, [*level, level[-1]], where="post", color=style.INK, linewidth=1.4)
    for amount in (level[-1], *([share[-1]] if share[-1] - level[-1] > _APART else [])):
        beside(axes, percent_short(amount), (1, amount), (5, 0), fontsize=style.SMALL)
    return page


def _drawn(comparison: Comparison) -> list[tuple[str, str, list[int]]]:
    """What differs most somewhere: its colour, what it is called, and the numbers of the meetings at which it does."""
    found: dict[str, list[int]] = {}
    for m, row in enumerate(table([comparison])):
        if row["level"]:
            found.setdefault(str(row["outcome"]).partition("@")[0], []).append(m)
    most = sorted(found, key=lambda name: -len(found[name]))[: len(_COLOURS)]
    colours = dict(zip([name for name in found if name in most], _COLOURS, strict=False))
    named = [(colours[name], _called(comparison, name), found[name]) for name in colours]
    rest = [m for name in found if name not in colours for m in found[name]]
    return [*named, *([(style.FAINT, "something else", rest)] if rest else [])]


def _called(comparison: Comparison, name: str) -> str:
    """An outcome in words; "" is what nobody has named."""
    return find_outcome(comparison.base, name).text if name else "what differs"


def _key(drawn: Sequence[tuple[str, str, list[int]]]) -> tuple[Entry, ...]:
    return (
        *((words, (Fill(colour, alpha=0.55),)) for colour, words, _ in drawn),
        ("pairs that differ in anything", (Line(style.GREY, 1.0, "--"),)),
    )


def _left_out(comparisons: Sequence[Comparison]) -> str:
    """What counts as no difference."""
    said = " Differences that chance may have made count as 0"
    if any(each.findings.dictated for each in comparisons):
        said += ", and so does what a file dictates, such as the death of a man or a stance that it imposes"
    return (
        f"{said}. Left out are blocs that never have 5% of influence, and that a man is in the party who is dead on "
        "the other side."
    )


def _several(comparisons: Sequence[Comparison]) -> Figure:
    """A lane for each file: lines of several files would hide each other."""
    axis = time_axis(comparisons[0].base)
    middles = (np.arange(len(comparisons)) + 0.5) * _LANE
    names = tuple(lanes.Name(each.scenario.title, middle) for each, middle in zip(comparisons, middles, strict=True))
    panel = lanes.Panel(axis, middles, 0.8 * _LANE, _LANE * len(comparisons), names)
    subtitle = f"Each file has a lane; the height of the colour is {_LEVEL}. On the right: at the last meeting."
    note = f"{notes.files(comparisons)}{_left_out(comparisons)}{axis.note}"
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
    beside(axes, percent_short(level[-1]), (1, middle), (5, 0), fontsize=style.SMALL, color=style.GREY)


def _title(comparisons: Sequence[Comparison]) -> str:
    """How much differs at the most, and at the end."""
    ends = {each.scenario.title: each.findings.levels[-1].size if each.findings.levels else 0.0 for each in comparisons}
    if len(comparisons) > 1:
        most, least = (pick(ends, key=lambda title: ends[title]) for pick in (max, min))
        large, small = (percent_short(ends[title]) for title in (most, least))
        return f"At the end “{most}” makes a difference of {large}, “{least}” of {small}"
    first = comparisons[0]
    return at_its_height(first, highest(first.findings.levels))
