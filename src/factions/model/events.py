"""Phase 1 of a meeting: what happened since the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.model.decisions import Decision
from factions.model.view import PartyView
from factions.scenario.content.conditions import ABLE, Condition
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
            lacking = unmet(party.case, world, e)
            happen(party.case, world, e)
            _tell(party, e, party.needs[lacking] if lacking >= 0 else None)
    hold_offices(world)


def _tell(party: Party, e: int, lacking: Condition | None) -> None:
    """Keeps what became of an event that was due; of one that a change would have moved here, only if it was made."""
    row = party.due[e]
    if row.kind not in EVENT_KINDS or (lacking is not None and lacking.change and lacking.wanted):
        return
    party.fates[e] = "" if lacking is None else _reason(party, lacking)
    if lacking is not None:
        name = getattr(row.entry, "id", None) or row.kind
        party.decisions.append(Decision(party.meeting, "events", name, "does not happen", (party.fates[e],)))


def _reason(party: Party, asked: Condition) -> str:
    """The condition that does not hold, as files write it; of an agent what keeps him from acting, and his id."""
    if asked.kind != ABLE:
        return asked.text
    (agent,) = (leader for leader in party.leaders if leader.entry.id == asked.who[0])
    if agent.activity in (DEAD, INACTIVE):
        return f"{'dead' if agent.activity == DEAD else 'away'}:{asked.who[0]}"
    return f"{'outside' if agent.standing > IN_PARTY else 'powerless'}:{asked.who[0]}"
