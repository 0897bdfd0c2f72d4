"""How the contest turns influence into votes."""

import math

from numba.extending import register_jitable

from factions.rules.numeric import logistic


@register_jitable
def contest(share: float, exponent: float) -> float:
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
def delegation(sends: float, selection: float) -> float:
    """Share of all delegates whom the head of an organisation picks: min(c, 1) d.

    sends d in [0, 1]: the share that the organisation sends; selection c >= 0: how strongly the apparatus selects the
    delegates of the meeting.  He who runs an organisation picks its delegates (Daniels 1960).
    """
    return min(selection, 1.0) * sends


@register_jitable
def with_delegations(sent: float, won: float) -> float:
    """Share of the votes of a side: d + (1 - d) c.

    sent d in [0, 1]: the delegations of the organisations that its men run; won c in [0, 1]: what the contest gives it
    of all others.
    """
    return sent + (1.0 - sent) * won


@register_jitable
def is_condemned(opposes: int, vote_share: float, by_heads: int) -> int:
    """1 if a meeting condemns a bloc: it opposes openly before delegates, and the opposition is outvoted.

    opposes, by_heads 1 or 0; vote_share of the open opposition in [0, 1].  A sovereign meeting's verdict makes a
    pariah of whom it condemns (Downs 2001; van Spanje & van der Brug 2007); a committee's vote does not.
    """
    if opposes and not by_heads and vote_share < 0.5:
        return 1
    return 0


@register_jitable
def selection_exponent(contest_exponent: float, selection: float) -> float:
    """Exponent of the contest for delegates: 1 without selection by the apparatus, f with full selection (1)."""
    return 1.0 + selection * (contest_exponent - 1.0)
