"""How far the answer to a what-if depends on the circumstances: the same contrast in every variation of it."""

from __future__ import annotations

import math
from collections.abc import Callable, MutableMapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.asked import known
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.contrasts import Contrast, contrast
from factions.counterfactual.explanation import Progress
from factions.counterfactual.given import Given
from factions.counterfactual.pairs import Pairs
from factions.counterfactual.variations import Question, Variation, variations
from factions.errors import UsageError
from factions.parameters import FREE
from factions.statements.outcomes import Outcome, find_outcome, find_outcomes, usual_outcomes

if TYPE_CHECKING:
    from factions.scenario import Scenario

OUTCOMES = 3
"""Outcomes that are followed if nobody names any."""
MATTERS = 0.1
"""A difference between two answers that is a smaller part of the answer is none to speak of, however sure it is."""
TELLING = 2
"""Parameters by which the posterior is halved."""


@dataclass(frozen=True)
class Answer:
    """The contrast of one outcome in one variation; numbers are None if it could not be asked (`problem` says why).

    `kind`, `name`, `text`, `phrase`: of the variation; `difference`: paired, with the change minus without it;
    `error`: its standard error.
    """

    kind: str
    name: str
    text: str
    phrase: str
    outcome: str
    baseline: float | None = None
    counterfactual: float | None = None
    difference: float | None = None
    error: float | None = None
    problem: str = ""

    @property
    def clear(self) -> bool:
        """Does the difference exceed twice its error."""
        return self.difference is not None and self.error is not None and abs(self.difference) > 2.0 * self.error


@dataclass(frozen=True)
class Followed:
    """An outcome that is followed through all variations: its name, what it says, and its unit."""

    name: str
    text: str
    unit: str


@dataclass(frozen=True)
class Robustness:
    """The answers of one file.  The first outcome is the one that the sentences speak of.

    `answers`: one for each variation and outcome, the what-if as it stands first; `telling`: the parameters by which
    the posterior was halved; `caution`: what a reader must know of the parameters, or "".
    """

    base: Scenario
    scenario: Scenario
    worlds: int
    seed: int
    condition: Condition
    caution: str
    outcomes: tuple[Followed, ...]
    telling: tuple[str, ...]
    answers: tuple[Answer, ...]

    @property
    def name(self) -> str:
        """What the file is called, without folder and ending."""
        return self.scenario.path.stem

    def of(self, outcome: str) -> list[Answer]:
        """The answers about one outcome, the what-if as it stands first."""
        return [answer for answer in self.answers if answer.outcome == outcome]

    def verdicts(self, outcome: str) -> list[tuple[Answer, str]]:
        """The variations of one outcome, without the what-if as it stands, with what each does to the answer."""
        reference, *others = self.of(outcome)
        return [(answer, verdict(reference, answer)) for answer in others]


def verdict(reference: Answer, answer: Answer) -> str:
    """What a variation does to the answer.

    same: no difference from the answer as it stands by more than two errors of both, or by more than `MATTERS` of it;
    weaker, stronger: clear and of the same sign, but smaller or larger; reversed: clear and of the other sign; gone: no
    longer clear, and smaller; unsure: no longer clear, and no different; appears: clear where the answer was not.
    """
    if answer.difference is None or answer.error is None or reference.difference is None or reference.error is None:
        return "not asked"
    if not reference.clear:
        return "appears" if answer.clear else "same"
    if answer.clear and answer.difference * reference.difference < 0.0:
        return "reversed"
    least = max(2.0 * math.hypot(answer.error, reference.error), MATTERS * abs(reference.difference))
    away = abs(answer.difference - reference.difference) > least
    if not answer.clear:
        return "gone" if away else "unsure"
    if not away:
        return "same"
    return "stronger" if abs(answer.difference) > abs(reference.difference) else "weaker"


class Tester:
    """Asks one file in all circumstances."""

    def __init__(self, question: Question, worlds: int, threads: int = 2) -> None:
        self.question, self.worlds, self.threads = question, worlds, threads
        reference = question.reference
        self.free = self._pairs(reference, Condition.none)
        self.reference = self.free if question.condition is Condition.none else self._pairs(reference)

    def _pairs(self, there: Variation, condition: Condition | None = None) -> Pairs:
        chosen = there.condition if condition is None else condition
        return Pairs.of(there.base, there.other, there.draws, self.worlds, there.seed, chosen, self.threads)

    def outcomes(self, names: Sequence[str]) -> list[Outcome]:
        """The outcomes to follow: those named, or those of the file and the usual ones that change most.

        Left out is what the change gives of itself.
        """
        base, other = self.question.base.scenario, self.question.other.scenario
        if names:
            return find_outcomes(base, names)
        given = Given(base, other)
        usual = [each.name for each in usual_outcomes(base) if each.name not in other.outcomes]
        names = [name for name in (*other.outcomes, *usual) if known(other, name) and not given.outcome(name)]
        rows = self._contrasts(self.reference, find_outcomes(base, names or other.outcomes or usual))
        likely = [row for row in rows if row.unit == "probability"] or rows
        order = sorted(likely, key=lambda row: (not row.clear, row.outcome not in other.outcomes, -row.size))
        return find_outcomes(base, [row.outcome for row in order[:OUTCOMES]])

    def _contrasts(self, pairs: Pairs, outcomes: Sequence[Outcome]) -> list[Contrast]:
        factual, changed = pairs.run(self.threads)
        there = [find_outcome(pairs.other, outcome.name) for outcome in outcomes]
        here = [find_outcome(pairs.base, outcome.name) for outcome in outcomes]
        return [contrast(one, factual, changed, two, pairs.here.ancestor) for one, two in zip(here, there, strict=True)]

    def telling(self, outcome: Outcome) -> list[str]:
        """The fitted parameters that the difference goes along with most, among worlds of all draws (rank correlation).

        None if all worlds have the same parameters, or no pair differs.
        """
        factual, changed = self.free.run(self.threads)
        difference = find_outcome(self.free.other, outcome.name).measure(changed) - outcome.measure(factual)
        values = self.free.here.values
        varied = [name for name in FREE if len(np.unique(values[name])) > 1]
        if not varied or np.ptp(difference) == 0.0:
            return []
        strength = {name: abs(_rank_correlation(values[name], difference)) for name in varied}
        return sorted(varied, key=lambda name: -strength[name])[:TELLING]

    def answers(self, there: Variation, outcomes: Sequence[Outcome]) -> list[Answer]:
        """The answers of one variation, one for each outcome."""
        said = there.kind, there.name, there.text, there.phrase
        problem = there.problem
        if not problem:
            try:
                rows = self._contrasts(self._pairs(there) if there.kind else self.reference, outcomes)
            except UsageError as error:
                problem = error.problem
        if problem:
            return [Answer(*said, outcome.name, problem=problem) for outcome in outcomes]
        return [Answer(*said, row.outcome, row.baseline, row.counterfactual, row.difference, row.error) for row in rows]


def _rank_correlation(one: np.ndarray, two: np.ndarray) -> float:
    ranks = np.stack([np.unique(each, return_inverse=True)[1] for each in (one, two)])
    return float(np.asarray(np.corrcoef(ranks))[0, 1])


def robust(
    question: Question,
    worlds: int = 1000,
    names: Sequence[str] = (),
    threads: int = 2,
    progress: Callable[[int], Progress] | None = None,
    known: MutableMapping[str, list[Answer]] | None = None,
) -> Robustness:
    """Ask a what-if in all circumstances; `names`: the outcomes to follow.

    `progress(total)`: a context that yields a function to call with the number of variations newly done; `known`: the
    answers of variations by name, from an earlier call and for a later one.  UsageError for an unknown outcome.
    """
    tester = Tester(question, worlds, threads)
    outcomes = tester.outcomes(names)
    telling = tester.telling(outcomes[0])
    chosen = [question.reference, *variations(question, telling)]
    known = {} if known is None else known
    with progress(len(chosen)) if progress is not None else nullcontext(lambda done: None) as advance:
        for there in chosen:
            if there.name not in known:
                known[there.name] = tester.answers(there, outcomes)
            advance(1)
    return Robustness(
        question.base.scenario,
        question.other.scenario,
        worlds,
        question.seed,
        question.condition,
        question.draws.caution,
        tuple(Followed(outcome.name, outcome.text, outcome.unit) for outcome in outcomes),
        tuple(telling),
        tuple(answer for there in chosen for answer in known[there.name]),
    )
