"""Probability of an outcome given the record up to each meeting: when it became inevitable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.inevitability import CHANCE, last_open
from factions.plots import style
from factions.plots.pairs import stretched
from factions.plots.timeaxis import label_meetings, label_room, rule_meetings, rule_years, time_axis

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.inevitability import Factual, Point


def table(points: Sequence[Point]) -> list[dict[str, object]]:
    """One row a meeting."""
    return [asdict(point) for point in points]


def figure(factual: Factual, points: Sequence[Point]) -> Figure:
    """A line with a band of two standard errors; the meeting after which the alternative last had 5 % is marked."""
    base = factual.base
    axis = time_axis(base)
    title, subtitle = (
        _title(factual, points),
        (
            f"Probability of “{factual.outcome.text}” in worlds that agree with the record up to each meeting and are "
            "left to themselves from there on."
        ),
    )
    note = (
        f"{base.title}. {factual.worlds:,} worlds a point, seed {factual.seed}; the band is two standard errors, wide "
        f"where few independent worlds agree with the record (at least {min(point.ancestors for point in points)})."
    ) + stretched(axis)
    with style.house_style():
        top = style.header_height(title, subtitle)
        page = style.page(top + 0.35 + 3.2 + label_room(base) + style.caption_height(note))
        style.header(page, title, subtitle)
        axes = style.panel(page, style.MARGIN + 0.5, top + 0.35, style.WIDTH - 2 * style.MARGIN - 0.9, 3.2)
        axes.set_ylim(0, 1.02)
        rule_meetings(axes, axis)
        x = np.array([axis.edges[0], *(axis.place(date.fromisoformat(point.date)) for point in points[1:])])
        y = np.array([point.probability for point in points])
        error = np.array([point.error or 0.0 for point in points])
        low, high = np.clip(y - 2 * error, 0, 1), np.clip(y + 2 * error, 0, 1)
        axes.fill_between(x, low, high, step="post", color="#0072B2", alpha=0.2, linewidth=0)
        axes.step(x, y, where="post", color="#0072B2", linewidth=2.0)
        axes.plot(x, y, "o", color="#0072B2", markersize=3.5)
        last = last_open(points)
        if last is not None and last is not points[-1]:
            k = list(points).index(last)
            axes.plot(x[k], y[k], "o", markersize=9, markerfacecolor="none", markeredgecolor=style.INK)
            words = f"alternative last at {style.percent(CHANCE)} or more"
            side = "right" if x[k] > axis.edges.mean() else "left"
            shift = (-9 if side == "right" else 9, 12 if y[k] < 0.5 else -12)
            style.beside(axes, words, (x[k], y[k]), shift, "data", ha=side, fontsize=style.SMALL)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], [style.percent(tick) for tick in (0, 0.25, 0.5, 0.75, 1)])
        rule_years(axes, axis, labels=True)
        label_meetings(axes, axis, base)
        style.caption(page, note)
        return page


def _title(factual: Factual, points: Sequence[Point]) -> str:
    last, names = last_open(points), {meeting.id: meeting.name for meeting in factual.base.meetings}
    if last is None:
        return f"“{factual.outcome.text}”: never in doubt"
    if last is points[-1]:
        return f"“{factual.outcome.text}”: still open at the end"
    return f"“{factual.outcome.text}”: open until {names.get(last.meeting, 'the start')}"
