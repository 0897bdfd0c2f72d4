"""Whom a documented fact concerns: of those whom a change names, and of whom the answer to a question tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import told
from factions.counterfactual.touched import ACTORS, Named, actors_of
from factions.scenario.content.outcome_names import LISTS, MENTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.finding import Group
    from factions.counterfactual.findings import Findings
    from factions.scenario import Claim, Scenario

CHANGE, ANSWER, NEAR, FAR = 0, 1, 2, 3
"""How near a fact is to a what-if: about somebody whom the change names, or who leads a bloc that it names; about
somebody of whom the answer tells; about his bloc or its men, or somebody of whom another outcome speaks; about others.
Who belongs to a bloc of which the answer tells, and is spoken of by an outcome, counts as told of.  That men belong to
a bloc, or do not, is about the men; with the bloc it is as with its men."""


class Told:
    """Of whom an answer tells, and whom a change names.

    A fact about a man concerns an answer that tells of his bloc, and one about a bloc an answer that tells of its man.
    `last`: position of the last meeting of which the answer tells.
    """

    def __init__(self, scenario: Scenario, findings: Findings, named: Named) -> None:
        self.names = {(table, each.id): each.name for table in ACTORS for each in getattr(scenario, table)}
        self.names |= {("leaders", leader.id): leader.called for leader in scenario.leaders}
        known, groups = self.names.keys(), told(findings.changed)
        self.named, self.answer, self.others = named & known, _who(groups) & known, _who(findings.changed) & known
        self.bloc_of = {("leaders", leader.id): ("blocs", leader.bloc or "") for leader in scenario.leaders}
        blocs = [("blocs", bloc.id) for bloc in scenario.blocs]
        self.led = {("leaders", scenario.spokesman(bloc[1])): bloc for bloc in blocs if bloc in self.named}
        self.blocs = {each for each in self.answer if each[0] == "blocs"}
        self.blocs_of_men = {self.bloc_of[each] for each in self.answer if each[0] == "leaders"}
        place, end = {meeting.id: m for m, meeting in enumerate(scenario.meetings)}, len(scenario.meetings) - 1
        self.last = max((end if each.lasts else place[each.meeting] for group in groups for each in group), default=end)

    def nearness(self, claim: Claim) -> int:
        """How near a claim is to the change and the answer."""
        actors, bloc = actors_of(claim), {("blocs", getattr(claim, "bloc", ""))}
        own = actors - bloc
        if own & (self.named | self.led.keys()):
            return CHANGE
        linked, other = self._linked(own) | (bloc & self.answer), own & self.others
        if own & self.answer or (linked and other):
            return ANSWER
        return NEAR if linked or other or bloc & (self.named | self.others) else FAR

    def concerns(self, claim: Claim) -> str:
        """Whom a claim concerns, in words: the change: Trotsky; the answer: Rykov, Tomsky; "" if nobody."""
        actors = actors_of(claim)
        change, answer = actors & self.named, actors & self.answer or self._linked(actors)
        if change and change == answer:
            return f"the change and the answer: {self._list(change)}"
        chiefs = (
            "" if change else ", ".join(f"chief of {self.names[self.led[each]]}" for each in actors & self.led.keys())
        )
        others = (actors & self.others) - answer - change
        parts = (
            ("the change", self._list(change) or chiefs),
            ("the answer", self._list(answer)),
            ("an outcome", self._list(others)),
        )
        return "; ".join(f"{words}: {who}" for words, who in parts if who)

    def _linked(self, actors: Named) -> Named:
        """The blocs by which somebody of whom a claim speaks belongs with somebody of whom the answer tells."""
        theirs = {self.bloc_of[each] for each in actors if each[0] == "leaders"}
        return frozenset((theirs & self.blocs) | (actors & self.blocs_of_men))

    def _list(self, who: Named) -> str:
        return ", ".join(name for each, name in self.names.items() if each in who)


def _who(groups: Sequence[Group]) -> Named:
    """(list, id) of everybody of whom groups of findings speak."""
    return frozenset(
        (table, name)
        for group in groups
        for each in group
        for mentioned, name in zip(MENTIONS[each.kind], each.who, strict=True)
        for table in LISTS[mentioned]
    )
