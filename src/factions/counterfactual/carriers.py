"""What carried the divergence: pairs of worlds told by the readable model, compared decision by decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.divergence import common, first_parting
from factions.counterfactual.readable import follow
from factions.wording import Names, deed

if TYPE_CHECKING:
    from factions.counterfactual.paths import Paths
    from factions.model.decisions import Decision
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

SAMPLE = 12
"""Pairs that are told."""

_NO_TERM = ("probability", "total", "imposed")


@dataclass(frozen=True)
class Carrier:
    """A decision that was the first to go the other way, in `share` of the `sample` pairs that were told.

    `meeting`: where most often; `decision`: in words; `only`: "counterfactual" or "factual", the side on which it was
    taken; `phase` of the meeting; `term`: the term of the rule that weighed most for it, or differed most from the
    other side, "" if it has none; `weight`: mean size of that term, in the unit of its rule.
    """

    decision: str
    only: str
    phase: str
    meeting: str
    term: str
    weight: float
    share: float
    sample: int


def carriers(factual: Ensemble, counterfactual: Ensemble, here: Paths, there: Paths, seed: int) -> list[Carrier]:
    """The first responses in a sample of the pairs that part, the most frequent first.

    What is decided at a meeting that only one side has, on that day, is no response.
    """
    parting = first_parting(factual, counterfactual)
    parted = np.flatnonzero(parting >= 0)
    if len(parted) == 0:
        return []
    sample = parted[np.unique(np.linspace(0, len(parted) - 1, min(SAMPLE, len(parted))).astype(int))]
    ours, theirs = common(factual.scenario, counterfactual.scenario, "meeting")
    place = dict(zip(theirs, ours, strict=True))
    found = []
    for w in sample:
        m = int(parting[w])
        one = _told(factual.scenario, here, int(w), seed, ours[m])
        two = _told(counterfactual.scenario, there, int(w), seed, theirs[m])
        one = [decision for decision in one if decision.meeting in ours]
        two = [replace(each, meeting=place[each.meeting]) for each in two if each.meeting in place]
        response = _first_response(one, two)
        if response is not None:
            found.append(response)
    return _summed_up(factual.scenario, found, len(sample))


def _told(scenario: Scenario, paths: Paths, world: int, seed: int, until: int) -> list[Decision]:
    """The decisions of one world up to a meeting."""
    for party in follow(scenario, paths, world, seed):
        if party.meeting == until:
            return party.decisions
    return []


def _first_response(one: list[Decision], two: list[Decision]) -> tuple[Decision, str, str, float] | None:
    """The first decision that only one side took and that the change did not impose: (decision, side, term, weight)."""
    imposed = [decision for decision in two if "imposed" in decision.terms]
    for decision, side, others in _apart(one, two):
        if not any(_belongs(decision, cause) for cause in imposed):
            term, weight = _leading_term(decision, others)
            return decision, side, term, weight
    return None


def _belongs(decision: Decision, cause: Decision) -> bool:
    """Is a decision what the change imposed, or the blow that follows from it, or what was decided in its place."""
    together = (decision.meeting, decision.phase) == (cause.meeting, cause.phase)
    return together and cause.actor in (decision.actor, *decision.objects)


def _apart(one: list[Decision], two: list[Decision]) -> list[tuple[Decision, str, list[Decision]]]:
    """Decisions taken on one side only, in the order of the meetings, with all decisions of the other side."""
    ours, theirs = Counter(map(_sign, one)), Counter(map(_sign, two))
    lone = [(decision, "factual", two) for decision in one if ours[_sign(decision)] > theirs[_sign(decision)]]
    lone += [(decision, "counterfactual", one) for decision in two if theirs[_sign(decision)] > ours[_sign(decision)]]
    order = ("events", "loyalty", "bargaining", "stance", "sanctions", "surrender", "consequences", "vote")
    return sorted(lone, key=lambda row: (row[0].meeting, order.index(row[0].phase), row[1] == "factual"))


def _sign(decision: Decision) -> tuple[int, str, str, str, frozenset[str]]:
    return decision.meeting, decision.phase, decision.actor, decision.action, frozenset(decision.objects)


def _leading_term(decision: Decision, others: list[Decision]) -> tuple[str, float]:
    """The term that differs most from the twin decision's, or weighs most if there is none."""
    twin = next((other for other in others if _sign(other)[:3] == _sign(decision)[:3]), None)
    terms = {name: value for name, value in decision.terms.items() if name not in _NO_TERM}
    if twin is not None and twin.terms:
        terms = {name: value - twin.terms.get(name, 0.0) for name, value in terms.items()}
    if not terms:
        return "", 0.0
    name = max(terms, key=lambda each: abs(terms[each]))
    return name, terms[name]


def _summed_up(scenario: Scenario, found: list[tuple[Decision, str, str, float]], sample: int) -> list[Carrier]:
    groups: dict[tuple[str, str, str], list[tuple[int, str, float]]] = {}
    for decision, side, term, weight in found:
        key = (_words(scenario, decision), side, decision.phase)
        groups.setdefault(key, []).append((decision.meeting, term, weight))
    rows = []
    for (words, side, phase), cases in groups.items():
        meeting = Counter(case[0] for case in cases).most_common(1)[0][0]
        term = Counter(case[1] for case in cases).most_common(1)[0][0]
        weight = float(np.mean([case[2] for case in cases if case[1] == term]))
        name = scenario.meetings[meeting].id
        rows.append(Carrier(words, side, phase, name, term, weight, len(cases) / sample, sample))
    return sorted(rows, key=lambda row: -row.share)


def _words(scenario: Scenario, decision: Decision) -> str:
    """A decision as a clause: who did what, and with whom."""
    names, (phase, actor, action) = Names(scenario), (decision.phase, decision.actor, decision.action)
    return deed(names, names.actor(phase, actor, action), phase, action, decision.objects)
