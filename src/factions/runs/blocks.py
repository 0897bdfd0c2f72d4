"""Blocks of worlds on disk: a tally each, the first worlds whole.  Every file says which worlds of which run it has."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factions.results.ensemble import table_names, to_table
from factions.results.tally import Tally, pack, unpack
from factions.runs.job import Block, Job, blocks
from factions.runs.manifest import Identity
from factions.statements.scores import held_table
from factions.store.files import write_bytes, write_parquet
from factions.store.plain import from_plain, to_plain
from factions.store.seal import file_sum, sealed, unsealed

if TYPE_CHECKING:
    from factions.runs.pool import Done


@dataclass(frozen=True)
class Contents:
    """What a file holds: worlds `first` .. `end` - 1 of the run with this identity.

    `parts`: SHA-256 (hex) of the files with these worlds, by their paths in the folder of the run.
    """

    run: Identity
    first: int
    end: int
    parts: dict[str, str]

    @property
    def line(self) -> str:
        """As one line of JSON."""
        return json.dumps(to_plain(self))


class Unusable(ValueError):
    """A file that does not hold what it should; the message goes on where the name of the file ends."""


@dataclass(frozen=True)
class Blocks:
    """The blocks in the folder of a run."""

    folder: Path
    job: Job
    identity: Identity

    def tidy(self, worlds: int) -> None:
        """Remove the files of blocks that a run of so many worlds does not have."""
        mine = list(blocks(worlds, self.job.cut.block))
        wanted = {self.path(block) for block in mine}
        wanted |= {self.folder / part for block in mine for part in self._parts(block)}
        for pattern in ("blocks/*.npz", "worlds/*/part-*.parquet"):
            for path in self.folder.glob(pattern):
                if path not in wanted:
                    path.unlink()

    def whole(self, block: Block) -> bool:
        """Is a block one whose worlds are kept whole."""
        return block.end <= self.job.cut.kept

    def path(self, block: Block) -> Path:
        """The file with the tally of a block."""
        return self.folder / "blocks" / f"{block.name}.npz"

    def read(self, block: Block) -> Tally | None:
        """The tally of a block, None if there is none; Unusable if a bit of it or of its worlds is not as it was."""
        path = self.path(block)
        if not path.exists():
            return None
        try:
            data, line = unsealed(path.read_bytes())
            found = from_plain(Contents, json.loads(line))
        except ValueError as error:
            raise Unusable("is damaged") from error
        if differences := self.identity.differences(found.run):
            raise Unusable(f"belongs to a run that differs in: {differences}")
        if replace(found, parts={}) != self._contents(block) or found.parts.keys() != self._parts(block).keys():
            raise Unusable("holds other worlds than its name says")
        for part, total in found.parts.items():
            if file_sum(self.folder / part) != total:
                raise Unusable(f"lacks worlds: {part} is damaged or missing")
        return unpack(data)

    def write(self, done: Done) -> None:
        """Keep a finished block; its tally comes last, so that where there is one the rest is there too."""
        contents = self._contents(done.block)
        wanted = self._parts(done.block)
        with ThreadPoolExecutor(2) as hands:  # packing lets go of the interpreter's lock; more would take more memory
            sums = hands.map(partial(self._write_part, done, contents.line), wanted, wanted.values())
            parts = dict(zip(wanted, sums, strict=True))
        write_bytes(self.path(done.block), sealed(pack(done.tally), replace(contents, parts=parts).line))

    def _write_part(self, done: Done, about: str, path: str, name: str) -> str:
        """Keep one table of a block; gives the SHA-256 (hex) of its file."""
        tables = map(held_table, done.pieces) if name == "claims" else (to_table(piece, name) for piece in done.pieces)
        write_parquet(self.folder / path, tables, about)
        return file_sum(self.folder / path)

    def _contents(self, block: Block) -> Contents:
        return Contents(self.identity, block.first, block.end, {})

    def _parts(self, block: Block) -> dict[str, str]:
        """The files with the worlds of a block, and the table that each holds; none if they are not kept whole."""
        tables = [*table_names(self.job.scenario), "claims"] if self.whole(block) else []
        return {_part(table, block): table for table in tables}


def _part(table: str, block: Block) -> str:
    return f"worlds/{table}/part-{block.first:09d}.parquet"
