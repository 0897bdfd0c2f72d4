"""The readable model: one world in Mesa, agents that decide and a model that keeps the schedule."""

from factions.model.agents import Bloc, Leader, Office
from factions.model.party import Party

__all__ = ["Bloc", "Leader", "Office", "Party"]
