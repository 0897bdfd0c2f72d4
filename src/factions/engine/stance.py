"""Phase 5 of a meeting: blocs outside the ruling alliance speak out or keep quiet."""

from factions.engine.compile import kernel
from factions.engine.masks import lowest
from factions.rules.bargaining import regard
from factions.rules.numeric import logistic
from factions.rules.stance import critical_mass, keeps_truce, voice_log_odds
from factions.shocks import VOICE, uniform
from factions.vocabulary import ACTIVE, DEPORTED, IN_PARTY, MECHANISMS

CRITICAL_MASS = MECHANISMS.index("critical_mass")
STAKE = MECHANISMS.index("stake")
TRUCE = MECHANISMS.index("truce")


@kernel
def stance(case, values, world, m, seed, luck):
    """Blocs outside the ruling alliance oppose openly or keep quiet."""
    weigh_names(world)
    for b in range(len(world.influence)):
        world.open[b] = 0
        if world.alliance[b] != 0 and world.alliance[b] != world.ruling[0]:
            condemned = world.condemned[b] * case.mechanism[CRITICAL_MASS]
            mass = critical_mass(values.voice_mass, condemned, stake(case, world, b))
            strength, trust = names_of(world, world.alliance[b]), trust_of_rulers(world, b)
            log_odds = voice_log_odds(strength, trust, mass, values.precision)
            shock = uniform(seed, luck, case.meeting_key[m], VOICE, case.bloc_key[b], 0)
            world.open[b] = 1 if shock < logistic(log_odds) else 0
            if struck_in_session(case, world, m, b):
                world.open[b] = 0
            if world.stance_rule[b] != 0:
                world.open[b] = 1 if world.stance_rule[b] == 1 else 0


@kernel
def struck_in_session(case, world, m, b):
    """Does bloc b keep quiet because it or an ally was struck at a meeting that has not closed."""
    if case.mechanism[TRUCE] == 0 or case.same_session[m] == 0:
        return False
    found = 0
    for i in range(len(world.struck)):
        found |= world.struck[i] * (world.membership[i] >= 0) * (world.alliance[b] >> max(world.membership[i], 0) & 1)
    return keeps_truce(case.same_session[m], found) == 1


@kernel
def stake(case, world, b):
    """1 if bloc b has something to lose by speaking: its first man in the country is in the party."""
    if case.mechanism[STAKE] == 0:
        return 1
    first = -1
    for i in range(len(world.prestige)):
        if world.membership[i] == b and world.activity[i] == ACTIVE and world.standing[i] < DEPORTED:
            if i == case.chief[b]:
                return int(world.standing[i] <= IN_PARTY)
            if first < 0 or world.prestige[i] > world.prestige[first]:
                first = i
    return int(first >= 0 and world.standing[first] <= IN_PARTY)


@kernel
def weigh_names(world):
    """Every bloc's share of the prestige of all who are in play in the country, in the party or out of it."""
    total, share = 0.0, world.prominence
    for b in range(len(share)):
        share[b] = 0.0
    for i in range(len(world.prestige)):
        if world.activity[i] == ACTIVE and world.standing[i] < DEPORTED:
            total += world.prestige[i]
            if world.membership[i] >= 0:
                share[world.membership[i]] += world.prestige[i]
    for b in range(len(share)):
        share[b] = share[b] / total if total > 0.0 else 0.0


@kernel
def names_of(world, members):
    """Prominence of the blocs of a mask."""
    together = 0.0
    while members != 0:
        together += world.prominence[lowest(members)]
        members &= members - 1
    return together


@kernel
def trust_of_rulers(world, b):
    """Mean trust of the ruling blocs in bloc b, weighted by influence; 0 if nobody rules."""
    together, mean = 0.0, 0.0
    for c in range(len(world.influence)):
        if world.ruling[0] >> c & 1:
            together += world.influence[c]
            mean += world.influence[c] * regard(world.trust[c, b], world.bond[c, b])
    return mean / together if together > 0.0 else 0.0
