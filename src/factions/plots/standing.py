"""Every leader's standing over time: lanes in which the height of a colour is the share of the worlds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from factions.plots import lanes, style
from factions.plots.probabilities import error
from factions.plots.timeaxis import label_meetings, label_room, rule_years, short_name, time_axis
from factions.statements.claims import Index, window
from factions.vocabulary import LADDER

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

OUT = LADDER.index("expelled")
GAP = 0.6
"""Space between two blocs, in lanes."""


def shares(ensemble: Ensemble) -> np.ndarray:
    """Share of worlds on each step of the ladder and, last, dead; axes (step, meeting, leader)."""
    dead = ensemble["activity"] < 0
    steps = [((ensemble["standing"] == step) & ~dead).mean(axis=0) for step in range(len(LADDER))]
    return np.stack([*steps, dead.mean(axis=0)])


def order(scenario: Scenario) -> list[int]:
    """Leaders by bloc as in the file, then by prestige, the greatest first; the unaligned last."""
    blocs = {bloc.id: i for i, bloc in enumerate(scenario.blocs)}
    leaders = scenario.leaders
    return sorted(
        range(len(leaders)), key=lambda i: (blocs.get(leaders[i].bloc or "", len(blocs)), -leaders[i].prestige)
    )


def table(ensemble: Ensemble) -> list[dict[str, object]]:
    """Rows of both sources, with one standard error.

    `source` = worlds: probability of every `standing` (or dead) that occurs; = record: what `claim` states of
    a leader at `meeting` (to `until`, see `when`), for `share` of those it lists, and how probable it is.
    """
    scenario, found, rows = ensemble.scenario, shares(ensemble), []
    for m in range(len(scenario.meetings)):
        for k in order(scenario):
            for step, name in enumerate((*LADDER, "dead")):
                if found[step, m, k] > 0:
                    rows.append(_row(ensemble, "worlds", m, m, k, name, found[step, m, k]))
    return [*rows, *_record_rows(ensemble)]


def _row(
    ensemble: Ensemble, source: str, first: int, last: int, leader: int, standing: str, probability: float, **more: str
) -> dict[str, object]:
    scenario = ensemble.scenario
    return {
        "source": source,
        "meeting": scenario.meetings[first].id,
        "date": scenario.meetings[first].date.isoformat(),
        "until": scenario.meetings[last].id,
        "leader": scenario.leaders[leader].id,
        "bloc": scenario.leaders[leader].bloc or "",
        "standing": standing,
        "probability": float(probability),
        "error": error(float(probability), len(ensemble.worlds)),
        "when": more.get("when", ""),
        "share": more.get("share", ""),
        "claim": more.get("claim", ""),
    }


def _record_rows(ensemble: Ensemble) -> list[dict[str, object]]:
    scenario, rows = ensemble.scenario, []
    index = Index(scenario)
    for claim in (claim for claim in scenario.record if claim.predicate == "standing"):
        first, last = window(claim, index)
        best, worst = _bounds(claim)
        low, high = claim.share
        when = "" if first == last else claim.when or "throughout"
        for leader in claim.leaders:
            steps = ensemble["standing"][:, first : last + 1, index.leader[leader]]
            within = (steps >= best) & (steps <= worst)
            holds = {"sometime": within.any(axis=1), "never": ~within.any(axis=1)}.get(when, within.all(axis=1))
            words = {"when": when, "share": "" if low == high == 1 else f"{low:g}-{high:g}", "claim": claim.id}
            rows.append(
                _row(ensemble, "record", first, last, index.leader[leader], _in_words(claim), holds.mean(), **words)
            )
    return rows


def _bounds(claim: Any) -> tuple[int, int]:
    """Best and worst step that a claim allows."""
    best = LADDER.index(claim.at_most) if claim.at_most else 0
    worst = LADDER.index(claim.at_least) if claim.at_least else len(LADDER) - 1
    return best, worst


def _in_words(claim: Any) -> str:
    if claim.at_most == claim.at_least:
        return str(claim.at_most)
    parts = [f"{word} {step}" for word, step in (("at least", claim.at_least), ("at most", claim.at_most)) if step]
    return " ".join(parts)


def figure(ensemble: Ensemble) -> Figure:
    """The picture of `table`; what the record says is marked in the colour of the step it names."""
    with style.house_style():
        return _Drawing(ensemble).draw()


class _Drawing:
    """One standing figure: lanes grouped by bloc, marks of the record on them."""

    def __init__(self, ensemble: Ensemble) -> None:
        self.ensemble, self.scenario = ensemble, ensemble.scenario
        self.axis = time_axis(self.scenario)
        self.order = order(self.scenario)
        self.claims = [claim for claim in self.scenario.record if claim.predicate == "standing"]
        self.lane = float(np.clip(8.0 / len(self.order), 0.15, 0.21))
        self.font = self.lane * 72 * 0.58
        self.middles, self.groups = self._arrange()
        self.names = [style.fitted(leader.name, self.font, 1.9) for leader in self.scenario.leaders]
        self.left = style.MARGIN + max(style.text_width(name, self.font) for name in self.names) + 0.15
        right = max(style.text_width(name, style.SMALL, "bold") for name, *_ in self.groups)
        self.width = style.WIDTH - self.left - right - 0.2 - style.MARGIN

    def _arrange(self) -> tuple[dict[int, float], list[tuple[str, str, float, float]]]:
        """Middle of every leader's lane, counted downwards; name, colour, top and bottom of every group."""
        names = {bloc.id: style.fitted(bloc.name, style.SMALL, 1.7, "bold") for bloc in self.scenario.blocs}
        colours = dict(zip(names, style.bloc_colours(self.scenario), strict=True))
        middles: dict[int, float] = {}
        groups: list[tuple[str, str, float, float]] = []
        y, before = 0.0, None
        for k in self.order:
            bloc = self.scenario.leaders[k].bloc or ""
            if bloc != before:
                y += GAP if middles else 0.0
                groups.append((names.get(bloc, "Unaligned"), colours.get(bloc, style.GREY), y, y))
            middles[k], y, before = y + 0.5, y + 1.0, bloc
            groups[-1] = (*groups[-1][:3], y)
        return middles, groups

    def draw(self) -> Figure:
        title, subtitle, note = self._title(), self._subtitle(), self._caption()
        top = style.header_height(title, subtitle)
        total = self.groups[-1][3]
        body = 0.58 + total * self.lane
        page = style.page(top + body + label_room(self.scenario) + style.caption_height(note))
        style.header(page, title, subtitle)
        lanes.key(page, style.MARGIN, top, self._key())
        axes = style.panel(page, self.left, top + 0.58, self.width, total * self.lane)
        axes.set_ylim(total, 0)
        axes.set_yticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_xlim(self.axis.edges[0], self.axis.edges[-1])
        rule_years(axes, self.axis, labels=True)
        self._draw_lanes(axes)
        self._name_groups(axes)
        # What never holds has no step to show; the table has it.
        for claim in (claim for claim in self.claims if claim.when != "never"):
            self._mark(axes, claim)
        label_meetings(axes, self.axis, self.scenario)
        style.caption(page, note)
        return page

    def _draw_lanes(self, axes: Axes) -> None:
        found = shares(self.ensemble)[: len(LADDER)]
        paints: list[lanes.Paint] = [{"facecolor": colour} for colour in style.LADDER_COLOURS]
        for k, middle in self.middles.items():
            lanes.silent_line(axes, self.axis.edges, middle)
            # The page runs downwards, so the top of the ladder comes first.
            lanes.stack(axes, self.axis.edges, middle - 0.43, 0.86, found[:, :, k], paints)
            style.beside(axes, self.names[k], (0, middle), (-7, 0), ha="right", fontsize=self.font)

    def _name_groups(self, axes: Axes) -> None:
        """A bar in the bloc's colour on both sides of its leaders, and its name on the right."""
        for name, colour, top, bottom in self.groups:
            for place in (-0.035 / self.width, 1 + 0.035 / self.width):
                axes.plot(
                    [place] * 2,
                    [top + 0.07, bottom - 0.07],
                    transform=axes.get_yaxis_transform(),
                    color=colour,
                    linewidth=2.5,
                    solid_capstyle="butt",
                    clip_on=False,
                )
            font = {"fontsize": style.SMALL, "fontweight": "bold", "color": style.readable(colour)}
            style.beside(axes, name, (1, (top + bottom) / 2), (8, 0), **font)

    def _mark(self, axes: Axes, claim: Any) -> None:
        """A triangle at the last meeting of a claim, down for "at most", up for "at least".

        A line leads there from the first meeting if the claim holds throughout.
        """
        index = Index(self.scenario)
        first, last = window(claim, index)
        exact = claim.at_least == claim.at_most
        shape = "D" if exact else ("v" if claim.at_most else "^")
        colour = style.LADDER_COLOURS[LADDER.index(claim.at_most or claim.at_least)]
        size = (0.36 if exact else 0.5) * self.lane * 72
        for middle in (self.middles[index.leader[leader]] for leader in claim.leaders):
            span = self.axis.places[[first, last]]
            if first != last and claim.when == "throughout":
                axes.plot(span, [middle] * 2, color="white", linewidth=2.6, zorder=4)
                axes.plot(span, [middle] * 2, color=colour, linewidth=1.4, zorder=5)
            for edge, width, z in (("white", 2.0, 6), (style.INK, 0.7, 7)):
                axes.plot(
                    span[1],
                    middle,
                    shape,
                    markersize=size,
                    color=colour,
                    markeredgecolor=edge,
                    markeredgewidth=width,
                    zorder=z,
                )

    def _key(self) -> list[tuple[lanes.Paint | None, str]]:
        words = [step.replace("_", " ") for step in LADDER]
        steps: list[tuple[lanes.Paint | None, str]] = [
            ({"facecolor": colour}, word) for colour, word in zip(style.LADDER_COLOURS, words, strict=True)
        ]
        return [*steps, (None, "dead")]

    def _title(self) -> str:
        outside = shares(self.ensemble)[OUT : len(LADDER), -1].sum(axis=0) > 0.5
        count, last = int(outside.sum()), short_name(self.scenario.meetings[-1].name)
        many = f"{count} of {len(outside)} leaders {'is' if count == 1 else 'are'}" if count else "No leader is"
        return f"{many} out of the party in most worlds at the end ({last})"

    def _subtitle(self) -> str:
        text = "Each leader has a lane; the height of a colour is the share of worlds with that standing."
        if not self.claims:
            return text
        return (
            f"{text} Marks are the record, in the colour of the step it names: ▼\u00a0at\u00a0most, "
            "▲\u00a0at\u00a0least, ◆\u00a0exactly this; a line where it holds throughout."
        )

    def _caption(self) -> str:
        text = style.provenance(self.ensemble) + " Leaders by bloc at the start, then by prestige."
        if any(tuple(claim.share or (1, 1)) != (1, 1) for claim in self.claims):
            text += " Some marks speak of a share of the leaders they stand on."
        return text + (" Close meetings are drawn apart." if self.axis.stretched else "")
