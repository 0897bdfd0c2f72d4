"""Results on stdout: paragraphs and tables as wide as the terminal, or JSON."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from factions.report.table import Block


def show(blocks: Iterable[Block]) -> None:
    """Print paragraphs and tables."""
    from factions.report.table import PIPED, as_text

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED
    typer.echo(as_text(blocks, width), nl=False)


def show_json(data: object) -> None:
    """Print plain data."""
    from factions.store.files import json_text

    typer.echo(json_text(data))
