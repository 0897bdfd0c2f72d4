"""Figures of a validation, on the page whatever the names and numbers."""

from __future__ import annotations

import numpy as np
import pytest

from factions.parameters import FREE
from factions.plots import style
from factions.plots import validation as figures

FOUND = {"title": "A case with quite a long name", "draws": 2048, "seed": 4294967295}
LONG = "a_mechanism_with_a_name_of_some_length"
SCORE = {"record_score": -0.5, "hedged_score": -0.4}


def posterior() -> dict:
    """Every parameter, with intervals that take many digits."""
    quantiles = {name: np.linspace(row.low, row.high, 5)[1:4] * 1.0001234 for name, row in FREE.items()}
    rows = [
        {
            "parameter": name,
            "low": FREE[name].low,
            "high": FREE[name].high,
            "q05": low,
            "median": middle,
            "q95": high,
            "contraction": 0.5,
        }
        for name, (low, middle, high) in quantiles.items()
    ]
    pairs = [{"first": LONG, "second": "another", "correlation": 0.9, "error": 0.01}]
    return {"parameters": rows, "correlations": pairs}


def identification() -> dict:
    by_parameter = {name: {"histogram": [9] + [0] * 19} for name in FREE}
    return {"by_parameter": by_parameter, "coverage": {"90%": {"covered": 0.9}}, "replicates": 50}


def nulls() -> dict:
    rows = [{"name": LONG, "unconditional": SCORE, "prequential": SCORE} for _ in range(4)]
    return {"model": rows[0], "nulls": rows[1:], "prequential": {"advantage": -0.1}}


LOSS = {"loss": 0.3, "loss_error": 0.1}
EFFECT = {
    "outcome": "claims that hold",
    "factor": f"{LONG} on peasantry",
    "kind": "position",
    "effect": 0.1,
    "error": 0.04,
}


@pytest.mark.parametrize(
    ("draw", "data"),
    [
        (figures.posterior, posterior()),
        (figures.correlations, posterior()),
        (figures.ranks, identification()),
        (figures.nulls, nulls()),
        (figures.ablations, {"mechanisms": [{"mechanism": LONG, **LOSS}] * 9}),
        (figures.policy_shifts, {"policy_shifts": [{"event": LONG, **LOSS}] * 3}),
        (figures.effects, {"rows": [EFFECT] * 3}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_no_text_is_off_the_page(draw, data, off_the_page):
    with style.house_style():
        assert off_the_page(draw(data, FOUND)) == []
