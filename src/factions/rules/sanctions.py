"""Whether and how rulers punish an open opposition, one rung at a time."""

from numba.extending import register_jitable

OFFICE, POLITBURO, CENTRAL_COMMITTEE, PARTY, EXILE, DEPORTATION = 1, 2, 3, 4, 5, 6
"""rungs of the ladder of sanctions"""


@register_jitable
def dominance(strongest, rulers, opposition):
    """Lead of the strongest ruling bloc over all who could resist it: W_s - (W_R - W_s) - W_O, in [-1, 1].

    Influence of that bloc, of all rulers together, and of the open opposition.  Partners who may be next protect an
    opposition as long as they count for something: power sharing restrains repression (Svolik 2012).
    """
    return strongest - (rulers - strongest) - opposition


@register_jitable
def sanction_log_odds(lead, threat, rung, sanction, sanction_dominance, sanction_threat, sanction_severity):
    """Log-odds of imposing a rung on a bloc: s0 + s1 dominance + s2 threat - s3 (rung - 1).

    lead: dominance in [-1, 1], see `dominance`; threat >= 0; rung 1 (office) .. 6 (deportation).
    """
    return sanction + sanction_dominance * lead + sanction_threat * threat - sanction_severity * (rung - 1)


@register_jitable
def punished_standing(standing, rung):
    """Standing after a leader is drawn down to a rung; never better than before.

    rung 0 or 1 (office): unchanged; 2: at most Central Committee; 3: party member; 4: expelled; 5: exiled; 6: deported.
    """
    floor = rung - 1
    if floor > standing:
        return floor
    return standing


@register_jitable
def feels(standing, holds_office, rung):
    """1 if drawing a leader of this standing down to this rung takes something from him, else 0."""
    if rung == OFFICE:
        return holds_office
    if punished_standing(standing, rung) > standing:
        return 1
    return 0


@register_jitable
def frightened(fear, struck):
    """Fear after a share of the bloc was struck: it covers that share of what was not yet afraid.  Both in [0, 1]."""
    return fear + (1.0 - fear) * struck
