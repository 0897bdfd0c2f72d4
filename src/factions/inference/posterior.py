"""What is sampled: estimates of how well parameters agree with the record, at points of the normal scale.

`claims`: the composite likelihood of the claims taken one by one (Lindsay 1988; Varin, Reid & Firth 2011), raised to a
weight.  `record`: the joint likelihood of all claims, by the particle filter.  docs/calibration.md says when which.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from factions.inference.filter import run_filter, unconditional
from factions.inference.observed import Observed, record_score
from factions.inference.prior import to_values
from factions.world.build import build_case

_BLOCK = 1024  # worlds in a block
_STRIDE = 4096  # numbers of worlds set aside for one evaluation


class _Estimates(ABC):
    """Estimates shared out over threads in blocks; evaluation e has the noise of worlds 4096 e and up."""

    def __init__(self, observed: Observed, seed: int, threads: int = 1) -> None:
        self.observed, self.seed, self.threads = observed, seed, threads
        self.case = build_case(observed.scenario)

    def __call__(self, points: np.ndarray, worlds: int, evaluations: np.ndarray) -> np.ndarray:
        """(N,) estimates from `worlds` worlds each."""
        values = to_values(points, self.observed.scenario.parameters)
        luck = np.asarray(evaluations, np.int64) * _STRIDE
        width = max(1, _BLOCK // worlds)
        parts = [slice(first, first + width) for first in range(0, len(points), width)]

        def estimate(part: slice) -> np.ndarray:
            return self.estimate(values[part], worlds, luck[part])

        with ThreadPoolExecutor(self.threads) as pool:
            return np.concatenate(list(pool.map(estimate, parts)))

    @abstractmethod
    def estimate(self, values: np.ndarray, worlds: int, luck: np.ndarray) -> np.ndarray:
        """Estimates of one block."""


class RecordLikelihood(_Estimates):
    """The joint log-likelihood of the record."""

    def estimate(self, values: np.ndarray, worlds: int, luck: np.ndarray) -> np.ndarray:
        """By a particle filter."""
        return run_filter(self.observed, values, worlds, self.seed, luck, case=self.case).log_likelihood


class ClaimsLikelihood(_Estimates):
    """The sum of the claims' log probabilities in unconditional worlds, times `weight`."""

    def __init__(self, observed: Observed, seed: int, threads: int = 1, weight: float = 1.0) -> None:
        super().__init__(observed, seed, threads)
        self.weight = weight

    def estimate(self, values: np.ndarray, worlds: int, luck: np.ndarray) -> np.ndarray:
        """weight times the sum of ln((1 - 2e) p + e), p the share of worlds that agree with the claim."""
        held = unconditional(self.observed, values, worlds, self.seed, luck, self.case)
        agreement = (held == self.observed.told).mean(axis=1)
        return self.weight * record_score(agreement, self.observed.error).sum(axis=1)
