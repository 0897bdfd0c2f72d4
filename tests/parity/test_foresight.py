"""What scenario files are refused for, because nothing could come of it, does indeed never happen in any world."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factions.scenario.content.conditions import is_conditional
from factions.scenario.layers.draft import Entry
from factions.scenario.plan.foresight import Foresight
from factions.scenario.plan.setting import Setting
from factions.scenario.text.places import Node, Place
from factions.vocabulary import EXPELLED

SETTINGS = settings(settings.get_profile("parity"))
WORLDS = 20


def foresight(scenario) -> Foresight:
    """What the file of a scenario dictates."""
    place = Place(scenario.path, 1, 1)

    def entries(table, models):
        return [Entry(table, str(number), Node({}, place, place), model) for number, model in enumerate(models)]

    return Foresight(
        Setting(
            scenario.start,
            scenario.end,
            scenario.meetings,
            {kind.id: kind for kind in scenario.meeting_kinds},
            {leader.id: leader for leader in scenario.leaders},
            {bloc.id: bloc.chief for bloc in scenario.blocs},
            frozenset(name for name, on in scenario.mechanisms.items() if not on),
            entries("events", scenario.events),
            entries("changes", scenario.changes),
        )
    )


@SETTINGS
@given(data=st.data())
def test_nobody_is_outside_the_party_before_he_may_be(data, engines, random_scenarios, random_parameters):
    scenario, worlds = _worlds(data, engines, random_scenarios, random_parameters)
    told = foresight(scenario)
    for m in range(1, len(scenario.meetings)):
        for b, bloc in enumerate(scenario.blocs):
            if not told.may_be_outside(bloc.id, m):
                own = worlds["membership"][:, m - 1] == b
                assert not (own & (worlds["standing"][:, m - 1] >= EXPELLED)).any()


@SETTINGS
@given(data=st.data())
def test_who_is_certain_to_rule_rules_if_he_has_influence(data, engines, random_scenarios, random_parameters):
    scenario, worlds = _worlds(data, engines, random_scenarios, random_parameters)
    told = foresight(scenario)
    for m in range(len(scenario.meetings)):
        for b, bloc in enumerate(scenario.blocs):
            if told.is_in_power(bloc.id, m):
                alliance = worlds["alliance"][:, m, b]
                assert ((alliance == worlds["ruling"][:, m]) | (alliance < 0)).all()


@SETTINGS
@given(data=st.data())
def test_who_is_well_is_so_in_every_world(data, engines, random_scenarios, random_parameters):
    scenario, worlds = _worlds(data, engines, random_scenarios, random_parameters)
    told = foresight(scenario)
    certain = not any(is_conditional(event) for event in (*scenario.events, *scenario.changes))
    for m in range(len(scenario.meetings)):
        well = np.array([leader.id in told.well[m] for leader in scenario.leaders])
        active = worlds["activity"][:, m] == 1
        assert (active <= well).all()
        assert not certain or (active == well).all()


def _worlds(data, engines, random_scenarios, random_parameters):
    scenario = data.draw(random_scenarios())
    return scenario, engines["compiled"](scenario, np.arange(WORLDS), data.draw(random_parameters(WORLDS)), 1)


@pytest.mark.parametrize(("meeting", "may_be"), [("xiii_congress", False), ("xv_congress", True)])
def test_when_the_chief_of_an_opposition_may_have_been_expelled(history, meeting, may_be):
    m = [each.id for each in history.meetings].index(meeting)
    assert foresight(history).may_be_outside("left", m) is may_be
