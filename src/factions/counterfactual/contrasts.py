"""Paired differences between the worlds of a counterfactual and the same worlds without the change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.statements.shares import difference_error, independent, known, mean_error

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
    raised, lowered = float((difference > 0.0).mean()), float((difference < 0.0).mean())
    if outcome.unit == "probability":
        error = difference_error(raised, lowered, independent(difference, ancestor))
    else:
        error = mean_error(difference, ancestor)
    gain = (float(before.var()) + float(after.var())) / spread if spread > 0.0 else None
    return Contrast(
        outcome.name,
        outcome.text,
        outcome.unit,
        float(before.mean()),
        float(after.mean()),
        float(difference.mean()),
        known(error),
        gain,
        raised,
        lowered,
        _size(before, after, outcome.unit),
    )


_LEAST_SPREAD = {"probability": 0.25, "share": 0.05, "year": 0.25, "number": 0.5}
"""What counts as a spread at least, by unit: an outcome that hardly varies is not made large by that."""


def _size(before: np.ndarray, after: np.ndarray, unit: str) -> float:
    spread = math.sqrt((float(before.var()) + float(after.var())) / 2.0)
    return abs(float(after.mean() - before.mean())) / max(spread, _LEAST_SPREAD[unit])


def strongest(contrasts: Sequence[Contrast], most: int) -> list[Contrast]:
    """The largest contrasts that exceed twice their errors, by size."""
    shown = [entry for entry in contrasts if entry.clear and (entry.raised > 0.0 or entry.lowered > 0.0)]
    return sorted(shown, key=lambda entry: -entry.size)[:most]
