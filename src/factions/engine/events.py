"""Phase 1 of a meeting: what happened since the last one."""

from factions.engine.compile import kernel
from factions.world.events import happen
from factions.world.impositions import begin, hold_offices


@kernel
def events(case, values, world, m):
    """What happened since the last meeting happens, in order of date, if all that it needs holds."""
    begin(case, world, m)
    for e in range(len(case.event_kind)):
        if case.event_meeting[e] == m:
            happen(case, world, e)
    hold_offices(world)
