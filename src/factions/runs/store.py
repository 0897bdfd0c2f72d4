"""A run on disk: its folder, held against other runs, with the manifest and what is finished of its worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from factions.errors import UsageError
from factions.results.tables import parameter_table
from factions.results.tally import Tally
from factions.runs.blocks import Blocks, Unusable
from factions.runs.job import Block, Job
from factions.runs.manifest import RunManifest
from factions.store.files import write_parquet
from factions.store.lock import locked
from factions.wording import counted


@dataclass
class Store:
    """The folder of one run: what is run, and the blocks of it that are finished; see `opened`.

    `say` is told of files that cannot be used.
    """

    folder: Path
    manifest: RunManifest
    blocks: Blocks
    say: Callable[[str], None]
    _unusable: list[str] = field(default_factory=list)

    def find(self, block: Block) -> Tally | None:
        """The tally of a block that was finished before; None if there is none, or none that can be used."""
        try:
            return self.blocks.read(block)
        except Unusable as error:
            self._unusable.append(f"{self.blocks.path(block)} {error}")
            return None

    def report(self) -> None:
        """Say which blocks `find` could not use, in one line."""
        if self._unusable:
            first, *others = self._unusable
            more = f", and so are {counted(len(others), 'other block')}" if others else ""
            self.say(f"{first}; its worlds are run again{more}")
            self._unusable.clear()

    def end(self) -> None:
        """Write down that all is done."""
        self.manifest.ended().write(self.folder)


@contextmanager
def opened(
    folder: Path, job: Job, worlds: int, command: str = "", say: Callable[[str], None] = lambda text: None
) -> Iterator[Store]:
    """The folder of a run, made or continued; UsageError if it holds another run, or another process runs in it."""
    with locked(folder):
        manifest = RunManifest.of(job, worlds, command)
        earlier = RunManifest.read(folder, "a run of this version")
        if earlier is not None:
            _check(folder, earlier, manifest)
            manifest = replace(manifest, started=earlier.started)
        write_parquet(folder / "parameters.parquet", [parameter_table(job.draws.values)], manifest.identity.line)
        manifest.write(folder)
        blocks = Blocks(folder, job, manifest.identity)
        blocks.tidy(worlds)
        yield Store(folder, manifest, blocks, say)


def _check(folder: Path, earlier: RunManifest, manifest: RunManifest) -> None:
    """Refuse to go on where another run stands."""
    if differences := manifest.identity.differences(earlier.identity):
        problem = f"{folder} holds a run that differs in: {differences}"
        raise UsageError(problem, "give another folder with --out, or remove that one")
    if earlier.worlds > manifest.worlds:
        problem = f"{folder} holds a run of {earlier.worlds:,} worlds, more than {manifest.worlds:,}"
        raise UsageError(
            problem, "ask for at least as many, which continues that run, or give another folder with --out"
        )
