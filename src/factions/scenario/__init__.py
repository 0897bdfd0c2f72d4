"""Scenario files as frozen data: `load(path)` gives a sound Scenario or says everything that is wrong."""

from factions.scenario.content.claims import Claim
from factions.scenario.content.events import Event
from factions.scenario.content.schema import Scenario
from factions.scenario.content.tables import (
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
from factions.scenario.read import load

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
