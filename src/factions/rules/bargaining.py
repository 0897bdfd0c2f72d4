"""What an alliance is worth to a bloc."""

from numba.extending import register_jitable

from factions.rules.numeric import clip


@register_jitable
def policy_term(salience: float, x: float, y: float) -> float:
    """One issue's part of the policy loss between two lines: s (x - y)^2.  Downs 1957; Enelow & Hinich 1984."""
    d = x - y
    return salience * (d * d)


@register_jitable
def regard(trust: float, bond: float) -> float:
    """Trust between two blocs as it counts: what it has grown to, and the ties of their leaders; within [-1, 1].

    trust, bond in [-1, 1].  Granovetter 1973: few persons can bridge two groups.
    """
    return clip(trust + bond, -1.0, 1.0)


@register_jitable
def appraised_trust(trust: float, error: float, misjudgement: float, allied: float, habit: float) -> float:
    """Trust in a possible partner as it is judged now: trust, an error of judgement, and the habit of alliance.

    trust in [-1, 1]; error a standard logistic shock; allied 1 or 0.
    """
    return trust + misjudgement * error + habit * allied


@register_jitable
def safety(alliance: float) -> float:
    """Safety in numbers: an alliance's influence up to one half, beyond which numbers add nothing."""
    if alliance > 0.5:
        return 0.5
    return alliance


@register_jitable
def alliance_utility(
    loss: float, partners: float, alliance: float, policy_motive: float, safety_motive: float
) -> float:
    """Utility of an alliance to a bloc: partners - b loss + k min(W, 1/2); trust is the unit.

    loss >= 0 (policy loss against the alliance's mean line); partners: sum over partners of influence times appraised
    trust (a sum, so that with ties alone this is Axelrod & Bennett's landscape); alliance: W in [0, 1].
    """
    return partners - policy_motive * loss + safety_motive * safety(alliance)


@register_jitable
def mutual_trust(influence: float, other: float, trust: float) -> float:
    """One pair's part of the trust between two sides that might ally: W W' T, added over all pairs of the two.

    influence and other: shares of the two blocs, in [0, 1]; trust between them, in [-1, 1].  Where the sum is negative
    nobody can commit himself, and no alliance begins (Tavits 2008; Heider 1946).
    """
    return influence * other * trust
