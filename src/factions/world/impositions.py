"""What a counterfactual imposes at one meeting of one world: the rules of the case, and those that need something.

A decision that needs nothing stands in the case, meeting by meeting.  One that needs something is due like an event
after those of the same meeting, and its effect is to impose it there.  The compiled engine and the Mesa model use the
same functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numba.extending import register_jitable

from factions.vocabulary import DEAD, IN_PARTY

if TYPE_CHECKING:
    from factions.world.case import Case


@register_jitable
def begin(case: Case, world: Any, m: int) -> None:
    """What the case imposes at meeting m, in every world, before events."""
    for b in range(len(world.together)):
        world.together[b] = case.together[m, b]
        world.apart[b] = case.apart[m, b]
        world.stance_rule[b] = case.stance_rule[m, b]
        world.sanction_rule[b] = case.sanction_rule[m, b]
    for i in range(len(world.surrender_rule)):
        world.surrender_rule[i] = case.surrender_rule[m, i]
    for o in range(len(world.held)):
        world.held[o] = case.held[m, o]


@register_jitable
def hold_offices(world: Any) -> None:
    """Those who hold an office by a change have it, if they are alive and in the party; others do not hold it so."""
    for o in range(len(world.held)):
        i = world.held[o]
        if i >= 0:
            if world.activity[i] != DEAD and world.standing[i] <= IN_PARTY:
                world.holder[o] = i
            else:
                world.held[o] = -1


@register_jitable
def together(case, world, e):
    """Two blocs, and all that either is held together with, are held together."""
    union = world.together[case.event_bloc[e]] | world.together[int(case.event_value[e])]
    for b in range(len(world.together)):
        if union >> b & 1:
            world.together[b] = union


@register_jitable
def apart(case, world, e):
    """Two blocs are kept apart."""
    one, other = case.event_bloc[e], int(case.event_value[e])
    world.apart[one] = world.apart[one] | 1 << other
    world.apart[other] = world.apart[other] | 1 << one


@register_jitable
def stance(case, world, e):
    """A bloc opposes openly or keeps quiet."""
    world.stance_rule[case.event_bloc[e]] = int(case.event_value[e])


@register_jitable
def sanction(case, world, e):
    """A bloc is struck by a rung, or spared."""
    world.sanction_rule[case.event_bloc[e]] = int(case.event_value[e])


@register_jitable
def surrender(case, world, e):
    """A leader capitulates or holds out."""
    world.surrender_rule[case.event_leader[e]] = int(case.event_value[e])


@register_jitable
def hold(case, world, e):
    """A leader holds an office."""
    world.held[case.event_office[e]] = case.event_leader[e]


IMPOSED = {
    "together": together,
    "apart": apart,
    "stance": stance,
    "sanction": sanction,
    "surrender": surrender,
    "hold": hold,
}
"""The effect of every decision that needs something; their numbers follow those of the kinds of events."""
