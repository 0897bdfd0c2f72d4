"""How probable the worlds make every claim of the record, by bloc and date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import style
from factions.plots.notes import provenance
from factions.plots.page import MARGIN, Dot, Entry, Words, beside, fitted, panel, sheet, strokes, text_width, write
from factions.plots.shape import shape
from factions.plots.timeaxis import ABOVE, TimeAxis, label_meetings, label_room, rule, time_axis
from factions.wording import MONTHS, counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.results.tables import Row
    from factions.results.tally import Tallied
    from factions.statements.scores import ClaimScore

MOST_LISTED, LEAST_LISTED = 10, 3
DOT, NUMBERED = 0.075, 0.145
"""Diameters in inches of a dot and of a numbered dot."""

FILLS = {"high": 1.0, "medium": 0.45, "low": 0.0, "": 0.2}
"""Strength of a dot's fill by the confidence of the claim's source."""

_NAMES = 2.2  # inches for the names of blocs


def table(worlds: Tallied) -> list[Row]:
    """One row for each claim, the least probable first."""
    return [
        {
            "id": score.id,
            "text": score.text,
            "about": " ".join(score.about),
            "date": score.date,
            "probability": score.probability,
            "error": score.error,
            "confidence": score.confidence,
        }
        for score in sorted(worlds.scores, key=lambda score: (score.probability, score.id))
    ]


@dataclass(frozen=True)
class _Row:
    """The claims about one bloc."""

    name: str
    colour: str
    claims: list[ClaimScore]


@style.house_style()
def figure(worlds: Tallied) -> Figure:
    """A dot for each claim with its Monte Carlo error, a row for each bloc, the least probable numbered and listed."""
    claims, axis = worlds.scores, time_axis(worlds.scenario)
    rows, listed = _rows(worlds, claims), worst(claims)
    height = float(np.clip(5.4 / len(rows), 0.3, 0.9))
    left = (
        MARGIN + max(text_width(fitted(row.name, style.BODY, _NAMES, "bold"), style.BODY, "bold") for row in rows) + 0.5
    )
    body, names = ABOVE + len(rows) * 1.18 * height, label_room(axis)
    page, top = sheet(_words(worlds, claims, axis, height), body + names + 0.3 + 0.19 * len(listed))
    mean = float(np.mean([claim.probability for claim in claims]))
    numbers = {claim.id: k + 1 for k, claim in enumerate(listed)}
    for r, row in enumerate(rows):
        axes = panel(page, left, top + ABOVE + r * 1.18 * height, shape().width - left - 0.75, height)
        _dress(axes, axis, row, mean, first=r == 0)
        _dots(axes, axis, row, numbers)
    label_meetings(axes, axis)
    _list(page, top + body + names, listed, len(claims))
    return page


def _rows(worlds: Tallied, claims: list[ClaimScore]) -> list[_Row]:
    """Name, colour and claims of every row that has any."""
    blocs = worlds.scenario.blocs
    rows = [
        _Row(bloc.name, colour, [claim for claim in claims if bloc.id in claim.about])
        for bloc, colour in zip(blocs, style.bloc_colours(worlds.scenario), strict=True)
    ]
    known = {bloc.id for bloc in blocs}
    rows.append(_Row("No bloc in particular", style.GREY, [one for one in claims if not known & set(one.about)]))
    return [row for row in rows if row.claims]


def _dress(axes: Axes, axis: TimeAxis, row: _Row, mean: float, first: bool) -> None:
    axes.set_ylim(-0.06, 1.06)
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.tick_params(axis="y", labelsize=style.TINY, length=2)
    axes.spines["bottom"].set_visible(False)
    axes.set_facecolor("#FAFAFA")
    rule(axes, axis, named=first)
    axes.axhline(mean, color=style.GREY, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
    name, ink = fitted(row.name, style.BODY, _NAMES, "bold"), style.readable(row.colour)
    beside(axes, name, (0, 0.5), (-28, 0), ha="right", fontweight="bold", color=ink)
    if first:
        beside(axes, f"mean {mean:.2f}", (1, mean), (4, 0), fontsize=style.TINY, color=style.GREY)


def _dots(axes: Axes, axis: TimeAxis, row: _Row, numbers: dict[str, int]) -> None:
    """Dots where there is room for them next to their dates, and in their years; errors where they can be seen."""
    order = sorted(row.claims, key=lambda claim: (claim.id not in numbers, -claim.probability, claim.id))
    width, height = axes.bbox.width / axes.figure.dpi, axes.bbox.height / axes.figure.dpi
    per_inch = float(np.ptp(axis.edges)) / width
    sizes = [NUMBERED if claim.id in numbers else DOT for claim in order]
    heights = [claim.probability * height / 1.12 for claim in order]
    wanted = [axis.place(claim.date) / per_inch for claim in order]
    years = [tuple(edge / per_inch for edge in _year(axis, claim.date)) for claim in order]
    xs = per_inch * np.array(swarm(wanted, heights, sizes, years))
    ys = np.array([claim.probability for claim in order])
    seen = [k for k, claim in enumerate(order) if _seen(claim, sizes[k], height)]
    edge = style.readable(row.colour, 3.0)
    reach = np.array([[-1.0, 1.0]]) * np.array([[claim.error or 0.0] for claim in order])
    bars = [np.column_stack([xs[[k, k]], ys[k] + reach[k]]) for k in seen]
    strokes(axes, bars, colors=edge, linewidths=0.9, zorder=2, clip_on=False)
    looks = [_look(claim, row.colour, edge, claim.id in numbers) for claim in order]
    for dot in dict.fromkeys(looks):
        alike = [k for k, look in enumerate(looks) if look == dot]
        dot.draw(axes, xs[alike], ys[alike], zorder=3)
    for x, y, claim in zip(xs, ys, order, strict=True):
        if claim.id in numbers:
            number = axes.text(x, y, str(numbers[claim.id]), fontsize=6.5, fontweight="bold", color="white", zorder=6)
            number.set(ha="center", va="center_baseline")


def _look(claim: ClaimScore, colour: str, edge: str, numbered: bool) -> Dot:
    if numbered:
        return Dot(style.readable(colour), NUMBERED * 72, edge=edge, rim=0.9)
    return Dot(style.tint(colour, FILLS[claim.confidence]), DOT * 72, edge=edge, rim=0.9)


def _seen(claim: ClaimScore, size: float, height: float) -> bool:
    """Does the bar of a standard error reach so far beyond its dot that one sees it."""
    return (claim.error or 0.0) * height / 1.12 > size / 2 + 0.03


def _year(axis: TimeAxis, day: date) -> tuple[float, float]:
    """The ends of a date's year on the axis, so that no dot is moved into another year."""
    turns = [float(axis.edges[0]), *(place for _, place in axis.years), float(axis.edges[-1])]
    year = sum(turn <= axis.place(day) for turn in turns[1:-1])
    return turns[year], turns[year + 1]


def _list(page: Figure, top: float, listed: list[ClaimScore], claims: int) -> None:
    """The least probable claims in words."""
    heading = "The only claim" if claims == 1 else f"The {len(listed)} least probable claims"
    write(page, MARGIN, top, heading, fontsize=style.BODY, fontweight="bold")
    font = {"fontsize": style.SMALL, "va": "baseline"}
    for k, claim in enumerate(listed):
        y = top + 0.35 + 0.19 * k
        text = fitted(claim.text, style.SMALL, shape().width - 2 * MARGIN - 1.4)
        day = f"{MONTHS[claim.date.month - 1][:3]} {claim.date.year}"
        write(page, MARGIN + 0.1, y, str(k + 1), fontweight="bold", ha="center", **font)
        write(page, MARGIN + 0.3, y, f"{claim.probability:.2f}", **font)
        write(page, MARGIN + 0.7, y, day, color=style.GREY, **font)
        write(page, MARGIN + 1.4, y, text, **font)


def _words(worlds: Tallied, claims: list[ClaimScore], axis: TimeAxis, height: float) -> Words:
    count, low = len(claims), sum(claim.probability <= 0.5 for claim in claims)
    mean = np.mean([claim.probability for claim in claims])
    title = (
        f"{count - low} of {counted(count, 'claim')} of the record hold in most worlds (mean probability {mean:.2f})"
    )
    subtitle = (
        "Each dot is a claim, at the (last) meeting it speaks of. Its height is the share of worlds in which it holds, "
        "its fill the confidence in its sources. A claim about two blocs stands in both rows."
    )
    note = provenance(worlds)
    if any(_seen(claim, DOT, height) for claim in claims):
        note += " Bars are one standard error, where they reach beyond the dot."
    return Words(title, subtitle, note + axis.note, _key(claims))


def _key(claims: list[ClaimScore]) -> tuple[Entry, ...]:
    grey, present = "#555555", {claim.confidence for claim in claims}
    dots: list[Entry] = [
        (f"{name or 'unstated'} confidence", (Dot(style.tint(grey, fill), DOT * 72, edge=grey, rim=0.9),))
        for name, fill in FILLS.items()
        if name in present
    ]
    return (*dots, ("listed below", (Dot(grey, NUMBERED * 72),)))


def worst(claims: Sequence[ClaimScore]) -> list[ClaimScore]:
    """The least probable claims: those below one half, at most ten, at least three; of equals, the surer first."""
    sureness = list(FILLS)
    order = sorted(claims, key=lambda c: (c.probability, sureness.index(c.confidence), c.date, c.id))
    low = sum(claim.probability < 0.5 for claim in claims)
    return order[: int(np.clip(low, LEAST_LISTED, MOST_LISTED))]


def swarm(
    xs: Sequence[float], ys: Sequence[float], sizes: Sequence[float], limits: Sequence[tuple[float, ...]]
) -> list[float]:
    """Places nearest to `xs` at which dots of these diameters do not overlap; all in inches.

    The whole dot stays between its two `limits` if there is room for it.
    """
    placed: list[tuple[float, float, float]] = []
    for x, y, size, (low, high) in zip(xs, ys, sizes, limits, strict=True):
        tries = [x + sign * k * DOT / 2 for k in range(len(xs) * 4 + 1) for sign in (1, -1)]
        tries.sort(key=lambda at: not low + size / 2 <= at <= high - size / 2)
        at = next(t for t in tries if all(_clear(t - a, y - b, (size + s) / 2) for a, b, s in placed))
        placed.append((at, y, size))
    return [at for at, _, _ in placed]


def _clear(dx: float, dy: float, reach: float) -> bool:
    return dx * dx + dy * dy >= reach * reach
