"""Who gets what a meeting has to give, at the end of its phase 7: vacant offices, and empty seats."""

from factions.engine.compile import kernel
from factions.engine.influence import acting_holder
from factions.rules.influence import in_party
from factions.vocabulary import ACTIVE, CENTRAL_COMMITTEE, DEAD, IN_PARTY, NOT_CREATED, POLITBURO


@kernel
def offices(case, world, m):
    """Vacant offices are filled; where the meeting may, also those of outsiders, and empty seats."""
    if case.fills_committee[m] == 1:
        fill_seats(world, CENTRAL_COMMITTEE, world.committee[0])
    if case.reshuffles[m] == 1:
        reshuffle(case, world)
    fill_offices(case, world)
    if case.fills_seats[m] == 1:
        fill_seats(world, POLITBURO, world.seats[0])


@kernel
def reshuffle(case, world):
    """Offices that meetings fill pass from blocs outside the ruling alliance to those who rule, if one of them can."""
    for o in range(len(world.holder)):
        i = world.holder[o]
        if i < 0 or case.appointer[o] >= 0 or world.held[o] == i or world.membership[i] < 0:
            continue
        if not world.ruling[0] >> world.membership[i] & 1:
            heir = successor(case, world, o, world.ruling[0])
            if heir >= 0:
                world.holder[o] = heir


@kernel
def fill_offices(case, world):
    """Vacant offices are filled by whoever holds the office that appoints, else by the ruling alliance."""
    for o in range(len(world.holder)):
        if world.holder[o] < 0 and world.barred[o] != NOT_CREATED:
            appointer = case.appointer[o]
            blocs = world.ruling[0]
            if appointer >= 0:
                patron = acting_holder(case, world, appointer)
                blocs = 1 << world.membership[patron] if patron >= 0 and world.membership[patron] >= 0 else 0
            world.holder[o] = successor(case, world, o, blocs)


@kernel
def successor(case, world, office, blocs):
    """Who of the blocs of a mask gets an office: a deputy first, then the seated, fewest offices, prestige; or -1."""
    best, best_deputy, best_seated, best_offices = -1, False, False, 0
    for i in range(len(world.membership)):
        b = world.membership[i]
        if b < 0 or not blocs >> b & 1 or not in_party(world.activity[i], world.standing[i]):
            continue
        if i == world.barred[office]:
            continue
        deputy, seated = case.deputies[office, i] > 0, world.standing[i] < IN_PARTY
        if (best_deputy and not deputy) or (best_deputy == deputy and best_seated and not seated):
            continue
        offices = offices_of(world, i)
        if best >= 0:
            if deputy != best_deputy:
                ahead = deputy
            elif seated != best_seated:
                ahead = seated
            elif offices != best_offices:
                ahead = offices < best_offices
            else:
                ahead = world.prestige[i] > world.prestige[best]
            if not ahead:
                continue
        best, best_deputy, best_seated, best_offices = i, deputy, seated, offices
    return best


@kernel
def offices_of(world, i):
    """How many offices leader i holds."""
    offices = 0
    for o in range(len(world.holder)):
        if world.holder[o] == i:
            offices += 1
    return offices


@kernel
def fill_seats(world, body, seats):
    """Vacant seats of a body go to the ruling blocs' leaders with most prestige, of those who stand just below it."""
    taken = 0
    for i in range(len(world.prestige)):
        taken += (world.standing[i] <= body) & (world.activity[i] != DEAD)
    while taken < seats:
        best = -1
        for i in range(len(world.prestige)):
            b = world.membership[i]
            if b >= 0 and world.ruling[0] >> b & 1 and world.activity[i] == ACTIVE and world.standing[i] == body + 1:
                if best < 0 or world.prestige[i] > world.prestige[best]:
                    best = i
        if best < 0:
            return
        world.standing[best] = body
        taken += 1
