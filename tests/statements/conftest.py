"""A struggle made by hand: three blocs of two leaders, two offices, three meetings; and worlds of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from factions.results.arrays import empty_arrays
from factions.results.ensemble import Ensemble
from factions.scenario import Scenario

BLOCS = ("left", "centre", "right")
LEADERS = tuple(f"{bloc}_{n}" for bloc in BLOCS for n in (1, 2))
MEETINGS = {"first": dt.date(1924, 1, 1), "second": dt.date(1925, 1, 1), "third": dt.date(1926, 7, 1)}


def make_struggle(*claims: dict) -> Scenario:
    """The struggle with these claims on record; the Left and the Right start as allies."""
    path = Path("struggle.toml")
    return Scenario.model_validate(
        {
            "title": "A struggle",
            "start": dt.date(1923, 1, 1),
            "end": dt.date(1927, 1, 1),
            "blocs": tuple({"id": name, "chief": f"{name}_1"} for name in BLOCS),
            "leaders": tuple(
                {"id": name, "bloc": name[:-2], "prestige": 1.0, "standing": "politburo"} for name in LEADERS
            ),
            "offices": ({"id": "army", "machine": 1.0}, {"id": "press", "machine": 1.0}),
            "alliances": ({"blocs": ("left", "right")},),
            "meeting_kinds": ({"id": "congress", "electorate": "delegates"},),
            "events": (
                {"id": "war", "kind": "threat", "by": 1.0, "date": dt.date(1925, 6, 1), "requires": ("harvest",)},
                {"id": "harvest", "kind": "threat", "by": -1.0, "date": dt.date(1924, 6, 1), "name": "Good harvest"},
            ),
            "meetings": tuple({"id": name, "kind": "congress", "date": day} for name, day in MEETINGS.items()),
            "record": tuple({"id": f"claim_{n}", "text": "It is so.", **claim} for n, claim in enumerate(claims)),
            "path": path,
            "files": (path,),
            "text": "",
        }
    )


def make_worlds(scenario: Scenario, worlds: int, **arrays) -> Ensemble:
    """Worlds in which every bloc stands alone, the Left rules and all live, but for the given arrays."""
    filled = empty_arrays(scenario, worlds)
    filled["alliance"][:], filled["membership"][:], filled["holder"][:] = [0, 1, 2], [0, 0, 1, 1, 2, 2], -1
    filled["activity"][:] = 1
    for name, values in arrays.items():
        filled[name][:] = values
    return Ensemble(scenario, 0, "handmade", np.arange(worlds), filled)


@pytest.fixture
def struggle():
    """struggle(*claims): the scenario with these claims on record."""
    return make_struggle


@pytest.fixture
def worlds():
    """worlds(scenario, number, **arrays): an ensemble of it."""
    return make_worlds
