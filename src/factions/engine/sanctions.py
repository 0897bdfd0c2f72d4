"""Phase 7 of a meeting: sanctions, and after them the offices and seats that they leave vacant."""

from factions.engine.compile import inlined, kernel
from factions.engine.masks import mask_of
from factions.engine.offices import offices
from factions.engine.overruling import overrule, remember, remember_rung
from factions.rules import sanctions as ladder
from factions.rules.influence import in_party
from factions.rules.numeric import chance, logistic
from factions.rules.vote import selection_exponent
from factions.shocks import SANCTION, uniform
from factions.vocabulary import ACTIVE, EXILED, EXPELLED, IN_PARTY, MECHANISMS

SANCTIONS = MECHANISMS.index("sanctions")
MANDATE = MECHANISMS.index("mandate")
RELAPSE = MECHANISMS.index("relapse")
VERDICT = MECHANISMS.index("verdict")
WARNING = MECHANISMS.index("warning")

CHIEF, FELLOWS, OUTSIDE = 0, 1, 2  # whom of a bloc a decision to punish is about


@kernel
def sanctions(case, values, world, m, seed, luck):
    """The ruling alliance punishes open opponents and those outside the party who hold out, one rung at a time."""
    for i in range(len(world.struck)):
        world.struck[i] = 0
    if case.overrules[m] == 1:
        overrule(case, world, m)
    if case.mechanism[SANCTIONS] == 1:
        holding_out = blocs_of_holdouts(world)
        for b in range(len(world.influence)):
            if world.sanction_rule[b] != 0:
                impose(case, world, m, b, world.sanction_rule[b])
                continue
            holdout = -1  # chosen before the blow falls: nobody is expelled and exiled at once
            if holding_out >> b & 1:
                holdout = leading_holdout(case, world, b)
            if case.purging[m] == 1 and world.ousted[0] >> b & 1:
                purge(case, values, world, m, seed, luck, b)
            elif world.open[b] == 1:
                punish(case, values, world, m, seed, luck, b, ladder.PARTY)
            elif world.condemned[b] == 1 and world.chief[b] >= 0 and case.mechanism[VERDICT] == 1:
                punish(case, values, world, m, seed, luck, b, ladder.OFFICE)
            if holdout >= 0:
                banish(case, values, world, m, seed, luck, b, holdout)
    remember_offences(case, world, m)
    offices(case, world, m)


@kernel
def remember_offences(case, world, m):
    """What the open opposition of each bloc counts for from now on."""
    for b in range(len(world.offence)):
        world.offence[b] = ladder.offence_after(world.offence[b], world.open[b], case.by_heads[m])


@kernel
def dominance_of_rulers(case, world, m, accused, exponent, as_one):
    """Votes that the strongest ruling bloc has by itself, against partners, open opponents and the accused bloc.

    With `as_one`: those that all ruling blocs have together.
    """
    most, rulers, opposition = 0.0, 0.0, 0.0
    for b in range(len(world.influence)):
        weight = float(world.votes[b]) if case.by_votes[m] == 1 else world.influence[b]
        if world.ruling[0] >> b & 1:
            rulers += weight
            most = max(most, weight)
        elif world.open[b] == 1 or b == accused:
            opposition += weight
    return ladder.dominance(rulers if as_one else most, rulers, opposition, exponent)


@kernel
def impose(case, world, m, b, rung):
    """What a counterfactual decides in the rulers' place: a bloc out of power is struck by a rung, or spared (-1)."""
    if rung < 0 or world.ruling[0] >> b & 1:
        return
    chief = world.chief[b] if rung <= ladder.PARTY else leading_holdout(case, world, b)
    if chief >= 0:
        reach(case, world, m, b, rung)
        strike(case, world, m, b, chief, rung)


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
def next_felt(case, world, i, lowest, highest):
    """Lowest rung of a range that takes something from leader i; else 0."""
    for rung in range(lowest, highest + 1):
        if feels(case, world, i, rung) == 1:
            return rung
    return 0


@kernel
def feels(case, world, i, rung):
    """Would being drawn down to a rung take something from leader i; only the lowest one asks for his offices."""
    return ladder.feels(world.standing[i], holds_office(case, world, i) if rung == ladder.OFFICE else 0, rung)


@kernel
def may_strike(case, world, m, b, rung):
    """Is there a mandate for the rung, or no need of one; and a relapse, or no need of one."""
    if is_first_offence(case, world, b, rung):
        return False
    needed = case.mechanism[MANDATE] == 1 and ladder.needs_mandate(rung, case.by_heads[m]) == 1
    return not needed or world.mandate[b] > 0


@kernel
def is_first_offence(case, world, b, rung):
    """Does a rung need a relapse, and this is none."""
    return case.mechanism[RELAPSE] == 1 and ladder.needs_relapse(rung) == 1 and world.offence[b] == 0


@kernel
def is_last_warning(case, world, m, b, rung):
    """Do the rulers warn a bloc before they strike so hard for the first time."""
    return case.mechanism[MANDATE] == 1 and ladder.is_last_warning(rung, case.by_heads[m], world.mandate[b]) == 1


@kernel
def punish(case, values, world, m, seed, luck, b, worst):
    """The chief of a bloc may fall by one rung, to `worst` at most; his fellows, to the one before.

    A rung that would take nothing from the chief is a warning: the bloc has reached it, and nobody is struck.  So is
    the first that takes a mandate, and that is not reached.
    """
    chief, reached = world.chief[b], min(world.rung[b], worst)
    rung = min(reached + 1, worst)
    if case.mechanism[WARNING] == 0:
        rung = next_felt(case, world, chief, rung, worst)
    felt = rung > 0 and feels(case, world, chief, rung) == 1
    if (felt or rung > reached) and case.competent[m, rung] == 1 and may_strike(case, world, m, b, rung):
        if decided(case, values, world, m, seed, luck, b, rung, CHIEF, False):
            if is_last_warning(case, world, m, b, rung):
                world.mandate[b] = ladder.WARNED
            else:
                reach(case, world, m, b, rung)
                if felt:
                    bring_down(case, world, m, chief, rung)
    if reached > 0 and case.competent[m, reached] == 1 and may_strike(case, world, m, b, reached):
        if decided(case, values, world, m, seed, luck, b, reached, FELLOWS, False):
            strike(case, world, m, b, chief, reached)


@kernel
def purge(case, values, world, m, seed, luck, b):
    """The rulers turn on a bloc that they have put out: its chief falls to the deepest rung that their votes carry."""
    chief = world.chief[b]
    if chief < 0:
        return
    for rung in range(ladder.PARTY, 0, -1):
        if case.purges[m, rung] == 1 and feels(case, world, chief, rung) == 1:
            if decided(case, values, world, m, seed, luck, b, rung, CHIEF, True):
                reach(case, world, m, b, rung)
                bring_down(case, world, m, chief, rung)
                return


@kernel
def banish(case, values, world, m, seed, luck, b, holdout):
    """At a rate those whom the party expelled and who hold out are exiled; their first, if he is a rival, deported."""
    reached, years = world.rung[b], case.years_before[m]
    rung = next_felt(case, world, holdout, max(reached + 1, ladder.EXILE), ladder.DEPORTATION)
    rung *= case.competent[m, rung]
    shock = uniform(seed, luck, case.meeting_key[m], SANCTION, case.bloc_key[b], OUTSIDE)
    if rung == ladder.DEPORTATION and shock >= chance(danger(case, values, world, holdout), years):
        rung = 0
    if rung == 0 and reached >= ladder.EXILE and case.competent[m, ladder.EXILE] == 1:
        rung = ladder.EXILE
    if rung > 0 and shock < chance(values.patronage, years):
        reach(case, world, m, b, rung)
        strike(case, world, m, b, holdout, rung)


@kernel
def danger(case, values, world, holdout):
    """Rate per year at which one who holds out is deported: he against the most prestigious of the rulers."""
    rival = 0.0
    for i in range(len(world.membership)):
        b = world.membership[i]
        if b >= 0 and world.ruling[0] >> b & 1 and in_party(world.activity[i], world.standing[i]):
            rival = max(rival, world.prestige[i])
    return ladder.deportation_rate(world.prestige[holdout], rival, values.patronage, values.contest)


@kernel
def decided(case, values, world, m, seed, luck, b, rung, whom, as_one):
    """Do the rulers impose a rung on the chief or the fellows of bloc b."""
    dominance = dominance_of_rulers(case, world, m, b, selection_exponent(values.contest, case.selection[m]), as_one)
    log_odds = ladder.sanction_log_odds(
        dominance, case.majority[m, rung], world.threat[0], values.precision, values.sanction_threat
    )
    return uniform(seed, luck, case.meeting_key[m], SANCTION, case.bloc_key[b], whom) < logistic(log_odds)


@kernel
def strike(case, world, m, b, chief, rung):
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
        bring_down(case, world, m, i, rung)


@kernel
def reach(case, world, m, b, rung):
    """Bloc b has reached a rung, if it had not before."""
    if rung > world.rung[b]:
        remember_rung(case, world, m, b)
        world.rung[b] = rung


@kernel
def bring_down(case, world, m, i, rung):
    """Leader i is struck: standing falls to the rung; offices that meetings fill are lost, outside the party all."""
    remember(case, world, m, i)
    world.struck[i] = 1
    world.punished[i] = max(world.punished[i], rung)
    world.standing[i] = ladder.punished_standing(world.standing[i], rung)
    for o in range(len(world.holder)):
        held = world.held[o] == i and world.standing[i] <= IN_PARTY
        if world.holder[o] == i and not held and (case.appointer[o] < 0 or world.standing[i] > IN_PARTY):
            world.holder[o] = -1
            world.claimant[o] = i if case.review[m] >= 0 else -1
