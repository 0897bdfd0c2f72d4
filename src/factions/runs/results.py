"""A folder of results that are made in one go: of what, so that those of something else are never mixed in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factions.errors import UsageError
from factions.runs.manifest import Manifest, ParameterSource, ScenarioSource
from factions.store.lock import locked

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class ResultsManifest(Manifest):
    """The manifest of a command that compares, explains or validates.

    `identity`: what two calls must share for their results to be the same, each under the name that a user knows.
    """

    identity: dict[str, str]
    scenarios: tuple[ScenarioSource, ...]

    @classmethod
    def of(
        cls, program: str, scenarios: Sequence[Scenario], draws: Draws, identity: Mapping[str, object], command: str
    ) -> ResultsManifest:
        """Of a command that begins now; scenarios and draws belong to the identity of its results too."""
        digests = [(scenario.path.name, scenario.digest) for scenario in scenarios]
        all_of_it = {"scenarios": digests, "parameters": draws.digest, **identity}
        return cls(
            program=program,
            command=command,
            parameters=ParameterSource.of(draws),
            identity={name: json.dumps(value) for name, value in all_of_it.items()},
            scenarios=tuple(ScenarioSource.of(scenario) for scenario in scenarios),
        )


@contextmanager
def results_folder(folder: Path, manifest: ResultsManifest) -> Iterator[None]:
    """Hold a folder while results are written into it; UsageError if it has those of anything else."""
    with locked(folder):
        _check(folder, manifest)
        manifest.write(folder)
        yield
        manifest.ended().write(folder)


def _check(folder: Path, manifest: ResultsManifest) -> None:
    earlier = ResultsManifest.read(folder, f"results of {manifest.program}")
    if earlier is None:
        return
    remedy = "give another folder with --out"
    names = earlier.identity.keys() | manifest.identity.keys()
    other = sorted(name for name in names if earlier.identity.get(name) != manifest.identity.get(name))
    if earlier.program != manifest.program:
        raise UsageError(f"{folder} holds results of {earlier.program}", remedy)
    if other:
        raise UsageError(f"{folder} holds results that differ in: {', '.join(other)}", f"{remedy}, or remove that one")
