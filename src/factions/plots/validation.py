"""Figures of a validation: posterior, correlations, null models, ablations, ranks, predictions, effects."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factions.parameters import PARAMETERS
from factions.plots import forest, style
from factions.plots.output import save
from factions.plots.page import MARGIN, Dot, Fill, Words, beside, box, fitted, panel, sheet, strokes, text_width
from factions.plots.shape import shape
from factions.validation.comparison import KINDS
from factions.wording import MECHANISM_WORDS, counted, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from factions.validation.ablations import Ablations, Loss
    from factions.validation.comparison import Nulls
    from factions.validation.identification import Identification, ParameterRow, PosteriorSummary
    from factions.validation.parts import Validation
    from factions.validation.sensitivity import Sensitivity

_POINT = Dot(style.MAIN, 4.0)
_ROW, _LABELS, _AXIS = 0.21, 3.4, 0.55  # inches: a row of a list, most for its labels, room for an axis
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


def _list(words: Words, names: Sequence[str], aside: float = 0.0) -> tuple[Figure, Axes]:
    """A page with one row per name from top to bottom; aside: inches left free at the right, for words."""
    height = len(names) * forest.pitch(names, _LABELS, _ROW)
    page, top = sheet(words, height + _AXIS)
    labels = min(max(text_width(name, style.SMALL) for name in names), _LABELS) + 0.1
    axes = panel(page, MARGIN + labels, top, shape().width - labels - 3 * MARGIN - aside, height)
    forest.rows(axes, len(names), names, _LABELS)
    return page, axes


def _spaced(name: str) -> str:
    """A name as a reader would write it."""
    return name.replace("_", " ")


def _rule(mechanism: str) -> str:
    """What a mechanism says."""
    return MECHANISM_WORDS.get(mechanism) or _spaced(mechanism)


def _note(found: Validation, more: str = "") -> str:
    return f"{found.title}. {counted(found.draws, 'draw')} of the posterior, seed {found.seed}. {more}".strip()


@style.house_style()
def posterior(data: PosteriorSummary, found: Validation) -> Figure:
    """Central 90% of the posterior of every parameter, on its range as the prior sees it."""
    rows = _contracted(data)
    subtitle = (
        "Line: central 90% of the posterior; dot: median; grey: range of the prior, on its own scale. Most to least "
        "contracted."
    )
    meaning = PARAMETERS[rows[0].parameter].meaning.partition(";")[0]
    title = f"The record says most about “{_spaced(rows[0].parameter)}”: {meaning}"
    page, axes = _list(Words(title, subtitle, _note(found)), [_spaced(row.parameter) for row in rows], _VALUES)
    fields = [box(0.0, 1.0, place - 0.35, place + 0.35) for place in range(len(rows))]
    Fill(style.tint(style.GREY, 0.12)).draw(axes, fields, zorder=0.4)
    lines = [np.array([(_place(row, row.q05), k), (_place(row, row.q95), k)]) for k, row in enumerate(rows)]
    strokes(axes, lines, colors=style.MAIN, linewidths=2.5)
    _POINT.draw(axes, [_place(row, row.median) for row in rows], range(len(rows)))
    for place, row in enumerate(rows):
        beside(axes, f"{row.q05:.3g} to {row.q95:.3g}", (1.0, place), (5, 0), fontsize=style.TINY, color=style.GREY)
    axes.set_xlim(0.0, 1.0)
    axes.set_xlabel("place in the prior's range")
    return page


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
    return float(PARAMETERS[row.parameter].place(value))


@style.house_style()
def correlations(data: PosteriorSummary, found: Validation) -> Figure:
    """The strongest correlations between parameters in the posterior."""
    rows = [(f"{_spaced(row.first)}, {_spaced(row.second)}", row.correlation, row.error) for row in data.correlations]
    names, strongest, _ = max(rows, key=lambda row: abs(row[1]))
    title = f"Parameters that the record tells apart least: {names} (correlation {strongest:+.2f})"
    words = Words(title, "Strongest correlations, with two standard errors.", _note(found))
    page, axes = _estimates(words, rows, "correlation")
    axes.set_xlim(-1.0, 1.0)
    return page


def _estimates(words: Words, rows: Sequence[tuple[str, float, float]], label: str) -> tuple[Figure, Axes]:
    """Names, values and standard errors as rows; `label`: what the values are."""
    page, axes = _list(words, [name for name, _, _ in rows])
    forest.draw(axes, [forest.Estimate(k, value, error, _POINT) for k, (_, value, error) in enumerate(rows)])
    forest.zero(axes)
    axes.set_xlabel(label)
    return page, axes


@style.house_style()
def ablations(data: Ablations, found: Validation) -> Figure:
    """What the record's score loses without each mechanism."""
    needed = [row for row in data.mechanisms if row.loss > 2.0 * row.loss_error]
    title = "No mechanism alone is needed by the record"
    if needed:
        first = _rule(max(needed, key=lambda row: row.loss).mechanism)
        title = f"The record needs {len(needed)} of {counted(len(data.mechanisms), 'mechanism')}, above all: {first}"
    return _losses([(_rule(row.mechanism), row) for row in data.mechanisms], title, "a mechanism is off", found)


@style.house_style()
def policy_shifts(data: Ablations, found: Validation) -> Figure:
    """What the record's score loses without each dated policy shift, and without all."""
    title = "Policy shifts that the model is given, and how much it needs them"
    return _losses(
        [(_spaced(row.event), row) for row in data.policy_shifts], title, "a dated policy shift is left out", found
    )


def _losses(rows: Sequence[tuple[str, Loss]], title: str, when: str, found: Validation) -> Figure:
    subtitle = f"Loss in record score (nats a claim) when {when} and the rest is refitted, with two standard errors."
    values = [(name, row.loss, row.loss_error) for name, row in rows]
    return _estimates(Words(title, subtitle, _note(found)), values, "loss, nats a claim")[0]


@style.house_style()
def ranks(data: Identification, found: Validation) -> Figure:
    """A rank histogram for every parameter, with the band that uniform ranks stay in."""
    columns = 6
    covered = percent(data.coverage["90%"].covered)
    title = f"90% intervals cover the truth in {covered} of simulated records"
    subtitle = "Rank of the true value among posterior draws; grey: where 99% of counts lie if the posterior is right."
    words = Words(title, subtitle, _note(found, f"{counted(data.replicates, 'simulated record')}."))
    counts = {name: np.array(row.histogram).reshape(10, -1).sum(axis=1) for name, row in data.by_parameter.items()}
    page, top = sheet(words, -(-len(counts) // columns) * _CELL)
    width = (shape().width - 2 * MARGIN - _GAP) / columns
    for k, (name, each) in enumerate(counts.items()):
        left = MARGIN + _GAP + (k % columns) * width
        axes = panel(page, left, top + (k // columns) * _CELL + 0.2, width - _GAP, _CELL - 0.5)
        _histogram(axes, each, data.replicates)
        axes.set_ylim(0.0, 1.15 * max(int(each.max()) for each in counts.values()))
        axes.set_title(fitted(_spaced(name), style.TINY, width), fontsize=style.TINY, loc="left", pad=2)
        axes.tick_params(axis="y", labelleft=k % columns == 0)
    return page


def _histogram(axes: Axes, counts: np.ndarray, total: int) -> None:
    """Counts in ten bins, and the 99% band of a binomial count."""
    expected, spread = total / 10, 2.58 * math.sqrt(total * 0.1 * 0.9)
    axes.axhspan(max(expected - spread, 0.0), expected + spread, color=style.tint(style.GREY, 0.2), linewidth=0)
    Fill(style.MAIN).draw(axes, [box(k + 0.05, k + 0.95, 0.0, count) for k, count in enumerate(counts)])
    axes.set_xlim(0, 10)
    axes.set_xticks([])
    axes.tick_params(axis="y", labelsize=style.TINY)


def rank_rows(data: Identification) -> list[Row]:
    """One row for each parameter: uniformity, coverage and counts."""
    return [
        {
            "parameter": name,
            "uniform": row.uniform,
            **{f"coverage_{level}": share for level, share in row.coverage.items()},
            **{f"bin_{k}": count for k, count in enumerate(row.histogram)},
        }
        for name, row in data.by_parameter.items()
    ]


@style.house_style()
def prediction(data: Identification, found: Validation) -> Figure:
    """Claims in simulated records: predicted probability against the share that held."""
    subtitle = (
        "Claims in new worlds of known parameters, predicted by the posterior of another record simulated with them. "
        "Bars are two standard errors."
    )
    note = _note(found, f"{counted(data.replicates, 'simulated record')}.")
    page, top = sheet(Words("Do claims hold as often as predicted?", subtitle, note), 4.0 + _AXIS)
    axes = panel(page, 1.0, top, 4.0, 4.0)
    axes.plot([0, 1], [0, 1], color=style.FAINT)
    x, held = [row.predicted for row in data.prediction], np.array([row.held for row in data.prediction])
    reach = np.array([2.0 * (row.error or 0.0) for row in data.prediction])
    axes.vlines(x, held - reach, held + reach, colors=style.MAIN, linewidths=1.4)
    _POINT.draw(axes, x, held)
    axes.set_xlim(0.0, 1.0)
    axes.set_ylim(0.0, 1.0)
    axes.set_xlabel("predicted probability")
    axes.set_ylabel("share that held")
    return page


@style.house_style()
def nulls(data: Nulls, found: Validation) -> Figure:
    """Scores of the model and of the nulls, as they are and hedged."""
    advantage = data.prequential.advantage
    gain = f"{abs(advantage):.2f} nats a claim {'better' if advantage >= 0.0 else 'worse'}"
    title = f"Meeting by meeting, the model predicts {gain} than the best null"
    subtitle = (
        "Record score, nats a claim. Circles: worlds from the beginning; squares: every claim predicted from earlier "
        "meetings; hollow: mixed with a coin in the best proportion. Nulls are fitted to the record they are scored on."
    )
    names = [_spaced(row.name) for row in data.everybody]
    page, axes = _list(Words(title, subtitle, _note(found)), names)
    for place, row in enumerate(data.everybody):
        colour = style.OTHER if place == 0 else style.MAIN
        for kind, marker in zip(KINDS, "os", strict=True):
            scores = row.on(kind)
            Dot(colour, 5.0, marker).draw(axes, [scores.record_score], [place])
            Dot("white", 5.0, marker, edge=colour).draw(axes, [scores.hedged_score], [place])
    axes.set_xlabel("nats a claim")
    return page


def null_rows(data: Nulls) -> list[Row]:
    """One row per model and kind of score."""
    return [{"name": row.name, "kind": kind, **vars(row.on(kind))} for row in data.everybody for kind in KINDS]


@style.house_style()
def effects(data: Sensitivity, found: Validation) -> Figure:
    """The factors with the greatest effect on how many claims hold."""
    rows = [row for row in data.rows if row.outcome == data.rows[0].outcome]
    rows = sorted(rows, key=lambda row: -row.effect)[:25]
    kind = {"position": "the position of ", "tie": "the tie between "}.get(rows[0].kind, "")
    subtitle = (
        f"Mean absolute effect on the share of {rows[0].outcome} when an input crosses its range; two standard errors."
    )
    words = Words(f"The replay depends most on {kind}{_spaced(rows[0].factor)}", subtitle, _note(found))
    return _estimates(words, [(_spaced(row.factor), row.effect, row.error) for row in rows], "effect")[0]
