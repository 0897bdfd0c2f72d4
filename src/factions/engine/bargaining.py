"""Phase 4 of a meeting: blocs leave, join, merge, exclude and pair off.  Alliances are bit masks over blocs.

Whoever judges an alliance adds up its influence and its line once for all who are asked, and gives up as soon as the
move cannot win: without its policy loss an alliance is worth no less than with it.
"""

from typing import NamedTuple

from factions.engine.alliances import (
    form,
    kept_apart,
    number_after,
    number_of,
    pardon_rulers,
    put_out,
    rulers,
    settle,
    unit,
    weight_of,
)
from factions.engine.compile import inlined, kernel
from factions.engine.masks import lowest
from factions.engine.view import View
from factions.rules import bargaining as rule
from factions.shocks import JUDGEMENT, ORDER, log_odds, uniform
from factions.vocabulary import MECHANISMS

BARGAINING = MECHANISMS.index("bargaining")
POLICY = MECHANISMS.index("policy")
TRUST = MECHANISMS.index("trust")
SAFETY = MECHANISMS.index("safety")
ISOLATION = MECHANISMS.index("isolation")
DISTRUST = MECHANISMS.index("distrust")
COMPENSATION = MECHANISMS.index("compensation")
EVERYBODY = -1  # a mask with every bit set
SLACK = 1e-9  # far more than a sum can differ by the order in which it is added up


class Table(NamedTuple):
    """What the blocs bargain with at a meeting: what moves them, 0 for a mechanism that is off; the mask of those whom
    no one in good standing allies with; and that of those who are kept apart from anybody."""

    case: View
    world: View
    condemned: int
    divided: int
    policy_motive: float
    safety_motive: float


@kernel
def bargaining(case, values, world, m, seed, luck):
    """In an order that is itself a shock, each bloc makes the best move that those it brings in consent to."""
    before = world.ruling[0] if m > 0 else rulers(case, world, m)
    moved = settle(world)
    if case.mechanism[BARGAINING] == 1:
        condemned = pariahs(case, world)
        appraise(case, values, world, m, seed, luck, condemned)
        take_turns(case, world, m, seed, luck)
        policy_motive = values.policy_motive * case.mechanism[POLICY]
        safety_motive = values.safety_motive * case.mechanism[SAFETY]
        table = Table(case, world, condemned, kept_apart(world), policy_motive, safety_motive)
        weigh_alliances(table, EVERYBODY)
        if case.camps > 0:
            gather(table)
        for b in world.turn:
            if world.alliance[b] != 0:
                best = best_move(table, b)
                if best != world.alliance[b]:
                    moved |= 1 << b
                    weigh_alliances(table, form(world, best))
    world.ruling[0] = rulers(case, world, m)
    world.ousted[0] = put_out(before, world.ruling[0], moved)
    pardon_rulers(world)


@kernel
def pariahs(case, world):
    """Mask of the condemned, whom no bloc in good standing allies with; nobody with the mechanism off."""
    condemned = 0
    if case.mechanism[ISOLATION] == 1:
        for b in range(len(world.condemned)):
            condemned |= world.condemned[b] << b
    return condemned


@kernel
def appraise(case, values, world, m, seed, luck, condemned):
    """How every bloc judges every other as a partner at this meeting, weighted by the other's influence.

    Of whom it is not allied with and may not ally with, nobody asks: those who are condemned and those who are not.
    """
    blocs, error = len(world.influence), world.error
    for pair in range(len(error)):
        error[pair] = uniform(seed, luck, case.meeting_key[m], JUDGEMENT, case.judge_key[pair], case.judged_key[pair])
    for b in range(blocs):
        asked = world.alliance[b] | (condemned if condemned >> b & 1 else ~condemned)
        for c in range(blocs):
            world.appraisal[b, c] = 0.0
            partner = b != c and world.alliance[b] != 0 and world.alliance[c] != 0 and asked >> c & 1
            if partner and case.mechanism[TRUST] == 1:
                allied = world.alliance[b] >> c & 1
                trust = rule.regard(world.trust[b, c], world.bond[b, c])
                world.appraisal[b, c] = world.influence[c] * rule.appraised_trust(
                    trust, log_odds(error[b * blocs + c]), values.misjudgement, allied, values.habit
                )


@kernel
def take_turns(case, world, m, seed, luck):
    """All blocs in the order of their shocks: an insertion sort, short, stable and free of numpy's dispatch."""
    turn, shock = world.turn, world.shock
    for b in range(len(shock)):
        shock[b] = uniform(seed, luck, case.meeting_key[m], ORDER, case.bloc_key[b], 0)
    for b in range(len(turn)):
        place = b
        while place > 0 and shock[b] < shock[turn[place - 1]]:
            turn[place] = turn[place - 1]
            place -= 1
        turn[place] = b


@kernel
def weigh_alliances(table, changed):
    """What its alliance of now is worth to every bloc; anew for alliances that have a bloc of the mask `changed`."""
    world = table.world
    for b in range(len(world.alliance)):
        members = world.alliance[b]
        if members & changed == 0 or lowest(members) != b:  # once for each alliance
            continue
        together = weight_of(world, members)
        draw_mean(world, members, together)
        left = members
        while left != 0:
            c = lowest(left)
            left &= left - 1
            world.utility[c] = utility(table, c, together, partners_of(world, c, members))


@inlined
def partners_of(world, b, members):
    """What its partners in an alliance are to bloc b: their influence times its trust in them, as judged now."""
    partners = 0.0
    while members != 0:
        partners += world.appraisal[b, lowest(members)]
        members &= members - 1
    return partners


@inlined
def draw_mean(world, members, together):
    """Leaves in `mean_line` the mean line of an alliance by influence; `together`: influence of all of it."""
    for k in range(len(world.mean_line)):
        total, left = 0.0, members
        while left != 0:
            c = lowest(left)
            left &= left - 1
            total += world.influence[c] * world.line[c, k]
        world.mean_line[k] = total / together


@inlined
def utility(table, b, together, partners):
    """Utility to bloc b of the alliance whose mean line was drawn last."""
    world, loss = table.world, 0.0
    for k in range(len(world.mean_line)):
        loss += rule.policy_term(world.salience[k], world.line[b, k], world.mean_line[k])
    return rule.alliance_utility(loss, partners, together, table.policy_motive, table.safety_motive)


@inlined
def at_most(table, together, partners):
    """What an alliance is worth without its policy loss: never less than with it."""
    return rule.alliance_utility(0.0, partners, together, table.policy_motive, table.safety_motive)


@kernel
def gather(table):
    """Where there are more alliances than camps, the two that gain most by it, or lose least, become one, and so on."""
    world = table.world
    while number_of(world) > table.case.camps:
        best, most = 0, 0.0
        for b in range(len(world.alliance)):
            if world.alliance[b] == 0 or lowest(world.alliance[b]) != b:
                continue
            for c in range(b):
                members = world.alliance[b] | world.alliance[c]
                if world.alliance[c] != 0 and lowest(world.alliance[c]) == c and admissible(table, members):
                    together = weight_of(world, members)
                    draw_mean(world, members, together)
                    gain = gain_of(table, members, members, together)
                    if best == 0 or gain > most:
                        best, most = members, gain
        if best == 0:
            return
        weigh_alliances(table, form(world, best))


@inlined
def has_room(table, members):
    """If the blocs of a mask become one alliance, are there no more of them than camps, or than there are now."""
    return table.case.camps == 0 or number_after(table.world, members) <= max(table.case.camps, number_of(table.world))


@kernel
def best_move(table, b):
    """The alliance (mask) that bloc b prefers among its own of now and those it can bring about."""
    world = table.world
    own, alone = world.alliance[b], unit(world, b)
    best, best_utility = own, world.utility[b]
    if own != alone:
        best, best_utility = better(table, b, alone, best, best_utility)
    for c in range(len(world.influence)):
        theirs = world.alliance[c]
        if theirs == 0 or alone >> c & 1:
            continue
        partner = unit(world, c)
        if theirs != own and lowest(theirs) == c:  # once for each other alliance
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
    world = table.world
    if not admissible(table, members):
        return best, best_utility
    together, partners = weight_of(world, members), partners_of(world, b, members)
    if at_most(table, together, partners) > best_utility and has_room(table, members):
        draw_mean(world, members, together)
        value = utility(table, b, together, partners)
        if value > best_utility and trusting(table, b, members) and all_consent(table, b, members, together):
            return members, value
    return best, best_utility


@inlined
def admissible(table, members):
    """May the blocs of a mask share an alliance: all are condemned or none, and no two of them are kept apart."""
    if members & table.condemned != 0 and members & ~table.condemned != 0:
        return False
    left = members & table.divided
    while left != 0:
        if table.world.apart[lowest(left)] & members != 0:
            return False
        left &= left - 1
    return True


@kernel
def trusting(table, b, members):
    """Is the trust between those of `members` who are allied with bloc b and the others not negative, on the whole."""
    world, between, ours = table.world, 0.0, members & table.world.alliance[b]
    if table.case.mechanism[DISTRUST] * table.case.mechanism[TRUST] == 1:
        while ours != 0:
            c = lowest(ours)
            ours &= ours - 1
            theirs = members & ~world.alliance[b]
            while theirs != 0:
                d = lowest(theirs)
                theirs &= theirs - 1
                regard = rule.regard(world.trust[c, d], world.bond[c, d])
                between += rule.mutual_trust(world.influence[c], world.influence[d], regard)
    return between >= 0.0


@kernel
def all_consent(table, b, members, together):
    """Do those whom bloc b brings into `members` consent: its own partners, and those of the other alliance."""
    partners = members & ~(1 << b)
    ours, theirs = partners & table.world.alliance[b], partners & ~table.world.alliance[b]
    return consent(table, ours, members, together) and consent(table, theirs, members, together)


@kernel
def consent(table, asked, members, together):
    """Do those asked prefer to belong to `members`, whose mean line was drawn last; nobody asked does not object.

    Their gains must outweigh their losses, weighted by influence; without compensation, nobody may lose.
    """
    if table.case.mechanism[COMPENSATION] == 1:
        return asked == 0 or gain_of(table, asked, members, together) > 0.0
    return all_gain(table, asked, members, together)


@kernel
def gain_of(table, asked, members, together):
    """What those asked gain by belonging to `members`, less what they lose, weighted by influence."""
    gain = 0.0
    while asked != 0:
        c = lowest(asked)
        asked &= asked - 1
        value = utility(table, c, together, partners_of(table.world, c, members))
        gain += table.world.influence[c] * (value - table.world.utility[c])
    return gain


@kernel
def all_gain(table, asked, members, together):
    """Do all blocs of the mask `asked` prefer to belong to `members`, whose mean line was drawn last."""
    while asked != 0:
        if not gains(table, lowest(asked), members, together):
            return False
        asked &= asked - 1
    return True


@kernel
def gains(table, b, members, together):
    """Does bloc b prefer the alliance `members`, whose mean line was drawn last, to its own of now."""
    now, partners = table.world.utility[b], partners_of(table.world, b, members)
    return at_most(table, together, partners) > now and utility(table, b, together, partners) > now


@kernel
def best_exclusion(table, b, alone, best, best_utility):
    """Exclude the partner one would rather be without, if those who remain consent, the mover among them."""
    world = table.world
    own, rest, value = world.alliance[b], 0, best_utility
    all_together, all_partners = weight_of(world, own), partners_of(world, b, own)
    for c in range(len(world.influence)):
        if own >> c & 1 and not alone >> c & 1:
            others = own & ~unit(world, c)
            if others == own & ~(1 << c):
                about = at_most(table, all_together - world.influence[c], all_partners - world.appraisal[b, c])
                if about < value - SLACK * (1.0 + abs(value) + abs(all_partners)):
                    continue
            together, partners = weight_of(world, others), partners_of(world, b, others)
            if at_most(table, together, partners) > value:
                draw_mean(world, others, together)
                without = utility(table, b, together, partners)
                if without > value:
                    rest, value = others, without
    if rest == 0 or not has_room(table, rest):
        return best
    together = weight_of(world, rest)
    draw_mean(world, rest, together)
    return rest if consent(table, rest, rest, together) else best
