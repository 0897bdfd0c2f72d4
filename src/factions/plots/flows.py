"""Who rules and who opposes, without the change and with it, on the same lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.summary import lost_names
from factions.plots import blocs, lanes, notes, style
from factions.plots.page import Words
from factions.plots.pairs import Pair, mark_branch
from factions.plots.timeaxis import common_axes
from factions.plots.titles import headline, largest
from factions.results.tables import Row, cells, chance, ids
from factions.statements.predicates import STATES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison


def table(pair: Pair) -> list[Row]:
    """Rows of side x meeting x bloc x state: its probability, with one standard error as if worlds were independent."""
    return [
        {"side": side, **row, "state": state, **chance(worlds.tally[state][index], worlds.tally.worlds)}
        for side, worlds in pair.sides
        for index, row in cells(worlds.scenario, bloc=ids(worlds.scenario.blocs))
        for state in STATES
    ]


@style.house_style()
def figure(pair: Pair) -> Figure:
    """Two panels of lanes; the height of a colour is its share of the worlds."""
    shown = set().union(*(blocs.alive(worlds.scenario, worlds.tally) for _, worlds in pair.sides))
    lane = float(np.clip(2.7 / len(shown), 0.15, 0.4))
    axes_of = common_axes(pair.before.scenario, pair.after.scenario)
    panels = [
        blocs.panel(worlds.scenario, lane, side.capitalize(), shown, axis)
        for (side, worlds), axis in zip(pair.sides, axes_of, strict=True)
    ]
    subtitle = "Each bloc has a lane; the height of a colour is its share of the worlds after a meeting."
    missing = blocs.left_out(pair.after.scenario, shown)
    names = [bloc.name for bloc in pair.after.scenario.blocs]
    lost = "".join(f" {text}" for text in lost_names(pair.comparison, names))
    note = notes.pairs(pair.comparison) + blocs.LINKED + missing + lost + panels[0].axis.note
    words = Words(_title(pair.comparison), subtitle, note, blocs.key("nobody left in the party"))
    page, axes = lanes.lay_out(words, panels, blocs.font(panels[0]), "bold", right=0.5)
    for place, panel, (_, worlds) in zip(axes, panels, pair.sides, strict=True):
        blocs.draw(place, panel, worlds.scenario, worlds.tally)
        mark_branch(place, panel.axis, pair, worlds, label=place is axes[-1])
    return page


def _title(comparison: Comparison) -> str:
    """What differs most of who rules or opposes, if anything does."""
    row = largest(comparison, ("ruling", "open"))
    return "No bloc rules or opposes in more worlds or in fewer than chance makes" if row is None else headline(row)
