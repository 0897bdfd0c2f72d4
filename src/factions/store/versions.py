"""With what a result was made: versions of Python and of the packages that matter."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("factions", "numpy", "numba", "mesa", "pydantic", "pyarrow", "matplotlib")


def versions() -> dict[str, str]:
    """The version of Python, and by name those of the packages that are installed."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
