"""Whether a punished leader surrenders."""

from numba.extending import register_jitable

from factions.rules.numeric import exponential
from factions.vocabulary import ACTIVE, DEPORTED


@register_jitable
def surrender_log_odds(
    strength: float, discipline: float, example: float, precision: float, surrender: float, surrender_discipline: float
) -> float:
    """Log-odds of surrender at a blow to the bloc, and log of its rate per year at other times.

    p (example - strength) + c0 + c1 discipline.  strength: share of his bloc's alliance in all influence, in [0, 1]:
    while there is hope one fights on (Hirschman 1970); example in [0, 1]: the share of those punished in his bloc who
    have surrendered before, weighted by prestige (Granovetter 1978); discipline: his ideal point on the regime issue,
    in [-1, 1].
    """
    return precision * (example - strength) + surrender + surrender_discipline * discipline


@register_jitable
def surrender_rate(log_odds: float) -> float:
    """Rate per year of surrender when no blow has fallen."""
    return exponential(log_odds)


@register_jitable
def may_surrender(activity: int, punished: int, standing: int, blow: bool) -> bool:
    """Is a leader in play, within reach (the deported are not), and punished, or of a bloc on which a blow falls now.

    Who is threatened may submit before he is struck (Halfin 2007; Getty & Naumov 1999).
    """
    return activity == ACTIVE and standing < DEPORTED and (punished > 0 or blow)
