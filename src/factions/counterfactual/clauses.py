"""Findings as clauses: who did what in how many pairs, with the change and without it."""

from __future__ import annotations

from collections.abc import Sequence
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
        """Out of how many pairs shares are told: 100, or all if there are fewer."""
        return min(self.pairs, 100)

    def when(self, meeting: str) -> str:
        """The month of a meeting."""
        return month(self.days[meeting])

    def changed(self, group: Sequence[Finding], counted: bool = True) -> str:
        """What differs, of findings of one kind at one meeting; `counted`: say of how many pairs."""
        first = group[0]
        if first.unit != "probability":
            return self._measured(first)
        pairs = f" of {self.count} pairs" if counted else ""
        text = f"{self._subject(group)} {self._deed(first)[0]} in {self._counts(group)}{pairs}"
        if not first.lasts:
            ends = " against ".join(out_of(share, self.count) for share in reversed(first.end))
            text += f" (at the end {ends})"
        return text

    def same(self, group: Sequence[Finding]) -> str:
        """What does not differ, of findings of one kind with the same numbers."""
        finding = group[0]
        if finding.unit != "probability":
            return f"{finding.text}: {self._number(finding, finding.after)}, as before"
        rare = max(finding.before, finding.after) < 0.5
        before, after = (1.0 - share if rare else share for share in (finding.before, finding.after))
        here, there = out_of(before, self.count), out_of(after, self.count)
        counts = f"{there} of {self.count} pairs, with and without" if here == there else f"{there} against {here}"
        counts += "" if here == there else f" of {self.count} pairs"
        return f"{self._subject(group)} still {self._deed(finding)[rare]} ({counts})"

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
            later = "later" if finding.difference > 0 else "earlier"
            return f"{self._subject([finding])} parted company {abs(finding.difference):.1f} years {later} on average"
        if finding.kind == "influence":
            return f"{self._subject([finding])} had {after} instead of {before} of the influence"
        if finding.kind == "expulsions":
            return f"{after} instead of {before} leaders had been expelled, on average"
        return f"{finding.text}: {after} instead of {before}"

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

    def _counts(self, group: Sequence[Finding]) -> str:
        return (
            f"{self._range([each.after for each in group])} instead of {self._range([each.before for each in group])}"
        )

    def _range(self, shares: Sequence[float]) -> str:
        low, high = min(shares) * self.count, max(shares) * self.count
        return out_of(sum(shares) / len(shares), self.count) if high - low <= NEAR else f"{low:.0f} to {high:.0f}"
