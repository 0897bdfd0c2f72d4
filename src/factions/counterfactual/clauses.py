"""Findings as clauses: who did what in how many worlds with the change, and in how many without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.choice import named
from factions.counterfactual.courses import ALLIED
from factions.counterfactual.days import day_of
from factions.counterfactual.findings import Finding, rounded
from factions.counterfactual.terms import spoke_for
from factions.statements.outcomes import STATES
from factions.wording import Names, listed, month, out_of, percent

if TYPE_CHECKING:
    from factions.counterfactual.namesakes import Loss
    from factions.counterfactual.responses import Response
    from factions.scenario import Scenario

OF_LEADERS = {kind for kind, state in STATES.items() if state.of == "leader"}
"""Kinds of outcomes that mention a leader."""

_DEEDS = {
    "ruling": ("belonged to the rulers", "did not belong to the rulers"),
    "open": ("opposed openly", "did not oppose openly"),
    "politburo": ("sat in the {politburo}", "had no seat in the {politburo}"),
    "central_committee": ("sat in the {central_committee}", "had no seat in the {central_committee}"),
    "party": ("belonged to the party", "had no place in the party"),
    "deported": ("had been deported", "had not been deported"),
    "capitulated": ("had surrendered", "had not surrendered"),
    ALLIED: ("stood together", "did not stand together"),
}
"""What is said of those whom an outcome names, in words that suit one and several: that it is so, that it is not."""
_DECISIONS = {
    "member": ("{} changed his bloc", "{} did not change his bloc"),
    "allied": ("{} allied", "{} did not ally"),
    "parted": ("{} parted", "{} did not part"),
    "open": ("{} spoke out", "{} did not speak out"),
    "rung": ("the rulers punished {}", "the rulers did not punish {}"),
    "capitulated": ("{} surrendered", "{} did not surrender"),
}
"""What was decided with the change alone, and what was not decided with it, though it was without it."""


class Clauses:
    """Puts findings about a scenario into words.

    `pairs`: how many pairs of worlds there are; `losses`: blocs that have lost the man after whom they are called.
    """

    def __init__(self, scenario: Scenario, pairs: int, losses: Sequence[Loss] = ()) -> None:
        self.scenario, self.names, self.pairs = scenario, Names(scenario), pairs
        self.losses = {loss.bloc: loss for loss in losses}
        self.days = {meeting.id: meeting.date for meeting in scenario.meetings}
        self.men = {leader.id: -leader.prestige for leader in scenario.leaders}
        self.last = scenario.meetings[-1].id

    @property
    def count(self) -> int:
        """Out of how many worlds or pairs shares are told: 100, or all if there are fewer."""
        return min(self.pairs, 100)

    def when(self, meeting: str) -> str:
        """The month of a meeting."""
        return month(self.days[meeting])

    def changed(self, group: Sequence[Finding], counted: bool = True, brief: bool = False) -> str:
        """What differs, of findings of one kind at one meeting; `counted`: say of how many worlds.

        `brief`: of what passes, without its numbers at the end.
        """
        first, shown = group[0], named(self.scenario, tuple(group))
        if first.unit != "probability":
            return self._measured(first)
        after, before = (self.between([getattr(each, side) for each in shown]) for side in ("after", "before"))
        worlds = f" of {self.count} worlds with the change" if counted else " with it"
        text = f"{self._subject(group)} {self._deed(first)[0]} {after}{worlds}, {before} without it"
        if brief and not first.lasts:
            turned = rounded(first.end[0], first.unit) != rounded(first.end[1], first.unit)
            turned = turned and (first.end[1] > first.end[0]) != (first.difference > 0.0)
            return f"{text} ({'the other way round' if turned else 'less so'} at the end)"
        if not first.lasts:
            before, after = (self.between([each.end[side] for each in shown]) for side in (0, 1))
            text += f" (at the end {after} with it, {before} without it)" if after != before else ""
            text += f" (at the end {after}, with and without it)" if after == before else ""
        return text

    def same(self, group: Sequence[Finding]) -> str:
        """What does not differ, of findings of one kind with the same numbers."""
        finding = group[0]
        if finding.unit != "probability":
            return f"{finding.text}: {self._number(finding, finding.after)}, as before"
        rare = max(finding.before, finding.after) < 0.5
        before, after = (1.0 - share if rare else share for share in (finding.before, finding.after))
        here, there = out_of(before, self.count), out_of(after, self.count)
        told = f"in {there} of {self.count} worlds"
        told += ", with and without the change" if here == there else f" with the change, in {here} without it"
        return f"{self._subject(group)} still {self._deed(finding)[rare]} ({told})"

    def alike(self, finding: Finding) -> tuple[object, ...]:
        """What findings share that `same` tells together."""
        single = finding.text if len(finding.who) > 1 or finding.kind in ("claim", "happened") else finding.unit
        numbers = (out_of(share, self.count) for share in (finding.before, finding.after))
        return finding.kind, finding.meeting, single, *numbers

    def decision(self, responses: Sequence[Response]) -> str:
        """A decision that differs first, of one or of several, as it is with the change."""
        first = responses[0]
        of_men = first.kind in ("member", *OF_LEADERS)
        who = [
            self.names.leaders[name] if of_men else self.bloc(name, first.meeting)
            for each in responses
            for name in each.who
        ]
        return _DECISIONS[first.kind][0 if first.more else 1].format(listed(dict.fromkeys(who)))

    def response(self, responses: Sequence[Response], shares: Sequence[float]) -> str:
        """A decision that differs first, with its month and in how many pairs that is so."""
        first = responses[0]
        otherwise = "which did not happen without it" if first.more else "which happened without it"
        many = self.between(shares).removeprefix("each ").removeprefix("in ")
        why = f"; {side_of(first)} {spoke_for(first.kind, first.term)} spoke for it" if first.term else ""
        when = f"in {self.when(first.meeting)}, {otherwise}"
        return f"{self.decision(responses)} {when} ({many} of {self.count} pairs{why})"

    def bloc(self, name: str, meeting: str) -> str:
        """A bloc as it is called; of one that has lost the man after whom it is called, that this is so."""
        loss, words = self.losses.get(name), self.names.blocs[name]
        where = loss.where(meeting) if loss is not None else None
        if loss is None or where is None:
            return words
        return f"{words} ({where}, {self.names.called[loss.leader]} {loss.fate})"

    def _measured(self, finding: Finding) -> str:
        """What differs in a quantity."""
        before, after = (self._number(finding, value) for value in (finding.before, finding.after))
        if finding.kind == "break":
            return self._parted(finding)
        if finding.kind == "influence":
            return f"{self._subject([finding])} had {after} of the influence with the change, {before} without it"
        if finding.kind == "expulsions":
            after, before = (_none(finding.after, after), _none(finding.before, before))
            leaders = f"of {len(self.men)} leaders had been expelled"
            return f"on average {after} {leaders} with the change, {before} without it"
        return f"{finding.text}: {after} with the change, {before} without it"

    def _parted(self, finding: Finding) -> str:
        """When two blocs parted, or in how many worlds: that they never do is no date."""
        who, never = self._subject([finding]), finding.never
        if never is None or never == (0.0, 0.0):
            later = "later" if finding.difference > 0 else "earlier"
            return f"{who} parted company {abs(finding.difference):.1f} years {later} on average"
        before, after = (out_of(1.0 - share, self.count) for share in never)
        text = f"{who} parted company in {after} of {self.count} worlds with the change, in {before} without it"
        then = [
            f"{month(day_of(when))} {side}"
            for when, side in zip(finding.dates, ("without it", "with it"), strict=True)
            if when is not None
        ]
        if len(then) == 2 and before == after:
            here, there = (month(day_of(when)) for when in finding.dates if when is not None)
            return f"{who} parted company on average in {there} with the change, in {here} without it"
        return f"{text} (on average in {' and in '.join(reversed(then))})"

    def _number(self, finding: Finding, value: float) -> str:
        if finding.unit == "year":
            return month(day_of(value))
        return percent(value) if finding.unit == "share" else f"{rounded(value, finding.unit):.1f}"

    def _deed(self, finding: Finding) -> tuple[str, str]:
        if finding.kind == "claim":
            return "came true", "did not come true"
        if finding.kind == "happened":
            return "happened", "did not happen"
        if finding.kind == "holds":
            office = self.names.offices[finding.who[1]]
            return f"held {office}", f"did not hold {office}"
        done, undone = (words.format(**self.names.bodies) for words in _DEEDS[finding.kind])
        return done, undone

    def _subject(self, group: Sequence[Finding]) -> str:
        """Those of whom it is said: both blocs of a pair, one man of an office, several leaders."""
        if group[0].kind == "claim":
            return f"“{group[0].text}”"
        if group[0].kind == "happened":
            return f"“{self.names.events[group[0].who[0]]}”"
        first, shown = group[0], named(self.scenario, tuple(group))
        if len(first.who) > 1:
            return self._pairs(shown) if first.kind != "holds" else self.names.leaders[first.who[0]]
        of_men = first.kind in OF_LEADERS
        names = [
            self.names.leaders[each.who[0]] if of_men else self._bloc_or_leader(each.who[0], each.meeting)
            for each in shown
        ]
        return listed(names) if len(shown) == len(group) else f"{', '.join(names)} and others"

    def _pairs(self, group: Sequence[Finding]) -> str:
        """Pairs of blocs: the two, any two of several, or each pair by itself."""
        at = group[0].meeting if group[0].kind != "break" else ""  # which has a day of its own in each world
        blocs = list(dict.fromkeys(name for each in group for name in each.who))
        if len(group) == 1:
            return listed(self.bloc(name, at) for name in group[0].who)
        if len(group) == len(blocs) * (len(blocs) - 1) // 2:
            return f"any two of {listed(self.bloc(name, at) for name in blocs)}"
        return listed(listed((self.bloc(name, at) for name in each.who), "with") for each in group)

    def _bloc_or_leader(self, name: str, meeting: str) -> str:
        """Of a bloc and a leader of one id the bloc."""
        return self.bloc(name, meeting) if name in self.names.blocs else self.names.leaders[name]

    def between(self, shares: Sequence[float]) -> str:
        """In how many worlds, of one or of several: their numbers lie between two."""
        low, high = (out_of(share, self.count) for share in (min(shares), max(shares)))
        if (low, high) == ("0", out_of(1e-9, self.count)):
            return f"in {high}"
        return f"in {low}" if low == high else f"each in {low} to {high}"


def side_of(response: Response) -> str:
    """On which side of a pair a decision is taken that differs."""
    return "with the change" if response.more else "without the change"


def _none(value: float, words: str) -> str:
    """A mean number; one that rounds to nothing in words."""
    return words if words != "0.0" else "almost none" if value > 0.0 else "none"
