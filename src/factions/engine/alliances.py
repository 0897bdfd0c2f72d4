"""What alliances are, as bit masks over blocs: their weight, how they form, and which of them rules."""

from factions.engine.compile import inlined, kernel
from factions.engine.masks import lowest
from factions.engine.vote import count_votes


@kernel
def settle(world):
    """What a counterfactual imposes: blocs held together ally by themselves; of two kept apart the weaker leaves.

    Gives the mask of the blocs that it moves.
    """
    moved = 0
    for b in range(len(world.alliance)):
        if world.alliance[b] != 0:
            held = unit(world, b)
            if world.alliance[b] & held != held:
                form(world, held)
                moved |= held
    for b in range(len(world.alliance)):
        for c in range(b):
            if world.alliance[b] >> c & 1 and world.apart[b] >> c & 1:
                weaker = b if world.influence[b] < world.influence[c] else c
                leaving = unit(world, weaker)
                form(world, leaving)
                moved |= leaving
    return moved


@kernel
def kept_apart(world):
    """Mask of the blocs that may not ally with everybody."""
    divided = 0
    for b in range(len(world.apart)):
        if world.apart[b] != 0:
            divided |= 1 << b
    return divided


@inlined
def unit(world, b):
    """Mask of bloc b and of those that it is held together with, without those that have no influence."""
    held, left = 1 << b, world.together[b] & ~(1 << b)
    while left != 0:
        c = lowest(left)
        left &= left - 1
        if world.alliance[c] != 0:
            held |= 1 << c
    return held


@kernel
def form(world, members):
    """The blocs of a mask become one alliance and leave those they were in; gives the mask of all who are concerned."""
    concerned = members
    for c in range(len(world.alliance)):
        if world.alliance[c] & members != 0:
            concerned |= world.alliance[c]
        world.alliance[c] = members if members >> c & 1 else world.alliance[c] & ~members
    return concerned


@inlined
def weight_of(world, members):
    """Influence of the blocs of a mask."""
    together = 0.0
    while members != 0:
        together += world.influence[lowest(members)]
        members &= members - 1
    return together


@kernel
def number_of(world):
    """How many alliances there are."""
    number = 0
    for b in range(len(world.alliance)):
        number += world.alliance[b] != 0 and lowest(world.alliance[b]) == b
    return number


@kernel
def number_after(world, members):
    """How many alliances there are once the blocs of a mask have become one."""
    number = 1
    for b in range(len(world.alliance)):
        rest = world.alliance[b] & ~members
        number += rest != 0 and lowest(rest) == b
    return number


@kernel
def rulers(case, world, m):
    """Mask of the alliance that rules at a meeting as alliances are now.

    Before the first meeting, that of the start: nobody has ruled yet, and its members are the old government.
    """
    return most_votes(case, world, m) if case.by_votes[m] == 1 else strongest(world)


@kernel
def strongest(world):
    """Mask of the alliance with most influence; the first of equals; 0 if no bloc has any."""
    best, most = 0, 0.0
    for c in range(len(world.alliance)):
        members = world.alliance[c]
        if members != 0 and lowest(members) == c:  # once for each alliance
            together = weight_of(world, members)
            if together > most:
                best, most = members, together
    return best


@kernel
def most_votes(case, world, m):
    """Mask of the alliance with most votes by head; of equals the one with most influence, or the first."""
    count_votes(case, world, m)
    best, most, weight = 0, 0, 0.0
    for c in range(len(world.alliance)):
        members = world.alliance[c]
        if members != 0 and lowest(members) == c:  # once for each alliance
            votes, together = heads_of(world, members), weight_of(world, members)
            if votes > most or (votes == most and together > weight):
                best, most, weight = members, votes, together
    return best


@inlined
def heads_of(world, members):
    """Votes by head of the blocs of a mask."""
    votes = 0
    while members != 0:
        votes += world.votes[lowest(members)]
        members &= members - 1
    return votes


@inlined
def put_out(before, ruling, moved):
    """Mask of those who ruled before with some who rule now, have not moved themselves, and rule no longer."""
    return before & ~ruling & ~moved if before & ruling != 0 else 0


@kernel
def pardon_rulers(world):
    """Whoever rules stands condemned no longer, and his offences are forgiven."""
    for b in range(len(world.condemned)):
        if world.ruling[0] >> b & 1:
            world.condemned[b] = 0
            world.mandate[b] = 0
            world.offence[b] = 0


@kernel
def mean_line(world, members, k):
    """Mean line of the blocs of a mask on issue k, weighted by influence; 0 for none."""
    together, mean = weight_of(world, members), 0.0
    while members != 0:
        c = lowest(members)
        members &= members - 1
        mean += world.influence[c] * world.line[c, k]
    return mean / together if together > 0.0 else 0.0
