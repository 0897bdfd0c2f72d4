"""What a change decides of itself about events: it is no answer that what is cancelled does not happen."""

from __future__ import annotations

import pytest

from factions.counterfactual.given import Given
from factions.scenario import load
from factions.scenario.content.outcome_names import parts

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


SPARE = '[[changes]]\nkind = "sanction"\nbloc = "rebels"\nrung = "none"\nat = "third"\n'
APART = '[[changes]]\nkind = "alliance"\nblocs = ["rulers", "doubters"]\nstand = "apart"\nat = "second"\n'
TOGETHER = APART.replace("apart", "together")
HAND_OVER = '[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "clara"\ndate = 1924-11-01\n'
SILENCE = '[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "quiet"\nat = "third"\n'
NO_EXPULSION = '[[meeting_kinds]]\nid = "congress"\nrungs = ["office", "politburo", "central_committee"]\n'

# the change -> what the file itself dictates, and what it does not
IMPOSED = {
    "the dead stand nowhere": (DEATH, ["party:clara@second", "ruling:doubters"], ["party:clara@first", "party:boris"]),
    "who lives on may fall": (ALIVE, [], ["party:clara", "politburo:clara", "ruling:doubters", "influence:clara"]),
    "an office and not its weight": (HAND_OVER, ["holds:clara+army@second"], ["influence:clara", "politburo:clara"]),
    "who is spared, and the next step": (
        SPARE,
        ["party:boris@third", "party:bella@fourth"],
        ["party:boris@second", "party:clara@third", "expulsions"],
    ),
    "a stance while it holds": (SILENCE, ["open:rebels@third"], ["open:rebels@second", "open:rebels"]),
    "a parting": (APART, ["allied:doubters+rulers@second", "break:rulers+doubters"], ["allied:rulers+doubters"]),
    "no parting": (
        TOGETHER,
        ["allied:rulers+doubters@second"],
        ["break:rulers+doubters", "allied:rulers+rebels@second"],
    ),
    "what no meeting may do": (NO_EXPULSION, ["expulsions", "party:boris", "capitulated:clara"], ["politburo:boris"]),
}


@pytest.mark.parametrize("name", IMPOSED)
def test_what_a_file_dictates_and_what_it_only_brings_about(name, changed, toy):
    text, imposed, free = IMPOSED[name]
    given = Given(toy, changed(text))
    last = toy.meetings[-1].id

    def imposes(outcome):
        kind, who, meeting = parts(outcome)
        return given.imposes(kind, who, "" if kind in ("break", "expulsions") else meeting or last)

    assert [outcome for outcome in (*imposed, *free) if imposes(outcome)] == imposed
    assert given.saved == ({"clara"} if text == ALIVE else set())
