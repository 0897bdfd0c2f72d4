"""Weights in logarithms: normalised, averaged, counted, resampled."""

from __future__ import annotations

import numpy as np


def normalised(log_weight: np.ndarray) -> np.ndarray:
    """Weights that add up to 1 along the last axis."""
    weight = np.exp(log_weight - log_weight.max(axis=-1, keepdims=True))
    return weight / weight.sum(axis=-1, keepdims=True)


def log_mean(log_weight: np.ndarray) -> np.ndarray:
    """Logarithm of the mean weight along the last axis."""
    top = log_weight.max(axis=-1, keepdims=True)
    return np.log(np.exp(log_weight - top).mean(axis=-1)) + top[..., 0]


def effective(log_weight: np.ndarray) -> np.ndarray:
    """Effective number along the last axis: 1 / sum of squared weights (Kong, Liu & Wong 1994)."""
    return 1.0 / (normalised(log_weight) ** 2).sum(axis=-1)


def systematic(weights: np.ndarray, shock: float, count: int | None = None) -> np.ndarray:
    """Ancestors, in order, of `count` offspring (by default as many as there are weights), resampled systematically.

    `weights` add up to 1; shock in (0, 1).  Each has its share of the offspring, rounded up or down, and exactly its
    share in the mean over uniform shocks (Kitagawa 1996).
    """
    count = len(weights) if count is None else count
    places = (np.arange(count) + shock) / max(count, 1)
    return np.minimum(np.searchsorted(np.cumsum(weights), places), len(weights) - 1)
