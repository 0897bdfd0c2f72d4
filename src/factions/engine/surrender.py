"""Phase 8 of a meeting: surrender and readmission."""

from factions.engine.compile import inlined, kernel
from factions.engine.masks import lowest, mask_of
from factions.rules.influence import in_party
from factions.rules.numeric import chance, logistic
from factions.rules.surrender import may_surrender, surrender_log_odds, surrender_rate
from factions.shocks import READMISSION, SURRENDER, uniform
from factions.vocabulary import ACTIVE, CAPITULATED, IN_PARTY, MECHANISMS, READMITTED

SURRENDERS = MECHANISMS.index("surrender")
SUBMISSION = MECHANISMS.index("submission")


@kernel
def surrender(case, values, world, m, seed, luck):
    """Punished leaders out of power hold out or capitulate; some of those who did earlier come back."""
    if case.mechanism[SURRENDERS] == 0:
        return
    readmit(case, values, world, m, seed, luck)
    asked = blocs_of_punished(world) & ~world.ruling[0]
    while asked != 0:
        b = lowest(asked)
        asked &= asked - 1
        blow, shown, strength = was_struck(world, b), example(world, b), hope(world, world.alliance[b])
        threatened = blow and case.mechanism[SUBMISSION] == 1
        for i in range(len(world.membership)):
            if world.membership[i] == b and is_asked(world, i, threatened):
                consider_surrender(case, values, world, m, seed, luck, i, blow, shown, strength)


@kernel
def readmit(case, values, world, m, seed, luck):
    """All who have surrendered outside the party come back into it together, at a rate."""
    shock = uniform(seed, luck, case.meeting_key[m], READMISSION, 0, 0)
    if shock < chance(values.readmission, case.years_before[m]):
        for i in range(len(world.membership)):
            out = world.surrendered[i] == CAPITULATED and world.standing[i] > IN_PARTY
            if out and world.activity[i] == ACTIVE:
                world.surrendered[i] = READMITTED
                world.standing[i] = IN_PARTY


@kernel
def blocs_of_punished(world):
    """Mask of the blocs that have a member who was struck, now or before."""
    blocs = 0
    for i in range(len(world.membership)):
        blocs |= ((world.struck[i] == 1) | is_asked(world, i, False)) * mask_of(world.membership[i])
    return blocs


@inlined
def is_asked(world, i, threatened):
    """May leader i surrender: punished, or of a bloc on which a blow falls now."""
    return may_surrender(world.activity[i], world.punished[i], world.standing[i], threatened)


@kernel
def was_struck(world, b):
    """Has anyone of bloc b been struck at this meeting."""
    found = False
    for i in range(len(world.membership)):
        found |= (world.membership[i] == b) & (world.struck[i] == 1)
    return found


@kernel
def example(world, b):
    """Share of those punished in bloc b who have surrendered, weighted by prestige; the deported are out of sight."""
    held = 0.0
    for i in range(len(world.membership)):
        if world.membership[i] == b and is_asked(world, i, False):
            held += world.prestige[i]
    together = held + world.recanted[b]
    return world.recanted[b] / together if together > 0.0 else 0.0


@kernel
def hope(world, members):
    """Share of all influence that the men of an alliance had, of whom are in the party still, after the blows."""
    left = 0.0
    for i in range(len(world.membership)):
        b = world.membership[i]
        if b >= 0 and members >> b & 1 and in_party(world.activity[i], world.standing[i]):
            left += world.leader_influence[i]
    return left


@inlined
def consider_surrender(case, values, world, m, seed, luck, i, blow, shown, strength):
    """Leader i holds out or capitulates: by his log-odds when a blow has fallen on the bloc, else by a rate."""
    b = world.membership[i]
    log_odds = surrender_log_odds(
        strength,
        world.ideal[i, case.regime] if case.regime >= 0 else 0.0,
        shown,
        values.precision,
        values.surrender,
        values.surrender_discipline,
    )
    if blow:
        probability = logistic(log_odds)
    else:
        probability = chance(surrender_rate(log_odds), case.years_before[m])
    gives_in = uniform(seed, luck, case.meeting_key[m], SURRENDER, case.leader_key[i], 0) < probability
    if world.surrender_rule[i] != 0:
        gives_in = world.surrender_rule[i] == 1
    if gives_in:
        world.surrendered[i] = CAPITULATED
        world.recanted[b] += world.prestige[i]
        world.membership[i] = -1
