"""Phase 9 of a meeting: what time does until the next one."""

from factions.engine.compile import kernel
from factions.engine.influence import acting_holder
from factions.engine.offices import successor
from factions.rules import consequences as rule
from factions.rules.bargaining import regard
from factions.rules.numeric import approach, chance, remaining
from factions.shocks import APPOINTMENT, uniform
from factions.vocabulary import MECHANISMS

PATRONAGE = MECHANISMS.index("patronage")
PEERS = MECHANISMS.index("peers")
TRUST = MECHANISMS.index("trust")


@kernel
def consequences(case, values, world, m, seed, luck):
    """Patronage, trust and attention until the next meeting."""
    years = case.years_after[m]
    if case.mechanism[PATRONAGE] == 1:
        patronage(case, values, world, m, seed, luck)
    if case.mechanism[TRUST] == 1:
        move_trust(world, remaining(values.trust_rate, years))
    left = remaining(values.attention_fade, years)
    for k in range(len(world.salience)):
        world.salience[k] = approach(world.salience[k], case.salience[k], left)
    world.threat[0] = approach(world.threat[0], 0.0, left)


@kernel
def patronage(case, values, world, m, seed, luck):
    """The holder of an office that appoints puts his own people in the place of others'."""
    for o in range(len(world.holder)):
        appointer = case.appointer[o]
        if appointer < 0 or world.holder[o] < 0 or world.held[o] == world.holder[o]:
            continue
        patron = acting_holder(case, world, appointer)
        if patron < 0 or world.membership[patron] < 0:
            continue
        ours, theirs = world.membership[patron], world.membership[world.holder[o]]
        if ours == theirs or (case.mechanism[PEERS] == 1 and are_peers(world, world.holder[o], patron)):
            continue
        trust = regard(world.trust[ours, theirs], world.bond[ours, theirs]) if theirs >= 0 else 0.0
        probability = chance(rule.patronage_rate(trust, values.patronage), case.years_after[m])
        if uniform(seed, luck, case.meeting_key[m], APPOINTMENT, case.office_key[o], 0) < probability:
            world.holder[o] = successor(case, world, o, 1 << ours)


@kernel
def are_peers(world, i, patron):
    """Is leader i a partner in power of his patron, who stands no higher than he."""
    ours, theirs = world.membership[patron], world.membership[i]
    partners = theirs >= 0 and world.ruling[0] >> ours & 1 == 1 and world.ruling[0] >> theirs & 1 == 1
    return rule.is_peer(int(partners), world.standing[i], world.standing[patron]) == 1


@kernel
def move_trust(world, left):
    """Trust moves towards alliance, open enmity or structural balance, all pairs by the same trust of before.

    Trust is the same in both directions, and so is all that moves it: each pair is reckoned once.
    """
    trust, bond, alliance, blocs = world.trust, world.bond, world.alliance, len(world.alliance)
    for b in range(blocs):
        for c in range(blocs):
            world.old_regard[b, c] = regard(trust[b, c], bond[b, c])
    for b in range(blocs):
        if alliance[b] == 0:
            continue
        common_ground(world, b)
        for c in range(b):
            if alliance[c] != 0:
                target = rule.trust_target(alliance[b] >> c & 1, are_enemies(world, b, c), world.balance[c])
                trust[b, c] = approach(trust[b, c], target, left)
                trust[c, b] = trust[b, c]


@kernel
def common_ground(world, b):
    """Structural balance of bloc b with every earlier one: over third blocs, influence times the product of trusts.

    Trust of a bloc in itself is 0, so that the two themselves add nothing and need no exception.
    """
    before, balance = world.old_regard, world.balance
    for c in range(b):
        balance[c] = 0.0
    for d in range(len(world.alliance)):
        weight, trust = world.influence[d], before[b, d]
        for c in range(b):
            balance[c] += weight * (trust * before[d, c])


@kernel
def are_enemies(world, b, c):
    """Does one of two blocs rule, and the other oppose it openly."""
    ruling = world.ruling[0]
    return (world.open[b] == 1 and ruling >> c & 1 == 1) or (world.open[c] == 1 and ruling >> b & 1 == 1)
