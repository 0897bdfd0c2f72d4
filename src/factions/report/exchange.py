"""Draws, worlds and record as one netCDF file, in the groups and with the axes that ArviZ, xarray and R know.

The layout is the InferenceData schema: one group for each kind of quantity, axes `chain` and `draw` in front (Kumar,
Carroll, Hartikainen & Martin 2019).  A draw is a world: `posterior` has its parameters, the other groups what became
of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factions import dynamics
from factions.errors import UsageError
from factions.inference.observed import ERROR, UNSTATED
from factions.inference.prior import values_at
from factions.parameters import FREE, PARAMETERS
from factions.results.ensemble import Ensemble, labels_of
from factions.statements.outcomes import usual_outcomes
from factions.store.files import write_whole
from factions.store.versions import versions
from factions.world.fields import fields
from factions.world.state import State

if TYPE_CHECKING:
    import xarray

    from factions.draws import Draws
    from factions.scenario import Scenario

_SAMPLE = ("chain", "draw")
_SHARES = ("vote_share", "influence")
"""The recorded arrays that are in the file, besides outcomes."""
_EQUAL = (
    "All draws weigh the same: they were resampled by a sequential Monte Carlo sampler. They are no Markov chain, and "
    "their order means nothing, so that R-hat and autocorrelations say nothing either. Draw k is world k; if there are "
    "more worlds than draws of the posterior, these come again in the same order."
)
_ONE = (
    "1: the record says that the claim holds. There is no 0: a record tells what happened, and those who wrote the "
    "scenario file chose the claims. They are not independent of each other."
)
_ERRS = "probability that the claim itself is wrong, from its confidence (high 0.05, medium 0.15, low 0.30)"

_Variable = tuple[tuple[str, ...], np.ndarray, dict[str, str]]
"""Axes, values, and what they are."""


def write_netcdf(path: Path, scenario: Scenario, draws: Draws, worlds: int, seed: int, threads: int) -> None:
    """Write the file; it appears whole or not at all.  UsageError without the extra `xarray`, or without draws."""
    tree = inference_data(scenario, draws, worlds, seed, threads)
    write_whole(path, partial(tree.to_netcdf, engine="h5netcdf"))


def inference_data(scenario: Scenario, draws: Draws, worlds: int, seed: int, threads: int = 1) -> xarray.DataTree:
    """The groups of worlds 0 .. worlds - 1: see `write_netcdf`."""
    try:
        import h5netcdf  # noqa: F401
        import h5py  # noqa: F401
        import xarray
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed", 'type: pip install "factions[xarray]"') from error
    if len(draws.values) == 1:
        problem = f"there are no draws of a posterior for {scenario.path}: every world has the same parameters"
        raise UsageError(problem, "give --parameters FILE, or let factions calibrate write them")
    numbers = np.arange(worlds)
    values = draws.of(numbers)
    ensemble = dynamics.run_worlds(scenario, numbers, values, seed, threads)
    prior = values_at(np.random.default_rng(seed).random((worlds, len(FREE))), scenario.parameters)
    coords = _coordinates(ensemble)
    groups = {
        "posterior": (_parameters(values), _EQUAL),
        "prior": (_parameters(prior), "Uniform over the range of each parameter, in its value or in its logarithm."),
        "posterior_predictive": (_claims(ensemble.held), "Which claims hold in which world; nothing corrects it."),
        "predictions": (_predictions(ensemble), "Outcomes and shares of each world, of which the record says nothing."),
        "observed_data": (_observed(scenario), _ONE),
        "constant_data": (_constants(scenario, values), ""),
    }
    found = {name: _dataset(*group, coords) for name, group in groups.items() if group[0]}
    return xarray.DataTree.from_dict({"/": xarray.Dataset(attrs=_about(scenario, draws, seed)), **found})


def _coordinates(ensemble: Ensemble) -> dict[str, object]:
    scenario = ensemble.scenario
    dates = np.array([meeting.date for meeting in scenario.meetings], "datetime64[ns]")
    return {
        "chain": [0],
        "draw": ensemble.worlds,
        "claim": [claim.id for claim in scenario.record],
        "outcome": [outcome.name for outcome in usual_outcomes(scenario)],
        "bloc": labels_of(ensemble, "bloc"),
        "meeting": labels_of(ensemble, "meeting"),
        "date": ("meeting", dates),
    }


def _dataset(variables: Mapping[str, _Variable], note: str, coords: Mapping[str, object]) -> xarray.Dataset:
    """A group with the coordinates of its axes alone."""
    import xarray

    used = {axis for axes, *_ in variables.values() for axis in axes}
    own = {name: kept for name, kept in coords.items() if name in used or (name == "date" and "meeting" in used)}
    library = {"inference_library": "factions", "inference_library_version": versions().get("factions", "")}
    return xarray.Dataset(dict(variables), own, {**library, **({"note": note} if note else {})})


def _about(scenario: Scenario, draws: Draws, seed: int) -> dict[str, object]:
    said = {"title": scenario.title, "scenario": scenario.path.name, "digest": scenario.digest, "seed": seed}
    return {**said, "parameters": draws.source, "caution": draws.caution}


def _parameters(values: np.ndarray) -> dict[str, _Variable]:
    return {
        name: (_SAMPLE, np.ascontiguousarray(values[name])[np.newaxis], _said(row.meaning, row.unit))
        for name, row in FREE.items()
    }


def _said(meaning: str, unit: str) -> dict[str, str]:
    return {"long_name": meaning, "units": unit}


def _claims(held: np.ndarray) -> dict[str, _Variable]:
    return {"holds": ((*_SAMPLE, "claim"), held[np.newaxis].astype(np.int8), _said("1 if the claim holds", "0 or 1"))}


def _observed(scenario: Scenario) -> dict[str, _Variable]:
    return {"holds": (("claim",), np.ones(len(scenario.record), np.int8), _said(_ONE, "0 or 1"))}


def _predictions(ensemble: Ensemble) -> dict[str, _Variable]:
    measured = np.stack([outcome.measure(ensemble) for outcome in usual_outcomes(ensemble.scenario)], axis=-1)
    about = _said("an outcome of the world; constant_data says what each is", "see outcome_units")
    rows, axes = fields(State), {"vote_share": ("meeting",), "influence": ("meeting", "bloc")}
    shares = {
        name: ((*_SAMPLE, *axes[name]), ensemble[name][np.newaxis], _said(rows[name].meaning, rows[name].unit))
        for name in _SHARES
    }
    return {"outcomes": ((*_SAMPLE, "outcome"), measured[np.newaxis], about), **shares}


def _constants(scenario: Scenario, values: np.ndarray) -> dict[str, _Variable]:
    """What the groups need to be read: the words of claims and outcomes, and parameters that nobody fitted."""
    outcomes, record = usual_outcomes(scenario), scenario.record
    errors = np.array([ERROR[claim.confidence or UNSTATED] for claim in record])
    fixed = {name: row for name, row in PARAMETERS.items() if not row.free}
    return {
        "claim_text": (("claim",), np.array([claim.text for claim in record], object), {}),
        "claim_error": (("claim",), errors, _said(_ERRS, "probability")),
        "outcome_text": (("outcome",), np.array([outcome.text for outcome in outcomes], object), {}),
        "outcome_units": (("outcome",), np.array([outcome.unit for outcome in outcomes], object), {}),
        **{name: ((), values[name][0], _said(row.meaning, row.unit)) for name, row in fixed.items()},
    }
