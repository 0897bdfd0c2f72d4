"""A run on disk: the manifest that says which run it is, finished blocks, and the first worlds whole."""

from __future__ import annotations

import json
import platform
import shlex
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factions.errors import UsageError
from factions.parameters import PARAMETERS
from factions.results.tables import parameter_table
from factions.results.tally import Tally, pack, unpack
from factions.results.tidy import table_names, to_table
from factions.runs.job import PROGRAM, Block, Job
from factions.statements.scores import held_table
from factions.store.files import write_bytes, write_parquet, write_text
from factions.store.provenance import program_digest

if TYPE_CHECKING:
    from factions.runs.pool import Done

MANIFEST = "manifest.json"
KEPT = 2048
"""Worlds (the first ones) that are kept whole, for the per-world tables; all others only as counts."""

LIBRARIES = ("factions", "numpy", "numba", "mesa", "pydantic", "pyarrow", "matplotlib")
_SAME = {
    "program": "version of factions",
    "digest": "scenario",
    "seed": "seed",
    "engine": "engine",
    "parameters": "parameters",
}


class Store:
    """The folder of one run: a job, as many of its worlds as were asked for, and what is finished of them."""

    def __init__(self, folder: Path, job: Job, worlds: int, command: Sequence[str] = ()) -> None:
        self.folder, self.job, self.worlds = folder, job, worlds
        self._command, self._started = shlex.join(command), _now()
        earlier = self._earlier()
        if earlier is not None:
            self._check(earlier)
            self._started = earlier["started"]

    @property
    def manifest(self) -> dict[str, Any]:
        """What is run, with what: enough to do it again."""
        job, scenario = self.job, self.job.scenario
        one = len(job.draws.values) == 1
        values = {name: float(job.draws.values[name][0]) for name in PARAMETERS} if one else None
        return {
            "program": "factions run",
            "identity": self._identity(),
            "command": self._command,
            "scenario": {
                "path": str(scenario.path),
                "title": scenario.title,
                "digest": scenario.digest,
                "readings": dict(scenario.readings),
                "text": scenario.text,
            },
            "seed": job.seed,
            "worlds": self.worlds,
            "worlds_kept_whole": min(self.worlds, KEPT),
            "engine": job.engine,
            "parameters": {"source": job.draws.source, "draws": len(job.draws.values), "values": values},
            "libraries": {"python": platform.python_version(), **{name: _version(name) for name in LIBRARIES}},
            "machine": f"{platform.system()} {platform.machine()}",
            "started": self._started,
        }

    def begin(self) -> None:
        """Make the folder and write down what is going to be run."""
        write_parquet(self.folder / "parameters.parquet", [parameter_table(self.job.draws.values)])
        self._write({"finished": None})

    def end(self) -> None:
        """Write down that all is done."""
        self._write({"finished": _now()})

    def whole(self, block: Block) -> bool:
        """Is a block one whose worlds are kept whole."""
        return block.end <= KEPT

    def find(self, block: Block) -> Tally | None:
        """The tally of a block that was finished before, else None."""
        if self.whole(block) and not self._part("meetings", block).exists():
            return None
        try:
            return unpack(self._file(block).read_bytes())
        except (FileNotFoundError, ValueError):
            return None

    def keep(self, done: Done) -> None:
        """Keep a finished block; its tally comes last, so that where there is one the rest is there too."""
        if done.pieces:
            for name in table_names(self.job.scenario):
                write_parquet(self._part(name, done.block), (to_table(piece, name) for piece in done.pieces))
            write_parquet(self._part("claims", done.block), map(held_table, done.pieces))
        write_bytes(self._file(done.block), pack(done.tally))
        for stale in self._file(done.block).parent.glob(f"{done.block.name.split('-')[0]}-*.npz"):
            if stale != self._file(done.block):
                stale.unlink()

    def _file(self, block: Block) -> Path:
        return self.folder / "blocks" / f"{block.name}.npz"

    def _part(self, table: str, block: Block) -> Path:
        return self.folder / "worlds" / table / f"part-{block.first:09d}.parquet"

    def _identity(self) -> dict[str, object]:
        """What two runs must share for the blocks of one to be blocks of the other."""
        return {
            "program": program_digest(*PROGRAM),
            "digest": self.job.scenario.digest,
            "seed": self.job.seed,
            "engine": self.job.engine,
            "parameters": self.job.draws.digest,
        }

    def _earlier(self) -> dict[str, Any] | None:
        path = self.folder / MANIFEST
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (ValueError, OSError) as error:
            raise UsageError(f"{path} cannot be read", "give another folder with --out") from error

    def _check(self, earlier: dict[str, Any]) -> None:
        identity = earlier.get("identity")
        if earlier.get("program") != "factions run" or not isinstance(identity, dict):
            raise UsageError(f"{self.folder} holds something else than a run", "give another folder with --out")
        mine = self._identity()
        other = [words for key, words in _SAME.items() if identity.get(key) != mine[key]]
        if other:
            problem = f"{self.folder} holds a run that differs in: {', '.join(other)}"
            raise UsageError(problem, "give another folder with --out, or remove that one")
        if earlier["worlds"] > self.worlds:
            problem = f"{self.folder} holds a run of {earlier['worlds']:,} worlds, more than {self.worlds:,}"
            raise UsageError(problem, "ask for as many or more, which continues it, or give another folder")

    def _write(self, more: dict[str, Any]) -> None:
        text = json.dumps(self.manifest | more, indent=2, ensure_ascii=False)
        write_text(self.folder / MANIFEST, text + "\n")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
