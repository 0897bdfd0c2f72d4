"""Phase 7 of a meeting: sanctions, and the offices and seats that they leave vacant."""

from factions.engine.compile import inlined, kernel
from factions.engine.influence import acting_holder
from factions.engine.masks import mask_of
from factions.rules import sanctions as ladder
from factions.rules.influence import in_party
from factions.rules.numeric import chance, logistic
from factions.rules.vote import selection_exponent
from factions.shocks import SANCTION, uniform
from factions.vocabulary import ACTIVE, CENTRAL_COMMITTEE, DEAD, EXILED, EXPELLED, IN_PARTY, MECHANISMS, POLITBURO

SANCTIONS = MECHANISMS.index("sanctions")
MANDATE = MECHANISMS.index("mandate")
VERDICT = MECHANISMS.index("verdict")

CHIEF, FELLOWS, OUTSIDE = 0, 1, 2  # whom of a bloc a decision to punish is about


@kernel
def sanctions(case, values, world, m, seed, luck):
    """The ruling alliance punishes open opponents and those outside the party who hold out, one rung at a time."""
    if case.mechanism[SANCTIONS] == 1:
        holding_out = blocs_of_holdouts(world)
        for b in range(len(world.influence)):
            if world.sanction_rule[b] != 0:
                impose(case, world, b, world.sanction_rule[b])
                continue
            holdout = -1  # chosen before the blow falls: nobody is expelled and exiled at once
            if holding_out >> b & 1:
                holdout = leading_holdout(case, world, b)
            if world.open[b] == 1:
                punish(case, values, world, m, seed, luck, b, ladder.PARTY)
            elif world.condemned[b] == 1 and world.chief[b] >= 0 and case.mechanism[VERDICT] == 1:
                punish(case, values, world, m, seed, luck, b, ladder.OFFICE)
            if holdout >= 0:
                banish(case, values, world, m, seed, luck, b, holdout)
    fill_offices(case, world)
    if case.fills_seats[m] == 1:
        fill_seats(world)


@kernel
def dominance_of_rulers(world, accused, exponent):
    """Votes that the strongest ruling bloc has by itself, against partners, open opponents and the accused bloc."""
    most, rulers, opposition = 0.0, 0.0, 0.0
    for b in range(len(world.influence)):
        if world.ruling[0] >> b & 1:
            rulers += world.influence[b]
            most = max(most, world.influence[b])
        elif world.open[b] == 1 or b == accused:
            opposition += world.influence[b]
    return ladder.dominance(most, rulers, opposition, exponent)


@kernel
def impose(case, world, b, rung):
    """What a counterfactual decides in the rulers' place: a bloc out of power is struck by a rung, or spared (-1)."""
    if rung < 0 or world.ruling[0] >> b & 1:
        return
    chief = world.chief[b] if rung <= ladder.PARTY else leading_holdout(case, world, b)
    if chief >= 0:
        world.rung[b] = max(world.rung[b], rung)
        strike(case, world, b, chief, rung)


@kernel
def blocs_of_holdouts(world):
    """Mask of the blocs that have a member who was expelled or exiled and holds out."""
    blocs = 0
    for i in range(len(world.membership)):
        blocs |= is_holdout(world, i) * mask_of(world.membership[i])
    return blocs


@inlined
def is_holdout(world, i):
    """Is leader i expelled or exiled, and still in play."""
    standing = world.standing[i]
    return (world.activity[i] == ACTIVE) & (standing >= EXPELLED) & (standing <= EXILED)


@kernel
def leading_holdout(case, world, b):
    """First of bloc b's expelled and exiled who hold out: the designated chief, else by prestige; or -1."""
    first = -1
    for i in range(len(world.leader_influence)):
        if world.membership[i] == b and is_holdout(world, i):
            if i == case.chief[b]:
                return i
            if first < 0 or world.prestige[i] > world.prestige[first]:
                first = i
    return first


@kernel
def holds_office(case, world, i):
    """1 if leader i holds an office that meetings fill and he can lose; those of the apparatus are its patron's."""
    for o in range(len(world.holder)):
        if world.holder[o] == i and case.appointer[o] < 0 and world.held[o] != i:
            return 1
    return 0


@kernel
def next_rung(case, world, m, chief, lowest, highest):
    """Lowest rung of a range that takes something from a chief, if the meeting may impose it; else 0."""
    for rung in range(lowest, highest + 1):
        if feels(case, world, chief, rung) == 1:
            return rung if case.competent[m, rung] == 1 else 0
    return 0


@kernel
def feels(case, world, i, rung):
    """Would being drawn down to a rung take something from leader i; only the lowest one asks for his offices."""
    return ladder.feels(world.standing[i], holds_office(case, world, i) if rung == ladder.OFFICE else 0, rung)


@kernel
def may_strike(case, world, m, b, rung):
    """Is there a mandate for the rung, or no need of one."""
    needed = case.mechanism[MANDATE] == 1 and ladder.needs_mandate(rung, case.by_heads[m]) == 1
    return not needed or world.mandate[b] == 1


@kernel
def punish(case, values, world, m, seed, luck, b, worst):
    """The chief of a bloc may fall to the next rung he feels, `worst` at most; his fellows, to the one before."""
    chief, reached = world.chief[b], min(world.rung[b], worst)
    rung = next_rung(case, world, m, chief, min(reached + 1, worst), worst)
    if rung > 0 and may_strike(case, world, m, b, rung):
        if decided(case, values, world, m, seed, luck, b, rung, CHIEF):
            world.rung[b] = max(world.rung[b], rung)
            bring_down(case, world, chief, rung)
    if reached > 0 and case.competent[m, reached] == 1 and may_strike(case, world, m, b, reached):
        if decided(case, values, world, m, seed, luck, b, reached, FELLOWS):
            strike(case, world, b, chief, reached)


@kernel
def banish(case, values, world, m, seed, luck, b, holdout):
    """At a rate those whom the party expelled and who hold out are exiled; their first, if he is a rival, deported."""
    reached, years = world.rung[b], case.years_before[m]
    rung = next_rung(case, world, m, holdout, max(reached + 1, ladder.EXILE), ladder.DEPORTATION)
    shock = uniform(seed, luck, case.meeting_key[m], SANCTION, case.bloc_key[b], OUTSIDE)
    if rung == ladder.DEPORTATION and shock >= chance(danger(case, values, world, holdout), years):
        rung = 0
    if rung == 0 and reached >= ladder.EXILE and case.competent[m, ladder.EXILE] == 1:
        rung = ladder.EXILE
    if rung > 0 and shock < chance(values.banishment, years):
        world.rung[b] = max(reached, rung)
        strike(case, world, b, holdout, rung)


@kernel
def danger(case, values, world, holdout):
    """Rate per year at which one who holds out is deported: he against the most prestigious of the rulers."""
    rival = 0.0
    for i in range(len(world.membership)):
        b = world.membership[i]
        if b >= 0 and world.ruling[0] >> b & 1 and in_party(world.activity[i], world.standing[i]):
            rival = max(rival, world.prestige[i])
    return ladder.deportation_rate(world.prestige[holdout], rival, values.banishment, values.contest)


@kernel
def decided(case, values, world, m, seed, luck, b, rung, whom):
    """Do the rulers impose a rung on the chief or the fellows of bloc b."""
    dominance = dominance_of_rulers(world, b, selection_exponent(values.contest, case.selection[m]))
    log_odds = ladder.sanction_log_odds(
        dominance, case.majority[m, rung], world.threat[0], values.precision, values.sanction_threat
    )
    return uniform(seed, luck, case.meeting_key[m], SANCTION, case.bloc_key[b], whom) < logistic(log_odds)


@kernel
def strike(case, world, b, chief, rung):
    """All of a bloc who feel the rung are drawn down to it; the chief alone is deported."""
    outside = rung > ladder.PARTY
    for i in range(len(world.leader_influence)):
        if world.membership[i] != b or world.activity[i] != ACTIVE or (world.standing[i] > IN_PARTY) != outside:
            continue
        if world.struck[i] == 1:  # nobody is struck twice at one meeting
            continue
        if feels(case, world, i, rung) == 0:
            continue
        if i != chief and rung == ladder.DEPORTATION:
            continue
        bring_down(case, world, i, rung)


@kernel
def bring_down(case, world, i, rung):
    """Leader i is struck: standing falls to the rung; offices that meetings fill are lost, outside the party all."""
    world.struck[i] = 1
    world.punished[i] = max(world.punished[i], rung)
    world.standing[i] = ladder.punished_standing(world.standing[i], rung)
    for o in range(len(world.holder)):
        held = world.held[o] == i and world.standing[i] <= IN_PARTY
        if world.holder[o] == i and not held and (case.appointer[o] < 0 or world.standing[i] > IN_PARTY):
            world.holder[o] = -1


@kernel
def fill_offices(case, world):
    """Vacant offices are filled by whoever holds the office that appoints, else by the ruling alliance."""
    for o in range(len(world.holder)):
        if world.holder[o] < 0:
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
def fill_seats(world):
    """Vacant Politburo seats go to the ruling blocs' most influential members of the Central Committee."""
    taken = 0
    for i in range(len(world.leader_influence)):
        taken += (world.standing[i] == POLITBURO) & (world.activity[i] != DEAD)
    while taken < world.seats[0]:
        best = -1
        for i in range(len(world.leader_influence)):
            b = world.membership[i]
            if (
                b >= 0
                and world.ruling[0] >> b & 1
                and world.activity[i] == ACTIVE
                and world.standing[i] == CENTRAL_COMMITTEE
            ):
                if best < 0 or world.leader_influence[i] > world.leader_influence[best]:
                    best = i
        if best < 0:
            return
        world.standing[best] = POLITBURO
        taken += 1
