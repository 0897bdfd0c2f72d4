"""Who moves the party: personal influence, and the lines that blocs take."""

from numba.extending import register_jitable

from factions.rules.numeric import clip
from factions.vocabulary import ACTIVE, IN_PARTY


@register_jitable
def in_party(activity: int, standing: int) -> bool:
    """Is a leader active, and a member of the party: activity 1, standing 0..5."""
    return activity == ACTIVE and standing <= IN_PARTY


@register_jitable
def personal_influence(prestige: float, standing: int, standing_weight: float) -> float:
    """Prestige times the weight of standing: 1 in the Politburo, w in the Central Committee, w * w below, 0 outside.

    prestige >= 0, standing 0..5, standing_weight in [0, 1]; points of influence.
    """
    if standing > IN_PARTY:
        return 0.0
    weight = 1.0
    if standing >= 1:
        weight = weight * standing_weight
    if standing >= IN_PARTY:
        weight = weight * standing_weight
    return prestige * weight


@register_jitable
def bond(tie: float, one: float, other: float) -> float:
    """What a tie between two persons is between their blocs: t u v, their tie times the share of each in his bloc.

    tie in [-1, 1]; one, other in [0, 1]: shares of a bloc's influence.  Added over all pairs it is the tie of one bloc
    with another, as groups are tied by the ties of their members (White, Boorman & Breiger 1976; Padgett & Ansell
    1993), each of whom counts for what he weighs.
    """
    return tie * (one * other)


@register_jitable
def public_line(mean: float, pull: float) -> float:
    """A bloc's line on one issue: its leaders' mean ideal point, and the pull of office.

    mean in [-1, 1], weighted by influence; pull of any sign, 0 off the regime issue; result held within [-1, 1].
    """
    return clip(mean + pull, -1.0, 1.0)


@register_jitable
def pull_of_office(in_power: bool, office_pull: float) -> float:
    """Pull of office on the regime issue: towards discipline in power, towards democracy out of it (Miles 1978)."""
    if in_power:
        return office_pull
    return -office_pull
