"""How kernels are compiled: without the lock, without fast-math, cached under a name made of their sources.

Numba's disk cache does not notice an edit in another file than the kernel's own, so the cache directory carries a hash
of every file that reaches the kernels; NUMBA_CACHE_DIR, if set, says where such directories stand.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numba
import numpy as np

_PACKAGE = Path(__file__).resolve().parent.parent


def sources() -> list[Path]:
    """Every file whose text the compiled kernels depend on."""
    return sorted(
        [
            *_PACKAGE.glob("engine/*.py"),
            *_PACKAGE.glob("rules/*.py"),
            *_PACKAGE.glob("world/*.py"),
            *(_PACKAGE / name for name in ("shocks.py", "parameters.py", "vocabulary.py")),
        ]
    )


def digest() -> str:
    """Hash of those files and of the compiler's version."""
    hasher = hashlib.sha256(numba.__version__.encode())
    for path in sources():
        hasher.update(path.name.encode() + path.read_bytes())
    return hasher.hexdigest()[:16]


def cache_directory() -> Path:
    """Where compiled kernels of exactly these sources are kept."""
    home = os.environ.get("NUMBA_CACHE_DIR")
    root = Path(home) if home else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "factions"
    return root / digest()


numba.config.CACHE_DIR = str(cache_directory())


def readable(values: np.ndarray) -> np.ndarray:
    """Records whose fields are attributes, as compiled code has them, also when compilation is off."""
    return values.view(np.recarray) if numba.config.DISABLE_JIT else values


# Kernels allocate nothing, so they need no reference counts: without numba's runtime for them (_nrt) calls that pass
# many arrays run about three times as fast.
kernel = numba.njit(cache=True, nogil=True, _nrt=False)
