"""What the record says of an outcome: what really happened, and since when, as far as the claims tell.

A claim about several leaders of whom it may fail for some says nothing of one of them, but that an earlier claim may
hold of him no longer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from factions.scenario.content.claims import LeaderClaim, StandingClaim
from factions.scenario.content.outcome_names import parts
from factions.statements.claims import Index, window
from factions.statements.documented import bloc_statements, leader_statements, places, spans
from factions.vocabulary import CENTRAL_COMMITTEE, DEPORTED, EXPELLED, IN_PARTY, LADDER, POLITBURO
from factions.wording import month

if TYPE_CHECKING:
    from factions.scenario import Scenario

_START = -1
"""The first day of the scenario, as a position before all meetings."""

_PLACES = {
    "ruling": {"ruling": True, "open": False, "quiet": False, "outside": False},
    "open": {"ruling": False, "open": True, "quiet": False, "hushed": False},
}
"""What follows from where the record puts a bloc, by kind of outcome."""

_STEPS = {"politburo": POLITBURO, "central_committee": CENTRAL_COMMITTEE, "party": IN_PARTY, "deported": DEPORTED}
"""The step of the ladder that an outcome asks for."""

_PASSING = ("ruling", "open", "allied")
"""What may have changed again since the record spoke of it last, so that it says nothing of a later meeting."""

_LASTING = ("capitulated", "deported")
"""What is not undone, so that it has not come long before it is documented first."""

_ALWAYS = (None, "throughout")
"""When a claim speaks of each of its meetings."""


class Recorded(NamedTuple):
    """What is documented of an outcome: `so`, and in `words` for a table: no, since July 1926.

    `so` is None for a number, and for what is documented of the time before and after alone.
    """

    so: bool | None
    words: str


class _Said(NamedTuple):
    """It was so (or not so) from meeting `first` to `last`, or at `sometime` in between, or only `perhaps`."""

    first: int
    last: int
    so: bool
    sometime: bool = False
    perhaps: bool = False


class Record:
    """The record of a scenario, asked for outcomes."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.index = scenario, Index(scenario)
        self.said = bloc_statements(scenario)
        self.places = places(scenario, self.said)
        self.pairs: dict[tuple[int, str], list[tuple[int, int]]] = {}
        for each in self.said:
            if not each.sometime:  # what holds throughout is said meeting by meeting
                self.pairs.setdefault((each.first, each.state), []).extend(each.sides)

    def of(self, name: str) -> Recorded | None:
        """What is documented of an outcome, by its name; None where the record is silent."""
        kind, who, meeting = parts(name)
        m = self.index.meeting[meeting] if meeting is not None else len(self.scenario.meetings) - 1
        if not self.scenario.record:
            return None
        if kind == "claim":
            return Recorded(True, "yes")
        if kind == "happened":
            return self._happened(who[0], m)
        if kind == "expulsions":
            least = self._least_expelled(m)
            return Recorded(None, f"at least {least}") if least else None
        if kind == "break":
            return self._break([*self._allied(*who)])
        said = sorted(self._statements(kind, who))
        sure = [each for each in said if not each.perhaps]
        known = self._answer(sure, m, kind)
        if known is None or self._in_doubt(said, known, m):
            return self._around(sure, m, kind, who[0] if who else "")
        return known

    def _answer(self, said: list[_Said], m: int, kind: str) -> Recorded | None:
        """What statements (in the order of time) say of meeting m, by what was said of it or last before it."""
        here = [each for each in said if each.first <= m <= each.last]
        sure = {each.so for each in here if not each.sometime}
        if sure:
            return self._since(said, sure.pop(), m, kind) if len(sure) == 1 else None
        vague = next((each for each in here if each.so), None)
        if vague is not None:
            return Recorded(True, f"yes, some time in {self._span(vague)}")
        before = max((each for each in said if each.last < m), key=lambda each: each.last, default=None)
        if before is None or before.sometime or before.last == _START or kind == "open":
            return None  # to speak out is a thing of one meeting
        if kind in _PASSING:
            return None  # it may have changed again since
        return self._since(said, before.so, before.last, kind)

    def _in_doubt(self, said: list[_Said], known: Recorded, m: int) -> bool:
        """May it have been otherwise since the record was sure of it last."""
        until = max(
            (each.last for each in said if not each.perhaps and each.so is known.so and each.first <= m), default=m
        )
        return any(each.perhaps and each.so is not known.so and until < each.first <= m for each in said)

    def _around(self, said: list[_Said], m: int, kind: str, who: str) -> Recorded | None:
        """What is documented last before meeting m and next after it, where the record is silent of that meeting."""
        if any(each.first <= m <= each.last and not each.sometime for each in said):
            return None  # it contradicts itself
        at = [each for each in said if each.first > _START]
        earlier, later = ([each for each in at if each.last < m], [each for each in at if each.first > m])
        before = max(earlier, key=lambda each: (each.last, not each.sometime), default=None)
        after = min(later, key=lambda each: (each.first, each.sometime), default=None)
        if kind in _PASSING and before is not None:
            then = "not said later" if after is None else self._at(after, after.first)
            return Recorded(None, f"{self._at(before, before.last)}; {then}")
        if kind in _LASTING and before is None and after is not None and after.so:
            return Recorded(None, f"by {self._month(after.first)}")
        if kind == "party" and before is not None and before.so and after is not None and self._is_back(who, after):
            back = self._month(after.first)
            return Recorded(None, f"{self._at(before, before.last)}; expelled, and back by {back}")
        return None

    def _at(self, said: _Said, m: int) -> str:
        """What a statement says, and of when: yes in July 1926; yes, some time in April to November 1929."""
        return f"{_yes(said.so)}{f', some time in {self._span(said)}' if said.sometime else f' in {self._month(m)}'}"

    def _is_back(self, leader: str, said: _Said) -> bool:
        """Does a statement say that somebody was readmitted, who was out of the party then."""
        return any(each[:2] == said[:2] for each in self._men({"readmitted": True}, leader))

    def _since(self, said: list[_Said], so: bool, m: int, kind: str) -> Recorded:
        """That it is so, and since when, if it was not always."""
        other = max((each.last for each in said if each.so is not so and each.last < m), default=None)
        if other is None or kind == "open":
            return Recorded(so, _yes(so))
        first = min(each.first for each in said if each.so is so and not each.sometime and each.last > other)
        return Recorded(so, f"{_yes(so)}, since {self._month(first)}")

    def _month(self, m: int) -> str:
        return month(self.scenario.meetings[m].date)

    def _span(self, said: _Said) -> str:
        first, last = self._month(said.first), self._month(said.last)
        return f"{first.removesuffix(last[-5:])} to {last}"

    def _statements(self, kind: str, who: tuple[str, ...]) -> Iterator[_Said]:
        if kind in _PLACES:
            yield from self._of_bloc(kind, self.index.bloc[who[0]])
        elif kind == "allied":
            yield from self._allied(*who)
        elif kind in _STEPS:
            yield from self._standing(who[0], _STEPS[kind], kind)
        elif kind == "capitulated":
            yield from self._capitulated(who[0])
        elif kind == "holds":
            yield from self._holds(*who)

    def _of_bloc(self, kind: str, bloc: int) -> Iterator[_Said]:
        known = _PLACES[kind]
        dated = ((m, m, state, False) for (m, b), state in self.places.items() if b == bloc)
        vague = ((m, last, state, True) for b, state, m, last in spans(self.said, self.places) if b == bloc)
        yield from (_Said(m, last, known[state], some) for m, last, state, some in (*dated, *vague) if state in known)

    def _allied(self, *who: str) -> Iterator[_Said]:
        one, two = (self.index.bloc[bloc] for bloc in who)
        yield _Said(_START, _START, any({*who} <= {*each.blocs} for each in self.scenario.alliances))
        for each in self.said:
            if each.sometime and {each.bloc, each.partner} == {one, two}:
                yield _Said(each.first, each.last, each.state == "allied", True)
        rule = _PLACES["ruling"]
        for m in range(len(self.scenario.meetings)):
            ours, theirs = self._together(m, one), self._together(m, two)
            sides = [rule.get(self.places.get((m, bloc), "")) for bloc in (one, two)]
            ruled = True in sides and None not in sides  # who rules is in one alliance
            if two in ours or (ruled and all(sides)):
                yield _Said(m, m, True)
            if self._apart(m, ours, theirs) or (ruled and not all(sides)):
                yield _Said(m, m, False)

    def _together(self, m: int, bloc: int) -> set[int]:
        """The blocs that the record puts into one alliance with a bloc at meeting m, that bloc among them."""
        found, size = {bloc}, 0
        while size != len(found):
            size = len(found)
            found |= {other for one, other in self.pairs.get((m, "allied"), ()) if one in found}
        return found

    def _apart(self, m: int, ours: set[int], theirs: set[int]) -> bool:
        """Is somebody of one alliance apart from somebody of another at meeting m, and so all of them."""
        return any(one in ours and other in theirs for one, other in self.pairs.get((m, "apart"), ()))

    def _standing(self, leader: str, step: int, kind: str) -> Iterator[_Said]:
        """He stands at a step or a better one; of a man who is deported, that he stands so low."""
        below = kind == "deported"
        start = LADDER.index(self.scenario.leaders[self.index.leader[leader]].standing)
        yield _Said(_START, _START, start >= step if below else start <= step)
        for each in leader_statements(self.scenario):
            if each.leader != self.index.leader[leader]:
                continue
            perhaps = each.share != (1.0, 1.0) or each.when != "throughout"  # true of the others, or at another time
            least, most = (LADDER.index(bound) if bound else None for bound in (each.at_least, each.at_most))
            if least is not None and (least < step if below else least <= step):
                yield _Said(each.first, each.last, not below, perhaps=perhaps)
            elif most is not None and (most >= step if below else most > step):
                yield _Said(each.first, each.last, below, perhaps=perhaps)
        if kind == "party":
            yield from self._men({"readmitted": True}, leader)

    def _capitulated(self, leader: str) -> Iterator[_Said]:
        yield _Said(_START, _START, False)
        yield from self._men({"capitulated": True, "readmitted": True, "holds_out": False}, leader)

    def _holds(self, leader: str, office: str) -> Iterator[_Said]:
        first = self.scenario.offices[self.index.office[office]].holder
        yield _Said(_START, _START, first == leader)
        yield from self._men({"holds": True, "lost": False}, leader, office)
        others = (each.id for each in self.scenario.leaders if each.id != leader)
        for other in others:  # who has an office has it alone
            yield from (_Said(*each[:2], False) for each in self._men({"holds": True}, other, office))

    def _men(self, predicates: dict[str, bool], leader: str, office: str = "") -> Iterator[_Said]:
        """What claims with these predicates say of all of their leaders, of whom he is one."""
        for claim in self.scenario.record:
            if not isinstance(claim, LeaderClaim) or claim.share != (1.0, 1.0) or claim.when not in _ALWAYS:
                continue
            said = predicates.get(getattr(claim, "predicate", ""))
            if said is not None and leader in claim.leaders and getattr(claim, "office", "") in ("", office):
                yield _Said(*window(claim, self.index), said)

    def _happened(self, event: str, m: int) -> Recorded:
        day = next(each.date for each in self.scenario.events if each.id == event)
        so = day <= self.scenario.meetings[m].date
        return Recorded(so, f"yes, in {month(day)}" if so else "no")

    def _break(self, said: list[_Said]) -> Recorded | None:
        """By when two are apart who were allied before."""
        together = min((each.first for each in said if each.so), default=None)
        apart = min((each.first for each in said if not each.so and each.first > (together or 0)), default=None)
        if together is None or apart is None:
            return None
        return Recorded(None, f"by {self._month(apart)}")

    def _least_expelled(self, m: int) -> int:
        """How many leaders at least are expelled by meeting m, by claims that say how low they stand."""
        found, known = 0, set[str]()
        claims = (claim for claim in self.scenario.record if isinstance(claim, StandingClaim) and claim.when in _ALWAYS)
        low = (claim for claim in claims if claim.at_most and LADDER.index(claim.at_most) >= EXPELLED)
        for claim in sorted(low, key=lambda claim: -claim.share[0]):  # the surest first
            if window(claim, self.index)[1] <= m:
                wanted = math.ceil(claim.share[0] * len(claim.leaders) - 1e-9)
                found += max(wanted - len(known & {*claim.leaders}), 0)
                known |= {*claim.leaders}
        return found


def _yes(so: bool) -> str:
    return "yes" if so else "no"
