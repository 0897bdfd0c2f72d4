"""Has a sampler converged? Effective sample sizes, and how far independent runs agree."""

from __future__ import annotations

import numpy as np


def chain_ess(chains: np.ndarray) -> np.ndarray:
    """Effective number of draws (d,) in many chains (sweep, chain, d), from their mean autocorrelation.

    The sum of autocorrelations ends at the first negative pair (Geyer 1992; Gelman et al. 2013, section 11.5).  At most
    the number of draws.
    """
    sweeps, count, dimensions = chains.shape
    total = sweeps * count
    mean = chains.mean(axis=(0, 1))
    centred = chains - mean
    variance = np.maximum((centred**2).mean(axis=(0, 1)), 1e-300)
    summed = np.ones(dimensions)
    open_ = np.ones(dimensions, bool)
    for lag in range(1, sweeps):
        correlation = (centred[lag:] * centred[:-lag]).mean(axis=(0, 1)) / variance
        open_ &= correlation > 0.0
        summed += np.where(open_, 2.0 * (1.0 - lag / sweeps) * correlation, 0.0)
    return np.minimum(total / summed, total)


def run_shift(runs: list[np.ndarray]) -> np.ndarray:
    """(d,) standard deviation of the means of independent runs, each (draws, d), in posterior standard deviations."""
    means = np.stack([draws.mean(axis=0) for draws in runs])
    spread = np.sqrt(np.mean([draws.var(axis=0) for draws in runs], axis=0))
    return means.std(axis=0, ddof=1) / np.maximum(spread, 1e-300)


def run_ess(runs: list[np.ndarray]) -> float:
    """Effective number of draws of all runs together, from how far their means are apart, over all parameters.

    Independent runs of n effective draws have means with variance 1/n posterior variances; this counts all that chains
    alone do not show, such as ancestors that points have in common.  Never more than the number of draws.
    """
    apart = float(np.mean(run_shift(runs) ** 2))
    draws = sum(len(part) for part in runs)
    return min(len(runs) / max(apart, 1e-300), float(draws))
