"""Meetings and decimal years as a reader has them: with their month."""

from __future__ import annotations

from datetime import date, timedelta

from factions.wording import day as day_words
from factions.wording import month


def day_of(year: float) -> date:
    """The day of a decimal year.

    >>> day_of(1925.5)
    datetime.date(1925, 7, 2)
    """
    first = date(int(year), 1, 1)
    return first + timedelta(days=round((year - int(year)) * (date(int(year) + 1, 1, 1) - first).days))


def with_month(name: str, day: date, form: str = " ({})") -> str:
    """A meeting and its month; one whose name has a year says when it was: XV Congress (December 1927)."""
    return name + form.format(month(day)) if str(day.year) not in name else name


def with_day(name: str, day: date) -> str:
    """A meeting and its day, the year once: XV Congress (2 December 1927), Joint plenum, Apr 1928 (6 April).

    >>> with_day("Joint plenum, Apr 1928", date(1928, 4, 6))
    'Joint plenum, Apr 1928 (6 April)'
    """
    words = day_words(day)
    return f"{name} ({words.removesuffix(f' {day.year}') if str(day.year) in name else words})"
