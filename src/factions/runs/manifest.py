"""What a run is: the identity that its blocks share, and the manifest from which it can be done again."""

from __future__ import annotations

import json
import platform
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from factions.errors import UsageError
from factions.parameters import PARAMETERS
from factions.runs.job import PROGRAM, Job
from factions.store.files import write_json
from factions.store.plain import from_plain, to_plain
from factions.store.provenance import program_digest
from factions.store.versions import versions

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario

_WORDS = {"program": "version of factions"}  # what a user calls a field; the others have their own names


@dataclass(frozen=True)
class Identity:
    """What two runs must share for the blocks of one to be blocks of the other.

    `program`, `scenario`, `parameters`: SHA-256 (hex) of what runs and counts worlds, of the scenario, of the draws.
    """

    program: str
    scenario: str
    parameters: str
    seed: int
    engine: str

    @classmethod
    def of(cls, job: Job) -> Identity:
        """The identity of a job, run by this program."""
        return cls(program_digest(*PROGRAM), job.scenario.digest, job.draws.digest, job.seed, job.engine)

    def differences(self, other: Identity) -> str:
        """In what the other one differs, in words; empty if in nothing."""
        names = [field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name)]
        return ", ".join(_WORDS.get(name, name) for name in names)

    @property
    def line(self) -> str:
        """As one line of JSON, for the files that a run leaves."""
        return json.dumps(to_plain(self))


@dataclass(frozen=True)
class ScenarioSource:
    """A scenario as it was read: file, title, SHA-256 (hex), readings in force, and the texts that it was made of."""

    path: str
    title: str
    digest: str
    readings: dict[str, str]
    text: str

    @classmethod
    def of(cls, scenario: Scenario) -> ScenarioSource:
        """What a scenario says of itself."""
        return cls(str(scenario.path), scenario.title, scenario.digest, dict(scenario.readings), scenario.text)


@dataclass(frozen=True)
class ParameterSource:
    """Where parameters came from, how many draws there are, and the values if there is one draw only.

    `caution`: what a reader must know of them, or None.
    """

    source: str
    draws: int
    values: dict[str, float] | None
    caution: str | None

    @classmethod
    def of(cls, draws: Draws) -> ParameterSource:
        """What draws say of themselves."""
        values = {name: float(draws.values[name][0]) for name in PARAMETERS} if len(draws.values) == 1 else None
        return cls(draws.source, len(draws.values), values, draws.caution or None)


@dataclass(frozen=True)
class Manifest:
    """What is run, with what: enough to do it again.  Times are ISO 8601, UTC; `finished`: None until all is done."""

    identity: Identity
    command: str
    scenario: ScenarioSource
    seed: int
    worlds: int
    worlds_kept_whole: int
    engine: str
    parameters: ParameterSource
    libraries: dict[str, str]
    machine: str
    started: str
    finished: str | None
    program: str = "factions run"

    @classmethod
    def of(cls, job: Job, worlds: int, command: Sequence[str]) -> Manifest:
        """The manifest of a job that begins now."""
        return cls(
            identity=Identity.of(job),
            command=shlex.join(command),
            scenario=ScenarioSource.of(job.scenario),
            seed=job.seed,
            worlds=worlds,
            worlds_kept_whole=min(worlds, job.cut.kept),
            engine=job.engine,
            parameters=ParameterSource.of(job.draws),
            libraries=versions(),
            machine=machine(),
            started=now(),
            finished=None,
        )

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        write_json(path, to_plain(self))


def read_manifest(path: Path) -> Manifest | None:
    """The manifest of an earlier run, None if there is no such file; UsageError if it is something else."""
    try:
        return from_plain(Manifest, json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except ValidationError as error:
        problem = f"{path.parent} holds something other than a run of this version"
        raise UsageError(problem, "give another folder with --out") from error
    except (ValueError, OSError) as error:
        raise UsageError(f"{path} cannot be read", "give another folder with --out, or remove the file") from error


def machine() -> str:
    """What kind of machine this is."""
    return f"{platform.system()} {platform.machine()}"


def now() -> str:
    """The time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
