"""Phase 2 of a meeting: influence is added up and shared out."""

from factions.engine.compile import inlined, kernel
from factions.engine.masks import lowest
from factions.rules import influence as rule
from factions.vocabulary import ACTIVE, MECHANISMS

ISOLATION = MECHANISMS.index("isolation")
OFFICE_PULL = MECHANISMS.index("office_pull")


@kernel
def influence(case, values, world):
    """Leaders' influence is added up and shared out; blocs get their weight and their line."""
    add_up(case, values, world)
    draw_lines(case, values, world)


@kernel
def add_up(case, values, world):
    """Leaders' shares of all influence, and those of their blocs."""
    share = world.leader_influence
    for i in range(len(share)):
        personal = rule.personal_influence(world.prestige[i], world.standing[i], values.standing_weight)
        share[i] = personal if world.activity[i] == ACTIVE else 0.0
    for o in range(len(case.machine)):
        i = acting_holder(case, world, o)
        if i >= 0:
            share[i] += case.machine[o]
    total = 0.0
    for i in range(len(share)):
        total += share[i]
    if total > 0.0:
        for i in range(len(share)):
            share[i] = share[i] / total
    weigh_blocs(case, world)


@inlined
def acting_holder(case, world, o):
    """Who wields an office: its holder, or the foremost deputy who can if he cannot or is no more; -1 for nobody."""
    holder, acting = world.holder[o], -1
    if holder >= 0 and rule.in_party(world.activity[holder], world.standing[holder]):
        return holder
    for i in range(len(world.membership)):
        rank = case.deputies[o, i]
        if rank > 0 and rule.in_party(world.activity[i], world.standing[i]):
            if acting < 0 or rank < case.deputies[o, acting]:
                acting = i
    return acting


@kernel
def weigh_blocs(case, world):
    """Blocs' influence and chiefs from their members'; a bloc without influence leaves its alliance for the time."""
    share, active, amount, membership = world.influence, 0, world.leader_influence, world.membership
    for b in range(len(share)):
        share[b] = 0.0
    for i in range(len(amount)):
        if membership[i] >= 0:
            share[membership[i]] += amount[i]
    acting_chiefs(case, world)
    for b in range(len(share)):
        if share[b] > 0.0:
            active |= 1 << b
    returning = 0
    for b in range(len(share)):
        if world.alliance[b] != 0:
            world.place[b] = world.alliance[b]
        else:
            returning |= active & 1 << b
        world.alliance[b] = (world.alliance[b] | 1 << b) & active if active >> b & 1 else 0
    if len(case.tied_trust) > 0:
        tie_blocs(case, world)
    while returning != 0:
        rejoin(case, world, lowest(returning))
        returning &= returning - 1


@kernel
def tie_blocs(case, world):
    """What the ties between persons are between their blocs: each counts by what part of his bloc he is."""
    bond, share, amount = world.bond, world.influence, world.leader_influence
    for b in range(len(share)):
        for c in range(len(share)):
            bond[b, c] = 0.0
    for t in range(len(case.tied_trust)):
        i, j = case.tied_one[t], case.tied_other[t]
        b, c = world.membership[i], world.membership[j]
        if b >= 0 and c >= 0 and b != c and share[b] > 0.0 and share[c] > 0.0:
            bond[b, c] += rule.bond(case.tied_trust[t], amount[i] / share[b], amount[j] / share[c])
            bond[c, b] = bond[b, c]


@kernel
def rejoin(case, world, b):
    """A bloc that has influence again joins the alliance in which those weigh most whom it was allied with last.

    It does not if one of them is condemned and the other is not: see `bargaining`.
    """
    best, most = 0, 0.0
    for c in range(len(world.alliance)):
        members = world.alliance[c]
        if c != b and members != 0 and lowest(members) == c:  # once for each alliance
            weight = 0.0
            for d in range(len(world.alliance)):
                if members & world.place[b] & ~(1 << b) & 1 << d:
                    weight += world.influence[d]
            if weight > most and stand_alike(case, world, b, members):
                best, most = members, weight
    for c in range(len(world.alliance)):
        if best >> c & 1:
            world.alliance[c] = best | 1 << b
    world.alliance[b] |= best


@kernel
def stand_alike(case, world, b, members):
    """Are a bloc and the blocs of a mask all condemned or all in good standing, where that keeps blocs apart."""
    for c in range(len(world.alliance)):
        if members >> c & 1 and case.mechanism[ISOLATION] == 1 and world.condemned[b] != world.condemned[c]:
            return False
    return True


@kernel
def acting_chiefs(case, world):
    """Chief of every bloc in the party: the designated one while he can, else its most influential member, else -1."""
    chief, designated, share = world.chief, case.chief, world.leader_influence
    activity, standing = world.activity, world.standing
    for b in range(len(chief)):
        chief[b] = -1
    for i in range(len(share)):
        b = world.membership[i]
        if b >= 0 and rule.in_party(activity[i], standing[i]):
            first = chief[b]
            if i == designated[b] or first < 0 or (first != designated[b] and share[i] > share[first]):
                chief[b] = i


@kernel
def draw_lines(case, values, world):
    """Every bloc with influence takes the line of its leaders and of its office, in power or out of it."""
    total, issues, share, ideal = world.total_ideal, len(world.salience), world.leader_influence, world.ideal
    for b in range(len(world.influence)):
        for k in range(issues):
            total[b, k] = 0.0
    for i in range(len(world.leader_influence)):
        b = world.membership[i]
        if b >= 0:
            for k in range(issues):
                total[b, k] += share[i] * ideal[i, k]
    pulled = world.ruling[0] != 0 and case.mechanism[OFFICE_PULL] == 1
    for b in range(len(world.influence)):
        if world.influence[b] > 0.0:
            for k in range(issues):
                pull = 0.0
                if k == case.regime and pulled:
                    pull = rule.pull_of_office(world.ruling[0] & world.alliance[b] != 0, values.office_pull)
                world.line[b, k] = rule.public_line(total[b, k] / world.influence[b], pull)
