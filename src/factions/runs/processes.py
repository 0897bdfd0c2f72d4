"""Fresh processes of this machine that end with this one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from factions.errors import FactionsError

Found = TypeVar("Found")

FRESH = multiprocessing.get_context("spawn")
"""How processes are started: forking one that has threads may hang."""


@contextmanager
def processes(count: int, begin: Callable[..., object] | None = None, *given: object) -> Iterator[ProcessPoolExecutor]:
    """At most `count` processes, each of which first calls `begin(*given)`; whatever is raised here ends them at once.

    What is handed to them must be handed over under `unheard`.
    """
    others = multiprocessing.active_children()
    executor = ProcessPoolExecutor(count, FRESH, initializer=_begin, initargs=(begin, given))
    try:
        yield executor
    except BaseException:
        for process in multiprocessing.active_children():
            if process not in others:  # nobody wants what it is at
                process.terminate()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Processes that are started here do not hear an interrupt from the keyboard: it is this one that ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def received(future: Future[Found], lost: tuple[type[BaseException], ...] = (BrokenExecutor,)) -> Found:
    """What a worker has found; FactionsError if it has ended before, which `lost` (errors) says."""
    try:
        return future.result()
    except lost as error:
        reason = "a worker ended before its work was done, perhaps for want of memory"
        raise FactionsError(f"{reason}; try fewer --workers") from error


def _begin(begin: Callable[..., object] | None, given: tuple[object, ...]) -> None:
    _end_with_parent()
    if begin is not None:
        begin(*given)


def _end_with_parent() -> None:
    """See to it that this process ends with the one that started it, even if that one is killed."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
