"""Paired differences between the worlds of a counterfactual and the same worlds without the change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.statements.shares import difference_error, independent, known, mean_error

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.statements.outcomes import Outcome

DETECTABLE = 2.80
"""Standard errors that an effect must have to be found in 4 of 5 cases by a test that errs in 1 of 20.

1.96 + 0.84, the quantiles of the normal distribution for a two-sided level of 5 % and a power of 80 %: the minimum
detectable effect of Bloom 1995 (Evaluation Review 19).
"""


SIDES = ("baseline", "counterfactual")
"""How the fields of a contrast call the worlds without the change and with it."""

SURE = 2.0
"""Errors that a difference must exceed to be listed as one."""


@dataclass(frozen=True)
class Middle:
    """Where a number lies in the worlds: in the middle half of them from `low` to `high`; `none`: the share with 0."""

    low: float
    high: float
    none: float

    @classmethod
    def of(cls, values: np.ndarray) -> Middle:
        """That of the values of all worlds (W,); both ends are values of some world."""
        low, high = np.quantile(values, (0.25, 0.75), method="lower")
        return cls(float(low), float(high), float((values == 0.0).mean()))


_WHOLE = {"probability": 1.0, "share": 1.0, "year": 4.0}


@dataclass(frozen=True)
class Contrast:
    """One outcome there and here: means over worlds, their paired `difference` and its Monte Carlo standard `error`.

    `error` is None if all worlds descend from one ancestor, when nothing can be said of it.  `gain`: how many times as
    many unpaired worlds would be needed for the same error (None if the difference is the same in every world).
    `raised`, `lowered`: shares of the worlds in which the outcome is greater, or smaller, under the change.  `size`:
    the difference in standard deviations of the outcome, to rank outcomes of different units.  `placebo`,
    `placebo_error`: the difference that other luck alone makes, without the change: see `placebo`.

    Of a year that may never come, which then counts as the end: `never_...`, the share of the worlds in which it does
    not come, `never_error`, the standard error of the difference between the two; `dated_...`, its mean in the others,
    and `median_...`, its median there (None if there are none).  Of a whole number: `low_...`, `high_...`,
    `none_...`, see `Middle`.  Of a man in the party: `unbroken_...`, the share of the worlds in which he
    is in it and was never out of it; in the others in which he is in it he is back.  Of all else these are None.
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
    placebo: float | None = None
    placebo_error: float | None = None
    never_baseline: float | None = None
    never_counterfactual: float | None = None
    dated_baseline: float | None = None
    dated_counterfactual: float | None = None
    median_baseline: float | None = None
    median_counterfactual: float | None = None
    never_error: float | None = None
    low_baseline: float | None = None
    high_baseline: float | None = None
    none_baseline: float | None = None
    low_counterfactual: float | None = None
    high_counterfactual: float | None = None
    none_counterfactual: float | None = None
    unbroken_baseline: float | None = None
    unbroken_counterfactual: float | None = None

    @property
    def never(self) -> tuple[float, float] | None:
        """The shares of worlds in which it never comes, without the change and with it; None if it is no such year."""
        if self.never_baseline is None or self.never_counterfactual is None:
            return None
        return self.never_baseline, self.never_counterfactual

    @property
    def middles(self) -> tuple[Middle, Middle] | None:
        """Where a number lies in most worlds, without the change and with it; None if it is no whole number."""
        here = self.low_baseline, self.high_baseline, self.none_baseline
        there = self.low_counterfactual, self.high_counterfactual, self.none_counterfactual
        known = [amount for amount in (*here, *there) if amount is not None]
        return (Middle(*known[:3]), Middle(*known[3:])) if len(known) == 6 else None

    @property
    def unbroken(self) -> tuple[float, float] | None:
        """The shares of worlds in which a man is in the party and was never out of it; None if it is about no man."""
        if self.unbroken_baseline is None or self.unbroken_counterfactual is None:
            return None
        return self.unbroken_baseline, self.unbroken_counterfactual

    @property
    def smallest(self) -> float | None:
        """The smallest effect that this number of pairs can show: `DETECTABLE` errors; None if nothing is known."""
        return DETECTABLE * self.error if self.error else None

    @property
    def clear(self) -> bool:
        """Does the difference exceed twice its error, and what other luck alone makes."""
        return self.error is not None and abs(self.difference) > max(SURE * self.error, self.luck)

    @property
    def luck(self) -> float:
        """The size of the difference that other luck alone makes; 0 if it was not looked at."""
        return abs(self.placebo or 0.0)

    @property
    def telling(self) -> bool:
        """Is the difference clear, and still there once it is rounded as tables print it."""
        return self.clear and round(self.difference, digits(self.unit)) != 0.0

    @property
    def effect(self) -> float:
        """What is sure of the difference, in [0, 1]: see `effect`."""
        return effect(self.unit, self.baseline, self.counterfactual, self.error, self.luck)


def digits(unit: str) -> int:
    """Digits after the point with which tables print a value of a unit."""
    return 3 if unit in ("probability", "share") else 2


def effect(unit: str, before: float, after: float, error: float | None, luck: float = 0.0) -> float:
    """What twice the error leaves of a difference, in [0, 1], where 1 is a full effect in its unit.

    The full effect is 1 of a probability or share, four years, and of a number the greater of the two means.  `luck`:
    the size of the difference that other luck alone makes, which takes the place of twice the error if it is larger.
    """
    whole = _WHOLE.get(unit) or max(abs(before), abs(after), 1.0)
    sure = abs(after - before) - max(SURE * (math.inf if error is None else error), luck)
    return min(max(sure / whole, 0.0), 1.0)


def contrast(
    outcome: Outcome,
    factual: Ensemble,
    counterfactual: Ensemble,
    there: Outcome,
    ancestor: np.ndarray,
    placebo: Ensemble | None = None,
) -> Contrast:
    """The contrast of an outcome; `there`: the same outcome as the other scenario has it; `ancestor`: see `Paths`.

    `placebo`: the same worlds with other luck and without the change.
    """
    before, after = outcome.measure(factual), there.measure(counterfactual)
    difference = after - before
    spread = float(difference.var())
    gain = (float(before.var()) + float(after.var())) / spread if spread > 0.0 else None
    other = None if placebo is None else outcome.measure(placebo) - before
    return Contrast(
        outcome.name,
        outcome.text,
        outcome.unit,
        float(before.mean()),
        float(after.mean()),
        float(difference.mean()),
        paired_error(difference, outcome.unit, ancestor),
        gain,
        float((difference > 0.0).mean()),
        float((difference < 0.0).mean()),
        _size(before, after, outcome.unit),
        None if other is None else float(other.mean()),
        None if other is None else paired_error(other, outcome.unit, ancestor),
        **_never(outcome, factual, there, counterfactual, before, after, ancestor),
        **_inside(outcome, factual, there, counterfactual, before, after),
    )


def _never(
    outcome: Outcome,
    factual: Ensemble,
    there: Outcome,
    counterfactual: Ensemble,
    before: np.ndarray,
    after: np.ndarray,
    ancestor: np.ndarray,
) -> dict[str, float | None]:
    """Shares of worlds in which a year never comes, its mean and its median in the others, of both sides; an error."""
    if outcome.never is None or there.never is None:
        return {}
    sides = (outcome.never(factual), before), (there.never(counterfactual), after)
    come = [values[~never] for never, values in sides]
    shares = [float(never.mean()) for never, _ in sides]
    dated = [float(values.mean()) if len(values) else None for values in come]
    median = [float(np.quantile(values, 0.5, method="lower")) if len(values) else None for values in come]
    fewer = sides[1][0].astype(float) - sides[0][0]
    named: dict[str, Sequence[float | None]] = {"never": shares, "dated": dated, "median": median}
    found = {f"{name}_{side}": amount for name, pair in named.items() for side, amount in zip(SIDES, pair, strict=True)}
    return {**found, "never_error": paired_error(fewer, "probability", ancestor)}


def _inside(
    outcome: Outcome, factual: Ensemble, there: Outcome, counterfactual: Ensemble, before: np.ndarray, after: np.ndarray
) -> dict[str, float]:
    """What a mean or a share hides: where a number lies in most worlds, and who in the party was never out of it."""
    if outcome.unit == "number" and np.array_equal(before, before.round()):
        middles = zip(SIDES, (Middle.of(before), Middle.of(after)), strict=True)
        return {f"{name}_{side}": amount for side, middle in middles for name, amount in asdict(middle).items()}
    if outcome.unbroken is None or there.unbroken is None:
        return {}
    sides = outcome.unbroken(factual), there.unbroken(counterfactual)
    return {f"unbroken_{side}": float(so.mean()) for side, so in zip(SIDES, sides, strict=True)}


def paired_error(difference: np.ndarray, unit: str, ancestor: np.ndarray) -> float | None:
    """Standard error of the mean of paired differences (W,)."""
    if unit != "probability":
        return known(mean_error(difference, ancestor))
    raised, lowered = float((difference > 0.0).mean()), float((difference < 0.0).mean())
    return known(difference_error(raised, lowered, independent(difference, ancestor)))


_LEAST_SPREAD = {"probability": 0.25, "share": 0.05, "year": 0.25, "number": 0.5}
"""What counts as a spread at least, by unit: an outcome that hardly varies is not made large by that."""


def _size(before: np.ndarray, after: np.ndarray, unit: str) -> float:
    spread = math.sqrt((float(before.var()) + float(after.var())) / 2.0)
    return abs(float(after.mean() - before.mean())) / max(spread, _LEAST_SPREAD[unit])


def strongest(contrasts: Sequence[Contrast], most: int) -> list[Contrast]:
    """The contrasts that exceed twice their errors and other luck by what a table shows, the largest effect first."""
    shown = [entry for entry in contrasts if entry.telling and (entry.raised > 0.0 or entry.lowered > 0.0)]
    return sorted(shown, key=lambda entry: -entry.effect)[:most]
