"""The record as observations: when each claim is resolved, what it said, and how probable it is that it errs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factions.errors import UsageError
from factions.statements.claims import Index, Memory, holds, window

if TYPE_CHECKING:
    from datetime import date

    from factions.scenario import Scenario

ERROR = {"high": 0.05, "medium": 0.15, "low": 0.30}
"""Probability that a claim of this confidence is itself wrong."""

UNSTATED = "medium"
"""Confidence of a claim that states none."""


@dataclass(frozen=True)
class Observed:
    """C claims of a record, in its order, as observations of a world.

    `claims`: positions in the record; `first`, `last`: positions of the meetings of their windows, a claim is resolved
    at `last`; `error` in (0, 1/2): probability that the claim is wrong; `sometime`: it holds if its predicate held once
    in the window (a claim about one meeting or `throughout` fails if the predicate failed once, `never` if it held
    once); `told`: does the record say that it holds (False only in simulated records).
    """

    scenario: Scenario
    claims: np.ndarray
    first: np.ndarray
    last: np.ndarray
    error: np.ndarray
    sometime: np.ndarray
    told: np.ndarray

    def __len__(self) -> int:
        return len(self.claims)

    @property
    def meetings(self) -> int:
        """Number of meetings after which every claim is resolved."""
        return int(self.last.max()) + 1

    @property
    def must(self) -> np.ndarray:
        """(C,) True where the turning event of `turns` must happen within the window for the world to agree."""
        return self.sometime == self.told

    def telling(self, told: np.ndarray) -> Observed:
        """The same claims in a record that says `told` (C,) of them."""
        return replace(self, told=np.asarray(told, bool))

    def select(self, chosen: np.ndarray) -> Observed:
        """The claims chosen by a mask or by positions (C,)."""
        parts = {name: getattr(self, name)[chosen] for name in ("claims", "first", "last", "error", "sometime", "told")}
        return replace(self, **parts)


def observe(scenario: Scenario, until: date | None = None, after: date | None = None) -> Observed:
    """The scenario's claims that are resolved on a day after `after` and not after `until`; UsageError if none are."""
    record, index = scenario.record, Index(scenario)
    if not record:
        problem = f"{scenario.path} has no record to fit"
        raise UsageError(problem, "add [[record]] tables, or extend a file that has them")
    windows = np.array([window(claim, index) for claim in record], np.int64)
    day = [scenario.meetings[last].date for last in windows[:, 1]]
    chosen = [c for c, at in enumerate(day) if (until is None or at <= until) and (after is None or at > after)]
    if not chosen:
        side = f"by {until}" if until is not None else f"after {after}"
        raise UsageError(
            f"no claim of {scenario.path} is resolved {side}", f"claims are resolved from {min(day)} to {max(day)}"
        )
    return Observed(
        scenario,
        np.array(chosen),
        windows[chosen, 0],
        windows[chosen, 1],
        np.array([ERROR[record[c].confidence or UNSTATED] for c in chosen]),
        np.array([record[c].when == "sometime" for c in chosen]),
        np.ones(len(chosen), bool),
    )


def record_score(probability: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Log probability, claim by claim, that the record says what it says: ln((1 - 2e) p + e), at most ln(1 - e).

    p: probability that the claim holds; e: that the record errs about it.  A proper score (the logarithmic score of
    Good 1952 for the observation), and finite for p = 0, so that models that rule out what happened can be compared.
    """
    return np.log((1.0 - 2.0 * error) * probability + error)


def turns(observed: Observed, arrays: dict[str, np.ndarray], m: int, memory: Memory) -> tuple[np.ndarray, np.ndarray]:
    """Which claims watch meeting m (positions), and in which worlds the event happens there that may decide them.

    The event is that the predicate holds (`sometime`, `never`) or fails (else).  `arrays`: the state recorded at the
    meeting, with a meeting axis of length 1; `memory` of what was seen before.  The second result has the axes (world,
    watching claim).
    """
    watching = np.flatnonzero((observed.first <= m) & (m <= observed.last))
    events = np.zeros((len(arrays["ruling"]), len(watching)), bool)
    for column, c in enumerate(watching):
        claim = observed.scenario.record[observed.claims[c]]
        held = holds(claim, arrays, memory.index, memory.of(int(observed.claims[c])))[:, 0]
        events[:, column] = held if claim.when in ("sometime", "never") else ~held
    return watching, events
