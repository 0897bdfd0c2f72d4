"""Whether an event can happen in a world: what it needs, judged on the arrays of one world by name.

The compiled engine, the Mesa model and the null models use the same functions, as for what events do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numba.extending import register_jitable

from factions.rules.influence import in_party
from factions.scenario.content.conditions import CONDITION_KINDS
from factions.vocabulary import CAPITULATED, CENTRAL_COMMITTEE, DEAD, DEPORTED, IN_PARTY, POLITBURO

if TYPE_CHECKING:
    from factions.world.case import Case

(_ABLE, _HAPPENED, _RULING, _OPEN, _ALLIED, _POLITBURO, _COMMITTEE, _PARTY, _DEPORTED, _CAPITULATED, _HOLDS) = range(
    len(CONDITION_KINDS)
)


@register_jitable
def is_able(world, i):
    """Can a leader act: in play, in the party, and with an office or a seat in the Politburo."""
    if not in_party(world.activity[i], world.standing[i]):
        return False
    if world.standing[i] == POLITBURO:
        return True
    held = False
    for o in range(len(world.holder)):
        held = held or world.holder[o] == i
    return held


@register_jitable
def is_standing(world, i, step):
    """Is a leader alive, and on a step of the ladder or a better one."""
    return world.activity[i] != DEAD and world.standing[i] <= step


@register_jitable
def is_true(kind, one, two, world):
    """Does a condition of a kind hold of one and two: positions of a leader, a bloc, an office or an event."""
    if kind == _ABLE:
        return is_able(world, one)
    if kind == _HAPPENED:
        return one >= 0 and world.happened[one] == 1
    if kind == _RULING:
        return world.ruling[0] >> one & 1 == 1
    if kind == _OPEN:
        return world.open[one] == 1
    if kind == _ALLIED:
        return world.alliance[one] >> two & 1 == 1
    if kind == _POLITBURO:
        return is_standing(world, one, POLITBURO)
    if kind == _COMMITTEE:
        return is_standing(world, one, CENTRAL_COMMITTEE)
    if kind == _PARTY:
        return is_standing(world, one, IN_PARTY)
    if kind == _DEPORTED:
        return world.standing[one] == DEPORTED
    if kind == _CAPITULATED:
        return world.surrendered[one] >= CAPITULATED
    return world.holder[two] == one


@register_jitable
def unmet(case: Case, world: Any, e: int) -> int:
    """Number of the first condition of event e that does not hold in a world; -1 if all do."""
    for c in range(len(case.condition_event)):
        if case.condition_event[c] == e:
            held = is_true(case.condition_kind[c], case.condition_one[c], case.condition_two[c], world)
            if held != (case.condition_wanted[c] == 1):
                return c
    return -1
