"""How far a file rewrites history: how improbable, under the model, the decisions are that it imposes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factions.engine.advance import meet_all
from factions.scenario.changes import (
    DECISIONS,
    AllianceChange,
    SanctionChange,
    StanceChange,
    SurrenderChange,
    meetings_of,
)
from factions.vocabulary import DEPORTED, RUNGS
from factions.world.build import build_case
from factions.world.case import Case
from factions.world.state import State

if TYPE_CHECKING:
    from factions.counterfactual.paths import Paths
    from factions.scenario import Scenario


@dataclass(frozen=True)
class Cost:
    """The rewriting cost of a file.

    `nats`: minus the sum of the logarithms of the probabilities that the model, at each meeting concerned and given the
    changed past, would have decided so by itself; None if the file imposes no decision.  `at_least`: at some meeting no
    world did, so that `nats` is a lower bound.  `decisions`: how many were imposed; `outside`: changes that come from
    outside the model (events, offices, institutions), which have no probability in it.
    """

    nats: float | None
    at_least: bool
    decisions: int
    outside: int


class Witness:
    """Lets every imposed decision be taken freely as well, on a copy of the worlds, and counts who decides the same."""

    def __init__(self, base: Scenario, scenario: Scenario, paths: Paths, seed: int) -> None:
        self.scenario, self.paths, self.seed = scenario, paths, seed
        self.free = _without_rules(build_case(scenario))
        self.imposed: dict[int, list] = {}
        for change in scenario.changes[len(base.changes) :]:
            if isinstance(change, DECISIONS):
                for m in meetings_of(change, scenario):
                    self.imposed.setdefault(m, []).append(change)
        self.outside = sum(not isinstance(change, DECISIONS) for change in scenario.changes)
        self.agreed = {m: np.zeros((len(changes), len(paths)), bool) for m, changes in self.imposed.items()}
        self.names = {
            axis: {entry.id: i for i, entry in enumerate(getattr(scenario, axis))} for axis in ("blocs", "leaders")
        }

    def __call__(self, state: State, m: int, part: slice) -> None:
        """Watch the worlds `part` before meeting m."""
        if m not in self.imposed:
            return
        copy = state.select(slice(None))
        values = np.ascontiguousarray(self.paths.values[part])
        luck = np.ascontiguousarray(self.paths.luck[part, m])
        meet_all(self.free, values, copy, m, self.seed, luck)
        for row, change in enumerate(self.imposed[m]):
            self.agreed[m][row, part] = self._agrees(change, state, copy)

    def cost(self) -> Cost:
        """The cost over all meetings watched."""
        nats, at_least, count = 0.0, False, 0
        for rows in self.agreed.values():
            for agreed in rows:
                held = int(agreed.sum())
                nats -= math.log((held + 0.5) / (len(agreed) + 1)) if held < len(agreed) else 0.0
                at_least |= held == 0
                count += 1
        return Cost(nats if count else None, at_least, count, self.outside)

    def _agrees(self, change, before: State, after: State) -> np.ndarray:
        """True for worlds that decided freely as the change has it, or in which there was nothing to decide."""
        if isinstance(change, AllianceChange):
            return self._allied(change, after)
        if isinstance(change, SurrenderChange):
            return self._surrendered(change, after)
        b = self.names["blocs"][change.bloc]
        rules = (after.ruling[:, 0] >> b & 1) == 1
        if isinstance(change, StanceChange):
            moot = rules | (after.alliance[:, b] == 0)
            return moot | (after.open[:, b] == int(change.to == "open"))
        assert isinstance(change, SanctionChange)
        if change.rung == "none":
            hit = ((after.struck == 1) & (before.membership == b)).any(axis=1)
            return ~hit & (after.rung[:, b] == before.rung[:, b])
        return rules | (after.rung[:, b] >= RUNGS.index(change.rung))

    def _allied(self, change: AllianceChange, after: State) -> np.ndarray:
        blocs = [self.names["blocs"][name] for name in change.blocs]
        agrees = np.ones(len(after.alliance), bool)
        for i, b in enumerate(blocs):
            for c in blocs[i + 1 :]:
                active = (after.alliance[:, b] != 0) & (after.alliance[:, c] != 0)
                allied = (after.alliance[:, b] >> c & 1) == 1
                agrees &= ~active | (allied if change.stand == "together" else ~allied)
        return agrees

    def _surrendered(self, change: SurrenderChange, after: State) -> np.ndarray:
        names = change.leaders or [leader.id for leader in self.scenario.leaders if leader.bloc == change.bloc]
        agrees = np.ones(len(after.activity), bool)
        for name in names:
            i = self.names["leaders"][name]
            gave_in = after.surrendered[:, i] >= 1
            able = (after.activity[:, i] == 1) & (after.punished[:, i] > 0) & (after.standing[:, i] < DEPORTED)
            agrees &= gave_in | ~able if change.to == "capitulate" else ~gave_in
        return agrees


def _without_rules(case: Case) -> Case:
    """The case with nothing imposed: everything else stays changed."""
    alone = np.tile(np.array([1 << b for b in range(len(case.bloc_key))], np.int64), (len(case.meeting_key), 1))
    names = ("apart", "stance_rule", "sanction_rule", "surrender_rule")
    return replace(case, together=alone, **{name: np.zeros_like(getattr(case, name)) for name in names})
