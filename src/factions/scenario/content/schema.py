"""A whole scenario as frozen data: what the file says, and where it came from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Annotated

from pydantic import Field

from factions.errors import UsageError
from factions.scenario.content.changes import Change
from factions.scenario.content.claims import Claim
from factions.scenario.content.events import Event
from factions.scenario.content.tables import (
    Alliance,
    Bloc,
    Contested,
    Incompatible,
    Issue,
    Leader,
    Meeting,
    MeetingKind,
    Office,
    PersonalTie,
    Source,
    Tie,
)
from factions.scenario.content.types import Array, Id, Line, Real, Table, Text
from factions.vocabulary import BODIES, Body


class Content(Table):
    """What a scenario says once its files are merged and its readings applied."""

    title: Line
    question: Text | None = None
    """What a counterfactual asks."""
    description: Text | None = None
    start: dt.date
    """The day on which the cast stands as described."""
    end: dt.date
    """The last day of the simulation."""
    camps: Annotated[int, Field(ge=1)] | None = None
    """The greatest number of alliances, those of one bloc among them; absent: as many as there are blocs."""
    sources: dict[Text, Source] = Field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    blocs: tuple[Bloc, ...] = Field(min_length=1)
    leaders: tuple[Leader, ...] = Field(min_length=1)
    offices: tuple[Office, ...] = ()
    ties: tuple[Tie, ...] = ()
    personal_ties: tuple[PersonalTie, ...] = ()
    """Friends and enemies by name, whatever blocs they belong to."""
    alliances: tuple[Alliance, ...] = ()
    apart: tuple[Incompatible, ...] = ()
    """Blocs that never ally."""
    meeting_kinds: tuple[MeetingKind, ...] = ()
    meetings: tuple[Meeting, ...] = Field(min_length=1)
    """In date order."""
    events: tuple[Event, ...] = ()
    """In date order; events of one day in the order of the file."""
    changes: tuple[Change, ...] = ()
    """What a counterfactual changes; only a file that extends another has any."""
    outcomes: Annotated[tuple[Text, ...], Array] = ()
    """What to compare, by name; absent: the usual outcomes."""
    record: tuple[Claim, ...] = ()
    """Claims, for scoring only."""
    contested: dict[Id, Contested] = Field(default_factory=dict)
    readings: dict[Id, Id] = Field(default_factory=dict)
    """Contested fact -> the option in force."""
    parameters: dict[Id, Real] = Field(default_factory=dict)
    """Overrides by name."""
    mechanisms: dict[Id, bool] = Field(default_factory=dict)
    """false switches a mechanism off."""
    ladder: dict[Body, Line] = Field(default_factory=dict)
    """What this party calls the two bodies at the top of the ladder; for texts and figures alone."""


PROVENANCE = {"path", "files", "text"}


class Scenario(Content):
    """A sound scenario: every id in it is known, every date in order, every number in its range."""

    path: Path
    """The file it was loaded from; of one of several counterfactuals in a file, with its meeting or day in the name."""
    files: tuple[Path, ...]
    """The files it was merged from, the one that extends nothing first, the one it was loaded from last."""
    text: str
    """The texts of `files`, one after the other, each under a comment with its name."""

    @property
    def extended(self) -> Path:
        """The file that this one extends; UsageError if it extends none."""
        if len(self.files) < 2:
            raise UsageError(
                f"{self.path} extends no other file, so that nothing is changed in it",
                "name a file that extends another, such as those that factions new writes",
            )
        return self.files[-2]

    @property
    def bodies(self) -> dict[Body, str]:
        """What the bodies of the ladder are called in this party."""
        return BODIES | self.ladder

    def spokesman(self, bloc: str) -> str:
        """Id of who speaks for a bloc at the start: its chief, else its leader with most prestige and offices."""
        chief = next(entry.chief for entry in self.blocs if entry.id == bloc)
        points = {entry.id: entry.prestige for entry in self.leaders if entry.bloc == bloc}
        for office in self.offices:
            if office.holder in points:
                points[office.holder] += office.machine
        return chief or max(points, key=lambda leader: points[leader])

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of all that the scenario says; comments, layout and file names do not matter.

        Nor do fields that it leaves at their default, so that a new kind of field leaves the digest of a file as it is.
        """
        content = self.model_dump(mode="json", exclude=PROVENANCE, exclude_defaults=True)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
