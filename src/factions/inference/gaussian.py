"""Normal distributions with a full covariance: evaluated, drawn from, and fitted to few points in many dimensions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_CAUTION = 0.25  # of the whole correction: too wide a distribution where the data speak costs more than a narrow one


@dataclass(frozen=True)
class Gaussian:
    """N(mean, factor factor^T): `mean` (d,), `factor` (d, d) lower triangular with a positive diagonal."""

    mean: np.ndarray
    factor: np.ndarray

    @classmethod
    def standard(cls, dimensions: int) -> Gaussian:
        """N(0, I)."""
        return cls(np.zeros(dimensions), np.eye(dimensions))

    @property
    def covariance(self) -> np.ndarray:
        """(d, d)."""
        return self.factor @ self.factor.T

    @property
    def precision(self) -> np.ndarray:
        """(d, d) inverse of the covariance."""
        inverse = np.linalg.inv(self.factor)
        return inverse.T @ inverse

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """(N,) log density at points (N, d)."""
        scaled = np.linalg.solve(self.factor, (points - self.mean).T)
        constant = np.log(np.diag(self.factor)).sum() + 0.5 * len(self.mean) * np.log(2.0 * np.pi)
        return -0.5 * (scaled**2).sum(axis=0) - constant

    def from_noise(self, noise: np.ndarray) -> np.ndarray:
        """Draws (N, d) from standard normal noise (N, d)."""
        return self.mean + noise @ self.factor.T


def fit(points: np.ndarray, weights: np.ndarray | None = None, precision: np.ndarray | None = None) -> Gaussian:
    """The normal distribution of weighted points (N, d), given what its covariance is where the points say nothing.

    `precision` (d, d) of that covariance, the identity by default: a posterior differs from its prior in some
    directions only.  Sample eigenvalues, measured against it, that chance can explain are set to 1 and the others
    corrected for their bias (spiked covariance: Donoho, Gavish & Johnstone 2018); without this, populations of a few
    hundred points lose the variance of the directions that nothing constrains.
    """
    count, dimensions = points.shape
    weights = np.full(count, 1.0 / count) if weights is None else weights
    mean = weights @ points
    whitener = np.eye(dimensions) if precision is None else np.linalg.cholesky(precision).T
    centred = (points - mean) @ whitener.T
    covariance = (centred * weights[:, np.newaxis]).T @ centred
    eigenvalues, directions = np.linalg.eigh(covariance)
    kept = _despiked(eigenvalues, _CAUTION * dimensions / _distinct(points, weights))
    back = np.linalg.solve(whitener, directions * np.sqrt(kept))
    return Gaussian(mean, np.linalg.cholesky(back @ back.T))


def widened(gaussian: Gaussian, inflation: float) -> Gaussian:
    """The same with its covariance times `inflation`."""
    return Gaussian(gaussian.mean, gaussian.factor * np.sqrt(inflation))


def _distinct(points: np.ndarray, weights: np.ndarray) -> float:
    """Effective number of different points: copies of one point count once, with their weights added up."""
    _, place = np.unique(points[:, 0], return_inverse=True)
    together = np.bincount(place.ravel(), weights)
    return float(1.0 / (together**2).sum())


def _despiked(eigenvalues: np.ndarray, ratio: float) -> np.ndarray:
    """Population eigenvalues from sample ones for `ratio` dimensions a point; 1 within what chance gives."""
    ratio = min(ratio, 0.9)
    low, high = (1.0 - np.sqrt(ratio)) ** 2, (1.0 + np.sqrt(ratio)) ** 2
    middle = eigenvalues + 1.0 - ratio
    root = np.sqrt(np.maximum(middle**2 - 4.0 * eigenvalues, 0.0))
    corrected = np.where(eigenvalues < low, (middle - root) / 2.0, (middle + root) / 2.0)
    outside = (eigenvalues < low) | (eigenvalues > high)
    return np.maximum(np.where(outside, corrected, 1.0), 1e-6)
