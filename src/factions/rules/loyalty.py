"""Whether a leader changes blocs."""

from numba.extending import register_jitable

from factions.rules.numeric import exponential


@register_jitable
def attraction(gain: float, ties: float, policy_motive: float) -> float:
    """What draws a leader from his bloc to another: b gain + ties.

    gain: policy loss in his bloc minus policy loss in the other, at the worth b that policy has in bargaining; ties:
    his friends' influence times his tie with each, there minus here, which is what an ally is worth in bargaining
    (people join whom they know: Snow, Zurcher & Ekland-Olson 1980; McAdam 1986).
    """
    return policy_motive * gain + ties


@register_jitable
def mobility_rate(attraction: float, mobility: float) -> float:
    """Rate per year at which a leader moves to a bloc: m exp(attraction).  Exit instead of voice (Hirschman 1970)."""
    return mobility * exponential(attraction)


@register_jitable
def followed(leader: float, follower: float) -> float:
    """Share of a leader's change of position that a comrade of his bloc makes too: W / (W + w).

    leader W and follower w: their shares of influence.  The greater man's word counts for the lesser (DeGroot
    1974; Friedkin & Johnsen 1990; Lenz 2012 on following leaders); 0 if neither has influence.
    """
    together = leader + follower
    if together <= 0.0:
        return 0.0
    return leader / together
