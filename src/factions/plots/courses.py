"""Where leaders stand over time, without the change (above) and with it (below); influence of blocs likewise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.plots import lanes, style
from factions.plots.influence import QUANTILES, quantiles
from factions.plots.pairs import SIDES, mark_branch, provenance, stretched
from factions.plots.standing import shares
from factions.plots.timeaxis import label_meetings, label_room, rule_years, time_axis, year_ticks, years
from factions.vocabulary import LADDER

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison

MOST = 14
"""Leaders that are drawn: the chiefs, then those whose standing changes most."""
LANE = 0.17


def leaders_shown(comparison: Comparison) -> list[tuple[int, int]]:
    """Positions of the leaders drawn, there and here: those whose standing changes most, in the order of the file."""
    one, two = comparison.factual, comparison.counterfactual
    there = {leader.id: k for k, leader in enumerate(two.scenario.leaders)}
    before, after = shares(one), shares(two)
    ours = [(k, there[leader.id]) for k, leader in enumerate(one.scenario.leaders) if leader.id in there]
    if len(one.scenario.meetings) != len(two.scenario.meetings):
        before, after = before[:, -1:], after[:, -1:]
    change = [float(np.abs(after[:, :, n] - before[:, :, k]).sum()) for k, n in ours]
    chiefs = {bloc.chief for bloc in one.scenario.blocs}
    chosen = sorted(range(len(ours)), key=lambda i: (one.scenario.leaders[ours[i][0]].id not in chiefs, -change[i]))
    return [ours[i] for i in sorted(chosen[:MOST])]


def standing_table(comparison: Comparison) -> list[dict[str, object]]:
    """Rows of side x meeting x leader x standing: its probability."""
    rows: list[dict[str, object]] = []
    for side, ensemble in zip(SIDES, (comparison.factual, comparison.counterfactual), strict=True):
        found = shares(ensemble)
        for m, meeting in enumerate(ensemble.scenario.meetings):
            for k, leader in enumerate(ensemble.scenario.leaders):
                for step, name in enumerate((*LADDER, "dead")):
                    if found[step, m, k] > 0:
                        rows.append(
                            {
                                "side": side,
                                "meeting": meeting.id,
                                "date": meeting.date.isoformat(),
                                "leader": leader.id,
                                "standing": name,
                                "probability": float(found[step, m, k]),
                            }
                        )
    return rows


def standing_figure(comparison: Comparison) -> Figure:
    """Two lanes a leader; the height of a colour is the share of the worlds with that standing."""
    shown, sides = leaders_shown(comparison), (comparison.factual, comparison.counterfactual)
    leaders = comparison.base.leaders
    axis = time_axis(comparison.counterfactual.scenario)
    title, subtitle = (
        _standing_title(comparison),
        (
            "Two lanes for each leader: above without the change, below with it. The height of a colour is the share "
            "of the worlds with that standing. Shown are the chiefs and those whose standing changes most."
        ),
    )
    note = provenance(comparison) + stretched(axis)
    names = [style.fitted(leaders[k].name, style.SMALL, 1.9) for k, _ in shown]
    left = style.MARGIN + max(style.text_width(name, style.SMALL) for name in names) + 0.15
    pitch = 2 * LANE + 0.1
    with style.house_style():
        top = style.header_height(title, subtitle)
        height = pitch * len(shown)
        page = style.page(top + 0.58 + height + label_room(comparison.scenario) + style.caption_height(note))
        style.header(page, title, subtitle)
        steps = [
            ({"facecolor": colour}, step.replace("_", " "))
            for colour, step in zip(style.LADDER_COLOURS, LADDER, strict=True)
        ]
        lanes.key(page, style.MARGIN, top, [*steps, (None, "dead")])
        axes = style.panel(page, left, top + 0.58, style.WIDTH - left - style.MARGIN, height)
        axes.set_ylim(height, 0)
        axes.set_yticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_xlim(axis.edges[0], axis.edges[-1])
        rule_years(axes, axis, labels=True)
        found = [shares(side)[: len(LADDER)] for side in sides]
        for row, pair in enumerate(shown):
            for side, (k, share) in enumerate(zip(pair, found, strict=True)):
                base = row * pitch + side * LANE + 0.01
                edges = time_axis(sides[side].scenario).edges
                lanes.silent_line(axes, edges, base + LANE / 2)
                paints = [{"facecolor": colour} for colour in style.LADDER_COLOURS]
                lanes.stack(axes, edges, base, LANE - 0.02, share[:, :, k], paints)
            style.beside(axes, names[row], (0, row * pitch + LANE), (-7, 0), ha="right", fontsize=style.SMALL)
        mark_branch(axes, axis, comparison)
        label_meetings(axes, axis, comparison.scenario)
        style.caption(page, note)
        return page


def _standing_title(comparison: Comparison) -> str:
    rows = [row for row in comparison.contrasts if row.outcome.startswith(("politburo:", "party:"))]
    if not rows:
        return f"{comparison.scenario.title}: standing without the change and with it"
    best = max(rows, key=lambda row: abs(row.difference))
    if abs(best.difference) < 0.005:
        return f"{comparison.scenario.title}: no chief stands otherwise in the end"
    return f"{best.text} in the end: {best.baseline:.2f} without the change, {best.counterfactual:.2f} with it"


def influence_table(comparison: Comparison) -> list[dict[str, object]]:
    """Rows of side x meeting x bloc: p10, median and p90 of its share of influence."""
    rows: list[dict[str, object]] = []
    for side, ensemble in zip(SIDES, (comparison.factual, comparison.counterfactual), strict=True):
        found = quantiles(ensemble, "influence")
        for m, meeting in enumerate(ensemble.scenario.meetings):
            for b, bloc in enumerate(ensemble.scenario.blocs):
                levels = {name: float(found[q, m, b]) for q, name in enumerate(QUANTILES)}
                place = {"side": side, "meeting": meeting.id, "date": meeting.date.isoformat(), "bloc": bloc.id}
                rows.append({**place, **levels})
    return rows


def influence_figure(comparison: Comparison) -> Figure:
    """One small panel a bloc: dashed without the change, coloured with it; bands hold 80 % of the worlds."""
    scenario, base = comparison.scenario, comparison.base
    before, after = (quantiles(e, "influence") for e in (comparison.factual, comparison.counterfactual))
    axis, old = time_axis(scenario), time_axis(base)
    ids = {bloc.id: b for b, bloc in enumerate(base.blocs)}
    across = min(len(scenario.blocs), 4)
    down = -(-len(scenario.blocs) // across)
    width = (style.WIDTH - 2 * style.MARGIN - 0.35) / across
    height = float(np.clip(width * 0.8, 1.0, 2.0))
    title = _influence_title(comparison, before[1][-1], after[1][-1])
    subtitle = "Share of influence of each bloc: dashed and grey without the change, in the bloc’s colour with it."
    note = provenance(comparison) + " Lines are medians; bands hold 80% of the worlds." + stretched(axis)
    limit = max(float(before[2].max()), float(after[2].max()), 0.05) * 1.06
    with style.house_style():
        top = style.header_height(title, subtitle)
        page = style.page(top + 0.15 + down * (height + 0.55) + style.caption_height(note))
        style.header(page, title, subtitle)
        for b, colour in enumerate(style.bloc_colours(scenario)):
            left = style.MARGIN + 0.35 + (b % across) * width
            axes = style.panel(page, left, top + 0.35 + (b // across) * (height + 0.55), width - 0.4, height)
            axes.set_ylim(0, limit)
            here = ids.get(scenario.blocs[b].id)
            if here is not None:
                _band(axes, old.places, before[:, :, here], "#9A9A9A", (0, (3, 1.5)))
            _band(axes, axis.places, after[:, :, b], colour)
            for _, place in years(axis):
                axes.axvline(place, color="#E6E6E6", linewidth=0.5, zorder=0.5)
            year_ticks(axes, axis)
            mark_branch(axes, axis, comparison)
            name = style.fitted(scenario.blocs[b].name, style.BODY, width - 0.4, "bold")
            axes.set_title(
                style.plain(name),
                loc="left",
                pad=4,
                fontsize=style.BODY,
                fontweight="bold",
                color=style.readable(colour),
            )
            ticks = [tick for tick in (0.0, 0.25, 0.5, 0.75, 1.0) if tick <= limit]
            axes.set_yticks(ticks, [style.percent(tick) if b % across == 0 else "" for tick in ticks])
            axes.tick_params(axis="y", labelsize=style.TINY, length=2)
        style.caption(page, note)
        return page


def _band(axes, places: np.ndarray, levels: np.ndarray, colour: str, dash: object = "-") -> None:
    axes.fill_between(places, levels[0], levels[2], color=colour, alpha=0.25, linewidth=0, zorder=2)
    axes.plot(places, levels[1], color=style.readable(colour, 2.0), linewidth=1.9, linestyle=dash, zorder=3)


def _influence_title(comparison: Comparison, before: np.ndarray, after: np.ndarray) -> str:
    ids = {bloc.id: b for b, bloc in enumerate(comparison.scenario.blocs)}
    rows = [
        (after[ids[bloc.id]] - before[b], bloc.name, before[b], after[ids[bloc.id]])
        for b, bloc in enumerate(comparison.base.blocs)
        if bloc.id in ids
    ]
    change, name, was, now = max(rows, key=lambda row: abs(row[0]))
    if abs(change) < 0.005:
        return f"{comparison.scenario.title}: influence in the end stays as it was, at the median"
    verb = "gains" if change > 0 else "loses"
    return f"{name} {verb} most by the change: {style.percent(was)} → {style.percent(now)} of influence at the median"
