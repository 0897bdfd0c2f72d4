"""Sums over worlds: counts of whole numbers from which every table is made, however many worlds there are.

Whole numbers add up to the same sum in any order, so a long ensemble may be cut into blocks and shared out at will.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.statements import predicates
from factions.statements.documented import count_statements
from factions.statements.scores import ClaimScore, claim_scores, count_claims
from factions.vocabulary import LADDER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

BINS = 1000
"""Equal parts of [0, 1] in which shares are counted; 0 and 1 themselves have bins of their own."""

FEW = 16
"""Kinds of values up to which it is faster to look for each by itself."""

_BYTE = 255
"""The highest count that a byte can hold."""

_MIDDLES = np.concatenate([[0.0], (np.arange(BINS) + 0.5) / BINS, [1.0]])


@dataclass(frozen=True)
class Tally:
    """How many of `worlds` worlds have what: `counts[name]`, whole numbers.  M meetings, B blocs, L leaders, O offices.

    `ruling`, `open`, `quiet`, `gone` (M, B): in the ruling alliance, outside it and openly opposed, or quiet, or
    without influence; `together` (M, B, B): in one alliance outside the ruling one; `vote_share` (M, bin), `influence`,
    `delegates` (M, B, bin): shares; `standing` (M, L, 7): steps of the ladder, last the dead; `membership`
    (M, L, B + 1): last the unaligned; `capitulated` (then or before), `readmitted` (M, L); `holder` (M, O, L + 1): last
    nobody; `claims`, `matched`, `bloc_statements`, `leader_statements`: see `count_claims` and `count_statements`.
    """

    worlds: int
    counts: dict[str, np.ndarray]

    def __add__(self, other: Tally) -> Tally:
        if self.counts.keys() != other.counts.keys():
            raise ValueError("tallies of different counts cannot be added")
        both = {name: count + other.counts[name] for name, count in self.counts.items()}
        return Tally(self.worlds + other.worlds, both)

    def __getitem__(self, name: str) -> np.ndarray:
        return self.counts[name]

    def __reduce__(self) -> tuple[Callable[[bytes], Tally], tuple[bytes]]:
        """Packed, where it is sent to another process."""
        return unpack, (pack(self),)

    def share(self, name: str) -> np.ndarray:
        """Counts as shares of the worlds, in [0, 1]."""
        return self.counts[name] / self.worlds

    def mean(self, name: str) -> np.ndarray:
        """The mean of a share over worlds, good to half a bin (0.0005)."""
        return np.asarray(self.counts[name] @ _MIDDLES / self.worlds)

    def quantiles(self, name: str, levels: Sequence[float]) -> np.ndarray:
        """Quantiles of a share over worlds, good to half a bin (0.0005); the levels are the first axis."""
        reached = np.cumsum(self.counts[name], axis=-1)
        found = []
        for level in levels:
            needed = max(level * self.worlds, 1)
            found.append(_MIDDLES[np.argmax(reached >= needed, axis=-1)])
        return np.stack(found)


def count_worlds(ensemble: Ensemble) -> Tally:
    """The tally of an ensemble's worlds: all that is kept of them in the long run."""
    blocs, leaders = len(ensemble.scenario.blocs), len(ensemble.scenario.leaders)
    together = [_count(predicates.partners_outside(ensemble, bloc)) for bloc in range(blocs)]
    steps = np.where(predicates.alive(ensemble), ensemble["standing"], len(LADDER))
    counts = {
        **{state: _count(holds) for state, holds in predicates.states(ensemble).items()},
        "together": np.stack(together, axis=1),
        "vote_share": _bins(ensemble["vote_share"]),
        "influence": _bins(ensemble["influence"]),
        "delegates": _bins(ensemble["delegates"]),
        "standing": _values(steps, len(LADDER) + 1),
        "membership": _values(ensemble["membership"], blocs, nobody=True),
        "capitulated": _count(predicates.capitulated(ensemble)),
        "readmitted": _count(predicates.readmitted(ensemble)),
        "holder": _values(ensemble["holder"], leaders, nobody=True),
    }
    return Tally(len(ensemble), counts | count_claims(ensemble) | count_statements(ensemble))


@dataclass(frozen=True)
class Tallied:
    """Finished worlds of a scenario under a seed, as counts: what tables and figures are made from."""

    scenario: Scenario
    seed: int
    tally: Tally

    @classmethod
    def of(cls, ensemble: Ensemble) -> Tallied:
        """The counts of an ensemble."""
        return cls(ensemble.scenario, ensemble.seed, count_worlds(ensemble))

    @property
    def scores(self) -> list[ClaimScore]:
        """The claims of the record, each with its share of the worlds."""
        return claim_scores(self.scenario, self.tally["claims"], self.tally.worlds)


def _count(holds: np.ndarray) -> np.ndarray:
    """Counts over the first axis of True, in single bytes as far as they go: sixty-four are added at once."""
    counts = np.zeros(holds.shape[1:], np.int64)
    for first in range(0, len(holds), _BYTE):
        counts += holds[first : first + _BYTE].view(np.uint8).sum(axis=0, dtype=np.uint8)
    return counts


def _bins(shares: np.ndarray) -> np.ndarray:
    """Counts over the first axis of shares in [0, 1] by bin, on a new last axis."""
    inside = 1 + np.clip((shares * BINS).astype(np.int64), 0, BINS - 1)
    return _values(np.where(shares <= 0.0, 0, np.where(shares >= 1.0, BINS + 1, inside)), BINS + 2)


def _values(values: np.ndarray, kinds: int, nobody: bool = False) -> np.ndarray:
    """Counts over the first axis of each of the values 0 .. kinds - 1, on a new last axis; -1 last, with `nobody`."""
    known = [*range(kinds), *[-1] * nobody]
    if len(known) <= FEW:
        return np.stack([_count(values == kind) for kind in known], axis=-1)
    shape = values.shape[1:]
    cells = int(np.prod(shape))
    flat = values.reshape(len(values), cells) % len(known) + np.arange(cells) * len(known)
    return np.bincount(flat.ravel(), minlength=cells * len(known)).reshape(*shape, len(known))


def pack(tally: Tally) -> bytes:
    """A tally as bytes, small enough to send and to keep by the thousand."""
    buffer = io.BytesIO()
    arrays: dict[str, Any] = {"worlds": np.array(tally.worlds), **tally.counts}
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
