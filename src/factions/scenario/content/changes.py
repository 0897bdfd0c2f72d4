"""What a counterfactual changes: one model per kind, told apart by `kind`.

Decisions (`alliance`, `stance`, `sanction`, `surrender`) are imposed at one meeting or from one day to another; the
kinds of events happen on their day as if they stood in [[events]]; `keep_alive`, `cancel` and `move` change events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Protocol, Union, get_args

from pydantic import Field, create_model, model_validator

from factions.scenario.content.events import EVENT_KINDS, BaseEvent, Event
from factions.scenario.content.tables import Meeting
from factions.scenario.content.types import (
    Array,
    BlocId,
    BlocIds,
    EventId,
    Evidence,
    Id,
    LeaderId,
    LeaderIds,
    MeetingId,
    OfficeId,
    Rung,
    Statements,
    Text,
    once,
    wrong,
)


class BaseChange(Evidence):
    """What all changes that are not events have in common."""

    id: Id | None = None
    """Needed only if another file is to change or remove it."""
    text: Text | None = None
    """What is changed, for readers."""


class BaseDecision(BaseChange):
    """Something that holds at some meetings: a decision taken out of the hands of the model, say."""

    one_of: ClassVar[tuple[tuple[str, str], ...]] = (("at", "since"),)
    only_with = MappingProxyType({"until": "since"})

    at: MeetingId | None = None
    """The one meeting at which it holds; this, or `since`."""
    since: dt.date | None = None
    """From this day on; this, or `at`."""
    until: dt.date | None = None
    """Up to this day; absent: to the end."""
    requires: Statements = ()
    """What must hold in a world when such a meeting begins for it to be imposed there: all of these statements."""

    @model_validator(mode="after")
    def _in_order(self) -> BaseDecision:
        if self.until is not None and self.since is not None and self.until < self.since:
            raise wrong(f"is before since ({self.since})", f"give {self.since} or a later day", "until")
        return self


class AllianceChange(BaseDecision):
    """Blocs are held together in one alliance, or kept out of a common one."""

    kind: Literal["alliance"]
    blocs: Annotated[BlocIds, Field(min_length=2), once("bloc")]
    """Which blocs; no two of them ally if they stand apart."""
    stand: Literal["together", "apart"]


class StanceChange(BaseDecision):
    """A bloc outside the ruling alliance opposes openly, or keeps quiet."""

    kind: Literal["stance"]
    bloc: BlocId
    to: Literal["open", "quiet"]


class SanctionChange(BaseDecision):
    """The rulers punish a bloc outside their alliance by a rung of the ladder, or spare it ("none")."""

    kind: Literal["sanction"]
    bloc: BlocId
    rung: Literal["none", Rung]


class SurrenderChange(BaseDecision):
    """Leaders who are punished capitulate, or hold out."""

    one_of = (*BaseDecision.one_of, ("leaders", "bloc"))
    kind: Literal["surrender"]
    leaders: LeaderIds | None = None
    """Who; this or `bloc`."""
    bloc: BlocId | None = None
    """Everyone whom the file puts into this bloc; this or `leaders`."""
    to: Literal["capitulate", "hold_out"]


class HoldChange(BaseDecision):
    """A leader has an office and keeps it, whatever happens, as long as he is alive and in the party."""

    kind: Literal["hold"]
    leader: LeaderId
    office: OfficeId


class KeepAlive(BaseChange):
    """A leader is well from a day on: he is in play, and his later illness and death do not happen."""

    kind: Literal["keep_alive"]
    leader: LeaderId
    since: dt.date
    requires: Statements = ()
    """What must hold in a world on that day, before anything happens on it: all of these statements."""


class _OfEventOrMeeting(BaseChange):
    """What happens to events in those worlds in which something holds, and to meetings in all or in none."""

    @model_validator(mode="after")
    def _one_calendar(self) -> _OfEventOrMeeting:
        named = "meeting" if hasattr(self, "meeting") else "meetings"
        if getattr(self, "requires", ()) and getattr(self, named) is not None:
            problem = f"cannot stand with {named}: all worlds of a file have one calendar"
            remedy = "remove requires, or ask with two files: one that has this change, one without"
            raise wrong(problem, remedy, "requires")
        return self


class Cancel(_OfEventOrMeeting):
    """Events that do not happen, or meetings that do not sit."""

    one_of = (("events", "meetings"),)
    kind: Literal["cancel"]
    events: Annotated[tuple[EventId, ...], Array, Field(min_length=1)] | None = None
    """Which events; these or `meetings`."""
    meetings: Annotated[tuple[MeetingId, ...], Array, Field(min_length=1)] | None = None
    """Which meetings; these or `events`."""
    requires: Statements = ()
    """What must hold in a world when the event is due for it not to happen there: all of these statements."""


class Move(_OfEventOrMeeting):
    """An event or a meeting of another day."""

    one_of = (("event", "meeting"),)
    kind: Literal["move"]
    event: EventId | None = None
    """Which event; this or `meeting`. What follows it moves along."""
    meeting: MeetingId | None = None
    """Which meeting; this or `event`."""
    date: dt.date
    """Its new day."""
    requires: Statements = ()
    """What must hold in a world for the event to be moved there, on the earlier of its two days: all of these
    statements."""


Decision = AllianceChange | StanceChange | SanctionChange | SurrenderChange
DECISIONS: tuple[type[Decision], ...] = get_args(Decision)
"""Kinds that take a decision out of the hands of the model."""
TIMED: tuple[type[Decision | HoldChange], ...] = (*DECISIONS, HoldChange)
"""Kinds that hold at some meetings."""
TIMES = ("at", "date", "since")
"""The fields of a change of which a file may give a list."""


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
    Change = Decision | HoldChange | KeepAlive | Cancel | Move | Event
else:
    _EVENTS = tuple(map(_as_change, EVENT_KINDS))
    globals().update({kind.__name__: kind for kind in _EVENTS})  # where pickle looks for them
    _KINDS = (*TIMED, KeepAlive, Cancel, Move, *_EVENTS)
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


def meetings_of(change: BaseDecision, course: Course) -> list[int]:
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
