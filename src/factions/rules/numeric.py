"""Arithmetic that the rules share; exact to the bit between plain Python and compiled code."""

import math

from numba.extending import register_jitable

_HUGE = 700.0  # exp(700) is finite; beyond it Python raises where compiled code returns infinity


@register_jitable
def clip(x: float, low: float, high: float) -> float:
    """x, held between low and high."""
    if x < low:
        return low
    if x > high:
        return high
    return x


@register_jitable
def exponential(x: float) -> float:
    """e to the x, with x held within +-700."""
    return math.exp(clip(x, -_HUGE, _HUGE))


@register_jitable
def logistic(x: float) -> float:
    """Probability with log-odds x; branches on the sign so that nothing overflows."""
    if x >= 0.0:
        return 1.0 / (1.0 + exponential(-x))
    e = exponential(x)
    return e / (1.0 + e)


@register_jitable
def chance(rate: float, years: float) -> float:
    """Probability that something with a rate per year happens within some years: 1 - exp(-rate * years)."""
    return 1.0 - exponential(-(rate * years))


@register_jitable
def remaining(rate: float, years: float) -> float:
    """Share of a distance that is left after some years of moving at a rate per year: exp(-rate * years)."""
    return exponential(-(rate * years))


@register_jitable
def approach(x: float, target: float, left: float) -> float:
    """x after moving towards target until a share `left` of the distance remains."""
    return target + (x - target) * left
