"""Which worlds a counterfactual starts from: any, those that agree with the record so far, or with the whole of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from factions import shocks
from factions.counterfactual.past import documented, wanted
from factions.counterfactual.paths import Demand, Paths, free_paths
from factions.counterfactual.touched import NOBODY, Named
from factions.errors import UsageError
from factions.inference.filter import Filtered
from factions.inference.observed import Observed, observe
from factions.inference.strict import Filters, Imposed, StrictFilter
from factions.inference.weights import normalised, systematic
from factions.scenario.text.problems import suggestion
from factions.wording import counted

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario

FILTERS = 16, 64
"""Parameter draws that get a particle filter each, where there is a posterior: at least, and at most."""

PARTICLES = 250
"""Particles of such a filter at least."""

FEWEST = 500
"""Particles of a filter at least, where there is no posterior."""

MEETINGS_A_FILTER = 4
"""Without a posterior, one more filter for every so many meetings: a longer record is survived by fewer worlds."""

SPARE = 4
"""How many particles there are for each world that is kept, where there is a posterior; and how many times as many are
tried once more if a claim cannot be imposed."""

MOST = 50_000
"""Particles at most: they are all in memory at once, some 12 KB each in the historical case."""

ENOUGH = 20
"""Distinct ancestors from which the spread between them says something."""

LEFT = 200.0, 8.0
"""Effective numbers of particles and of parameter draws that must be left when a claim is imposed; of few particles a
tenth, and of few draws a quarter."""

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
    scenario: Scenario,
    draws: Draws,
    worlds: int,
    seed: int,
    condition: Condition,
    branch: int | None,
    threads: int = 2,
    named: Named = NOBODY,
) -> Paths:
    """`worlds` worlds of the baseline under a condition; `branch`: the first meeting that a change can affect.

    `none`: worlds 0, 1, 2, ...; `branch`: worlds that agree with the record up to the meeting before the change, and
    whose luck is their own from there on; `record`: worlds that agree with the whole record.  Where the record says
    nothing before the change, `branch` is `none`.  Claims about those `named` by the change are imposed: see `past`.
    """
    meetings = len(scenario.meetings)
    until = meetings if condition is Condition.record or branch is None else branch
    past = documented(scenario, until)
    if condition is Condition.none or not past.record:
        return free_paths(draws.of(np.arange(worlds)), meetings)
    observed = observe(past)
    demanded = wanted(past, named)
    for times in (1, SPARE):
        values, particles, weighted = _filters(draws, worlds, until, times)
        with ThreadPoolExecutor(threads) as pool:
            filters = Filters(past, values, particles, seed, pool)
            strict = StrictFilter(observed, filters, seed, demanded, _least(filters, weighted), weighted)
            found, imposed = strict.impose()
        if not (imposed.given_up & (imposed.held > 0.0)).any():
            break
    paths = _gather(observed, found, values, imposed.shares(found, weighted), worlds, seed)
    return replace(
        paths,
        ess=float(imposed.after.min()),
        until=scenario.meetings[until - 1].id,
        demands=_demands(observed, imposed),
        ess_before=float(imposed.before.min()),
    )


def _filters(draws: Draws, worlds: int, until: int, times: int) -> tuple[np.ndarray, int, bool]:
    """Parameters of every filter, its particles, and whether filters count by the likelihood that they find.

    Draws of a posterior have been weighted by the record already, so that every filter counts the same but for what is
    imposed; filters with the same parameters are parts of one, and count by their likelihood.  `times` as many
    particles as usual.
    """
    if len(draws.values) == 1:
        particles = min(max(worlds, FEWEST), MOST)
        count = min((1 + until // MEETINGS_A_FILTER) * times, MOST // particles)
        return np.repeat(draws.values, count), particles, True
    least, most = FILTERS
    count = min(max(least, SPARE * worlds // PARTICLES), most, len(draws.values))
    particles = min(max(SPARE * worlds // count, min(PARTICLES, worlds)), MOST // count)
    count = min(count * times, MOST // particles, len(draws.values))
    chosen = (np.arange(count) * len(draws.values)) // count
    return draws.values[chosen], particles, False


def _least(filters: Filters, weighted: bool) -> tuple[float, float]:
    """What a claim that is imposed must leave; filters of the same parameters need not be several."""
    particles, draws = LEFT
    particles = min(particles, filters.groups * filters.particles / 10)
    return particles, 0.0 if weighted else min(draws, filters.groups / 4)


def _gather(
    observed: Observed, found: Filtered, values: np.ndarray, share: np.ndarray, worlds: int, seed: int
) -> Paths:
    """Keep `worlds` particles by the weights of filters and particles; from here on each has its own luck."""
    assert found.lineage is not None
    island = systematic(share, shocks.uniform(seed, 0, 0, _GATHERING, 0, 0), worlds)
    luck = np.repeat(np.arange(worlds)[:, np.newaxis], len(observed.scenario.meetings), axis=1)
    for g in np.unique(island):
        kept = np.flatnonzero(island == g)
        shock = shocks.uniform(seed, int(g) + 1, 0, _GATHERING, 0, 0)
        chosen = systematic(normalised(found.log_weights[g]), shock, len(kept))
        luck[kept, : observed.meetings] = found.lineage[g, chosen]
    _, ancestor = np.unique(luck[:, 0], return_inverse=True)
    return Paths(values[island], luck, ancestor, float(worlds), "")


def _demands(observed: Observed, imposed: Imposed) -> tuple[Demand, ...]:
    record = observed.scenario.record
    return tuple(
        Demand(record[observed.claims[c]].id, float(imposed.held[c]), not imposed.given_up[c])
        for c in np.flatnonzero(imposed.wanted)
    )


def warning(paths: Paths, condition: Condition) -> str:
    """What to say if too few independent worlds are left to trust the errors; "" if there are enough."""
    if condition is Condition.none or not paths.until or paths.ancestors >= ENOUGH:
        return ""
    remedy = "use more --worlds" if condition is Condition.branch else "use more --worlds, or --condition branch"
    return (
        f"only {counted(paths.ancestors, 'independent ancestor')} can be found for worlds that agree with the record "
        f"up to {paths.until}, so that the errors are uncertain themselves; {remedy}"
    )
