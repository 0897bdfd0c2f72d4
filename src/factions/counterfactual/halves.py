"""How far an answer depends on the free parameters: the main difference in halves of the worlds by each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.weight import main_finding
from factions.counterfactual.where_held import paired_values

if TYPE_CHECKING:
    from factions.counterfactual.findings import Findings
    from factions.results.ensemble import Ensemble


@dataclass(frozen=True)
class Halves:
    """The main difference, between shares of worlds, in halves of the pairs by each of `parameters` free parameters.

    `least`, `most`: the one that is smallest in the direction of the whole, and the one that is largest; `parameter`:
    by which the halves are made of which one has the least, `high`: the half with greater values of it.
    """

    parameters: int
    least: float
    most: float
    parameter: str
    high: bool


def halves(findings: Findings, factual: Ensemble, counterfactual: Ensemble, values: np.ndarray) -> Halves | None:
    """The main difference in both halves of the pairs by each parameter that differs between worlds.

    `values`: a record of parameters for each pair (W,); None without a main difference, or if all worlds have the same
    parameters.
    """
    main = main_finding(factual.scenario, counterfactual.scenario, findings)
    free = [name for name in values.dtype.names or () if len(np.unique(values[name])) > 1]
    if main is None or not free:
        return None
    before, after = paired_values(main, factual, counterfactual)
    difference, sign = after - before, 1.0 if main.difference >= 0.0 else -1.0
    found = []
    for name in free:
        high = values[name] > np.median(values[name])
        found += [(float(difference[half].mean()), name, bool(half is high)) for half in (high, ~high) if half.any()]
    found.sort(key=lambda each: sign * each[0])
    (least, parameter, above), (most, *_) = found[0], found[-1]
    return Halves(len(free), least, most, parameter, above)
