"""Outcomes as lines of a table: the number, and below it what the number hides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factions.counterfactual.contrasts import Contrast
from factions.counterfactual.shown import gap, half, middle_day, spread, value
from factions.wording import percent_short

_SHOWN = 0.005
"""A share of the worlds that is told."""

_BELOW = "\N{EM SPACE}"
"""What a line begins with that says more of the line above it."""

NEVER, BACK = "never expelled", "expelled and readmitted"
"""The two ways of being in the party."""


@dataclass(frozen=True)
class Line:
    """One line: what it says, both numbers, the difference and its error; `row`: of which outcome, None if below it."""

    text: str
    without: str
    with_: str
    difference: str = ""
    error: str = ""
    row: Contrast | None = None


def lines(rows: Sequence[Contrast], dictated: frozenset[str] = frozenset()) -> list[Line]:
    """The lines of shown contrasts; a star for those that the file dictates."""
    return [line for row in rows for line in (_line(row, dictated), *_below(row))]


def _line(row: Contrast, dictated: frozenset[str]) -> Line:
    text = row.text + "*" * (row.outcome in dictated)
    return Line(text, value(row, 0), value(row, 1), gap(row), spread(row), row)


def _below(row: Contrast) -> Iterator[Line]:
    """What a number hides: was a man in the party ever out of it; by when something comes; where most worlds lie."""
    if row.unbroken is not None:
        back = row.baseline - row.unbroken[0], row.counterfactual - row.unbroken[1]
        if max(back) >= _SHOWN:
            yield _shares(NEVER, row.unbroken)
            yield _shares(BACK, back)
    if row.unit != "year" and row.never is not None:
        yield Line(f"{_BELOW}in half of these by", middle_day(row, 0) or "never", middle_day(row, 1) or "never")
    if row.middles is not None:
        without, with_ = row.middles
        yield Line(f"{_BELOW}in the middle half of the worlds", half(without), half(with_))
        if max(without.none, with_.none) >= _SHOWN:
            yield _shares("none at all", (without.none, with_.none))


def _shares(text: str, sides: tuple[float, float]) -> Line:
    before, after = (max(share, 0.0) for share in sides)
    return Line(f"{_BELOW}{text}", percent_short(before), percent_short(after))


def notes(rows: Sequence[Contrast]) -> str:
    """What these lines mean, as far as there are such."""
    found = {line.text.removeprefix(_BELOW) for row in rows for line in _below(row)}
    said = ["Readmitted: taken back after a surrender."] if BACK in found else []
    said += ["Middle half: a quarter of the worlds have fewer, a quarter have more."] if _middles(rows) else []
    return " ".join(said)


def _middles(rows: Sequence[Contrast]) -> bool:
    return any(row.middles is not None for row in rows)
