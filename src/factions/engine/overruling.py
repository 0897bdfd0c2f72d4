"""How a wider body undoes what a narrower one has done, at the beginning of phase 7."""

from factions.engine.compile import kernel
from factions.vocabulary import DEAD, IN_PARTY


@kernel
def overrule(case, world, m):
    """Of what narrower electorates did, this meeting undoes what struck those who rule at it; the rest is final."""
    for b in range(len(world.rung)):
        if world.rung_reviewed_at[b] == m:
            world.rung_reviewed_at[b] = -1
            if world.ruling[0] >> b & 1:
                world.rung[b] = world.former_rung[b]
    for i in range(len(world.standing)):
        if world.reviewed_at[i] == m:
            world.reviewed_at[i] = -1
            b = world.membership[i]
            if b >= 0 and world.ruling[0] >> b & 1 and world.activity[i] != DEAD:
                reinstate(world, i)


@kernel
def reinstate(world, i):
    """Leader i gets back the standing and the offices that he had; who got them meanwhile loses them."""
    world.standing[i] = min(world.standing[i], world.former_standing[i])
    world.punished[i] = world.former_punished[i]
    for o in range(len(world.claimant)):
        if world.claimant[o] == i:
            world.claimant[o] = -1
            if world.standing[i] <= IN_PARTY and world.held[o] < 0:
                world.holder[o] = i


@kernel
def remember(case, world, m, i):
    """What leader i was before the meetings that one meeting may overrule."""
    if world.reviewed_at[i] != case.review[m]:
        world.reviewed_at[i] = case.review[m]
        world.former_standing[i] = world.standing[i]
        world.former_punished[i] = world.punished[i]


@kernel
def remember_rung(case, world, m, b):
    """The rung that bloc b had reached before the meetings that one meeting may overrule."""
    if world.rung_reviewed_at[b] != case.review[m]:
        world.rung_reviewed_at[b] = case.review[m]
        world.former_rung[b] = world.rung[b]
