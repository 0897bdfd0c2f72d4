"""Which worlds a counterfactual starts from: any, those that agree with the record so far, or with the whole of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from factions import shocks
from factions.counterfactual.paths import Paths, free_paths
from factions.errors import UsageError
from factions.inference.filter import Filtered, run_filter
from factions.inference.observed import observe
from factions.inference.weights import normalised, systematic
from factions.scenario.problems import suggestion
from factions.wording import counted

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario

ISLANDS = 16
"""Parameter draws that get a particle filter each, where there is a posterior."""

FEWEST = 500
"""Particles of a filter at least."""

MEETINGS_A_FILTER = 4
"""Without a posterior, one more filter for every so many meetings: a longer record is survived by fewer worlds."""

ENOUGH = 20
"""Distinct ancestors from which the spread between them says something."""

_GATHERING = 1002
"""purpose of the shock that picks the worlds that are kept: no rule has it"""


class Condition(StrEnum):
    """How worlds are tied to the record before the change is made."""

    none = "none"
    branch = "branch"
    record = "record"


def read_condition(text: str) -> Condition:
    """The condition of that name; a UsageError if there is none."""
    if text not in list(Condition):
        raise UsageError(f'unknown condition "{text}"', suggestion(text, list(Condition)))
    return Condition(text)


def condition_paths(
    scenario: Scenario, draws: Draws, worlds: int, seed: int, condition: Condition, branch: int | None, threads: int = 2
) -> Paths:
    """`worlds` worlds of the baseline under a condition; `branch`: the first meeting that a change can affect.

    `none`: worlds 0, 1, 2, ...; `branch`: worlds that agree with the record up to the meeting before the change, and
    whose luck is their own from there on; `record`: worlds that agree with the whole record.  Where the record says
    nothing before the change, `branch` is `none`.
    """
    meetings = len(scenario.meetings)
    until = meetings if condition is Condition.record or branch is None else branch
    if condition is Condition.none or until == 0:
        return free_paths(draws.of(np.arange(worlds)), meetings)
    last = scenario.meetings[until - 1].date
    try:
        observed = observe(scenario, until=last)
    except UsageError:  # nothing is on record by then
        return free_paths(draws.of(np.arange(worlds)), meetings)
    values, particles, weighted = _islands(draws, worlds, until)

    def run(island: int) -> Filtered:
        luck = np.array([island * particles])
        return run_filter(observed, values[island : island + 1], particles, seed, luck, lineage=True)

    with ThreadPoolExecutor(threads) as pool:
        filtered = list(pool.map(run, range(len(values))))
    log_weight = np.array([each.log_likelihood[0] if weighted else 0.0 for each in filtered])
    return _gather(scenario, filtered, values, normalised(log_weight), worlds, seed, observed.meetings, until)


def _islands(draws: Draws, worlds: int, until: int) -> tuple[np.ndarray, int, bool]:
    """Parameters of every filter, its particles, and whether filters count by the likelihood that they find.

    Draws of a posterior have been weighted by the record already, so that every filter counts the same; filters with
    the same parameters are parts of one, and count by their likelihood.
    """
    if len(draws.values) > 1:
        count = min(ISLANDS, len(draws.values))
        chosen = (np.arange(count) * len(draws.values)) // count
        return draws.values[chosen], max(worlds // 4, min(FEWEST, worlds)), False
    return np.repeat(draws.values, 1 + until // MEETINGS_A_FILTER), max(worlds, FEWEST), True


def _gather(
    scenario: Scenario,
    filtered: list[Filtered],
    values: np.ndarray,
    share: np.ndarray,
    worlds: int,
    seed: int,
    resolved: int,
    until: int,
) -> Paths:
    """Keep `worlds` particles by the weights of filters and particles; from here on each has its own luck."""
    island = systematic(share, shocks.uniform(seed, 0, 0, _GATHERING, 0, 0), worlds)
    luck = np.repeat(np.arange(worlds)[:, np.newaxis], len(scenario.meetings), axis=1)
    for g in np.unique(island):
        lineage = filtered[g].lineage
        assert lineage is not None
        kept = np.flatnonzero(island == g)
        shock = shocks.uniform(seed, int(g) + 1, 0, _GATHERING, 0, 0)
        chosen = systematic(normalised(filtered[g].log_weights[0]), shock, len(kept))
        luck[kept, :resolved] = lineage[0, chosen]
    _, ancestor = np.unique(luck[:, 0], return_inverse=True)
    ess = 1.0 / (share[:, np.newaxis] ** 2 / np.stack([each.ess[0] for each in filtered])).sum(axis=0)
    return Paths(values[island], luck, ancestor, float(ess.min()), scenario.meetings[until - 1].id)


def warning(paths: Paths, condition: Condition) -> str:
    """What to say if too few independent worlds are left to trust the errors; "" if there are enough."""
    if condition is Condition.none or not paths.until or paths.ancestors >= ENOUGH:
        return ""
    remedy = "use more --worlds" if condition is Condition.branch else "use more --worlds, or --condition branch"
    return (
        f"only {counted(paths.ancestors, 'independent ancestor')} can be found for worlds that agree with the record "
        f"up to {paths.until}, so that the errors are uncertain themselves; {remedy}"
    )
