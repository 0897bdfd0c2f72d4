"""Which worlds a counterfactual starts from: any, those that agree with the record so far, or with the whole of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from factions import shocks
from factions.counterfactual.paths import Paths, free_paths
from factions.errors import UsageError
from factions.inference.likelihood import Filtered, run_filter
from factions.inference.observed import observe
from factions.inference.weights import normalised, systematic

if TYPE_CHECKING:
    from factions.runs.draws import Draws
    from factions.scenario import Scenario

ISLANDS = 16
"""Parameter draws that get a particle filter each, where there is a posterior."""

FEWEST = 500
"""Particles of a filter at least."""

ENOUGH = 20
"""Distinct ancestors from which the spread between them says something."""

_GATHERING = 1002
"""purpose of the shock that picks the worlds that are kept: no rule has it"""


class Condition(StrEnum):
    """How worlds are tied to the record before the change is made."""

    none = "none"
    branch = "branch"
    record = "record"


def condition_paths(
    scenario: Scenario, draws: Draws, worlds: int, seed: int, condition: Condition, branch: int | None
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
    values, particles = _islands(draws, worlds, seed)
    first = np.arange(len(values)) * particles
    filtered = run_filter(observed, values, particles, seed, first, lineage=True)
    return _gather(scenario, filtered, values, worlds, seed, observed.meetings, until)


def _islands(draws: Draws, worlds: int, seed: int) -> tuple[np.ndarray, int]:
    """Parameters of every filter, and its particles: one large filter, or one for each of some posterior draws."""
    count = min(ISLANDS, len(draws.values))
    chosen = (np.arange(count) * len(draws.values)) // count
    return draws.values[chosen], max(-(-worlds // count), min(FEWEST, worlds))


def _gather(
    scenario: Scenario,
    filtered: Filtered,
    values: np.ndarray,
    worlds: int,
    seed: int,
    resolved: int,
    until: int,
) -> Paths:
    """Keep `worlds` particles, the same number of every filter, by their weights; then each has its own luck.

    The draws of a posterior have been weighted by the record already, so that every filter counts the same.
    """
    lineage = filtered.lineage
    assert lineage is not None
    share = np.full(len(values), worlds // len(values))
    share[: worlds % len(values)] += 1
    luck = np.repeat(np.arange(worlds)[:, np.newaxis], len(scenario.meetings), axis=1)
    island = np.repeat(np.arange(len(values)), share)
    start = 0
    for g, count in enumerate(share):
        weights = normalised(filtered.log_weights[g])
        shock = shocks.uniform(seed, g, 0, _GATHERING, 0, 0)
        chosen = _pick(weights, int(count), shock)
        luck[start : start + count, :resolved] = lineage[g, chosen]
        start += count
    _, ancestor = np.unique(luck[:, 0], return_inverse=True)
    return Paths(
        values[island], luck, ancestor, float(filtered.ess.sum(axis=0).min()), scenario.meetings[until - 1].id
    )


def _pick(weights: np.ndarray, count: int, shock: float) -> np.ndarray:
    """`count` particles by systematic resampling."""
    if count == len(weights):
        return systematic(weights, shock)
    places = (np.arange(count) + shock) / max(count, 1)
    return np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1)


def warning(paths: Paths, condition: Condition) -> str:
    """What to say if too few different worlds are left to trust the errors; "" if there are enough."""
    if condition is Condition.none or not paths.until or paths.ancestors >= ENOUGH:
        return ""
    remedy = (
        "use more --worlds" if condition is Condition.branch else "use more --worlds, or --condition branch"
    )
    return (
        f"only {paths.ancestors} independent ancestors agree with the record up to {paths.until}: "
        f"errors are themselves uncertain; {remedy}"
    )
