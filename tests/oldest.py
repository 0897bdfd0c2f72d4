"""Prints the oldest versions that pyproject.toml allows, one a line, as constraints for pip."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
_BOUNDED = re.compile(r"([\w.-]+)(?:\[[\w,]*\])?>=([\w.]+)")


def oldest(requirement: str) -> str:
    """The constraint that takes a requirement at its word; ValueError if it has no lower bound.

    >>> oldest("mesa[viz]>=3.3.1,!=3.4.0,<4")
    'mesa==3.3.1'
    """
    bounded = _BOUNDED.match(requirement)
    if bounded is None:
        raise ValueError(f"{requirement} has no lower bound (name>=version)")
    return "{}=={}".format(*bounded.groups())


def pins(project: dict[str, object]) -> list[str]:
    """Constraints for what the package and its tests require; other extras are not tested with old versions."""
    required, extras = project["dependencies"], project["optional-dependencies"]
    return [oldest(requirement) for requirement in (*required, *extras["test"])]


if __name__ == "__main__":
    sys.stdout.write("\n".join(pins(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"])) + "\n")
