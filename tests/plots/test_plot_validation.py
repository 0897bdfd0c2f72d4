"""Figures of a validation, on the page whatever the names and numbers."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection

from factions.parameters import FREE
from factions.plots import style
from factions.plots import validation as figures
from factions.validation.ablations import Ablations, EventLoss, MechanismLoss, Refit
from factions.validation.comparison import Advantage, ContenderScores, GainOverBest, HedgedScores, Nulls
from factions.validation.identification import (
    Correlation,
    Coverage,
    Identification,
    ParameterRow,
    PosteriorSummary,
    Ranks,
)
from factions.validation.parts import Validation
from factions.validation.replay import Bin
from factions.validation.scores import Gain
from factions.validation.sensitivity import Effect, Sensitivity

FOUND = Validation("case.toml", "A case with quite a long name", "", seed=4294967295, draws=2048)
LONG = "a_mechanism_with_a_name_of_some_length"
SCORES = HedgedScores(0.5, -0.5, -0.4, 0.1)
CORRELATION = Correlation(LONG, "another", 0.9, 0.01)


def posterior() -> PosteriorSummary:
    """Every parameter, with intervals that take many digits."""
    quantiles = {name: np.linspace(row.low, row.high, 5)[1:4] * 1.0001234 for name, row in FREE.items()}
    rows = [ParameterRow(name, FREE[name].low, FREE[name].high, *each, 0.5, 0.0) for name, each in quantiles.items()]
    return PosteriorSummary(2048, tuple(rows), (CORRELATION,))


def identification() -> Identification:
    """All ranks in the first bin."""
    by_parameter = {name: Ranks((9,) + (0,) * 19, 0.0, {}) for name in FREE}
    return Identification({"90%": Coverage(0.9, 0.1)}, (), by_parameter, 50, 0.4, (Bin(0.1, 0.2, 3, 0.1),))


def nulls() -> Nulls:
    """Four models that score alike."""
    row = ContenderScores(LONG, SCORES, SCORES)
    gain = Advantage(-0.1, 0.1, "", GainOverBest(-0.1, 0.1, ""), Gain(-0.1, 0.1))
    return Nulls(row, (row, row, row), gain, gain)


def ablations() -> Ablations:
    """Nine mechanisms and three shifts that are all needed."""
    loss, full = (0.3, 0.1, 0.3, 0.1, 0.5, 1.0), Refit(*[0] * 10, 0.0, 0.0, ())
    return Ablations(1.0, full, (MechanismLoss(*loss, LONG),) * 9, (EventLoss(*loss, LONG),) * 3)


EFFECT = Effect("claims that hold", f"{LONG} on peasantry", "position", 0.1, 0.04)


@pytest.mark.parametrize(
    ("draw", "data"),
    [
        (figures.posterior, posterior()),
        (figures.correlations, posterior()),
        (figures.ranks, identification()),
        (figures.nulls, nulls()),
        (figures.ablations, ablations()),
        (figures.policy_shifts, ablations()),
        (figures.prediction, identification()),
        (figures.effects, Sensitivity("Morris", 2, 8, 0.5, 0.25, (EFFECT,) * 3)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_no_text_is_off_the_page(draw, data, off_the_page):
    with style.house_style():
        assert off_the_page(draw(data, FOUND)) == []


def bars(axes):
    """Ends of the lines drawn in data of the axes, as (x, y)."""
    drawn = [each for each in axes.collections if isinstance(each, LineCollection)]
    return [
        path.vertices.tolist() for each in drawn if each.get_transform() == axes.transData for path in each.get_paths()
    ]


def test_losses_are_dots_with_two_standard_errors():
    (axes,) = figures.ablations(ablations(), FOUND).axes
    assert np.array(bars(axes)) == pytest.approx(np.array([[(0.1, row), (0.5, row)] for row in range(9)]))
    (dots,) = (line for line in axes.lines if line.get_marker() == "o")
    assert dots.get_xydata().tolist() == [[0.3, row] for row in range(9)]


def test_ranks_are_columns_as_high_as_their_counts():
    found = figures.ranks(identification(), FOUND)
    for axes in found.axes:
        (columns,) = (each for each in axes.collections if isinstance(each, PolyCollection))
        assert [path.vertices[:, 1].max() for path in columns.get_paths()] == [9] + [0] * 9


def test_intervals_stand_on_the_range_of_the_prior():
    summary = posterior()
    (axes,) = figures.posterior(summary, FOUND).axes
    lines = bars(axes)
    for row, said in enumerate(figures.posterior_rows(summary)):
        assert [[said["from"], row], [said["to"], row]] in lines
    assert len(lines) == len(summary.parameters)


def test_claims_are_drawn_against_what_was_predicted():
    (axes,) = figures.prediction(identification(), FOUND).axes
    assert np.array(bars(axes)) == pytest.approx(np.array([[(0.1, 0.0), (0.1, 0.4)]]))


def said(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts] + [text.get_text() for text in figure.texts]


def test_readers_see_what_mechanisms_say_and_names_without_underscores():
    loss, full = (0.3, 0.1, 0.3, 0.1, 0.5, 1.0), Refit(*[0] * 10, 0.0, 0.0, ())
    figure = figures.ablations(Ablations(1.0, full, (MechanismLoss(*loss, "sanctions"),), ()), FOUND)
    assert "open opponents are punished" in said(figure)
    assert figure.texts[0].get_text() == "The record needs 1 of 1 mechanism, above all: open opponents are punished"
    words = said(figures.posterior(posterior(), FOUND))
    # "surrender" is a parameter and a mechanism, which says something else.
    assert {"surrender", "surrender discipline"} <= set(words) and not [text for text in words if "_" in text]
