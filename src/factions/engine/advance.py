"""One meeting of a block of worlds: the schedule, in the order of the Mesa model's step."""

from factions.engine.bargaining import bargaining
from factions.engine.compile import kernel, readable
from factions.engine.consequences import consequences
from factions.engine.power import events, influence, loyalty
from factions.engine.sanctions import sanctions
from factions.engine.stance import stance, vote
from factions.engine.state import World
from factions.engine.surrender import surrender


@kernel
def world_view(state, w):
    """The arrays of world w."""
    return World(
        state.prestige[w],
        state.ideal[w],
        state.standing[w],
        state.activity[w],
        state.membership[w],
        state.surrendered[w],
        state.punished[w],
        state.struck[w],
        state.weight[w],
        state.holder[w],
        state.alliance[w],
        state.ruling[w],
        state.chief[w],
        state.open[w],
        state.influence[w],
        state.delegates[w],
        state.vote_share[w],
        state.line[w],
        state.ruling_line[w],
        state.mean_ideal[w],
        state.trust[w],
        state.rung[w],
        state.recanted[w],
        state.salience[w],
        state.threat[w],
        state.seats[w],
        state.appraisal[w],
        state.now[w],
        state.mean[w],
        state.turn[w],
        state.old_trust[w],
    )


def meet_all(case, values, state, m, seed, luck):
    """Phases 1-8 of meeting m in every world of a block; `values` and `luck` have one entry per world."""
    _meet_all(case, readable(values), state, m, seed, luck)


def pass_time_all(case, values, state, m, seed, luck):
    """Phase 9 in every world of a block: time passes until the next meeting."""
    _pass_time_all(case, readable(values), state, m, seed, luck)


@kernel
def _meet_all(case, values, state, m, seed, luck):
    for w in range(len(luck)):
        value, world = values[w], world_view(state, w)
        events(case, world, m)
        influence(case, value, world)
        loyalty(case, value, world, m, seed, luck[w])
        bargaining(case, value, world, m, seed, luck[w])
        stance(case, value, world, m, seed, luck[w])
        vote(case, value, world, m)
        sanctions(case, value, world, m, seed, luck[w])
        surrender(case, value, world, m, seed, luck[w])


@kernel
def _pass_time_all(case, values, state, m, seed, luck):
    for w in range(len(luck)):
        consequences(case, values[w], world_view(state, w), m, seed, luck[w])
