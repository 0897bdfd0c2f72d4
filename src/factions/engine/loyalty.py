"""Phase 3 of a meeting: leaders stay in their bloc or move to another."""

from factions.engine.alliances import mean_line, weight_of
from factions.engine.compile import inlined, kernel
from factions.engine.influence import weigh_blocs
from factions.rules import loyalty as rule
from factions.rules.bargaining import policy_term
from factions.rules.influence import in_party
from factions.rules.numeric import chance
from factions.shocks import MOVE, uniform
from factions.vocabulary import MECHANISMS

LOYALTY = MECHANISMS.index("loyalty")
POLICY = MECHANISMS.index("policy")
TRUST = MECHANISMS.index("trust")
SLACK = 1e-9  # far more than a chance can be rounded


@kernel
def loyalty(case, values, world, m, seed, luck):
    """Leaders who lead no bloc, and whom no event has just placed, stay or move to the bloc that draws them most."""
    if case.mechanism[LOYALTY] == 0:
        return
    shock, moved = world.move, False
    for i in range(len(shock)):
        shock[i] = uniform(seed, luck, case.meeting_key[m], MOVE, case.leader_key[i], 0)
    for k in range(len(world.ruling_line)):
        world.ruling_line[k] = mean_line(world, world.ruling[0], k)
    bounds = moving_bounds(case, values, m)
    membership, chief, placed, surrendered = world.membership, world.chief, world.placed, world.surrendered
    for i in range(len(shock)):
        own = membership[i]
        free = (surrendered[i] == 0) & (placed[i] == 0) & in_party(world.activity[i], world.standing[i])
        placed[i] = 0
        if free and (own < 0 or chief[own] != i):
            moved |= consider_moving(case, values, world, m, i, shock[i], bounds)
    if moved:  # else every bloc weighs what it weighed when influence was added up
        weigh_blocs(case, world)


@inlined
def consider_moving(case, values, world, m, i, shock, bounds):
    """Stay, or move to the bloc that draws leader i most; one without a bloc follows the ruling line, if any.

    He stays where nobody has ruled, and where all who ruled last have lost their influence since.

    Without ties nobody gains more than his own loss, so that a shock above the chance of that gain decides without
    looking further.
    """
    own = world.membership[i]
    if own < 0 and weight_of(world, world.ruling[0]) == 0.0:
        return False
    own_loss = policy_loss(case, world, i, world.line[own] if own >= 0 else world.ruling_line)
    tied = draw(case, world, i)
    if not tied and shock > at_most(bounds, own_loss) + SLACK:
        return False
    best, best_gain, most, home = -1, 0.0, 0.0, world.drawn[own] if own >= 0 else 0.0
    for b in range(len(world.influence)):
        if b != own and world.influence[b] > 0.0:
            gain = own_loss - policy_loss(case, world, i, world.line[b])
            attraction = rule.attraction(gain, world.drawn[b] - home, values.policy_motive)
            if best < 0 or attraction > most:
                best, best_gain, most = b, gain, attraction
    if best < 0 or (not tied and shock > at_most(bounds, best_gain) + SLACK):
        return False
    if shock >= moving_chance(case, values, m, most):
        return False
    world.membership[i] = best
    return True


@kernel
def draw(case, world, i):
    """Leaves in `drawn` what his ties draw leader i to every bloc by: influence times tie.  Has he any ties?"""
    drawn, tied = world.drawn, False
    if len(case.tied_trust) == 0 or case.mechanism[TRUST] == 0:
        return tied
    for b in range(len(drawn)):
        drawn[b] = 0.0
    for t in range(len(case.tied_trust)):
        one, other = case.tied_one[t], case.tied_other[t]
        if one != i and other != i:
            continue
        friend = other if one == i else one
        tied = True
        if world.membership[friend] >= 0:
            drawn[world.membership[friend]] += case.tied_trust[t] * world.leader_influence[friend]
    return tied


@kernel
def moving_bounds(case, values, m):
    """Rate times years for gains of 1/4, 1/2, 1, 2 and 4, which bounds the chance: 1 - exp(-x) <= x, and no smaller
    gain has a higher rate.  With these five, few leaders need a chance of their own."""
    years, mobility, motive = case.years_before[m], values.mobility, values.policy_motive
    return (
        rule.mobility_rate(0.25 * motive, mobility) * years,
        rule.mobility_rate(0.5 * motive, mobility) * years,
        rule.mobility_rate(1.0 * motive, mobility) * years,
        rule.mobility_rate(2.0 * motive, mobility) * years,
        rule.mobility_rate(4.0 * motive, mobility) * years,
    )


@inlined
def at_most(bounds, gain):
    """What the chance of moving for a gain does not exceed, but for rounding."""
    if gain <= 0.25:
        return bounds[0]
    if gain <= 0.5:
        return bounds[1]
    if gain <= 1.0:
        return bounds[2]
    if gain <= 2.0:
        return bounds[3]
    return bounds[4] if gain <= 4.0 else 1.0


@kernel
def moving_chance(case, values, m, attraction):
    """Probability that a leader moves to a bloc, in the time since the last meeting."""
    return chance(rule.mobility_rate(attraction, values.mobility), case.years_before[m])


@inlined
def policy_loss(case, world, i, line):
    """Policy loss of leader i with a line, on all issues; 0 with the mechanism off."""
    loss = 0.0
    if case.mechanism[POLICY] == 1:
        for k in range(len(world.salience)):
            loss += policy_term(world.salience[k], world.ideal[i, k], line[k])
    return loss
