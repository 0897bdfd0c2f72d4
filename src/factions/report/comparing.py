"""Several counterfactuals compared with one baseline, in this process or in several; each is written as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factions.counterfactual.asked import outcomes_of
from factions.counterfactual.compare import in_order
from factions.dynamics import run_worlds
from factions.engine.compile import CACHE, is_compiled
from factions.plots.shape import drawn_as
from factions.report.comparison import write_comparison
from factions.report.side import Side
from factions.runs.processes import FRESH, processes, received, unheard
from factions.store.csv_tables import written_for
from factions.store.files import remove_unfinished

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

    from factions.counterfactual.compare import Comparer, Comparison
    from factions.scenario import Scenario

    Messages = SimpleQueue[tuple[str, ...] | int]

Tell = Callable[[str, str], None]

PROCESSES = 8
"""Processes at most; what more workers there are run worlds as threads of these."""

FILES = 2
"""Files that a process has at least: to start one takes as long as half a file."""

PAIRS = 16_000
"""Pairs that processes have in memory together, unless one file has more: up to 0.6 MB each in the documented case."""

LOOK = 0.1
"""Seconds after which what processes have said is heard."""


@dataclass(frozen=True)
class Comparing:
    """What is compared, and how it is written.

    `comparer`: compares single files; `outcomes`: names, see there; `out`: folder for the reports, or None; `command`:
    as it can be typed again; `style`, `spreadsheet`: what figures are drawn and tables are written for.
    """

    comparer: Comparer
    outcomes: tuple[str, ...]
    out: Path | None
    command: str
    style: str
    spreadsheet: str

    def run(self, scenarios: Sequence[Scenario], say: Tell, done: Callable[[int], None]) -> Iterator[Comparison]:
        """Each comparison as it is finished and written, without its worlds; the same with any number of workers.

        There are as many workers as the comparer has threads.  `say(file, text)` is told what goes on with a file and
        what a reader must know; `done`: see `Comparer.compare`.  UsageError, before anything is run, for an outcome
        that cannot be asked.
        """
        comparer = self.comparer
        for scenario in scenarios:
            outcomes_of(comparer.base, scenario, self.outcomes)
        order = in_order(comparer, scenarios)
        count = processes_for(comparer.threads, len(order), comparer.worlds)
        if count == 1:
            return (self.one(scenario, say, done) for scenario in order)
        return self._apart(order, count, say, done)

    def one(self, scenario: Scenario, say: Tell, done: Callable[[int], None]) -> Comparison:
        """One file compared and written."""
        tell = partial(say, scenario.path.name)
        comparison = self.comparer.compare(scenario, self.outcomes, tell, done=done)
        for text in (text for text in comparison.warnings if text != self.comparer.parameter_draws.caution):
            tell(f"warning: {text}")
        if self.out is not None:
            tell("drawing")
            with drawn_as(self.style), written_for(self.spreadsheet):
                write_comparison(Side.of(comparison), self.out / comparison.name, self.command)
        return comparison.without_worlds()

    def _apart(
        self, order: Sequence[Scenario], count: int, say: Tell, done: Callable[[int], None]
    ) -> Iterator[Comparison]:
        """The files in `count` processes, each with its part of the threads."""
        _compile(self.comparer)
        messages: Messages = FRESH.SimpleQueue()
        threads = max(1, self.comparer.threads // count)
        try:
            with processes(count, _begin, self, threads, messages) as executor:
                with unheard():
                    pending = {executor.submit(_compare, scenario) for scenario in order}
                yield from _finished(pending, partial(_hear, messages, say, done))
        finally:
            if self.out is not None:  # of processes that were ended in the midst of it
                remove_unfinished(self.out)


def processes_for(workers: int, files: int, worlds: int) -> int:
    """In how many processes files of so many pairs of worlds are compared; 1: in this one."""
    return max(1, min(workers, files // FILES, PROCESSES, PAIRS // worlds))


def _compile(comparer: Comparer) -> None:
    """Make the engine if it has not been made before: else each process would make its own."""
    if CACHE.folder is not None and not is_compiled():
        run_worlds(comparer.base, range(1), comparer.parameter_draws.of([0]), comparer.seed)


def _finished(pending: set[Future[Comparison]], hear: Callable[[], None]) -> Iterator[Comparison]:
    while pending:
        finished, pending = wait(pending, LOOK, FIRST_COMPLETED)
        hear()
        yield from map(received, finished)


def _hear(messages: Messages, say: Tell, done: Callable[[int], None]) -> None:
    """Pass on what processes have said."""
    while not messages.empty():
        message = messages.get()
        if isinstance(message, int):
            done(message)
        else:
            say(*message)


class _Hand:
    """A process that compares files, and whom it tells."""

    def __init__(self, comparing: Comparing, threads: int, messages: Messages) -> None:
        self.comparing, self.messages = comparing, messages
        comparing.comparer.threads = threads

    def compare(self, scenario: Scenario) -> Comparison:
        """One file compared and written."""
        put = self.messages.put
        return self.comparing.one(scenario, lambda *said: put(said), put)


_hands: list[_Hand] = []
"""In a process that compares files: itself.  It keeps the worlds that the next file may need too."""


def _begin(comparing: Comparing, threads: int, messages: Messages) -> None:
    _hands.append(_Hand(comparing, threads, messages))


def _compare(scenario: Scenario) -> Comparison:
    return _hands[0].compare(scenario)
