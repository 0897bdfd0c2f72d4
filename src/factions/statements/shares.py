"""How sure a finite number of worlds makes a share, a mean or a difference: its Monte Carlo standard error.

Every table, file, contrast and figure takes its errors from here.  An error is one standard error; twice it is meant to
hold 19 times in 20, also for a share of 0 or 1, where the usual formula sqrt(p (1 - p) / n) gives 0 as if nothing else
could ever happen.  Where nothing can be said (one world, or worlds of one ancestor) the error is nan, and nothing is
printed.
"""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np

Share = TypeVar("Share", float, np.ndarray)


def share_error(share: Share, worlds: float) -> Share:
    """Standard error of a share p of n independent worlds: sqrt(q (1 - q) / n), q = (n p + 2) / (n + 4); 0 <= p <= 1.

    The share q is that of Agresti & Coull 1998 (The American Statistician 52), who add two worlds for and
    two against: share +- twice the error then holds in at least 93 of 100 cases from 100 worlds on, however rare the
    event (the usual formula: in as few as 5).  A share of 0 has an error of about 1.4 / n.  `worlds` may be the number
    of independent worlds that others are worth: see `independent`.  nan from one world.
    """
    if not worlds > 1:
        return share * math.nan
    smooth = (share * worlds + 2.0) / (worlds + 4.0)
    return (smooth * (1.0 - smooth) / worlds) ** 0.5


def difference_error(raised: float, lowered: float, worlds: float) -> float:
    """Standard error of the difference between two shares of the same `worlds`: sqrt((u + d - (u - d)^2) / n).

    `raised`, `lowered`: shares of the worlds in which something holds on the second side alone, or on the first alone.
    u = (n raised + 1/2) / (n + 2), and d likewise: Agresti & Min 2005 (Statistics in Medicine 24) add half a pair to
    each of the four cells.  That no pair differs leaves an error of about 1 / n.  nan from one world.
    """
    if not worlds > 1:
        return math.nan
    up, down = ((worlds * part + 0.5) / (worlds + 2.0) for part in (raised, lowered))
    return math.sqrt((up + down - (up - down) ** 2) / worlds)


def mean_error(values: np.ndarray, ancestor: np.ndarray | None = None) -> float:
    """Standard error of the mean of numbers, one for each world (W,); `ancestor` (W,): see `independent`.

    0 if all the numbers are alike: for what is no share, nothing says how far a world not seen might be from the rest.
    nan from one world or from worlds of one ancestor.
    """
    worlds = independent(values, ancestor)
    return math.sqrt(float(np.var(values)) * len(values) / (len(values) - 1) / worlds) if worlds > 0 else math.nan


def counted_error(values: np.ndarray, counts: np.ndarray) -> float:
    """Standard error of a mean as `mean_error` gives it, of numbers that `counts` independent worlds each have."""
    worlds = float(np.sum(counts))
    if not worlds > 1:
        return math.nan
    deviations = values - np.dot(values, counts) / worlds
    return math.sqrt(float(np.dot(deviations * deviations, counts)) / (worlds - 1.0) / worlds)


def independent(values: np.ndarray, ancestor: np.ndarray | None = None) -> float:
    """How many independent worlds (W,) worlds are worth for the mean of their `values`, at most W; nan for one family.

    Worlds with the same `ancestor` (W,) are kin; without it, none are.  W divided by the design effect (Kish 1965): the
    variance of the mean with deviations summed by ancestor before they are squared (Chan & Lai 2013, Lee & Whiteley
    2018; times A / (A - 1) for A ancestors), over that of W independent worlds, and at least 1, since few ancestors can
    agree by chance.  If all values are alike, kin are taken to be copies: W^2 over the sum of squared family sizes.
    """
    count = len(values)
    if ancestor is None:
        return float(count) if count > 1 else math.nan
    _, family = np.unique(ancestor, return_inverse=True)
    sizes = np.bincount(family)
    if len(sizes) < 2:
        return math.nan
    deviations = values - np.mean(values)
    if not deviations.any():
        return count * count / float((sizes * sizes).sum())
    sums = np.bincount(family, deviations)
    kin = float((sums * sums).sum()) * len(sizes) / (len(sizes) - 1)
    alone = float((deviations * deviations).sum()) * count / (count - 1)
    return count / max(kin / alone, 1.0)


def smoothed(count: Share, worlds: int) -> Share:
    """Probability with half a world for and half a world against: (k + 1/2) / (n + 1), never 0 or 1.

    Krichevsky & Trofimov 1981; so that the logarithm of what happens in no world is finite.
    """
    return (count + 0.5) / (worlds + 1.0)


def known(error: float) -> float | None:
    """An error for files and tables: None for nan."""
    return None if math.isnan(error) else float(error)
