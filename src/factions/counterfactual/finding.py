"""One statement of a comparison: what it says without the change and with it, and how it goes on to the end."""

from __future__ import annotations

from dataclasses import dataclass

from factions.counterfactual.contrasts import SURE, effect
from factions.counterfactual.levels import SURE_UNASKED

_SLIGHT = 0.05
"""A smaller difference of what somebody asked for is told as what stays, or as no turn at the end."""

_TURNED = 0.5
"""What most worlds of both sides come to, from which the start is as far as this, comes later or earlier with one."""

Sign = tuple[str, frozenset[str]]


@dataclass(frozen=True)
class Finding:
    """One statement with the change and without it.

    `kind`, `who`: as outcomes are named; `meeting`: id of the meeting of which `before` (without the change) and
    `after` (with it) speak: the last one if the difference lasts, else where it is largest; `end`: both at the last
    meeting; `since`: id of the first meeting from which on at least half of the difference is there, "" for what is
    said of the whole course; `asked`: was it named by the file or the command; `text`: what the outcome is called;
    `luck`: the size of the difference that other luck alone makes; `never`, `dates`: of a year, see `Contrast`;
    `start`: the share before any pair differs; `end_clear`: does the difference at the end exceed its error.
    """

    kind: str
    who: tuple[str, ...]
    unit: str
    meeting: str
    before: float
    after: float
    error: float | None
    end: tuple[float, float]
    since: str
    lasts: bool
    asked: bool
    text: str = ""
    luck: float = 0.0
    never: tuple[float, float] | None = None
    dates: tuple[float | None, float | None] = (None, None)
    start: float | None = None
    end_clear: bool = False

    @property
    def course(self) -> str:
        """How it goes on: it "lasts", is "reversed" at the end, comes "later" or "earlier", or "passes"."""
        if self.lasts:
            return "lasts"
        rest = self.end[1] - self.end[0]
        if self.end_clear and rest * self.difference < 0.0 and abs(rest) >= _SLIGHT:
            return "reversed"
        if self.start is not None and abs(sum(self.end) / 2.0 - self.start) >= _TURNED:
            return "later" if abs(self.after - self.start) < abs(self.before - self.start) else "earlier"
        return "passes"

    @property
    def sign(self) -> Sign:
        """What it is about, in whatever order those whom it mentions are named."""
        return self.kind, frozenset(self.who)

    @property
    def difference(self) -> float:
        """With the change minus without it."""
        return self.after - self.before

    @property
    def effect(self) -> float:
        """What is sure of the difference, in [0, 1]: see `factions.counterfactual.contrasts.effect`."""
        return effect(self.unit, self.before, self.after, self.error, self.luck)

    @property
    def weight(self) -> float:
        """The effect, half of it if it is gone at the end: by this findings are ranked."""
        return self.effect if self.lasts else self.effect / 2.0

    @property
    def slight(self) -> bool:
        """Was it asked for, and is it so small that it is told as what stays: in most worlds it is as it was."""
        alike = (self.before >= 0.5) == (self.after >= 0.5)
        return self.asked and self.lasts and self.unit == "probability" and alike and abs(self.difference) < _SLIGHT

    @property
    def clear(self) -> bool:
        """Does the difference exceed its error by what one must ask of it, and what other luck alone makes."""
        least = SURE if self.asked else SURE_UNASKED
        return self.error is not None and abs(self.difference) > max(least * self.error, self.luck)

    @property
    def seen(self) -> bool:
        """Is it clear, and still there once both numbers are rounded as they are told."""
        return self.clear and rounded(self.before, self.unit) != rounded(self.after, self.unit)


def rounded(value: float, unit: str) -> float:
    """A number as sentences tell it: shares in hundredths, years and numbers in tenths."""
    return round(value, 2 if unit in ("probability", "share") else 1)


Group = tuple[Finding, ...]
"""Findings that one clause can tell: of one kind, meeting and direction, the weightiest first."""
