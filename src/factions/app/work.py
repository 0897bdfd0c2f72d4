"""Long work for a visitor: in a thread, one at a time on this machine, with progress, and given up at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_TURN = threading.Lock()
_THREADS = ThreadPoolExecutor(8, thread_name_prefix="factions")
_LOOK = 0.1
"""Seconds between two looks at whether somebody gave up."""


class GivenUp(Exception):
    """The visitor cancelled, or has left."""


class Work:
    """One piece of work: `text` says what is going on, `share` how much of it is done, in [0, 1]."""

    def __init__(self, total: int = 1) -> None:
        self.total, self.finished, self.text = total, 0, "waiting for another run to end"
        self._stop = threading.Event()

    @property
    def share(self) -> float:
        """How much is done."""
        return min(1.0, self.finished / self.total)

    def stop(self) -> None:
        """Give it up: whoever waits is told at once, the thread ends at its next step."""
        self._stop.set()

    def say(self, text: str) -> None:
        """Say what is going on; GivenUp if nobody wants to know."""
        self.text = text
        self.done(0)

    def done(self, count: int = 1) -> None:
        """So many more steps are done; GivenUp if nobody wants the rest."""
        self.finished += count
        if self._stop.is_set():
            raise GivenUp

    async def run(self, task: Callable[[Work], T]) -> T:
        """What the task returns; GivenUp as soon as somebody stops it."""
        future = asyncio.wrap_future(_THREADS.submit(self._in_turn, task))
        while not future.done():
            await asyncio.wait([future], timeout=_LOOK)
            if self._stop.is_set() and not future.done():
                raise GivenUp
        found = future.result()
        if found is None:
            raise GivenUp
        return found[0]

    def _in_turn(self, task: Callable[[Work], T]) -> tuple[T] | None:
        """What the task returns; nothing if it was given up."""
        try:
            while not _TURN.acquire(timeout=_LOOK):
                self.done(0)
            try:
                self.say("beginning")
                return (task(self),)
            finally:
                _TURN.release()
        except GivenUp:
            return None
