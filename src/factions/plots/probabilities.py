"""Shares of worlds in which something holds, with their Monte Carlo errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions.statements.predicates import in_ruling_alliance
from factions.statements.shares import known, share_error

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble

STATES = ("ruling", "quiet", "open", "gone")
"""Where a bloc stands after a meeting: in the ruling alliance, outside it and silent, in open opposition, or
without influence."""


def bloc_states(ensemble: Ensemble) -> np.ndarray:
    """Share of worlds in each of `STATES`; axes (state, meeting, bloc), sums to 1 over states."""
    return np.stack([where.mean(axis=0) for where in _masks(ensemble)])


def _masks(ensemble: Ensemble) -> tuple[np.ndarray, ...]:
    gone = ensemble["alliance"] < 0
    ruling = _ruling(ensemble)
    outside = ~ruling & ~gone
    speaks = ensemble["open"] == 1
    return ruling, outside & ~speaks, outside & speaks, gone


def _ruling(ensemble: Ensemble) -> np.ndarray:
    return in_ruling_alliance(ensemble)


def partners(ensemble: Ensemble) -> np.ndarray:
    """Probability that two blocs stand in one alliance outside the ruling one; axes (meeting, bloc, bloc)."""
    alliance = np.where(_ruling(ensemble), -1, ensemble["alliance"])
    _, meetings, blocs = alliance.shape
    shares = np.zeros((meetings, blocs, blocs))
    for b in range(blocs):
        together = (alliance == alliance[:, :, b, None]) & (alliance[:, :, b, None] >= 0)
        shares[:, b, :] = together.mean(axis=0)
        shares[:, b, b] = 0.0
    return shares


LINKED_FROM = 0.2
"""Alliances outside the ruling one are drawn from this probability on; the tables have all."""


def likeliest(together: np.ndarray) -> list[tuple[int, int, int]]:
    """(meeting, bloc, bloc) of every bloc's likeliest partner, if likely enough for a line; each pair once."""
    links = set()
    for m, shares in enumerate(together):
        for b, row in enumerate(shares):
            best = int(row.argmax())
            if row[best] >= LINKED_FROM:
                links.add((m, min(b, best), max(b, best)))
    return sorted(links)


def error(probability: float, worlds: int) -> float | None:
    """Standard error of a probability estimated from independent worlds; None from one."""
    return known(share_error(probability, worlds))
