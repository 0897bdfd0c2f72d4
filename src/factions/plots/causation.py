"""Causes of an outcome, ranked by how necessary they were, with how sufficient they would have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import lanes, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.causes import Cause
    from factions.counterfactual.inevitability import Factual

MOST = 24
ROW = 0.25
NECESSARY, SUFFICIENT = "#0072B2", "#E69F00"


def table(causes: Sequence[Cause]) -> list[dict[str, object]]:
    """One row a cause, the most necessary first."""
    return [asdict(cause) for cause in causes]


def figure(factual: Factual, causes: Sequence[Cause]) -> Figure:
    """A row a cause: a dot for necessity, a diamond for sufficiency, with two standard errors."""
    shown = [cause for cause in causes if cause.necessity is not None or cause.sufficiency is not None][:MOST]
    title = _title(factual, shown)
    subtitle = (
        "Necessity: in worlds with the cause and the outcome, how often the outcome fails once the cause is taken "
        "away. Sufficiency: in worlds with neither, how often the cause alone brings it about."
    )
    note = (
        f"{factual.base.title}. Outcome: {factual.outcome.text}. {factual.worlds:,} worlds for each cause, seed "
        f"{factual.seed}; bars are two standard errors. {len(causes)} causes were tried, one at a time; causes that "
        "overlap are not added up."
    )
    names = [style.fitted(f"{cause.kind}: {cause.text}", style.SMALL, 4.5) for cause in shown]
    left = style.MARGIN + 0.15 + max((style.text_width(name, style.SMALL) for name in names), default=1.0)
    with style.house_style():
        top = style.header_height(title, subtitle)
        height = ROW * max(len(shown), 1)
        page = style.page(top + 0.4 + height + 0.5 + style.caption_height(note))
        style.header(page, title, subtitle)
        marks = [(_mark("o", NECESSARY), "necessity"), (_mark("D", SUFFICIENT), "sufficiency")]
        lanes.key(page, style.MARGIN, top, marks)
        axes = style.panel(page, left, top + 0.4, style.WIDTH - left - style.MARGIN - 0.1, height)
        for place, cause, name in zip(np.arange(len(shown))[::-1], shown, names, strict=True):
            axes.axhline(place, color="#F0F0F0", linewidth=0.8, zorder=0.3)
            _dot(axes, place - 0.12, cause.sufficiency, cause.sufficiency_error, _mark("D", SUFFICIENT))
            _dot(axes, place + 0.12, cause.necessity, cause.necessity_error, _mark("o", NECESSARY))
            style.beside(axes, name, (0, place), (-6, 0), ha="right", fontsize=style.SMALL)
        axes.set_xlim(-0.03, 1.03)
        axes.set_ylim(-0.6, len(shown) - 0.4)
        axes.set_yticks([])
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [style.percent(tick) for tick in (0, 0.25, 0.5, 0.75, 1)])
        axes.spines["left"].set_visible(False)
        style.caption(page, note)
        return page


def _mark(shape: str, colour: str) -> dict[str, object]:
    return {"marker": shape, "markersize": 4.8 if shape == "o" else 4.0, "color": colour, "linestyle": "none"}


def _dot(axes, place: float, value: float | None, error: float | None, mark: dict[str, object]) -> None:
    if value is None:
        return
    bar = 2.0 * (error or 0.0)
    axes.plot([max(value - bar, 0), min(value + bar, 1)], [place] * 2, color=mark["color"], linewidth=1.2)
    axes.plot(value, place, **mark)


def _title(factual: Factual, shown: Sequence[Cause]) -> str:
    if not shown or not shown[0].necessity:
        return f"No single cause was necessary for “{factual.outcome.text}”"
    return f"“{factual.outcome.text}”: most necessary is {shown[0].kind} “{shown[0].text.rstrip('.')}”"
