"""Figures of a validation: posterior, correlations, null models, ablations, ranks, predictions, effects."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factions.plots import style
from factions.plots.output import save
from factions.validation.comparison import KINDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.validation.ablations import Ablations, Loss
    from factions.validation.comparison import Nulls
    from factions.validation.identification import Identification, ParameterRow, PosteriorSummary
    from factions.validation.parts import Validation
    from factions.validation.sensitivity import Sensitivity

MAIN, OTHER = style.PALETTE[3], style.PALETTE[0]
_ROW, _LABELS, _AXIS = 0.21, 2.6, 0.55  # inches: a row of a list, room for its labels, room for an axis
_VALUES = 0.9  # inches for an interval in figures beside its row
_CELL, _GAP = 1.45, 0.25  # inches of a small histogram with its title, and between two of them

Row = dict[str, object]
Drawn = tuple[str, Callable[[], "Figure"], Sequence[Row]]
"""A figure: its name, what draws it, and its rows as a table."""


def save_plots(found: Validation, folder: Path) -> list[Path]:
    """Every figure that the answers give, each as .png and .svg with a .csv; the paths."""
    paths: list[Path] = []
    for name, draw, rows in _figures(found):
        if rows:
            with style.house_style():
                paths += save(draw(), rows, folder, name)
    return paths


def _figures(found: Validation) -> Iterator[Drawn]:
    """The figures of the parts that were asked for."""
    if (summary := found.posterior) is not None:
        yield "posterior", partial(posterior, summary, found), posterior_rows(summary)
        yield "correlations", partial(correlations, summary, found), [vars(row) for row in summary.correlations]
    if (compared := found.nulls) is not None:
        yield "nulls", partial(nulls, compared, found), null_rows(compared)
    if (refits := found.ablations) is not None:
        without = [{"mechanism": row.mechanism, **vars(row)} for row in refits.mechanisms]
        yield "ablations", partial(ablations, refits, found), without
        without = [{"event": row.event, **vars(row)} for row in refits.policy_shifts]
        yield "policy_shifts", partial(policy_shifts, refits, found), without
    if (simulated := found.identification) is not None:
        yield "ranks", partial(ranks, simulated, found), rank_rows(simulated)
        yield "prediction", partial(prediction, simulated, found), [vars(row) for row in simulated.prediction]
    if (moved := found.sensitivity) is not None:
        yield "effects", partial(effects, moved, found), [vars(row) for row in moved.rows]


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


def _note(found: Validation, more: str = "") -> str:
    return f"{found.title}. {found.draws:,} draws of the posterior, seed {found.seed}. {more}".strip()


def posterior(data: PosteriorSummary, found: Validation) -> Figure:
    """Central 90 % of the posterior of every parameter, on its range as the prior sees it."""
    rows = _contracted(data)
    figure, axes = _list(
        f"The record says most about {rows[0].parameter}",
        "Line: central 90 % of the posterior; dot: median; grey: range of the prior, on its own scale. Most to least "
        "contracted.",
        _note(found),
        len(rows),
        _VALUES,
    )
    for place, row in enumerate(rows):
        left, middle, right = (_place(row, value) for value in (row.q05, row.median, row.q95))
        axes.barh(place, 1.0, height=0.7, color=style.tint(style.GREY, 0.12))
        axes.plot([left, right], [place, place], color=MAIN, linewidth=2.5, solid_capstyle="butt")
        axes.plot(middle, place, "o", color=MAIN, markersize=4)
        words = f"{row.q05:.3g} to {row.q95:.3g}"
        style.beside(axes, words, (1.0, place), (5, 0), fontsize=style.TINY, color=style.GREY)
    axes.set_xlim(0.0, 1.0)
    _name_rows(axes, [row.parameter for row in rows])
    axes.set_xlabel("place in the prior's range")
    return figure


def _contracted(data: PosteriorSummary) -> list[ParameterRow]:
    """Parameters from the most to the least contracted."""
    return sorted(data.parameters, key=lambda row: -row.contraction)


def posterior_rows(data: PosteriorSummary) -> list[Row]:
    """Parameters from the most to the least contracted, with places in the prior's range."""
    return [
        {**vars(row), "from": _place(row, row.q05), "at": _place(row, row.median), "to": _place(row, row.q95)}
        for row in _contracted(data)
    ]


def _place(row: ParameterRow, value: float) -> float:
    """Of a value in the range of the prior, on its scale: 0 at its low end, 1 at its high end."""
    from factions.parameters import PARAMETERS

    low, high = row.low, row.high
    if PARAMETERS[row.parameter].scale == "log":
        low, high, value = math.log(low), math.log(high), math.log(value)
    return (value - low) / (high - low)


def correlations(data: PosteriorSummary, found: Validation) -> Figure:
    """The strongest correlations between parameters in the posterior."""
    rows = data.correlations
    title, subtitle = ("Parameters that stand in for each other", "Strongest correlations, with two standard errors.")
    figure, axes = _list(title, subtitle, _note(found), len(rows))
    names = [f"{row.first}, {row.second}" for row in rows]
    _dots(axes, [row.correlation for row in rows], [row.error for row in rows], names)
    axes.set_xlim(-1.0, 1.0)
    axes.set_xlabel("correlation")
    return figure


def _dots(axes: Axes, values: Sequence[float], errors: Sequence[float], names: Sequence[str]) -> None:
    places = np.arange(len(values))
    axes.axvline(0.0, color=style.FAINT, linewidth=0.8)
    axes.errorbar(values, places, xerr=2.0 * np.array(errors), fmt="o", color=MAIN, markersize=4, elinewidth=1.2)
    _name_rows(axes, names)


def ablations(data: Ablations, found: Validation) -> Figure:
    """What the record's score loses without each mechanism."""
    needed = [row.mechanism for row in data.mechanisms if row.loss > 2.0 * row.loss_error]
    title = f"The record needs {', '.join(needed)}" if needed else "No mechanism alone is needed by the record"
    rows = {row.mechanism: row for row in data.mechanisms}
    return _losses(rows, title, "a mechanism is off", found)


def policy_shifts(data: Ablations, found: Validation) -> Figure:
    """What the record's score loses without each dated policy shift, and without all."""
    title = "What the model is told of policy, and how much it needs it"
    rows = {row.event: row for row in data.policy_shifts}
    return _losses(rows, title, "a dated policy shift is left out", found)


def _losses(rows: Mapping[str, Loss], title: str, when: str, found: Validation) -> Figure:
    subtitle = f"Loss in record score (nats a claim) when {when} and the rest is fitted anew, with two standard errors."
    figure, axes = _list(title, subtitle, _note(found), len(rows))
    losses, errors = [row.loss for row in rows.values()], [row.loss_error for row in rows.values()]
    _dots(axes, losses, errors, [name.replace("_", " ") for name in rows])
    axes.set_xlabel("loss, nats a claim")
    return figure


def ranks(data: Identification, found: Validation) -> Figure:
    """A rank histogram for every parameter, with the band that uniform ranks stay in."""
    rows = data.by_parameter
    columns = 6
    lines = -(-len(rows) // columns)
    covered = style.percent(data.coverage["90%"].covered)
    title = f"90 % intervals cover the truth in {covered} of simulated records"
    subtitle = "Rank of the true value among posterior draws; grey: where 99 % of counts lie if the posterior is right."
    note = _note(found, f"{data.replicates} simulated records.")
    top = style.header_height(title, subtitle)
    figure = style.page(top + lines * _CELL + style.caption_height(note))
    style.header(figure, title, subtitle)
    style.caption(figure, note)
    width = (style.WIDTH - 2 * style.MARGIN - _GAP) / columns
    counts = [np.array(row.histogram).reshape(10, -1).sum(axis=1) for row in rows.values()]
    for k, name in enumerate(rows):
        left = style.MARGIN + _GAP + (k % columns) * width
        axes = style.panel(figure, left, top + (k // columns) * _CELL + 0.2, width - _GAP, _CELL - 0.5)
        _histogram(axes, counts[k], data.replicates)
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


def rank_rows(data: Identification) -> list[Row]:
    """One row a parameter: uniformity, coverage and counts."""
    return [
        {
            "parameter": name,
            "uniform": row.uniform,
            **{f"coverage_{level}": share for level, share in row.coverage.items()},
            **{f"bin_{k}": count for k, count in enumerate(row.histogram)},
        }
        for name, row in data.by_parameter.items()
    ]


def prediction(data: Identification, found: Validation) -> Figure:
    """Claims in simulated records: predicted probability against the share that held."""
    rows = data.prediction
    title = "Do claims hold as often as predicted?"
    subtitle = (
        "Claims in fresh worlds of known parameters, predicted by the posterior of another record made with them; "
        "two standard errors."
    )
    note = _note(found, f"{data.replicates} simulated records.")
    top = style.header_height(title, subtitle)
    figure = style.page(top + 4.0 + _AXIS + style.caption_height(note))
    style.header(figure, title, subtitle)
    style.caption(figure, note)
    axes = style.panel(figure, 1.0, top, 4.0, 4.0)
    axes.plot([0, 1], [0, 1], color=style.FAINT)
    predicted, held = [row.predicted for row in rows], [row.held for row in rows]
    errors = [math.nan if row.error is None else 2.0 * row.error for row in rows]
    axes.errorbar(predicted, held, yerr=errors, fmt="o", color=MAIN, markersize=4)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.0)
    axes.set_xlabel("predicted probability")
    axes.set_ylabel("share that held")
    return figure


def nulls(data: Nulls, found: Validation) -> Figure:
    """Scores of the model and of the nulls, as they are and hedged."""
    rows, advantage = data.everybody, data.prequential.advantage
    gain = f"{abs(advantage):.2f} nats a claim {'better' if advantage >= 0.0 else 'worse'}"
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
        for kind, marker in zip(KINDS, "os", strict=True):
            scores = row.on(kind)
            for score, inside in ((scores.record_score, colour), (scores.hedged_score, "white")):
                axes.plot(score, place, marker, markeredgecolor=colour, markerfacecolor=inside, markersize=5)
    _name_rows(axes, [row.name.replace("_", " ") for row in rows])
    axes.set_xlabel("nats a claim")
    return figure


def null_rows(data: Nulls) -> list[Row]:
    """One row per model and kind of score."""
    return [{"name": row.name, "kind": kind, **vars(row.on(kind))} for row in data.everybody for kind in KINDS]


def effects(data: Sensitivity, found: Validation) -> Figure:
    """The factors with the greatest effect on how many claims hold."""
    rows = [row for row in data.rows if row.outcome == data.rows[0].outcome]
    rows = sorted(rows, key=lambda row: -row.effect)[:25]
    words = {"position": "the position of ", "tie": "the tie between "}.get(rows[0].kind, "")
    figure, axes = _list(
        f"The replay depends most on {words}{rows[0].factor}",
        f"Mean absolute effect on the share of {rows[0].outcome} when an input crosses its range; two standard errors.",
        _note(found),
        len(rows),
    )
    names = [row.factor for row in rows]
    _dots(axes, [row.effect for row in rows], [row.error for row in rows], names)
    axes.set_xlabel("effect")
    return figure
