"""Why an outcome came or did not come: its causes, ranked, and when it became inevitable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.counterfactual.causes import Candidate, Cause, candidates, rank
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.inevitability import Factual, Point, inevitability
from factions.errors import UsageError, shown
from factions.scenario.content.changes import DECISIONS, meetings_of
from factions.scenario.content.outcome_names import parts
from factions.statements.outcomes import find_outcome

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario
    from factions.scenario.content.changes import Change
    from factions.statements.outcomes import Outcome

KINDS = ("event", "mechanism", "decision")

Progress = AbstractContextManager[Callable[[int], None]]


@dataclass(frozen=True)
class Explanation:
    """The causes of an outcome, the largest effects of either sign first, and its probability meeting by meeting.

    `worlds`: how many each cause was tried in; `caution`: what a reader must know of the parameters, or "".
    """

    base: Scenario
    outcome: Outcome
    worlds: int
    seed: int
    condition: Condition
    caution: str
    causes: tuple[Cause, ...]
    points: tuple[Point, ...]

    @property
    def clear(self) -> list[Cause]:
        """The causes whose effect exceeds twice its error."""
        return [cause for cause in self.causes if cause.clear]

    def favouring(self, favours: str) -> list[Cause]:
        """The clear causes that favour the "outcome", or its "opposite"."""
        return [cause for cause in self.clear if cause.favours == favours]


def explain(
    base: Scenario,
    draws: Draws,
    name: str,
    worlds: int,
    seed: int,
    condition: Condition = Condition.branch,
    only: Sequence[str] = (),
    threads: int = 2,
    progress: Callable[[int], Progress] | None = None,
) -> Explanation:
    """The explanation of the outcome `name`; `only`: kinds of causes to try, by default all.

    `progress(total)`: a context that yields a function to call with the number of causes newly done.  UsageError for an
    outcome that does not come true or fail, or kinds that are none.
    """
    outcome = find_cause_outcome(base, name)
    chosen = chosen_candidates(base, only, outcome)
    factual = Factual(base, draws, worlds, seed, outcome, threads)
    with progress(len(chosen)) if progress is not None else nullcontext(lambda done: None) as advance:
        causes = rank(factual, chosen, condition, advance)
    points = inevitability(factual)
    return Explanation(base, outcome, worlds, seed, condition, draws.caution, tuple(causes), tuple(points))


def find_cause_outcome(base: Scenario, name: str) -> Outcome:
    """The outcome of that name; UsageError if it is no probability."""
    outcome = find_outcome(base, name)
    if outcome.unit != "probability":
        raise UsageError(f'"{name}" is not a probability', "name something that comes true or not, such as ruling:BLOC")
    return outcome


def chosen_candidates(base: Scenario, only: Sequence[str], outcome: Outcome) -> list[Candidate]:
    """The possible causes of some kinds (all for none), without decisions that are the outcome under another name.

    UsageError if there are none.
    """
    found = [each for each in candidates(base) if not only or each.kind in only]
    if not found:
        raise UsageError(
            f"there are no causes of kind {', '.join(map(shown, only))}", "the kinds are event, mechanism and decision"
        )
    meeting, blocs = _subject(base, outcome)
    return [each for each in found if not any(_settles(change, base, meeting, blocs) for change in _own(each, base))]


def _own(candidate: Candidate, base: Scenario) -> tuple[Change, ...]:
    return candidate.without.changes[len(base.changes) :]


def _subject(base: Scenario, outcome: Outcome) -> tuple[int, set[str]]:
    """The meeting and the blocs that an outcome speaks of, a leader standing for his bloc."""
    kind, who, at = parts(outcome.name)
    if kind == "claim":
        claim = next(claim for claim in base.record if claim.id == who[0])
        at = at or claim.at or (claim.between[1] if claim.between else None)
        who = (*getattr(claim, "blocs", ()), *getattr(claim, "leaders", ()))
    ids = [meeting.id for meeting in base.meetings]
    bloc_of = {leader.id: leader.bloc for leader in base.leaders}
    return ids.index(at) if at else len(ids) - 1, {bloc_of.get(each) or each for each in who}


def _settles(change: Change, base: Scenario, meeting: int, blocs: set[str]) -> bool:
    """Is a decision imposed on the outcome's own blocs at its own meeting."""
    if not isinstance(change, DECISIONS) or meeting not in meetings_of(change, base):
        return False
    bloc_of = {leader.id: leader.bloc for leader in base.leaders}
    named = [*getattr(change, "blocs", ()), getattr(change, "bloc", None), *(getattr(change, "leaders", None) or ())]
    return bool(blocs & {bloc_of.get(each) or each for each in named if each})
