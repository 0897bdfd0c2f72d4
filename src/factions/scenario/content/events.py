"""Dated events: one class per kind, told apart by `kind`. A class holds the fields of its kind, whether it is for
counterfactuals only, and the number that the engine gets; what a kind does to a world stands beside the state.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from factions.scenario.content.types import (
    BlocId,
    BlocOrNone,
    Coordinate,
    EventId,
    IssueId,
    LeaderId,
    LeaderOrNobody,
    Named,
    OfficeId,
    Real,
    Share,
    Standing,
    Statements,
    Text,
)
from factions.vocabulary import LADDER


class BaseEvent(Named):
    """What all kinds of events have in common."""

    counterfactual_only: ClassVar[bool] = False
    """Does the kind dictate what the model should find? Then only a file that extends another may use it."""
    amount: ClassVar[str] = ""
    """The field that holds the event's number, if it has one."""
    replaces: ClassVar[bool] = False
    """Does the number replace what is there, instead of being added to it?"""

    date: dt.date
    """When it happens."""
    agent: LeaderId | None = None
    """Whose deed it is: it happens only in worlds in which he is in play and in the party, and has an office or a seat
    in the Politburo."""
    after: EventId | None = None
    """What it follows: it happens only if that has happened, and a change that moves that event moves it along."""
    requires: Statements = ()
    """What must hold in a world on that day for it to happen there: all of these statements, such as "ruling:left",
    "not open:right", or the id of another event."""
    text: Text | None = None
    """What happened, for readers."""

    @property
    def value(self) -> float:
        """The event's number; 0 for a kind that has none."""
        return float(getattr(self, self.amount)) if self.amount else 0.0

    @property
    def relative(self) -> bool:
        """Is `value` added to what is there? Otherwise it replaces it."""
        return not self.replaces


class Death(BaseEvent):
    """A leader dies: his offices are vacant until a meeting fills them, his seat is free, his bloc has a new chief."""

    kind: Literal["death"]
    leader: LeaderId


class Illness(BaseEvent):
    """A leader falls out of play until a `recovery`: no influence, no vote, no decisions. His bloc is weaker by
    that. He keeps his seat and his offices, which the foremost deputy wields."""

    kind: Literal["illness"]
    leader: LeaderId


class Recovery(BaseEvent):
    """A leader who was ill or away comes back into play."""

    kind: Literal["recovery"]
    leader: LeaderId


class PolicyShift(BaseEvent):
    """What a leader, or every leader of a bloc, wants on one issue moves for good. Comrades of a single leader follow
    him in part."""

    one_of = (("leader", "bloc"), ("to", "by"))
    kind: Literal["policy_shift"]
    leader: LeaderId | None = None
    """Who moves; this or `bloc`."""
    bloc: BlocId | None = None
    """Whose leaders move; this or `leader`."""
    issue: IssueId
    to: Coordinate | None = None
    """The new position; this or `by`."""
    by: Annotated[float, Field(ge=-2, le=2, allow_inf_nan=False)] | None = None
    """How far it moves; this or `to`. A turn is 0.5 or more."""

    @property
    def value(self) -> float:
        """The new position, or how far it moves."""
        given = self.to if self.to is not None else self.by
        assert given is not None, "one of the two is given"
        return given

    @property
    def relative(self) -> bool:
        """Is it `by` that is given, and not `to`?"""
        return self.to is None


class Salience(BaseEvent):
    """An issue draws attention: distance on it weighs more in bargaining. Half of it is gone after four months
    (parameter `attention_fade`)."""

    amount = "by"
    kind: Literal["salience"]
    issue: IssueId
    by: Real
    """Added to the issue's salience: 0.5 for a crisis, 1 for a severe one."""


class Threat(BaseEvent):
    """The state is in danger from outside, and rulers punish more readily: each unit adds `sanction_threat` (2) to the
    log-odds of every decision to punish an open opponent. Nothing else follows. Half is gone after four months."""

    amount = "by"
    kind: Literal["threat"]
    by: Real
    """Added to the danger felt: 1 for a severe crisis, such as a break of relations or a war nearby."""


class Enrolment(BaseEvent):
    """New members join, for whom the prestige of all leaders counts for nothing: offices weigh more beside it."""

    amount = "share"
    replaces = True
    kind: Literal["enrolment"]
    share: Share
    """The share of new members in the party afterwards, in [0, 1]: 0.3 if three in ten are new."""


class Seats(BaseEvent):
    """The Politburo is given another size. At the start it has as many seats as leaders who sit there, and so none is
    free. Nobody leaves for a smaller number. Meetings with `fills_seats` fill free ones from the Central Committee."""

    amount = "number"
    replaces = True
    kind: Literal["seats"]
    number: Annotated[int, Field(ge=1, le=99)]
    """The total, members and candidates together: what there is now and what is added."""


class Appointment(BaseEvent):
    """An office is given or taken away; in counterfactuals only: who gets what is an outcome."""

    counterfactual_only = True
    kind: Literal["appointment"]
    office: OfficeId
    leader: LeaderOrNobody
    """Who gets it; "" leaves it vacant."""


class StandingShift(BaseEvent):
    """A leader is put on a place of the ladder; in counterfactuals only. Outside the party he loses his offices."""

    counterfactual_only = True
    replaces = True
    kind: Literal["standing"]
    leader: LeaderId
    to: Standing

    @property
    def value(self) -> float:
        """The step of the ladder, 0 for the highest."""
        return float(LADDER.index(self.to))


class Membership(BaseEvent):
    """A leader changes his bloc; in counterfactuals only. He stays there at the next meeting at least."""

    counterfactual_only = True
    kind: Literal["membership"]
    leader: LeaderId
    bloc: BlocOrNone
    """His new bloc; "" for none."""


class Resignation(BaseEvent):
    """A leader gives up an office, if he has it then, for a reason from outside such as age: it is vacant until it is
    filled, and not with him. Whoever must go is an outcome."""

    kind: Literal["resignation"]
    leader: LeaderId
    office: OfficeId


class Creation(BaseEvent):
    """An office comes into being: before, nobody holds it and it gives no influence; afterwards it is vacant until it
    is filled."""

    kind: Literal["creation"]
    office: OfficeId


class CommitteeSeats(BaseEvent):
    """The Central Committee is given another size. At the start it has as many seats as leaders who sit there or in
    the Politburo. Nobody leaves for a smaller number. Meetings with `fills_committee` fill free ones."""

    amount = "number"
    replaces = True
    kind: Literal["committee_seats"]
    number: Annotated[int, Field(ge=1, le=999)]
    """The total, those in the Politburo included: what there is now and what is added."""


Event = Annotated[
    Death
    | Illness
    | Recovery
    | PolicyShift
    | Salience
    | Threat
    | Enrolment
    | Seats
    | Appointment
    | StandingShift
    | Membership
    | Resignation
    | Creation
    | CommitteeSeats,
    Field(discriminator="kind"),
]

EVENT_KINDS: tuple[type[BaseEvent], ...] = get_args(get_args(Event)[0])
"""The classes of events. The engine knows a kind by its position, so a new one goes to the end of `Event`."""


def kind_name(kind: type[BaseEvent]) -> str:
    """What files call a kind of events."""
    (name,) = get_args(kind.model_fields["kind"].annotation)
    return name


COUNTERFACTUAL_KINDS = tuple(kind_name(kind) for kind in EVENT_KINDS if kind.counterfactual_only)
"""Kinds that dictate what the model should find: only a file that extends another may use them."""
