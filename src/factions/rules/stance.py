"""Whether a bloc outside the ruling alliance speaks out."""

from numba.extending import register_jitable


@register_jitable
def relative_strength(alliance, rulers):
    """Share of a bloc's alliance in the influence of both sides: W_A / (W_A + W_R); 0 when neither has any."""
    total = alliance + rulers
    if total <= 0.0:
        return 0.0
    return alliance / total


@register_jitable
def voice_log_odds(strength, fear, trust, voice, voice_strength, voice_fear, voice_loyalty):
    """Log-odds of open opposition: v0 + v1 strength - v2 fear - v3 max(trust, 0).

    strength in [0, 1]; fear in [0, 1]; trust of the rulers in [-1, 1].  Voice is dearer the more one fears; loyalty
    delays it, enmity does not hurry it (Hirschman 1970); numbers embolden (Granovetter 1978, Kuran 1991).
    """
    loyalty = trust if trust > 0.0 else 0.0
    return voice + voice_strength * strength - voice_fear * fear - voice_loyalty * loyalty


@register_jitable
def defeat(against, disheartening):
    """Share of what was not yet afraid that defeat before the party's delegates frightens: margin times a share.

    against: share of votes for the opposition, in [0, 1]; disheartening in [0, 1]; 0 when the opposition wins.
    """
    margin = 1.0 - 2.0 * against
    return disheartening * margin if margin > 0.0 else 0.0
