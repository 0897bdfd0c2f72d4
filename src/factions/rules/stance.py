"""Whether a bloc outside the ruling alliance speaks out."""

from numba.extending import register_jitable


@register_jitable
def voice_log_odds(strength: float, trust: float, precision: float, voice_loyalty: float) -> float:
    """Log-odds of open opposition: p strength - v max(trust, 0).

    strength: share of the bloc's alliance in all influence, in [0, 1]; trust of the rulers in [-1, 1].  Numbers
    embolden (Granovetter 1978, Kuran 1991); loyalty delays voice, enmity does not hurry it (Hirschman 1970).
    """
    loyalty = trust if trust > 0.0 else 0.0
    return precision * strength - voice_loyalty * loyalty
