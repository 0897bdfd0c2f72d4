"""The time axis of every figure: real dates, stretched where meetings are too close to be told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.plots.page import MARGIN, Words, beside, fitted, grid, inches, panel, plain, sheet, spread
from factions.plots.page import text_width as width_of
from factions.plots.shape import shape
from factions.plots.style import GREY, HAIRLINE, INK, SMALL, TINY
from factions.wording import MONTHS, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

    from factions.scenario import Scenario

CLOSEST = 0.62
"""Smallest distance of two meetings on the axis, as a share of their mean distance."""

ABOVE = 0.3
"""Inches above axes that the names of the years take."""

_NAME = 0.136
"""Inches from one rotated name of a meeting to the next."""

_LONGEST = 1.7
"""Inches of the longest name of a meeting."""

_SHORT = (
    (r"(?i)\bcentral committee\b", "CC"),
    (r"(?i)\bconference\b", "Conf."),
    (r"(?i)\bcongress\b", "Congr."),
    (r"(?i)\bplenum of the CC( and (the )?CCC)?\b", "plenum"),
    (r"(?i)\bCC(-CCC)? plenum\b", "plenum"),
    (rf"\b({'|'.join(MONTHS)})\b", lambda found: found[1][:3]),
    (r"(?i)\b(of|the|in|party|joint)\b ?", ""),
    (r"\b(?:1[89]|20)(\d\d)\b", r"’\1"),
    (r"(?i)^plenum,? (.+)$", r"\1 plenum"),
    (r"\s+", " "),
)


@dataclass(frozen=True)
class TimeAxis:
    """Meetings at `places` (warped days) for their `days` (ordinals); `edges`: the borders of what is drawn.

    `names`: what the meetings are called below the axis; `seats`: True where seats vote, not delegates.
    """

    days: np.ndarray
    places: np.ndarray
    edges: np.ndarray
    names: tuple[str, ...]
    seats: np.ndarray

    @property
    def steps(self) -> np.ndarray:
        """Where what each meeting decides begins, which is at the meeting, and where the last of it ends."""
        return np.concatenate([self.places if len(self.places) > 1 else self.edges[:1], self.edges[-1:]])

    def place(self, day: date) -> float:
        """Position of a date: linear between meetings, in real days beyond the first and the last."""
        ordinal = float(day.toordinal())
        if ordinal < self.days[0]:
            return float(self.places[0] + ordinal - self.days[0])
        if ordinal > self.days[-1]:
            return float(self.places[-1] + ordinal - self.days[-1])
        return float(np.interp(ordinal, self.days, self.places))

    @property
    def stretched(self) -> bool:
        """True if some meetings are drawn further apart than their dates."""
        return bool(np.abs((self.places - self.places[0]) - (self.days - self.days[0])).max() > 0.5)

    @property
    def note(self) -> str:
        """What a caption must say of the axis."""
        return " Meetings that lie close together are drawn further apart." if self.stretched else ""

    @property
    def years(self) -> list[tuple[int, float]]:
        """Turns of the years between the first and the last meeting, with their positions."""
        first, last = (date.fromordinal(int(self.days[m])).year for m in (0, -1))
        return [(year, self.place(date(year, 1, 1))) for year in range(first + 1, last + 1)]


def common_axes(one: Scenario, other: Scenario) -> tuple[TimeAxis, TimeAxis]:
    """The axes of two scenarios, on which the same day has the same place."""
    days = [_days(each) for each in (one, other)]
    if np.array_equal(days[0], days[1]):
        return time_axis(one), time_axis(other)
    every = np.unique(np.concatenate(days))
    gap = CLOSEST * (every[-1] - every[0]) / (len(every) - 1)
    warped = spread(every, gap)
    borders = _borders(warped, gap)
    first, second = (
        _placed(time_axis(each), np.interp(its, every, warped), borders)
        for each, its in zip((one, other), days, strict=True)
    )
    return first, second


def _placed(axis: TimeAxis, places: np.ndarray, borders: np.ndarray) -> TimeAxis:
    """An axis with its meetings at other places, between these borders."""
    return replace(axis, places=places, edges=borders)


def _borders(places: np.ndarray, gap: float) -> np.ndarray:
    """A little room before the first meeting, and more after the last one, so that one sees what it decided."""
    return np.array([places[0] - gap, places[-1] + 2.0 * gap])


def _days(scenario: Scenario) -> np.ndarray:
    return np.array([meeting.date.toordinal() for meeting in scenario.meetings], dtype=float)


def time_axis(scenario: Scenario) -> TimeAxis:
    """The axis of a scenario's meetings."""
    days = _days(scenario)
    kinds = {kind.id: kind.electorate for kind in scenario.meeting_kinds}
    seats = np.array([kinds[meeting.kind] != "delegates" for meeting in scenario.meetings])
    names = tuple(
        fitted(meeting.short, SMALL, _LONGEST) if meeting.short else short_name(meeting.name)
        for meeting in scenario.meetings
    )
    if len(days) == 1:
        return TimeAxis(days, days.copy(), days[0] + np.array([-0.5, 0.5]), names, seats)
    gap = CLOSEST * max(days[-1] - days[0], 1.0) / (len(days) - 1)
    places = spread(days, gap)
    return TimeAxis(days, places, _borders(places, gap), names, seats)


def short_name(name: str) -> str:
    """A meeting's name for a tick: `XIV Congress` is `XIV Congr.`, `January 1925 plenum` `Jan ’25 plenum`."""
    for pattern, short in _SHORT:
        name = re.sub(pattern, short, name)
    return fitted(name.strip(" ,"), SMALL, _LONGEST)


def label_room(axis: TimeAxis) -> float:
    """Inches that the rotated meeting names take below the axis."""
    return 0.2 + 0.87 * max(width_of(name, SMALL) for name in axis.names)


def label_meetings(axes: Axes, axis: TimeAxis) -> None:
    """Meeting names below the axis, as many as fit: where delegates vote first, and darker."""
    shown = _fitting(axis, float(np.ptp(axis.edges)) / inches(axes)[0])
    axes.set_xticks(
        [axis.places[m] for m in shown],
        [plain(axis.names[m]) for m in shown],
        rotation=60,
        ha="right",
        va="top",
        rotation_mode="anchor",
        fontsize=SMALL,
    )
    axes.tick_params(axis="x", length=3, width=0.6, pad=3, color=GREY)
    for m, label in zip(shown, axes.get_xticklabels(), strict=True):
        label.set_color("#777777" if axis.seats[m] else INK)


def _fitting(axis: TimeAxis, per_inch: float) -> list[int]:
    """The meetings whose names have room."""
    taken: list[int] = []
    for m in sorted(range(len(axis.places)), key=lambda m: (axis.seats[m], m)):
        if all(abs(axis.places[m] - axis.places[other]) >= _NAME * per_inch for other in taken):
            taken.append(m)
    return sorted(taken)


def rule(axes: Axes, axis: TimeAxis, named: bool) -> None:
    """The extent of the axis, hairlines at the meetings, rules at the turns of the years; `named`: years above."""
    axes.set_xlim(axis.edges[0], axis.edges[-1])
    axes.set_xticks([])
    grid(axes, axis.places, HAIRLINE, 0.5)
    grid(axes, [place for _, place in axis.years])
    if named:
        _name_years(axes, axis)


def _name_years(axes: Axes, axis: TimeAxis) -> None:
    """The years above the axes, as many as fit."""
    first = date.fromordinal(int(axis.days[0])).year
    borders = [axis.edges[0], *(place for _, place in axis.years), axis.edges[-1]]
    width = inches(axes)[0] / np.ptp(axis.edges)
    taken = -np.inf
    for left, right, year in zip(borders[:-1], borders[1:], [first, *(year for year, _ in axis.years)], strict=True):
        text = str(year) if (right - left) * width > 0.4 else f"’{year % 100:02d}"
        middle, half = (left + right) / 2, width_of(text, SMALL) / 2
        if middle * width - half > taken:
            taken = middle * width + half + 0.06
            beside(axes, text, (middle, 1), (0, 3), "column", ha="center", va="bottom", fontsize=SMALL, color=GREY)


def small_years(axes: Axes, axis: TimeAxis) -> None:
    """For small panels: turns of the years as rules and as the only ticks, as many named as fit."""
    width = inches(axes)[0]
    names, taken = [], -np.inf
    for year, place in axis.years:
        fits = (place - taken) * width / np.ptp(axis.edges) > 0.42
        names.append(str(year) if fits else "")
        taken = place if fits else taken
    axes.set_xticks([place for _, place in axis.years], names)
    axes.tick_params(axis="x", labelsize=TINY, length=2, pad=2)
    axes.set_xlim(axis.edges[0], axis.edges[-1])
    grid(axes, [place for _, place in axis.years], HAIRLINE, 0.5)


def quarters(axis: Axis) -> None:
    """Ticks at the quarters of a share in [0, 1]."""
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    axis.set_ticks(ticks, [percent(tick) for tick in ticks])


def chart(words: Words, axis: TimeAxis, height: float, right: float) -> tuple[Figure, Axes]:
    """A page with one share over time, `height` inches tall, and `right` inches beside it for names."""
    page, top = sheet(words, ABOVE + height + label_room(axis))
    left = MARGIN + 0.45
    axes = panel(page, left, top + ABOVE, shape().width - left - right, height)
    axes.set_ylim(0, 1.02)
    quarters(axes.yaxis)
    rule(axes, axis, named=True)
    label_meetings(axes, axis)
    return page, axes
