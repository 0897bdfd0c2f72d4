"""Whether a leader changes blocs."""

from numba.extending import register_jitable

from factions.rules.numeric import exponential


@register_jitable
def mobility_rate(gain: float, mobility: float, policy_motive: float) -> float:
    """Rate per year at which a leader moves to a bloc: m exp(b gain).

    gain: policy loss in his bloc minus policy loss in the other, at the worth b that policy has in bargaining.  Exit
    instead of voice (Hirschman 1970).
    """
    return mobility * exponential(policy_motive * gain)
