"""How far a file rewrites history: how improbable, under the model, the decisions are that it imposes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from factions.dynamics import one_meeting
from factions.engine.advance import meet_all
from factions.results.arrays import record
from factions.scenario.content.changes import (
    DECISIONS,
    AllianceChange,
    Decision,
    SanctionChange,
    StanceChange,
    SurrenderChange,
    meetings_of,
)
from factions.scenario.content.conditions import is_conditional
from factions.scenario.plan.happenings import Occasion
from factions.statements import predicates as says
from factions.statements.shares import smoothed
from factions.vocabulary import DEPORTED, RUNGS
from factions.world.build import build_case, due, kept_apart
from factions.world.case import Case
from factions.world.events import DUE_KINDS, OCCASION
from factions.world.impositions import IMPOSED
from factions.world.state import State

if TYPE_CHECKING:
    from factions.counterfactual.paths import Paths
    from factions.scenario import Scenario
    from factions.statements.predicates import Worlds


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
    """Has each imposed decision taken freely on a copy of the worlds, and counts the worlds that decide the same.

    And it sees in which worlds a change is made that requires something.
    """

    def __init__(self, base: Scenario, scenario: Scenario, paths: Paths, seed: int) -> None:
        self.scenario, self.paths, self.seed = scenario, paths, seed
        self.case = build_case(scenario)
        self.free = _without_rules(self.case, kept_apart(scenario))
        self.marks = _marks_of(scenario, self.case)
        self.came = {k: np.zeros(len(paths), bool) for k in self.marks}
        rows = [(row.entry, row.meeting) for row in due(scenario)]
        self.row = {(id(entry), m): e for e, (entry, m) in reversed([*enumerate(rows)])}
        self.imposed: dict[int, list[Decision]] = {}
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
        if self.marks and m == len(self.scenario.meetings) - 1:
            self._see_what_came(state, m, part)
        if m not in self.imposed:
            return
        free = state.select(slice(None))
        values = np.ascontiguousarray(self.paths.values[part])
        luck = np.ascontiguousarray(self.paths.luck[part, m])
        meet_all(self.free, values, free, m, self.seed, luck)
        for row, change in enumerate(self.imposed[m]):
            agreed = self._agrees(change, state, free)
            if change.requires:  # where that does not hold, nothing is imposed
                agreed |= free.happened[:, self.free.event_mark[self.row[id(change), m]]] == 0
            self.agreed[m][row, part] = agreed

    def _see_what_came(self, state: State, m: int, part: slice) -> None:
        """Hold the last meeting on a copy: whatever has come by then is marked."""
        end = state.select(slice(None))
        luck = np.ascontiguousarray(self.paths.luck[part, m])
        meet_all(self.case, np.ascontiguousarray(self.paths.values[part]), end, m, self.seed, luck)
        for k, marks in self.marks.items():
            self.came[k][part] = (end.happened[:, marks] == 1).any(axis=1)

    def made(self) -> tuple[float | None, ...]:
        """For each change of the scenario, in its order: the share of worlds in which it is made at some time.

        None if it requires nothing.
        """
        return tuple(float(self.came[k].mean()) if k in self.came else None for k in range(len(self.scenario.changes)))

    def cost(self) -> Cost:
        """The cost over all meetings watched."""
        nats, at_least, count = 0.0, False, 0
        for rows in self.agreed.values():
            for agreed in rows:
                held = int(agreed.sum())
                nats -= math.log(smoothed(held, len(agreed))) if held < len(agreed) else 0.0
                at_least |= held == 0
                count += 1
        return Cost(nats if count else None, at_least, count, self.outside)

    def _agrees(self, change: Decision, before: State, free: State) -> np.ndarray:
        """True for worlds that decided freely as the change has it, or in which there was nothing to decide."""
        after = self._recorded(free)
        if isinstance(change, AllianceChange):
            return self._allied(change, after)
        if isinstance(change, SurrenderChange):
            return self._surrendered(change, after, free.punished)
        b = self.names["blocs"][change.bloc]
        if isinstance(change, StanceChange):
            speaks = says.in_open_opposition(after)[:, b]
            return ~says.free_to_oppose(after)[:, b] | (speaks == (change.to == "open"))
        assert isinstance(change, SanctionChange)
        if change.rung == "none":
            hit = ((free.struck == 1) & (before.membership == b)).any(axis=1)
            return ~hit & (free.rung[:, b] == before.rung[:, b])
        return says.in_ruling_alliance(after)[:, b] | (free.rung[:, b] >= RUNGS.index(change.rung))

    def _recorded(self, state: State) -> Worlds:
        """The state as finished worlds have it, at one meeting."""
        arrays = one_meeting(self.scenario, len(state.activity))
        record(state, arrays, 0)
        return says.part(arrays, 0)

    def _allied(self, change: AllianceChange, after: Worlds) -> np.ndarray:
        agrees, gone = np.ones(len(after["ruling"]), bool), says.gone(after)
        for pair in combinations([self.names["blocs"][name] for name in change.blocs], 2):
            allied = says.allied(after, pair)
            agrees &= gone[:, pair].any(axis=1) | (allied if change.stand == "together" else ~allied)
        return agrees

    def _surrendered(self, change: SurrenderChange, after: Worlds, punished: np.ndarray) -> np.ndarray:
        names = change.leaders or [leader.id for leader in self.scenario.leaders if leader.bloc == change.bloc]
        who = [self.names["leaders"][name] for name in names]
        gave_in = says.capitulated(after)
        able = says.active(after) & (punished > 0) & ~says.at_most(after, DEPORTED)
        agrees = gave_in | ~able if change.to == "capitulate" else ~gave_in
        return np.asarray(agrees[:, who].all(axis=1))


def _marks_of(scenario: Scenario, case: Case) -> dict[int, list[int]]:
    """Number of a change that requires something -> where it is marked that it has been made."""
    numbers = {id(change): k for k, change in enumerate(scenario.changes) if is_conditional(change)}
    found: dict[int, list[int]] = {}
    for e, row in enumerate(due(scenario)):
        said_by = row.entry.said_by if isinstance(row.entry, Occasion) else row.entry
        if id(said_by) in numbers:
            found.setdefault(numbers[id(said_by)], []).append(int(case.event_mark[e]))
    return found


def _without_rules(case: Case, kept: np.ndarray) -> Case:
    """The case with nothing imposed: everything else stays changed; `kept`: who never allies, changes or not."""
    alone = np.tile(np.array([1 << b for b in range(len(case.bloc_key))], np.int64), (len(case.meeting_key), 1))
    apart = np.tile(kept, (len(case.meeting_key), 1))
    names = ("stance_rule", "sanction_rule", "surrender_rule")
    kinds = [DUE_KINDS.index(name) for name in IMPOSED if name != "hold"]
    free = np.where(np.isin(case.event_kind, kinds), DUE_KINDS.index(OCCASION), case.event_kind)  # without effect
    return replace(
        case,
        event_kind=free,
        together=alone,
        apart=apart,
        **{name: np.zeros_like(getattr(case, name)) for name in names},
    )
