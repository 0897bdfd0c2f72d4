"""Whether a punished leader surrenders, and whether a leader changes blocs."""

from numba.extending import register_jitable

from factions.rules.numeric import exponential


@register_jitable
def surrender_log_odds(strength, discipline, example, precision, surrender, surrender_discipline):
    """Log-odds of surrender at a blow to the bloc, and log of its rate per year at other times.

    p (example - strength) + c0 + c1 discipline.  strength: share of his bloc's alliance in all influence, in [0, 1]:
    while there is hope one fights on (Hirschman 1970); example in [0, 1]: the share of those punished in his bloc who
    have surrendered before, weighted by prestige (Granovetter 1978); discipline: his ideal point on the regime issue,
    in [-1, 1].
    """
    return precision * (example - strength) + surrender + surrender_discipline * discipline


@register_jitable
def surrender_rate(log_odds):
    """Rate per year of surrender when no blow has fallen."""
    return exponential(log_odds)


@register_jitable
def mobility_rate(gain, mobility, policy_motive):
    """Rate per year at which a leader moves to a bloc: m exp(b gain).

    gain: policy loss in his bloc minus policy loss in the other, at the worth b that policy has in bargaining.  Exit
    instead of voice (Hirschman 1970).
    """
    return mobility * exponential(policy_motive * gain)
