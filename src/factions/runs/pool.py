"""Where blocks are run: threads or processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from factions.errors import FactionsError, UsageError
from factions.results.tally import pack, unpack
from factions.runs.job import PROGRAM, Block, Job, run_block
from factions.store.provenance import program_digest

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.results.tally import Tally


PATIENCE = "10s"
"""How long a Dask scheduler may take to answer."""


@dataclass(frozen=True)
class Done:
    """A finished block: its tally, and its worlds in pieces if they were asked for (else none)."""

    block: Block
    tally: Tally
    pieces: list[Ensemble]


_Work = tuple[Block, bytes, list["Ensemble"]]


@dataclass(frozen=True)
class _Hands:
    """Those who run blocks of a job (on a cluster: the promise of one), at most so many at a time."""

    executor: Executor
    job: Job
    most: int


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_blocks(
    job: Job,
    todo: Iterable[Block],
    whole: Callable[[Block], bool],
    workers: int | None = None,
    scheduler: str | None = None,
) -> Iterator[Done]:
    """Run blocks and give each as it is finished, in any order; `whole(block)`: are its worlds wanted too.

    `workers`: on this machine, by default one a processor; `scheduler`: address of a Dask scheduler instead.  Few
    more blocks than workers are under way at a time, so memory does not grow with the number of blocks.
    """
    with _dask(job, scheduler) if scheduler else _local(job, workers or cores()) as hands:
        pending: set[Future[_Work]] = set()
        program = program_digest(*PROGRAM)
        for block in todo:
            pending.add(hands.executor.submit(_work, hands.job, block, whole(block), program))
            if len(pending) >= hands.most:
                finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (_received(future) for future in finished)
        while pending:
            finished, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from (_received(future) for future in finished)


def _work(job: Job, block: Block, whole: bool, program: str) -> _Work:
    """Run one block, here or on a worker elsewhere."""
    if program_digest(*PROGRAM) != program:
        raise FactionsError("a worker has another version of factions; install the same one everywhere")
    tally, pieces = run_block(job, block, whole)
    return block, pack(tally), pieces


def _received(future: Future[_Work]) -> Done:
    block, packed, pieces = future.result()
    return Done(block, unpack(packed), pieces)


@contextmanager
def _local(job: Job, workers: int) -> Iterator[_Hands]:
    """Threads for the engine, which lets go of the interpreter's lock, processes for Mesa, which does not."""
    if job.engine == "mesa" and workers > 1:
        # Fresh processes: forking one that has threads may hang.
        executor: Executor = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
    else:
        executor = ThreadPoolExecutor(workers)
    try:
        yield _Hands(executor, job, workers + 1)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _dask(job: Job, address: str) -> Iterator[_Hands]:
    """A Dask cluster; the job is itself a task, so that it is made again if the worker that holds it dies."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("distributed is not installed", 'pip install "factions[cluster]"') from error
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        remedy = "give the address that dask scheduler prints, such as tcp://host:8786"
        raise UsageError(f"no Dask scheduler answers at {address}", remedy) from error
    with client:
        shared = client.submit(_same, job, pure=False)
        most = 2 * max(sum(client.nthreads().values()), 1)
        with client.get_executor(pure=False) as executor:
            yield _Hands(executor, cast(Job, shared), most)  # workers get the job itself


def _same(job: Job) -> Job:
    return job
