"""Findings as clauses: who did what in how many worlds with the change, and in how many without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, outcome_name
from factions.counterfactual.courses import ALLIED
from factions.counterfactual.days import day_of
from factions.counterfactual.extinct import OFTEN
from factions.counterfactual.findings import Finding, Findings, rounded
from factions.counterfactual.terms import because
from factions.statements.outcomes import STATES
from factions.statements.recorded import Record
from factions.wording import Names, listed, month, out_of, percent

if TYPE_CHECKING:
    from factions.counterfactual.responses import Response
    from factions.scenario import Scenario

_NONE = Findings()

_COUNTED = 3
"""Those who have a number each; of more the least and the greatest are told."""

OF_LEADERS = {kind for kind, state in STATES.items() if state.of == "leader"}
"""Kinds of outcomes that mention a leader."""
_OF_BLOCS = ("ruling", "open", ALLIED)
"""Kinds of what only a bloc can do that has somebody of influence."""

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
    "open": ("{} spoke out", "{} kept silent"),
    "rung": ("the rulers punished {}", "the rulers did not punish {}"),
    "capitulated": ("{} surrendered", "{} did not surrender"),
}
"""What was decided with the change alone, and what was not decided with it, though it was without it."""


class Clauses:
    """Puts findings about a scenario into words.

    `pairs`: how many pairs of worlds there are; `findings`: all that was found, for what has become of blocs.
    """

    def __init__(self, scenario: Scenario, pairs: int, findings: Findings = _NONE) -> None:
        self.scenario, self.names, self.pairs = scenario, Names(scenario), pairs
        self.record = Record(scenario)
        self.extinct = {each.bloc: each.shares for each in findings.extinct}
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

    def changed(self, group: Sequence[Finding], counted: bool = True, brief: bool = False, since: str = "") -> str:
        """What differs, of findings of one kind at one meeting; `counted`: say of how many worlds.

        `brief`: without what is documented; `since`: from when on.
        """
        first, shown = group[0], named(self.scenario, tuple(group))
        if first.unit != "probability":
            return _noted(self._measured(first), [] if brief else [since, self.documented([first])])
        many = self._each if len(shown) == len(group) else self.between
        after, before = (many([getattr(each, side) for each in shown]) for side in ("after", "before"))
        worlds = f" of {self.count} worlds with the change" if counted else " with it"
        text = f"{self.subject(group)} {self.deed(first)[0]} {after}{worlds}, {before} without it"
        if not brief:
            end = "" if first.lasts else self._at_the_end(shown)
            return _noted(text, [since, self.documented(shown), end])
        return text if first.lasts else f"{text} ({self._at_the_end(shown)})"

    def _at_the_end(self, shown: Sequence[Finding]) -> str:
        """The numbers at the end of what differs for a time."""
        before, after = (self._each([each.end[side] for each in shown]) for side in (0, 1))
        return (
            f"at the end {after}, with and without it"
            if before == after
            else (f"at the end {after} with it, {before} without it")
        )

    def documented(self, shown: Sequence[Finding]) -> str:
        """What the record says of findings of one kind; "" where it is silent."""
        known = [(each, said) for each in shown if (said := self.record.of(outcome_name(each))) is not None]
        if not known:
            return ""
        words = list(dict.fromkeys(said.words for _, said in known))
        if len(words) == 1 and len(known) == len(shown):
            return f"documented: {words[0]}"
        each_of = self.names.blocs | (self.names.leaders if shown[0].kind in OF_LEADERS else {})
        return f"documented: {', '.join(f'{each_of[each.who[0]]} {said.words}' for each, said in known)}"

    def gone(self, findings: Sequence[Finding]) -> str:
        """Which blocs of these findings, low in number at the end, often have nobody of influence left then; or ""."""
        low: dict[str, tuple[float, float]] = {}
        for each in (each for each in findings if each.kind in _OF_BLOCS):
            for bloc in (name for name in each.who if self.last in self.extinct.get(name, {})):
                shares = self.extinct[bloc][self.last]
                if any(share >= OFTEN and value < 0.5 for share, value in zip(shares, each.end, strict=True)):
                    low[bloc] = shares
        if not low:
            return ""
        before, after = (self.between([shares[side] for shares in low.values()]) for side in (0, 1))
        many = f"{after} of {self.count} worlds with the change, {before} without it"
        return f"at the end {self.names.bloc_list(low)} had nobody of influence left {many}"

    def same(self, group: Sequence[Finding]) -> str:
        """What does not differ, of findings of one kind with the same numbers."""
        finding, known = group[0], [self.documented(group)]
        if finding.unit != "probability":
            return _noted(f"{finding.text}: {self._number(finding, finding.after)}, as before", known)
        rare = max(finding.before, finding.after) < 0.5
        before, after = (1.0 - share if rare else share for share in (finding.before, finding.after))
        here, there = out_of(before, self.count), out_of(after, self.count)
        told = f"in {there} of {self.count} worlds"
        told += ", with and without the change" if here == there else f" with the change, in {here} without it"
        return f"{self.subject(group)} still {self.deed(finding)[rare]} ({'; '.join(filter(None, [told, *known]))})"

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
            self.names.leaders[name] if of_men else self.names.blocs[name] for each in responses for name in each.who
        ]
        return _DECISIONS[first.kind][0 if first.more else 1].format(listed(dict.fromkeys(who)))

    def response(self, responses: Sequence[Response], shares: Sequence[float]) -> str:
        """A decision that differs first, with its month, what spoke for it, and in how many pairs that is so."""
        first = responses[0]
        often = f"{self.between(shares).removeprefix('each ')} of {self.count} worlds"
        decided = f"{self.decision(responses)} in {self.when(first.meeting)}"
        return because(decided, often, first.kind, first.term, first.more)

    def _measured(self, finding: Finding) -> str:
        """What differs in a quantity."""
        before, after = (self._number(finding, value) for value in (finding.before, finding.after))
        if finding.kind == "break":
            return self._parted(finding)
        if finding.kind == "influence":
            return f"{self.subject([finding])} had {after} of the influence with the change, {before} without it"
        if finding.kind == "expulsions":
            after, before = (_none(finding.after, after), _none(finding.before, before))
            leaders = f"of {len(self.men)} leaders had been expelled"
            return f"on average {after} {leaders} with the change, {before} without it"
        return f"{finding.text}: {after} with the change, {before} without it"

    def _parted(self, finding: Finding) -> str:
        """When two blocs parted, or in how many worlds: that they never do is no date."""
        who, never = self.subject([finding]), finding.never
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

    def deed(self, finding: Finding) -> tuple[str, str]:
        """That it is so, and that it is not so."""
        if finding.kind == "claim":
            return "came true", "did not come true"
        if finding.kind == "happened":
            return "happened", "did not happen"
        if finding.kind == "holds":
            office = self.names.offices[finding.who[1]]
            return f"held {office}", f"did not hold {office}"
        done, undone = (words.format(**self.names.bodies) for words in _DEEDS[finding.kind])
        return done, undone

    def subject(self, group: Sequence[Finding]) -> str:
        """Those of whom it is said: both blocs of a pair, one man of an office, several leaders."""
        if group[0].kind == "claim":
            return f"“{group[0].text}”"
        if group[0].kind == "happened":
            return f"“{self.names.events[group[0].who[0]]}”"
        first, shown = group[0], named(self.scenario, tuple(group))
        if len(first.who) > 1:
            return self._pairs(shown) if first.kind != "holds" else self.names.leaders[first.who[0]]
        of_men = first.kind in OF_LEADERS
        names = [self.names.leaders[each.who[0]] if of_men else self._bloc_or_leader(each.who[0]) for each in shown]
        return listed(names) if len(shown) == len(group) else f"{', '.join(names)} and others"

    def _pairs(self, group: Sequence[Finding]) -> str:
        """Pairs of blocs: the two, any two of several, or each pair by itself."""
        blocs = list(dict.fromkeys(name for each in group for name in each.who))
        if len(group) == 1:
            return listed(self.names.blocs[name] for name in group[0].who)
        if len(group) == len(blocs) * (len(blocs) - 1) // 2:
            return f"any two of {listed(self.names.blocs[name] for name in blocs)}"
        return listed(listed((self.names.blocs[name] for name in each.who), "with") for each in group)

    def _bloc_or_leader(self, name: str) -> str:
        """Of a bloc and a leader of one id the bloc."""
        return self.names.blocs[name] if name in self.names.blocs else self.names.leaders[name]

    def _each(self, shares: Sequence[float]) -> str:
        """In how many worlds, a number for each of up to three; of more, between which two."""
        numbers = [out_of(share, self.count) for share in shares]
        return f"in {listed(numbers)}" if len({*numbers}) > 1 and len(numbers) <= _COUNTED else self.between(shares)

    def between(self, shares: Sequence[float]) -> str:
        """In how many worlds, of one or of several: their numbers lie between two."""
        low, high = (out_of(share, self.count) for share in (min(shares), max(shares)))
        if (low, high) == ("0", out_of(1e-9, self.count)):
            return f"in {high}"
        if low.startswith("less than"):
            return f"each in {high} or less"
        return f"in {low}" if low == high else f"each in {low} to {high}"


def _noted(text: str, notes: Sequence[str]) -> str:
    """A clause with notes in its brackets, those that are not empty."""
    said = "; ".join(filter(None, notes))
    if not said:
        return text
    return f"{text[:-1]}; {said})" if text.endswith(")") else f"{text} ({said})"


def _none(value: float, words: str) -> str:
    """A mean number; one that rounds to nothing in words."""
    return words if words != "0.0" else "almost none" if value > 0.0 else "none"
