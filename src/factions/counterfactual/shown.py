"""Contrasts as tables and figures show them: shares in percent, and of a day that may never come how often it comes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factions.counterfactual.days import day_of
from factions.scenario.content.outcome_names import parts
from factions.wording import MONTHS, percent_short

if TYPE_CHECKING:
    from factions.counterfactual.contrasts import Contrast, Middle

_SHARES = ("probability", "share")


def shown(row: Contrast) -> Contrast:
    """The contrast as it is shown: of a year that does not come in all worlds, the share of those in which it comes."""
    if row.never is None or row.never == (0.0, 0.0):
        return row
    before, after = (1.0 - share for share in row.never)
    return replace(
        row,
        unit="probability",
        baseline=before,
        counterfactual=after,
        difference=after - before,
        error=row.never_error,
        placebo=None,
    )


_OF_THE_MODEL = ("distance", "record", "alliances", "effective_alliances", "effective_blocs")
"""Kinds of outcomes that sum worlds up, for who studies the model; of history they say nothing."""


def of_the_model(row: Contrast) -> bool:
    """Does a contrast speak of the model rather than of the party."""
    return parts(row.outcome)[0] in _OF_THE_MODEL


def differs(row: Contrast) -> bool:
    """Is a shown contrast another one on both sides, once it is written."""
    return _apart(row) != 0.0


def of_a_day(row: Contrast) -> bool:
    """Does a contrast, shown or not, say when something comes, if it comes at all."""
    return row.unit == "year" or row.never is not None


def grows(row: Contrast) -> bool:
    """Does the change make a shown contrast more; of what comes on a day, in more worlds, or earlier."""
    return (row.difference > 0.0) != (row.unit == "year")


def risen(row: Contrast) -> float:
    """The share of pairs in which the change makes it more; of what comes on a day: that it comes, or comes earlier."""
    return row.lowered if of_a_day(row) else row.raised


def fallen(row: Contrast) -> float:
    """The share of pairs in which the change makes it less; of what comes on a day: that it comes never, or later."""
    return row.raised if of_a_day(row) else row.lowered


def value(row: Contrast, side: int) -> str:
    """A shown contrast without the change (side 0) or with it (1): 97%; 36.1; Apr 1925."""
    amount = (row.baseline, row.counterfactual)[side]
    if row.unit in _SHARES:
        return percent_short(amount)
    return _short(amount) if row.unit == "year" else f"{amount:.1f}"


def middle_day(row: Contrast, side: int) -> str:
    """Of what comes on a day in some worlds: the month by which it has come in half of these; "" if it never comes."""
    median = (row.median_baseline, row.median_counterfactual)[side]
    return "" if median is None else _short(median)


def away(row: Contrast) -> str:
    """Both sides of a shown contrast: 3% \N{RIGHTWARDS ARROW} 69%."""
    return f"{value(row, 0)} \N{RIGHTWARDS ARROW} {value(row, 1)}"


def gap(row: Contrast) -> str:
    """The difference of a shown contrast, of the two numbers as they are written: +66 of 100 worlds, +0.3 years."""
    return _amount(_apart(row), row.unit)


def _apart(row: Contrast) -> float:
    """The difference between both sides as `value` writes them: of shares in hundredths, of days in years."""
    before, after = (_written(amount, row.unit) for amount in (row.baseline, row.counterfactual))
    return after - before


def _written(amount: float, unit: str) -> float:
    """A value as it is written, as a number: 97 for 97%, a month as a part of a year."""
    if unit == "year":
        day = day_of(amount)
        return day.year + (day.month - 1) / 12.0
    return float(f"{100.0 * amount:.0f}") if unit in _SHARES else float(f"{amount:.1f}")


def _amount(difference: float, unit: str) -> str:
    """A difference with its sign, of shares in hundredths."""
    return _signed(difference, 0 if unit in _SHARES else 1) + (" years" if unit == "year" else "")


def spread(row: Contrast) -> str:
    """The standard error of the difference of a shown contrast, in the same unit; "" if nothing is known of it."""
    if row.error is None:
        return ""
    return f"{100.0 * row.error:.1f}" if row.unit in _SHARES else f"{row.error:.2f}"


def _signed(amount: float, digits: int) -> str:
    text = f"{amount:+.{digits}f}"
    return text[1:] if float(text) == 0.0 else text.replace("-", "−")


def _short(year: float) -> str:
    """The month of a day, in short: Jan 1928."""
    day = day_of(year)
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def half(middle: Middle) -> str:
    """Where a number lies in the middle half of the worlds: 25 to 44; 0 if it is one number there."""
    low, high = f"{middle.low:.0f}", f"{middle.high:.0f}"
    return low if low == high else f"{low} to {high}"


def luck(row: Contrast) -> str:
    """The difference that other luck alone makes of a shown contrast; "" if it was not looked at."""
    if row.placebo is None:
        return ""
    return _amount(100.0 * row.placebo if row.unit in _SHARES else row.placebo, row.unit)


def least(row: Contrast) -> str:
    """The smallest difference of a shown contrast that so many pairs can show; "" if nothing is known of it."""
    return "" if row.smallest is None else spread(replace(row, error=row.smallest))
