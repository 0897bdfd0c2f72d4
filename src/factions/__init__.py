"""factions: a calibrated agent-based simulation of party struggles.

The names below are the Python interface; each is imported when it is first used, so `import factions` costs nothing.
See `factions.api` for what they do. `factions.__version__` is the version that is installed.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself takes its time to import
if TYPE_CHECKING:
    from typing import Any

_API = (
    "ClaimScore",
    "Ensemble",
    "FactionsError",
    "Party",
    "Scenario",
    "causes",
    "claims",
    "compare",
    "load",
    "page",
    "robust",
    "run",
    "tell",
)

__all__ = list(_API)


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("factions")
    if name not in _API:
        raise AttributeError(f"module 'factions' has no attribute {name!r}")
    from factions import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_API, "__version__"})
