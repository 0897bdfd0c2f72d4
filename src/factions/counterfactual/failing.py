"""How a claim of the record fails in worlds: what it says comes late, is over too early, or never comes.

A claim that fails at its own time may well hold at another.  So its predicate is asked of every meeting of the worlds
that fail it; nothing is needed for this that a claim does not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.statements.claims import Index, held_over, window
from factions.wording import month, percent

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.scenario import Claim

LATE, BEGINS, ENDS, COMES, NEVER, MORE, LESS = "late", "begins", "ends", "comes", "never", "more", "less"
"""How a claim may fail: it holds after its time alone; from later on than it says; no longer than a meeting that is
too early; though it never should; at no meeting.  Of a share of votes: there are more against the rulers, or fewer."""

_PASSING = ("quiet",)
"""Predicates that one meeting says nothing of but their opposite: who is not quiet at a meeting speaks out."""


@dataclass(frozen=True)
class Way:
    """One way in which a claim fails: `how`, in what `share` of all worlds, and `when`, in words ("" if never).

    `when` has the month in which it comes or begins, or after which it ends, in most of these worlds.
    """

    how: str
    share: float
    when: str = ""

    @property
    def words(self) -> str:
        """How, in how many worlds, and when: comes late in 78%, mostly in November 1929; never comes in 98%."""
        return f"{WAYS[self.how]} in {percent(self.share)}{f', mostly {self.when}' if self.when else ''}"


WAYS = {
    LATE: "comes late",
    BEGINS: "begins late",
    ENDS: "ends early",
    COMES: "comes",
    NEVER: "never comes",
    MORE: "more",
    LESS: "fewer",
}
"""How a claim may fail, in words."""


def ways(claim: Claim, worlds: Ensemble, broken: np.ndarray, index: Index) -> tuple[Way, ...]:
    """The ways in which a claim fails, the most frequent first; `broken` (W,): the worlds that fail it."""
    if not broken.any() or (claim.predicate in _PASSING and claim.at is not None):
        return ()
    find = _of_votes if claim.predicate == "vote_share" and claim.at is not None else _of_time
    found = (way for way in find(claim, worlds, broken, index) if way.share > 0.0)
    return tuple(sorted(found, key=lambda way: -way.share))


def _of_votes(claim: Claim, worlds: Ensemble, broken: np.ndarray, index: Index) -> Iterator[Way]:
    """Whether more or fewer vote against the rulers at the meeting of a claim than it says."""
    assert claim.predicate == "vote_share" and claim.at is not None
    against = worlds["vote_share"][:, index.meeting[claim.at]]
    yield Way(MORE, float((broken & (against > claim.high)).mean()))
    yield Way(LESS, float((broken & (against < claim.low)).mean()))


def _of_time(claim: Claim, worlds: Ensemble, broken: np.ndarray, index: Index) -> Iterator[Way]:
    """When what a claim says is so, in the worlds that fail it."""
    first, last = window(claim, index)
    so = _everywhere(claim, worlds, index)[broken]
    days = [month(meeting.date) for meeting in index.scenario.meetings]

    def way(how: str, which: np.ndarray, at: np.ndarray) -> Way:
        when = _when(at[which], days, how) if which.any() and how != NEVER else ""
        return Way(how, float(which.sum() / len(broken)), when)

    within, place, never = so[:, first : last + 1], np.arange(len(days)), len(days)
    starts = np.where(within.any(axis=1), first + within.argmax(axis=1), never)
    if claim.when == "never":
        yield way(COMES, starts < never, starts)
        return
    after = np.where(so & (place > last), place, never).min(axis=1)
    before = np.where(so & (place < first), place, -1).max(axis=1)
    kept, within_not = starts == first, starts == never
    late = within_not & (after < never)
    over = kept | (within_not & ~late & (before >= 0))
    yield way(ENDS, over, np.where(kept, first + (~within).argmax(axis=1) - 1, before))
    yield way(BEGINS, ~kept & ~within_not, starts)
    yield way(LATE, late, after)
    yield way(NEVER, within_not & ~late & ~over, after)


def _everywhere(claim: Claim, worlds: Ensemble, index: Index) -> np.ndarray:
    """(W, M) True where the predicate of a claim holds at a meeting, whatever meetings it speaks of."""
    meetings = index.scenario.meetings
    span = {"at": None, "between": (meetings[0].id, meetings[-1].id), "when": "throughout"}
    return held_over(claim.model_copy(update=span), worlds, index)


def _when(at: np.ndarray, days: list[str], how: str) -> str:
    """In which month most of some meetings (W,) lie, or by which they do if they are spread: in, or by, May 1924."""
    middle = int(np.quantile(at, 0.5, method="lower"))
    together = (at == middle).mean() > 0.5
    if how == ENDS:
        return f"after {days[middle]}{'' if together else ' at the latest'}"
    return f"{'in' if together else 'by'} {days[middle]}"
