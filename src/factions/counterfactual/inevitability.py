"""When an outcome became inevitable: its probability given the record up to each meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.conditioning import Condition, condition_paths
from factions.counterfactual.paths import Paths
from factions.statements.shares import independent, known, share_error

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario
    from factions.statements.outcomes import Outcome

CHANCE = 0.05
"""An alternative with this probability is still open."""


@dataclass(frozen=True)
class Point:
    """Probability of the outcome in worlds that agree with the record up to `meeting` ("" before the first)."""

    meeting: str
    date: str
    probability: float
    error: float | None
    ess: float
    ancestors: int


class Factual:
    """Worlds of the baseline that agree with the record up to some meeting, and their outcome; each is run once."""

    def __init__(
        self, base: Scenario, draws: Draws, worlds: int, seed: int, outcome: Outcome, threads: int = 2
    ) -> None:
        self.base, self.draws, self.worlds = base, draws, worlds
        self.seed, self.outcome, self.threads = seed, outcome, threads
        self._known: dict[tuple[Condition, int | None], tuple[Paths, np.ndarray]] = {}

    def at(self, branch: int | None, condition: Condition = Condition.branch) -> tuple[Paths, np.ndarray]:
        """Paths conditioned on what comes before meeting `branch`, and whether the outcome holds (W,)."""
        key = condition, branch if condition is Condition.branch else None
        if key not in self._known:
            paths = condition_paths(self.base, self.draws, self.worlds, self.seed, condition, key[1], self.threads)
            self._known[key] = paths, self.holds(self.base, paths)
        return self._known[key]

    def holds(self, scenario: Scenario, paths: Paths, outcome: Outcome | None = None) -> np.ndarray:
        """Does the outcome hold in the worlds of a scenario along these paths; (W,) True or False."""
        finished = paths.run(scenario, self.seed, self.threads)
        return (outcome or self.outcome).measure(finished) > 0.5


def inevitability(factual: Factual) -> list[Point]:
    """The outcome's probability before the first meeting, and given the record up to each meeting in turn."""
    meetings = factual.base.meetings
    points = []
    for m in range(len(meetings) + 1):
        paths, holds = factual.at(m)
        last = meetings[m - 1] if m > 0 else None
        share = float(holds.mean())
        points.append(
            Point(
                last.id if last else "",
                (last.date if last else factual.base.start).isoformat(),
                share,
                known(share_error(share, independent(holds, paths.ancestor))),
                paths.ess,
                paths.ancestors,
            )
        )
    return points


def last_open(points: Sequence[Point], chance: float = CHANCE) -> Point | None:
    """The last point at which the alternative still had the given chance; None if it never had."""
    came = points[-1].probability >= 0.5
    still = [point for point in points if (1.0 - point.probability if came else point.probability) >= chance]
    return still[-1] if still else None
