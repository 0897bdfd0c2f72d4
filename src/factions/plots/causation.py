"""Causes of an outcome, ranked by how necessary they were, with how sufficient they would have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from factions.plots import forest, style
from factions.plots.page import MARGIN, WIDTH, Dot, Words, panel, sheet, text_width
from factions.plots.timeaxis import quarters
from factions.wording import counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.causes import Cause
    from factions.counterfactual.inevitability import Factual

MOST = 24
_ROW, _ROOM = 0.25, 4.5
_NECESSARY, _SUFFICIENT = Dot(style.MAIN, 4.8), Dot("#E69F00", 4.0, "D")


def table(causes: Sequence[Cause]) -> list[dict[str, object]]:
    """One row for each cause, the most necessary first."""
    return [asdict(cause) for cause in causes]


@style.house_style()
def figure(factual: Factual, causes: Sequence[Cause]) -> Figure:
    """A row for each cause: a dot for necessity, a diamond for sufficiency, with two standard errors."""
    shown = [cause for cause in causes if cause.necessity is not None or cause.sufficiency is not None][:MOST]
    subtitle = (
        "Necessity: in worlds with the cause and the outcome, how often the outcome fails once the cause is taken "
        "away. Sufficiency: in worlds with neither, how often the cause alone brings it about."
    )
    note = (
        f"{factual.base.title}. Outcome: {factual.outcome.text}. {counted(factual.worlds, 'world')} for each cause, "
        f"seed {factual.seed}; bars are two standard errors. {counted(len(causes), 'cause')} tried one at a time: "
        "where causes overlap, their effects do not add up."
    )
    key = (("necessity", (_NECESSARY,)), ("sufficiency", (_SUFFICIENT,)))
    names = [f"{cause.kind}: {cause.text}" for cause in shown]
    left = MARGIN + 0.15 + min(max((text_width(name, style.SMALL) for name in names), default=1.0), _ROOM)
    height = _ROW * max(len(shown), 1)
    page, top = sheet(Words(_title(factual, shown), subtitle, note, key), 0.15 + height + 0.5)
    axes = panel(page, left, top + 0.15, WIDTH - left - MARGIN - 0.1, height)
    forest.rows(axes, len(shown), names, _ROOM)
    forest.draw(axes, [estimate for row, cause in enumerate(shown) for estimate in _estimates(row, cause)])
    axes.set_xlim(-0.03, 1.03)
    quarters(axes.xaxis)
    return page


def _estimates(row: int, cause: Cause) -> list[forest.Estimate]:
    found = (
        (row - 0.12, cause.necessity, cause.necessity_error, _NECESSARY),
        (row + 0.12, cause.sufficiency, cause.sufficiency_error, _SUFFICIENT),
    )
    limits = (0.0, 1.0)
    return [forest.Estimate(at, value, error, dot, limits) for at, value, error, dot in found if value is not None]


def _title(factual: Factual, shown: Sequence[Cause]) -> str:
    if not shown or not shown[0].necessity:
        return f"No single cause was necessary for “{factual.outcome.text}”"
    return f"“{factual.outcome.text}”: the most necessary cause is the {shown[0].kind} “{shown[0].text.rstrip('.')}”"
