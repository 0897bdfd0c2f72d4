"""The calendar once the changes are made: meetings moved and left out, and what of the record can still be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from factions.scenario.content.changes import Cancel, Change, Move
from factions.scenario.content.claims import Claim
from factions.scenario.content.tables import Meeting


def calendar(meetings: Iterable[Meeting], changes: Iterable[Change]) -> list[Meeting]:
    """The meetings that sit, in date order; of a moved one, the day on which it closes moves along."""
    changes = list(changes)
    moves = {move.meeting: move.date for move in sorted_moves(changes)}
    left_out = {name for change in changes if isinstance(change, Cancel) for name in change.meetings or ()}
    sitting = (_on(each, moves.get(each.id, each.date)) for each in meetings if each.id not in left_out)
    return sorted(sitting, key=lambda meeting: meeting.date)


def sorted_moves(changes: Iterable[Change]) -> list[Move]:
    """The moves of meetings; two of one meeting are refused, whichever comes first."""
    moves = (change for change in changes if isinstance(change, Move) and change.meeting is not None)
    return sorted(moves, key=lambda move: (move.date, move.id or ""))


def _on(meeting: Meeting, day: dt.date) -> Meeting:
    if day == meeting.date:
        return meeting
    until = None if meeting.until is None else meeting.until + (day - meeting.date)
    return meeting.model_copy(update={"date": day, "until": until})


def still_asked(record: Iterable[Claim], before: Sequence[Meeting], after: Sequence[Meeting]) -> Iterator[Claim]:
    """The claims that speak of meetings that sit: where one end of a time is left out, the nearest inside it counts.

    `before`, `after`: the meetings in date order, as the history has them and as they are changed.
    """
    place = {meeting.id: m for m, meeting in enumerate(after)}
    days = [meeting.id for meeting in sorted(before, key=lambda meeting: meeting.date)]
    for claim in record:
        if claim.between is None:
            if claim.at in place:
                yield claim
            continue
        first, last = (days.index(name) for name in claim.between)
        sitting = [name for name in days[first : last + 1] if name in place]
        if sitting and place[sitting[0]] <= place[sitting[-1]]:
            ends = (sitting[0], sitting[-1])
            yield claim if ends == claim.between else _between(claim, ends)


def _between(claim: Claim, ends: tuple[str, str]) -> Claim:
    return claim.model_copy(update={"between": ends})
