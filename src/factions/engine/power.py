"""Phases 1-3 of a meeting: events, influence, loyalty."""

from factions.engine.compile import kernel
from factions.rules import influence as rule
from factions.rules.bargaining import policy_term
from factions.rules.numeric import chance, clip
from factions.rules.surrender import mobility_rate
from factions.shocks import MOVE, uniform
from factions.vocabulary import IN_PARTY, MECHANISMS

DEATH, ILLNESS, RECOVERY, POLICY_SHIFT, SALIENCE, THREAT, ENROLMENT = range(7)
SEATS, APPOINTMENT, STANDING, MEMBERSHIP = range(7, 11)
LOYALTY = MECHANISMS.index("loyalty")
POLICY = MECHANISMS.index("policy")
OFFICE_PULL = MECHANISMS.index("office_pull")


@kernel
def in_party(activity, standing):
    """Is a leader active, and a member of the party."""
    return activity == 1 and standing <= IN_PARTY


@kernel
def events(case, world, m):
    """What happened since the last meeting happens."""
    for e in range(len(case.event_kind)):
        if case.event_meeting[e] == m:
            happen(case, world, e)


@kernel
def happen(case, world, e):
    """One event takes effect."""
    kind, i, value = case.event_kind[e], case.event_leader[e], case.event_value[e]
    if kind == DEATH:
        die(case, world, i)
    elif kind == ILLNESS and world.activity[i] == 1:
        world.activity[i] = 0
    elif kind == RECOVERY and world.activity[i] == 0:
        world.activity[i] = 1
    elif kind == POLICY_SHIFT:
        shift(case, world, e)
    elif kind == SALIENCE:
        world.salience[case.event_issue[e]] = max(world.salience[case.event_issue[e]] + value, 0.0)
    elif kind == THREAT:
        world.threat[0] = max(world.threat[0] + value, 0.0)
    elif kind == ENROLMENT:
        for j in range(len(world.prestige)):
            world.prestige[j] = world.prestige[j] * (1.0 - value)
    elif kind == SEATS:
        world.seats[0] = int(value)
    elif kind == APPOINTMENT:
        world.holder[case.event_office[e]] = i
    elif kind == STANDING:
        put_on_ladder(world, i, int(value))
    elif kind == MEMBERSHIP:
        world.membership[i] = case.event_bloc[e]


@kernel
def die(case, world, i):
    """A leader dies; a deputy who is in the party takes his office, which is vacant otherwise."""
    world.activity[i] = -1
    for o in range(len(case.machine)):
        if world.holder[o] == i:
            deputy = case.deputy[o]
            world.holder[o] = -1
            if deputy >= 0 and in_party(world.activity[deputy], world.standing[deputy]):
                world.holder[o] = deputy


@kernel
def put_on_ladder(world, i, standing):
    """A leader is given a standing; outside the party he holds no office."""
    world.standing[i] = standing
    for o in range(len(world.holder)):
        if world.holder[o] == i and standing > IN_PARTY:
            world.holder[o] = -1


@kernel
def shift(case, world, e):
    """A leader, or all who are in a bloc now, take a new ideal point on an issue."""
    k = case.event_issue[e]
    for j in range(len(world.prestige)):
        if j == case.event_leader[e] or (case.event_bloc[e] >= 0 and world.membership[j] == case.event_bloc[e]):
            old = world.ideal[j, k] if case.event_relative[e] == 1 else 0.0
            world.ideal[j, k] = clip(old + case.event_value[e], -1.0, 1.0)


@kernel
def acting_holder(holder, deputy, activity, standing):
    """Who wields an office: its holder, or the deputy while he is out of play; -1 if neither can."""
    if holder >= 0 and in_party(activity[holder], standing[holder]):
        return holder
    if holder >= 0 and deputy >= 0 and in_party(activity[deputy], standing[deputy]):
        return deputy
    return -1


@kernel
def influence(case, values, world):
    """Leaders' influence is added up and shared out; blocs get their weight and their line."""
    for i in range(len(world.struck)):
        world.struck[i] = 0
    add_up(case, values, world)
    draw_lines(case, values, world)


@kernel
def add_up(case, values, world):
    """Leaders' shares of all influence, and those of their blocs."""
    weight = world.weight
    for i in range(len(weight)):
        weight[i] = 0.0
        if world.activity[i] == 1:
            weight[i] = rule.personal_influence(world.prestige[i], world.standing[i], values.standing_weight)
    for o in range(len(case.machine)):
        i = acting_holder(world.holder[o], case.deputy[o], world.activity, world.standing)
        if i >= 0:
            weight[i] += case.machine[o]
    total = 0.0
    for i in range(len(weight)):
        total += weight[i]
    if total > 0.0:
        for i in range(len(weight)):
            weight[i] = weight[i] / total
    weigh_blocs(case, world)


@kernel
def weigh_blocs(case, world):
    """Blocs' influence and chiefs from their members'; a bloc without influence leaves its alliance."""
    share, active = world.influence, 0
    for b in range(len(share)):
        share[b] = 0.0
    for i in range(len(world.weight)):
        if world.membership[i] >= 0:
            share[world.membership[i]] += world.weight[i]
    acting_chiefs(case.chief, world.chief, world.membership, world.activity, world.standing, world.weight)
    for b in range(len(share)):
        if share[b] > 0.0:
            active |= 1 << b
    for b in range(len(share)):
        world.alliance[b] = (world.alliance[b] | 1 << b) & active if active >> b & 1 else 0


@kernel
def draw_lines(case, values, world):
    """Every bloc with influence takes the line of its leaders and of its seat, in power or out of it."""
    means, issues = world.mean_ideal, world.line.shape[1]
    for b in range(len(world.influence)):
        for k in range(issues):
            means[b, k] = 0.0
    for i in range(len(world.weight)):
        b = world.membership[i]
        if b >= 0:
            for k in range(issues):
                means[b, k] += world.weight[i] * world.ideal[i, k]
    seated = world.ruling[0] != 0 and case.mechanism[OFFICE_PULL] == 1
    for b in range(len(world.influence)):
        if world.influence[b] > 0.0:
            for k in range(issues):
                pull = 0.0
                if k == case.regime and seated:
                    pull = rule.pull_of_office(world.ruling[0] >> b & 1, values.office_pull)
                world.line[b, k] = rule.public_line(means[b, k] / world.influence[b], pull)


@kernel
def acting_chiefs(designated, chief, membership, activity, standing, weight):
    """Chief of every bloc in the party: the designated one while he can, else its most influential member, else -1."""
    for b in range(len(chief)):
        chief[b] = -1
    for i in range(len(weight)):
        b = membership[i]
        if b >= 0 and in_party(activity[i], standing[i]):
            first = chief[b]
            if i == designated[b] or first < 0 or (first != designated[b] and weight[i] > weight[first]):
                chief[b] = i


@kernel
def loyalty(case, values, world, m, seed, luck):
    """Leaders who are nobody's chief stay where they are or move to the bloc that draws them most."""
    if case.mechanism[LOYALTY] == 0:
        return
    for i in range(len(world.weight)):
        own = world.membership[i]
        free = world.surrendered[i] == 0 and in_party(world.activity[i], world.standing[i])
        if free and (own < 0 or world.chief[own] != i):
            best, gain = most_attractive(case, world, i, own)
            if best >= 0:
                shock = uniform(seed, luck, case.meeting_key[m], MOVE, case.leader_key[i], 0)
                if shock < chance(mobility_rate(gain, values.mobility, values.policy_motive), case.years_before[m]):
                    world.membership[i] = best
    weigh_blocs(case, world)


@kernel
def most_attractive(case, world, i, own):
    """The other bloc whose line suits leader i best, and his gain; the first of equals; -1 if there is no other.

    One who belongs to no bloc goes along with the ruling line, and stays where he is until there is one.
    """
    best, best_gain = -1, 0.0
    if own < 0 and world.ruling[0] == 0:
        return best, best_gain
    own_loss = loss_of(case, world.salience, world.ideal[i], world.line[own] if own >= 0 else world.ruling_line)
    for b in range(len(world.influence)):
        if b != own and world.influence[b] > 0.0:
            gain = own_loss - loss_of(case, world.salience, world.ideal[i], world.line[b])
            if best < 0 or gain > best_gain:
                best, best_gain = b, gain
    return best, best_gain


@kernel
def loss_of(case, salience, x, y):
    """Policy loss between two positions on all issues; 0 with the mechanism off."""
    loss = 0.0
    if case.mechanism[POLICY] == 1:
        for k in range(len(salience)):
            loss += policy_term(salience[k], x[k], y[k])
    return loss
