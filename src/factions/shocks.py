"""Keyed noise: every random number is a pure function of what it is for, never of when it is asked for.

Philox4x32-10 of Salmon, Moraes, Dror & Shaw 2011 ("Parallel random numbers: as easy as 1, 2, 3"), checked against
the known answers published with it.  Key = (seed, purpose), counter = (luck, meeting, actor, other actor), where `luck`
is the number of the world and meetings and actors are named by a hash of their id: a new leader or a cancelled
meeting changes nobody else's luck.

Written with masks on plain integers, so that the same lines run compiled (64-bit integers that wrap) and as plain
Python (integers without end).
"""

from __future__ import annotations

import hashlib
import math

from numba.extending import register_jitable

_MASK = 0xFFFFFFFF
_M0, _M1 = 0xD2511F53, 0xCD9E8D57
_W0, _W1 = 0x9E3779B9, 0xBB67AE85

# Purposes: part of the key, so two purposes never share a number.
ORDER = 1
"""turn of a bloc in bargaining"""
JUDGEMENT = 2
"""error of one bloc in judging another"""
MOVE = 3
"""does a leader change blocs"""
VOICE = 4
"""does a bloc speak out"""
SANCTION = 5
"""is a bloc punished"""
SURRENDER = 7
"""does a punished leader surrender"""
READMISSION = 8
"""are those who surrendered readmitted"""
APPOINTMENT = 9
"""does an office change hands"""


@register_jitable(forceinline=True)  # a loop over actors that calls it becomes one of eight actors at a time
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four 32-bit words from a counter of four and a key of two (Philox4x32, ten rounds)."""
    c0, c1, c2, c3, k0, k1 = (int(c0), int(c1), int(c2), int(c3), int(k0), int(k1))  # numpy's would warn as they wrap
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        h0, l0 = (p0 >> 32) & _MASK, p0 & _MASK
        h1, l1 = (p1 >> 32) & _MASK, p1 & _MASK
        c0, c1, c2, c3 = h1 ^ c1 ^ k0, l1, h0 ^ c3 ^ k1, l0
        k0 = (k0 + _W0) & _MASK
        k1 = (k1 + _W1) & _MASK
    return c0, c1, c2, c3


@register_jitable(forceinline=True)
def uniform(seed: int, luck: int, meeting: int, purpose: int, actor: int, other: int) -> float:
    """A number strictly between 0 and 1 (52 bits): the shock of this purpose, meeting and actors in this world."""
    a, b, _, _ = philox(luck, meeting, actor, other, seed, purpose)
    return ((a >> 6) * 67108864.0 + (b >> 6) + 0.5) / 4503599627370496.0


@register_jitable
def logistic_shock(seed: int, luck: int, meeting: int, purpose: int, actor: int, other: int) -> float:
    """A draw from the standard logistic distribution: the log-odds of `uniform`."""
    return log_odds(uniform(seed, luck, meeting, purpose, actor, other))


@register_jitable
def log_odds(u: float) -> float:
    """Log-odds of a number strictly between 0 and 1."""
    return math.log(u / (1.0 - u))


def key(name: str) -> int:
    """32-bit name of an actor or meeting in the counter: the first four bytes of BLAKE2s of its id, never 0."""
    number = int.from_bytes(hashlib.blake2s(name.encode(), digest_size=4).digest(), "little")
    return number or 1
