"""The time axis of every figure: real dates, stretched where meetings are too close to be told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.plots.style import FAINT, GREY, INK, SMALL, TINY, beside, fitted, inches, plain, spread, text_width
from factions.wording import MONTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from factions.scenario import Scenario

CLOSEST = 0.62
"""Smallest distance of two meetings on the axis, as a share of their mean distance."""

TOP_EDGE = ("data", "axes fraction")

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
    """Meetings at `places` (warped days) for their `days` (ordinals); `edges`: the borders of their cells."""

    days: np.ndarray
    places: np.ndarray
    edges: np.ndarray

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


def time_axis(scenario: Scenario) -> TimeAxis:
    """The axis of a scenario's meetings."""
    days = np.array([meeting.date.toordinal() for meeting in scenario.meetings], dtype=float)
    if len(days) == 1:
        return TimeAxis(days, days.copy(), days[0] + np.array([-0.5, 0.5]))
    gap = CLOSEST * max(days[-1] - days[0], 1.0) / (len(days) - 1)
    places = spread(days, gap)
    middle = (places[1:] + places[:-1]) / 2
    edges = np.concatenate([[places[0] - gap], middle, [places[-1] + gap]])
    return TimeAxis(days, places, edges)


def short_name(name: str) -> str:
    """A meeting's name for a tick: `XIV Congress` is `XIV Congr.`, `January 1925 plenum` `Jan ’25 plenum`."""
    for pattern, short in _SHORT:
        name = re.sub(pattern, short, name)
    return fitted(name.strip(" ,"), SMALL, 1.3)


def label_room(scenario: Scenario) -> float:
    """Inches that the rotated meeting names take below the axis."""
    longest = max(text_width(short_name(meeting.name), SMALL) for meeting in scenario.meetings)
    return 0.2 + 0.87 * longest


def label_meetings(axes: Axes, axis: TimeAxis, scenario: Scenario) -> None:
    """Meeting names below the axis, darker where delegates vote; if there are too many, every k-th."""
    room = inches(axes)[0]
    kinds = {kind.id: kind for kind in scenario.meeting_kinds}
    gap = float(np.diff(axis.places).min()) if len(axis.places) > 1 else np.inf
    step = max(1, int(np.ceil(0.13 / (gap / float(np.ptp(axis.edges)) * room))))
    shown = range(0, len(axis.places), step)
    axes.set_xticks(
        [axis.places[i] for i in shown],
        [plain(short_name(scenario.meetings[i].name)) for i in shown],
        rotation=60,
        ha="right",
        va="top",
        rotation_mode="anchor",
        fontsize=SMALL,
    )
    axes.tick_params(axis="x", length=3, width=0.6, pad=3, color=GREY)
    for i, label in zip(shown, axes.get_xticklabels(), strict=True):
        label.set_color(INK if kinds[scenario.meetings[i].kind].electorate == "delegates" else "#777777")
    axes.set_xlim(axis.edges[0], axis.edges[-1])


def years(axis: TimeAxis) -> list[tuple[int, float]]:
    """Turns of the years between the first and the last meeting, with their positions."""
    first, last = date.fromordinal(int(axis.days[0])).year, date.fromordinal(int(axis.days[-1])).year
    return [(year, axis.place(date(year, 1, 1))) for year in range(first + 1, last + 1)]


def rule_meetings(axes: Axes, axis: TimeAxis) -> None:
    """Hairlines at the meetings, to follow them from panel to panel."""
    for place in axis.places:
        axes.axvline(place, color="#E6E6E6", linewidth=0.5, zorder=0.4)


def rule_years(axes: Axes, axis: TimeAxis, labels: bool) -> None:
    """Vertical rules at the turn of every year; with `labels`, the years named above the axes."""
    marks = years(axis)
    for _, place in marks:
        axes.axvline(place, color=FAINT, linewidth=0.7, zorder=0.5)
    if not labels:
        return
    first = date.fromordinal(int(axis.days[0])).year
    borders = [axis.edges[0], *(place for _, place in marks), axis.edges[-1]]
    width = inches(axes)[0] / np.ptp(axis.edges)
    taken = -np.inf
    for left, right, year in zip(borders[:-1], borders[1:], [first, *(year for year, _ in marks)], strict=True):
        text = str(year) if (right - left) * width > 0.4 else f"’{year % 100:02d}"
        middle, half = (left + right) / 2, text_width(text, SMALL) / 2
        if middle * width - half > taken:
            taken = middle * width + half + 0.06
            beside(axes, text, (middle, 1), (0, 3), TOP_EDGE, ha="center", va="bottom", fontsize=SMALL, color=GREY)


def year_ticks(axes: Axes, axis: TimeAxis) -> None:
    """Turns of the years as the only ticks, for small panels; as many named as fit."""
    marks = years(axis)
    width = inches(axes)[0]
    names, taken = [], -np.inf
    for year, place in marks:
        fits = (place - taken) * width / np.ptp(axis.edges) > 0.42
        names.append(str(year) if fits else "")
        taken = place if fits else taken
    axes.set_xticks([place for _, place in marks], names)
    axes.tick_params(axis="x", labelsize=TINY, length=2, pad=2)
    axes.set_xlim(axis.edges[0], axis.edges[-1])
