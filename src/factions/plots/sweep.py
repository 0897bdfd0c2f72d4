"""Outcomes over what a sweep varies: a panel for each outcome, the first thing varied from left to right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import forest, style
from factions.plots.page import MARGIN, Dot, Line, Words, lines_of, panel, plain, sheet, strokes
from factions.plots.shape import shape
from factions.wording import counted, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.results.tables import Row
    from factions.runs.sweep import Sweep

MOST = 6
"""Outcomes that the figure and the printed table show at most: those that vary most."""
ACROSS = 3
MOST_COLOURS = 8
"""Lines that have colours of their own; more are drawn from light to dark, and the key has the first and the last."""

_SERIES = tuple(colour for colour in style.PALETTE if colour != "#F0E442")
_WIDE = 20.0
"""From this ratio of the greatest value to the least on, an axis is logarithmic."""


def strongest(rows: Sequence[Row], most: int = MOST) -> list[str]:
    """The names of the outcomes that vary most over the cells, in the order of the rows.

    By the range of the means: of probabilities and shares as it is, of numbers beside the greatest.
    """
    means: dict[str, list[float]] = {}
    for row in rows:
        means.setdefault(str(row["outcome"]), []).append(_number(row["mean"]))
    units = {str(row["outcome"]): row["unit"] for row in rows}

    def spread(name: str) -> float:
        values = means[name]
        whole = max(values) if units[name] == "number" else 1.0
        return (max(values) - min(values)) / max(whole, 1.0)

    chosen = sorted(means, key=lambda name: -spread(name))[:most]
    return [name for name in means if name in chosen]


@style.house_style()
def figure(sweep: Sweep, rows: Sequence[Row]) -> Figure:
    """Means with two standard errors; lines join runs that differ in the first thing varied alone."""
    names, keys = strongest(rows), sweep.keys
    lines = list(dict.fromkeys(_line(row, keys) for row in rows))
    colours = _colours(lines)
    heads = [lines_of(_text(rows, name), style.BODY, "bold", shape().width / ACROSS - 0.55) for name in names]
    above = 0.2 + 0.16 * max(map(len, heads))
    down = math.ceil(len(names) / ACROSS)
    page, top = sheet(_words(sweep, names, colours), (2.0 + above) * down)
    width = (shape().width - 2 * MARGIN) / ACROSS
    places, labels = _places([row[keys[0]] for row in rows])
    for k, name in enumerate(names):
        at = top + above + k // ACROSS * (2.0 + above)
        axes = panel(page, MARGIN + 0.3 + k % ACROSS * width, at, width - 0.5, 1.5)
        own = [row for row in rows if row["outcome"] == name]
        _draw(axes, own, keys, places, colours)
        title = plain("\n".join(heads[k]))
        axes.set_title(title, loc="left", pad=4, fontsize=style.BODY, fontweight="bold", color=style.INK)
        _across(axes, list(places.values()), labels, short(keys[0]))
    return page


def _colours(lines: Sequence[str]) -> dict[str, str]:
    """A colour for each of several lines; of many, shades in their order."""
    if len(lines) < 2:
        return {}
    if len(lines) <= MOST_COLOURS:
        return dict(zip(lines, _SERIES, strict=False))
    return {
        line: style.tint(style.MAIN, strength)
        for line, strength in zip(lines, np.linspace(0.25, 1.0, len(lines)), strict=True)
    }


def _text(rows: Sequence[Row], name: str) -> str:
    """What an outcome is called."""
    return next(str(row["text"]) for row in rows if row["outcome"] == name)


def _draw(
    axes: Axes, rows: Sequence[Row], keys: Sequence[str], places: Mapping[str, float], colours: Mapping[str, str]
) -> None:
    """The runs of one outcome."""
    series: dict[str, list[tuple[float, float, float]]] = {}
    for row in rows:
        point = places[str(row[keys[0]])], _number(row["mean"]), _number(row["error"] or 0.0)
        series.setdefault(_line(row, keys), []).append(point)
    for name, points in series.items():
        colour = colours.get(name, style.MAIN)
        points.sort()
        strokes(axes, [np.array([one[:2], two[:2]]) for one, two in pairwise(points)], colors=colour, linewidths=1.0)
        bars = [np.array([(x, y - 2 * error), (x, y + 2 * error)]) for x, y, error in points]
        strokes(axes, bars, colors=colour, linewidths=1.4)
        Dot(colour, 3.5).draw(axes, [x for x, _, _ in points], [y for _, y, _ in points])
    if rows[0]["unit"] in ("probability", "share"):
        axes.set_ylim(-0.03, 1.03)
    else:
        axes.margins(y=0.15)
    axes.grid(axis="y", color=style.HAIRLINE, linewidth=0.5)
    axes.set_axisbelow(True)


def _places(values: Sequence[object]) -> tuple[dict[str, float], dict[float, str]]:
    """Where each value stands from left to right, and the labels of values that are no numbers."""
    own = list(dict.fromkeys(values))
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in own):
        return {str(value): _number(value) for value in own}, {}
    return {str(value): float(k) for k, value in enumerate(own)}, {
        float(k): str(v) or "as it is" for k, v in enumerate(own)
    }


def _across(axes: Axes, places: Sequence[float], labels: Mapping[float, str], key: str) -> None:
    axes.margins(x=0.08)
    forest.label(axes, key)
    if labels:
        turned = 25 if max(map(len, labels.values())) > 8 else 0
        axes.set_xticks(list(labels), list(labels.values()), rotation=turned, ha="right" if turned else "center")
        return
    if min(places) > 0.0 and max(places) / min(places) >= _WIDE:
        axes.set_xscale("log")
        axes.minorticks_off()
    if len(places) <= MOST_COLOURS:
        axes.set_xticks(places, [f"{place:g}" for place in places])


def _line(row: Row, keys: Sequence[str]) -> str:
    """What is set beside the first thing varied."""
    return ", ".join(f"{short(key)} {row[key]}" for key in keys[1:] if row[key] != "")


def _words(sweep: Sweep, names: Sequence[str], colours: Mapping[str, str]) -> Words:
    keys = [short(key) for key in sweep.keys]
    title = f"{sweep.cells[0].scenario.title}: {listed(keys)} varied"
    subtitle = "Means over worlds; bars are two standard errors."
    if len(keys) > 1:
        subtitle += f" Lines join runs that differ in {keys[0]} alone."
    if len(names) < len(sweep.outcomes):
        subtitle += f" The {len(names)} outcomes that vary most, as in the printed table, of {len(sweep.outcomes)}."
    note = (
        f"{counted(len(sweep.cells), 'run')} of {counted(sweep.worlds, 'world')}, seed {sweep.seed}: world by world "
        "they have the same noise for the same purposes, meetings and actors."
    )
    named = [*colours] if len(colours) <= MOST_COLOURS else [[*colours][k] for k in (0, len(colours) // 2, -1)]
    entries = tuple((name, (Line(colours[name], 1.4), Dot(colours[name], 3.5))) for name in named)
    return Words(title, subtitle, note, entries)


def short(key: str) -> str:
    """What is set, without its table: stalin.prestige."""
    return key.partition(".")[2] or key


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)
