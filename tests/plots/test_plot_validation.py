"""Figures of a validation, on the page whatever the names and numbers."""

from __future__ import annotations

import numpy as np
import pytest

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
