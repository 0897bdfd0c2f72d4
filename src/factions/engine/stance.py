"""Phases 5 and 6 of a meeting: stance and vote."""

from factions.engine.bargaining import alliance_influence
from factions.engine.compile import kernel
from factions.engine.power import in_party
from factions.rules.influence import contest, selection_exponent
from factions.rules.numeric import logistic
from factions.rules.stance import voice_log_odds
from factions.shocks import VOICE, uniform
from factions.vocabulary import IN_PARTY


@kernel
def trust_of_rulers(influence, trust, ruling, b):
    """Mean trust of the ruling blocs in bloc b, weighted by influence; 0 if nobody rules."""
    together, mean = 0.0, 0.0
    for c in range(len(influence)):
        if ruling >> c & 1:
            together += influence[c]
            mean += influence[c] * trust[c, b]
    return mean / together if together > 0.0 else 0.0


@kernel
def stance(case, values, world, m, seed, luck):
    """Blocs outside the ruling alliance oppose openly or keep quiet."""
    ruling = world.ruling[0]
    for b in range(len(world.influence)):
        world.open[b] = 0
        if world.alliance[b] != 0 and world.alliance[b] != ruling:
            log_odds = voice_log_odds(
                alliance_influence(world.influence, world.alliance[b]),
                trust_of_rulers(world.influence, world.trust, ruling, b),
                values.precision,
                values.voice_loyalty,
            )
            shock = uniform(seed, luck, case.meeting_key[m], VOICE, case.bloc_key[b], 0)
            world.open[b] = 1 if shock < logistic(log_odds) else 0
            if case.stance_rule[m, b] != 0:
                world.open[b] = 1 if case.stance_rule[m, b] == 1 else 0


@kernel
def vote(case, values, world, m):
    """The open opposition's share of votes after selection, and every bloc's."""
    opposed, loyal = 0.0, 0.0
    delegates, is_open = world.delegates, world.open
    for b in range(len(delegates)):
        delegates[b] = 0.0
    for i in range(len(world.weight)):
        b, weight = world.membership[i], world.weight[i]
        if case.by_heads[m] == 1:
            seated = in_party(world.activity[i], world.standing[i]) and world.standing[i] < IN_PARTY
            weight = 1.0 if seated else 0.0
        if b >= 0:
            delegates[b] += weight
        if b >= 0 and is_open[b] == 1:
            opposed += weight
        else:
            loyal += weight
    share = opposed / (opposed + loyal) if opposed > 0.0 else 0.0
    against = contest(share, selection_exponent(values.contest, case.selection[m]))
    for b in range(len(delegates)):
        if is_open[b] == 1:
            delegates[b] = against * (delegates[b] / opposed) if opposed > 0.0 else 0.0
        else:
            delegates[b] = (1.0 - against) * (delegates[b] / loyal) if loyal > 0.0 else 0.0
    world.vote_share[0] = against
