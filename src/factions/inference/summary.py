"""What a calibration found, as frozen data: how well it converged, and what the posterior says of each parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from factions.inference.prior import to_values
from factions.parameters import FREE


@dataclass(frozen=True)
class ParameterFit:
    """The posterior of one parameter: moments and quantiles in its unit, the rest on the normal scale.

    `contraction`: 1 - posterior / prior variance; `ess`: effective number of draws in the chains; `shift`: standard
    deviation of the means of independent runs in posterior standard deviations, None for a single run.
    """

    mean: float
    sd: float
    q05: float
    q25: float
    median: float
    q75: float
    q95: float
    contraction: float
    ess: float
    shift: float | None


@dataclass(frozen=True)
class LogLikelihood:
    """Of the draws in nats: `mean`, `best`, and the mean for one claim with weight 1."""

    mean: float
    best: float
    per_claim: float


@dataclass(frozen=True)
class Convergence:
    """Effective numbers of draws and how far independent runs lie apart; None where there is only one run.

    `ess_least`, `ess_median` over parameters, from the chains; `ess_between_runs`: from the distance of the runs'
    means; `shift_greatest`: the worst parameter's `shift`; `log_evidence` in nats, run by run.
    """

    ess_least: float
    ess_median: float
    ess_between_runs: float | None
    shift_greatest: float | None
    log_evidence: tuple[float, ...]


@dataclass(frozen=True)
class Effort:
    """What was spent, in all and run by run.

    `runs`, `points`, `budget` (worlds) as planned; `warm`: started from earlier draws; `worlds` spent, `evaluations` of
    the likelihood.  Run by run: `worlds_per_estimate` at the end, `noise` of an estimate (nats), `acceptance` of the
    last sweep, `stride` of the moves, `steps`, `sweeps_kept` as draws.
    """

    runs: int
    points: int
    budget: int
    warm: bool
    worlds: int
    evaluations: int
    worlds_per_estimate: tuple[int, ...]
    noise: tuple[float, ...]
    acceptance: tuple[float, ...]
    stride: tuple[float, ...]
    steps: tuple[int, ...]
    sweeps_kept: tuple[int, ...]


@dataclass(frozen=True)
class Summary:
    """A calibration in short; `likelihood` ("claims" or "record") and its `weight` as in `Plan`."""

    likelihood: str
    weight: float
    log_likelihood: LogLikelihood
    convergence: Convergence
    sampler: Effort
    parameters: dict[str, ParameterFit]


def convergence(chains: Sequence[np.ndarray], log_evidence: Sequence[float]) -> Convergence:
    """Of independent runs: chains (sweeps, points, free parameters) on the normal scale, log evidence of each."""
    ess, several = _ess(chains), len(chains) > 1
    runs = [_draws(chain) for chain in chains]
    return Convergence(
        ess_least=float(ess.min()),
        ess_median=float(np.median(ess)),
        ess_between_runs=run_ess(runs) if several else None,
        shift_greatest=float(run_shift(runs).max()) if several else None,
        log_evidence=tuple(log_evidence),
    )


def parameter_fits(chains: Sequence[np.ndarray]) -> dict[str, ParameterFit]:
    """By free parameter, from the chains of independent runs as for `convergence`."""
    runs = [_draws(chain) for chain in chains]
    points, ess = np.concatenate(runs), _ess(chains)
    values, shift = to_values(points), run_shift(runs) if len(runs) > 1 else None
    found = {}
    for column, name in enumerate(FREE):
        quantiles = np.quantile(values[name], (0.05, 0.25, 0.5, 0.75, 0.95)).tolist()
        found[name] = ParameterFit(
            float(values[name].mean()),
            float(values[name].std()),
            **dict(zip(("q05", "q25", "median", "q75", "q95"), quantiles, strict=True)),
            contraction=float(1.0 - points[:, column].var()),
            ess=float(ess[column]),
            shift=None if shift is None else float(shift[column]),
        )
    return found


def _ess(chains: Sequence[np.ndarray]) -> np.ndarray:
    """(free parameters,) of all runs together."""
    return np.sum([chain_ess(chain) for chain in chains], axis=0)


def _draws(chain: np.ndarray) -> np.ndarray:
    return chain.reshape(-1, chain.shape[2])


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
