"""What a change decides of itself about events: it is no answer that what is cancelled does not happen."""

from __future__ import annotations

import pytest

from factions.counterfactual.given import Given
from factions.scenario import load

EVENTS = """
[[events]]
id = "famine"
date = 1925-06-01
kind = "threat"
by = 1.0
after = "harvest"
[[events]]
id = "speech"
date = 1926-03-01
kind = "threat"
by = 1.0
agent = "clara"
"""
CANCEL = '[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n'
MOVE = '[[changes]]\nkind = "move"\nevent = "harvest"\ndate = 1925-12-01\n'
DEATH = '[[changes]]\nkind = "death"\nleader = "clara"\ndate = 1924-11-01\n'
ALIVE = '[[changes]]\nkind = "keep_alive"\nleader = "clara"\nsince = 1925-01-01\n'
ON_A_CONDITION = 'requires = ["ruling:rulers"]\n'

# the change -> the outcomes that it decides
DECIDED = {
    "a cancelled event, and what follows it": (CANCEL, {"harvest", "famine"}),
    "cancelled in some worlds": (CANCEL + ON_A_CONDITION, {"harvest", "famine"}),
    "moved, and with it what follows beyond the last meeting": (MOVE, {"famine"}),
    "a deed of the dead": (DEATH, {"speech"}),
    "a death that does not come": (ALIVE, {"clara_dies"}),
    "an appointment": (
        '[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "clara"\ndate = 1924-11-01\n',
        set(),
    ),
}


@pytest.mark.parametrize("name", DECIDED)
def test_what_a_change_decides_about_events(name, changed, write, toy_text):
    text, expected = DECIDED[name]
    other = changed(text)
    scenario = load(write(toy_text + EVENTS, "toy.toml"))
    given = Given(scenario, load(other.path))
    found = {event.id for event in scenario.events if given.outcome(f"happened:{event.id}")}
    assert found == expected


def test_a_moved_event_is_decided_between_its_days_alone(changed, toy):
    given = Given(toy, changed(MOVE))
    at = [given.outcome(f"happened:harvest@{meeting.id}") for meeting in toy.meetings]
    days = [meeting.date.isoformat() for meeting in toy.meetings]
    assert dict(zip(days, at, strict=True)) == {day: "1924-10-01" <= day <= "1925-12-01" for day in days}
