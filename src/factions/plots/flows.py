"""Who rules and who opposes, without the change and with it, on the same lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.plots import lanes, style
from factions.plots.pairs import SIDES, mark_branch, provenance, stretched
from factions.plots.probabilities import LINKED_FROM, STATES, bloc_states, error, likeliest, partners
from factions.plots.timeaxis import label_meetings, label_room, rule_meetings, rule_years, time_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.results.ensemble import Ensemble

BAND = 0.84


def table(comparison: Comparison) -> list[dict[str, object]]:
    """Rows of side x meeting x bloc x state: its probability, with one standard error as if worlds were independent."""
    rows: list[dict[str, object]] = []
    for side, ensemble in zip(SIDES, (comparison.factual, comparison.counterfactual), strict=True):
        shares = bloc_states(ensemble)
        for m, meeting in enumerate(ensemble.scenario.meetings):
            for b, bloc in enumerate(ensemble.scenario.blocs):
                for state, share in zip(STATES, shares[:, m, b], strict=True):
                    rows.append(
                        {
                            "side": side,
                            "meeting": meeting.id,
                            "date": meeting.date.isoformat(),
                            "bloc": bloc.id,
                            "state": state,
                            "probability": float(share),
                            "error": error(float(share), len(ensemble)),
                        }
                    )
    return rows


def figure(comparison: Comparison) -> Figure:
    """Two panels of lanes; the height of a colour is its share of the worlds."""
    with style.house_style():
        return _Drawing(comparison).draw()


class _Drawing:
    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.sides = (comparison.factual, comparison.counterfactual)
        most = max(len(side.scenario.blocs) for side in self.sides)
        self.lane = float(np.clip(2.7 / most, 0.15, 0.4))
        self.font = float(np.clip(self.lane * 72 * 0.45, 6.0, style.BODY))
        names = [bloc.name for side in self.sides for bloc in side.scenario.blocs]
        widest = max(style.text_width(style.fitted(name, self.font, 2.2, "bold"), self.font, "bold") for name in names)
        self.left = style.MARGIN + widest + 0.12
        self.width = style.WIDTH - self.left - 0.5

    def draw(self) -> Figure:
        title, note = flow_title(self.comparison), self._caption()
        subtitle = "Each bloc has a lane; the height of a colour is its share of the worlds after a meeting."
        top = style.header_height(title, subtitle)
        heights = [len(side.scenario.blocs) * self.lane for side in self.sides]
        below = label_room(self.sides[1].scenario)
        body = 0.3 + sum(heights) + 2 * 0.5
        page = style.page(top + body + below + style.caption_height(note))
        style.header(page, title, subtitle)
        lanes.key(page, style.MARGIN, top, _key())
        at = top + 0.3
        for row, (side, height, words) in enumerate(zip(self.sides, heights, SIDES, strict=True)):
            style.write(page, style.MARGIN, at + 0.16, words.capitalize(), fontsize=style.BODY + 1, fontweight="bold")
            self._panel(page, at + 0.45, height, side, last=row == 1)
            at += height + 0.5
        style.caption(page, note)
        return page

    def _panel(self, page: Figure, top: float, height: float, side: Ensemble, last: bool) -> None:
        scenario, axis = side.scenario, time_axis(side.scenario)
        axes = style.panel(page, self.left, top, self.width, height)
        axes.set_ylim(0, len(scenario.blocs))
        axes.set_xlim(axis.edges[0], axis.edges[-1])
        axes.set_yticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        rule_meetings(axes, axis)
        rule_years(axes, axis, labels=not last)
        shares = bloc_states(side)
        for b, colour in enumerate(style.bloc_colours(scenario)):
            middle = len(scenario.blocs) - 0.5 - b
            lanes.silent_line(axes, axis.edges, middle)
            paints = [{"facecolor": colour}, {"facecolor": style.tint(colour, 0.25)}, lanes.hatched(colour)]
            lanes.stack(axes, axis.edges, middle - BAND / 2, BAND, shares[:3, :, b], paints)
            name = style.fitted(scenario.blocs[b].name, self.font, 2.2, "bold")
            font = {"fontsize": self.font, "fontweight": "bold", "color": style.readable(colour)}
            style.beside(axes, name, (0, middle), (-8, 0), ha="right", **font)
        _link(axes, partners(side), axis.places, len(scenario.blocs))
        mark_branch(axes, axis, self.comparison, label=last)
        if last:
            label_meetings(axes, axis, scenario)
        else:
            axes.set_xticks([])

    def _caption(self) -> str:
        text = (
            f"{provenance(self.comparison)} Lines join a bloc to its likeliest partner outside the ruling alliance, "
            f"from {style.percent(LINKED_FROM)} of the worlds on (thicker: likelier)."
        )
        return text + stretched(time_axis(self.comparison.base))


def _link(axes: Axes, together: np.ndarray, places: np.ndarray, blocs: int) -> None:
    for m, b, c in likeliest(together):
        x, ends, weight = [places[m]] * 2, [blocs - 0.5 - b, blocs - 0.5 - c], together[m, b, c]
        axes.plot(x, ends, color="white", linewidth=1.9 + 1.6 * weight, zorder=4)
        axes.plot(
            x,
            ends,
            color=style.INK,
            linewidth=0.5 + 1.6 * weight,
            zorder=5,
            marker="o",
            markersize=1.5 + 2.5 * weight,
            markeredgecolor="white",
            markeredgewidth=0.5,
        )


def _key() -> list[tuple[lanes.Paint | None, str]]:
    grey = "#555555"
    paints = [{"facecolor": grey}, {"facecolor": style.tint(grey, 0.25)}, lanes.hatched(grey)]
    words = ["in the ruling alliance", "outside it, quiet", "open opposition"]
    entries: list[tuple[lanes.Paint | None, str]] = list(zip(paints, words, strict=True))
    return [*entries, (None, "no influence left")]


def flow_title(comparison: Comparison) -> str:
    """The bloc whose chance to rule at the last meeting changes most."""
    one, two = comparison.factual, comparison.counterfactual
    ids = {bloc.id: b for b, bloc in enumerate(two.scenario.blocs)}
    before, after = bloc_states(one)[0][-1], bloc_states(two)[0][-1]
    changes = [
        (after[ids[bloc.id]] - before[b], bloc.name, before[b], after[ids[bloc.id]])
        for b, bloc in enumerate(one.scenario.blocs)
        if bloc.id in ids
    ]
    change, name, was, now = max(changes, key=lambda row: abs(row[0]))
    if abs(change) < 0.005:
        return f"{comparison.scenario.title}: no bloc’s chance to rule at the end changes by a point"
    return (
        f"{name}: in the ruling alliance at the end in {style.percent(now)} of the worlds, "
        f"{style.percent(was)} without the change"
    )
