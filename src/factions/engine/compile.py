"""How kernels are compiled: without the lock, without fast-math, kept on disk under a name made of what they say.

Numba's cache on disk does not notice an edit in another file than the kernel's own, so the folder is named after a
digest of every module that reaches the kernels; NUMBA_CACHE_DIR, if set, says where such folders stand.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import numba
import numpy as np
from numba.core.caching import FunctionCache, IndexDataCacheFile

from factions.engine.parts import PartCompiler
from factions.store.cache import find_cache
from factions.store.provenance import program_digest
from factions.store.seal import sealed

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

SCHEDULE = "factions.engine.advance"
"""The module that all kernels are reached from."""


def cache_name() -> str:
    """What the compiled kernels of exactly this program and this compiler are kept under."""
    return hashlib.sha256(f"{numba.__version__} {program_digest(SCHEDULE)}".encode()).hexdigest()[:16]


CACHE = find_cache(cache_name(), numba.config.CACHE_DIR)
"""Where compiled kernels are kept, and what a user must know of it."""

numba.config.CACHE_DIR = str(CACHE.folder or "")


def is_compiled() -> bool:
    """Has the schedule been compiled before, so that a first run starts at once."""
    return CACHE.folder is not None and any(CACHE.folder.rglob("advance._pass_time_all*.nbi"))


def readable(values: np.ndarray) -> np.ndarray:
    """Records whose fields are attributes, as compiled code has them, also when compilation is off."""
    return values.view(np.recarray) if numba.config.DISABLE_JIT else values


OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
PART = OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "pipeline_class": PartCompiler}
"""For what is called by compiled code alone: there is no way in from Python, and no machine code but the callers'."""


def entry(function: Kernel) -> Kernel:
    """A kernel that Python calls: compiled when it is first called, with all that it calls, and kept on disk."""
    compiled = numba.njit(**OPTIONS)(function)
    if compiled is not function and CACHE.folder is not None:
        compiled._cache = _SealedCache(function)
    return compiled


def kernel(function: Kernel) -> Kernel:
    """The function, a part of the entries that reach it.

    Kernels allocate nothing, so they need no reference counts: without numba's runtime for them (_nrt) calls that pass
    many arrays run about three times as fast.  Rules never divide by zero, so no division looks for it (error_model).
    """
    return numba.njit(**PART)(function)


def inlined(function: Kernel) -> Kernel:
    """A small function that is copied into every kernel that calls it: what both read of a view is read once."""
    return numba.njit(forceinline=True, **PART)(function)


class _SealedFiles(IndexDataCacheFile):
    """The files in which numba keeps one kernel, each with its seal at the end, where numba does not read on."""

    @contextmanager
    def _open_for_write(self, filepath: str) -> Iterator[io.BytesIO]:
        content = io.BytesIO()
        yield content
        with super()._open_for_write(filepath) as file:
            file.write(sealed(content.getvalue(), ""))

    def save(self, key: object, data: object) -> None:
        """Keep a kernel; if that fails, say so and go on with it."""
        try:
            super().save(key, data)
        except OSError as error:
            warnings.warn(f"compiled kernels cannot be kept: {error}", stacklevel=2)


class _SealedCache(FunctionCache):
    """Numba's cache of one kernel, in sealed files."""

    _cache_file: Any

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        plain = self._cache_file
        self._cache_file = _SealedFiles(plain._cache_path, self._impl.filename_base, plain._source_stamp)
