"""What events do: one effect a kind, on anything that has the arrays of one world by name.

The compiled engine, the Mesa model (through `factions.model.view`) and the null models use the same functions.  An
effect takes (case, world, e) for event number e and changes the world in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numba.extending import register_jitable

from factions.rules.loyalty import followed
from factions.rules.numeric import clip
from factions.vocabulary import ACTIVE, DEAD, IN_PARTY, INACTIVE, MECHANISMS, NOT_CREATED
from factions.world.conditions import unmet
from factions.world.impositions import IMPOSED

FOLLOWING = MECHANISMS.index("following")

if TYPE_CHECKING:
    from factions.world.case import Case


@register_jitable
def death(case, world, e):
    """A leader dies, and leaves his offices vacant."""
    i = case.event_leader[e]
    world.activity[i] = DEAD
    for o in range(len(world.holder)):
        if world.holder[o] == i:
            world.holder[o] = -1


@register_jitable
def illness(case, world, e):
    """A leader falls out of play."""
    i = case.event_leader[e]
    if world.activity[i] == ACTIVE:
        world.activity[i] = INACTIVE


@register_jitable
def recovery(case, world, e):
    """A leader is back in play; the dead are not."""
    i = case.event_leader[e]
    if world.activity[i] == INACTIVE:
        world.activity[i] = ACTIVE


@register_jitable
def policy_shift(case, world, e):
    """A leader, or all who are in a bloc now, take a new ideal point on an issue.

    The comrades of one leader go with him as far as his influence outweighs theirs.
    """
    k, bloc, leader = case.event_issue[e], case.event_bloc[e], case.event_leader[e]
    for i in range(len(world.prestige)):
        if i == leader or (bloc >= 0 and world.membership[i] == bloc):
            old, before = world.ideal[i, k] if case.event_relative[e] == 1 else 0.0, world.ideal[i, k]
            world.ideal[i, k] = clip(old + case.event_value[e], -1.0, 1.0)
            if i == leader:
                follow(case, world, i, k, world.ideal[i, k] - before)


@register_jitable
def follow(case, world, leader, k, change):
    """Comrades of a leader who has changed his position on issue k follow him in part."""
    if case.mechanism[FOLLOWING] == 0 or world.membership[leader] < 0:
        return
    for i in range(len(world.prestige)):
        if i != leader and world.membership[i] == world.membership[leader]:
            share = followed(world.leader_influence[leader], world.leader_influence[i])
            world.ideal[i, k] = clip(world.ideal[i, k] + share * change, -1.0, 1.0)


@register_jitable
def salience(case, world, e):
    """Attention to an issue rises or falls, not below 0."""
    k = case.event_issue[e]
    world.salience[k] = max(world.salience[k] + case.event_value[e], 0.0)


@register_jitable
def threat(case, world, e):
    """The external threat rises or falls, not below 0."""
    world.threat[0] = max(world.threat[0] + case.event_value[e], 0.0)


@register_jitable
def enrolment(case, world, e):
    """New members are a share of the party, and everyone's prestige counts for so much less."""
    for i in range(len(world.prestige)):
        world.prestige[i] = world.prestige[i] * (1.0 - case.event_value[e])


@register_jitable
def seats(case, world, e):
    """The Politburo is given another size."""
    world.seats[0] = int(case.event_value[e])


@register_jitable
def appointment(case, world, e):
    """An office is given to a leader, or made vacant."""
    world.holder[case.event_office[e]] = case.event_leader[e]


@register_jitable
def standing(case, world, e):
    """A leader is put on a place of the ladder; outside the party he holds no office."""
    i = case.event_leader[e]
    world.standing[i] = int(case.event_value[e])
    for o in range(len(world.holder)):
        if world.holder[o] == i and world.standing[i] > IN_PARTY:
            world.holder[o] = -1


@register_jitable
def membership(case, world, e):
    """A leader is put into a bloc, or into none, and stays there at the next meeting."""
    world.membership[case.event_leader[e]] = case.event_bloc[e]
    world.placed[case.event_leader[e]] = 1


@register_jitable
def resignation(case, world, e):
    """A leader gives up an office, if he has it, and does not get it again."""
    i, o = case.event_leader[e], case.event_office[e]
    if world.holder[o] == i:
        world.holder[o] = -1
        world.barred[o] = i


@register_jitable
def creation(case, world, e):
    """An office comes into being, and is vacant."""
    if world.barred[case.event_office[e]] == NOT_CREATED:
        world.barred[case.event_office[e]] = -1


@register_jitable
def committee_seats(case, world, e):
    """The Central Committee is given another size."""
    world.committee[0] = int(case.event_value[e])


EFFECTS = {
    "death": death,
    "illness": illness,
    "recovery": recovery,
    "policy_shift": policy_shift,
    "salience": salience,
    "threat": threat,
    "enrolment": enrolment,
    "seats": seats,
    "appointment": appointment,
    "standing": standing,
    "membership": membership,
    "resignation": resignation,
    "creation": creation,
    "committee_seats": committee_seats,
}
"""The effect of every kind that a file may name; the number of a kind is its place here."""

EVENT_KINDS = tuple(EFFECTS)
OCCASION = "occasion"
"""On which a change is made in a world or not. By itself it has no effect: events need that it has come, or not."""

DUE_KINDS = (*EVENT_KINDS, *IMPOSED, OCCASION)
"""What may be due: events, decisions that need something, and occasions."""


def _otherwise(code, effects, rest):
    first, second, third, fourth = effects

    @register_jitable
    def happens(kind, case, world, e):
        if kind == code:
            first(case, world, e)
        elif kind == code + 1:
            second(case, world, e)
        elif kind == code + 2:
            third(case, world, e)
        elif kind == code + 3:
            fourth(case, world, e)
        else:
            rest(kind, case, world, e)

    return happens


@register_jitable
def _nothing(case, world, e):
    return None


@register_jitable
def _never(kind, case, world, e):
    return None


def _one_of(effects):
    """One function that chooses an effect by the number of its kind; compiled code has no table of functions.

    Four choices a function: each function that is compiled costs a tenth of a second.
    """
    chosen, padded = _never, [*effects, *[_nothing] * (-len(effects) % 4)]
    for code in reversed(range(0, len(padded), 4)):
        chosen = _otherwise(code, padded[code : code + 4], chosen)
    return chosen


_take_effect = _one_of([*EFFECTS.values(), *IMPOSED.values()])


@register_jitable
def happen(case: Case, world: Any, e: int) -> None:
    """Event number e is due: it takes effect if all that it needs holds."""
    if unmet(case, world, e) < 0:
        _take_effect(case.event_kind[e], case, world, e)
        world.happened[case.event_mark[e]] = 1
