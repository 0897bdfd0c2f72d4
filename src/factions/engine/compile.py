"""How kernels are compiled: without the lock, without fast-math, kept on disk under a name made of what they say.

Numba's cache on disk does not notice an edit in another file than the kernel's own, so the folder is named after a
digest of every module that reaches the kernels; NUMBA_CACHE_DIR, if set, says where such folders stand.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numba
import numpy as np

from factions.store.provenance import program_digest

SCHEDULE = "factions.engine.advance"
"""The module that all kernels are reached from."""


def cache_directory() -> Path:
    """Where compiled kernels of exactly this program and this compiler are kept."""
    home = os.environ.get("NUMBA_CACHE_DIR")
    root = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "factions"
    made_of = f"{numba.__version__} {program_digest(SCHEDULE)}"
    return root / hashlib.sha256(made_of.encode()).hexdigest()[:16]


def is_compiled() -> bool:
    """Has the schedule been compiled before, so that a first run starts at once."""
    return any(cache_directory().rglob("advance._pass_time_all*.nbi"))


numba.config.CACHE_DIR = str(cache_directory())


def readable(values: np.ndarray) -> np.ndarray:
    """Records whose fields are attributes, as compiled code has them, also when compilation is off."""
    return values.view(np.recarray) if numba.config.DISABLE_JIT else values


# Kernels allocate nothing, so they need no reference counts: without numba's runtime for them (_nrt) calls that pass
# many arrays run about three times as fast.
kernel = numba.njit(cache=True, nogil=True, _nrt=False)
