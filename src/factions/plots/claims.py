"""How probable the worlds make every claim of the record, by bloc and date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.plots import lanes, style
from factions.plots.timeaxis import label_meetings, label_room, rule_years, time_axis
from factions.wording import MONTHS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.results.ensemble import Ensemble

COLUMNS = ("id", "text", "about", "date", "probability", "error", "confidence")
MOST_LISTED, LEAST_LISTED = 10, 3
DOT, NUMBERED = 0.075, 0.145
"""Diameters in inches of a dot and of a numbered dot."""

FILLS = {"high": 1.0, "medium": 0.45, "low": 0.0, "unstated": 0.2}
"""Strength of a dot's fill by the confidence of the claim's source."""


@dataclass(frozen=True)
class Score:
    """A claim and its share of worlds; `about` are bloc ids, `date` that of its last meeting."""

    id: str
    text: str
    about: tuple[str, ...]
    date: date
    probability: float
    error: float | None
    confidence: str


def scores(claims: Sequence[object]) -> list[Score]:
    """Claims given as mappings or as objects with the fields of `Score`."""
    return [
        _score(claim if isinstance(claim, Mapping) else {c: getattr(claim, c) for c in COLUMNS}) for claim in claims
    ]


def _score(fields: Mapping[str, Any]) -> Score:
    day, confidence = fields["date"], fields["confidence"] or "unstated"
    return Score(
        id=fields["id"],
        text=fields["text"],
        about=tuple(fields["about"]),
        date=date.fromisoformat(day) if isinstance(day, str) else day,
        probability=float(fields["probability"]),
        error=fields["error"],
        confidence=confidence,
    )


def table(claims: Sequence[object]) -> list[dict[str, object]]:
    """One row a claim, the least probable first."""
    rows = sorted(scores(claims), key=lambda score: (score.probability, score.id))
    return [
        {c: getattr(row, c) for c in COLUMNS} | {"about": " ".join(row.about), "date": row.date.isoformat()}
        for row in rows
    ]


def figure(ensemble: Ensemble, claims: Sequence[object]) -> Figure | None:
    """A dot a claim with its Monte Carlo error, a row a bloc, the least probable claims numbered and listed.

    None if there are no claims.
    """
    read = scores(claims)
    if not read:
        return None
    with style.house_style():
        return _Drawing(ensemble, read).draw()


class _Drawing:
    """One claims figure: rows by bloc, and the list of the least probable claims."""

    def __init__(self, ensemble: Ensemble, claims: list[Score]) -> None:
        self.ensemble, self.scenario, self.claims = ensemble, ensemble.scenario, claims
        self.axis = time_axis(self.scenario)
        self.mean = float(np.mean([claim.probability for claim in claims]))
        self.worst = worst(claims)
        self.numbers = {claim.id: k + 1 for k, claim in enumerate(self.worst)}
        self.rows = self._rows()
        self.row = float(np.clip(5.4 / len(self.rows), 0.3, 0.9))
        self.pitch = 1.18 * self.row
        names = [style.fitted(name, style.BODY, 2.2, "bold") for name, _, _ in self.rows]
        self.left = style.MARGIN + max(style.text_width(name, style.BODY, "bold") for name in names) + 0.5
        self.width = style.WIDTH - self.left - 0.75

    def _rows(self) -> list[tuple[str, str, list[Score]]]:
        """Name, colour and claims of every row that has any."""
        colours = style.bloc_colours(self.scenario)
        rows = [
            (bloc.name, colour, [claim for claim in self.claims if bloc.id in claim.about])
            for bloc, colour in zip(self.scenario.blocs, colours, strict=True)
        ]
        known = {bloc.id for bloc in self.scenario.blocs}
        rows.append(("No bloc in particular", style.GREY, [c for c in self.claims if not known & set(c.about)]))
        return [row for row in rows if row[2]]

    def draw(self) -> Figure:
        title, subtitle, note = self._title(), self._subtitle(), self._caption()
        top = style.header_height(title, subtitle)
        body = 0.62 + len(self.rows) * self.pitch
        names = label_room(self.scenario)
        listing = 0.3 + 0.19 * len(self.worst)
        page = style.page(top + body + names + listing + style.caption_height(note))
        style.header(page, title, subtitle)
        lanes.key(page, style.MARGIN, top, self._key())
        for r, (name, colour, claims) in enumerate(self.rows):
            axes = style.panel(page, self.left, top + 0.62 + r * self.pitch, self.width, self.row)
            self._dress(axes, name, colour, first=r == 0, last=r == len(self.rows) - 1)
            self._dots(axes, colour, claims)
        self._list(page, top + body + names)
        style.caption(page, note)
        return page

    def _dress(self, axes: Axes, name: str, colour: str, first: bool, last: bool) -> None:
        axes.set_ylim(-0.06, 1.06)
        axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
        axes.tick_params(axis="y", labelsize=style.TINY, length=2)
        axes.spines["bottom"].set_visible(False)
        axes.set_facecolor("#FAFAFA")
        rule_years(axes, self.axis, labels=first)
        axes.axhline(self.mean, color=style.GREY, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
        name, ink = style.fitted(name, style.BODY, 2.2, "bold"), style.readable(colour)
        style.beside(axes, name, (0, 0.5), (-28, 0), "axes fraction", ha="right", fontweight="bold", color=ink)
        if first:
            words = f"mean {self.mean:.2f}"
            style.beside(axes, words, (1, self.mean), (4, 0), fontsize=style.TINY, color=style.GREY)
        if last:
            label_meetings(axes, self.axis, self.scenario)
        else:
            axes.set_xticks([])
            axes.set_xlim(self.axis.edges[0], self.axis.edges[-1])

    def _dots(self, axes: Axes, colour: str, claims: list[Score]) -> None:
        order = sorted(claims, key=lambda claim: (claim.id not in self.numbers, -claim.probability, claim.id))
        per_inch = float(np.ptp(self.axis.edges)) / self.width
        sizes = [NUMBERED if claim.id in self.numbers else DOT for claim in order]
        heights = [claim.probability * self.row / 1.12 for claim in order]
        shifts = swarm([self.axis.place(claim.date) / per_inch for claim in order], heights, sizes)
        edge = style.readable(colour, 3.0)
        for claim, x in zip(order, np.array(shifts) * per_inch, strict=True):
            y, numbered = claim.probability, claim.id in self.numbers
            if claim.error is not None:
                axes.errorbar(x, y, yerr=claim.error, color=edge, linewidth=0.8, zorder=2, clip_on=False)
            fill = style.readable(colour) if numbered else style.tint(colour, FILLS[claim.confidence])
            size = (NUMBERED if numbered else DOT) * 72
            axes.plot(
                x,
                y,
                "o",
                markersize=size,
                color=fill,
                markeredgecolor=edge,
                markeredgewidth=0.9,
                zorder=3,
                clip_on=False,
            )
            if numbered:
                number = str(self.numbers[claim.id])
                axes.text(
                    x,
                    y,
                    number,
                    ha="center",
                    va="center_baseline",
                    fontsize=6.5,
                    color="white",
                    fontweight="bold",
                    zorder=4,
                )

    def _list(self, page: Figure, top: float) -> None:
        """The least probable claims in words."""
        count = len(self.worst)
        heading = "The only claim" if len(self.claims) == 1 else f"The {count} least probable claims"
        style.write(page, style.MARGIN, top, heading, fontsize=style.BODY, fontweight="bold")
        for k, claim in enumerate(self.worst):
            y, left = top + 0.35 + 0.19 * k, style.MARGIN
            day = f"{MONTHS[claim.date.month - 1][:3]} {claim.date.year}"
            text = style.fitted(claim.text, style.SMALL, style.WIDTH - 2 * style.MARGIN - 1.4)
            font = {"fontsize": style.SMALL, "va": "baseline"}
            style.write(page, left + 0.1, y, str(k + 1), fontweight="bold", ha="center", **font)
            style.write(page, left + 0.3, y, f"{claim.probability:.2f}", **font)
            style.write(page, left + 0.7, y, day, color=style.GREY, **font)
            style.write(page, left + 1.4, y, text, **font)

    def _key(self) -> list[tuple[lanes.Paint | None, str]]:
        shown = [name for name in FILLS if name in {claim.confidence for claim in self.claims}]
        entries: list[tuple[lanes.Paint | None, str]] = [
            (
                {
                    "marker": "o",
                    "markersize": DOT * 72,
                    "color": style.tint("#555555", FILLS[name]),
                    "markeredgecolor": "#555555",
                },
                f"{name} confidence",
            )
            for name in shown
        ]
        big = {"marker": "o", "markersize": NUMBERED * 72, "color": "#555555"}
        return [*entries, (big, "listed below")]

    def _title(self) -> str:
        count, low = len(self.claims), sum(claim.probability < 0.5 for claim in self.claims)
        text = f"{count} {style.plural(count, 'claim')} of the record: mean probability {self.mean:.2f}"
        return f"{text}, {low} below one half" if low else f"{text}, none below one half"

    def _subtitle(self) -> str:
        return (
            "Each dot is a documented fact; its height is the share of worlds in which it comes true, "
            "at the (last) meeting it speaks of. A fact about two blocs stands in both rows. The fill is the "
            "confidence in its source."
        )

    def _caption(self) -> str:
        text = style.provenance(self.ensemble) + " Bars are one standard error."
        return text + (" Close meetings are drawn apart." if self.axis.stretched else "")


def worst(claims: Sequence[Score]) -> list[Score]:
    """The least probable claims: those below one half, at most ten, at least three; of equals, the surer first."""
    sureness = list(FILLS)
    order = sorted(claims, key=lambda c: (c.probability, sureness.index(c.confidence), c.date, c.id))
    low = sum(claim.probability < 0.5 for claim in claims)
    return order[: int(np.clip(low, LEAST_LISTED, MOST_LISTED))]


def swarm(xs: Sequence[float], ys: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Places nearest to `xs` at which dots of these diameters do not overlap; all in inches."""
    placed: list[tuple[float, float, float]] = []
    for x, y, size in zip(xs, ys, sizes, strict=True):
        tries = (x + sign * k * DOT / 2 for k in range(len(xs) * 4 + 1) for sign in (1, -1))
        at = next(t for t in tries if all(_clear(t - a, y - b, (size + s) / 2) for a, b, s in placed))
        placed.append((at, y, size))
    return [at for at, _, _ in placed]


def _clear(dx: float, dy: float, reach: float) -> bool:
    return dx * dx + dy * dy >= reach * reach
