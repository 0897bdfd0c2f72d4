"""Several counterfactuals side by side: for each, who rules at the end and where the chiefs of the blocs stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.ends import EVER, Ends, end_rows
from factions.plots import notes, style
from factions.plots.page import MARGIN, Fill, Words, box, lines_of, panel, plain, sheet, text_width
from factions.plots.shape import shape
from factions.results.tables import Row
from factions.wording import counted, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.scenario import Scenario

_TOLD = 4
"""Files that the title names."""

_ROW, _ROOM, _HEAD, _GAP = 0.36, 2.6, 1.15, 0.25
_STRIPS = ((0.12, 0.36), (0.42, 0.9))
"""Top and bottom of both strips, as shares of a row: a thin one without the change, a thick one with it."""
_LADDER = (*(Fill(colour) for colour in style.LADDER_COLOURS), Fill("#9A9A9A"))
_BELOW = ("party", "expelled", "exiled", "deported", "dead")


def table(comparisons: Sequence[Comparison]) -> list[Row]:
    """One row for each file, side, bloc or chief, and state."""
    return [row for each in comparisons for row in end_rows(each.name, each.findings.ends)]


@style.house_style()
def figure(comparisons: Sequence[Comparison]) -> Figure:
    """A row for each file in the order given, a column for each bloc and each chief; two strips in every cell."""
    base = comparisons[0].base
    blocs, chiefs = _columns([each.findings.ends for each in comparisons])
    labels = ["\n".join(lines_of(each.scenario.title, style.SMALL, room=_ROOM)) for each in comparisons]
    left = MARGIN + max(text_width(line, style.SMALL) for label in labels for line in label.split("\n")) + 0.15
    columns = len(blocs) + len(chiefs)
    width = (shape().width - left - _GAP - 0.75) / max(columns, 1)
    page, top = sheet(_words(comparisons), _HEAD + _ROW * len(comparisons) + 0.1)
    axes = panel(page, left, top + _HEAD, shape().width - left - 0.1, _ROW * len(comparisons))
    axes.set_xlim(0, shape().width - left - 0.1)
    axes.set_ylim(len(comparisons), 0)
    axes.axis("off")
    across = {bloc: k * width for k, bloc in enumerate(blocs)}
    further = {chief: (k + len(blocs)) * width + _GAP for k, chief in enumerate(chiefs)}
    _heads(axes, across, {bloc.id: bloc.name for bloc in base.blocs})
    _heads(axes, further, {leader.id: leader.called for leader in base.leaders})
    for row, (each, label) in enumerate(zip(comparisons, labels, strict=True)):
        axes.text(-0.12, row + 0.55, plain(label), ha="right", va="center", fontsize=style.SMALL)
        _rules(axes, row, each.findings.ends, across, 0.86 * width, base)
        _fates(axes, row, each.findings.ends, further, 0.86 * width)
    return page


def _columns(ends: Sequence[Ends]) -> tuple[list[str], list[str]]:
    """The blocs that rule in some file, and the men who have or had a seat in some and are alive at the end."""
    shares: dict[str, float] = {}
    for each in ends:
        for rule in each.blocs:
            shares[rule.bloc] = max(rule.before, rule.after, shares.get(rule.bloc, 0.0))
    every = dict.fromkeys(fate.leader for each in ends for fate in each.chiefs)
    shown = {fate.leader for each in ends for fate in each.chiefs if fate.of_note and fate.alive}
    return [bloc for bloc, share in shares.items() if share >= EVER], [chief for chief in every if chief in shown]


def _heads(axes: Axes, places: Mapping[str, float], names: Mapping[str, str]) -> None:
    """Names above the columns, aslant."""
    for who, place in places.items():
        axes.text(
            place + 0.08, -0.1, plain(names[who]), rotation=38, rotation_mode="anchor", ha="left", fontsize=style.BODY
        )


def _rules(axes: Axes, row: int, ends: Ends, places: Mapping[str, float], width: float, base: Scenario) -> None:
    """The blocs of one file."""
    colours = dict(zip((bloc.id for bloc in base.blocs), style.bloc_colours(base), strict=True))
    for rule in (rule for rule in ends.blocs if rule.bloc in places):
        for (low, high), share in zip(_STRIPS, (rule.before, rule.after), strict=True):
            start = places[rule.bloc]
            Fill("#EEEEEE").draw(axes, [box(start, start + width, row + high, row + low)])
            Fill(colours[rule.bloc]).draw(axes, [box(start, start + share * width, row + high, row + low)])


def _fates(axes: Axes, row: int, ends: Ends, places: Mapping[str, float], width: float) -> None:
    """The chiefs of one file."""
    for fate in (fate for fate in ends.chiefs if fate.leader in places):
        for (low, high), shares in zip(_STRIPS, (fate.before, fate.after), strict=True):
            edges = places[fate.leader] + width * np.concatenate([[0.0], np.cumsum(shares)])
            for fill, start, end in zip(_LADDER, edges, edges[1:], strict=False):
                if end > start:
                    fill.draw(axes, [box(start, end, row + high, row + low)])


def _words(comparisons: Sequence[Comparison]) -> Words:
    subtitle = (
        "On the left who rules after the last meeting, on the right where the leading men stand. The length of a "
        "colour is its share of the worlds: in the thin strip without the change, in the thick one with it. The "
        "largest effect is on top."
    )
    note = notes.files(comparisons) + (
        " The worlds without the change agree with what is documented up to that change: they differ from row to row."
    )
    key = tuple(
        (name, (fill,)) for name, fill in zip((*comparisons[0].base.bodies.values(), *_BELOW), _LADDER, strict=True)
    )
    return Words(_title(comparisons), subtitle, note, key)


def _title(comparisons: Sequence[Comparison]) -> str:
    """In which files others rule at the end."""
    turned = [each.scenario.title for each in comparisons if _rulers(each, "before") != _rulers(each, "after")]
    if not turned:
        return f"Who rules at the end stays the same in all {counted(len(comparisons), 'what-if')}"
    more = len(turned) - _TOLD
    names = listed([*(f"“{title}”" for title in turned[:_TOLD]), *([f"{more} more"] if more > 0 else [])])
    return f"Who rules at the end changes in {len(turned)} of {counted(len(comparisons), 'what-if')}: {names}"


def _rulers(each: Comparison, side: str) -> set[str]:
    """The blocs that rule at the end in most worlds of a side."""
    return {rule.bloc for rule in each.findings.ends.blocs if getattr(rule, side) >= 0.5}
