"""The pair of worlds that is told as an example: it shows what was found, is not rare, and is odd in nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from factions.counterfactual.choice import named, outcome_name, told
from factions.counterfactual.contrasts import Middle
from factions.counterfactual.touched import NOBODY
from factions.statements import predicates as says
from factions.statements.outcomes import find_outcome, usual_outcomes
from factions.statements.predicates import states
from factions.vocabulary import LADDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from factions.counterfactual.findings import Findings
    from factions.counterfactual.touched import Named
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario
    from factions.statements.outcomes import Outcome

COMMON = 0.1
"""What is told as an example comes in this share of the pairs, if anything that was found does."""

_LEAST_SPREAD = {"share": 0.02, "year": 0.25, "number": 1.0}
"""What counts as a spread at least, by unit: where nearly all worlds have one number, the next is not yet odd."""


class Headline(NamedTuple):
    """An outcome of which the answer tells, by name: does it differ with the change, or stay as it is."""

    outcome: str
    differs: bool


@dataclass(frozen=True)
class Shows:
    """What one pair shows of an outcome of which the answer tells, without the change and with it.

    `usual`: its means over all pairs, of a year its medians; `pair`: its values there (a year that never comes is
    infinite); `holds`: does the pair have what the answer says of it; `middles`: of numbers, where most worlds lie.
    """

    text: str
    unit: str
    usual: tuple[float, float]
    pair: tuple[float, float]
    holds: bool
    middles: tuple[Middle, Middle] | None = None


@dataclass(frozen=True)
class Example:
    """The pair that is told as an example: its number, what it `shows`, and in how many pairs it is so.

    `share`: of all pairs those in which everything holds that holds in this one; `all_share`: those in which all of it
    holds; `none_share`: those in which nothing holds of what differs.
    """

    pair: int = 0
    shows: tuple[Shows, ...] = ()
    share: float = 1.0
    all_share: float = 1.0
    none_share: float = 0.0


NO_EXAMPLE = Example()
"""Before any outcome is looked at."""


def headlines(base: Scenario, findings: Findings) -> list[Headline]:
    """The outcomes of which the answer tells, in its order: the end, then what passes, then what stays."""
    found = sorted(told(findings.changed), key=lambda group: not group[0].lasts)
    moved = [outcome_name(each) for group in found for each in named(base, group)]
    names = dict.fromkeys(moved, True) | {name: False for name in map(outcome_name, findings.same) if name not in moved}
    return [Headline(name.removesuffix(f"@{base.meetings[-1].id}"), differs) for name, differs in names.items()]


def example_of(
    factual: Ensemble, changed: Ensemble, told_of: Sequence[Headline], begun: np.ndarray, named: Named = NOBODY
) -> Example:
    """A pair that shows as much of what was found as comes together in one pair of ten (`_combination`).

    Of such pairs those that begin to differ as most do (`begun`, (W,)).  Of these the one in which the numbers of which
    the answer tells lie nearest to their medians; then that in which the usual outcomes, and the blocs of those whom
    the change names (`named`), are as in most worlds; then that with most in common with the rest.
    """
    rows = [_Told.of(each, factual, changed) for each in told_of]
    holds = np.array([row.holds() for row in rows], bool).reshape(len(rows), len(factual))
    differs = np.array([row.headline.differs for row in rows], bool)
    shown = _combination(holds, differs)
    away = sum((row.away() for row in rows), np.zeros(len(factual)))
    odd, shared = np.zeros(len(factual)), np.zeros(len(factual))
    for ensemble in (factual, changed):
        odd += _odd_outcomes(ensemble) + _odd_men(ensemble, named)
        for held in (*states(ensemble).values(), *_ends(ensemble)):
            flat = held.reshape(len(held), -1)
            shared += flat @ flat.mean(axis=0)
    such = (holds == shown[:, np.newaxis]).all(axis=0)
    pair = int(np.lexsort((-shared, odd, np.round(away, 1), ~begun, ~such))[0])
    share, every = (float(each.all(axis=0).mean()) for each in (holds[shown], holds))
    none = float((~holds[differs]).all(axis=0).mean()) if differs.any() else 0.0
    return Example(pair, tuple(row.shows(pair) for row in rows), share, every, none)


def _combination(holds: np.ndarray, differs: np.ndarray) -> np.ndarray:
    """(findings,) What the example shows: of all that comes together in `COMMON` of the pairs, the most; else the most
    frequent of what comes together.

    `holds` (findings, W); `differs` (findings,): at least one of these is shown, if any pair has one.
    """
    found = np.unique(holds.T, axis=0)
    some = found[found[:, differs].any(axis=1)] if differs.any() else found
    found = some if len(some) else found
    share = np.array([holds[shown].all(axis=0).mean() for shown in found])
    common, many = share >= COMMON, found.sum(axis=1)
    best = np.lexsort((share, many, common)) if common.any() else np.lexsort((many, share))
    return np.asarray(found[best[-1]])


@dataclass(frozen=True)
class _Told:
    """An outcome of which the answer tells, in all pairs: (W,) without the change and with it; `never`: see there."""

    headline: Headline
    outcome: Outcome
    values: tuple[np.ndarray, np.ndarray]
    never: tuple[np.ndarray, np.ndarray]

    @classmethod
    def of(cls, headline: Headline, factual: Ensemble, changed: Ensemble) -> _Told:
        """The outcome, measured on both sides."""
        sides = [(find_outcome(side.scenario, headline.outcome), side) for side in (factual, changed)]
        here, there = (outcome.measure(side) for outcome, side in sides)
        nowhere = np.zeros(len(factual), bool)
        gone = [nowhere if outcome.never is None else outcome.never(side) for outcome, side in sides]
        return cls(headline, sides[0][0], (here, there), (gone[0], gone[1]))

    def holds(self) -> np.ndarray:
        """(W,) Does a pair have what the answer says: see `_moves`; what stays is as in most worlds on both sides."""
        if self.headline.differs:
            return _moves(*self.values)
        here, there = (_as_most(values, self.outcome.unit) for values in self.values)
        return here & there

    def away(self) -> np.ndarray:
        """(W,) How far a number lies from the medians of both sides; 0 of what is true or false."""
        if self.outcome.unit == "probability":
            return np.zeros(len(self.values[0]))
        here, there = (_oddity(values, self.outcome.unit) for values in self.values)
        return here + there

    def shows(self, pair: int) -> Shows:
        """What one pair shows of it."""
        sides = [np.where(never, np.inf, values) for values, never in zip(self.values, self.never, strict=True)]
        middle = _median if self.outcome.unit == "year" else np.mean
        usual, values = ((float(of(sides[0])), float(of(sides[1]))) for of in (middle, itemgetter(pair)))
        middles = (Middle.of(sides[0]), Middle.of(sides[1])) if self.outcome.unit == "number" else None
        return Shows(self.outcome.text, self.outcome.unit, usual, values, bool(self.holds()[pair]), middles)


def _moves(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """(W,) Does an outcome lie in a pair, without the change and with it, nearer to the mean of its own side."""
    means = float(before.mean()), float(after.mean())
    middle, way = sum(means) / 2.0, np.sign(means[1] - means[0])
    return np.asarray(((before - middle) * way < 0.0) & ((after - middle) * way > 0.0))


def _median(values: np.ndarray) -> float:
    """The lower median, which is one of the values, also where some are infinite."""
    return float(np.sort(values)[(len(values) - 1) // 2])


_OF_THE_RECORD = ("distance", "record")
"""Usual outcomes that say how near a world is to the record, not what is in it."""


def _as_most(values: np.ndarray, unit: str) -> np.ndarray:
    """Is an outcome (W,) in each world as in most: true or false as there; a number in the middle half of all."""
    if unit == "probability":
        return np.asarray((values >= 0.5) == (values.mean() >= 0.5))
    low, high = np.quantile(values, (0.25, 0.75))
    return np.asarray((values >= low) & (values <= high))


def _odd_outcomes(ensemble: Ensemble) -> np.ndarray:
    """(W,) How odd the usual outcomes are in each world, all together."""
    usual = [each for each in usual_outcomes(ensemble.scenario) if each.name not in _OF_THE_RECORD]
    return sum((_oddity(each.measure(ensemble), each.unit) for each in usual), np.zeros(len(ensemble)))


def _oddity(values: np.ndarray, unit: str) -> np.ndarray:
    """(W,) How far a world is from what is typical: a number from the median, in standard deviations; what is true or
    false from most worlds, by how much more these are."""
    if unit == "probability":
        share = float(values.mean())
        return np.where(_as_most(values, unit), 0.0, abs(2.0 * share - 1.0))
    return np.asarray(np.abs(values - np.median(values)) / max(float(values.std()), _LEAST_SPREAD[unit]))


def _odd_men(ensemble: Ensemble, named: Named) -> np.ndarray:
    """(W,) How rare the blocs are to which those belong whom the change names."""
    odd = np.zeros(len(ensemble))
    for i, leader in enumerate(ensemble.scenario.leaders):
        if ("leaders", leader.id) in named:
            odd += _rarity(ensemble["membership"][:, :, i])
    return odd


def _rarity(values: np.ndarray) -> np.ndarray:
    """(W,) The share of the worlds that have another value (W, meetings), on average over the meetings."""
    held = [(values == value) for value in np.unique(values)]
    return np.asarray(1.0 - sum(at * at.mean(axis=0) for at in held).mean(axis=1))


def _ends(ensemble: Ensemble) -> Iterator[np.ndarray]:
    """(W, leaders) True where a leader stands on a step of the ladder at the end; where he has surrendered, or not."""
    standing = ensemble["standing"][:, -1]
    yield from (standing == step for step in range(len(LADDER)))
    surrendered = says.capitulated(ensemble)[:, -1]
    yield from (surrendered, ~surrendered)
