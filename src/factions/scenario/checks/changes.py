"""Whether each change of a counterfactual can apply: its days, its meetings, the people it concerns.

Whether changes agree with each other is looked at in `contradictions`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from factions.scenario.checks.conditions import check_order
from factions.scenario.checks.contradictions import check_contradictions
from factions.scenario.content.changes import (
    BaseDecision,
    Decision,
    HoldChange,
    KeepAlive,
    Move,
    SanctionChange,
    StanceChange,
    SurrenderChange,
)
from factions.scenario.content.events import Appointment, BaseEvent, Death
from factions.scenario.content.fields import dates, references
from factions.scenario.content.types import Evidence
from factions.scenario.layers.draft import Draft, out_of_time
from factions.scenario.layers.merge import label
from factions.scenario.plan.foresight import PARTY, Foresight
from factions.scenario.plan.setting import Act, Setting, setting_of
from factions.scenario.text.places import Place, Tree, items_of
from factions.scenario.text.problems import Problems
from factions.vocabulary import RUNGS
from factions.wording import listed


def check_changes(draft: Draft, problems: Problems) -> None:
    """Notes every change of a draft that cannot apply, and what contradicts each other in it."""
    concerned = draft.changed("leaders", "blocs", "mechanisms") and draft.sound("changes", Evidence)
    if not (concerned or draft.changed("start", "end", "meetings", "meeting_kinds", "events", "changes")):
        return
    setting = setting_of(draft)
    check_contradictions(setting, problems)
    check_order(setting, problems)
    checker = Checker(setting, problems)
    untimely = {id(act.entry) for act in setting.acts if not checker.in_time(act)}
    dated = [act for act in setting.acts if isinstance(act.model, BaseEvent | KeepAlive)]
    for act in (*filter(_is_changed, setting.own_acts), *dated):
        if id(act.entry) not in untimely:
            checker.happens(act)
    checker.meetings_sit()
    for act, decision, acting in setting.decisions:
        if id(act.entry) not in untimely:
            checker.decided(act, decision, acting)
    for act, hold, acting in setting.holds:
        if id(act.entry) not in untimely:
            checker.held(act, hold, acting)


def check_extends(layer: Tree, root: Place) -> None:
    """Raises ScenarioErrors if a file has changes, no cast, and extends no other: all it lacks is one line."""
    if "changes" in layer and "leaders" not in layer and "extends" not in layer:
        problems = Problems()
        problems.add(root, "extends", "is missing, and there are changes", 'name what they change: extends = "history"')
        problems.throw([root.file])


def check_no_changes(layer: Tree, problems: Problems) -> None:
    """Notes the changes of a file that extends none: there is nothing yet that they could change."""
    for index, entry in enumerate(items_of(layer.get("changes"))):
        key, problem = f"changes.{label('changes', entry, index)}", "cannot stand in a file that extends no other"
        problems.at(entry, key, problem, "move it to a counterfactual, a file that extends this one")


class Checker:
    """Notes what cannot apply in a setting."""

    def __init__(self, setting: Setting, problems: Problems) -> None:
        self.setting, self.problems = setting, problems
        self.foresight = Foresight(setting)

    def in_time(self, act: Act) -> bool:
        """Do the days of a change lie between the start and the end, and before a meeting that it can affect."""
        sound = True
        for field in dates(type(act.model)):
            day = getattr(act.model, field)
            wrong = None if day is None else out_of_time(day, self.setting.start, self.setting.end)
            if wrong is not None:
                act.fault(field, *wrong, self.problems)
                sound = False
        if sound and self.setting.meetings and act.day is not None and act.day > self.setting.meetings[-1].date:
            last, field = self.setting.meetings[-1].date, "since" if isinstance(act.model, KeepAlive) else "date"
            problem = f"comes after the last meeting ({last}), so nothing can follow from it"
            act.fault(field, problem, "give an earlier day", self.problems)
            sound = False
        return sound

    def happens(self, act: Act) -> None:
        """Nobody acts, or is acted upon, once he is dead; only who is in the party gets an office."""
        if act.day is None:
            return
        for who in _named(act, "leaders"):
            if not self._dead(act, who, act.day) and isinstance(act.model, Appointment):
                self._in_party(act, who.name, act.day)

    def _dead(self, act: Act, who: Mention, day: dt.date) -> bool:
        """Notes that a leader is dead by a day; he may die on the day of his death, and be kept from dying on it."""
        death = self.foresight.death(who.name)
        if death is None or death[1].entry is act.entry:
            return False
        died, by = death
        if day < died or (day == died and isinstance(act.model, Death | KeepAlive)):
            return False
        act.fault(who.field, f"{who.name} died on {died}", _revival(act, died, by), self.problems, who.number)
        return True

    def _in_party(self, act: Act, leader: str, day: dt.date) -> None:
        found = self.foresight.put_outside(leader, day)
        if found is not None:
            standing, put = found
            problem = f"{leader} is {standing} " + (f"from {put.day} on ({put.label})" if put else "from the start")
            remedy = 'readmit him first (kind = "standing", to = "party_member"), or name another'
            act.fault("leader", problem, remedy, self.problems)

    def meetings_sit(self) -> None:
        """Notes meetings moved to the day of another, changes at a meeting that is left out, and if none is left."""
        left_out = {name: act for act in self.setting.acts for name in getattr(act.model, "meetings", None) or ()}
        for act in self.setting.acts:
            if isinstance(act.model, Move) and act.model.meeting not in (None, *left_out):
                same = [each.id for each in self.setting.meetings if each.date == act.model.date]
                others = [name for name in same if name != act.model.meeting]
                if others:
                    problem = f"is also the day of {listed(others)}"
                    act.fault("date", problem, "give every meeting its own day", self.problems)
            by = left_out.get(getattr(act.model, "at", None) or "")
            if by is not None:
                act.fault("at", f"does not sit: {by.label} leaves it out", "name another meeting", self.problems)
        if left_out and not self.setting.meetings:
            act = min(left_out.values(), key=lambda act: act.label)
            act.fault("meetings", "leaves no meeting", "keep one at least", self.problems)

    def held(self, act: Act, hold: HoldChange, acting: list[int]) -> None:
        """Who holds an office is alive and in the party at some of the meetings."""
        if self._meets(act, hold, acting):
            first = self.setting.meetings[acting[0]].date
            dead = [self._dead(act, who, first) for who in _named(act, "leaders")]
            if not any(dead) and all(
                self.foresight.put_outside(hold.leader, self.setting.meetings[m].date) for m in acting
            ):
                self._in_party(act, hold.leader, first)

    def _meets(self, act: Act, change: BaseDecision, acting: list[int]) -> bool:
        """Notes a time in which there is no meeting."""
        if not acting and change.at is None and self.setting.meetings:
            problem, remedy = "no meeting falls in this time", "make it longer, or name the meeting with at"
            act.fault("since", problem, remedy, self.problems)
        return bool(acting)

    def decided(self, act: Act, decision: Decision, acting: list[int]) -> None:
        """A decision has a meeting at which there is somebody who can take it, and whom it can touch."""
        if not self._meets(act, decision, acting):
            return
        if not (self._leaders_in_play(act, acting) and self._blocs_in_play(act, acting)):
            return
        if isinstance(decision, SanctionChange) and decision.rung != "none":
            self._on(act, "sanctions", "rung")
            self._can_strike(act, decision, acting)
        if isinstance(decision, SurrenderChange) and decision.to == "capitulate":
            self._on(act, "surrender", "to")
        if isinstance(decision, StanceChange | SanctionChange):
            self._out_of_power(act, decision, acting)

    def _leaders_in_play(self, act: Act, acting: list[int]) -> bool:
        """Notes the leaders who are dead, ill or away at all the meetings of a decision."""
        first, sound = self.setting.meetings[acting[0]], True
        for who in _named(act, "leaders"):
            if self._dead(act, who, first.date):
                sound = False
            elif who.name in self.setting.leaders and not any(who.name in self.foresight.well[m] for m in acting):
                problem, remedy = (
                    f"{who.name} is out of play at {first.id}",
                    'let him recover first (kind = "recovery")',
                )
                act.fault(who.field, problem, remedy, self.problems, who.number)
                sound = False
        return sound

    def _blocs_in_play(self, act: Act, acting: list[int]) -> bool:
        """Notes the blocs all of whose leaders are dead, ill or away at all the meetings of a decision."""
        first, sound = acting[0], True
        for what in _named(act, "blocs"):
            if what.name in self.setting.chiefs and not any(self.foresight.in_play(what.name, m) for m in acting):
                own = self.foresight.members[first].get(what.name, [])
                problem = f"nobody of {what.name} is in play at {self.setting.meetings[first].id}"
                remedy = f"keep one of its leaders alive ({listed(own[:8])}), or choose another time"
                act.fault(what.field, problem, remedy, self.problems, what.number)
                sound = False
        return sound

    def _on(self, act: Act, mechanism: str, field: str) -> None:
        """Notes what needs a mechanism that is switched off."""
        if mechanism in self.setting.off:
            remedy = f"remove the change, or {mechanism} = false under [mechanisms]"
            act.fault(field, f"cannot be while {mechanism} is switched off", remedy, self.problems)

    def _can_strike(self, act: Act, decision: SanctionChange, acting: list[int]) -> None:
        """The meetings may impose the sanction, and there may be somebody whom it strikes."""
        for meeting in (self.setting.meetings[m] for m in acting):
            kind = self.setting.kinds.get(meeting.kind)
            if kind is not None and decision.rung not in kind.rungs:
                problem = f"{meeting.id} is a {kind.id}, which cannot impose this sanction"
                able = ", ".join(kind.rungs) or "nothing"
                remedy = f"it can impose: {able}; choose another meeting, or change the rungs of {kind.id}"
                act.fault("rung", problem, remedy, self.problems)
                return
        banishes = RUNGS.index(decision.rung) > PARTY
        if banishes and not any(self.foresight.may_be_outside(decision.bloc, m) for m in acting):
            last = self.setting.meetings[acting[-1]].id
            problem = f"strikes only those who have been expelled, and nobody of {decision.bloc} can be by {last}"
            remedy = 'expel one first (kind = "standing", to = "expelled"), or choose a later meeting'
            act.fault("rung", problem, remedy, self.problems)

    def _out_of_power(self, act: Act, decision: StanceChange | SanctionChange, acting: list[int]) -> None:
        """Who is certain to rule neither opposes nor is punished."""
        bloc = decision.bloc
        if bloc in self.setting.chiefs and all(self.foresight.is_in_power(bloc, m) for m in acting):
            fate = "oppose" if isinstance(decision, StanceChange) else "be punished"
            at = self.setting.meetings[acting[0]].id
            problem = f"{bloc} is in power at {at}, held together with all others, and cannot {fate}"
            act.fault("bloc", problem, "leave a bloc out of their alliance, or choose another time", self.problems)


def _is_changed(act: Act) -> bool:
    """Is one of the scenario's own events moved, or of a kind that only a counterfactual can have written."""
    return act.is_change or (isinstance(act.model, BaseEvent) and act.model.counterfactual_only)


class Mention(NamedTuple):
    """A name in a field, and which of the field's list it is."""

    field: str
    name: str
    number: int | None


def _named(act: Act, table: str) -> Iterator[Mention]:
    """The names of a list of the scenario that an act mentions."""
    for field, target in references(type(act.model)).items():
        value = getattr(act.model, field) if target == table and field != "agent" else None  # it waits for him
        if isinstance(value, tuple):
            yield from (Mention(field, name, index) for index, name in enumerate(value))
        elif value:
            yield Mention(field, value, None)


def _revival(act: Act, died: dt.date, by: Act) -> str:
    """What would let a leader take part who dies too early; `by` says that he dies."""
    if isinstance(act.model, Death) and not by.is_change:
        return f'move {by.label} instead (kind = "move")'
    if isinstance(act.model, Death | KeepAlive) and by.is_change:
        return f"remove this or {by.label}"
    if isinstance(act.model, KeepAlive):
        return f"give {died} or an earlier day"
    if by.is_change:
        return f"give an earlier day, or change {by.label}"
    return f'give an earlier day, or keep him alive first (kind = "keep_alive", since = {died} or before)'
