"""Run a job: block by block, in any number of hands, with what was finished before taken from disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.errors import UsageError
from factions.results.tally import Tallied
from factions.runs.job import Block, Job, blocks
from factions.runs.pool import run_blocks
from factions.statements.scores import ClaimScore, Replay, claim_scores, replay

if TYPE_CHECKING:
    from factions.results.tally import Tally
    from factions.runs.store import Store


@dataclass(frozen=True)
class Finished:
    """A job that has been run for `tally.worlds` worlds, and what it says of the record."""

    job: Job
    tally: Tally
    scores: list[ClaimScore]
    replay: Replay | None

    @property
    def tallied(self) -> Tallied:
        """The worlds as tables and figures take them."""
        return Tallied(self.job.scenario, self.job.seed, self.tally)


def run(
    job: Job,
    worlds: int,
    store: Store | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[int], None] | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Finished:
    """Run worlds 0 .. worlds - 1; the result is the same to the bit for any workers, scheduler and interruption.

    `store` keeps finished blocks and gives those of an earlier run; `progress(n)` is called when n more are done; `say`
    is told what a user must know meanwhile.
    """
    total: Tally | None = None
    todo: list[Block] = []

    def add(tally: Tally) -> None:
        nonlocal total
        total = tally if total is None else total + tally
        if progress is not None:
            progress(tally.worlds)

    for block in blocks(worlds, job.cut.block):
        found = None if store is None else store.find(block)
        if found is None:
            todo.append(block)
        else:
            add(found)
    if store is not None:
        store.report()
    finished = run_blocks(job, todo, _nothing if store is None else store.blocks.whole, workers, scheduler, say)
    for done in finished:
        if store is not None:
            store.blocks.write(done)
        add(done.tally)
    if total is None:
        raise UsageError(f"{worlds} worlds cannot be run", "ask for at least one")
    return _finished(job, total)


def _nothing(block: Block) -> bool:
    return False


def _finished(job: Job, tally: Tally) -> Finished:
    scores = claim_scores(job.scenario, tally.counts["claims"], tally.worlds)
    return Finished(job, tally, scores, replay(scores, tally.counts["matched"]))
