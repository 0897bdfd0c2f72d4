"""Pairs of worlds, as paths: the worlds of a baseline under a condition, and the same worlds with the change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

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
        raise UsageError(f'there is no pair "{text}"', f"give a number from 0 to {pairs - 1}, or the word typical")
    return int(text)


@dataclass(frozen=True)
class Shows:
    """An outcome of which the answer tells, in one pair, each without the change and with it.

    `pair`: its values there; `most`: between what it lies in most worlds; `as_most`: is it so there, on both sides.
    """

    text: str
    unit: str
    most: tuple[tuple[float, float], tuple[float, float]]
    pair: tuple[float, float]
    as_most: bool


def headlines(base: Scenario, findings: Findings) -> list[str]:
    """Names of the outcomes of which the answer tells, in its order: the end, then what passes, then what stays."""
    found = sorted(told(findings.changed), key=lambda group: not group[0].lasts)
    groups = [named(base, group) for group in found]
    names = [outcome_name(each) for each in chain.from_iterable([*groups, findings.same])]
    return list(dict.fromkeys(name.removesuffix(f"@{base.meetings[-1].id}") for name in names))


def typical_of(
    factual: Ensemble, changed: Ensemble, names: Sequence[str], begun: np.ndarray
) -> tuple[int, tuple[Shows, ...]]:
    """A pair that begins to differ as most do, and in which most of these outcomes are as in most worlds, on both
    sides; and what it shows of them.

    `begun`: (W,) True for the pairs that begin so.  Of such pairs first those in which most of the usual outcomes
    are as in most worlds, then that with most in common with the rest: whether each bloc rules,
    opposes, keeps quiet or is gone, at each meeting, where each leader stands at the end, and whether he gave in.
    """
    asked = [[find_outcome(side.scenario, name) for side in (factual, changed)] for name in names]
    values = [(one.measure(factual), two.measure(changed)) for one, two in asked]
    alike = [
        _as_most(before, one.unit) & _as_most(after, one.unit)
        for (one, _), (before, after) in zip(asked, values, strict=True)
    ]
    agrees, shared = np.zeros(len(factual)), np.zeros(len(factual))
    for ensemble in (factual, changed):
        for outcome in usual_outcomes(ensemble.scenario):
            if outcome.name not in _OF_THE_RECORD:
                agrees += _as_most(outcome.measure(ensemble), outcome.unit)
        for held in (*states(ensemble).values(), *_ends(ensemble)):
            flat = held.reshape(len(held), -1)
            shared += flat @ flat.mean(axis=0)
    pair = int(np.lexsort((-shared, -agrees, -sum(alike, np.zeros(len(factual))), ~begun))[0])
    shows = (
        Shows(
            one.text,
            one.unit,
            (_most(before, one.unit), _most(after, one.unit)),
            (float(before[pair]), float(after[pair])),
            bool(so[pair]),
        )
        for (one, _), (before, after), so in zip(asked, values, alike, strict=True)
    )
    return pair, tuple(shows)


def _most(values: np.ndarray, unit: str) -> tuple[float, float]:
    """Between what an outcome lies in most worlds: true or false, or the middle half of all."""
    if unit == "probability":
        return (float(values.mean() >= 0.5),) * 2
    low, high = np.quantile(values, (0.25, 0.75))
    return float(low), float(high)


_OF_THE_RECORD = ("distance", "record")
"""Usual outcomes that say how near a world is to the record, which is not what it is typical of."""


def _as_most(values: np.ndarray, unit: str) -> np.ndarray:
    """Is an outcome (W,) in each world as in most: true or false as there; a number in the middle half of all."""
    low, high = _most(values, unit)
    held = (values >= 0.5).astype(float) if unit == "probability" else values
    return (held >= low) & (held <= high)


def _ends(ensemble: Ensemble) -> Iterator[np.ndarray]:
    """(W, leaders) True where a leader stands on a step of the ladder at the end; where he has surrendered, or not."""
    standing = ensemble["standing"][:, -1]
    yield from (standing == step for step in range(len(LADDER)))
    surrendered = says.capitulated(ensemble)[:, -1]
    yield from (surrendered, ~surrendered)
