"""Progress on stderr: how many worlds are done, how long the rest will take, and when something is compiled first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

EVERY = 5.0
"""Seconds between two lines where stderr is no terminal."""


@contextmanager
def progress_bar(total: int, what: str) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, a line now and then elsewhere; yields a function to call with the number newly done."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(total, what)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.advance(task, done)


def _lines(total: int, what: str) -> Callable[[int], None]:
    """Lines such as "history.toml: 4,096 of 16,384, 12 s left": the first after some seconds, the last not at all.

    The first part does not count for the time that is left: it may have waited for the compiler.
    """
    last = time.monotonic()
    finished = 0
    first: tuple[float, int] | None = None

    def advance(done: int) -> None:
        nonlocal last, finished, first
        finished += done
        now = time.monotonic()
        if now - last >= EVERY and finished < total:
            last = now
            left = ""
            if first is not None:
                left = f", {(now - first[0]) / (finished - first[1]) * (total - finished):.0f} s left"
            typer.echo(f"{what}: {finished:,} of {total:,}{left}", err=True)
        if first is None:
            first = now, finished

    return advance


@contextmanager
def continued(what: str, out: Path | None) -> Iterator[None]:
    """While something is done of which `what` is kept in a folder: one line, if it is interrupted, on how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        kept = f"with --out DIR, {what} would have been kept"
        if out is not None:
            kept = f"{what} are kept in {out}: the same command continues from there"
        typer.echo(f"interrupted; {kept}", err=True)
        raise


def say_if_compiling() -> None:
    """One line if the compiled engine has to be made first, or cannot be kept; called before its first use."""
    from factions.engine.compile import CACHE, is_compiled

    if CACHE.caution:
        typer.echo(f"warning: {CACHE.caution}", err=True)
    if not is_compiled():
        typer.echo("compiling the engine, once for this version (about 15 seconds)", err=True)
