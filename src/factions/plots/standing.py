"""Every leader's standing over time: lanes in which the height of a colour is the share of the worlds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import lanes, style
from factions.plots.notes import provenance
from factions.plots.page import MARGIN, Dot, Entry, Fill, Words, beside, fitted, inches, strokes, text_width
from factions.plots.timeaxis import time_axis
from factions.results.tables import STEPS, Row, cells, chance, ids
from factions.statements.documented import LeaderStatement, leader_statements
from factions.vocabulary import EXPELLED, LADDER, PARTY_MEMBER
from factions.wording import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.results.tally import Tallied, Tally
    from factions.scenario import Scenario

FILLS: tuple[Fill | None, ...] = (None, *(Fill(colour) for colour in reversed(style.LADDER_COLOURS)))
"""What a lane shows from the bottom to the top: the dead as nothing, then the ladder from its lowest step."""

_COLUMNS = (
    "source",
    "meeting",
    "date",
    "until",
    "leader",
    "standing",
    "probability",
    "error",
    "when",
    "share",
    "claim",
)
BAND = 0.86
"""Share of a lane's height that is drawn on."""

MOST = 40
"""Leaders drawn at most, unless all are asked for."""

_GAP = 0.6
"""Space between two blocs, in lanes."""


def order(scenario: Scenario) -> list[int]:
    """Leaders by bloc as in the file, then by prestige, the greatest first; the unaligned last."""
    blocs = {bloc.id: i for i, bloc in enumerate(scenario.blocs)}
    leaders = scenario.leaders
    return sorted(
        range(len(leaders)), key=lambda i: (blocs.get(leaders[i].bloc or "", len(blocs)), -leaders[i].prestige)
    )


def key(scenario: Scenario) -> tuple[Entry, ...]:
    """What the colours mean, in the words of the scenario."""
    names = (*scenario.bodies.values(), *(step.replace("_", " ") for step in LADDER[PARTY_MEMBER:]))
    fills = (Fill(colour) for colour in style.LADDER_COLOURS)
    return *((name, (fill,)) for name, fill in zip(names, fills, strict=True)), ("dead", (lanes.SILENT,))


def table(worlds: Tallied) -> list[Row]:
    """Rows of both sources, with one standard error.

    `source` = worlds: probability of every `standing` (or dead) that occurs; = record: what `claim` states of
    a leader at `meeting` (to `until`, see `when`), for `share` of those it lists, and how probable it is.
    """
    return [dict.fromkeys(_COLUMNS, "") | row for rows in (_simulated, _stated) for row in rows(worlds)]


def _simulated(worlds: Tallied) -> Iterator[Row]:
    scenario, counts = worlds.scenario, worlds.tally["standing"]
    for index, row in cells(scenario, leader=ids(scenario.leaders), standing=STEPS):
        if counts[index] > 0:
            yield {"source": "worlds", **row, **chance(counts[index], worlds.tally.worlds)}


def _stated(worlds: Tallied) -> Iterator[Row]:
    scenario, leaders = worlds.scenario, ids(worlds.scenario.leaders)
    for said, count in zip(leader_statements(scenario), worlds.tally["leader_statements"], strict=True):
        first, last = scenario.meetings[said.first], scenario.meetings[said.last]
        low, high = said.share
        yield {
            "source": "record",
            **{"meeting": first.id, "date": first.date, "until": last.id},
            "leader": leaders[said.leader],
            "standing": _in_words(said),
            **chance(count, worlds.tally.worlds),
            "when": "" if first is last else said.when,
            "share": "" if low == high == 1 else f"{low:g}-{high:g}",
            "claim": said.claim,
        }


def _in_words(said: LeaderStatement) -> str:
    if said.at_most == said.at_least:
        return str(said.at_most)
    parts = [f"{word} {step}" for word, step in (("at least", said.at_least), ("at most", said.at_most)) if step]
    return " ".join(parts)


@dataclass(frozen=True)
class _Group:
    """The lanes of a bloc's leaders: `top` and `bottom` in inches."""

    name: str
    colour: str
    top: float
    bottom: float


def movers(worlds: Tallied) -> list[int]:
    """The leaders of whom the record speaks, and those whose standing changes in most worlds: `MOST`, in `order`."""
    shares = worlds.tally.share("standing")[:, :, : len(LADDER)]
    moved = np.abs(shares - shares[:1]).sum(axis=-1).max(axis=0) / 2
    spoken = {said.leader for said in leader_statements(worlds.scenario)}
    ranked = sorted(order(worlds.scenario), key=lambda k: (k not in spoken, -moved[k]))
    kept = set(ranked[:MOST])
    return [k for k in order(worlds.scenario) if k in kept]


def figure(worlds: Tallied) -> Figure:
    """The picture of `table` for the leaders who move."""
    return _figure(worlds, movers(worlds))


def supplement(worlds: Tallied) -> Figure:
    """The picture of `table` for all leaders."""
    return _figure(worlds, order(worlds.scenario))


@style.house_style()
def _figure(worlds: Tallied, shown: list[int]) -> Figure:
    """Lanes of these leaders; what the record says is marked in the colour of the step it names."""
    scenario = worlds.scenario
    lane = float(np.clip(8.0 / len(shown), 0.15, 0.21))
    middles, groups = _arranged(scenario, shown, lane)
    names = tuple(lanes.Name(scenario.leaders[k].name, at) for k, at in zip(shown, middles, strict=True))
    panel = lanes.Panel(time_axis(scenario), middles, BAND * lane, groups[-1].bottom, names)
    right = MARGIN + 0.2 + max(text_width(group.name, style.SMALL, "bold") for group in groups)
    said = [one for one in leader_statements(scenario) if one.leader in shown]
    page, (axes,) = lanes.lay_out(_words(worlds, said, panel), [panel], lane * 72 * 0.58, right=right)
    lanes.stack(axes, panel.axis, middles, panel.band, ladder_shares(worlds.tally, shown), FILLS)
    _name_groups(axes, groups)
    # What never holds has no step to show; the table has it.
    middle_of = dict(zip(shown, middles, strict=True))
    _mark(axes, panel, [one for one in said if one.when != "never"], middle_of, lane)
    return page


def ladder_shares(tally: Tally, leaders: Sequence[int]) -> np.ndarray:
    """Shares of the worlds as `FILLS` has them; axes (step, meeting, leader)."""
    return np.moveaxis(tally.share("standing")[:, leaders, ::-1], -1, 0)


def _arranged(scenario: Scenario, shown: list[int], lane: float) -> tuple[np.ndarray, list[_Group]]:
    """Middles of the lanes of the leaders in this order, and the groups that they form."""
    names = {bloc.id: fitted(bloc.name, style.SMALL, 1.7, "bold") for bloc in scenario.blocs}
    colours = dict(zip(names, style.bloc_colours(scenario), strict=True))
    middles: list[float] = []
    groups: list[_Group] = []
    for bloc, members in groupby(shown, key=lambda k: scenario.leaders[k].bloc or ""):
        top = groups[-1].bottom + _GAP * lane if groups else 0.0
        count = len(list(members))
        middles += [top + (k + 0.5) * lane for k in range(count)]
        groups.append(_Group(names.get(bloc, "Unaligned"), colours.get(bloc, style.GREY), top, top + count * lane))
    return np.array(middles), groups


def _name_groups(axes: Axes, groups: list[_Group]) -> None:
    """A bar in the bloc's colour on both sides of its leaders, and its name on the right."""
    aside = 0.035 / inches(axes)[0]
    colours = [group.colour for group in groups]
    for place in (-aside, 1 + aside):
        ends = [np.array([(place, group.top + 0.012), (place, group.bottom - 0.012)]) for group in groups]
        look = {"colors": colours, "linewidths": 2.5, "transform": axes.get_yaxis_transform(), "clip_on": False}
        strokes(axes, ends, **look)
    for group in groups:
        middle, ink = (group.top + group.bottom) / 2, style.readable(group.colour)
        beside(axes, group.name, (1, middle), (8, 0), fontsize=style.SMALL, fontweight="bold", color=ink)


def _mark(axes: Axes, panel: lanes.Panel, said: list[LeaderStatement], middles: dict[int, float], lane: float) -> None:
    """A mark at the last meeting of a statement, with a line from the first if it holds throughout.

    A triangle down for "at most", up for "at least", a diamond for exactly this.
    """
    spans = [one for one in said if one.first != one.last and one.when == "throughout"]
    ends = [np.array([(panel.axis.places[m], middles[one.leader]) for m in (one.first, one.last)]) for one in spans]
    strokes(axes, ends, colors="white", linewidths=2.6, zorder=4)
    strokes(axes, ends, colors=[_colour(one) for one in spans], linewidths=1.4, zorder=5)
    for shape, colour in sorted({(_shape(one), _colour(one)) for one in said}):
        alike = [one for one in said if (_shape(one), _colour(one)) == (shape, colour)]
        xs, ys = [panel.axis.places[one.last] for one in alike], [middles[one.leader] for one in alike]
        size = (0.36 if shape == "D" else 0.5) * lane * 72
        Dot(colour, size, shape, "white", 2.0).draw(axes, xs, ys, zorder=6)
        Dot(colour, size, shape, style.INK, 0.7).draw(axes, xs, ys, zorder=7)


def _shape(said: LeaderStatement) -> str:
    return "D" if said.at_least == said.at_most else "v" if said.at_most else "^"


def _colour(said: LeaderStatement) -> str:
    return style.LADDER_COLOURS[LADDER.index(said.at_most or said.at_least or LADDER[0])]


def _words(worlds: Tallied, said: list[LeaderStatement], panel: lanes.Panel) -> Words:
    subtitle = "Each leader has a lane; the height of a colour is the share of worlds with that standing."
    if said:
        subtitle += (
            " Marks show the record, in the colour of the step that it names: ▼\u00a0at\u00a0most, "
            "▲\u00a0at\u00a0least, ◆\u00a0exactly; with a line where this holds throughout."
        )
    note = provenance(worlds) + " Leaders are listed by their bloc at the start, then by prestige."
    if any(one.share != (1.0, 1.0) for one in said):
        note += " Some marks claim this only for a share of the leaders whom they mark."
    left = len(worlds.scenario.leaders) - len(panel.middles)
    if left:
        note += (
            f" Left out: {counted(left, 'leader')} whose standing changes least, and of whom the record says nothing."
        )
    return Words(_title(worlds, panel), subtitle, note + panel.axis.note, key(worlds.scenario))


def _title(worlds: Tallied, panel: lanes.Panel) -> str:
    """How well the worlds agree with what the record says of standing; without that, who is out of the party."""
    claims = [claim.probability > 0.5 for claim in worlds.scores if claim.predicate == "standing"]
    if claims:
        return f"{sum(claims)} of {counted(len(claims), 'claim')} about where leaders stand hold in most worlds"
    outside = worlds.tally.share("standing")[-1, :, EXPELLED : len(LADDER)].sum(axis=-1) > 0.5
    count = int(outside.sum())
    many = f"{count} of {len(outside)} leaders {'is' if count == 1 else 'are'}" if count else "No leader is"
    return f"{many} out of the party in most worlds at the end ({panel.axis.names[-1]})"
