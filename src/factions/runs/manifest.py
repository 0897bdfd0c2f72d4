"""What a run is: the identity that its blocks share; and the manifests from which results can be made again."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

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

MANIFEST = "manifest.json"
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
        names = [each.name for each in fields(self) if getattr(self, each.name) != getattr(other, each.name)]
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


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a command made, with what: enough to do it again.  Times are ISO 8601, UTC; `finished`: None until then."""

    program: str
    command: str
    parameters: ParameterSource
    libraries: dict[str, str] = field(default_factory=versions)
    machine: str = field(default_factory=lambda: f"{platform.system()} {platform.machine()}")
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    finished: str | None = None

    def ended(self) -> Self:
        """The same, finished now."""
        return replace(self, finished=datetime.now(UTC).isoformat(timespec="seconds"))

    def write(self, folder: Path) -> None:
        """Write it into the folder of what was made."""
        write_json(folder / MANIFEST, to_plain(self))

    @classmethod
    def read(cls, folder: Path, what: str) -> Self | None:
        """The manifest in a folder, None if there is none; UsageError if the folder holds anything but `what`."""
        path = folder / MANIFEST
        try:
            return from_plain(cls, json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except ValidationError as error:
            raise UsageError(f"{folder} holds something other than {what}", "give another folder with --out") from error
        except (ValueError, OSError) as error:
            remedy = "give another folder with --out, or remove the file"
            raise UsageError(f"{path} cannot be read", remedy) from error


@dataclass(frozen=True, kw_only=True)
class RunManifest(Manifest):
    """The manifest of `factions run`."""

    program: str = "factions run"
    identity: Identity
    scenario: ScenarioSource
    seed: int
    worlds: int
    worlds_kept_whole: int
    engine: str

    @classmethod
    def of(cls, job: Job, worlds: int, command: str) -> RunManifest:
        """The manifest of a job that begins now."""
        return cls(
            command=command,
            parameters=ParameterSource.of(job.draws),
            identity=Identity.of(job),
            scenario=ScenarioSource.of(job.scenario),
            seed=job.seed,
            worlds=worlds,
            worlds_kept_whole=min(worlds, job.cut.kept),
            engine=job.engine,
        )
