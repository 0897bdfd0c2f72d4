"""What single causes did to an outcome, for it or against it, with how necessary and how sufficient each was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from factions.plots import forest, style
from factions.plots.page import MARGIN, Dot, Words, panel, sheet
from factions.plots.shape import shape
from factions.plots.timeaxis import quarters
from factions.wording import counted, worlds_instead

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.causes import Cause
    from factions.counterfactual.explanation import Explanation

MOST = 20
"""Rows at most: the largest effects."""
_ROW, _ROOM, _BETWEEN = 0.27, 4.0, 0.3
_NECESSARY, _SUFFICIENT = Dot(style.INK, 4.4), Dot("#E69F00", 4.0, "D")
_KIND = {"event": "event", "mechanism": "rule", "decision": "decision"}


def table(causes: Sequence[Cause]) -> list[dict[str, object]]:
    """One row for each cause, the largest effect first."""
    return [asdict(cause) for cause in causes]


@style.house_style()
def figure(found: Explanation) -> Figure:
    """A row for each cause: its effect on the left, its necessity and sufficiency on the right, with two errors."""
    shown = found.causes[:MOST]
    subtitle = (
        "Left: probability of the outcome with the cause, minus without it; grey: less than two errors. Right: "
        "necessity, how often what the cause favours fails once it is taken away; sufficiency, how often the cause "
        "brings it about. A cause on the left of 0 favours that the outcome does not come."
    )
    note = (
        f"{found.base.title}. Outcome: {found.outcome.text}. {counted(found.worlds, 'world')} for each cause, "
        f"seed {found.seed}; bars are two standard errors. The largest effects of "
        f"{counted(len(found.causes), 'cause')} tried one at a time: where causes overlap, their effects do not add up."
    )
    key = (
        ("helped the outcome", (forest.BLUE,)),
        ("stood in its way", (forest.ORANGE,)),
        ("necessity", (_NECESSARY,)),
        ("sufficiency", (_SUFFICIENT,)),
    )
    names = [f"{_KIND[cause.kind]}: {cause.text.rstrip('.')}" for cause in shown]
    left = forest.left_of(names, _ROOM)
    pitch = forest.pitch(names, _ROOM, _ROW)
    height, width = pitch * max(len(shown), 1), (shape().width - left - MARGIN - 0.1 - _BETWEEN) / 2
    page, top = sheet(Words(_title(found), subtitle, note, key), 0.15 + height + 0.5)
    _effects(panel(page, left, top + 0.15, width, height), shown, names)
    _shares(panel(page, left + width + _BETWEEN, top + 0.15, width, height), shown)
    return page


def _effects(axes: Axes, shown: Sequence[Cause], names: Sequence[str]) -> None:
    forest.rows(axes, len(shown), names, _ROOM)
    axes.margins(x=0.06)
    forest.draw(
        axes, [forest.Estimate(row, cause.effect, cause.effect_error, _dot(cause)) for row, cause in enumerate(shown)]
    )
    forest.zero(axes)
    forest.label(axes, "effect on the probability")


def _dot(cause: Cause) -> Dot:
    return forest.PALE if not cause.clear else forest.BLUE if cause.effect > 0.0 else forest.ORANGE


def _shares(axes: Axes, shown: Sequence[Cause]) -> None:
    forest.rows(axes, len(shown))
    forest.draw(axes, [estimate for row, cause in enumerate(shown) for estimate in _estimates(row, cause)])
    axes.set_xlim(-0.03, 1.03)
    quarters(axes.xaxis)
    forest.label(axes, "necessity, sufficiency")


def _estimates(row: int, cause: Cause) -> list[forest.Estimate]:
    found = (
        (row - 0.12, cause.necessity, cause.necessity_error, _NECESSARY),
        (row + 0.12, cause.sufficiency, cause.sufficiency_error, _SUFFICIENT),
    )
    limits = (0.0, 1.0)
    return [forest.Estimate(at, value, error, dot, limits) for at, value, error, dot in found if value is not None]


def _title(found: Explanation) -> str:
    if not found.clear:
        return f"“{found.outcome.text}”: no single cause that was tried changes it by more than twice its error"
    first = found.clear[0]
    return (
        f"“{found.outcome.text}”: without the {_KIND[first.kind]} “{first.text.rstrip('.')}” it comes in "
        f"{worlds_instead(first.without_it, first.with_it)}"
    )
