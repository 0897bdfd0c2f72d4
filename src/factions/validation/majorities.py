"""Which blocs win by a simple rule, and who stands with whom: what the null models know of alliances.

Masks of blocs are (B,) or (W, B) of truth values; `apart` (B, B) says who may share no alliance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from factions.world.case import Case

_MOST_BLOCS = 12  # more are not enumerated: the strongest ones decide


class Surroundings(NamedTuple):
    """What is the same in every world at each meeting: `influence` (M, B), `line` (M, B, K), `salience` (M, K).

    `weight` (M, B): what decides who rules, influence or the number of heads.
    """

    weight: np.ndarray
    influence: np.ndarray
    line: np.ndarray
    salience: np.ndarray


def start(case: Case) -> np.ndarray:
    """(B, B) who is allied with whom at the start."""
    blocs = len(case.chief)
    return (case.alliance[:, np.newaxis] >> np.arange(blocs) & 1).astype(bool)


def kept_apart(case: Case, m: int) -> np.ndarray:
    """(B, B) who may share no alliance at a meeting."""
    return (case.apart[m][:, np.newaxis] >> np.arange(len(case.chief)) & 1).astype(bool)


def gathered(case: Case, around: Surroundings) -> np.ndarray:
    """(B, B) who is allied at the start, once the two weakest alliances that may have become one, while too many."""
    allied, apart, weight = start(case), kept_apart(case, 0), around.weight[0]
    while case.camps > 0:
        camps = sorted(
            {tuple(np.flatnonzero(row)) for row in allied[weight > 0.0]}, key=lambda camp: weight[[*camp]].sum()
        )
        pairs = [(one, two) for k, two in enumerate(camps) for one in camps[:k] if not apart[np.ix_(one, two)].any()]
        if len(camps) <= case.camps or not pairs:
            break
        both = [*min(pairs, key=lambda pair: weight[[*pair[0], *pair[1]]].sum())]
        one = sum(both, ())
        allied[np.ix_(one, one)] = True
    return allied


def admissible(wanted: np.ndarray, order: np.ndarray, apart: np.ndarray) -> np.ndarray:
    """Of those wanted (W, B), who get into one alliance in an order (B,) or (W, B), each unless kept apart from one."""
    if not apart.any():
        return wanted
    found, every = np.zeros_like(wanted), np.arange(len(wanted))
    for b in np.broadcast_to(order, wanted.shape).T:
        found[every, b] = wanted[every, b] & ~(found & apart[b]).any(axis=1)
    return found


def winners(
    form: str, around: Surroundings, m: int, worlds: int, random: np.random.Generator, apart: np.ndarray
) -> np.ndarray:
    """(W, B) who is in the alliance that wins; `apart` (B, B): who may share none."""
    weight = around.weight[m]
    half = weight.sum() / 2.0
    if form == "random_winners":
        order = random.permuted(np.tile(np.arange(len(weight)), (worlds, 1)), axis=1)
        return random_majority(weight, half, order, apart)
    chosen = least_range(around, m, half, apart) if form == "least_range" else largest(weight, half, apart)
    return np.repeat(chosen[np.newaxis], worlds, axis=0)


def random_majority(weight: np.ndarray, half: float, order: np.ndarray, apart: np.ndarray) -> np.ndarray:
    """(W, B) who join in an order (W, B) until they have more than half, each unless kept apart from one."""
    winners, every = np.zeros(order.shape, bool), np.arange(len(order))
    if not apart.any():
        before = np.cumsum(weight[order], axis=1) - weight[order]
        np.put_along_axis(winners, order, before <= half, axis=1)
        return winners
    for b in order.T:
        winners[every, b] = (winners @ weight <= half) & ~(winners & apart[b]).any(axis=1)
    return winners


def least_range(around: Surroundings, m: int, half: float, apart: np.ndarray) -> np.ndarray:
    """The majority with the smallest range of positions, summed over issues by salience; of equals, the smallest.

    If all majorities have blocs that are kept apart, the strongest of the others.
    """
    influence = around.weight[m]
    strongest = np.argsort(-influence, kind="stable")[:_MOST_BLOCS]
    subsets = (np.arange(1, 1 << len(strongest))[:, np.newaxis] >> np.arange(len(strongest)) & 1).astype(bool)
    divided = apart[np.ix_(strongest, strongest)]
    subsets = subsets[~np.array([divided[np.ix_(row, row)].any() for row in subsets])] if divided.any() else subsets
    weight = subsets @ influence[strongest]
    half = min(half, weight.max() - 1e-9)
    line = around.line[m][strongest]
    high = np.where(subsets[:, :, np.newaxis], line, -np.inf).max(axis=1)
    low = np.where(subsets[:, :, np.newaxis], line, np.inf).min(axis=1)
    span = (high - low) @ around.salience[m] + 1e-6 * weight
    best = subsets[np.where(weight > half, span, np.inf).argmin()]
    chosen = np.zeros(len(influence), bool)
    chosen[strongest[best]] = True
    return chosen


def largest(influence: np.ndarray, half: float, apart: np.ndarray) -> np.ndarray:
    """The largest bloc and the one smallest partner that suffices; while none does, the next largest as well."""
    order = np.argsort(-influence, kind="stable")
    chosen = np.zeros(len(influence), bool)
    for bloc in order:
        if apart[bloc, chosen].any():
            continue
        chosen[bloc] = True
        missing = half - influence[chosen].sum()
        if missing < 0.0:
            break
        enough = np.flatnonzero(~chosen & (influence > missing) & ~apart[:, chosen].any(axis=1))
        if len(enough):
            chosen[enough[influence[enough].argmin()]] = True
            break
    return chosen
