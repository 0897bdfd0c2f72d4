"""Findings as clauses: who did what in how many worlds with the change, and in how many without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, outcome_name
from factions.counterfactual.courses import ALLIED
from factions.counterfactual.days import day_of
from factions.counterfactual.finding import Finding, rounded
from factions.counterfactual.findings import Findings
from factions.counterfactual.hidden import readmitted, with_none
from factions.counterfactual.terms import differed, reason
from factions.counterfactual.verbs import DECISIONS, DEEDS, TURNS
from factions.statements.outcomes import STATES
from factions.statements.recorded import Record
from factions.wording import Names, listed, month, out_of, percent

if TYPE_CHECKING:
    from factions.counterfactual.contrasts import Contrast
    from factions.counterfactual.responses import Response
    from factions.scenario import Scenario

_NONE = Findings()

OF_LEADERS = {kind for kind, state in STATES.items() if state.of == "leader"}
"""Kinds of outcomes that mention a leader."""
_OF_BLOCS = ("ruling", "open", ALLIED)
"""Kinds of what only a bloc can do that has somebody of influence."""

_SLIGHT = 0.05
"""Shares of worlds that lie nearer to each other at the end are told as little difference."""


class Clauses:
    """Puts findings about a scenario into words.

    `pairs`: how many pairs of worlds there are; `findings`: all that was found, for what has become of blocs; `rows`:
    the contrasts, for what a number hides.
    """

    def __init__(
        self, scenario: Scenario, pairs: int, findings: Findings = _NONE, rows: Sequence[Contrast] = ()
    ) -> None:
        self.scenario, self.names, self.pairs = scenario, Names(scenario), pairs
        self.rows = {row.outcome: row for row in rows}
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

    def changed(self, group: Sequence[Finding], counted: bool = True, brief: bool = False) -> str:
        """What differs, of findings of one kind at one meeting, with its month unless it lasts to the end.

        `counted`: say of how many worlds; `brief`: without what is documented.
        """
        first, shown = group[0], named(self.scenario, tuple(group))
        if first.unit != "probability":
            return _noted(self._measured(first, counted), "" if brief else self.documented([first]))
        after, before = ([getattr(each, side) for each in shown] for side in ("after", "before"))
        numbers = self._both(after, before) if counted else f"in {self._each(after)} against {self._each(before)}"
        if first.course in ("later", "earlier") and first.start is not None:
            comes, goes, state = (words.format(**self.names.bodies) for words in TURNS[first.kind])
            turn = goes if first.start >= 0.5 else comes
            still = "still " if first.start >= 0.5 and first.course == "later" else ""
            text = (
                f"{self.subject(group)} {turn} {first.course}: in {self.when(first.meeting)} {still}{state} {numbers}"
            )
        else:
            when = "" if first.lasts else f"in {self.when(first.meeting)} "
            text = f"{when}{self.subject(group)} {self.deed(first)[0]} {numbers}"
        text = (
            text if brief else _noted(text, "; ".join(filter(None, [self._readmitted(shown), self.documented(shown)])))
        )
        return text if first.lasts else f"{text}{self._at_the_end(shown, brief)}"

    def _at_the_end(self, shown: Sequence[Finding], brief: bool) -> str:
        """What becomes of it at the end, as a clause or a sentence that follows; `brief`: without a reason."""
        before, after = (self._each([each.end[side] for each in shown]) for side in (0, 1))
        if not any(each.end_clear for each in shown):
            return "; at the end there was no difference in that"
        if shown[0].course == "reversed":
            often = "more" if shown[0].end[1] > shown[0].end[0] else "less"
            return (
                f". At the end it was so {often} often: in {after} against {before}{'' if brief else self._gone(shown)}"
            )
        if all(abs(each.end[1] - each.end[0]) < _SLIGHT for each in shown):
            return "; at the end there was little difference in that"
        return f"; at the end in {after} against {before}"

    def _gone(self, shown: Sequence[Finding]) -> str:
        """That blocs hardly do something because hardly anybody is left of them without the change; or nothing."""
        gone = [self.extinct[name][self.last][0] for each in shown for name in each.who if name in self.extinct]
        if shown[0].kind != "open" or not gone or min(gone) < 0.5:
            return ""
        return f", where without the change nobody of them was left in the party in {self._each(gone)}"

    def documented(self, shown: Sequence[Finding]) -> str:
        """What the record says of findings of one kind, and whether the worlds without the change miss it; "" if not.

        One word, and one date at most: of several men the dates are left to the tables.
        """
        known = [(each, said) for each in shown if (said := self.record.of(outcome_name(each))) is not None]
        known = [(each, said) for each, said in known if said.so is not None or each.unit != "probability"]
        if not known:
            return ""
        unlike = ""
        if all(self.misses(each) for each, _ in known):
            near = all(self.nearer(each) for each, _ in known)
            unlike = f"; unlike most worlds without the change{', like those with it' if near else ''}"
        words = {said.words for _, said in known}
        so = {said.so for _, said in known}
        if len(words) == 1 and len(known) == len(shown) == 1:
            return f"documented: {known[0][1].words}{unlike}"
        if so in ({True}, {False}) and len(known) == len(shown):
            return f"documented: {'yes, all' if True in so else 'no, none'}{unlike}"
        each_of = self.names.blocs | (self.names.called if shown[0].kind in OF_LEADERS else {})
        said_of = ", ".join(f"{each_of[each.who[0]]} {said.words.partition(',')[0]}" for each, said in known)
        return f"documented: {said_of}{unlike}"

    def misses(self, finding: Finding) -> bool:
        """Is a finding documented otherwise than in most worlds without the change."""
        said = self.record.of(outcome_name(finding)) if finding.unit == "probability" else None
        return said is not None and said.so is not None and (finding.before >= 0.5) != said.so

    def nearer(self, finding: Finding) -> bool:
        """Is a finding that most worlds without the change miss documented as most worlds with the change have it."""
        return self.misses(finding) and (finding.after >= 0.5) != (finding.before >= 0.5)

    def same(self, group: Sequence[Finding]) -> str:
        """What does not differ, of findings of one kind with the same numbers; the numbers stand in a table."""
        finding = group[0]
        if finding.unit != "probability":
            return f"{finding.text}: {self._number(finding, finding.after)}, as before"
        rare = max(finding.before, finding.after) < 0.5
        return f"{self.subject(group)} {self.deed(finding)[rare]}"

    def alike(self, finding: Finding) -> tuple[object, ...]:
        """What findings share that `same` tells together."""
        single = finding.text if len(finding.who) > 1 or finding.kind in ("claim", "happened") else finding.unit
        return finding.kind, finding.meeting, single, max(finding.before, finding.after) < 0.5

    def decision(self, responses: Sequence[Response]) -> str:
        """A decision that differs first, of one or of several, as it is with the change."""
        first = responses[0]
        of_men = first.kind in ("member", *OF_LEADERS)
        who = [self.names.called[name] if of_men else self.names.blocs[name] for each in responses for name in each.who]
        return DECISIONS[first.kind][0 if first.more else 1].format(listed(dict.fromkeys(who)))

    def response(
        self, responses: Sequence[Response], shares: Sequence[float], elsewhere: Sequence[Response] = ()
    ) -> str:
        """A decision that differs first, with its month, in how many pairs that is so, and what differed behind it.

        `elsewhere`: the same decision at other meetings, in other pairs.
        """
        first = responses[0]
        others = [f"in {self._each([row.share])} others in {self.when(row.meeting)}" for row in elsewhere]
        often = "; ".join([f"only with the change, in {self.among(shares, 'pair')}", *others])
        decided = f"in {self.when(first.meeting)} {self.decision(responses)} ({often})"
        why = self.spoke(first)
        return f"{decided}, because {why}" if why else decided

    def spoke(self, response: Response) -> str:
        """What differed behind a decision, else what spoke for it, with in how many pairs; "" if neither is known."""
        if response.cause is not None:
            return _noted_in(differed(response.cause, self.names.blocs), _agreement(response))
        bargained = response.kind in ("allied", "parted")  # of which the other run has the term too
        spoke = reason(response.kind, response.term, response.more) if response.term and not bargained else ""
        return _noted_in(f"{spoke} spoke for it", _agreement(response)) if spoke else ""

    def effect(self, group: Sequence[Finding]) -> str:
        """What differs, without numbers: that it is so more or less often, or comes later or earlier."""
        first = group[0]
        if first.course in ("later", "earlier") and first.start is not None:
            comes, goes, _ = (words.format(**self.names.bodies) for words in TURNS[first.kind])
            return f"{self.subject(group)} {goes if first.start >= 0.5 else comes} {first.course}"
        return f"{self.subject(group)} {self.deed(first)[0]} {'more' if first.difference > 0 else 'less'} often"

    def numbers(self, group: Sequence[Finding]) -> str:
        """In how many worlds it is so, with the change and without it, and when: in brackets."""
        shown = named(self.scenario, tuple(group))
        after, before = (self._each([getattr(each, side) for each in shown]) for side in ("after", "before"))
        when = "at the end" if group[0].lasts else f"in {self.when(group[0].meeting)}"
        return f"({when} in {after} against {before})"

    def _measured(self, finding: Finding, counted: bool) -> str:
        """What differs in a quantity."""
        before, after = (self._number(finding, value) for value in (finding.before, finding.after))
        without = f"against {before}{' without the change' if counted else ''}"
        if finding.kind == "break":
            return self._parted(finding)
        if finding.kind == "influence":
            return f"{self.subject([finding])} had {after} of the influence, {without}"
        if finding.kind == "expulsions":
            none = [with_none(self._row(finding), side, self.count) for side in (0, 1)]
            after, before = (_none(finding.after, after), _none(finding.before, before))
            without = f"against {before}{' without the change' if counted else ''}{none[0]}"
            said = f"{after} of {len(self.men)} leaders had been expelled{none[1]}, {without}"
            return f"{said} on average" if finding.after == 0.0 else f"on average {said}"
        return f"{finding.text}: {after}, {without}"

    def _row(self, finding: Finding) -> Contrast | None:
        """The contrast of what a finding tells."""
        return self.rows.get(outcome_name(finding).removesuffix(f"@{self.last}"))

    def _readmitted(self, shown: Sequence[Finding]) -> str:
        """Of one man in the party: in how many worlds he is there since he was taken back; "" if in few."""
        return readmitted(self._row(shown[0]), self.count) if len(shown) == 1 else ""

    def _parted(self, finding: Finding) -> str:
        """When two blocs parted, or in how many worlds: that they never do is no date."""
        who, never = self.subject([finding]), finding.never
        if never is None or never == (0.0, 0.0):
            later = "later" if finding.difference > 0 else "earlier"
            return f"{who} parted {abs(finding.difference):.1f} years {later} on average"
        before, after = (1.0 - share for share in never)
        here, there = finding.dates
        if out_of(before, self.count) == out_of(after, self.count) and here is not None and there is not None:
            return f"{who} parted on average in {month(day_of(there))}, without the change in {month(day_of(here))}"
        return f"{who} parted {self._both([after], [before])}"

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
        done, undone = (words.format(**self.names.bodies) for words in DEEDS[finding.kind])
        return done, undone

    def subject(self, group: Sequence[Finding]) -> str:
        """Those of whom it is said: both blocs of a pair, one man of an office, several leaders."""
        if group[0].kind == "claim":
            return f"“{group[0].text}”"
        if group[0].kind == "happened":
            return f"“{self.names.events[group[0].who[0]]}”"
        first, shown = group[0], named(self.scenario, tuple(group))
        if len(first.who) > 1:
            return self._pairs(shown) if first.kind != "holds" else self.names.called[first.who[0]]
        of_men = first.kind in OF_LEADERS
        names = [self.names.called[each.who[0]] if of_men else self._bloc_or_leader(each.who[0]) for each in shown]
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
        return self.names.blocs[name] if name in self.names.blocs else self.names.called[name]

    def among(self, shares: Sequence[float], noun: str = "world") -> str:
        """In how many worlds, or pairs: every world, no world, 12 and 15 of 100 worlds."""
        if {*shares} in ({0.0}, {1.0}):
            return f"{'every' if shares[0] else 'no'} {noun}"
        return f"{self._each(shares)} of {self.count} {noun}s"

    def _both(self, after: Sequence[float], before: Sequence[float]) -> str:
        """In how many worlds with the change, and without it; of how many there are is said once."""
        without = self._each(before)
        if {*after} in ({0.0}, {1.0}) and {*before} not in ({0.0}, {1.0}):
            without += f" of {self.count}"
        return f"in {self.among(after)}, against {without} without the change"

    def _each(self, shares: Sequence[float]) -> str:
        """How many worlds: a number for each, or one if all have the same; in words if it is all or none."""
        if {*shares} in ({0.0}, {1.0}):
            return "all" if shares[0] else "none"
        numbers = [out_of(share, self.count) for share in shares]
        return listed(numbers) if len({*numbers}) > 1 else numbers[0]


def _noted(text: str, note: str) -> str:
    """A clause with a note in brackets, if there is one."""
    return f"{text} ({note})" if note else text


def _agreement(response: Response) -> str:
    """In how many of the pairs that were looked at a reason is found."""
    agree, looked = response.agree, response.looked
    return f"in {'all' if agree == looked else f'{agree} of'} {looked} pairs looked at" if looked > 1 else ""


def _noted_in(text: str, note: str) -> str:
    """A clause with a note in the brackets at its end, if it has such."""
    return f"{text[:-1]}; {note})" if note and text.endswith(")") else _noted(text, note)


def _none(value: float, words: str) -> str:
    """A mean number; one that rounds to nothing in words."""
    return words if words != "0.0" else "almost none" if value > 0.0 else "none"
