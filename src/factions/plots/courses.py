"""Where leaders stand over time, without the change (above) and with it (below); influence of blocs likewise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.choice import named, told
from factions.counterfactual.clauses import OF_LEADERS
from factions.counterfactual.findings import leading_men
from factions.counterfactual.touched import named_by
from factions.plots import lanes, notes, standing, style
from factions.plots.influence import band, bloc_panels, large, left_out, quantiles
from factions.plots.page import Words
from factions.plots.pairs import Pair, largest_change, mark_branch
from factions.plots.timeaxis import common_axes
from factions.plots.titles import headline, largest
from factions.results.tables import STEPS, Row, cells, chance, ids, quantile_cells
from factions.scenario.content.outcome_names import parts
from factions.wording import percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.results.tally import Tallied

MOST = 12
"""Leaders that are drawn at most: whom the answer, the change or the title names, then those who differ most."""

_OF_STANDING = ("politburo", "central_committee", "party", "deported")
"""Kinds of outcomes that say where a leader stands."""

_SEEN = 0.05
"""A difference between shares of worlds that one sees in a lane."""

LANE = 0.24
"""Inches of one lane of a leader's two."""


def leaders_shown(pair: Pair) -> list[tuple[int, int]]:
    """Positions of the leaders drawn, there and here, in the order of the file.

    First those of whom the answer tells or whom the change names, then leading men whose standing changes most.  Left
    out are whoever stands alike on both sides without being named, and whoever is dead on both from the change on.
    """
    base = pair.before.scenario
    there = {leader.id: k for k, leader in enumerate(pair.after.scenario.leaders)}
    ours = [(k, there[leader.id]) for k, leader in enumerate(base.leaders) if leader.id in there]
    before, after, first = _shares(pair)
    change = {k: float(np.abs(after[first:, n] - before[first:, k]).sum(axis=1).max() / 2) for k, n in ours}
    named = _named(pair.comparison)
    dead = {k for k, n in ours if min(before[first, k, -1], after[first, n, -1]) >= 0.5}
    leading = leading_men(base)
    differ = [each for each in ours if change[each[0]] >= _SEEN and base.leaders[each[0]].id in leading]
    of_note = [each for each in ours if each in differ or base.leaders[each[0]].id in named]
    chosen = [each for each in of_note if each[0] not in dead] or ours
    ranked = sorted(
        chosen,
        key=lambda each: (
            base.leaders[each[0]].id not in named,
            -round(change[each[0]], 1),
            -base.leaders[each[0]].prestige,
        ),
    )
    return sorted(ranked[:MOST])


def _shares(pair: Pair) -> tuple[np.ndarray, np.ndarray, int]:
    """Shares of standing of both sides at the meetings that can be set side by side, and the first that can differ."""
    before, after = (worlds.tally.share("standing") for _, worlds in pair.sides)
    ids = [[meeting.id for meeting in worlds.scenario.meetings] for _, worlds in pair.sides]
    common = [(ids[0].index(name), n) for n, name in enumerate(ids[1]) if name in ids[0]]
    here, at = (list(side) for side in zip(*common, strict=True))
    starts = [k for k, n in enumerate(at) if pair.comparison.branch in ids[1][: n + 1]]
    return before[here], after[at], starts[0] if starts else 0


def _named(comparison: Comparison) -> set[str]:
    """Ids of the leaders of whom the answer or the title tells, and of those whom the change names."""
    findings = comparison.findings
    told_of = [each for group in told(findings.changed) for each in named(comparison.base, group)]
    row = largest(comparison, _OF_STANDING)
    titled = {*parts(row.outcome)[1]} if row is not None else set()
    of_men = titled | {each.who[0] for each in (*told_of, *findings.same) if each.kind in OF_LEADERS}
    return of_men | {name for table, name in named_by(comparison.base, comparison.scenario) if table == "leaders"}


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
        "the worlds with that standing. Shown are those of whom the answer tells, those whom the change names, and "
        "leading men whose standing changes, unless they were dead on both sides before the change."
    )
    note = f"{notes.pairs(pair.comparison)} From the dashed line on the change can act.{axis.note}"
    words = Words(_standing_title(pair.comparison), subtitle, note, standing.key(base))
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


def _standing_title(comparison: Comparison) -> str:
    """What differs most of where leaders stand, if anything does."""
    row = largest(comparison, _OF_STANDING)
    return "No leader stands elsewhere in more worlds than chance makes" if row is None else headline(row)


def influence_table(pair: Pair) -> list[Row]:
    """Rows of side x meeting x bloc: the mean of its share of influence, and its p10, median and p90."""
    return [
        {"side": side, **row, "mean": float(means[index]), **levels[index]}
        for side, worlds in pair.sides
        for levels, means in ((quantile_cells(worlds, "influence"), worlds.tally.mean("influence")),)
        for index, row in cells(worlds.scenario, bloc=ids(worlds.scenario.blocs))
    ]


@style.house_style()
def influence_figure(pair: Pair) -> Figure:
    """One small panel for each bloc: dashed without the change, coloured with it; bands hold 80% of the worlds."""
    scenario, base = pair.after.scenario, pair.before.scenario
    before, after = (_around_the_mean(worlds) for _, worlds in pair.sides)
    old, axis = common_axes(base, scenario)
    there = {bloc.id: b for b, bloc in enumerate(base.blocs)}
    former = np.zeros((1, len(scenario.blocs)))
    for b, bloc in enumerate(scenario.blocs):
        former[0, b] = before[2][:, there[bloc.id]].max() if bloc.id in there else 0.0
    shown = large(after[2], former)
    note = f"{notes.pairs(pair.comparison)} Lines are means over the worlds; bands hold {percent(0.8)} of them."
    note += left_out(scenario, shown) + axis.note
    subtitle = "Share of all influence that each bloc has: grey and dashed without the change, in its colour with it."
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


def _around_the_mean(worlds: Tallied) -> np.ndarray:
    """The band and the mean between its edges; axes (p10, mean and p90; meeting, bloc)."""
    low, _, high = quantiles(worlds, "influence")
    return np.stack([low, worlds.tally.mean("influence"), high])


def _influence_title(pair: Pair, was: np.ndarray, now: np.ndarray) -> str:
    change = largest_change(pair, was, now)
    if abs(change.size) < 0.005:
        return f"{pair.comparison.scenario.title}: influence at the end is the same on average"
    what = "gain" if change.size > 0 else "loss"
    shares = f"{percent(change.now)} of all influence at the end with it, {percent(change.was)} without it, on average"
    return f"Largest {what} from the change: {change.name}, {shares}"
