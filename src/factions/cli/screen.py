"""What users see: results on stdout, as paragraphs and tables or as JSON, in whatever encoding it has."""

from __future__ import annotations

import codecs
import errno
import io
import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from factions.errors import printable

if TYPE_CHECKING:
    from factions.report.table import Block

_PLAIN = {
    "─": "-",
    "±": "+-",
    "×": "x",
    "–": "-",
    "—": "-",
    "−": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "„": '"',
    "”": '"',
    "…": "...",
    "→": "->",
    "≥": ">=",
    "≤": "<=",
}
"""What stands for a letter that an encoding lacks and that has no plain one beneath its accents."""


_REMEDIES = {
    errno.ENOENT: "; see whether the folder is there and may be written",
    errno.ENOSPC: "; make room, then type the same command again",
    errno.EACCES: "; give a place to which you may write",
    errno.EPERM: "; give a place to which you may write",
    errno.EROFS: "; give a place to which you may write",
    errno.EMFILE: "; close other programs, or ask for fewer --workers",
}
"""What may help where the system refuses something."""


def show(blocks: Iterable[Block]) -> None:
    """Print paragraphs and tables."""
    from factions.report.table import as_text

    typer.echo(as_text(blocks, columns()), nl=False)


def columns() -> int:
    """Characters in a line of stdout."""
    from factions.report.table import PIPED

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED


def show_json(data: object) -> None:
    """Print plain data; letters that the encoding of stdout lacks are escaped as JSON has it."""
    from factions.store.files import json_text

    text = json_text(data)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json_text(data, plain=True)
    typer.echo(text)


def prepare_streams() -> None:
    """See to it that no letter stops the program: what an encoding lacks is written as near as it can."""
    codecs.register_error("factions.plain", _plain)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the shell
            setattr(sys, name, io.StringIO())
        elif isinstance(stream, io.TextIOWrapper) and stream.errors in ("strict", "backslashreplace"):
            stream.reconfigure(errors="factions.plain")


def _plain(error: UnicodeError) -> tuple[str, int]:
    """ASCII in place of what cannot be encoded, and where to go on: an error handler of `codecs`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain_letter, error.object[error.start : error.end])), error.end


def _plain_letter(letter: str) -> str:
    below = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return _PLAIN.get(letter) or below or letter.encode("ascii", "backslashreplace").decode()


def say_failure(error: OSError) -> None:
    """Say in one line on stderr what the system refused, and stop writing where nothing can be written."""
    reason = error.strerror or str(error)
    with suppress(OSError):
        place = printable(str(error.filename)) if error.filename else "results cannot be written"
        typer.echo(f"{place}: {reason}{_REMEDIES.get(error.errno or 0, '')}", err=True)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # or Python would try again as it ends, and tell of it at length
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
