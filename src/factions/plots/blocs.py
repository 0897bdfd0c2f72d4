"""Lanes of blocs: in the ruling alliance, outside it and quiet, or in open opposition; lines join allies outside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import lanes, style
from factions.plots.page import Dot, Entry, Fill, Line, inches, strokes
from factions.plots.timeaxis import TimeAxis, time_axis
from factions.wording import listed, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from factions.results.tally import Tally
    from factions.scenario import Scenario

STATES = ("ruling", "quiet", "open")
"""What a lane shows, from the bottom to the top; what is left is without influence."""

LINKED_FROM = 0.2
"""Alliances outside the ruling one are drawn from this probability on; the tables have all."""

LINKED = (
    " A line joins a bloc to its likeliest partner outside the ruling alliance, if they are allied in at least "
    f"{percent(LINKED_FROM)} of the worlds: the thicker, the likelier. Lines pass in a bow "
    "by blocs that they do not join."
)
_BAND = 0.84
"""Share of a lane's height that is drawn on."""

_BOW = 0.05
"""Inches by which a link keeps clear of a lane that it passes."""

_CROSS = Dot(style.INK, 5.0, "x", rim=1.4)


@dataclass(frozen=True)
class Link:
    """A line between the lanes of two blocs at a place in time: knobs for allies, crosses if `apart`.

    `weight`: how probable, in [0, 1]; `vague`: the record does not say at which meeting.
    """

    place: float
    blocs: tuple[int, int]
    weight: float
    apart: bool = False
    vague: bool = False


def fills(colour: str) -> tuple[Fill, Fill, Fill]:
    """The paints of `STATES` for a bloc."""
    return Fill(colour), Fill(style.tint(colour, 0.25)), Fill(colour, hatched=True)


def key(rest: str, apart: bool = False) -> tuple[Entry, ...]:
    """The key of lanes of blocs; `rest`: what an empty lane means; `apart`: are there links of blocs apart."""
    words = ("in the ruling alliance", "outside it, quiet", "open opposition")
    states: list[Entry] = [(text, (fill,)) for text, fill in zip(words, fills("#555555"), strict=True)]
    links: list[Entry] = [("allied", (Line(style.INK, 1.6, dot=Dot(style.INK, 3.5), upright=True),))]
    if apart:
        links.append(("apart", (Line(style.INK, 0.9, ":", _CROSS, upright=True),)))
    return (*states, *links, (rest, (lanes.SILENT,)))


def panel(
    scenario: Scenario, lane: float, heading: str, shown: Collection[str] | None = None, axis: TimeAxis | None = None
) -> lanes.Panel:
    """A panel with a lane for each bloc (of those in `shown`, ids), `lane` inches from one to the next."""
    drawn = [b for b, bloc in enumerate(scenario.blocs) if shown is None or bloc.id in shown]
    middles = np.full(len(scenario.blocs), np.nan)
    middles[drawn] = (np.arange(len(drawn)) + 0.5) * lane
    colours = style.bloc_colours(scenario)
    names = tuple(lanes.Name(scenario.blocs[b].name, middles[b], style.readable(colours[b])) for b in drawn)
    return lanes.Panel(axis or time_axis(scenario), middles, _BAND * lane, lane * len(names), names, heading)


def alive(scenario: Scenario, tally: Tally) -> set[str]:
    """The blocs that have influence after some meeting in some world; all, if none has."""
    ever = np.sum([tally[state].sum(axis=0) for state in STATES], axis=0)
    return {bloc.id for bloc, count in zip(scenario.blocs, ever, strict=True) if count or not np.any(ever)}


def left_out(scenario: Scenario, shown: Collection[str]) -> str:
    """What a caption says of the blocs that have no lane."""
    names = [bloc.name for bloc in scenario.blocs if bloc.id not in shown]
    return f" Without influence after every meeting, and left out: {listed(names)}." if names else ""


def font(panel: lanes.Panel) -> float:
    """Points in which the names of blocs fit their lanes."""
    return float(np.clip(panel.band / _BAND * 72 * 0.5, 6.0, style.BODY))


def draw(axes: Axes, panel: lanes.Panel, scenario: Scenario, tally: Tally) -> None:
    """The states of all blocs as shares of the worlds, and the likeliest links."""
    shares = np.stack([tally.share(state) for state in STATES])
    for b, colour in enumerate(style.bloc_colours(scenario)):
        lanes.stack(axes, panel.axis, panel.middles[[b]], panel.band, shares[:, :, [b]], fills(colour))
    together = tally.share("together")
    links = [Link(panel.axis.places[m], (b, c), together[m, b, c]) for m, b, c in likeliest(together)]
    draw_links(axes, panel, links)


def likeliest(together: np.ndarray) -> list[tuple[int, int, int]]:
    """(meeting, bloc, bloc) of every bloc's likeliest partner, if likely enough for a line; each pair once.

    `together` (meeting, bloc, bloc): probability that two blocs are allied outside the ruling alliance.
    """
    links = set()
    for m, shares in enumerate(together):
        for b, row in enumerate(shares):
            best = int(row.argmax())
            if row[best] >= LINKED_FROM:
                links.add((m, min(b, best), max(b, best)))
    return sorted(links)


def draw_links(axes: Axes, panel: lanes.Panel, links: Sequence[Link]) -> None:
    """Lines with a white edge, so that they stand out from the lanes they cross, in a bow around blocs between."""
    per_inch = float(np.ptp(panel.axis.edges)) / inches(axes)[0]
    ends = [_course(link, panel, per_inch) for link in links]
    widths = np.array([0.9 if link.apart else 0.5 + 1.6 * link.weight for link in links])
    dashes = [":" if link.apart or link.vague else "-" for link in links]
    strokes(axes, ends, colors="white", linewidths=widths + 1.4, zorder=4, capstyle="round")
    strokes(axes, ends, colors=style.INK, linewidths=widths, linestyles=dashes, zorder=5)
    knobs = [k for k, link in enumerate(links) if not link.apart]
    if knobs:
        sizes: dict[tuple[float, float], float] = {}  # where links meet there is one knob, as large as the largest
        for k in knobs:
            for x, y in ends[k][[0, -1]]:
                sizes[x, y] = max(1.5 + 2.5 * links[k].weight, sizes.get((x, y), 0.0))
        xs, ys = zip(*sizes, strict=True)
        areas = np.square([*sizes.values()])
        axes.scatter(xs, ys, s=areas, color=style.INK, edgecolors="white", linewidths=0.5, zorder=6)
    crosses = [point for k, link in enumerate(links) if link.apart for point in ends[k][[0, -1]]]
    if crosses:
        _CROSS.draw(axes, [x for x, _ in crosses], [y for _, y in crosses], zorder=6)


def _course(link: Link, panel: lanes.Panel, per_inch: float) -> np.ndarray:
    """The points of a link from lane to lane: straight between neighbours, else in a bow past the lanes between."""
    start, end = (panel.middles[bloc] for bloc in link.blocs)
    low, high = min(start, end), max(start, end)
    passed = int(np.sum((panel.middles > low) & (panel.middles < high)))
    if not passed:
        return np.array([(link.place, start), (link.place, end)])
    way = np.linspace(0.0, 1.0, 17)
    bow = _BOW * passed**0.5 * per_inch * np.sin(np.pi * way) ** 0.5
    return np.column_stack([link.place + bow, start + way * (end - start)])
