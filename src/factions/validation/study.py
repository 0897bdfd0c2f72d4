"""What every part of a validation works with: scenario, draws, seed, budgets, and a folder for finished parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from factions import shocks
from factions.dynamics import run_worlds
from factions.inference.calibration import Plan, calibrate
from factions.inference.files import calibration_key
from factions.statements.claims import judge
from factions.store.files import keep, kept_array, recall
from factions.store.plain import from_plain, to_plain
from factions.store.provenance import program_digest

if TYPE_CHECKING:
    from factions.inference.observed import Observed
    from factions.scenario import Scenario

T = TypeVar("T")
_CHUNK = 2048  # worlds judged at once


@dataclass(frozen=True)
class Budgets:
    """How much each part may run.  Minutes are budgets of calibrations (`Plan.of_minutes`).

    A null's chances are searched for in `null_rounds` rounds of `null_candidates`, in `null_tried` worlds each.
    """

    replay_worlds: int = 16384
    filtered_draws: int = 64
    particles: int = 256
    null_worlds: int = 4096
    null_rounds: int = 6
    null_candidates: int = 48
    null_tried: int = 64
    split_minutes: float = 5.0
    ablation_minutes: float = 1.5
    replicates: int = 50
    replicate_minutes: float = 0.4
    trajectories: int = 12
    sensitivity_worlds: int = 256


QUICK = Budgets(
    replay_worlds=2048,
    filtered_draws=12,
    particles=128,
    null_worlds=1024,
    split_minutes=1.0,
    ablation_minutes=0.4,
    replicates=4,
    replicate_minutes=0.3,
    trajectories=2,
    sensitivity_worlds=48,
)
"""Enough for a trial, not for a result."""


@dataclass(frozen=True)
class Study:
    """One validation: `draws` (records (D,)) of the posterior; `folder` keeps finished parts (None: nothing is kept).

    `say` is told what is being done; `threads` run worlds.
    """

    scenario: Scenario
    draws: np.ndarray
    seed: int = 0
    threads: int = 1
    budgets: Budgets = field(default_factory=Budgets)
    folder: Path | None = None
    say: Callable[[str], None] = lambda text: None

    def kept(self, name: str, about: object, kind: type[T], make: partial[T]) -> T:
        """What `make` returns, of the frozen type `kind`, or returned before for this scenario, program and `about`."""
        identity = self._identity(about, make)
        path = None if self.folder is None else self.folder / "parts" / f"{name}-{_short(identity)}.part"
        data = None if path is None else recall(path, identity, self.say)
        if data is not None:
            return from_plain(kind, json.loads(data))
        self.say(name.replace("_", " "))
        found = make()
        if path is not None:
            keep(path, json.dumps(to_plain(found), allow_nan=False).encode(), identity)
        return found

    def _identity(self, about: object, make: partial[T]) -> str:
        """All that a part depends on, as one line of JSON."""
        said = {
            "program": program_digest(make.func.__module__, __name__),
            "scenario": self.scenario.digest,
            "parameters": hashlib.sha256(self.draws.tobytes()).hexdigest(),
            "seed": self.seed,
            "about": repr(about),
        }
        return json.dumps(said)

    def fitted(self, observed: Observed, name: str, plan: Plan) -> tuple[np.ndarray, list[np.ndarray]]:
        """Draws of the posterior for `observed`, those of its runs by turns, and the runs; kept, and continued if
        interrupted.
        """
        about = [calibration_key(observed.scenario, plan, None), observed.claims.tobytes(), observed.told.tobytes()]
        key = hashlib.sha256(repr(about).encode()).hexdigest()
        stored = None if self.folder is None else self.folder / "fits" / f"{name}-{_short(key)}.npy"
        state = None if stored is None else stored.with_suffix(".unfinished.npz")

        def fit() -> np.ndarray:
            self.say(f"calibration: {name.replace('_', ' ')}")
            return np.stack(calibrate(observed, plan, self.threads, state, key, say=self.say).by_run)

        by_run = kept_array(stored, key, self.say, fit)
        if state is not None:
            state.unlink(missing_ok=True)
        return by_run.T.ravel(), list(by_run)

    def on(self, scenario: Scenario) -> Study:
        """The same study of another version of the scenario."""
        return replace(self, scenario=scenario)

    def held(self, draws: np.ndarray, worlds: int, salt: str = "replay") -> np.ndarray:
        """(worlds, claims) True where a claim holds in worlds started at the beginning; world w has draw w mod D."""
        seed = shocks.key(f"{salt} {self.seed}")
        parts = []
        for first in range(0, worlds, _CHUNK):
            numbers = np.arange(first, min(first + _CHUNK, worlds))
            values = draws[numbers % len(draws)]
            parts.append(judge(run_worlds(self.scenario, numbers, values, seed, self.threads)))
        return np.concatenate(parts)


def _short(identity: str) -> str:
    """Enough of an identity's SHA-256 (hex) to tell files apart by their names."""
    return hashlib.sha256(identity.encode()).hexdigest()[:12]
