"""A scenario can be sent to another process."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from factions.scenario import load
from factions.scenario.content import changes
from factions.scenario.content.events import EVENT_KINDS

WHAT_IFS = Path(__file__).parents[2] / "scenarios" / "counterfactuals"


@pytest.mark.parametrize("name", ["stalin_dies", "war_comes_in_1927", "congresses_on_time"])
def test_a_counterfactual_comes_out_as_it_went_in(name):
    scenario = load(WHAT_IFS / f"{name}.toml")
    assert scenario.changes
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_every_kind_of_event_is_found_under_its_name_as_a_change_too():
    for kind in EVENT_KINDS:
        assert issubclass(getattr(changes, f"{kind.__name__}Change"), kind)
