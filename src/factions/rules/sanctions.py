"""Whether and how rulers punish an open opposition, one rung at a time: sanctions are graduated (Ostrom 1990)."""

from numba.extending import register_jitable

from factions.rules.vote import contest

OFFICE, POLITBURO, CENTRAL_COMMITTEE, PARTY, EXILE, DEPORTATION = 1, 2, 3, 4, 5, 6
"""rungs of the ladder of sanctions"""

WARNED = 2
"""value of `mandate` once the bloc against which it was given has been warned; 1 before, 0 for none"""

FRESH = 2
"""What an open opposition counts for as an offence until delegates meet"""


@register_jitable
def dominance(strongest: float, rulers: float, opposition: float, exponent: float) -> float:
    """Votes that the strongest ruling bloc has by itself: the contest of W_s / (W_R + W_O), in [0, 1].

    Influence of that bloc, of all rulers together, and of the open opposition; exponent >= 1: how strongly the voters
    of the meeting are selected; 0 if nobody takes sides.
    """
    sides = rulers + opposition
    if sides <= 0.0:
        return 0.0
    return contest(strongest / sides, exponent)


@register_jitable
def sanction_log_odds(
    dominance: float, majority: float, threat: float, precision: float, sanction_threat: float
) -> float:
    """Log-odds of imposing a rung on a bloc: p (dominance - majority) + s threat.

    dominance in [0, 1], see above; majority in (0, 1): share of the votes that the rung takes; threat >= 0.  Partners
    who may be next protect an opposition until one ruling bloc has that majority by itself: power sharing restrains
    repression (Svolik 2012).
    """
    return precision * (dominance - majority) + sanction_threat * threat


@register_jitable
def needs_mandate(rung: int, by_heads: int) -> int:
    """1 if a rung needs a mandate: from the Central Committee down to membership, at a plenum; 0 before delegates.

    by_heads 1 where a plenum votes.  Sanctions are graduated, and the harshest wait for the body that all acknowledge
    (Ostrom 1990): a plenum strikes so hard only whom a congress or conference has condemned since he fell.
    """
    if by_heads and CENTRAL_COMMITTEE <= rung <= PARTY:
        return 1
    return 0


@register_jitable
def is_last_warning(rung: int, by_heads: int, mandate: int) -> int:
    """1 if the rulers warn a bloc in place of a rung that needs a mandate: they have done so once before they strike.

    by_heads 1 where a plenum votes; mandate 0 to 2: none, given, and the bloc has been warned since.  Expulsion is the
    extreme measure, and is announced (Ostrom 1990; clause 7 of the resolution on unity, 1921).
    """
    if needs_mandate(rung, by_heads) and mandate < WARNED:
        return 1
    return 0


@register_jitable
def needs_relapse(rung: int) -> int:
    """1 for the rungs that only a relapse is punished by: from the Politburo down to membership.

    An office may be taken at the first offence, a seat or membership not: sanctions rise with repetition, and an old
    offence is forgiven (Ostrom 1990; Green & Porter 1984 on punishment that ends).
    """
    if POLITBURO <= rung <= PARTY:
        return 1
    return 0


@register_jitable
def offence_after(offence: int, opposes: int, by_heads: int) -> int:
    """What a bloc's open opposition counts for after a meeting: 2 if fresh, 1 once delegates have met, then 0.

    offence: what it counted for before, 0 to 2; opposes 1 if the bloc opposes openly at the meeting; by_heads 1 where a
    plenum votes, 0 before delegates.  An offence is remembered until delegates have met twice, that at which it was
    committed counting as the first.
    """
    remembered = FRESH if opposes else offence
    if by_heads or remembered == 0:
        return remembered
    return remembered - 1


@register_jitable
def gives_mandate(condemned: int, offence: int, rung: int, by_heads: int) -> int:
    """1 if delegates give a mandate against a bloc out of power: it stands condemned and has opposed since they met.

    condemned 1 or 0, after their verdict; offence before the meeting, 2 if fresh, or 2 for who opposes at it; rung that
    the bloc has reached: it has fallen from the Politburo; by_heads 0 before delegates.  Whoever relapses is judged
    though he keeps quiet before them (Daniels 1960 on the XV Conference).
    """
    if condemned and offence == FRESH and rung >= POLITBURO and not by_heads:
        return 1
    return 0


@register_jitable
def deportation_rate(prestige: float, rival: float, patronage: float, exponent: float) -> float:
    """Rate per year at which the first of those who hold out is sent abroad: r times the contest of q / (q + q_R).

    prestige of him and of the most prestigious of the rulers, in points: who could be a rival is sent away, who could
    not is left where he is (Svolik 2012 on rivals; Egorov & Sonin 2015 on whom rulers banish).
    """
    together = prestige + rival
    if together <= 0.0:
        return 0.0
    return patronage * contest(prestige / together, exponent)


@register_jitable
def punished_standing(standing: int, rung: int) -> int:
    """Standing after a leader is drawn down to a rung; never better than before.

    rung 0 or 1 (office): unchanged; 2: at most Central Committee; 3: party member; 4: expelled; 5: exiled; 6: deported.
    """
    floor = rung - 1
    if floor > standing:
        return floor
    return standing


@register_jitable
def feels(standing: int, holds_office: int, rung: int) -> int:
    """1 if drawing a leader of this standing down to this rung takes something from him, else 0."""
    if rung == OFFICE:
        return holds_office
    if punished_standing(standing, rung) > standing:
        return 1
    return 0
