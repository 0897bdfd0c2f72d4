"""What a sound file may not mean: events that cannot happen any more, since a change removes what they stand on, and
changes that are never made, since what they require cannot hold.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from factions.scenario.content.changes import AllianceChange, Cancel, Decision, HoldChange, StanceChange
from factions.scenario.content.conditions import ABLE, HAPPENED, Condition, conditions, is_conditional
from factions.scenario.content.events import EVENT_KINDS, Appointment
from factions.scenario.plan.foresight import Foresight
from factions.scenario.plan.happenings import Happening
from factions.scenario.plan.setting import Act, Setting
from factions.scenario.text.problems import Remark


class Obstacle(NamedTuple):
    """Why a condition cannot hold, and what brings that about, if it is an entry of the file."""

    why: str
    by: Act | None = None


def cautions(setting: Setting, somewhere: Mapping[str, str]) -> tuple[Remark, ...]:
    """The events of a setting that cannot happen, and the changes that are never made, each with the reason, by day.

    First those that are cancelled and not there; `somewhere`: event -> a reading that has it.
    """
    return (*_not_there(setting, somewhere), *Ground(setting).cautions())


def _not_there(setting: Setting, somewhere: Mapping[str, str]) -> Iterator[Remark]:
    own = {event.id for event in setting.events}
    for act in setting.acts:
        for name in (act.model.events or ()) if isinstance(act.model, Cancel) else ():
            if name not in own and name in somewhere:
                text = f"{name} is an event only under the reading {somewhere[name]}; there is nothing to cancel"
                yield Remark(act.entry.node.place, act.label, text)


class Ground:
    """What events stand on, as far as the file alone tells."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.foresight = setting, Foresight(setting)
        self.lost: dict[str, Obstacle] = {}
        self.unmade: set[str] = set()
        self.turns = Counter(act.model.id for act in setting.own_acts)
        self.due: dict[str | None, Act] = {}
        for act in sorted(setting.own_acts, key=lambda act: act.day or dt.date.min):
            self.due.setdefault(act.model.id, act)
        cancelled = (act for act in setting.acts if isinstance(act.model, Cancel) and not act.model.requires)
        self.cancelled = {name: act for act in cancelled for name in getattr(act.model, "events", None) or ()}

    def cautions(self) -> Iterator[Remark]:
        """What cannot happen, or be made, in order of the days."""
        never: set[str] = set()
        for each in self.setting.plan.in_order():
            act, asked = self.setting.act_of(each), [*conditions(each.event if isinstance(each, Happening) else each)]
            day = each.event.date if isinstance(each, Happening) else each.date
            obstacle = next(filter(None, (self._against(one, day) for one in asked)), None)
            if obstacle is None:
                continue
            if isinstance(each, Happening):
                yield from self._lost(act, obstacle)
                continue
            self.unmade.add(each.name)
            if act.label not in never:
                never.add(act.label)
                yield Remark(act.entry.node.place, act.label, f"requires {obstacle.why}, and will never be made")

    def _lost(self, act: Act, obstacle: Obstacle) -> Iterator[Remark]:
        """An event is lost if it cannot happen on any of the days on which it may be due."""
        name = act.model.id or ""
        if type(act.model) not in EVENT_KINDS:  # an event of the changes, which nothing can stand on
            yield from [self._caution(act, obstacle)] if obstacle.why else []
            return
        self.turns[name] -= 1
        told = self.lost.setdefault(name, obstacle) if obstacle.why else self.lost.get(name)
        if self.turns[name] <= 0 and told is not None:
            yield self._caution(act, told)

    def _is_lost(self, event: str) -> bool:
        return event in self.lost and self.turns[event] <= 0

    def _caution(self, act: Act, obstacle: Obstacle) -> Remark:
        name = f"events.{act.model.id}" if type(act.model) in EVENT_KINDS else act.label
        by = obstacle.by if obstacle.by is not None and obstacle.by.is_change else act
        text = f"{name} stands on {obstacle.why}, and will not happen"
        return Remark(by.entry.node.place, by.label, text)

    def _against(self, asked: Condition, day: dt.date) -> Obstacle | None:
        """Why a condition cannot hold on a day; None if it may."""
        if asked.change:  # an event is not due on the day of a change that is never made
            return Obstacle("") if asked.wanted and asked.who[0] in self.unmade else None
        if asked.kind == ABLE:
            return self._unable(asked.who[0], day)
        if asked.kind == HAPPENED:
            return self._not_before(asked.who[0], day) if asked.wanted else None
        if asked.kind in ("politburo", "central_committee", "party") and asked.wanted:
            return self._unfit(asked.who[0], day)
        if asked.kind == "holds" and asked.wanted:
            return self._not_holding(asked.who[0], asked.who[1], day) or self._imposed(asked, day)
        return self._imposed(asked, day)

    def _unable(self, leader: str, day: dt.date) -> Obstacle | None:
        if not self.foresight.may_be_well(leader, day) and self._unfit(leader, day) is None:
            return Obstacle(f"{leader}, who is out of play on {day}")
        return self._unfit(leader, day)

    def _unfit(self, leader: str, day: dt.date) -> Obstacle | None:
        """Is a leader dead, or outside the party by what the file says."""
        death = self.foresight.death(leader)
        if death is not None and death[0] <= day:
            return Obstacle(f"{leader}, who died on {death[0]}", death[1])
        outside = self.foresight.put_outside(leader, day)
        return Obstacle(f"{leader}, who is {outside[0]} by {day}", outside[1]) if outside else None

    def _not_before(self, event: str, day: dt.date) -> Obstacle | None:
        """Is an event cancelled, lost itself, or due only later."""
        if event in self.cancelled:
            return Obstacle(f"{event}, which is cancelled", self.cancelled[event])
        if self._is_lost(event):
            return Obstacle(f"{event}, which cannot happen", self.lost[event].by)
        first = self.due[event].day if event in self.due else None
        if first is not None and first > day:
            return Obstacle(f"{event}, which is due only on {first}", self.due[event])
        return None

    def _not_holding(self, leader: str, office: str, day: dt.date) -> Obstacle | None:
        given = [
            act
            for act in self.setting.happen
            if isinstance(act.model, Appointment)
            and act.model.office == office
            and act.model.date <= day
            and not is_conditional(act.model)
        ]
        if given and isinstance(given[-1].model, Appointment) and given[-1].model.leader != leader:
            other = given[-1].model.leader or "nobody"
            return Obstacle(f"{leader} in {office}, which {other} gets on {given[-1].day}", given[-1])
        return self._unfit(leader, day)

    def _imposed(self, asked: Condition, day: dt.date) -> Obstacle | None:
        """Does a change impose the opposite at the last meeting before."""
        last = sum(meeting.date < day for meeting in self.setting.meetings) - 1
        for act, decision, acting in (*self.setting.decisions, *self.setting.holds):
            if last in acting and not is_conditional(decision) and _opposes(decision, asked):
                return Obstacle(f"{asked.text} at {self.setting.meetings[last].id}", act)
        return None


def _opposes(decision: Decision | HoldChange, asked: Condition) -> bool:
    """Does a decision bring about the opposite of what is asked."""
    if asked.kind == "open" and isinstance(decision, StanceChange) and decision.bloc == asked.who[0]:
        return (decision.to == "open") != asked.wanted
    if asked.kind == "allied" and isinstance(decision, AllianceChange) and {*asked.who} <= {*decision.blocs}:
        return (decision.stand == "together") != asked.wanted
    if asked.kind == "holds" and isinstance(decision, HoldChange) and decision.office == asked.who[1]:
        return (decision.leader == asked.who[0]) != asked.wanted
    return False
