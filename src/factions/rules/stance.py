"""Whether a bloc outside the ruling alliance speaks out."""

from numba.extending import register_jitable


@register_jitable
def voice_log_odds(strength: float, trust: float, mass: float, precision: float) -> float:
    """Log-odds of open opposition: p (strength - mass - max(trust, 0)).

    strength: share of the bloc's alliance in all prestige, in [0, 1]; trust of the rulers, in [-1, 1]; mass: the
    critical mass that is asked of the bloc, in [0, 1].  Numbers embolden, and below a critical mass silence is the rule
    (Schelling 1978; Granovetter 1978; Kuran 1991; Marwell & Oliver 1993).  Loyalty delays voice, enmity does not hurry
    it (Hirschman 1970): trust outweighs as large a share of names, so that nobody who is fully trusted speaks.
    """
    loyalty = trust if trust > 0.0 else 0.0
    return precision * (strength - (mass + loyalty))


@register_jitable
def critical_mass(voice_mass: float, condemned: float, stake: float) -> float:
    """Share of all prestige below which a bloc rather keeps quiet: w0 if it is condemned and has a stake, else 0.

    condemned and stake 1 or 0: whether a congress or conference has condemned it, and whether its first man is still in
    the party.  The expelled need not wait for numbers: they have nothing left to lose (Kuran 1991 and Lichbach 1995 on
    the private cost of opposition).
    """
    return voice_mass * (condemned * stake)


@register_jitable
def keeps_truce(same_session: int, struck: int) -> int:
    """1 if a bloc keeps quiet, whatever its odds of voice: a blow has fallen on its alliance in this very session.

    same_session 1 if the meeting opens before the last one has closed, else 0; struck 1 if anyone of the alliance was
    struck there.  A blow silences at once those whom it hits, and only for a time (Lichbach 1987; Daniels 1960 on the
    statement of October 1926): what a session has decided is not fought at its end.
    """
    return same_session * struck
