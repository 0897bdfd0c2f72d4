"""Phase 3 of a meeting: leaders stay in their bloc or move to another."""

from factions.engine.compile import kernel
from factions.engine.influence import weigh_blocs
from factions.rules.bargaining import policy_term
from factions.rules.influence import in_party
from factions.rules.loyalty import mobility_rate
from factions.rules.numeric import chance
from factions.shocks import MOVE, uniform
from factions.vocabulary import MECHANISMS

LOYALTY = MECHANISMS.index("loyalty")
POLICY = MECHANISMS.index("policy")
MODEST = 1.0  # a gain up to this is bounded by one chance for all, so that few leaders need their own
SLACK = 1e-9  # far more than a chance can be rounded


@kernel
def loyalty(case, values, world, m, seed, luck):
    """Leaders who lead no bloc, and whom no event has just placed, stay or move to the bloc that draws them most."""
    if case.mechanism[LOYALTY] == 0:
        return
    modest = moving_chance(case, values, m, MODEST)
    for i in range(len(world.leader_influence)):
        own = world.membership[i]
        free = world.surrendered[i] == 0 and world.placed[i] == 0 and in_party(world.activity[i], world.standing[i])
        world.placed[i] = 0
        if free and (own < 0 or world.chief[own] != i):
            consider_moving(case, values, world, m, seed, luck, i, modest)
    weigh_blocs(case, world)


@kernel
def consider_moving(case, values, world, m, seed, luck, i, modest):
    """Stay, or move to the bloc whose line suits leader i best; one without a bloc follows the ruling line, if any.

    Nobody gains more than his own loss, so that a shock above the chance of that gain decides without looking further.
    """
    own = world.membership[i]
    if own < 0 and world.ruling[0] == 0:
        return
    own_loss = policy_loss(case, world, i, world.line[own] if own >= 0 else world.ruling_line)
    shock = uniform(seed, luck, case.meeting_key[m], MOVE, case.leader_key[i], 0)
    if shock > (modest if own_loss <= MODEST else moving_chance(case, values, m, own_loss)) + SLACK:
        return
    best, best_gain = -1, 0.0
    for b in range(len(world.influence)):
        if b != own and world.influence[b] > 0.0:
            gain = own_loss - policy_loss(case, world, i, world.line[b])
            if best < 0 or gain > best_gain:
                best, best_gain = b, gain
    if best >= 0 and shock < moving_chance(case, values, m, best_gain):
        world.membership[i] = best


@kernel
def moving_chance(case, values, m, gain):
    """Probability that a leader moves for a gain, in the time since the last meeting."""
    return chance(mobility_rate(gain, values.mobility, values.policy_motive), case.years_before[m])


@kernel
def policy_loss(case, world, i, line):
    """Policy loss of leader i with a line, on all issues; 0 with the mechanism off."""
    loss = 0.0
    if case.mechanism[POLICY] == 1:
        for k in range(len(world.salience)):
            loss += policy_term(world.salience[k], world.ideal[i, k], line[k])
    return loss
