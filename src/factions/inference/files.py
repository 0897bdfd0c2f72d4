"""The files of a posterior: draws as Parquet, a manifest beside them, and the state of an unfinished calibration."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factions.errors import UsageError
from factions.inference.calibration import WORLDS_PER_MINUTE, Plan, Posterior
from factions.inference.summary import Summary
from factions.parameters import PARAMETERS
from factions.store.files import parquet_bytes, write_bytes, write_json
from factions.store.plain import to_plain
from factions.store.provenance import WORLDS, program_digest
from factions.store.versions import versions

if TYPE_CHECKING:
    from factions.scenario import Scenario

_SAID = ("program", "worlds", "digest", "seed", "until")  # of the manifest, in the draws themselves
_ENDING = ".posterior.parquet"
PROGRAM = ("factions.inference.calibration", "factions.inference.observed")
"""What decides the posterior of a scenario."""


@dataclass(frozen=True)
class Files:
    """Where a calibration's results go: `draws` (.parquet), with the manifest and the state beside them."""

    draws: Path

    @classmethod
    def of(cls, scenario: Scenario, out: Path | None = None, until: date | None = None) -> Files:
        """`STEM.posterior.parquet` in the folder `out`, or beside the scenario; or the file that `out` names.

        STEM is the scenario file's, with `until-DATE` when only the record up to that day is fitted.
        """
        if out is not None and out.suffix == ".parquet":
            if not out.name.endswith(_ENDING):
                raise UsageError(
                    f"{out} is no name for a posterior", f"give a folder, or a name that ends in {_ENDING}"
                )
            return cls(out)
        stem = scenario.path.stem if until is None else f"{scenario.path.stem}.until-{until.isoformat()}"
        return cls((scenario.path.parent if out is None else out) / f"{stem}{_ENDING}")

    def unused(self) -> Files:
        """The same, or where there are such files already, others with a number after their name: `posterior-2`."""
        names = chain([self.draws.stem], (f"{self.draws.stem}-{number}" for number in count(2)))
        files = (Files(self.draws.with_name(f"{name}.parquet")) for name in names)
        return next(each for each in files if not each.draws.exists() and not each.manifest.exists())

    @property
    def manifest(self) -> Path:
        """What they are and how good."""
        return self.draws.with_suffix(".json")

    @property
    def state(self) -> Path:
        """What an interrupted calibration continues from."""
        return self.draws.with_suffix(".unfinished.npz")


def calibration_key(scenario: Scenario, plan: Plan, until: date | None) -> str:
    """SHA-256 (hex) of all that a posterior depends on: scenario, program, plan, last day."""
    warm = "" if plan.warm is None else hashlib.sha256(plan.warm.tobytes()).hexdigest()
    how = [plan.seed, plan.budget, plan.runs, plan.points, warm, plan.inflation, plan.likelihood, plan.weight]
    said = [scenario.digest, program_digest(*PROGRAM), *how, str(until)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class Manifest(Summary):
    """What was fitted to what, how, and how well it converged: `STEM.posterior.json`.

    `digest`, `program`, `worlds`, `draws_digest`: SHA-256 (hex) of the scenario, of the program text that the posterior
    depends on, of the part of it that decides worlds, and of the file of draws; `until`: last day of the record fitted
    (None: all of it); `claims` fitted; `minutes`: the budget; `draws`: how many; `versions` of the libraries; `command`
    line.
    """

    scenario: str
    title: str
    digest: str
    program: str
    worlds: str
    draws_digest: str
    until: date | None
    claims: int
    seed: int
    minutes: float
    draws: int
    versions: dict[str, str]
    command: tuple[str, ...]


def manifest(scenario: Scenario, posterior: Posterior, plan: Plan, until: date | None, claims: int) -> Manifest:
    """Of a posterior that this process has fitted to so many claims; its draws are not written yet."""
    return Manifest(
        **vars(posterior.summary),
        scenario=scenario.path.name,
        title=scenario.title,
        digest=scenario.digest,
        program=program_digest(*PROGRAM),
        worlds=program_digest(*WORLDS),
        draws_digest="",
        until=until,
        claims=claims,
        seed=plan.seed,
        minutes=plan.budget / WORLDS_PER_MINUTE,
        draws=len(posterior.draws),
        versions=versions(),
        command=("factions", *sys.argv[1:]),
    )


def write_posterior(files: Files, posterior: Posterior, found: Manifest) -> Manifest:
    """Write draws and manifest, which is returned as written, and remove the state.

    The draws are written after the manifest, so that they never stand alone.
    """
    import pyarrow as pa

    plain = to_plain(found)
    table = pa.table({name: np.ascontiguousarray(posterior.draws[name]) for name in PARAMETERS})
    draws = parquet_bytes([table], json.dumps({name: plain[name] for name in _SAID}))
    written = replace(found, draws_digest=hashlib.sha256(draws).hexdigest())
    write_json(files.manifest, to_plain(written))
    write_bytes(files.draws, draws)
    files.state.unlink(missing_ok=True)
    return written
