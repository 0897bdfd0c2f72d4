"""Who ruled, who opposed, and with whom: the record above, the worlds below, on the same lanes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import blocs, lanes, style
from factions.plots.notes import provenance
from factions.plots.page import Fill, Words, box, inches, strokes
from factions.results.tables import Row, cells, chance, ids
from factions.statements.documented import PAIRED, SINGLE, BlocStatement, bloc_statements, places, spans
from factions.statements.predicates import STATES
from factions.wording import counted, listed, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.results.tally import Tallied
    from factions.scenario import Scenario
    from factions.statements.scores import ClaimScore

_SUBJECTS = ((("ruling", "outside", "allied", "apart"), "alliances"), (("open", "quiet"), "open opposition"))
"""What claims are about, by their predicates: with whom a bloc stands, and whether it speaks."""

_COLUMNS = ("source", "meeting", "date", "until", "bloc", "partner", "state", "when", "probability", "error", "claim")


def table(worlds: Tallied) -> list[Row]:
    """Rows of both panels, with one standard error.

    `source` = worlds: probability of `state` for a bloc, or of an alliance with `partner` outside the ruling
    one; = record: what `claim` states (to `until` if sometime), and its probability in the worlds.
    """
    return [dict.fromkeys(_COLUMNS, "") | row for rows in (_simulated, _stated) for row in rows(worlds)]


def _simulated(worlds: Tallied) -> Iterator[Row]:
    scenario, tally, blocs = worlds.scenario, worlds.tally, ids(worlds.scenario.blocs)
    for index, row in cells(scenario, bloc=blocs):
        for state in STATES:
            yield {"source": "worlds", **row, "state": state, **chance(tally[state][index], tally.worlds)}
    for index, row in cells(scenario, bloc=blocs, partner=blocs):
        count = tally["together"][index]
        if index[1] < index[2] and count > 0:
            yield {"source": "worlds", **row, "state": "allied outside", **chance(count, tally.worlds)}


def _stated(worlds: Tallied) -> Iterator[Row]:
    scenario, blocs = worlds.scenario, ids(worlds.scenario.blocs)
    for said, count in zip(bloc_statements(scenario), worlds.tally["bloc_statements"], strict=True):
        first, last = scenario.meetings[said.first], scenario.meetings[said.last]
        yield {
            "source": "record",
            **{"meeting": first.id, "date": first.date, "until": last.id},
            "bloc": blocs[said.bloc],
            "partner": "" if said.partner is None else blocs[said.partner],
            "state": said.state,
            "when": "sometime" if said.sometime else "throughout",
            **chance(count, worlds.tally.worlds),
            "claim": said.claim,
        }


@style.house_style()
def figure(worlds: Tallied) -> Figure:
    """The picture of `table`; without statements in the record, the simulated panel alone."""
    scenario, said = worlds.scenario, bloc_statements(worlds.scenario)
    shown = blocs.alive(scenario, worlds.tally) | _named(scenario, said)
    high, low = np.clip([3.6 / len(shown), 2.3 / len(shown)], 0.17, [0.52, 0.3])
    simulated = blocs.panel(scenario, float(high), counted(worlds.tally.worlds, "world"), shown)
    record = blocs.panel(scenario, float(low), "The record", shown)
    panels = [record, simulated] if said else [simulated]
    words = _words(worlds, said, simulated, blocs.left_out(scenario, shown))
    page, axes = lanes.lay_out(words, panels, blocs.font(record), "bold", right=0.62)
    if said:
        _Record(axes[0], record, worlds, said).draw()
    blocs.draw(axes[-1], simulated, scenario, worlds.tally)
    lanes.scale(axes[-1], simulated)
    return page


def _named(scenario: Scenario, said: list[BlocStatement]) -> set[str]:
    """The blocs of which the record says something."""
    found = {bloc for one in said for bloc in (one.bloc, one.partner) if bloc is not None}
    return {scenario.blocs[bloc].id for bloc in found}


class _Record:
    """What the record states, drawn on lanes."""

    def __init__(self, axes: Axes, panel: lanes.Panel, worlds: Tallied, said: list[BlocStatement]) -> None:
        self.axes, self.panel, self.said = axes, panel, said
        self.colours = style.bloc_colours(worlds.scenario)
        self.found = places(worlds.scenario, said)

    def draw(self) -> None:
        for b in range(len(self.colours)):
            self._lane(b)
        for bloc, state, first, last in spans(self.said, self.found):
            self._span(bloc, state, first, last)
        blocs.draw_links(self.axes, self.panel, list(self._links()))

    def _lane(self, bloc: int) -> None:
        axis, middle = self.panel.axis, self.panel.middles[[bloc]]
        states = [self.found.get((m, bloc), "") for m in range(len(axis.places))]
        full = np.array([[state == name for state in states] for name in blocs.STATES], dtype=float)
        partly = np.array([[state in ("outside", "hushed") for state in states]], dtype=float)
        fills = blocs.fills(self.colours[bloc])
        lanes.stack(self.axes, axis, middle, self.panel.band, full[:, :, np.newaxis], fills)
        lanes.stack(self.axes, axis, middle, 0.4 * self.panel.band, partly[:, :, np.newaxis], fills[1:2])
        for m in (m for m, state in enumerate(states) if state == "contradictory"):
            self.axes.text(axis.places[m], middle[0], "?", ha="center", va="center")

    def _span(self, bloc: int, state: str, first: int, last: int) -> None:
        """A dashed frame: the state holds at one of the meetings inside, the record does not say which."""
        left, right = self.panel.axis.steps[[first, last + 1]]
        middle, half = self.panel.middles[bloc], self.panel.band / 2
        frame, colour = box(left, right, middle - half, middle + half), self.colours[bloc]
        ruling, outside, opposed = blocs.fills(colour)
        fill = {"ruling": ruling, "open": opposed}.get(state, outside)
        Fill(fill.colour, fill.hatched, alpha=0.45).draw(self.axes, [frame], zorder=1.5)
        look = {"colors": style.readable(colour), "linewidths": 0.9, "linestyles": [(0, (3, 2))]}
        strokes(self.axes, [np.vstack([frame, frame[:1]])], zorder=3, **look)

    def _links(self) -> Iterator[blocs.Link]:
        """Common colours show that rulers are allied, and different ones that others are not.

        That blocs are apart is marked where it begins.
        """
        axis = self.panel.axis
        lasting = {(said.state, said.bloc, said.partner, said.last + 1) for said in self.said}
        shift = 0.07 * float(np.ptp(axis.edges)) / inches(self.axes)[0]
        for said in self.said:
            sides = {self.found.get((said.first, bloc)) for bloc, _ in said.sides}
            apart = said.state == "apart"
            goes_on = apart and (said.state, said.bloc, said.partner, said.first) in lasting
            if said.partner is not None and "ruling" not in sides and not goes_on:
                # A little to the right, so that it does not hide an alliance that one of the two has.
                place = axis.places[(said.first + said.last) // 2] + (shift if apart else 0.0)
                yield blocs.Link(place, (said.bloc, said.partner), 1.0, apart, said.sometime)


def _words(worlds: Tallied, said: list[BlocStatement], panel: lanes.Panel, missing: str) -> Words:
    claims = [score for score in worlds.scores if score.predicate in SINGLE + PAIRED]
    note = provenance(worlds) + blocs.LINKED + missing
    if said:
        note += (
            f" The record: {counted(len(claims), 'claim')}. Bands are narrow where it says only “outside” or “quiet”, "
            "and dashed where it does not name the meeting."
        )
    rest = "record silent, or nobody left in the party" if said else "nobody left in the party"
    key = blocs.key(rest, apart=any(statement.state == "apart" for statement in said))
    return Words(_title(worlds, claims), _subtitle(claims), note + panel.axis.note, key)


def _title(worlds: Tallied, claims: list[ClaimScore]) -> str:
    parts = [_held(claims, kinds, words) for kinds, words in _SUBJECTS]
    if found := [part for part in parts if part]:
        return f"{listed(found)} hold in most worlds"
    share = worlds.tally.share("ruling").mean(axis=0)
    best = int(share.argmax())
    name = worlds.scenario.blocs[best].name
    return f"Most often in power: {name}, after {percent(share[best])} of all simulated meetings"


def _held(claims: list[ClaimScore], kinds: tuple[str, ...], words: str) -> str:
    """How many claims of these predicates hold in most worlds."""
    asked = [claim.probability > 0.5 for claim in claims if claim.predicate in kinds]
    return f"{sum(asked)} of {counted(len(asked), 'claim')} about {words}" if asked else ""


def _subtitle(claims: list[ClaimScore]) -> str:
    if not claims:
        return "Each bloc has a lane; the height of a colour is its share of worlds after a meeting."
    least = min(claims, key=lambda claim: claim.probability)
    return (
        "Above: where documents put each bloc after each meeting. Below: where the simulation puts it; "
        "the height of a colour is its share of worlds. "
        f"Least probable claim: “{least.text.rstrip('.')}” ({least.probability:.2f})."
    )
