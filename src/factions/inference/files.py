"""The files of a posterior: draws as Parquet, a manifest beside them, and the state of an unfinished calibration."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factions.inference.calibration import WORLDS_PER_MINUTE, Plan, Posterior
from factions.inference.summary import Summary
from factions.parameters import PARAMETERS
from factions.store.files import write_json, write_parquet
from factions.store.plain import to_plain
from factions.store.provenance import WORLDS, program_digest
from factions.store.versions import versions

if TYPE_CHECKING:
    from factions.scenario import Scenario

_SAID = ("program", "worlds", "digest", "seed", "until")  # of the manifest, in the draws themselves
PROGRAM = ("factions.inference.calibration", "factions.inference.observed")
"""What decides the posterior of a scenario."""


@dataclass(frozen=True)
class Files:
    """Where a calibration's results go: `STEM.posterior.parquet`, `.json` and, until it is done, `.unfinished.npz`.

    STEM is the scenario file's, with `until-DATE` when only the record up to that day is fitted.
    """

    folder: Path
    stem: str

    @classmethod
    def of(cls, scenario: Scenario, out: Path | None = None, until: date | None = None) -> Files:
        """In the folder `out`, or beside the scenario."""
        stem = scenario.path.stem if until is None else f"{scenario.path.stem}.until-{until.isoformat()}"
        return cls(scenario.path.parent if out is None else out, stem)

    @property
    def draws(self) -> Path:
        """The draws."""
        return self.folder / f"{self.stem}.posterior.parquet"

    @property
    def manifest(self) -> Path:
        """What they are and how good."""
        return self.folder / f"{self.stem}.posterior.json"

    @property
    def state(self) -> Path:
        """What an interrupted calibration continues from."""
        return self.folder / f"{self.stem}.posterior.unfinished.npz"


def calibration_key(scenario: Scenario, plan: Plan, until: date | None) -> str:
    """SHA-256 (hex) of all that a posterior depends on: scenario, program, plan, last day."""
    warm = "" if plan.warm is None else hashlib.sha256(plan.warm.tobytes()).hexdigest()
    how = [plan.seed, plan.budget, plan.runs, plan.points, warm, plan.inflation, plan.likelihood, plan.weight]
    said = [scenario.digest, program_digest(*PROGRAM), *how, str(until)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True)
class Manifest(Summary):
    """What was fitted to what, how, and how well it converged: `STEM.posterior.json`.

    `digest`, `program`, `worlds`: SHA-256 (hex) of the scenario, of the program text that the posterior depends on, and
    of the part of it that decides worlds; `until`: last day of the record fitted (None: all of it); `claims` fitted;
    `minutes`: the budget; `draws`: how many; `versions` of the libraries; `command` line.
    """

    scenario: str
    title: str
    digest: str
    program: str
    worlds: str
    until: date | None
    claims: int
    seed: int
    minutes: float
    draws: int
    versions: dict[str, str]
    command: tuple[str, ...]


def manifest(scenario: Scenario, posterior: Posterior, plan: Plan, until: date | None, claims: int) -> Manifest:
    """Of a posterior that this process has fitted to so many claims."""
    return Manifest(
        **vars(posterior.summary),
        scenario=scenario.path.name,
        title=scenario.title,
        digest=scenario.digest,
        program=program_digest(*PROGRAM),
        worlds=program_digest(*WORLDS),
        until=until,
        claims=claims,
        seed=plan.seed,
        minutes=plan.budget / WORLDS_PER_MINUTE,
        draws=len(posterior.draws),
        versions=versions(),
        command=("factions", *sys.argv[1:]),
    )


def write_posterior(files: Files, posterior: Posterior, found: Manifest) -> None:
    """Write draws and manifest, and remove the state; the draws are last, so that they never stand alone."""
    import pyarrow as pa

    plain = to_plain(found)
    write_json(files.manifest, plain)
    table = pa.table({name: np.ascontiguousarray(posterior.draws[name]) for name in PARAMETERS})
    write_parquet(files.draws, [table], json.dumps({name: plain[name] for name in _SAID}))
    files.state.unlink(missing_ok=True)
