"""Where leaders stand over time, without the change (above) and with it (below); influence of blocs likewise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.summary import lead
from factions.plots import lanes, notes, standing, style
from factions.plots.influence import band, bloc_panels, large, left_out, quantiles
from factions.plots.page import Words
from factions.plots.pairs import Pair, largest_change, mark_branch
from factions.plots.timeaxis import common_axes
from factions.results.tables import STEPS, Row, cells, chance, ids, quantile_cells
from factions.wording import percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 14
"""Leaders that are drawn: the chiefs, then those whose standing changes most."""

LANE = 0.17
"""Inches of one lane of a leader's two."""


def leaders_shown(pair: Pair) -> list[tuple[int, int]]:
    """Positions of the leaders drawn, there and here: those whose standing changes most, in the order of the file."""
    base = pair.before.scenario
    there = {leader.id: k for k, leader in enumerate(pair.after.scenario.leaders)}
    before, after = (worlds.tally.share("standing") for _, worlds in pair.sides)
    ours = [(k, there[leader.id]) for k, leader in enumerate(base.leaders) if leader.id in there]
    if len(before) != len(after):
        before, after = before[-1:], after[-1:]
    change = [float(np.abs(after[:, n] - before[:, k]).sum()) for k, n in ours]
    chiefs = {base.spokesman(bloc.id) for bloc in base.blocs}
    chosen = sorted(range(len(ours)), key=lambda i: (base.leaders[ours[i][0]].id not in chiefs, -change[i]))
    return [ours[i] for i in sorted(chosen[:MOST])]


def standing_table(pair: Pair) -> list[Row]:
    """Rows of side x meeting x leader x standing: its probability, with one error as if worlds were independent."""
    return [
        {"side": side, **row, **chance(worlds.tally["standing"][index], worlds.tally.worlds)}
        for side, worlds in pair.sides
        for index, row in cells(worlds.scenario, leader=ids(worlds.scenario.leaders), standing=STEPS)
        if worlds.tally["standing"][index] > 0
    ]


@style.house_style()
def standing_figure(pair: Pair) -> Figure:
    """Two lanes for each leader; the height of a colour is the share of the worlds with that standing."""
    shown = leaders_shown(pair)
    base = pair.before.scenario
    old, axis = common_axes(base, pair.after.scenario)
    subtitle = (
        "Two lanes for each leader: above without the change, below with it. The height of a colour is the share of "
        "the worlds with that standing. Shown are the chiefs and those whose standing changes most."
    )
    note = f"{notes.pairs(pair.comparison)} From the dashed line on the change can act.{axis.note}"
    words = Words(lead(pair.comparison, ("politburo", "party")), subtitle, note, standing.key(base))
    pitch = 2 * LANE + 0.1
    tops = np.arange(len(shown)) * pitch
    middles = [tops + (side + 0.5) * LANE for side in range(2)]
    names = tuple(lanes.Name(base.leaders[k].name, top + LANE) for (k, _), top in zip(shown, tops, strict=True))
    panel = lanes.Panel(axis, np.concatenate(middles), LANE - 0.02, pitch * len(shown), names)
    page, (axes,) = lanes.lay_out(words, [panel], style.SMALL)
    for (_, worlds), rows, leaders, its in zip(pair.sides, middles, zip(*shown, strict=True), (old, axis), strict=True):
        shares = standing.ladder_shares(worlds.tally, list(leaders))
        lanes.stack(axes, its, rows, panel.band, shares, standing.FILLS)
    mark_branch(axes, axis, pair, pair.after)
    return page


def influence_table(pair: Pair) -> list[Row]:
    """Rows of side x meeting x bloc: p10, median and p90 of its share of influence."""
    return [
        {"side": side, **row, **levels[index]}
        for side, worlds in pair.sides
        for levels in (quantile_cells(worlds, "influence"),)
        for index, row in cells(worlds.scenario, bloc=ids(worlds.scenario.blocs))
    ]


@style.house_style()
def influence_figure(pair: Pair) -> Figure:
    """One small panel for each bloc: dashed without the change, coloured with it; bands hold 80% of the worlds."""
    scenario, base = pair.after.scenario, pair.before.scenario
    before, after = (quantiles(worlds, "influence") for _, worlds in pair.sides)
    old, axis = common_axes(base, scenario)
    there = {bloc.id: b for b, bloc in enumerate(base.blocs)}
    former = np.zeros((1, len(scenario.blocs)))
    for b, bloc in enumerate(scenario.blocs):
        former[0, b] = before[2][:, there[bloc.id]].max() if bloc.id in there else 0.0
    shown = large(after[2], former)
    note = f"{notes.pairs(pair.comparison)} Lines are medians; bands hold {percent(0.8)} of the worlds."
    note += left_out(scenario, shown) + axis.note
    subtitle = "Share of influence of each bloc: dashed and grey without the change, in the bloc’s colour with it."
    words = Words(_influence_title(pair, before[1][-1], after[1][-1]), subtitle, note)
    limit = max(float(before[2].max()), float(after[2].max()))
    page, panels = bloc_panels(words, scenario, shown, axis, limit)
    colours = style.bloc_colours(scenario)
    for b, axes in zip(shown, panels, strict=True):
        bloc, colour = scenario.blocs[b], colours[b]
        if bloc.id in there:
            band(axes, old, before[:, :, there[bloc.id]], "#9A9A9A", (0, (3, 1.5)))
        band(axes, axis, after[:, :, b], colour)
        mark_branch(axes, axis, pair, pair.after)
    return page


def _influence_title(pair: Pair, was: np.ndarray, now: np.ndarray) -> str:
    change = largest_change(pair, was, now)
    if abs(change.size) < 0.005:
        return f"{pair.comparison.scenario.title}: median influence at the end stays the same"
    what = "gain" if change.size > 0 else "loss"
    shares = f"{percent(change.was)} → {percent(change.now)} of influence at the median"
    return f"Largest {what} from the change: {change.name}, {shares}"
