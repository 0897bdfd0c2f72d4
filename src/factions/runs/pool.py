"""Where blocks are run: threads or processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from factions.errors import FactionsError, UsageError
from factions.runs.job import PROGRAM, Block, Job, run_block
from factions.runs.processes import processes, received, unheard
from factions.store.provenance import program_digest

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.results.tally import Tally


PATIENCE = "10s"
"""How long a Dask scheduler may take to answer."""

_ADDRESS = "give the address that dask scheduler prints, such as tcp://host:8786"

LOOK, GIVE_UP = 5.0, 120.0
"""Seconds after which a cluster without workers is noticed, and after which nobody is waited for any longer."""


@dataclass(frozen=True)
class Done:
    """A finished block: its tally, and its worlds in pieces if they were asked for (else none)."""

    block: Block
    tally: Tally
    pieces: list[Ensemble]


@dataclass(frozen=True)
class _Hands:
    """Those who run blocks of a job (on a cluster: the promise of one).

    `count()`: how many there are at present; `lost`: errors which mean that one of them has gone for good.
    """

    executor: Executor
    job: Job
    count: Callable[[], int]
    lost: tuple[type[BaseException], ...]


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_blocks(
    job: Job,
    todo: Iterable[Block],
    whole: Callable[[Block], bool],
    workers: int | None = None,
    scheduler: str | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Iterator[Done]:
    """Run blocks and give each as it is finished, in any order; `whole(block)`: are its worlds wanted too.

    `workers`: on this machine, by default one a processor; `scheduler`: address of a Dask scheduler instead.  Few
    more blocks than workers are under way at a time, so memory does not grow with the number of blocks.  `say` is told
    if there are no workers; FactionsError if none come.
    """
    with _local(job, workers or cores()) if scheduler is None else _dask(job, scheduler) as hands:
        pending: set[Future[Done]] = set()
        program = program_digest(*PROGRAM)
        for block in todo:
            with unheard():
                pending.add(hands.executor.submit(_work, hands.job, block, whole(block), program))
            if len(pending) > hands.count():
                finished, pending = _wait(pending, hands, say)
                yield from (received(future, hands.lost) for future in finished)
        while pending:
            finished, pending = _wait(pending, hands, say)
            yield from (received(future, hands.lost) for future in finished)


_Futures = set[Future[Done]]


def _wait(pending: _Futures, hands: _Hands, say: Callable[[str], None]) -> tuple[_Futures, _Futures]:
    """Those that are finished, one at least, and the others."""
    idle = 0.0
    while True:
        finished, others = wait(pending, timeout=LOOK, return_when=FIRST_COMPLETED)
        if finished:
            return finished, others
        if hands.count():
            idle = 0.0
            continue
        if not idle:
            say(f"the Dask scheduler has no workers; waiting for one, {GIVE_UP:.0f} s at most")
        idle += LOOK
        if idle >= GIVE_UP:
            raise FactionsError(
                f"no worker has come to the Dask scheduler in {GIVE_UP:.0f} s; start dask worker ADDRESS"
            )


def _work(job: Job, block: Block, whole: bool, program: str) -> Done:
    """Run one block, here or on a worker elsewhere."""
    if program_digest(*PROGRAM) != program:
        raise FactionsError("a worker has another version of factions; install the same one everywhere")
    return Done(block, *run_block(job, block, whole))


@contextmanager
def _local(job: Job, workers: int) -> Iterator[_Hands]:
    """Threads for the engine, which lets go of the interpreter's lock, processes for Mesa, which does not."""
    apart = job.engine == "mesa" and workers > 1
    with processes(workers) if apart else _threads(workers) as executor:
        yield _Hands(executor, job, lambda: workers, (BrokenExecutor,))


@contextmanager
def _threads(workers: int) -> Iterator[Executor]:
    """Threads; what none of them has begun is not begun once an error has come."""
    executor = ThreadPoolExecutor(workers)
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _dask(job: Job, address: str) -> Iterator[_Hands]:
    """A Dask cluster; the job is itself a task, so that it is made again if the worker that holds it dies."""
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise UsageError("distributed is not installed", 'type: pip install "factions[cluster]"') from error
    if not address:
        raise UsageError("the address of the Dask scheduler is empty", _ADDRESS)
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"no Dask scheduler answers at {address}", _ADDRESS) from error
    with client:
        shared = cast(Job, client.submit(_same, job, pure=False))  # workers get the job itself
        executor = client.get_executor(pure=False)
        try:
            yield _Hands(executor, shared, lambda: 2 * sum(client.nthreads().values()), (KilledWorker, CancelledError))
        finally:
            executor.shutdown(wait=False)  # or what nobody will run would be waited for


def _same(job: Job) -> Job:
    return job
