"""Phase 5 of a meeting: blocs outside the ruling alliance speak out or keep quiet."""

from factions.engine.bargaining import weight_of
from factions.engine.compile import kernel
from factions.rules.numeric import logistic
from factions.rules.stance import voice_log_odds
from factions.shocks import VOICE, uniform


@kernel
def stance(case, values, world, m, seed, luck):
    """Blocs outside the ruling alliance oppose openly or keep quiet."""
    for b in range(len(world.influence)):
        world.open[b] = 0
        if world.alliance[b] != 0 and world.alliance[b] != world.ruling[0]:
            log_odds = voice_log_odds(
                weight_of(world, world.alliance[b]), trust_of_rulers(world, b), values.precision, values.voice_loyalty
            )
            shock = uniform(seed, luck, case.meeting_key[m], VOICE, case.bloc_key[b], 0)
            world.open[b] = 1 if shock < logistic(log_odds) else 0
            if case.stance_rule[m, b] != 0:
                world.open[b] = 1 if case.stance_rule[m, b] == 1 else 0


@kernel
def trust_of_rulers(world, b):
    """Mean trust of the ruling blocs in bloc b, weighted by influence; 0 if nobody rules."""
    together, mean = 0.0, 0.0
    for c in range(len(world.influence)):
        if world.ruling[0] >> c & 1:
            together += world.influence[c]
            mean += world.influence[c] * world.trust[c, b]
    return mean / together if together > 0.0 else 0.0
