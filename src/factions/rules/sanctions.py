"""Whether and how rulers punish an open opposition, one rung at a time."""

from numba.extending import register_jitable

OFFICE, POLITBURO, CENTRAL_COMMITTEE, PARTY, EXILE, DEPORTATION = 1, 2, 3, 4, 5, 6
"""rungs of the ladder of sanctions"""


@register_jitable
def sanction_log_odds(
    dominance, hostility, threat, rung,
    sanction, sanction_dominance, sanction_hostility, sanction_threat, sanction_severity,
):  # fmt: skip
    """Log-odds of moving a bloc to a rung: s0 + s1 dominance + s2 hostility + s3 threat - s4 (rung - 1).

    dominance: rulers' influence minus the opposition's, in [-1, 1]; hostility: the rulers' distrust of the bloc,
    weighted by influence, in [-1, 1]; threat >= 0; rung 1 (office) .. 6 (deportation).
    """
    return (
        sanction
        + sanction_dominance * dominance
        + sanction_hostility * hostility
        + sanction_threat * threat
        - sanction_severity * (rung - 1)
    )


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
