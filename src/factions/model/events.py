"""Phase 1 of a meeting: what happened since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.model.decisions import Decision
from factions.model.view import PartyView
from factions.scenario.conditions import ABLE, Condition
from factions.vocabulary import DEAD, IN_PARTY, INACTIVE
from factions.world.conditions import unmet
from factions.world.events import EVENT_KINDS, happen
from factions.world.impositions import begin, hold_offices

if TYPE_CHECKING:
    from factions.model.party import Party


def events(party: Party) -> None:
    """What happened since the last meeting happens, in order of date, if all that it needs holds."""
    world = PartyView(party)
    begin(party.case, world, party.meeting)
    for e in range(len(party.case.event_kind)):
        if party.case.event_meeting[e] == party.meeting:
            lacking, row = unmet(party.case, world, e), party.due[e]
            happen(party.case, party.values, world, e)
            if lacking >= 0 and row.kind in EVENT_KINDS:
                name, reason = row.entry.id or row.kind, _reason(party, party.needs[lacking])
                party.decisions.append(Decision(party.meeting, "events", name, "does not happen", (reason,)))
    hold_offices(world)


def _reason(party: Party, asked: Condition) -> str:
    """The condition that does not hold, as files write it; of an agent what keeps him from acting, and his id."""
    if asked.kind != ABLE:
        return asked.text
    (agent,) = (leader for leader in party.leaders if leader.entry.id == asked.who[0])
    if agent.activity in (DEAD, INACTIVE):
        return f"{'dead' if agent.activity == DEAD else 'away'}:{asked.who[0]}"
    return f"{'outside' if agent.standing > IN_PARTY else 'powerless'}:{asked.who[0]}"
