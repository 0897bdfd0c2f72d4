"""What single causes did to an outcome, for it or against it: taken away one at a time, ranked by their effect.

A cause X is an event of the file, a mechanism of the model, or a documented decision.  Probability of necessity: in a
world with cause and outcome, would the outcome fail without the cause; probability of sufficiency: in a world with
neither, would the cause bring the outcome about (Pearl 2000, Causality, chapter 9; Tian & Pearl 2000, Annals of
Mathematics and Artificial Intelligence 28).  Both are read off paired worlds.  Of a cause that stood in the way of the
outcome, both speak of the outcome's not coming.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.counterfactual.branching import branching_point
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.paths import carry_over
from factions.scenario.content.changes import AllianceChange, Cancel, Change, StanceChange, SurrenderChange
from factions.statements.outcomes import find_outcome
from factions.statements.shares import difference_error, independent, known, share_error
from factions.vocabulary import MECHANISMS
from factions.wording import MECHANISM_WORDS

if TYPE_CHECKING:
    from factions.counterfactual.inevitability import Factual
    from factions.scenario import Scenario

FEWEST = 10
"""Worlds of a kind from which a probability about them is given."""


@dataclass(frozen=True)
class Candidate:
    """A possible cause: the scenario without it, and, where a world may lack it, with it.

    `kind`: event, mechanism or decision; `claim`: the outcome name of the claim that tells whether a world has a
    decision, "" for what every world has.
    """

    name: str
    text: str
    kind: str
    without: Scenario
    within: Scenario | None = None
    claim: str = ""


@dataclass(frozen=True)
class Cause:
    """What a candidate did to the outcome; probabilities are None where fewer than `FEWEST` worlds tell.

    `branch`: id of the first meeting that can differ without it; `present`: share of the worlds that have it;
    `with_it`, `without_it`: probability of the outcome; `effect`: the first minus the second (paired).  `favours`: what
    necessity and sufficiency speak of, "outcome" or, if the effect is negative, "opposite", its not coming;
    `necessity_worlds`, `sufficiency_worlds`: how many worlds each of them rests on.
    """

    name: str
    text: str
    kind: str
    branch: str
    present: float
    with_it: float
    without_it: float
    effect: float
    effect_error: float | None
    favours: str
    necessity: float | None
    necessity_error: float | None
    necessity_worlds: int
    sufficiency: float | None
    sufficiency_error: float | None
    sufficiency_worlds: int

    @property
    def clear(self) -> bool:
        """Does the effect exceed twice its error."""
        return self.effect_error is not None and abs(self.effect) > 2.0 * self.effect_error


_Changes = list[Change]


def candidates(base: Scenario) -> Iterator[Candidate]:
    """Every event, every mechanism that is on, and every documented decision at one meeting or throughout several."""
    for event in base.events:
        without = _changed(base, Cancel(kind="cancel", events=(event.id,)))
        yield Candidate(f"event:{event.id}", event.name, "event", without)
    for name in MECHANISMS:
        if base.mechanisms.get(name, True):
            off = base.model_copy(update={"mechanisms": {**base.mechanisms, name: False}})
            yield Candidate(f"mechanism:{name}", MECHANISM_WORDS[name], "mechanism", off)
    for claim in base.record:
        pair = _decision(claim, base)
        if pair is not None:
            without, within = (_changed(base, *changes) for changes in pair)
            yield Candidate(f"claim:{claim.id}", claim.text, "decision", without, within, f"claim:{claim.id}")


def _changed(base: Scenario, *changes: Change) -> Scenario:
    return base.model_copy(update={"changes": (*base.changes, *changes)})


def _decision(claim: Any, base: Scenario) -> tuple[_Changes, _Changes] | None:
    """What undoes a documented decision, and what brings it about; None for claims that are no decision."""
    if claim.when not in (None, "throughout"):
        return None
    time: dict[str, Any] = {"at": claim.at}
    if claim.between is not None:
        days = {meeting.id: meeting.date for meeting in base.meetings}
        time = {"since": days[claim.between[0]], "until": days[claim.between[1]]}
    if claim.predicate in ("allied", "apart"):
        return _both(claim.predicate == "allied", ("apart", "together"), lambda side: _alliance(claim, side, time))
    if claim.predicate in ("open", "quiet"):
        return _both(claim.predicate == "open", ("quiet", "open"), lambda side: _stances(claim, side, time))
    if claim.predicate in ("capitulated", "holds_out") and tuple(claim.share) == (1.0, 1.0):
        gave_in = claim.predicate == "capitulated"
        return _both(gave_in, ("hold_out", "capitulate"), lambda side: _surrender(claim, side, time))
    return None


def _both(positive: bool, sides: tuple[str, str], make: Callable[[Any], _Changes]) -> tuple[_Changes, _Changes]:
    """(what undoes, what brings about): the two sides are given for the positive claim, and swap for its opposite."""
    undo, bring = sides if positive else sides[::-1]
    return make(undo), make(bring)


def _alliance(claim: Any, stand: Any, time: dict[str, Any]) -> _Changes:
    return [AllianceChange(kind="alliance", blocs=claim.blocs, stand=stand, **time)]


def _stances(claim: Any, to: Any, time: dict[str, Any]) -> _Changes:
    return [StanceChange(kind="stance", bloc=bloc, to=to, **time) for bloc in claim.blocs]


def _surrender(claim: Any, to: Any, time: dict[str, Any]) -> _Changes:
    return [SurrenderChange(kind="surrender", leaders=claim.leaders, to=to, **time)]


def rank(
    factual: Factual,
    chosen: Sequence[Candidate],
    condition: Condition = Condition.branch,
    progress: Callable[[int], None] | None = None,
) -> list[Cause]:
    """The causes with the largest effects of either sign first; those within two errors of nothing come last."""
    found = []
    for candidate in chosen:
        cause = _weigh(factual, candidate, condition)
        if cause is not None:
            found.append(cause)
        if progress is not None:
            progress(1)
    return sorted(found, key=lambda cause: (not cause.clear, -abs(cause.effect), cause.name))


def _weigh(factual: Factual, candidate: Candidate, condition: Condition) -> Cause | None:
    base = factual.base
    branch = branching_point(base, candidate.without)
    if branch is None:
        return None
    paths, holds = factual.at(branch, condition)
    ancestor = paths.ancestor
    without = factual.holds(candidate.without, carry_over(paths, base, candidate.without))
    within, present = holds, np.ones(len(paths), bool)
    if candidate.within is not None:
        within = factual.holds(candidate.within, carry_over(paths, base, candidate.within))
        present = factual.holds(base, paths, find_outcome(base, candidate.claim))
    difference = within.astype(float) - without.astype(float)
    effect = float(difference.mean())
    raised, lowered = float((difference > 0.0).mean()), float((difference < 0.0).mean())
    came = (within, without, holds) if effect >= 0.0 else (~within, ~without, ~holds)
    return Cause(
        candidate.name,
        candidate.text,
        candidate.kind,
        base.meetings[branch].id,
        float(present.mean()),
        float(within.mean()),
        float(without.mean()),
        effect,
        known(difference_error(raised, lowered, independent(difference, ancestor))),
        "outcome" if effect >= 0.0 else "opposite",
        *_necessity(*came, present, ancestor),
        *_sufficiency(*came, present, ancestor, everywhere=candidate.within is None),
    )


_Probability = tuple[float | None, float | None, int]


def _necessity(
    within: np.ndarray, without: np.ndarray, holds: np.ndarray, present: np.ndarray, ancestor: np.ndarray
) -> _Probability:
    return conditional(~without, present & holds, ancestor)


def _sufficiency(
    within: np.ndarray,
    without: np.ndarray,
    holds: np.ndarray,
    present: np.ndarray,
    ancestor: np.ndarray,
    everywhere: bool,
) -> _Probability:
    """What every world has is absent only where it was taken away: there the world without it is the start."""
    return conditional(holds, ~without, ancestor) if everywhere else conditional(within, ~present & ~holds, ancestor)


def conditional(event: np.ndarray, given: np.ndarray, ancestor: np.ndarray) -> _Probability:
    """P(event | given) over worlds, its standard error, and the number of worlds given; None from too few."""
    count = int(given.sum())
    if count < FEWEST:
        return None, None, count
    share = float((event & given).sum()) / count
    return share, known(share_error(share, independent(event[given], ancestor[given]))), count
