"""Pairs of worlds, as paths: the worlds of a baseline under a condition, and the same worlds with the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.counterfactual.branching import branching_point
from factions.counterfactual.conditioning import Condition, condition_paths
from factions.counterfactual.paths import Paths, carry_over
from factions.counterfactual.touched import named_by

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
        return cls(base, other, condition, seed, here, carry_over(here, base, other))

    def run(self, threads: int = 2) -> tuple[Ensemble, Ensemble]:
        """Both sides, run to the end: without the change, and with it."""
        return self.here.run(self.base, self.seed, threads), self.there.run(self.other, self.seed, threads)
