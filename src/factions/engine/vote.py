"""Phase 6 of a meeting: the delegates vote."""

from factions.engine.compile import inlined, kernel
from factions.engine.influence import acting_holder
from factions.rules.influence import in_party
from factions.rules.sanctions import FRESH, gives_mandate
from factions.rules.vote import contest, delegation, is_condemned, selection_exponent, with_delegations
from factions.vocabulary import MECHANISMS

RELAPSE = MECHANISMS.index("relapse")


@kernel
def vote(case, values, world, m):
    """The open opposition's share of votes after selection, and every bloc's."""
    opposed, loyal = 0.0, 0.0
    delegates, is_open = world.delegates, world.open
    for b in range(len(delegates)):
        delegates[b] = 0.0
    for i in range(len(world.leader_influence)):
        b, votes = world.membership[i], world.leader_influence[i]
        if case.by_heads[m] == 1:
            votes = 1.0 if has_vote(case, world, m, i) else 0.0
        if b >= 0:
            delegates[b] += votes
        if b >= 0 and is_open[b] == 1:
            opposed += votes
        else:
            loyal += votes
    share = opposed / (opposed + loyal) if opposed > 0.0 else 0.0
    won, sent = contest(share, selection_exponent(values.contest, case.selection[m])), sent_by_open(case, world, m)
    against = with_delegations(sent, won)
    for b in range(len(delegates)):
        if is_open[b] == 1:
            delegates[b] = (1.0 - sent) * won * (delegates[b] / opposed) if opposed > 0.0 else 0.0
        else:
            delegates[b] = (1.0 - against) * (delegates[b] / loyal) if loyal > 0.0 else 0.0
    for o in range(len(case.sends)):
        b = open_bloc_of(case, world, m, o)
        if b >= 0:
            delegates[b] += delegation(case.sends[o], case.selection[m])
    world.vote_share[0] = against
    condemn(case, world, m)


@kernel
def sent_by_open(case, world, m):
    """Share of all delegates whom the open opposition sends from organisations that its men run."""
    sent = 0.0
    for o in range(len(case.sends)):
        if open_bloc_of(case, world, m, o) >= 0:
            sent += delegation(case.sends[o], case.selection[m])
    return sent


@inlined
def open_bloc_of(case, world, m, o):
    """The open bloc of who runs an organisation that sends delegates to this meeting; else -1."""
    if case.by_heads[m] == 1 or case.sends[o] == 0.0:
        return -1
    i = acting_holder(case, world, o)
    b = world.membership[i] if i >= 0 else -1
    return b if b >= 0 and world.open[b] == 1 else -1


@inlined
def has_vote(case, world, m, i):
    """Does leader i vote where votes are by head: one who can act, and sits in the body or in a higher one."""
    return in_party(world.activity[i], world.standing[i]) and world.standing[i] <= case.franchise[m]


@kernel
def count_votes(case, world, m):
    """How many heads every bloc has at a meeting."""
    for b in range(len(world.votes)):
        world.votes[b] = 0
    for i in range(len(world.membership)):
        if world.membership[i] >= 0 and has_vote(case, world, m, i):
            world.votes[world.membership[i]] += 1


@kernel
def condemn(case, world, m):
    """Open opponents whom delegates outvote are condemned; those who had fallen before, and relapse, with a mandate."""
    for b in range(len(world.open)):
        offence = world.offence[b] if case.mechanism[RELAPSE] == 1 else 0
        if is_condemned(world.open[b], world.vote_share[0], case.by_heads[m]) == 1:
            world.condemned[b], offence = 1, FRESH
        if gives_mandate(world.condemned[b], offence, world.rung[b], case.by_heads[m]) == 1:
            world.mandate[b] = max(world.mandate[b], 1)
