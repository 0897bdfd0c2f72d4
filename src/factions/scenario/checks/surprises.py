"""What a sound file of one's own hardly means: numbers that do something else than one may think, or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from factions.scenario.content.events import BaseEvent, CommitteeSeats, Death, Seats
from factions.scenario.content.tables import Leader, MeetingKind
from factions.scenario.layers.draft import Draft, Entry
from factions.scenario.text.problems import Remark
from factions.vocabulary import LADDER


def surprises(draft: Draft) -> tuple[Remark, ...]:
    """What the author of the file should know of its kinds of meetings, and of the seats that its events give."""
    return (*_selected_heads(draft), *_seats(draft))


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


def _caution(entry: Entry[MeetingKind] | Entry[BaseEvent], table: str, text: str) -> Remark:
    return Remark(entry.node.place, f"{table}.{entry.name}", text)
