"""Who ruled, who opposed, and with whom: the record above, the worlds below, on the same lanes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import lanes, style
from factions.plots.probabilities import LINKED_FROM, STATES, bloc_states, error, likeliest, partners
from factions.plots.timeaxis import label_meetings, label_room, rule_meetings, rule_years, time_axis
from factions.statements.claims import Index, judge_claim
from factions.statements.documented import PAIRED, SINGLE, Statement, holds, places, spans, statements

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.results.ensemble import Ensemble

BAND = 0.84
"""Share of a lane's height that is drawn on."""


def table(ensemble: Ensemble) -> list[dict[str, object]]:
    """Rows of both panels, with one standard error.

    `source` = worlds: probability of `state` for a bloc, or of an alliance with `partner` outside the ruling
    one; = record: what `claim` states (to `until` if sometime), and its probability in the worlds.
    """
    said = statements(ensemble.scenario)
    return [*_simulated_rows(ensemble), *_stated_rows(ensemble, said)]


def _simulated_rows(ensemble: Ensemble) -> Iterator[dict[str, object]]:
    states, together = bloc_states(ensemble), partners(ensemble)
    blocs = range(len(ensemble.scenario.blocs))
    for m in range(len(ensemble.scenario.meetings)):
        for b in blocs:
            for state, share in zip(STATES, states[:, m, b], strict=True):
                yield _row(ensemble, Statement("", state, b, None, m, m, False), share)
        for b, c in combinations(blocs, 2):
            if together[m, b, c] > 0:
                yield _row(ensemble, Statement("", "allied outside", b, c, m, m, False), together[m, b, c])


def _stated_rows(ensemble: Ensemble, said: list[Statement]) -> list[dict[str, object]]:
    return [_row(ensemble, statement, holds(ensemble, statement).any(axis=1).mean()) for statement in said]


def claim_probabilities(ensemble: Ensemble) -> list[tuple[str, float]]:
    """Text and probability of every claim of the record on alliances and stances."""
    scenario, index = ensemble.scenario, Index(ensemble.scenario)
    claims = [claim for claim in scenario.record if claim.predicate in SINGLE + PAIRED]
    return [(claim.text, float(judge_claim(claim, ensemble, index).mean())) for claim in claims]


def _row(ensemble: Ensemble, said: Statement, probability: float) -> dict[str, object]:
    """One row; a statement without a claim is one about the worlds."""
    scenario = ensemble.scenario
    return {
        "source": "record" if said.claim else "worlds",
        "meeting": scenario.meetings[said.first].id,
        "date": scenario.meetings[said.first].date.isoformat(),
        "until": scenario.meetings[said.last].id,
        "bloc": scenario.blocs[said.bloc].id,
        "partner": "" if said.partner is None else scenario.blocs[said.partner].id,
        "state": said.state,
        "when": "sometime" if said.sometime else "throughout",
        "probability": float(probability),
        "error": error(float(probability), len(ensemble.worlds)),
        "claim": said.claim,
    }


def figure(ensemble: Ensemble) -> Figure:
    """The picture of `table`; without statements in the record, the simulated panel alone."""
    with style.house_style():
        return _Drawing(ensemble).draw()


class _Drawing:
    """One alliances figure: the measures of the page and the two panels."""

    def __init__(self, ensemble: Ensemble) -> None:
        self.ensemble, self.scenario = ensemble, ensemble.scenario
        self.axis = time_axis(self.scenario)
        self.colours = style.bloc_colours(self.scenario)
        self.said = statements(self.scenario)
        self.claims = claim_probabilities(ensemble)
        blocs = len(self.scenario.blocs)
        self.lane = float(np.clip(3.6 / blocs, 0.17, 0.52))
        self.record_lane = float(np.clip(2.3 / blocs, 0.17, 0.3))
        self.font = float(np.clip(self.record_lane * 72 * 0.55, 6.0, style.BODY))
        self.names = [style.fitted(bloc.name, self.font, 2.2, "bold") for bloc in self.scenario.blocs]
        widest = max(style.text_width(name, self.font, "bold") for name in self.names)
        self.left = style.MARGIN + max(widest, 1.0) + 0.12
        self.width = style.WIDTH - self.left - 0.62

    def draw(self) -> Figure:
        title, subtitle, note = self._title(), self._subtitle(), self._caption()
        blocs = len(self.scenario.blocs)
        top = style.header_height(title, subtitle)
        record = 0.42 + blocs * self.record_lane if self.said else 0.0
        body = 0.3 + record + 0.42 + blocs * self.lane
        page = style.page(top + body + label_room(self.scenario) + style.caption_height(note))
        style.header(page, title, subtitle)
        lanes.key(page, style.MARGIN, top, self._key())
        if self.said:
            axes = self._panel(page, top + 0.3, "The record", self.record_lane, years=True)
            self._draw_record(axes)
            axes.set_xticks([])
        axes = self._panel(page, top + 0.3 + record, self._worlds(), self.lane, years=not self.said)
        self._draw_worlds(axes)
        label_meetings(axes, self.axis, self.scenario)
        style.caption(page, note)
        return page

    def _panel(self, page: Figure, top: float, heading: str, lane: float, years: bool) -> Axes:
        """Empty lanes with the blocs' names on the left and the heading above."""
        blocs = len(self.scenario.blocs)
        style.write(page, style.MARGIN, top + 0.2, heading, fontsize=style.BODY + 1, fontweight="bold")
        axes = style.panel(page, self.left, top + 0.42, self.width, blocs * lane)
        axes.set_ylim(0, blocs)
        axes.set_xlim(self.axis.edges[0], self.axis.edges[-1])
        axes.set_yticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        rule_meetings(axes, self.axis)
        rule_years(axes, self.axis, labels=years)
        for b, (name, colour) in enumerate(zip(self.names, self.colours, strict=True)):
            font = {"fontsize": self.font, "fontweight": "bold", "color": style.readable(colour)}
            style.beside(axes, name, (0, self._middle(b)), (-8, 0), ha="right", **font)
            lanes.silent_line(axes, self.axis.edges, self._middle(b))
        return axes

    def _base(self, bloc: int) -> float:
        return len(self.scenario.blocs) - 1 - bloc + (1 - BAND) / 2

    def _middle(self, bloc: int) -> float:
        return len(self.scenario.blocs) - 0.5 - bloc

    def _paints(self, colour: str) -> list[lanes.Paint]:
        return [{"facecolor": colour}, {"facecolor": style.tint(colour, 0.25)}, lanes.hatched(colour)]

    def _draw_worlds(self, axes: Axes) -> None:
        shares = bloc_states(self.ensemble)
        for b, colour in enumerate(self.colours):
            lanes.stack(axes, self.axis.edges, self._base(b), BAND, shares[:3, :, b], self._paints(colour))
        _draw_scale(axes, self._base(0), self.lane)
        together = partners(self.ensemble)
        for m, b, c in likeliest(together):
            self._link(axes, m, b, c, together[m, b, c])

    def _draw_record(self, axes: Axes) -> None:
        found = places(self.scenario, self.said)
        drawn = ("ruling", "quiet", "open")
        for b, colour in enumerate(self.colours):
            states = [found.get((m, b), "") for m in range(len(self.scenario.meetings))]
            full = np.array([[state == name for state in states] for name in drawn], dtype=float)
            lanes.stack(axes, self.axis.edges, self._base(b), BAND, full, self._paints(colour))
            partly = np.array([[state in ("outside", "hushed") for state in states]], dtype=float)
            narrow = [{"facecolor": style.tint(colour, 0.25)}]
            lanes.stack(axes, self.axis.edges, self._middle(b) - 0.16, 0.32, partly, narrow)
            for m in (m for m, state in enumerate(states) if state == "contradictory"):
                axes.text(self.axis.places[m], self._middle(b), "?", ha="center", va="center")
        for bloc, state, first, last in spans(self.said, found):
            self._draw_span(axes, bloc, state, first, last)
        lasting = {(said.state, said.bloc, said.partner, said.last + 1) for said in self.said}
        for said in self.said:
            sides = {found.get((said.first, bloc)) for bloc, _ in said.sides}
            # Common colours show that rulers are allied, and different ones that others are not.
            # That blocs are apart is marked where it begins.
            goes_on = said.state == "apart" and (said.state, said.bloc, said.partner, said.first) in lasting
            if said.partner is not None and "ruling" not in sides and not goes_on:
                self._link(axes, (said.first + said.last) // 2, said.bloc, said.partner, 1.0, said)

    def _draw_span(self, axes: Axes, bloc: int, state: str, first: int, last: int) -> None:
        """A dashed frame: the state holds at one of the meetings inside, the record does not say which."""
        left, right = self.axis.edges[first], self.axis.edges[last + 1]
        low, high = self._base(bloc), self._base(bloc) + BAND
        paint = dict(zip(("ruling", "outside", "open"), self._paints(self.colours[bloc]), strict=True))
        fill: lanes.Paint = {"linewidth": 0, "zorder": 1.5, "alpha": 0.45, **paint.get(state, paint["outside"])}
        axes.fill_between([left, right], low, high, **fill)
        frame: lanes.Paint = {"linestyle": (0, (3, 2)), "linewidth": 0.9, "color": style.readable(self.colours[bloc])}
        axes.plot([left, right, right, left, left], [low, low, high, high, low], zorder=3, **frame)

    def _link(
        self, axes: Axes, meeting: int, one: int, other: int, weight: float, said: Statement | None = None
    ) -> None:
        """A line between two lanes: knobs for allies, the thicker the likelier, crosses for blocs apart."""
        ends = [self._middle(one), self._middle(other)]
        apart = said is not None and said.state == "apart"
        # A little to the right, so that it does not hide an alliance that one of the two has.
        shift = 0.07 / self.width * np.ptp(self.axis.edges) if apart else 0.0
        x = [self.axis.places[meeting] + shift] * 2
        thick = 0.9 if apart else 0.5 + 1.6 * weight
        dash = ":" if apart or (said is not None and said.sometime) else "-"
        mark: lanes.Paint = {"marker": "x", "markersize": 5, "markeredgewidth": 1.4} if apart else _knob(weight)
        axes.plot(x, ends, color="white", linewidth=thick + 1.4, zorder=4, solid_capstyle="round")
        axes.plot(x, ends, color=style.INK, linewidth=thick, linestyle=dash, zorder=5)
        axes.plot(x, ends, color=style.INK, linestyle="none", zorder=6, **mark)

    def _worlds(self) -> str:
        count = len(self.ensemble.worlds)
        return f"{count:,} {style.plural(count, 'world')}"

    def _key(self) -> list[tuple[lanes.Paint | None, str]]:
        words = ["in the ruling alliance", "outside it, quiet", "open opposition"]
        shown: list[tuple[lanes.Paint | None, str]] = list(zip(self._paints("#555555"), words, strict=True))
        shown.append(({"color": style.INK, "linewidth": 1.6, "marker": "o", "markersize": 3.5}, "allied"))
        if any(said.state == "apart" for said in self.said):
            cross = {"color": style.INK, "linewidth": 0.9, "linestyle": ":", "marker": "x", "markersize": 5}
            shown.append((cross, "apart"))
        return [*shown, (None, "record silent, or no influence left" if self.said else "no influence left")]

    def _title(self) -> str:
        if self.claims:
            mean = np.mean([probability for _, probability in self.claims])
            return f"The simulation meets the claims about alliances with mean probability {mean:.2f}"
        share = bloc_states(self.ensemble)[0].mean(axis=0)
        best = int(share.argmax())
        name = self.scenario.blocs[best].name
        return f"{name} rules most often: after {style.percent(share[best])} of all simulated meetings"

    def _subtitle(self) -> str:
        if not self.claims:
            return "Each bloc has a lane; the height of a colour is its share of worlds after a meeting."
        text, probability = min(self.claims, key=lambda claim: claim[1])
        return (
            "Above, where documents put each bloc after each meeting; below, where the simulation puts it: "
            "the height of a colour is its share of worlds. "
            f"Least probable claim: “{text.rstrip('.')}” ({probability:.2f})."
        )

    def _caption(self) -> str:
        parts = [
            style.provenance(self.ensemble),
            "Lines join a bloc to its likeliest partner outside the ruling alliance (thicker: likelier;",
            f"from {style.percent(LINKED_FROM)} of the worlds on).",
        ]
        if self.said:
            claims = len(self.claims)
            parts += [
                f"Record: {claims} {style.plural(claims, 'claim')};",
                "a narrow band where it says only “outside” or “quiet”, dashed where it does not say when.",
            ]
        return " ".join([*parts, *(["Close meetings are drawn apart."] if self.axis.stretched else [])])


def _knob(weight: float) -> lanes.Paint:
    return {"marker": "o", "markersize": 1.5 + 2.5 * weight, "markeredgecolor": "white", "markeredgewidth": 0.5}


def _draw_scale(axes: Axes, base: float, lane: float) -> None:
    """What the height means, beside the first lane; `lane` is its height in inches."""
    for share in (0.0, 0.5, 1.0) if lane > 0.33 else (1.0,):
        at = (1, base + BAND * share)
        style.beside(axes, style.percent(share), at, (4, 0), fontsize=6.5, color=style.GREY)
