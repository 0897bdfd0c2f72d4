"""Whether a bloc outside the ruling alliance speaks out."""

from numba.extending import register_jitable


@register_jitable
def voice_log_odds(strength: float, trust: float, precision: float, voice_mass: float, voice_loyalty: float) -> float:
    """Log-odds of open opposition: p (strength - w0) - v max(trust, 0).

    strength: share of the bloc's alliance in all prestige, in [0, 1]; trust of the rulers in [-1, 1].  Numbers
    embolden, and below a critical mass w0 silence is the rule (Schelling 1978; Granovetter 1978; Kuran 1991; Marwell &
    Oliver 1993); loyalty delays voice, enmity does not hurry it (Hirschman 1970).
    """
    loyalty = trust if trust > 0.0 else 0.0
    return precision * (strength - voice_mass) - voice_loyalty * loyalty
