"""Pairs of worlds, as paths: the worlds of a baseline under a condition, and the same worlds with the change."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from factions.counterfactual.branching import branching_point
from factions.counterfactual.choice import named, outcome_name, told
from factions.counterfactual.conditioning import Condition, condition_paths
from factions.counterfactual.namesakes import as_called
from factions.counterfactual.paths import Paths, carry_over
from factions.counterfactual.touched import named_by
from factions.errors import UsageError
from factions.statements import predicates as says
from factions.statements.outcomes import find_outcome, usual_outcomes
from factions.statements.predicates import states
from factions.vocabulary import LADDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from factions.counterfactual.findings import Findings
    from factions.draws import Draws
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario
    from factions.statements.outcomes import Outcome


@dataclass(frozen=True)
class Pairs:
    """Worlds without the change (`here`) and the same worlds with it (`there`); pair k is world k of both.

    They are those that `Comparer` compares for the same arguments.
    """

    base: Scenario
    other: Scenario
    condition: Condition
    seed: int
    here: Paths
    there: Paths

    @classmethod
    def of(
        cls,
        base: Scenario,
        other: Scenario,
        draws: Draws,
        worlds: int,
        seed: int,
        condition: Condition,
        threads: int = 2,
    ) -> Pairs:
        """`worlds` pairs of a counterfactual and its baseline under a condition."""
        until = branching_point(base, other) if condition is Condition.branch else None
        here = condition_paths(base, draws, worlds, seed, condition, until, threads, named_by(base, other))
        there = carry_over(here, base, other)
        return cls(*as_called(base, other), condition, seed, here, there)

    def run(self, threads: int = 2) -> tuple[Ensemble, Ensemble]:
        """Both sides, run to the end: without the change, and with it."""
        return self.here.run(self.base, self.seed, threads), self.there.run(self.other, self.seed, threads)


def number_of(text: str, pairs: int) -> int:
    """The number of a pair as it is typed; UsageError if there is no such pair."""
    if not (text.isascii() and text.isdigit() and int(text) < pairs):
        raise UsageError(f'there is no pair "{text}"', f"give a number from 0 to {pairs - 1}, or the word example")
    return int(text)


class Headline(NamedTuple):
    """An outcome of which the answer tells, by name: does it differ with the change, or stay as it is."""

    outcome: str
    differs: bool


@dataclass(frozen=True)
class Shows:
    """What one pair shows of an outcome of which the answer tells, without the change and with it.

    `usual`: its means over all pairs, of a year its medians; `pair`: its values there (a year that never comes is
    infinite); `holds`: does the pair have what the answer says of it.
    """

    text: str
    unit: str
    usual: tuple[float, float]
    pair: tuple[float, float]
    holds: bool


@dataclass(frozen=True)
class Example:
    """The pair that is told as an example: its number, what it `shows`, and in how many pairs it is so.

    `share`: of all pairs those in which everything holds that holds in this one.
    """

    pair: int = 0
    shows: tuple[Shows, ...] = ()
    share: float = 1.0


NO_EXAMPLE = Example()
"""Before any outcome is looked at."""


def headlines(base: Scenario, findings: Findings) -> list[Headline]:
    """The outcomes of which the answer tells, in its order: the end, then what passes, then what stays."""
    found = sorted(told(findings.changed), key=lambda group: not group[0].lasts)
    moved = [outcome_name(each) for group in found for each in named(base, group)]
    names = dict.fromkeys(moved, True) | {name: False for name in map(outcome_name, findings.same) if name not in moved}
    return [Headline(name.removesuffix(f"@{base.meetings[-1].id}"), differs) for name, differs in names.items()]


def example_of(factual: Ensemble, changed: Ensemble, told_of: Sequence[Headline], begun: np.ndarray) -> Example:
    """A pair in which most of what the answer tells holds, on both sides; what it shows, and in how many pairs it does.

    Of such pairs those that begin to differ as most do (`begun`, (W,)); of these those in which most of the usual
    outcomes are as in most worlds; of these that with most in common with the rest: whether each bloc rules,
    opposes, keeps quiet or is gone, at each meeting, where each leader stands at the end, and whether he gave in.
    """
    rows = [_Told.of(each, factual, changed) for each in told_of]
    holds = np.array([row.holds() for row in rows], bool).reshape(len(rows), len(factual))
    agrees, shared = np.zeros(len(factual)), np.zeros(len(factual))
    for ensemble in (factual, changed):
        for outcome in usual_outcomes(ensemble.scenario):
            if outcome.name not in _OF_THE_RECORD:
                agrees += _as_most(outcome.measure(ensemble), outcome.unit)
        for held in (*states(ensemble).values(), *_ends(ensemble)):
            flat = held.reshape(len(held), -1)
            shared += flat @ flat.mean(axis=0)
    pair = int(np.lexsort((-shared, -agrees, ~begun, -holds.sum(axis=0)))[0])
    together = holds[holds[:, pair]].all(axis=0)
    return Example(pair, tuple(row.shows(pair) for row in rows), float(together.mean()))


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

    def shows(self, pair: int) -> Shows:
        """What one pair shows of it."""
        sides = [np.where(never, np.inf, values) for values, never in zip(self.values, self.never, strict=True)]
        middle = _median if self.outcome.unit == "year" else np.mean
        usual, values = ((float(of(sides[0])), float(of(sides[1]))) for of in (middle, itemgetter(pair)))
        return Shows(self.outcome.text, self.outcome.unit, usual, values, bool(self.holds()[pair]))


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


def _ends(ensemble: Ensemble) -> Iterator[np.ndarray]:
    """(W, leaders) True where a leader stands on a step of the ladder at the end; where he has surrendered, or not."""
    standing = ensemble["standing"][:, -1]
    yield from (standing == step for step in range(len(LADDER)))
    surrendered = says.capitulated(ensemble)[:, -1]
    yield from (surrendered, ~surrendered)
