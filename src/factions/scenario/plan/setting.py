"""What a change is to apply to: the sound entries of a file, and what they make happen and decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from factions.scenario.content.changes import (
    DECISIONS,
    AllianceChange,
    Change,
    Decision,
    HoldChange,
    KeepAlive,
    meetings_of,
)
from factions.scenario.content.conditions import is_conditional
from factions.scenario.content.events import Event
from factions.scenario.content.tables import Bloc, Incompatible, Leader, Meeting, MeetingKind
from factions.scenario.content.types import Evidence
from factions.scenario.layers.draft import Draft, Entry
from factions.scenario.plan.calendar import calendar
from factions.scenario.plan.happenings import Happening, Occasion, Plan
from factions.scenario.text.problems import Problems


@dataclass(frozen=True)
class Act:
    """Something that happens or is decided, and the entry that says so: of a moved event, the move."""

    model: Event | Change
    entry: Entry[Any]

    @property
    def is_change(self) -> bool:
        """Is it the changes of a counterfactual that say so?"""
        return self.entry.table == "changes"

    @property
    def label(self) -> str:
        """What messages call the entry."""
        return self.entry.label

    @property
    def day(self) -> dt.date | None:
        """The day that it gives; None for a decision."""
        return self.model.since if isinstance(self.model, KeepAlive) else getattr(self.model, "date", None)

    def fault(self, field: str, problem: str, remedy: str, problems: Problems, index: int | None = None) -> None:
        """Notes what is wrong with it, at a field of its entry or at an element of that field's list."""
        self.entry.fault(field, problem, remedy, problems, index)


@dataclass
class Camp:
    """Blocs that are held together at a meeting, directly or through others, and the acts that hold them."""

    blocs: set[str] = field(default_factory=set)
    acts: list[Act] = field(default_factory=list)


@dataclass(frozen=True)
class Setting:
    """All that decides whether a change can apply; it is a `Course`. `off`: the mechanisms that are switched off."""

    start: dt.date | None
    end: dt.date | None
    meetings: Sequence[Meeting]
    """In date order."""
    kinds: Mapping[str, MeetingKind]
    leaders: Mapping[str, Leader]
    chiefs: Mapping[str, str | None]
    """Bloc -> its chief, if it has one."""
    off: frozenset[str]
    own: Sequence[Entry[Event]]
    written: Sequence[Entry[Change]]
    apart: Sequence[Entry[Incompatible]] = ()

    @cached_property
    def events(self) -> list[Event]:
        """The events of the history that is changed."""
        return [entry.model for entry in self.own]

    @cached_property
    def changes(self) -> list[Change]:
        """What is changed."""
        return [entry.model for entry in self.written]

    @cached_property
    def acts(self) -> list[Act]:
        """The changes, in the order of the file."""
        return [Act(entry.model, entry) for entry in self.written]

    @cached_property
    def plan(self) -> Plan:
        """What may come to be, and when."""
        return Plan(self)

    @cached_property
    def own_acts(self) -> list[Act]:
        """The scenario's own events that are not cancelled, moved ones on their new day."""
        return [self.act_of(happening) for happening in self.plan.own]

    @cached_property
    def happen(self) -> list[Act]:
        """All that happens, in order; an event that a change moves on a condition is there twice."""
        return [self.act_of(happening) for happening in self.plan.happenings]

    def act_of(self, each: Happening | Occasion) -> Act:
        """What may happen, or the change that is made on an occasion, with its entry."""
        return Act(each.event if isinstance(each, Happening) else each.said_by, self._entries[id(each.said_by)])

    @cached_property
    def _entries(self) -> dict[int, Entry[Any]]:
        """Identity of a model -> its entry."""
        every: Iterable[Entry[Any]] = (*self.own, *self.written)
        return {id(entry.model): entry for entry in every}

    @cached_property
    def decisions(self) -> list[tuple[Act, Decision, list[int]]]:
        """What is imposed, and at which meetings."""
        return [(act, act.model, meetings_of(act.model, self)) for act in self.acts if isinstance(act.model, DECISIONS)]

    @cached_property
    def holds(self) -> list[tuple[Act, HoldChange, list[int]]]:
        """Who holds which office by a change, and at which meetings."""
        return [
            (act, act.model, meetings_of(act.model, self)) for act in self.acts if isinstance(act.model, HoldChange)
        ]

    @cached_property
    def _camps(self) -> list[dict[str, Camp]]:
        return self.camps([row for row in self.decisions if not is_conditional(row[1])])

    def camps(self, decisions: Iterable[tuple[Act, Decision, list[int]]]) -> list[dict[str, Camp]]:
        """By some decisions, for every meeting: bloc -> the camp that it is held in; one that is held with none is not
        there."""
        found: list[dict[str, Camp]] = [{} for _ in self.meetings]
        for act, decision, acting in decisions:
            if isinstance(decision, AllianceChange) and decision.stand == "together":
                for m in acting:
                    _unite(found[m], decision.blocs, act)
        return found

    def held_with(self, bloc: str, m: int) -> set[str]:
        """The blocs that a bloc is certain to be held together with at a meeting, and itself."""
        camp = self._camps[m].get(bloc)
        return camp.blocs if camp else {bloc}


def _unite(camps: dict[str, Camp], blocs: Sequence[str], act: Act) -> None:
    """Merges the camps of some blocs; the largest takes in the others."""
    old = {id(camps[bloc]): camps[bloc] for bloc in blocs if bloc in camps}
    first, *others = sorted(old.values(), key=lambda camp: -len(camp.acts)) or [Camp()]
    first.blocs.update(blocs, *(camp.blocs for camp in others))
    for camp in others:
        first.acts += camp.acts
    first.acts.append(act)
    for bloc in {*blocs, *(bloc for camp in others for bloc in camp.blocs)}:
        camps[bloc] = first


def setting_of(draft: Draft) -> Setting:
    """The setting of the sound entries of a draft."""
    written = cast("list[Entry[Change]]", draft.sound("changes", Evidence))
    meetings = calendar((entry.model for entry in draft.sound("meetings", Meeting)), (each.model for each in written))
    mechanisms = draft.mappings.get("mechanisms", {})
    return Setting(
        start=draft.day("start"),
        end=draft.day("end"),
        meetings=meetings,
        kinds={entry.name: entry.model for entry in draft.sound("meeting_kinds", MeetingKind)},
        leaders={entry.name: entry.model for entry in draft.sound("leaders", Leader)},
        chiefs={entry.name: entry.model.chief for entry in draft.sound("blocs", Bloc)},
        off=frozenset(name for name, on in mechanisms.items() if on is False),
        own=cast("list[Entry[Event]]", draft.sound("events", Evidence)),
        written=written,
        apart=draft.sound("apart", Incompatible),
    )
