"""What is certain from the file alone, whatever the model makes of it: who is in play, in which bloc, in the party."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from factions.scenario.content.changes import SanctionChange
from factions.scenario.content.conditions import is_conditional
from factions.scenario.content.events import Death, Illness, Membership, Recovery, StandingShift
from factions.scenario.plan.setting import Act, Setting
from factions.vocabulary import IN_PARTY, LADDER, RUNGS

PARTY = RUNGS.index("party")
"""The rung that takes a leader out of the party; whoever is on a lower one is in it."""


class Foresight:
    """What a setting dictates by itself."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    @cached_property
    def _of_leader(self) -> dict[str, list[tuple[dt.date, Act]]]:
        """What happens to every leader, in order."""
        found = defaultdict(list)
        for act in self.setting.happen:
            if act.day is not None and isinstance(act.model, Death | Illness | Recovery | Membership | StandingShift):
                found[act.model.leader].append((act.day, act))
        return found

    def _befell(self, leader: str, until: dt.date) -> Iterator[Act]:
        """What has happened to a leader by the end of a day."""
        return (act for day, act in self._of_leader.get(leader, ()) if day <= until)

    def death(self, leader: str) -> tuple[dt.date, Act] | None:
        """The day of a leader's death and what says so, if he is certain to die."""
        deaths = (each for each in self._of_leader.get(leader, ()) if isinstance(each[1].model, Death))
        return next((each for each in deaths if not is_conditional(each[1].model)), None)

    def _health(self, leader: str, day: dt.date) -> set[str]:
        """How a leader may be at the end of a day: well, out, dead; an event that needs something may not come."""
        given = self.setting.leaders.get(leader)
        found = {"well" if given is not None and given.active else "out"}
        for act in self._befell(leader, day):
            then = set(found)
            if isinstance(act.model, Death):
                then = {"dead"}
            elif isinstance(act.model, Illness | Recovery):
                then = {"out" if isinstance(act.model, Illness) else "well"} if found != {"dead"} else found
                then |= found & {"dead"}
            found = found | then if is_conditional(act.model) else then
        return found

    def may_be_well(self, leader: str, day: dt.date) -> bool:
        """Can a leader be in play at the end of a day, for all that the file says."""
        return leader in self.setting.leaders and "well" in self._health(leader, day)

    def put_outside(self, leader: str, day: dt.date) -> tuple[str, Act | None] | None:
        """Where outside the party the file is certain to put a leader, and what does if he does not start there."""
        if leader not in self.setting.leaders:
            return None
        found: list[tuple[str, Act | None]] = [(str(self.setting.leaders[leader].standing), None)]
        for act in self._befell(leader, day):
            if isinstance(act.model, StandingShift):
                found = [*(found if is_conditional(act.model) else ()), (act.model.to, act)]
        return found[-1] if all(LADDER.index(standing) > IN_PARTY for standing, _ in found) else None

    @cached_property
    def members(self) -> list[dict[str, list[str]]]:
        """For every meeting: bloc -> the leaders whom the file puts into it, or may put."""
        found: list[dict[str, list[str]]] = []
        for meeting in self.setting.meetings:
            found.append(defaultdict(list))
            for name, leader in self.setting.leaders.items():
                blocs = {leader.bloc or ""}
                for act in self._befell(name, meeting.date):
                    if isinstance(act.model, Membership):
                        blocs = {*(blocs if is_conditional(act.model) else ()), act.model.bloc}
                for bloc in blocs:
                    found[-1][bloc].append(name)
        return found

    @cached_property
    def well(self) -> list[set[str]]:
        """For every meeting: the leaders who may be in play."""
        return [
            {leader for leader in self.setting.leaders if self.may_be_well(leader, meeting.date)}
            for meeting in self.setting.meetings
        ]

    def in_play(self, bloc: str, m: int) -> bool:
        """Can any leader be in play whom the file puts into a bloc."""
        return any(leader in self.well[m] for leader in self.members[m].get(bloc, ()))

    @cached_property
    def _first_in_play(self) -> dict[str, int]:
        """Bloc -> the first meeting at which a leader of its own may be in play."""
        meetings = range(len(self.setting.meetings))
        return {bloc: m for m in reversed(meetings) for bloc in self.setting.chiefs if self.in_play(bloc, m)}

    def is_in_power(self, bloc: str, m: int) -> bool:
        """Is a bloc certain to rule: held together with all others that can have influence.

        A bloc that has had nobody in play up to then has none, and nobody could join it.
        """
        together, last = self.setting.held_with(bloc, m), len(self.setting.meetings)
        return all(other in together or self._first_in_play.get(other, last) > m for other in self.setting.chiefs)

    def may_be_outside(self, bloc: str, m: int) -> bool:
        """Can any leader of a bloc be outside the party when a meeting begins, for all that the file says.

        The first to be expelled is the chief. He falls by one rung at most at a meeting that has the power, and to
        any at which it may purge. If he may be struck he may surrender, and whoever leads after him may stand anywhere.
        """
        chief, leaders = self.setting.chiefs.get(bloc), self.setting.leaders
        if chief is None or not self._speaks_throughout(chief, bloc, m):
            return True
        if any(LADDER.index(leaders[name].standing) > IN_PARTY for name in self.members[m].get(bloc, ())):
            return True
        lowest = LADDER.index(leaders[chief].standing)
        for meeting in range(m):
            lowest = max(lowest, self._lowest_after(meeting, bloc, lowest))
            if self._may_be_followed(meeting, bloc, chief):
                lowest = max(lowest, IN_PARTY)
        return lowest > IN_PARTY

    def _may_be_followed(self, m: int, bloc: str, chief: str) -> bool:
        """Can a meeting make a chief surrender, and leave his bloc to another."""
        kind = self.setting.kinds.get(self.setting.meetings[m].kind)
        strikes = kind is None or kind.rungs or kind.purges or self._imposed_rungs.get((m, bloc))
        if "surrender" in self.setting.off or not strikes:
            return False
        members = set(self.members[m].get(bloc, ()))
        if "loyalty" not in self.setting.off:
            members |= set(self.setting.leaders).difference(self.setting.chiefs.values())
        return bool(members - {chief})

    def _speaks_throughout(self, chief: str, bloc: str, m: int) -> bool:
        """Is he certain to be chief until he is expelled, and nobody certain to be expelled or to join."""
        if not all(self._health(chief, meeting.date) == {"well"} for meeting in self.setting.meetings[: m + 1]):
            return False
        for act in self.setting.happen:
            event = act.model
            if act.day is None or act.day > self.setting.meetings[m].date:
                continue
            if isinstance(event, StandingShift) and (event.leader == chief or LADDER.index(event.to) > IN_PARTY):
                return False
            if isinstance(event, Membership) and (event.leader == chief or event.bloc == bloc):
                return False
        return True

    def _lowest_after(self, m: int, bloc: str, standing: int) -> int:
        """How low a chief can stand after a meeting, if before it he stands no lower than this."""
        imposed = self._imposed_rungs.get((m, bloc), [])
        found = [standing, *(rung - 1 for rung, _ in imposed if 0 < rung <= PARTY)]
        kind = self.setting.kinds.get(self.setting.meetings[m].kind)
        if all(conditional for _, conditional in imposed) and standing <= IN_PARTY:  # else the rulers decide nothing
            found.append(standing + 1 if kind is None or RUNGS[standing + 2] in kind.rungs else standing)
            found += [RUNGS.index(rung) - 1 for rung in (kind.purges if kind is not None else ())]
        return max(found)

    @cached_property
    def _imposed_rungs(self) -> dict[tuple[int, str], list[tuple[int, bool]]]:
        """Meeting and bloc -> the rungs that are imposed there, 0 for none, and whether only on a condition."""
        found = defaultdict(list)
        for _, decision, acting in self.setting.decisions:
            if isinstance(decision, SanctionChange):
                for m in acting:
                    found[m, decision.bloc].append((RUNGS.index(decision.rung), is_conditional(decision)))
        return dict(found)
