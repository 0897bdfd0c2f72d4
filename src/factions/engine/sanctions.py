"""Phase 7 of a meeting: sanctions, and the offices and seats that they leave vacant."""

from factions.engine.compile import kernel
from factions.engine.influence import acting_holder
from factions.rules import sanctions as ladder
from factions.rules.influence import in_party
from factions.rules.numeric import chance, logistic
from factions.rules.vote import selection_exponent
from factions.shocks import SANCTION, uniform
from factions.vocabulary import ACTIVE, CENTRAL_COMMITTEE, DEAD, EXILED, EXPELLED, IN_PARTY, MECHANISMS, POLITBURO

SANCTIONS = MECHANISMS.index("sanctions")

CHIEF, FELLOWS, OUTSIDE = 0, 1, 2  # whom of a bloc a decision to punish is about


@kernel
def sanctions(case, values, world, m, seed, luck):
    """The ruling alliance punishes open opponents and those outside the party who hold out, one rung at a time."""
    if case.mechanism[SANCTIONS] == 1:
        dominance = dominance_of_rulers(world, selection_exponent(values.contest, case.selection[m]))
        holding_out = blocs_of_holdouts(world)
        for b in range(len(world.influence)):
            if case.sanction_rule[m, b] != 0:
                impose(case, world, b, case.sanction_rule[m, b])
                continue
            holdout = -1  # chosen before the blow falls: nobody is expelled and exiled at once
            if holding_out >> b & 1:
                holdout = leading_holdout(case, world, b)
            if world.open[b] == 1:
                punish(case, values, world, m, seed, luck, b, dominance)
            if holdout >= 0:
                banish(case, values, world, m, seed, luck, b, holdout)
    fill_offices(case, world)
    if case.fills_seats[m] == 1:
        fill_seats(world)


@kernel
def dominance_of_rulers(world, exponent):
    """Votes that the strongest ruling bloc has by itself, against partners and open opponents."""
    most, rulers, opposition = 0.0, 0.0, 0.0
    for b in range(len(world.influence)):
        if world.ruling[0] >> b & 1:
            rulers += world.influence[b]
            most = max(most, world.influence[b])
        elif world.open[b] == 1:
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
        b = world.membership[i]
        if b >= 0 and is_holdout(world, i):
            blocs |= 1 << b
    return blocs


@kernel
def is_holdout(world, i):
    """Is leader i expelled or exiled, and still in play."""
    return world.activity[i] == ACTIVE and EXPELLED <= world.standing[i] <= EXILED


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
    """1 if leader i holds an office that meetings fill; posts of the apparatus are its patron's to take."""
    for o in range(len(world.holder)):
        if world.holder[o] == i and case.appointer[o] < 0:
            return 1
    return 0


@kernel
def next_rung(case, world, m, chief, lowest, highest):
    """Lowest rung of a range that takes something from a chief, if the meeting may impose it; else 0."""
    for rung in range(lowest, highest + 1):
        if ladder.feels(world.standing[chief], holds_office(case, world, chief), rung) == 1:
            return rung if case.competent[m, rung] == 1 else 0
    return 0


@kernel
def punish(case, values, world, m, seed, luck, b, dominance):
    """The chief of an open bloc may fall to the next rung he feels; his fellows, to the one he had reached before."""
    chief, reached = world.chief[b], min(world.rung[b], ladder.PARTY)
    rung = next_rung(case, world, m, chief, reached + 1, ladder.PARTY)
    if rung > 0 and decided(case, values, world, m, seed, luck, b, rung, CHIEF, dominance):
        world.rung[b] = rung
        bring_down(case, world, chief, rung)
    if reached > 0 and case.competent[m, reached] == 1:
        if decided(case, values, world, m, seed, luck, b, reached, FELLOWS, dominance):
            strike(case, world, b, chief, reached)


@kernel
def banish(case, values, world, m, seed, luck, b, holdout):
    """At a rate those whom the party expelled and who hold out are exiled, and then the first of them deported."""
    reached = world.rung[b]
    rung = next_rung(case, world, m, holdout, max(reached + 1, ladder.EXILE), ladder.DEPORTATION)
    if rung == 0 and reached >= ladder.EXILE and case.competent[m, ladder.EXILE] == 1:
        rung = ladder.EXILE
    shock = uniform(seed, luck, case.meeting_key[m], SANCTION, case.bloc_key[b], OUTSIDE)
    if rung > 0 and shock < chance(values.banishment, case.years_before[m]):
        world.rung[b] = max(reached, rung)
        strike(case, world, b, holdout, rung)


@kernel
def decided(case, values, world, m, seed, luck, b, rung, whom, dominance):
    """Do the rulers impose a rung on the chief or the fellows of bloc b."""
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
        if ladder.feels(world.standing[i], holds_office(case, world, i), rung) == 0:
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
        if world.holder[o] == i and (case.appointer[o] < 0 or world.standing[i] > IN_PARTY):
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
            world.holder[o] = successor(world, blocs)


@kernel
def successor(world, blocs):
    """Who of the blocs of a mask gets an office: the seated first, then fewest offices, then prestige; or -1."""
    best, best_seated, best_offices = -1, False, 0
    for i in range(len(world.membership)):
        b = world.membership[i]
        if b < 0 or not blocs >> b & 1 or not in_party(world.activity[i], world.standing[i]):
            continue
        seated, offices = world.standing[i] < IN_PARTY, 0
        for o in range(len(world.holder)):
            if world.holder[o] == i:
                offices += 1
        if best >= 0:
            if seated != best_seated:
                ahead = seated
            elif offices != best_offices:
                ahead = offices < best_offices
            else:
                ahead = world.prestige[i] > world.prestige[best]
            if not ahead:
                continue
        best, best_seated, best_offices = i, seated, offices
    return best


@kernel
def fill_seats(world):
    """Vacant Politburo seats go to the ruling blocs' most influential members of the Central Committee."""
    taken = 0
    for i in range(len(world.leader_influence)):
        if world.standing[i] == POLITBURO and world.activity[i] != DEAD:
            taken += 1
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
