"""A party that begins where the engine has stopped goes on as one that has held all meetings itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from factions.counterfactual.paths import Paths
from factions.counterfactual.readable import after_meeting, follow, stood
from factions.model import Party
from factions.model.resume import resume
from factions.model.view import snapshot
from factions.vocabulary import GREATEST

SETTINGS = settings(settings.get_profile("parity"))


@st.composite
def one_path(draw, random_scenarios, random_parameters):
    """A scenario, one world along its path, and a seed."""
    scenario, number = draw(random_scenarios()), st.integers(0, GREATEST)
    luck = np.array([[draw(number) for _ in scenario.meetings]])
    return scenario, Paths(draw(random_parameters(1)), luck, np.arange(1), 1.0, ""), draw(number)


@SETTINGS
@given(data=st.data())
def test_what_is_decided_at_any_meeting_is_what_it_is_from_the_start(data, random_scenarios, random_parameters):
    scenario, paths, seed = data.draw(one_path(random_scenarios, random_parameters))
    for party in follow(scenario, paths, 0, seed):
        m = party.meeting
        with after_meeting(scenario, paths, 0, seed, m) as resumed:
            one, two = ([each for each in side.decisions if each.meeting == m] for side in (party, resumed))
            assert (one, snapshot(party)) == (two, snapshot(resumed))


@SETTINGS
@given(data=st.data())
def test_it_ends_where_the_other_ends(data, random_scenarios, random_parameters):
    scenario, paths, seed = data.draw(one_path(random_scenarios, random_parameters))
    *_, end = follow(scenario, paths, 0, seed)
    m = data.draw(st.integers(0, len(scenario.meetings) - 1))
    party = Party(scenario, 0, seed, paths.values[0])
    resume(party, stood(party.case, paths, 0, seed, m), m)
    while not party.finished:
        party.world = int(paths.luck[0, party.meeting + 1])
        party.step()
    assert snapshot(party) == snapshot(end)
