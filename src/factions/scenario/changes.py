"""What a counterfactual changes: one model per kind, told apart by `kind`, and the events that are left after it.

Decisions (`alliance`, `stance`, `sanction`, `surrender`) are imposed at one meeting or from one day to another; the
kinds of events happen on their day as if they stood in [[events]]; `keep_alive`, `cancel` and `move` change events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple, Protocol, Union, get_args

from pydantic import Field, create_model, model_validator

from factions.scenario.events import EVENT_KINDS, BaseEvent, Death, Event, Illness, Recovery, kind_name
from factions.scenario.tables import Meeting
from factions.scenario.types import (
    Array,
    BlocId,
    BlocIds,
    EventId,
    Evidence,
    Id,
    LeaderId,
    LeaderIds,
    MeetingId,
    Rung,
    Text,
    wrong,
)


class BaseChange(Evidence):
    """What all changes that are not events have in common."""

    id: Id | None = None
    """Needed only if another file is to change or remove it."""
    text: Text | None = None
    """What is changed, for readers."""


class BaseDecision(BaseChange):
    """A decision taken out of the hands of the model for some time."""

    one_of: ClassVar[tuple[tuple[str, str], ...]] = (("at", "since"),)
    only_with = MappingProxyType({"until": "since"})

    at: MeetingId | None = None
    """The one meeting at which it holds; this, or `since`."""
    since: dt.date | None = None
    """From this day on; this, or `at`."""
    until: dt.date | None = None
    """Up to this day; absent: to the end."""

    @model_validator(mode="after")
    def _in_order(self) -> BaseDecision:
        if self.until is not None and self.since is not None and self.until < self.since:
            raise wrong(f"is before since ({self.since})", f"give {self.since} or a later day", "until")
        return self


class AllianceChange(BaseDecision):
    """Blocs are held together in one alliance, or kept out of a common one."""

    kind: Literal["alliance"]
    blocs: Annotated[BlocIds, Field(min_length=2)]
    """Which blocs; no two of them ally if they stand apart."""
    stand: Literal["together", "apart"]

    @model_validator(mode="after")
    def _distinct(self) -> AllianceChange:
        if len(set(self.blocs)) < len(self.blocs):
            raise wrong("names a bloc twice", "name every bloc once", "blocs")
        return self


class StanceChange(BaseDecision):
    """A bloc outside the ruling alliance opposes openly, or keeps quiet."""

    kind: Literal["stance"]
    bloc: BlocId
    to: Literal["open", "quiet"]


class SanctionChange(BaseDecision):
    """The rulers punish a bloc outside their alliance by a rung of the ladder, or spare it ("none")."""

    kind: Literal["sanction"]
    bloc: BlocId
    rung: Literal["none"] | Rung


class SurrenderChange(BaseDecision):
    """Leaders who are punished capitulate, or hold out."""

    one_of = (*BaseDecision.one_of, ("leaders", "bloc"))
    kind: Literal["surrender"]
    leaders: LeaderIds | None = None
    """Who; this or `bloc`."""
    bloc: BlocId | None = None
    """Everyone whom the file puts into this bloc; this or `leaders`."""
    to: Literal["capitulate", "hold_out"]


class KeepAlive(BaseChange):
    """A leader is well from a day on: he is in play, and his later illness and death do not happen."""

    kind: Literal["keep_alive"]
    leader: LeaderId
    since: dt.date


class Cancel(BaseChange):
    """Events that do not happen."""

    kind: Literal["cancel"]
    events: Annotated[tuple[EventId, ...], Array, Field(min_length=1)]


class Move(BaseChange):
    """An event that happens on another day."""

    kind: Literal["move"]
    event: EventId
    date: dt.date
    """Its new day."""


Decision = AllianceChange | StanceChange | SanctionChange | SurrenderChange
DECISIONS: tuple[type[Decision], ...] = get_args(Decision)
"""Kinds that take a decision out of the hands of the model."""


def _as_change(kind: type[BaseEvent]) -> type[BaseEvent]:
    """A kind of events as it may stand among the changes: it needs no id."""
    own_id = Field(default=None, description="Needed only if another file is to change or remove it.")
    return create_model(
        f"{kind.__name__}Change",
        __base__=kind,
        __doc__=kind.__doc__,
        __cls_kwargs__={"use_attribute_docstrings": False},  # there is no source text to look for them
        id=(Id | None, own_id),
    )


if TYPE_CHECKING:
    Change = Decision | KeepAlive | Cancel | Move | Event
else:
    _KINDS = (*DECISIONS, KeepAlive, Cancel, Move, *map(_as_change, EVENT_KINDS))
    Change = Annotated[Union[_KINDS], Field(discriminator="kind")]  # noqa: UP007


class Course(Protocol):
    """What decides which events happen and at which meetings decisions are imposed; a scenario is one."""

    @property
    def meetings(self) -> Sequence[Meeting]:
        """In date order."""

    @property
    def events(self) -> Sequence[Event]:
        """Those of the history that is changed."""

    @property
    def changes(self) -> Sequence[Change]:
        """What is changed."""


def meetings_of(change: Decision, course: Course) -> list[int]:
    """Positions of the meetings at which a decision is imposed, in date order."""
    if change.at is not None:
        return [m for m, meeting in enumerate(course.meetings) if meeting.id == change.at]
    return [
        m
        for m, meeting in enumerate(course.meetings)
        if change.since is not None
        and meeting.date >= change.since
        and (change.until is None or meeting.date <= change.until)
    ]


class Happening(NamedTuple):
    """An event that happens, and the entry that says so: itself, or the change that moves it or lets it follow."""

    event: Event
    said_by: Event | Change


def events_left(course: Course) -> list[Event]:
    """The events that happen once the changes are made, as `happenings` has them."""
    return [happening.event for happening in happenings(course)]


def happenings(course: Course) -> list[Happening]:
    """What happens once the changes are made, in date order; where an entry stands in its file does not matter.

    Of one day, the scenario's own events come first, then those of the changes; both by kind, and those of a bloc
    before those of a leader.
    """
    well_from: dict[str, dt.date] = {}
    for change in course.changes:
        if isinstance(change, KeepAlive):
            well_from[change.leader] = min(change.since, well_from.get(change.leader, change.since))
    own = [each for each in own_events(course) if not _is_spared(each.event, well_from)]
    added = [Happening(_recovery(change), change) for change in course.changes if isinstance(change, KeepAlive)]
    added += [Happening(change, change) for change in course.changes if isinstance(change, BaseEvent)]
    return sorted([*sorted(own, key=_order), *sorted(added, key=_order)], key=lambda each: each.event.date)


def own_events(course: Course) -> list[Happening]:
    """The scenario's own events that are not cancelled, moved ones on their new day."""
    cancelled = {name for change in course.changes if isinstance(change, Cancel) for name in change.events}
    moving = [change for change in course.changes if isinstance(change, Move)]
    moving.sort(key=lambda move: (move.date, move.id or ""))  # two of one event are refused, whichever comes first
    moves = {move.event: move for move in moving}
    found = []
    for event in course.events:
        move = moves.get(event.id)
        if event.id not in cancelled:
            moved = event if move is None else event.model_copy(update={"date": move.date})
            found.append(Happening(moved, event if move is None else move))
    return found


def _recovery(change: KeepAlive) -> Recovery:
    return Recovery(id="kept_alive", kind="recovery", leader=change.leader, date=change.since)


def _is_spared(event: Event, well_from: dict[str, dt.date]) -> bool:
    """Is it the illness or death of a leader who is kept well from that day or an earlier one on."""
    if not isinstance(event, Death | Illness):
        return False
    return event.leader in well_from and event.date >= well_from[event.leader]


_KINDS = {kind_name(kind): number for number, kind in enumerate(EVENT_KINDS)}


def _order(happening: Happening) -> tuple[int, str, str, str, str, bool, float, str]:
    """All that an event does, and its id: those that are alike in it are the same, in whatever order."""
    event = happening.event
    leader, bloc, office, issue = (getattr(event, field, None) or "" for field in ("leader", "bloc", "office", "issue"))
    return _KINDS[event.kind], leader, bloc, office, issue, event.relative, event.value, happening.said_by.id or ""
