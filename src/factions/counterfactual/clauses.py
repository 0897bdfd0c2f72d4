"""Findings as clauses: who did what in how many worlds with the change, and in how many without it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from factions.counterfactual.courses import PARTNERED
from factions.counterfactual.findings import Finding, rounded
from factions.statements.outcomes import STATES
from factions.wording import Names, listed, month, out_of, percent

if TYPE_CHECKING:
    from factions.counterfactual.responses import Response
    from factions.scenario import Scenario

NAMED = 3
"""Leaders or blocs that a clause names if there are more."""

OF_LEADERS = {kind for kind, state in STATES.items() if state.of == "leader"}
"""Kinds of outcomes that mention a leader."""

NEAR = 5.0
"""Pairs within which the numbers of several leaders are told as one, their mean."""

_DEEDS = {
    "ruling": ("ruled", "did not rule"),
    "open": ("opposed openly", "did not oppose openly"),
    "politburo": ("sat in the Politburo", "had no seat in the Politburo"),
    "central_committee": ("sat in the Central Committee", "had no seat in the Central Committee"),
    "party": ("belonged to the party", "had no place in the party"),
    "deported": ("had been deported", "had not been deported"),
    "capitulated": ("had surrendered", "had not surrendered"),
    "allied": ("stood together", "did not stand together"),
    PARTNERED: ("had allies in opposition", "had no allies in opposition"),
}
"""What is said of those whom an outcome names, in words that suit one and several: that it is so, that it is not."""
_ANSWERS = {
    "member": ("{} changed his bloc", "{} stayed in his bloc"),
    "allied": ("{} allied", "{} did not ally"),
    "open": ("{} spoke out", "{} kept quiet"),
    "rung": ("the rulers punished {}", "the rulers spared {}"),
    "capitulated": ("{} surrendered", "{} held out"),
}
"""What was decided with the change alone, and what instead of that which was decided without it alone."""


class Clauses:
    """Puts findings about a scenario into words; `pairs`: how many pairs of worlds there are."""

    def __init__(self, scenario: Scenario, pairs: int) -> None:
        self.names, self.pairs = Names(scenario), pairs
        self.days = {meeting.id: meeting.date for meeting in scenario.meetings}
        self.men = {leader.id: -leader.prestige for leader in scenario.leaders}
        self.blocs = {bloc.id: float(k) for k, bloc in enumerate(scenario.blocs)}
        self.last = scenario.meetings[-1].id

    @property
    def count(self) -> int:
        """Out of how many worlds or pairs shares are told: 100, or all if there are fewer."""
        return min(self.pairs, 100)

    def when(self, meeting: str) -> str:
        """The month of a meeting."""
        return month(self.days[meeting])

    def changed(self, group: Sequence[Finding], counted: bool = True) -> str:
        """What differs, of findings of one kind at one meeting; `counted`: say of how many worlds."""
        first = group[0]
        if first.unit != "probability":
            return self._measured(first)
        after, before = (self._range([getattr(each, side) for each in group]) for side in ("after", "before"))
        worlds = f" of {self.count} worlds with the change" if counted else " with it"
        text = f"{self._subject(group)} {self._deed(first)[0]} {after}{worlds}, {before} without it"
        if not first.lasts:
            before, after = (out_of(share, self.count) for share in first.end)
            text += (
                f" (at the end in {after} with it, in {before} without it)"
                if after != before
                else f" (at the end {after} in both)"
            )
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
        single = finding.text if len(finding.who) > 1 or finding.kind == "claim" else finding.unit
        numbers = (out_of(share, self.count) for share in (finding.before, finding.after))
        return finding.kind, finding.meeting, single, *numbers

    def response(self, response: Response) -> str:
        """A decision that differs first, as it is with the change."""
        names = self.names.leaders if response.kind in ("member", *OF_LEADERS) else self.names.blocs
        deed = _ANSWERS[response.kind][0 if response.more else 1].format(listed(names[who] for who in response.who))
        return f"{deed} in {self.when(response.meeting)} ({out_of(response.share, self.count)} of {self.count} pairs)"

    def _measured(self, finding: Finding) -> str:
        """What differs in a quantity."""
        before, after = (self._number(finding, value) for value in (finding.before, finding.after))
        if finding.kind == "break":
            return self._parted(finding)
        if finding.kind == "influence":
            return f"{self._subject([finding])} had {after} of the influence with the change, {before} without it"
        if finding.kind == "expulsions":
            after, before = ("none" if value == "0.0" else value for value in (after, before))
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
        return f"{text} (on average in {' and in '.join(reversed(then))})"

    def _number(self, finding: Finding, value: float) -> str:
        return percent(value) if finding.unit == "share" else f"{rounded(value, finding.unit):.1f}"

    def _deed(self, finding: Finding) -> tuple[str, str]:
        if finding.kind == "claim":
            return "came true", "did not come true"
        if finding.kind == "holds":
            office = self.names.offices[finding.who[1]]
            return f"held {office}", f"did not hold {office}"
        return _DEEDS[finding.kind]

    def _subject(self, group: Sequence[Finding]) -> str:
        """Those of whom it is said: both blocs of a pair, one man of an office, several leaders."""
        if group[0].kind == "claim":
            return f"“{group[0].text}”"
        if len(group[0].who) > 1:
            return (
                self.names.bloc_list(group[0].who) if group[0].kind != "holds" else self.names.leaders[group[0].who[0]]
            )
        names, rank = (self.names.leaders, self.men) if group[0].kind in OF_LEADERS else (self._either, self.blocs)
        who = sorted((finding.who[0] for finding in group), key=lambda each: rank.get(each, 0.0))
        shown = [names[each] for each in who]
        more = len(shown) - NAMED
        return listed(shown) if more < 2 else f"{', '.join(shown[:NAMED])} and {more} others"

    @property
    def _either(self) -> dict[str, str]:
        """Names by id; of a bloc and a leader of one id that of the bloc."""
        return self.names.leaders | self.names.blocs

    def _range(self, shares: Sequence[float]) -> str:
        """In how many worlds, of one or of several: these have a number each."""
        low, high = min(shares), max(shares)
        if (high - low) * self.count <= NEAR:
            return f"in {out_of(sum(shares) / len(shares), self.count)}"
        return f"each in {out_of(low, self.count)} to {out_of(high, self.count)}"


def day_of(year: float) -> date:
    """The day of a decimal year.

    >>> day_of(1925.5)
    datetime.date(1925, 7, 2)
    """
    first = date(int(year), 1, 1)
    return first + timedelta(days=round((year - int(year)) * (date(int(year) + 1, 1, 1) - first).days))
