"""Kernels that only kernels call are compiled once, together with the entry that they are reached from.

Numba optimises every function and makes machine code of it, with all that it calls, and then again as a part of each
caller: a kernel five calls deep five times.  A part is only typed and translated to LLVM's language.
"""

from __future__ import annotations

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder


class _Part(JITCodeLibrary):
    """The code of a part, which has no address: nothing of it is run before it has become code of an entry."""

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """None (0)."""
        return 0

    @property
    def codegen(self) -> _Part:
        """Who is told where a part finds its Python objects: kernels have none."""
        return self

    def set_env(self, name: str, env: object) -> None:
        """Nothing to do."""


class PartCompiler(CompilerBase):
    """Numba's compiler, for parts."""

    def define_pipelines(self) -> list[Any]:
        """The usual passes, which put what they make into a part instead of a library with machine code."""
        self.state.library = _Part(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]
