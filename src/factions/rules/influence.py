"""Who moves the party: personal influence, and how the contest turns influence into votes."""

import math

from numba.extending import register_jitable

from factions.rules.numeric import clip, logistic
from factions.vocabulary import IN_PARTY


@register_jitable
def personal_influence(prestige, standing, standing_weight):
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
def contest(share, exponent):
    """Contest success: W^f / (W^f + (1 - W)^f), computed as the logistic of f times the log-odds of W.

    share W in [0, 1] (outside it the nearer end), exponent f >= 0; 0 at W = 0 and 1 at W = 1.  Tullock 1980; with
    f = 3 the cube law of elections (Kendall & Stuart 1950).
    """
    if share <= 0.0:
        return 0.0
    if share >= 1.0:
        return 1.0
    return logistic(exponent * math.log(share / (1.0 - share)))


@register_jitable
def selection_exponent(contest_exponent, selection):
    """Exponent of the contest for delegates: 1 without selection by the apparatus, f with full selection (1)."""
    return 1.0 + selection * (contest_exponent - 1.0)


@register_jitable
def public_line(mean, pull):
    """A bloc's line on one issue: its leaders' mean ideal point, and the pull of office.

    mean in [-1, 1], weighted by influence; pull of any sign, 0 off the regime issue; result held within [-1, 1].
    """
    return clip(mean + pull, -1.0, 1.0)


@register_jitable
def pull_of_office(in_power, office_pull):
    """Pull of office on the regime issue: towards discipline in power, towards democracy out of it (Miles 1978)."""
    if in_power:
        return office_pull
    return -office_pull
