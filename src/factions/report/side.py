"""What a report of one counterfactual is made of: the comparison, the counts of both sides, and the pairs to play."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.report.play.data import Plan, plan_pairs
from factions.results.tally import Tallied

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.plots.pairs import Pair


@dataclass(frozen=True)
class Side:
    """One counterfactual without its worlds: the counts of both sides, and which pairs a page plays."""

    comparison: Comparison
    before: Tallied
    after: Tallied
    plan: Plan

    @classmethod
    def of(cls, comparison: Comparison) -> Side:
        """The counts of a comparison that has its worlds."""
        before, after = Tallied.of(comparison.factual), Tallied.of(comparison.counterfactual)
        return cls(comparison.without_worlds(), before, after, plan_pairs(comparison))

    @property
    def pair(self) -> Pair:
        """As figures take it."""
        from factions.plots.pairs import Pair

        return Pair(self.comparison, self.before, self.after)
