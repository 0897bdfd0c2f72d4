"""Influence and votes of every bloc over time: medians with 10-90 % bands, one small panel a bloc."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.plots import lanes, style
from factions.plots.timeaxis import TimeAxis, time_axis, year_ticks, years

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.results.ensemble import Ensemble

QUANTILES = {"p10": 0.1, "median": 0.5, "p90": 0.9}
QUANTITIES = ("influence", "delegates")
VOTES = "#333333"


def quantiles(ensemble: Ensemble, quantity: str) -> np.ndarray:
    """Quantiles over worlds of a share; axes (quantile, meeting, bloc)."""
    return np.quantile(ensemble[quantity], list(QUANTILES.values()), axis=0)


def table(ensemble: Ensemble) -> list[dict[str, object]]:
    """Rows of meeting x bloc x quantity (influence or delegates): p10, median and p90, shares in [0, 1]."""
    shares = {quantity: quantiles(ensemble, quantity) for quantity in QUANTITIES}
    scenario = ensemble.scenario
    return [
        {"meeting": meeting.id, "date": meeting.date.isoformat(), "bloc": bloc.id, "quantity": quantity}
        | {name: float(shares[quantity][q, m, b]) for q, name in enumerate(QUANTILES)}
        for m, meeting in enumerate(scenario.meetings)
        for b, bloc in enumerate(scenario.blocs)
        for quantity in QUANTITIES
    ]


def figure(ensemble: Ensemble) -> Figure:
    """The picture of `table`: influence in the bloc's colour, votes as dots, on one scale."""
    scenario, axis = ensemble.scenario, time_axis(ensemble.scenario)
    influence, delegates = (quantiles(ensemble, quantity) for quantity in QUANTITIES)
    count = len(scenario.blocs)
    kinds = {kind.id: kind.electorate for kind in scenario.meeting_kinds}
    seats = np.array([kinds[meeting.kind] != "delegates" for meeting in scenario.meetings])
    across = min(count, 4 if count <= 16 else 6)
    down = -(-count // across)
    width = (style.WIDTH - 2 * style.MARGIN - 0.35) / across
    height = float(np.clip(width * 0.8, 1.0, 2.2))
    title, subtitle = _title(ensemble, influence[1]), _subtitle(delegates[1], influence[1])
    note = (
        style.provenance(ensemble, probability=False)
        + " Lines and dots are medians; bands and whiskers hold 80% of the worlds."
    )
    note += " Close meetings are drawn apart." if axis.stretched else ""
    with style.house_style():
        top = style.header_height(title, subtitle)
        page = style.page(top + 0.4 + down * (height + 0.55) + style.caption_height(note))
        style.header(page, title, subtitle)
        lanes.key(page, style.MARGIN, top, _key(seats))
        limit = max(float(influence[2].max()), float(delegates[2].max()), 0.05) * 1.06
        for b, colour in enumerate(style.bloc_colours(scenario)):
            left = style.MARGIN + 0.35 + (b % across) * width
            axes = style.panel(page, left, top + 0.65 + (b // across) * (height + 0.55), width - 0.5, height)
            axes.set_ylim(0, limit)
            _draw(axes, axis, influence[:, :, b], delegates[:, :, b], seats, colour)
            _dress(axes, axis, scenario.blocs[b].name, colour, labels=b % across == 0)
        style.caption(page, note)
        return page


def _draw(axes: Axes, axis: TimeAxis, influence: np.ndarray, votes: np.ndarray, seats: np.ndarray, colour: str) -> None:
    """`influence` and `votes` are (quantile, meeting); `seats` is true where seats vote, not delegates."""
    # A single meeting has no line: its influence gets the width of the meeting's cell.
    single = len(axis.places) == 1
    x = axis.edges if single else axis.places
    low, median, high = np.repeat(influence, 2, axis=1) if single else influence
    axes.fill_between(x, low, high, color=colour, alpha=0.35, linewidth=0, zorder=2)
    axes.plot(x, median, color=style.readable(colour, 2.0), linewidth=2.2, zorder=3)
    # Votes are not joined to a line: meetings of different kinds count them differently.
    axes.vlines(axis.places, votes[0], votes[2], color=VOTES, linewidth=0.8, zorder=4)
    for chosen, fill in ((~seats, VOTES), (seats, "white")):
        axes.plot(axis.places[chosen], votes[1][chosen], **_dot(fill))
    _label_ends(axes, median[-1], votes[1, -1], style.readable(colour))


def _dot(fill: str) -> lanes.Paint:
    edge = {"markeredgecolor": VOTES, "markeredgewidth": 0.7}
    return {"marker": "o", "markersize": 3.0, "linestyle": "none", "color": fill, "zorder": 5, **edge}


def _label_ends(axes: Axes, influence: float, votes: float, colour: str) -> None:
    """The last medians beside their lines, moved apart if they would overlap."""
    room = style.inches(axes)[1] * 72 / axes.get_ylim()[1]
    ends = sorted([(votes, VOTES), (influence, colour)])
    places = style.spread([value for value, _ in ends], 8.5 / room)
    for place, (value, ink) in zip(places - min(places[0], 0.0), ends, strict=True):
        style.beside(axes, style.percent(value), (1, place), (4, 0), fontsize=style.TINY, color=ink)


def _dress(axes: Axes, axis: TimeAxis, name: str, colour: str, labels: bool) -> None:
    """Name, years and percentages; the percentages only where `labels`."""
    room = style.inches(axes)[0] + 0.3
    axes.set_title(
        style.plain(style.fitted(name, style.BODY, room, "bold")),
        loc="left",
        fontsize=style.BODY,
        fontweight="bold",
        color=style.readable(colour),
        pad=4,
    )
    for _, place in years(axis):
        axes.axvline(place, color="#E6E6E6", linewidth=0.5, zorder=0.5)
    year_ticks(axes, axis)
    ticks = [tick for tick in (0.0, 0.25, 0.5, 0.75, 1.0) if tick <= axes.get_ylim()[1]]
    if len(ticks) < 3:
        ticks = [tick for tick in (0.0, 0.05, 0.1, 0.2, 0.3) if tick <= axes.get_ylim()[1]]
    axes.set_yticks(ticks, [style.percent(tick) if labels else "" for tick in ticks])
    axes.tick_params(axis="y", labelsize=style.TINY, length=2)


def _key(seats: np.ndarray) -> list[tuple[lanes.Paint | None, str]]:
    field = {"facecolor": style.tint("#0072B2", 0.35), "midline": "#0072B2"}
    entries: list[tuple[lanes.Paint | None, str]] = [(field, "influence (in the bloc’s colour)")]
    if not seats.all():
        entries.append((_dot(VOTES), "votes of delegates"))
    if seats.any():
        entries.append((_dot("white"), "votes by seats"))
    return entries


def _title(ensemble: Ensemble, medians: np.ndarray) -> str:
    """Who gained or lost most between the first and the last meeting."""
    change = medians[-1] - medians[0]
    best = int(np.abs(change).argmax())
    verb, last = ("gains", "up to") if change[best] > 0 else ("loses", "down to")
    name = ensemble.scenario.blocs[best].name
    if len(medians) == 1 or round(100 * abs(change[best])) == 0:
        strongest = int(medians[-1].argmax())
        name = ensemble.scenario.blocs[strongest].name
        return f"{name} has the most influence: {style.percent(medians[-1, strongest])} at the median"
    start, end = style.percent(medians[0, best]), style.percent(medians[-1, best])
    return f"{name} {verb} most: from {start} {last} {end} of influence at the median"


def _subtitle(delegates: np.ndarray, influence: np.ndarray) -> str:
    """What the two quantities are, and where they differ most."""
    widest = round(100 * float(np.abs(delegates - influence).max()))
    return (
        "Influence is what a bloc’s leaders carry in the party, votes are what it has at a meeting. The two differ "
        f"by up to {widest} {style.plural(widest, 'point')}."
    )
