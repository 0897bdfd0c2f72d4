"""What several commands understand in the same way."""

from __future__ import annotations

from pathlib import Path

import typer


def folder(text: str) -> Path:
    """The folder that an option names; an empty name would be the folder that one is in."""
    if not text:
        raise typer.BadParameter("an empty name is no folder")
    return Path(text)
