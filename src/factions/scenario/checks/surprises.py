"""What a sound file of one's own hardly means: numbers and appointers that do something else than one may think."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from factions.scenario.content.events import BaseEvent, CommitteeSeats, Creation, Death, Seats
from factions.scenario.content.tables import Leader, MeetingKind, Office
from factions.scenario.layers.draft import Draft, Entry
from factions.scenario.text.problems import Remark
from factions.vocabulary import LADDER
from factions.wording import listed

BY_THE_MEETING = "leave appointed_by out if the meeting fills it"


def surprises(draft: Draft) -> tuple[Remark, ...]:
    """What the author of the file should know of kinds of meetings, seats that events give, and appointers."""
    return (*_selected_heads(draft), *_seats(draft), *_appointers(draft))


def _selected_heads(draft: Draft) -> Iterator[Remark]:
    """Bodies that vote by head, and whose votes the apparatus selects because the file does not say otherwise."""
    for entry in draft.sound("meeting_kinds", MeetingKind):
        kind = entry.model
        if kind.electorate != "delegates" and "selection" not in kind.model_fields_set:
            text = (
                f"votes by head, but selection is not given and so {kind.selection:g}: the votes are not the heads "
                "(3 of 8 give 18%); give selection = 0 if they are"
            )
            yield _caution(entry, "meeting_kinds", text)


def _seats(draft: Draft) -> Iterator[Remark]:
    """Sizes of the two bodies that change nothing: smaller than those who sit there, or filled by no meeting."""
    events = draft.sound("events", BaseEvent)
    kinds = draft.sound("meeting_kinds", MeetingKind)
    for entry in events:
        event = entry.model
        if not isinstance(event, Seats | CommitteeSeats):
            continue
        fills = "fills_seats" if isinstance(event, Seats) else "fills_committee"
        lowest = LADDER.index("politburo" if isinstance(event, Seats) else "central_committee")
        seated = {e.model.id for e in draft.sound("leaders", Leader) if LADDER.index(e.model.standing) <= lowest}
        dead = {e.model.leader for e in events if isinstance(e.model, Death) and e.model.date <= event.date}
        held = len(seated - dead)
        if event.number < held:
            text = f"number is the total, and {held} sit there by the file: nobody leaves for that, and no seat is free"
            yield _caution(entry, "events", f"{text}; give more than {held} to enlarge it")
        elif not any(getattr(kind.model, fills) for kind in kinds):
            yield _caution(entry, "events", f"no kind of meeting fills seats: give {fills} = true to one that does")


def _appointers(draft: Draft) -> Iterator[Remark]:
    """Offices that nobody can fill: they fill themselves or each other, or what fills them comes into being later.

    None is an error: some posts are for life and pass to a deputy, and some bodies do choose each other.
    """
    offices = {entry.name: entry for entry in draft.sound("offices", Office)}
    events = [entry.model for entry in draft.sound("events", BaseEvent)]
    created = {event.office: event.date for event in events if isinstance(event, Creation)}
    told: set[str] = set()
    for name, entry in offices.items():
        ring, by, text = _ring(name, offices), entry.model.appointed_by, ""
        if ring and name not in told:
            told |= {*ring}
            text = _of_ring([offices[each].model for each in ring])
        elif not ring and by in created and created.get(name, dt.date.min) < created[by]:
            text = (
                f"is filled by {by}, which comes into being on {created[by]}; if vacant before, it stays so until then"
            )
            text += f"; {BY_THE_MEETING}"
        if text:
            node = entry.node.child("appointed_by") or entry.node
            yield Remark(node.place, f"{entry.label}.appointed_by", text)


def _ring(name: str, offices: Mapping[str, Entry[Office]]) -> list[str]:
    """The offices of which each is filled by the next and the last by the first, `name`; none: it is in no ring."""
    ring, by = [name], offices[name].model.appointed_by
    while by is not None and by not in ring and by in offices:
        ring.append(by)
        by = offices[by].model.appointed_by
    return ring if by == name else []


def _of_ring(ring: list[Office]) -> str:
    """What comes of offices that fill each other, or of one that fills itself."""
    deputies = [name for office in ring for name in office.deputies]
    who = f"only a deputy ({listed(deputies, 'or')})" if deputies else "nobody"
    now = not deputies and not any(office.holder for office in ring)
    if len(ring) == 1:
        vacant = "it is vacant, and" if now else "once it is vacant,"
        return f"is filled by its own holder; {vacant} {who} can fill it; {BY_THE_MEETING}"
    vacant = "all are vacant, and" if now else "once all are vacant,"
    others = f"{listed([office.id for office in ring])} fill each other"
    return f"{others}; {vacant} {who} can fill them; leave appointed_by out of the one that the meeting fills"


def _caution(entry: Entry[MeetingKind] | Entry[BaseEvent], table: str, text: str) -> Remark:
    return Remark(entry.node.place, f"{table}.{entry.name}", text)
