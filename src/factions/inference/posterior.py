"""The posterior of a scenario's parameters given its record: the sampler on top of the particle filter."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from factions.case import build_case
from factions.inference.likelihood import run_filter
from factions.inference.observed import Observed
from factions.inference.prior import to_values

_BLOCK = 1024  # worlds in a block of filters
_STRIDE = 4096  # numbers of worlds set aside for one evaluation


class RecordLikelihood:
    """Estimates of the record's log-likelihood at points of the normal scale, shared out over threads."""

    def __init__(self, observed: Observed, seed: int, threads: int = 1) -> None:
        self.observed, self.seed, self.threads = observed, seed, threads
        self._case = build_case(observed.scenario)

    def __call__(self, points: np.ndarray, worlds: int, evaluations: np.ndarray) -> np.ndarray:
        """(N,) estimates by a filter of `worlds` worlds each; evaluation e has the noise of worlds 4096 e and up."""
        values, luck = to_values(points), np.asarray(evaluations, np.int64) * _STRIDE
        width = max(1, _BLOCK // worlds)
        parts = [slice(first, first + width) for first in range(0, len(points), width)]

        def estimate(part: slice) -> np.ndarray:
            filtered = run_filter(self.observed, values[part], worlds, self.seed, luck[part], case=self._case)
            return filtered.log_likelihood

        with ThreadPoolExecutor(self.threads) as pool:
            return np.concatenate(list(pool.map(estimate, parts)))
