"""Sums over worlds: counts of whole numbers from which every table is made, however many worlds there are.

Whole numbers add up to the same sum in any order, so a long ensemble may be cut into blocks and shared out at will.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.vocabulary import LADDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.results.ensemble import Ensemble

BINS = 1000
"""Equal parts of [0, 1] in which shares are counted; 0 and 1 themselves have bins of their own."""

_MIDDLES = np.concatenate([[0.0], (np.arange(BINS) + 0.5) / BINS, [1.0]])


@dataclass(frozen=True)
class Tally:
    """How many of `worlds` worlds have what: `counts[name]`, whole numbers.  M meetings, B blocs, L leaders, O offices.

    `ruling`, `open`, `quiet`, `gone` (M, B): in the ruling alliance, outside it and openly opposed, or quiet, or
    without influence; `vote_share` (M, bin), `influence`, `delegates` (M, B, bin): shares; `standing` (M, L, 7): steps
    of the ladder, last the dead; `membership` (M, L, B + 1): last the unaligned; `capitulated` (then or before),
    `readmitted` (M, L); `holder` (M, O, L + 1): last nobody.  Other layers may add counts of their own.
    """

    worlds: int
    counts: dict[str, np.ndarray]

    def __add__(self, other: Tally) -> Tally:
        if self.counts.keys() != other.counts.keys():
            raise ValueError("tallies of different counts cannot be added")
        both = {name: count + other.counts[name] for name, count in self.counts.items()}
        return Tally(self.worlds + other.worlds, both)

    def share(self, name: str) -> np.ndarray:
        """Counts as shares of the worlds, in [0, 1]."""
        return self.counts[name] / self.worlds

    def quantiles(self, name: str, levels: Sequence[float]) -> np.ndarray:
        """Quantiles of a share over worlds, good to half a bin (0.0005); the levels are the first axis."""
        reached = np.cumsum(self.counts[name], axis=-1)
        found = []
        for level in levels:
            needed = max(level * self.worlds, 1)
            found.append(_MIDDLES[np.argmax(reached >= needed, axis=-1)])
        return np.stack(found)


def count_worlds(ensemble: Ensemble) -> Tally:
    """The tally of an ensemble's worlds."""
    ours = (ensemble["alliance"] == ensemble["ruling"][:, :, np.newaxis]) & (ensemble["alliance"] >= 0)
    outside = ~ours & (ensemble["alliance"] >= 0)
    scenario = ensemble.scenario
    steps = np.where(ensemble["activity"] < 0, len(LADDER), ensemble["standing"])
    counts = {
        "ruling": _count(ours),
        "open": _count(outside & (ensemble["open"] == 1)),
        "quiet": _count(outside & (ensemble["open"] == 0)),
        "gone": _count(ensemble["alliance"] < 0),
        "vote_share": _bins(ensemble["vote_share"]),
        "influence": _bins(ensemble["influence"]),
        "delegates": _bins(ensemble["delegates"]),
        "standing": _values(steps, len(LADDER) + 1),
        "membership": _values(_nobody_last(ensemble["membership"], len(scenario.blocs)), len(scenario.blocs) + 1),
        "capitulated": _count(ensemble["surrendered"] >= 1),
        "readmitted": _count(ensemble["surrendered"] == 2),
        "holder": _values(_nobody_last(ensemble["holder"], len(scenario.leaders)), len(scenario.leaders) + 1),
    }
    return Tally(len(ensemble), counts)


def _count(holds: np.ndarray) -> np.ndarray:
    return holds.sum(axis=0, dtype=np.int64)


def _bins(shares: np.ndarray) -> np.ndarray:
    """Counts over the first axis of shares in [0, 1] by bin, on a new last axis."""
    inside = 1 + np.clip((shares * BINS).astype(np.int64), 0, BINS - 1)
    return _values(np.where(shares <= 0.0, 0, np.where(shares >= 1.0, BINS + 1, inside)), BINS + 2)


def _nobody_last(values: np.ndarray, last: int) -> np.ndarray:
    return np.where(values < 0, last, values)


def _values(values: np.ndarray, kinds: int) -> np.ndarray:
    """Counts over the first axis of each of the values 0 .. kinds - 1, on a new last axis."""
    shape = values.shape[1:]
    cells = int(np.prod(shape))
    flat = values.reshape(len(values), cells).astype(np.int64) + np.arange(cells) * kinds
    return np.bincount(flat.ravel(), minlength=cells * kinds).reshape(*shape, kinds)


def pack(tally: Tally) -> bytes:
    """A tally as bytes, small enough to send and to keep by the thousand."""
    buffer = io.BytesIO()
    arrays: dict[str, Any] = {"worlds": np.int64(tally.worlds), **tally.counts}
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def unpack(data: bytes) -> Tally:
    """The tally that was packed; ValueError if the bytes are no tally."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            counts = {name: stored[name] for name in stored.files if name != "worlds"}
            return Tally(int(stored["worlds"]), counts)
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError, OSError) as error:
        raise ValueError("not a stored tally") from error
