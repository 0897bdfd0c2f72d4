"""Figures of a validation: posterior, correlations, null models, ablations, ranks, predictions, effects."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.plots import style
from factions.plots.output import save

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MAIN, OTHER = style.PALETTE[3], style.PALETTE[0]
_ROW, _LABELS, _AXIS = 0.21, 2.6, 0.55  # inches: a row of a list, room for its labels, room for an axis
_VALUES = 0.9  # inches for an interval in figures beside its row
_CELL, _GAP = 1.45, 0.25  # inches of a small histogram with its title, and between two of them

Row = dict[str, Any]


def save_plots(found: dict[str, Any], folder: Path) -> list[Path]:
    """Every figure that the parts in `found` give, each as .png and .svg with a .csv; the paths."""
    paths: list[Path] = []
    for name, (part, draw, rows) in _FIGURES.items():
        data = found.get(part)
        if data is not None and rows(data):
            with style.house_style():
                paths += save(draw(data, found), rows(data), folder, name)
    return paths


def _list(title: str, subtitle: str, note: str, rows: int, aside: float = 0.0) -> tuple[Figure, Axes]:
    """A page with one row per item from top to bottom; aside: inches left free at the right, for words."""
    top = style.header_height(title, subtitle)
    height = rows * _ROW
    figure = style.page(top + height + _AXIS + style.caption_height(note))
    style.header(figure, title, subtitle)
    style.caption(figure, note)
    width = style.WIDTH - _LABELS - 3 * style.MARGIN - aside
    axes = style.panel(figure, style.MARGIN + _LABELS, top, width, height)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    return figure, axes


def _name_rows(axes: Axes, names: Sequence[str]) -> None:
    """Names left of the rows, cut to the room there."""
    axes.set_yticks(range(len(names)), [style.fitted(name, style.SMALL, _LABELS) for name in names])


def _note(found: dict[str, Any], more: str = "") -> str:
    return f"{found['title']}. {found['draws']:,} draws of the posterior, seed {found['seed']}. {more}".strip()


def posterior(data: dict[str, Any], found: dict[str, Any]) -> Figure:
    """Central 90 % of the posterior of every parameter, on its range as the prior sees it."""
    rows = posterior_rows(data)
    tightest = rows[0]["parameter"] if rows else ""
    figure, axes = _list(
        f"The record says most about {tightest}",
        "Line: central 90 % of the posterior; dot: median; grey: range of the prior, on its own scale. Most to least "
        "contracted.",
        _note(found),
        len(rows),
        _VALUES,
    )
    for place, row in enumerate(rows):
        axes.barh(place, 1.0, height=0.7, color=style.tint(style.GREY, 0.12))
        axes.plot([row["from"], row["to"]], [place, place], color=MAIN, linewidth=2.5, solid_capstyle="butt")
        axes.plot(row["at"], place, "o", color=MAIN, markersize=4)
        style.beside(
            axes, f"{row['q05']:.3g} to {row['q95']:.3g}", (1.0, place), (5, 0), fontsize=style.TINY, color=style.GREY
        )
    axes.set_xlim(0.0, 1.0)
    _name_rows(axes, [row["parameter"] for row in rows])
    axes.set_xlabel("place in the prior's range")
    return figure


def posterior_rows(data: dict[str, Any]) -> list[Row]:
    """Parameters from the most to the least contracted, with places in the prior's range."""
    rows = sorted(data["parameters"], key=lambda row: -row["contraction"])
    return [row | {"from": _place(row, "q05"), "at": _place(row, "median"), "to": _place(row, "q95")} for row in rows]


def _place(row: Row, name: str) -> float:
    from factions.parameters import PARAMETERS

    low, high, value = row["low"], row["high"], row[name]
    if PARAMETERS[row["parameter"]].scale == "log":
        low, high, value = math.log(low), math.log(high), math.log(value)
    return (value - low) / (high - low)


def correlations(data: dict[str, Any], found: dict[str, Any]) -> Figure:
    """The strongest correlations between parameters in the posterior."""
    rows = data["correlations"]
    title, subtitle = ("Parameters that stand in for each other", "Strongest correlations, with two standard errors.")
    figure, axes = _list(title, subtitle, _note(found), len(rows))
    names = [f"{row['first']}, {row['second']}" for row in rows]
    _dots(axes, [row["correlation"] for row in rows], [row["error"] for row in rows], names)
    axes.set_xlim(-1.0, 1.0)
    axes.set_xlabel("correlation")
    return figure


def _dots(axes: Axes, values: Sequence[float], errors: Sequence[float], names: Sequence[str]) -> None:
    places = np.arange(len(values))
    axes.axvline(0.0, color=style.FAINT, linewidth=0.8)
    axes.errorbar(values, places, xerr=2.0 * np.array(errors), fmt="o", color=MAIN, markersize=4, elinewidth=1.2)
    _name_rows(axes, names)


def ablations(data: dict[str, Any], found: dict[str, Any]) -> Figure:
    """What the record's score loses without each mechanism."""
    needed = [row["mechanism"] for row in data["mechanisms"] if row["loss"] > 2.0 * row["loss_error"]]
    title = f"The record needs {', '.join(needed)}" if needed else "No mechanism alone is needed by the record"
    return _losses(data["mechanisms"], "mechanism", title, "a mechanism is off", found)


def policy_shifts(data: dict[str, Any], found: dict[str, Any]) -> Figure:
    """What the record's score loses without each dated policy shift, and without all."""
    title = "What the model is told of policy, and how much it needs it"
    return _losses(data["policy_shifts"], "event", title, "a dated policy shift is left out", found)


def _losses(rows: Sequence[Row], kind: str, title: str, when: str, found: dict[str, Any]) -> Figure:
    subtitle = f"Loss in record score (nats a claim) when {when} and the rest is fitted anew, with two standard errors."
    figure, axes = _list(title, subtitle, _note(found), len(rows))
    losses, errors = [row["loss"] for row in rows], [row["loss_error"] for row in rows]
    _dots(axes, losses, errors, [row[kind].replace("_", " ") for row in rows])
    axes.set_xlabel("loss, nats a claim")
    return figure


def ranks(data: dict[str, Any], found: dict[str, Any]) -> Figure:
    """A rank histogram for every parameter, with the band that uniform ranks stay in."""
    rows = list(data["by_parameter"].items())
    columns = 6
    lines = -(-len(rows) // columns)
    covered = style.percent(data["coverage"]["90%"]["covered"])
    title = f"90 % intervals cover the truth in {covered} of simulated records"
    subtitle = "Rank of the true value among posterior draws; grey: where 99 % of counts lie if the posterior is right."
    note = _note(found, f"{data['replicates']} simulated records.")
    top = style.header_height(title, subtitle)
    figure = style.page(top + lines * _CELL + style.caption_height(note))
    style.header(figure, title, subtitle)
    style.caption(figure, note)
    width = (style.WIDTH - 2 * style.MARGIN - _GAP) / columns
    counts = [np.array(row["histogram"]).reshape(10, -1).sum(axis=1) for _, row in rows]
    for k, (name, _) in enumerate(rows):
        left = style.MARGIN + _GAP + (k % columns) * width
        axes = style.panel(figure, left, top + (k // columns) * _CELL + 0.2, width - _GAP, _CELL - 0.5)
        _histogram(axes, counts[k], data["replicates"])
        axes.set_ylim(0.0, 1.15 * max(int(each.max()) for each in counts))
        axes.set_title(name, fontsize=style.TINY, loc="left", pad=2)
        axes.tick_params(axis="y", labelleft=k % columns == 0)
    return figure


def _histogram(axes: Axes, counts: np.ndarray, total: int) -> None:
    """Counts in ten bins, and the 99 % band of a binomial count."""
    expected, spread = total / 10, 2.58 * math.sqrt(total * 0.1 * 0.9)
    axes.axhspan(max(expected - spread, 0.0), expected + spread, color=style.tint(style.GREY, 0.2), linewidth=0)
    axes.bar(np.arange(10) + 0.5, counts, width=0.9, color=MAIN)
    axes.set_xlim(0, 10)
    axes.set_xticks([])
    axes.tick_params(axis="y", labelsize=style.TINY)


def rank_rows(data: dict[str, Any]) -> list[Row]:
    """One row a parameter: coverage, uniformity and counts."""
    return [
        {
            "parameter": name,
            **{key: value for key, value in row.items() if key != "histogram"},
            **{f"bin_{k}": count for k, count in enumerate(row["histogram"])},
        }
        for name, row in data["by_parameter"].items()
    ]


def prediction(data: dict[str, Any], found: dict[str, Any]) -> Figure:
    """Claims in simulated records: predicted probability against the share that held."""
    rows = data["prediction"]
    title = "Do claims hold as often as predicted?"
    subtitle = (
        "Claims in fresh worlds of known parameters, predicted by the posterior of another record made with them; "
        "two standard errors."
    )
    note = _note(found, f"{data['replicates']} simulated records.")
    top = style.header_height(title, subtitle)
    figure = style.page(top + 4.0 + _AXIS + style.caption_height(note))
    style.header(figure, title, subtitle)
    style.caption(figure, note)
    axes = style.panel(figure, 1.0, top, 4.0, 4.0)
    axes.plot([0, 1], [0, 1], color=style.FAINT)
    predicted, held = [row["predicted"] for row in rows], [row["held"] for row in rows]
    axes.errorbar(predicted, held, yerr=[2 * row["error"] for row in rows], fmt="o", color=MAIN, markersize=4)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.0)
    axes.set_xlabel("predicted probability")
    axes.set_ylabel("share that held")
    return figure


def nulls(data: dict[str, Any], found: dict[str, Any]) -> Figure:
    """Scores of the model and of the nulls, as they are and hedged."""
    rows = [data["model"], *data["nulls"]]
    part = data["prequential"]
    words = "better" if part["advantage"] >= 0.0 else "worse"
    gain = f"{abs(part['advantage']):.2f} nats a claim {words}"
    title = f"Meeting by meeting, the model predicts {gain} than the best null"
    figure, axes = _list(
        title,
        "Record score, nats a claim: circles, worlds from the beginning; squares, every claim "
        "predicted from earlier meetings; hollow, mixed with a coin as well as can be. Nulls "
        "are fitted to the record they are scored on.",
        _note(found),
        len(rows),
    )
    for place, row in enumerate(rows):
        colour = OTHER if place == 0 else MAIN
        for kind, marker in (("unconditional", "o"), ("prequential", "s")):
            for name, inside in (("record_score", colour), ("hedged_score", "white")):
                axes.plot(row[kind][name], place, marker, markeredgecolor=colour, markerfacecolor=inside, markersize=5)
    _name_rows(axes, [row["name"].replace("_", " ") for row in rows])
    axes.set_xlabel("nats a claim")
    return figure


def null_rows(data: dict[str, Any]) -> list[Row]:
    """One row per model and kind of score."""
    return [
        {"name": row["name"], "kind": kind, **row[kind]}
        for row in (data["model"], *data["nulls"])
        for kind in ("unconditional", "prequential")
    ]


def effects(data: dict[str, Any], found: dict[str, Any]) -> Figure:
    """The factors with the greatest effect on how many claims hold."""
    rows = [row for row in data["rows"] if row["outcome"] == data["rows"][0]["outcome"]]
    rows = sorted(rows, key=lambda row: -row["effect"])[:25]
    words = {"position": "the position of ", "tie": "the tie between "}.get(rows[0]["kind"], "")
    figure, axes = _list(
        f"The replay depends most on {words}{rows[0]['factor']}",
        f"Mean absolute effect on the share of {rows[0]['outcome']} when an input crosses its range; "
        "two standard errors.",
        _note(found),
        len(rows),
    )
    names = [row["factor"] for row in rows]
    _dots(axes, [row["effect"] for row in rows], [row["error"] for row in rows], names)
    axes.set_xlabel("effect")
    return figure


_FIGURES: dict[str, tuple[str, Any, Any]] = {
    "posterior": ("posterior", posterior, posterior_rows),
    "correlations": ("posterior", correlations, lambda data: data["correlations"]),
    "nulls": ("nulls", nulls, null_rows),
    "ablations": ("ablations", ablations, lambda data: data["mechanisms"]),
    "policy_shifts": ("ablations", policy_shifts, lambda data: data["policy_shifts"]),
    "ranks": ("identification", ranks, rank_rows),
    "prediction": ("identification", prediction, lambda data: data["prediction"]),
    "effects": ("sensitivity", effects, lambda data: data["rows"]),
}
