"""Whether a punished leader surrenders, and whether a leader changes blocs."""

from numba.extending import register_jitable

from factions.rules.numeric import exponential


@register_jitable
def surrender_log_odds(
    strength, discipline, example,
    surrender, surrender_hope, surrender_discipline, surrender_example,
):  # fmt: skip
    """Log-odds of surrender at a blow to the bloc, and log of its rate per year at other times.

    c0 - c1 strength + c2 discipline + c3 example.  strength: share of his bloc's alliance in all influence, in [0, 1]:
    while there is hope one fights on (Hirschman 1970, Granovetter 1978); discipline: his ideal point on the regime
    issue, in [-1, 1]; example in [0, 1]: the share of those punished in his bloc who have surrendered before, weighted
    by prestige.
    """
    return (
        surrender
        - surrender_hope * strength
        + surrender_discipline * discipline
        + surrender_example * example
    )


@register_jitable
def surrender_rate(log_odds):
    """Rate per year of surrender when no blow has fallen."""
    return exponential(log_odds)


@register_jitable
def mobility_rate(gain, mobility, mobility_policy):
    """Rate per year at which a leader moves to a bloc: m0 exp(m1 gain).

    gain: policy loss in his bloc minus policy loss in the other.  Exit instead of voice (Hirschman 1970).
    """
    return mobility * exponential(mobility_policy * gain)
