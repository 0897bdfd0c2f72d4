"""Exogenous events: one model per kind, told apart by `kind`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from factions.scenario.types import Coordinate, Id, IdOrNobody, Named, Real, Share, Standing, Text, wrong


class _Event(Named):
    date: dt.date
    """When it happens."""
    text: Text | None = None
    """What happened, for readers."""


class Death(_Event):
    """A leader dies."""

    kind: Literal["death"]
    leader: Id


class Illness(_Event):
    """A leader falls out of play."""

    kind: Literal["illness"]
    leader: Id


class Recovery(_Event):
    """A leader comes back into play."""

    kind: Literal["recovery"]
    leader: Id


class PolicyShift(_Event):
    """The ideal point of a leader, or of every leader of a bloc, moves on one issue."""

    kind: Literal["policy_shift"]
    leader: Id | None = None
    """Who moves; this or `bloc`."""
    bloc: Id | None = None
    """Whose leaders move; this or `leader`."""
    issue: Id
    to: Coordinate | None = None
    """The new position; this or `by`."""
    by: Annotated[float, Field(ge=-2, le=2, allow_inf_nan=False)] | None = None
    """How far it moves; this or `to`."""

    @model_validator(mode="after")
    def _one_of_each(self) -> PolicyShift:
        for one, other in (("leader", "bloc"), ("to", "by")):
            given = [name for name in (one, other) if getattr(self, name) is not None]
            if len(given) == 2:
                raise wrong(f"{one} and {other} exclude each other", f"keep {one} or {other}", other)
            if not given:
                raise wrong(f"neither {one} nor {other} is given", f"give {one} or {other}")
        return self


class Salience(_Event):
    """An issue draws attention, which fades."""

    kind: Literal["salience"]
    issue: Id
    by: Real
    """Added to the issue's salience."""


class Threat(_Event):
    """The state is in danger from outside, which fades."""

    kind: Literal["threat"]
    by: Real
    """Added to the danger felt."""


class Enrolment(_Event):
    """New members join, for whom the old leaders' prestige counts for nothing."""

    kind: Literal["enrolment"]
    share: Share
    """The share of new members in the party afterwards, in [0, 1]."""


class Seats(_Event):
    """The Politburo is given another size; whoever sits there stays, and meetings fill empty places."""

    kind: Literal["seats"]
    number: Annotated[int, Field(ge=1, le=99)]
    """Members and candidates together."""


class Appointment(_Event):
    """An office is given or taken away; in counterfactuals only."""

    kind: Literal["appointment"]
    office: Id
    leader: IdOrNobody
    """Who gets it; "" leaves it vacant."""


class StandingChange(_Event):
    """A leader is moved on the ladder; in counterfactuals only."""

    kind: Literal["standing"]
    leader: Id
    to: Standing


class Membership(_Event):
    """A leader changes his bloc; in counterfactuals only."""

    kind: Literal["membership"]
    leader: Id
    bloc: IdOrNobody
    """His new bloc; "" for none."""


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
    | StandingChange
    | Membership,
    Field(discriminator="kind"),
]

COUNTERFACTUAL_KINDS = ("appointment", "standing", "membership")
"""Kinds that dictate what the model should find: only a file that extends another may use them."""
