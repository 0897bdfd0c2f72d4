"""The cast, the institutions and the calendar: one model per table of a scenario file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from factions.scenario.content.types import (
    Array,
    BlocId,
    BlocIds,
    Coordinate,
    Evidence,
    Id,
    IssueId,
    LeaderId,
    Line,
    MeetingKindId,
    Named,
    OfficeId,
    Points,
    Rung,
    Share,
    Standing,
    Table,
    Text,
    once,
    wrong,
)
from factions.wording import first_and_last


class Source(Table):
    """A work that facts are taken from."""

    text: Text
    """Author, title, chapter."""
    url: Line | None = None
    """Where it can be read."""


class Issue(Named):
    """One policy dimension, from -1 to +1."""

    low: Line | None = None
    """What -1 means."""
    high: Line | None = None
    """What +1 means."""
    salience: Points = 1.0
    """Its weight, >= 0."""
    regime: bool = False
    """Is it the party-regime issue, on which positions follow office (+1 = discipline)? At most one is."""


class Bloc(Named):
    """Leaders who act together."""

    chief: LeaderId | None = None
    """The leader who speaks for it; one of its own. Absent: whoever of them has most influence."""
    condemned: bool = False
    """Had a congress or conference condemned it before the start?"""
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    """Its colour in plots, #rrggbb."""


class Leader(Named):
    """A person of the struggle, as he stood at the start."""

    bloc: BlocId | None = None
    """The bloc he belongs to; absent: unaligned."""
    prestige: Points
    """Personal influence in points, >= 0; the unit of an office's machine."""
    standing: Standing
    """Where he stands on the ladder."""
    active: bool = True
    """false: ill or away, and out of play until an event changes it."""
    ideal_point: dict[IssueId, Coordinate] = Field(default_factory=dict)
    """What he wants, in [-1, 1], one number per issue."""
    short: Line | None = None
    """What figures and pages call him where there is little room, say "Jiang" for Jiang Qing; absent: the last word of
    his name."""

    @property
    def called(self) -> str:
        """What stands for his name where there is little room."""
        return self.short or first_and_last(self.name)[1]


class Office(Named):
    """A post that gives influence."""

    holder: LeaderId | None = None
    """The leader who holds it; absent: vacant."""
    machine: Points
    """The influence it gives, in points, >= 0."""
    appointed_by: OfficeId | None = None
    """The office whose holder fills it; absent: the meeting fills it."""
    delegates: Share = 0.0
    """The share of the delegates to a congress or conference that its organisation sends, as its holder has it, 0 to 1;
    0 for a post without members of its own."""
    deputies: Annotated[tuple[LeaderId, ...], Array] = ()
    """Who stands next to the holder, the first of them foremost: he acts while the holder cannot, and whoever fills
    the office chooses among them before others."""

    @model_validator(mode="after")
    def _others_once(self) -> Office:
        if len(set(self.deputies)) < len(self.deputies) or self.holder in self.deputies:
            raise wrong("names the holder or one leader twice", "name each deputy once", "deputies")
        return self


class Tie(Evidence):
    """Trust between two blocs, the same in both directions; pairs not named have 0."""

    blocs: Annotated[tuple[BlocId, BlocId], Array, once("bloc")]
    """The two blocs, in any order."""
    trust: Coordinate
    """From -1 (enemies) to 1 (friends)."""


class PersonalTie(Evidence):
    """A tie between two leaders, of one bloc or of different ones; pairs not named have 0."""

    leaders: Annotated[tuple[LeaderId, LeaderId], Array, once("leader")]
    """The two leaders, in any order."""
    trust: Coordinate
    """From -1 (enemies) to 1 (friends)."""


class Alliance(Evidence):
    """Blocs that stood together at the start; blocs in no alliance stand alone."""

    blocs: Annotated[BlocIds, Field(min_length=1), once("bloc")]
    """Its blocs, in any order."""


class Incompatible(Evidence):
    """Blocs no two of which ever share an alliance, whatever it would be worth to them."""

    blocs: Annotated[BlocIds, Field(min_length=2), once("bloc")]
    """Two blocs or more, in any order."""


class MeetingKind(Named):
    """What a kind of meeting is made of and may do."""

    electorate: Literal["delegates", "central_committee", "politburo"]
    """Who votes: delegates (influence after selection), or, by head, the members of the Central Committee or of the
    Politburo alone."""
    selection: Points = 1.0
    """How strongly the apparatus selects the delegates, >= 0; 0 = not at all."""
    rungs: Annotated[tuple[Rung, ...], Array, once("sanction")] = ()
    """The sanctions that it may impose."""
    two_thirds: Annotated[tuple[Rung, ...], Array] = ()
    """Those that take two thirds of the votes where they may be imposed; the others take half."""
    fills_seats: bool = False
    """May it fill empty seats of the Politburo?"""
    fills_committee: bool = False
    """May it fill empty seats of the Central Committee, which has as many as at the start?"""
    reshuffles: bool = False
    """Do those who rule take the offices that meetings fill from blocs outside their alliance?"""
    purges: Annotated[
        tuple[Literal["office", "politburo", "central_committee", "party"], ...], Array, once("sanction")
    ] = ()
    """The sanctions to which the rulers may bring the chief of a bloc at once, if they put it out of their alliance at
    this meeting; () = it is treated like any other."""
    ruled_by: Literal["influence", "votes"] = "influence"
    """Which alliance rules at it: the one with most influence, or the one with most votes of its electorate."""
    overrules: bool = False
    """May it undo the sanctions that narrower electorates have imposed since the last meeting that might have? It does
    so for those whose blocs rule at it."""


class Meeting(Named):
    """A dated step of the model."""

    kind: MeetingKindId
    """Its meeting kind."""
    date: dt.date
    """Its date in the model."""
    until: dt.date | None = None
    """The day it closed, for readers."""
    short: Line | None = None
    """What figures call it below the axis of time; absent: its name, cut where it is too long."""

    @model_validator(mode="after")
    def _closes_after_it_opens(self) -> Meeting:
        if self.until is not None and self.until < self.date:
            raise wrong("closes before it opens", f"give {self.date} or a later day", "until")
        return self


class Option(Evidence):
    """One reading of a contested fact. Its patch (the same tables as the file) is applied while reading."""

    text: Text
    """What this reading says."""


class Contested(Evidence):
    """A fact on which the sources disagree."""

    question: Text
    """What they disagree about."""
    options: Annotated[dict[Id, Option], Field(min_length=1)]
    """The readings; [readings] says which is in force."""
