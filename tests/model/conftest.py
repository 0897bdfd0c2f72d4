"""Small struggles in a few lines, and how to run them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from factions.dynamics import run_worlds
from factions.parameters import default_values
from factions.results.ensemble import AXES, Ensemble
from factions.scenario import Scenario
from factions.vocabulary import MECHANISMS, RUNGS

START = dt.date(1924, 1, 1)


def _struggle(
    leaders: dict[str, dict],
    gaps: tuple[int, ...] = (100,),
    on: tuple[str, ...] = (),
    kind: dict | None = None,
    **tables,
) -> Scenario:
    """A scenario: leaders by id (the bloc is what stands before the number: "left_1"), days between meetings.

    The first leader of a bloc is its chief; `on`: the mechanisms that work; `kind`: what the meetings are.
    """
    issues = tables.pop("issues", ())
    blocs: dict[str, str] = {}
    cast = []
    for name, fields in leaders.items():
        bloc = name.rpartition("_")[0]
        if bloc:
            blocs.setdefault(bloc, name)
            fields = {"bloc": bloc, **fields}
        point = {issue["id"]: 0.0 for issue in issues} | fields.pop("ideal_point", {})
        cast.append({"id": name, "prestige": 1.0, "standing": "politburo", "ideal_point": point} | fields)
    days = np.cumsum(gaps)
    meetings = [
        {"id": f"m{n}", "kind": "congress", "date": START + dt.timedelta(int(day))} for n, day in enumerate(days)
    ]
    congress = {"id": "congress", "electorate": "delegates", "selection": 1.0, "rungs": RUNGS[1:]} | (kind or {})
    path = Path("small.toml")
    return Scenario.model_validate(
        {
            "title": "A small struggle",
            "start": START,
            "end": START + dt.timedelta(int(days[-1]) + 365),
            "issues": issues,
            "leaders": tuple(cast),
            "meetings": tuple(meetings),
            "meeting_kinds": (congress,),
            "blocs": tuple({"id": bloc, "chief": chief} for bloc, chief in blocs.items()),
            "mechanisms": {name: name in on for name in MECHANISMS},
            **{name: tuple(rows) for name, rows in tables.items()},
            "path": path,
            "files": (path,),
            "text": "",
        }
    )


@pytest.fixture(scope="session")
def struggle() -> Callable[..., Scenario]:
    """struggle(leaders, gaps, on, kind, **tables): a small scenario; mechanisms are off unless named."""
    return _struggle


@pytest.fixture(scope="session")
def outcome() -> Callable[..., Ensemble]:
    """outcome(scenario, **values): world 0, after making sure that every world ends alike; axes start with the meeting.

    Nobody speaks out unless `values` say so.
    """

    def run(scenario: Scenario, worlds: int = 40, **values: float) -> dict[str, np.ndarray]:
        ensemble = run_worlds(scenario, np.arange(worlds), vector(scenario, **{"precision": -1e9, **values}), 1)
        for name in AXES:
            assert (ensemble[name] == ensemble[name][:1]).all(), f"{name} is left to chance"
        return {name: ensemble[name][0] for name in AXES}

    return run


def vector(scenario: Scenario, **values: float) -> np.ndarray:
    record = default_values(scenario.parameters)
    for name, value in values.items():
        record[name] = value
    return record


@pytest.fixture(scope="session")
def parameters() -> Callable[..., np.ndarray]:
    """parameters(scenario, **values): one record, the scenario's own but for `values`, which need not be in range."""
    return vector
