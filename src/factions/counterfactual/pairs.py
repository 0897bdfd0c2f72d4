"""Pairs of worlds, as paths: the worlds of a baseline under a condition, and the same worlds with the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.counterfactual.branching import branching_point
from factions.counterfactual.conditioning import Condition, condition_paths
from factions.counterfactual.namesakes import as_called
from factions.counterfactual.paths import Paths, carry_over
from factions.counterfactual.touched import named_by
from factions.errors import UsageError

if TYPE_CHECKING:
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
        raise UsageError(f'there is no pair "{text}"', f"give a number from 0 to {pairs - 1}, or the word example")
    return int(text)
