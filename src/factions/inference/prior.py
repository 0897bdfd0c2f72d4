"""The prior, and parameters on a scale where it is standard normal.

The prior of a parameter is uniform over its range, in its value or in its logarithm.  Samplers work with z, its place
in that range as a quantile of the standard normal distribution: there the prior is N(0, 1) for every parameter, no
range has an edge, and a parameter that the record says nothing about stays N(0, 1).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

import numpy as np

from factions.parameters import FREE, default_values

_NORMAL = NormalDist()
_EDGE = 1e-12


def positions_of(values: np.ndarray) -> np.ndarray:
    """Place of each parameter in its range, in [0, 1], for records `values` (N,); shape (N, parameters)."""
    return np.clip(np.stack([row.place(values[name]) for name, row in FREE.items()], axis=-1), 0.0, 1.0)


def values_at(positions: np.ndarray, held: Mapping[str, float] | None = None) -> np.ndarray:
    """Records of parameters (N,) with the free ones at places in their ranges (N, free parameters), each in [0, 1].

    held: what a scenario sets; the parameters that are not free keep it, or their defaults.
    """
    values = np.repeat(default_values(held)[np.newaxis], len(positions))
    for column, (name, row) in enumerate(FREE.items()):
        values[name] = row.at(positions[:, column])
    return values


def normal_cdf(z: np.ndarray) -> np.ndarray:
    """The standard normal distribution function, element by element."""
    return np.array([0.5 * math.erfc(-x / math.sqrt(2.0)) for x in z.ravel()]).reshape(z.shape)


def to_values(z: np.ndarray, held: Mapping[str, float] | None = None) -> np.ndarray:
    """Records of parameters (N,) for points z (N, parameters) of the normal scale; held: as for `values_at`."""
    return values_at(normal_cdf(z), held)


def to_normal(values: np.ndarray) -> np.ndarray:
    """Points of the normal scale (N, parameters) for records of parameters (N,); a value at an edge comes 7 sd out."""
    places = np.clip(positions_of(values), _EDGE, 1.0 - _EDGE)
    return np.array([_NORMAL.inv_cdf(float(p)) for p in places.ravel()]).reshape(places.shape)
