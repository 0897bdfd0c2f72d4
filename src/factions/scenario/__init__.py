"""Scenario files as frozen data: `load(path)` gives a sound Scenario or says everything that is wrong."""

from factions.scenario.claims import Claim
from factions.scenario.events import Event
from factions.scenario.read import load
from factions.scenario.schema import Scenario
from factions.scenario.tables import (
    Alliance,
    Bloc,
    Contested,
    Issue,
    Leader,
    Meeting,
    MeetingKind,
    Office,
    Option,
    PersonalTie,
    Source,
    Tie,
)

__all__ = [
    "Alliance",
    "Bloc",
    "Claim",
    "Contested",
    "Event",
    "Issue",
    "Leader",
    "Meeting",
    "MeetingKind",
    "Office",
    "Option",
    "PersonalTie",
    "Scenario",
    "Source",
    "Tie",
    "load",
]
