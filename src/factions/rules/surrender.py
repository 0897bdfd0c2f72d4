"""Whether a punished leader surrenders, and whether a leader changes blocs."""

from numba.extending import register_jitable

from factions.rules.numeric import exponential


@register_jitable
def surrender_log_odds(
    strength, discipline, loss, solidarity,
    surrender, surrender_hope, surrender_discipline, surrender_policy, surrender_solidarity,
):  # fmt: skip
    """Log-odds of surrender at a blow to the bloc, and log of its rate per year at other times.

    c0 - c1 strength + c2 discipline - c3 loss - c4 solidarity.  strength: share of his bloc's alliance in the
    influence of both sides, in [0, 1]: while there is hope one fights on (Hirschman 1970, Granovetter 1978);
    discipline: his ideal point on the regime issue, in [-1, 1]; loss >= 0: policy loss of his convictions on the
    other issues against the ruling line; solidarity in [0, 1]: the share of those punished in his bloc who hold out,
    weighted by prestige.
    """
    return (
        surrender
        - surrender_hope * strength
        + surrender_discipline * discipline
        - surrender_policy * loss
        - surrender_solidarity * solidarity
    )


@register_jitable
def surrender_rate(log_odds):
    """Rate per year of surrender when no blow has fallen."""
    return exponential(log_odds)


@register_jitable
def attraction(gain, relief, mobility_policy, mobility_fear):
    """Pull of another bloc on a leader: m1 gain + m2 relief.

    gain: policy loss in his bloc minus policy loss in the other; relief: fear in his bloc minus fear in the other.
    Exit instead of voice (Hirschman 1970).
    """
    return mobility_policy * gain + mobility_fear * relief


@register_jitable
def mobility_rate(pull, mobility):
    """Rate per year at which a leader moves to a bloc of that attraction: m0 exp(pull)."""
    return mobility * exponential(pull)
