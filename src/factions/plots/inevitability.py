"""Probability of an outcome given the record up to each meeting: when it became inevitable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.inevitability import CHANCE, last_open
from factions.plots import style
from factions.plots.page import MARGIN, Dot, Words, beside
from factions.plots.timeaxis import chart, time_axis
from factions.wording import counted, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.explanation import Explanation
    from factions.counterfactual.inevitability import Point

_POINT, _RING = Dot(style.MAIN, 3.5), Dot("none", 9.0, edge=style.INK, rim=1.0)


def table(points: Sequence[Point]) -> list[dict[str, object]]:
    """One row for each meeting."""
    return [asdict(point) for point in points]


@style.house_style()
def figure(found: Explanation) -> Figure:
    """A line with a band of two standard errors; the meeting after which the alternative last had 5% is marked."""
    points = found.points
    axis = time_axis(found.base)
    subtitle = (
        f"Probability of “{found.outcome.text}” in worlds that agree with the record up to each meeting and are "
        "left to themselves from there on."
    )
    note = (
        f"{found.base.title}. {counted(found.worlds, 'world')} a point, seed {found.seed}; the band is two "
        "standard errors, wide where few independent worlds agree with the record (at least "
        f"{min(point.ancestors for point in points)}).{axis.note}"
    )
    page, axes = chart(Words(_title(found), subtitle, note), axis, 3.2, MARGIN)
    x = [float(axis.edges[0]), *(axis.place(date.fromisoformat(point.date)) for point in points[1:])]
    share = np.array([point.probability for point in points])
    _step(axes, x, share, [point.error for point in points], style.MAIN)
    _POINT.draw(axes, x, share)
    last = last_open(points)
    if last is not None and last is not points[-1]:
        k = list(points).index(last)
        _mark(axes, x[k], float(share[k]), late=bool(x[k] > axis.edges.mean()))
    return page


def _step(axes: Axes, x: Sequence[float], share: np.ndarray, errors: Sequence[float | None], colour: str) -> None:
    """A share that holds from one meeting to the next, with a band of two standard errors."""
    reach = 2.0 * np.array([error or 0.0 for error in errors])
    low, high = np.clip(share - reach, 0, 1), np.clip(share + reach, 0, 1)
    axes.fill_between(x, low, high, step="post", color=colour, alpha=0.2, linewidth=0)
    axes.step(x, share, where="post", color=style.readable(colour, 2.0), linewidth=1.9)


def _mark(axes: Axes, x: float, y: float, late: bool) -> None:
    """A ring around the point after which the alternative last had a chance."""
    _RING.draw(axes, [x], [y])
    words = f"alternative last at {percent(CHANCE)} or more"
    shift = (-9 if late else 9, 12 if y < 0.5 else -12)
    beside(axes, words, (x, y), shift, "data", ha="right" if late else "left", fontsize=style.SMALL)


def _title(found: Explanation) -> str:
    points = found.points
    last, names = last_open(points), {meeting.id: meeting.name for meeting in found.base.meetings}
    if last is None:
        words = "never in doubt" if points[-1].probability >= 0.5 else f"never had a chance of {percent(CHANCE)}"
        return f"“{found.outcome.text}”: {words}"
    if last is points[-1]:
        return f"“{found.outcome.text}”: still open at the end"
    until = names.get(last.meeting, "the start")
    if points[-1].probability >= 0.5:
        return f"“{found.outcome.text}”: settled after {until}, with less than {percent(CHANCE)} for the alternative"
    return f"“{found.outcome.text}”: no chance of {percent(CHANCE)} after {until}"
