"""Paired differences between the worlds of a counterfactual and the same worlds without the change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.statements.outcomes import Outcome


@dataclass(frozen=True)
class Contrast:
    """One outcome there and here: means over worlds, their paired `difference` and its Monte Carlo standard `error`.

    `error` is None if all worlds descend from one ancestor, when nothing can be said of it.  `gain`: how many times as
    many unpaired worlds would be needed for the same error (None if the difference is the same in every world).
    `raised`, `lowered`: shares of the worlds in which the outcome is greater, or smaller, under the change.  `size`:
    the difference in standard deviations of the outcome, to rank outcomes of different units.
    """

    outcome: str
    text: str
    unit: str
    baseline: float
    counterfactual: float
    difference: float
    error: float | None
    gain: float | None
    raised: float
    lowered: float
    size: float

    @property
    def clear(self) -> bool:
        """Does the difference exceed twice its error."""
        return self.error is not None and abs(self.difference) > 2.0 * self.error


def contrast(
    outcome: Outcome, factual: Ensemble, counterfactual: Ensemble, there: Outcome, ancestor: np.ndarray
) -> Contrast:
    """The contrast of an outcome; `there`: the same outcome as the other scenario has it; `ancestor`: see `Paths`."""
    before, after = outcome.measure(factual), there.measure(counterfactual)
    difference = after - before
    spread = float(difference.var())
    gain = (float(before.var()) + float(after.var())) / spread if spread > 0.0 else None
    return Contrast(
        outcome.name,
        outcome.text,
        outcome.unit,
        float(before.mean()),
        float(after.mean()),
        float(difference.mean()),
        standard_error(difference, ancestor, outcome.unit == "probability"),
        gain,
        float((difference > 0.0).mean()),
        float((difference < 0.0).mean()),
        _size(before, after, outcome.unit),
    )


_LEAST_SPREAD = {"probability": 0.25, "share": 0.05, "year": 0.25, "number": 0.5}
"""What counts as a spread at least, by unit: an outcome that hardly varies is not made large by that."""


def _size(before: np.ndarray, after: np.ndarray, unit: str) -> float:
    spread = math.sqrt((float(before.var()) + float(after.var())) / 2.0)
    return abs(float(after.mean() - before.mean())) / max(spread, _LEAST_SPREAD[unit])


def standard_error(values: np.ndarray, ancestor: np.ndarray, probability: bool = False) -> float | None:
    """Monte Carlo standard error of a mean over worlds of which some are kin; None for a single ancestor.

    The deviations are summed by ancestor before they are squared (Chan & Lai 2013; Lee & Whiteley 2018), times n/(n-1)
    for n ancestors; with every world its own ancestor this is the usual error, and it is never less, since few
    ancestors can agree by chance.  A probability that was the same in every world keeps the error of half a world in
    n + 1: not to have seen a change does not mean that there is none.
    """
    _, family = np.unique(ancestor, return_inverse=True)
    count = int(family.max()) + 1
    if count < 2:
        return None
    sums = np.bincount(family, values - values.mean())
    error = math.sqrt(float((sums * sums).sum()) * count / (count - 1)) / len(values)
    error = max(error, math.sqrt(float(values.var()) / (len(values) - 1)))
    if probability and not np.any(values != values[0]):
        return math.sqrt(0.5 / (count + 1) / count)
    return error


def strongest(contrasts: Sequence[Contrast], most: int) -> list[Contrast]:
    """The largest contrasts that exceed twice their errors, by size."""
    shown = [entry for entry in contrasts if entry.clear and (entry.raised > 0.0 or entry.lowered > 0.0)]
    return sorted(shown, key=lambda entry: -entry.size)[:most]
