"""What spoke for the decisions that differ first: some pairs in which they do, told by the readable model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.choice import blocs_told
from factions.counterfactual.divergence import common
from factions.counterfactual.readable import after_meeting
from factions.counterfactual.reasons import cause_of, mean_cause
from factions.counterfactual.responses import OFTEN, beginnings_about, grouped

if TYPE_CHECKING:
    from factions.counterfactual.findings import Findings
    from factions.counterfactual.paths import Paths
    from factions.counterfactual.reasons import Cause
    from factions.counterfactual.responses import Begun, Response
    from factions.model import Party
    from factions.model.decisions import Decision
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

TOLD = 10
"""Pairs that are told for each decision."""

_NO_TERM = ("probability", "total", "imposed", "truce")

_PHASE = {
    "member": "loyalty",
    "allied": "bargaining",
    "parted": "bargaining",
    "open": "stance",
    "rung": "sanctions",
    "capitulated": "surrender",
}
"""The phase of a meeting in which a kind of decision is taken."""


class Teller:
    """Tells pairs of worlds, `here` without the change and `there` with it, and looks for what spoke for a decision."""

    def __init__(self, base: Scenario, other: Scenario, here: Paths, there: Paths, seed: int) -> None:
        self.sides, self.seed = ((base, here), (other, there)), seed
        self.place = {base.meetings[m].id: places for m, *places in zip(*_meetings(base, other), strict=True)}

    def explained(self, begun: Begun) -> Response:
        """A decision that differs first, with what differed behind it, and the term that spoke most for it."""
        chosen = np.flatnonzero(begun.so)
        chosen = chosen[np.unique(np.linspace(0, len(chosen) - 1, min(TOLD, len(chosen))).astype(int))]
        told = [self._told(begun.response, int(w)) for w in chosen]
        cause, agree = mean_cause([cause for _, cause in told])
        (term, often), *_ = Counter(term for term, _ in told).most_common()
        if 2 * often < len(told):
            term = ""
        return replace(
            begun.response, term=term, cause=cause, looked=len(told), agree=agree if cause is not None else often
        )

    def _told(self, response: Response, world: int) -> tuple[str, Cause | None]:
        """What spoke for the decision in one pair, and what differed behind it."""
        (here, there), (m, n) = self.sides, self.place[response.meeting]
        with after_meeting(*here, world, self.seed, m) as one, after_meeting(*there, world, self.seed, n) as two:
            return leading_term(response, _decided(one), _decided(two)), cause_of(response, (one, two))


def _meetings(base: Scenario, other: Scenario) -> tuple[Iterable[int], list[int], list[int]]:
    ours, theirs = common(base, other, "meeting")
    return ours, ours, theirs


def _decided(party: Party) -> list[Decision]:
    return [each for each in party.decisions if each.meeting == party.meeting]


def leading_term(response: Response, one: Sequence[Decision], two: Sequence[Decision]) -> str:
    """The term that spoke most for a decision where it was taken, or more than on the other side, if that took it too.

    `one`, `two`: what was decided at its meeting, without the change and with it; "" if nothing spoke for it.
    """
    taken, other = (two, one) if response.more else (one, two)
    for_it, against = (next((each for each in side if _is_of(each, response)), None) for side in (taken, other))
    terms = {name: value for name, value in (for_it.terms if for_it else {}).items() if name not in _NO_TERM}
    for name, value in (against.terms if against else {}).items():
        if name not in _NO_TERM:
            terms[name] = terms.get(name, 0.0) - value
    most = max(terms, key=lambda name: terms[name], default="")
    return most if most and terms[most] > 0.0 else ""


def _is_of(decision: Decision, response: Response) -> bool:
    """Is a decision of a told world the one that a response is about."""
    if decision.phase != _PHASE[response.kind]:
        return False
    if response.kind in ("allied", "parted"):
        return {*response.who} <= {decision.actor, *decision.objects}
    wanted = ("is punished", "is warned") if response.kind == "rung" else ""
    return (decision.actor,) == response.who and decision.action.startswith(wanted)


def first_told(begun: Sequence[Sequence[Begun]], teller: Teller, tell: bool) -> tuple[tuple[Response, ...], ...]:
    """The decisions that differ first, phase by phase; those that are frequent with what spoke for them."""
    earliest = max((row.response.first for phase in begun for row in phase), default=0.0)

    def told(rows: Sequence[Begun]) -> tuple[Response, ...]:
        speak = {group[0] for group in grouped([row.response for row in rows])}  # of a group the first is told
        return tuple(
            teller.explained(row)
            if tell and row.response.share >= OFTEN and (row.response in speak or row.response.first == earliest)
            else row.response
            for row in rows
        )

    return tuple(map(told, begun))


def told_behind(
    findings: Findings,
    teller: Teller,
    factual: Ensemble,
    changed: Ensemble,
    first: Sequence[Sequence[Response]],
    tell: bool,
) -> tuple[Response, ...]:
    """The decisions that differ first about the blocs of which the answer tells, with what differed behind them.

    Of one that is among those that differ `first` of their phase, and is explained there, the same is said here.
    """
    known = {_decision(row): row for rows in first for row in rows if row.looked}
    blocs = blocs_told(factual.scenario, findings)
    rulers = [rule.bloc for rule in findings.ends.blocs if min(rule.before, rule.after) >= 0.5]
    found = beginnings_about(factual, changed, blocs, rulers) if blocs else {}
    often = [row for rows in found.values() for row in rows if row.response.share >= OFTEN]

    def told(row: Begun) -> Response:
        same = known.get(_decision(row.response))
        if same is not None:
            said = replace(row.response, term=same.term, cause=same.cause)
            return replace(said, looked=same.looked, agree=same.agree)
        return teller.explained(row) if tell else row.response

    return tuple(map(told, often))


def _decision(response: Response) -> tuple[str, tuple[str, ...], str, bool]:
    """What a decision is, however often it differs first."""
    return response.kind, response.who, response.meeting, response.more
