"""Phase 1 of a meeting: what happened since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.model.view import PartyView
from factions.world.events import happen

if TYPE_CHECKING:
    from factions.model.party import Party


def events(party: Party) -> None:
    """What happened since the last meeting happens, in order of date."""
    for e in range(len(party.case.event_kind)):
        if party.case.event_meeting[e] == party.meeting:
            happen(party.case, party.values, PartyView(party), e)
