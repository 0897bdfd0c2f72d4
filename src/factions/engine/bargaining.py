"""Phase 4 of a meeting: blocs leave, join, merge, exclude and pair off.  Alliances are bit masks over blocs."""

from typing import NamedTuple

import numpy as np

from factions.engine.compile import kernel
from factions.engine.power import POLICY
from factions.rules import bargaining as rule
from factions.shocks import JUDGEMENT, ORDER, logistic_shock, uniform
from factions.vocabulary import MECHANISMS

BARGAINING = MECHANISMS.index("bargaining")
TRUST = MECHANISMS.index("trust")
SAFETY = MECHANISMS.index("safety")


class Table(NamedTuple):
    """What the blocs bargain with at one meeting."""

    alliance: np.ndarray  # (B,) masks; moves change it
    influence: np.ndarray  # (B,)
    line: np.ndarray  # (B, K)
    salience: np.ndarray  # (K,)
    now: np.ndarray  # (B,) utility of each bloc's alliance of now
    mean: np.ndarray  # (K,) scratch: mean line of the alliance that is being judged
    appraisal: np.ndarray  # (B, B) influence of the other times trust in him as judged now
    together: np.ndarray  # (B,) masks: blocs that only move together
    apart: np.ndarray  # (B,) masks: blocs that never share an alliance
    policy_motive: float
    safety_motive: float


@kernel
def bargaining(case, values, world, m, seed, luck):
    """In an order that is itself a shock, each bloc makes the best move that those it brings in consent to."""
    settle(case, world, m)
    if case.mechanism[BARGAINING] == 1:
        appraise(case, values, world, m, seed, luck)
        take_turns(case, world.turn, m, seed, luck)
        table = Table(
            world.alliance,
            world.influence,
            world.line,
            world.salience,
            world.now,
            world.mean,
            world.appraisal,
            case.together[m],
            case.apart[m],
            values.policy_motive * case.mechanism[POLICY],
            values.safety_motive * case.mechanism[SAFETY],
        )
        weigh_alliances(table)
        for b in world.turn:
            if world.alliance[b] != 0:
                best = best_move(table, b)
                if best != world.alliance[b]:
                    form(table.alliance, best)
                    weigh_alliances(table)
    world.ruling[0] = strongest(world.alliance, world.influence)
    for k in range(len(world.ruling_line)):
        world.ruling_line[k] = mean_line(world.influence, world.line, world.ruling[0], k)


@kernel
def settle(case, world, m):
    """What a counterfactual imposes: blocs held together ally by themselves; of two kept apart the weaker leaves."""
    for b in range(len(world.alliance)):
        if world.alliance[b] != 0:
            held = unit(case.together[m], world.alliance, b)
            if world.alliance[b] & held != held:
                form(world.alliance, held)
    for b in range(len(world.alliance)):
        for c in range(b):
            if world.alliance[b] >> c & 1 and case.apart[m, b] >> c & 1:
                weaker = b if world.influence[b] < world.influence[c] else c
                form(world.alliance, unit(case.together[m], world.alliance, weaker))


@kernel
def unit(together, alliance, b):
    """Mask of bloc b and of those that it is held together with, without those that have no influence."""
    held = 1 << b
    for c in range(len(alliance)):
        if together[b] >> c & 1 and alliance[c] != 0:
            held |= 1 << c
    return held


@kernel
def appraise(case, values, world, m, seed, luck):
    """How every bloc judges every other as a partner at this meeting, weighted by the other's influence."""
    blocs = len(world.influence)
    for b in range(blocs):
        for c in range(blocs):
            world.appraisal[b, c] = 0.0
            if b != c and world.alliance[b] != 0 and world.alliance[c] != 0 and case.mechanism[TRUST] == 1:
                error = logistic_shock(seed, luck, case.meeting_key[m], JUDGEMENT, case.bloc_key[b], case.bloc_key[c])
                allied = world.alliance[b] >> c & 1
                world.appraisal[b, c] = world.influence[c] * rule.appraised_trust(
                    world.trust[b, c], error, values.misjudgement, allied, values.habit
                )


@kernel
def take_turns(case, turn, m, seed, luck):
    """All blocs in the order of their shocks: an insertion sort, short, stable and free of numpy's dispatch."""
    for place in range(len(turn)):
        b = place
        shock = uniform(seed, luck, case.meeting_key[m], ORDER, case.bloc_key[b], 0)
        while place > 0 and shock < uniform(seed, luck, case.meeting_key[m], ORDER, case.bloc_key[turn[place - 1]], 0):
            turn[place] = turn[place - 1]
            place -= 1
        turn[place] = b


@kernel
def mean_line(influence, line, members, k):
    """Mean line of the blocs of a mask on issue k, weighted by influence; 0 for none."""
    together, mean = 0.0, 0.0
    for c in range(len(influence)):
        if members >> c & 1:
            together += influence[c]
            mean += influence[c] * line[c, k]
    return mean / together if together > 0.0 else 0.0


@kernel
def utility(table, b, members):
    """Utility to bloc b of the alliance of a mask, b among its members."""
    together, partners = 0.0, 0.0
    for k in range(len(table.mean)):
        table.mean[k] = 0.0
    for c in range(len(table.influence)):
        if members >> c & 1:
            together += table.influence[c]
            partners += table.appraisal[b, c]
            for k in range(len(table.mean)):
                table.mean[k] += table.influence[c] * table.line[c, k]
    loss = 0.0
    for k in range(len(table.mean)):
        loss += rule.policy_term(table.salience[k], table.line[b, k], table.mean[k] / together)
    return rule.alliance_utility(loss, partners, together, table.policy_motive, table.safety_motive)


@kernel
def weigh_alliances(table):
    """What its alliance of now is worth to every bloc."""
    for b in range(len(table.influence)):
        if table.alliance[b] != 0:
            table.now[b] = utility(table, b, table.alliance[b])


@kernel
def gains(table, b, members):
    """Does bloc b prefer the alliance of a mask to its own of now."""
    return utility(table, b, members) > table.now[b]


@kernel
def all_gain(table, asked, members):
    """Do all blocs of the mask `asked` prefer to belong to `members`."""
    for c in range(len(table.influence)):
        if asked >> c & 1 and not gains(table, c, members):
            return False
    return True


@kernel
def best_move(table, b):
    """The alliance (mask) that bloc b prefers among its own of now and those it can bring about."""
    own, alone = table.alliance[b], unit(table.together, table.alliance, b)
    best, best_utility = own, table.now[b]
    if own != alone:
        best, best_utility = better(table, b, alone, best, best_utility)
    for c in range(len(table.influence)):
        theirs = table.alliance[c]
        if theirs == 0 or alone >> c & 1:
            continue
        partner = unit(table.together, table.alliance, c)
        if theirs != own and theirs & -theirs == 1 << c:  # once for each other alliance
            best, best_utility = better(table, b, theirs | alone, best, best_utility)
            if own != alone:
                best, best_utility = better(table, b, theirs | own, best, best_utility)
        if theirs != partner and own != (alone | partner):
            best, best_utility = better(table, b, alone | partner, best, best_utility)
    if own != alone:
        best = best_exclusion(table, b, alone, best, best_utility)
    return best


@kernel
def better(table, b, members, best, best_utility):
    """The better of the best move so far and the alliance `members`, if all others in it consent."""
    value = utility(table, b, members)
    if value > best_utility and admissible(table, members) and all_gain(table, members & ~(1 << b), members):
        return members, value
    return best, best_utility


@kernel
def admissible(table, members):
    """May the blocs of a mask share an alliance: no two of them are kept apart."""
    for c in range(len(table.influence)):
        if members >> c & 1 and table.apart[c] & members != 0:
            return False
    return True


@kernel
def best_exclusion(table, b, alone, best, best_utility):
    """Exclude the partner one would rather be without, if those who remain and gain hold most of what remains."""
    own, rest, value = table.alliance[b], 0, best_utility
    for c in range(len(table.influence)):
        if own >> c & 1 and not alone >> c & 1:
            others = own & ~unit(table.together, table.alliance, c)
            without = utility(table, b, others)
            if without > value:
                rest, value = others, without
    if rest == 0:
        return best
    in_favour, together = 0.0, 0.0
    for c in range(len(table.influence)):
        if rest >> c & 1:
            together += table.influence[c]
            if gains(table, c, rest):
                in_favour += table.influence[c]
    return rest if in_favour > 0.5 * together else best


@kernel
def form(alliance, members):
    """The blocs of a mask become one alliance and leave those they were in."""
    for c in range(len(alliance)):
        alliance[c] = members if members >> c & 1 else alliance[c] & ~members


@kernel
def alliance_influence(influence, members):
    """Influence of the blocs of a mask."""
    together = 0.0
    for c in range(len(influence)):
        if members >> c & 1:
            together += influence[c]
    return together


@kernel
def strongest(alliance, influence):
    """Mask of the alliance with most influence; the first of equals; 0 if no bloc has any."""
    best, most = 0, 0.0
    for c in range(len(alliance)):
        together = alliance_influence(influence, alliance[c])
        if together > most:
            best, most = alliance[c], together
    return best
