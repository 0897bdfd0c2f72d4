"""Influence and votes of every bloc over time: medians with 10-90% bands, one small panel for each bloc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import blocs, style
from factions.plots.notes import provenance
from factions.plots.page import (
    MARGIN,
    Dot,
    Entry,
    Fill,
    Line,
    Words,
    beside,
    box,
    heading,
    inches,
    panel,
    sheet,
    spread,
)
from factions.plots.shape import shape
from factions.plots.timeaxis import TimeAxis, small_years, time_axis
from factions.results.tables import QUANTILES, Row, cells, ids, quantile_cells
from factions.statements.documented import bloc_statements, places
from factions.wording import counted, listed, percent, percent_short

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.results.tally import Tallied
    from factions.scenario import Scenario

QUANTITIES = ("influence", "delegates")
VOTES = "#333333"
SMALL = 0.05
"""A bloc has a panel if its influence reaches this share in a tenth of the worlds."""
_ACROSS = ((4, 2), (9, 3), (16, 4), (10**6, 6))
"""Panels side by side: up to how many blocs, and how many."""
_STATES = ("in power", "outside, quiet", "open opposition")
_TOLD = {"ruling": _STATES[0], "outside": _STATES[1], "quiet": _STATES[1], "open": _STATES[2]}
_MARKS = {False: Dot(VOTES, 3.0), True: Dot("white", 3.0, edge=VOTES)}
"""The medians of votes, where delegates vote and where seats do."""


def quantiles(worlds: Tallied, quantity: str) -> np.ndarray:
    """The `QUANTILES` of a share over worlds; axes (quantile, meeting, bloc)."""
    return worlds.tally.quantiles(quantity, tuple(QUANTILES.values()))


def table(worlds: Tallied) -> list[Row]:
    """Rows of meeting x bloc x quantity (influence or delegates): p10, median and p90, shares in [0, 1]."""
    shares = {quantity: quantile_cells(worlds, quantity) for quantity in QUANTITIES}
    return [
        {**row, "quantity": quantity, **shares[quantity][index]}
        for index, row in cells(worlds.scenario, bloc=ids(worlds.scenario.blocs))
        for quantity in QUANTITIES
    ]


@style.house_style()
def figure(worlds: Tallied) -> Figure:
    """The picture of `table`: influence in the bloc's colour, votes as dots, on one scale."""
    axis = time_axis(worlds.scenario)
    influence, delegates = (quantiles(worlds, quantity) for quantity in QUANTITIES)
    note = provenance(
        worlds, probability=False
    ) + f" Lines and dots are medians; bands and whiskers hold {percent(0.8)} of the worlds." * (
        worlds.tally.worlds > 1
    )
    shown = large(influence[2])
    title, subtitle = _title(worlds, influence[1]), _subtitle(delegates[1], influence[1])
    if record := _record(worlds):
        note += " The strip above each panel shows where the record puts the bloc; it is blank where it says nothing."
    note += left_out(worlds.scenario, shown) + axis.note
    words = Words(title, subtitle, note, (*_key(axis.seats), *_strip_key(bool(record))))
    limit = max(float(influence[2].max()), float(delegates[2].max()))
    page, panels = bloc_panels(words, worlds.scenario, shown, axis, limit)
    colours = style.bloc_colours(worlds.scenario)
    for b, axes in zip(shown, panels, strict=True):
        colour = colours[b]
        _strip(axes, axis, [record.get((m, b), "") for m in range(len(axis.places))], colour)
        band(axes, axis, influence[:, :, b], colour)
        _draw_votes(axes, axis, delegates[:, :, b])
        _label_ends(axes, influence[1, -1, b], delegates[1, -1, b], style.readable(colour))
    return page


def large(*highest: np.ndarray) -> list[int]:
    """The blocs worth a panel: those whose 90th percentile (meeting, bloc) reaches `SMALL`; all, if none does."""
    most = np.max([each.max(axis=0) for each in highest], axis=0)
    return [b for b, share in enumerate(most) if share >= SMALL or most.max() < SMALL]


def left_out(scenario: Scenario, shown: Sequence[int]) -> str:
    """What a caption says of the blocs without a panel."""
    names = [bloc.name for b, bloc in enumerate(scenario.blocs) if b not in shown]
    if not names:
        return ""
    return f" Left out, with less than {percent(SMALL)} of influence in 90% of the worlds at any time: {listed(names)}."


def _record(worlds: Tallied) -> dict[tuple[int, int], str]:
    """Where the record puts (meeting, bloc)."""
    return places(worlds.scenario, bloc_statements(worlds.scenario))


def _strip(axes: Axes, axis: TimeAxis, states: Sequence[str], colour: str) -> None:
    """What the record says of a bloc, meeting by meeting, at the top of its panel."""
    top = axes.get_ylim()[1]
    fills = dict(zip(_STATES, blocs.fills(colour), strict=True))
    for state, fill in fills.items():
        told = [m for m, said in enumerate(states) if _TOLD.get(said) == state]
        fill.draw(axes, [box(axis.steps[m], axis.steps[m + 1], 0.95 * top, top) for m in told])


def _strip_key(told: bool) -> tuple[Entry, ...]:
    words = (f"the record: {state}" for state in _STATES)
    return tuple((text, (fill,)) for text, fill in zip(words, blocs.fills("#555555"), strict=True)) if told else ()


def bloc_panels(
    words: Words, scenario: Scenario, shown: Sequence[int], axis: TimeAxis, limit: float
) -> tuple[Figure, list[Axes]]:
    """A page with a small panel for each bloc `shown`, all on one scale of shares from 0 to `limit`."""
    every = style.bloc_colours(scenario)
    chosen, colours = [scenario.blocs[b] for b in shown], [every[b] for b in shown]
    across = min(len(chosen), next(k for most, k in _ACROSS if len(chosen) <= most))
    width = (shape().width - 2 * MARGIN - 0.35) / across
    height = float(np.clip(width * 0.8, 1.0, 2.2))
    page, top = sheet(words, 0.15 + -(-len(chosen) // across) * (height + 0.55))
    panels = []
    for b, (bloc, colour) in enumerate(zip(chosen, colours, strict=True)):
        left = MARGIN + 0.35 + (b % across) * width
        axes = panel(page, left, top + 0.4 + (b // across) * (height + 0.55), width - 0.5, height)
        axes.set_ylim(0, max(limit, 0.05) * 1.14)
        heading(axes, bloc.name, style.readable(colour))
        small_years(axes, axis)
        ticks = [tick for tick in (0.0, 0.25, 0.5, 0.75, 1.0) if tick <= axes.get_ylim()[1]]
        if len(ticks) < 3:
            ticks = [tick for tick in (0.0, 0.05, 0.1, 0.2, 0.3) if tick <= axes.get_ylim()[1]]
        axes.set_yticks(ticks, [percent(tick) if b % across == 0 else "" for tick in ticks])
        axes.tick_params(axis="y", labelsize=style.TINY, length=2)
        panels.append(axes)
    return page, panels


def band(axes: Axes, axis: TimeAxis, levels: np.ndarray, colour: str, dash: object = "-") -> None:
    """A median with the band around it; `levels` (quantile, meeting)."""
    # A single meeting has no line: it gets the width of its cell.
    single = len(axis.places) == 1
    x = axis.edges if single else axis.places
    low, median, high = np.repeat(levels, 2, axis=1) if single else levels
    outline = np.column_stack([np.concatenate([x, x[::-1]]), np.concatenate([high, low[::-1]])])
    Fill(colour, alpha=0.3).draw(axes, [outline])
    axes.plot(x, median, color=style.readable(colour, 2.0), linewidth=2.0, linestyle=dash, zorder=3)


def _draw_votes(axes: Axes, axis: TimeAxis, votes: np.ndarray) -> None:
    """Medians as dots with whiskers; not joined to a line, because kinds of meetings count votes differently."""
    axes.vlines(axis.places, votes[0], votes[2], color=VOTES, linewidth=0.8, zorder=4)
    for by_seats, dot in _MARKS.items():
        chosen = axis.seats == by_seats
        dot.draw(axes, axis.places[chosen], votes[1][chosen])


def _label_ends(axes: Axes, influence: float, votes: float, colour: str) -> None:
    """The last medians beside their lines, moved apart if they would overlap."""
    room = inches(axes)[1] * 72 / axes.get_ylim()[1]
    ends = sorted([(votes, VOTES), (influence, colour)])
    places = spread([value for value, _ in ends], 8.5 / room)
    for place, (value, ink) in zip(places - min(places[0], 0.0), ends, strict=True):
        beside(axes, percent_short(value), (1, place), (4, 0), fontsize=style.TINY, color=ink)


def _key(seats: np.ndarray) -> tuple[Entry, ...]:
    field = (Fill(style.tint(style.MAIN, 0.35)), Line(style.MAIN, 1.8))
    marks = [(True, "votes by seats"), (False, "votes of delegates")]
    shown: list[Entry] = [(words, (_MARKS[by_seats],)) for by_seats, words in marks if (seats == by_seats).any()]
    return (("influence (in the bloc’s colour)", field), *reversed(shown))


def _title(worlds: Tallied, medians: np.ndarray) -> str:
    """Who gained or lost most between the first and the last meeting."""
    change = medians[-1] - medians[0]
    best = int(np.abs(change).argmax())
    what = "gain" if change[best] > 0 else "loss"
    names = [bloc.name for bloc in worlds.scenario.blocs]
    if len(medians) == 1 or round(100 * abs(change[best])) == 0:
        strongest = int(medians[-1].argmax())
        return f"Most influence: {names[strongest]}, with {percent(medians[-1, strongest])} at the median"
    start, end = percent(medians[0, best]), percent(medians[-1, best])
    return f"Largest {what}: {names[best]}, from {start} to {end} of influence at the median"


def _subtitle(delegates: np.ndarray, influence: np.ndarray) -> str:
    """What the two quantities are, and where they differ most."""
    widest = round(100 * float(np.abs(delegates - influence).max()))
    return (
        "Influence is a bloc’s share of what moves the party, votes are its share at a meeting. The two differ by up "
        f"to {counted(widest, 'percentage point')}."
    )
