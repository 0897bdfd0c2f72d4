"""A folder of results that are made in one go: of what, so that those of something else are never mixed in."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from factions.errors import UsageError
from factions.runs.manifest import ParameterSource, ScenarioSource, machine, now
from factions.store.files import write_json
from factions.store.lock import locked
from factions.store.plain import from_plain, to_plain
from factions.store.versions import versions

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a command made, with what.  Times are ISO 8601, UTC; `finished`: None until all is written.

    `identity`: what two calls must share for their results to be the same, each under the name that a user knows.
    """

    program: str
    identity: dict[str, str]
    command: str
    scenarios: tuple[ScenarioSource, ...]
    parameters: ParameterSource
    libraries: dict[str, str]
    machine: str
    started: str
    finished: str | None

    @classmethod
    def of(
        cls,
        program: str,
        scenarios: Sequence[Scenario],
        draws: Draws,
        identity: Mapping[str, object],
        command: Sequence[str],
    ) -> Manifest:
        """Of a command that begins now; scenarios and draws belong to the identity of its results too."""
        digests = [(scenario.path.name, scenario.digest) for scenario in scenarios]
        all_of_it = {"scenarios": digests, "parameters": draws.digest, **identity}
        return cls(
            program=program,
            identity={name: json.dumps(value) for name, value in all_of_it.items()},
            command=shlex.join(command),
            scenarios=tuple(ScenarioSource.of(scenario) for scenario in scenarios),
            parameters=ParameterSource.of(draws),
            libraries=versions(),
            machine=machine(),
            started=now(),
            finished=None,
        )


@contextmanager
def results_folder(folder: Path, manifest: Manifest) -> Iterator[None]:
    """Hold a folder while results are written into it; UsageError if it has those of anything else."""
    with locked(folder):
        _check(folder, manifest)
        _write(manifest, folder)
        yield
        _write(replace(manifest, finished=now()), folder)


def _write(manifest: Manifest, folder: Path) -> None:
    write_json(folder / MANIFEST, to_plain(manifest))


def _check(folder: Path, manifest: Manifest) -> None:
    path, remedy = folder / MANIFEST, "give another folder with --out"
    try:
        earlier = from_plain(Manifest, json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return
    except (ValueError, OSError) as error:
        raise UsageError(f"{folder} holds something other than results of {manifest.program}", remedy) from error
    names = earlier.identity.keys() | manifest.identity.keys()
    other = sorted(name for name in names if earlier.identity.get(name) != manifest.identity.get(name))
    if earlier.program != manifest.program:
        raise UsageError(f"{folder} holds results of {earlier.program}", remedy)
    if other:
        raise UsageError(f"{folder} holds results that differ in: {', '.join(other)}", f"{remedy}, or remove that one")
