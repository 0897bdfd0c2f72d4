"""Compare counterfactuals with their baseline: the same worlds, with and without the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factions.counterfactual.asked import outcomes_of
from factions.counterfactual.branching import branching_point
from factions.counterfactual.carriers import Teller, first_told, told_behind
from factions.counterfactual.choice import outcomes_told
from factions.counterfactual.conditioning import Condition, condition_paths, warning
from factions.counterfactual.contrasts import Contrast, contrast
from factions.counterfactual.divergence import PairedDraws, Parting, common, paired_draws, partings
from factions.counterfactual.example import NO_EXAMPLE, Example, example_of, headlines
from factions.counterfactual.findings import Findings, begin, find
from factions.counterfactual.halves import Halves, halves
from factions.counterfactual.heirs import Heir, heirs
from factions.counterfactual.instead import Instead, instead
from factions.counterfactual.namesakes import as_called
from factions.counterfactual.pairs import Pairs
from factions.counterfactual.past import Past, bearing, past_of, past_warning
from factions.counterfactual.paths import Paths, carry_over
from factions.counterfactual.placebo import other_luck
from factions.counterfactual.readable import run_readable
from factions.counterfactual.responses import begun_as_most
from factions.counterfactual.rewriting import Cost, Witness
from factions.counterfactual.roads import roads
from factions.counterfactual.summary import far_fetched
from factions.counterfactual.touched import NOBODY, Named, named_by
from factions.counterfactual.where_held import held_warning, where_held
from factions.errors import UsageError
from factions.statements.outcomes import Outcome, find_outcome, find_outcomes

if TYPE_CHECKING:
    from pathlib import Path

    from factions.counterfactual.responses import Begun
    from factions.draws import Draws
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario
    from factions.world.state import State

Say = Callable[[str], None]

RUNS = 3
"""Runs of every pair: without the change, with it, and the placebo."""


@dataclass(frozen=True)
class Comparison:
    """One counterfactual beside its baseline.

    `branch`: id of the first meeting that the change can affect, "" if it changes nothing; `paths`: the worlds, as they
    are conditioned; `past`: how far they keep to the record before the change; `factual`, `counterfactual`: the pairs,
    world by world; `warnings`: what a reader must know; `findings`: what differs and what does not, for the sentences;
    `example`: the pair that is told, and what it shows; `told`: contrasts of what the sentences tell beside
    `contrasts`; `made`: for each change of the scenario that requires something, the share of worlds in which it is
    made at some time (None for the others); `heirs`: who gets the posts that the change takes from somebody;
    `instead`, `halves`: the answer if something else is taken for granted, and in halves of the worlds by parameters;
    `parameters`: where the parameters come from; `digests`: those of the two files (in which a bloc may be called
    otherwise: `as_called`).
    """

    base: Scenario
    scenario: Scenario
    condition: Condition
    branch: str
    paths: Paths
    past: Past
    factual: Ensemble
    counterfactual: Ensemble
    contrasts: tuple[Contrast, ...]
    partings: tuple[Parting, ...]
    draws: PairedDraws
    cost: Cost
    warnings: tuple[str, ...]
    findings: Findings
    example: Example = NO_EXAMPLE
    told: tuple[Contrast, ...] = ()
    made: tuple[float | None, ...] = ()
    heirs: tuple[Heir, ...] = ()
    instead: Instead | None = None
    halves: Halves | None = None
    parameters: str = ""
    digests: tuple[str, str] = ("", "")

    @property
    def every(self) -> tuple[Contrast, ...]:
        """All contrasts: those that were asked for, and those that the sentences tell beside them."""
        return (*self.contrasts, *self.told)

    @property
    def pairs(self) -> Pairs:
        """The pairs as paths, which can be run and told again."""
        there = carry_over(self.paths, self.base, self.scenario)
        return Pairs(self.base, self.scenario, self.condition, self.factual.seed, self.paths, there)

    @property
    def name(self) -> str:
        """What the file is called, without folder and ending."""
        return self.scenario.path.stem

    @property
    def diverged(self) -> float:
        """Share of the pairs that have parted by the last meeting."""
        return self.partings[-1].share

    def without_worlds(self) -> Comparison:
        """The same without the worlds themselves, which take most of the room."""
        empty = replace(self.factual, arrays={}), replace(self.counterfactual, arrays={})
        return replace(self, factual=empty[0], counterfactual=empty[1])


@dataclass(frozen=True)
class _Ran:
    """What was run to compare two scenarios, and under which luck: see `Comparison`."""

    base: Scenario
    other: Scenario
    branch: int | None
    here: Paths
    there: Paths
    past: Past
    factual: Ensemble
    changed: Ensemble
    placebo: Ensemble
    witness: Witness

    def contrast(self, outcome: Outcome) -> Contrast:
        """The contrast of an outcome of the baseline."""
        there = find_outcome(self.other, outcome.name)
        return contrast(outcome, self.factual, self.changed, there, self.here.ancestor, self.placebo)


class Comparer:
    """Compares any number of counterfactuals with one baseline; runs that several of them need are made once."""

    def __init__(
        self,
        base: Scenario,
        draws: Draws,
        worlds: int,
        seed: int,
        condition: Condition,
        threads: int = 2,
        engine: str = "compiled",
    ) -> None:
        self.base, self.parameter_draws = base, draws
        self.worlds, self.seed, self.condition, self.threads = worlds, seed, condition, threads
        self.engine = engine  # the particle filter and the rewriting cost are compiled in any case
        self._kept: tuple[tuple[int | None, Named], Paths, Ensemble] | None = None
        self._placebo: tuple[Paths, int | None, Ensemble] | None = None
        self._done: Callable[[int], None] = _uncounted

    def compare(
        self,
        other: Scenario,
        outcomes: Sequence[str] = (),
        say: Say | None = None,
        tell: bool = True,
        done: Callable[[int], None] | None = None,
    ) -> Comparison:
        """Compare one counterfactual; `outcomes`: names, else those of the file and the usual ones.

        `say(text)` is told what is going on, and `done(n)` that n more worlds are finished, of `RUNS` times as many as
        there are pairs.  With `tell`, some pairs are told by the readable model, to see what carried the divergence,
        and somebody else is tried for what a dead man would have done.
        """
        say, self._done = say or _silent, done or _uncounted
        base, changed = as_called(self.base, other)
        chosen = outcomes_of(base, changed, outcomes)
        ran = self._ran(base, changed, say)
        rows = [ran.contrast(outcome) for outcome in chosen]
        findings = find(ran.factual, ran.changed, ran.here.ancestor, rows, [*outcomes, *changed.outcomes])
        known = {row.outcome for row in rows}
        more = find_outcomes(base, outcomes_told(base, findings))
        told = [ran.contrast(outcome) for outcome in more if outcome.name not in known]
        begun = begin(ran.factual, ran.changed)
        among = begun_as_most(begun, len(ran.here))
        return replace(
            self._concluded(ran, _past(ran, findings)),
            example=example_of(ran.factual, ran.changed, headlines(base, findings), among, named_by(self.base, other)),
            digests=(self.base.digest, other.digest),
            contrasts=tuple(rows),
            told=tuple(told),
            findings=self._reasons(findings, begun, ran, tell),
            halves=halves(findings, ran.factual, ran.changed, ran.here.values),
            instead=instead(base, changed, ran.here, self.seed, self.threads, findings) if tell else None,
        )

    def _ran(self, base: Scenario, other: Scenario, say: Say) -> _Ran:
        """The worlds without the change, with it, and with other luck."""
        branch, named = branching_point(base, other), named_by(base, other)
        say("running the worlds without the change")
        here, factual = self._factual(branch, named)
        factual = replace(factual, scenario=base)
        past = past_of(base, here, factual, named)
        say("running the change")
        there = carry_over(here, base, other)
        witness = Witness(base, other, there, self.seed)
        changed = self._run(other, there, witness)
        say("looking for what carried it")
        return _Ran(base, other, branch, here, there, past, factual, changed, self._unchanged(here, branch), witness)

    def _concluded(self, ran: _Ran, past: Past) -> Comparison:
        """What can be said of pairs before any outcome is looked at."""
        base, other, branch = ran.base, ran.other, ran.branch
        first = len(base.meetings) if branch is None else branch
        parted = tuple(partings(ran.factual, ran.changed, ran.here.ancestor, first))
        cost = ran.witness.cost()
        return Comparison(
            base=base,
            scenario=other,
            condition=self.condition,
            branch=_meeting(other, branch),
            paths=ran.here,
            past=past,
            heirs=heirs(base, other, ran.changed),
            parameters=self.parameter_draws.source,
            factual=ran.factual,
            counterfactual=ran.changed,
            contrasts=(),
            partings=parted,
            draws=paired_draws(ran.factual, ran.changed),
            cost=cost,
            made=ran.witness.made(),
            warnings=self._warnings(ran.here, past, branch, parted[-1].share, cost),
            findings=Findings(),
        )

    def _reasons(self, findings: Findings, begun: Sequence[Sequence[Begun]], ran: _Ran, tell: bool) -> Findings:
        """The findings with what carried them."""
        teller = Teller(ran.base, ran.other, ran.here, ran.there, self.seed)
        first = first_told(begun, teller, tell)
        return replace(
            findings,
            responses=first,
            behind=told_behind(findings, teller, ran.factual, ran.changed, first, tell),
            roads=roads(ran.factual, ran.changed, ran.branch),
        )

    def _factual(self, branch: int | None, named: Named) -> tuple[Paths, Ensemble]:
        """The baseline's worlds, conditioned; those of the last call if they are the same."""
        until = branch if self.condition is Condition.branch else None
        key = until, named if self.condition is not Condition.none else NOBODY
        if self._kept is not None and self._kept[0] == key:
            self._done(self.worlds)
        else:
            self._kept = self._placebo = None  # else the worlds of the last file take room beside those of the filter
            paths = condition_paths(
                self.base, self.parameter_draws, self.worlds, self.seed, self.condition, until, self.threads, named
            )
            self._kept = (key, paths, self._run(self.base, paths))
        assert self._kept is not None
        return self._kept[1], self._kept[2]

    def _unchanged(self, paths: Paths, branch: int | None) -> Ensemble:
        """The same worlds without the change and with other luck from the branch on; kept likewise."""
        if self._placebo is not None and self._placebo[0] is paths and self._placebo[1] == branch:
            self._done(self.worlds)
        else:
            self._placebo = (paths, branch, self._run(self.base, other_luck(paths, branch)))
        return self._placebo[2]

    def _run(self, scenario: Scenario, paths: Paths, witness: Witness | None = None) -> Ensemble:
        if self.engine == "mesa":
            if witness is not None:
                paths.run(scenario, self.seed, self.threads, witness)
            finished = run_readable(scenario, paths, self.seed)
            self._done(len(paths))
            return finished
        last = len(scenario.meetings) - 1

        def watch(state: State, m: int, part: slice) -> None:
            if witness is not None:
                witness(state, m, part)
            if m == last:
                self._done(part.stop - part.start)

        return paths.run(scenario, self.seed, self.threads, watch)

    def _warnings(self, paths: Paths, past: Past, branch: int | None, parted: float, cost: Cost) -> tuple[str, ...]:
        found = [self.parameter_draws.caution, warning(paths, self.condition), past_warning(past)]
        found += [held_warning(past), far_fetched(cost)]
        if branch is None:
            found.append("the file changes nothing that the model knows of")
        elif parted == 0.0:
            found.append("the two worlds part in no pair: the change finds nothing to act on")
        if self.condition is Condition.branch and branch == 0:
            found.append(
                "the change acts from the first meeting on, and no record comes before it; the worlds therefore need "
                "not agree with the record"
            )
        return tuple(text for text in found if text)


def _past(ran: _Ran, findings: Findings) -> Past:
    """The past, with whom it concerns, and whether the answer is the same where facts hold that most worlds miss."""
    past = bearing(ran.past, ran.base, findings, named_by(ran.base, ran.other))
    return replace(past, held=where_held(past, findings, ran.factual, ran.changed, ran.here.ancestor))


def in_order(comparer: Comparer, scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Files with the same branching point one after the other, so that their baseline is run once."""
    return sorted(scenarios, key=lambda scenario: branching_point(comparer.base, scenario) or 0)


def matching(base: Scenario, others: Sequence[Scenario]) -> None:
    """UsageError for no file, for files of one name, and for a file that has nothing in common with its baseline."""
    if not others:
        raise UsageError("there is no counterfactual", "name at least one beside its baseline")
    told_apart([other.path for other in others])
    for other in others:
        if not (common(base, other, "bloc")[0] and common(base, other, "meeting")[0]):
            problem = f"{other.path} has no bloc or no meeting in common with {base.path}"
            raise UsageError(problem, "compare a scenario with files that extend it")


def told_apart(files: Sequence[Path]) -> None:
    """UsageError for two files of one name, which their results would share."""
    names = [file.stem for file in files]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(f'two files are called "{twice[0]}"', "give every counterfactual a name of its own")


def _meeting(scenario: Scenario, branch: int | None) -> str:
    if branch is None or branch >= len(scenario.meetings):
        return ""
    return scenario.meetings[branch].id


def _uncounted(worlds: int) -> None:
    """Finished worlds that nobody counts."""


def _silent(text: str) -> None:
    """Progress that nobody asked for."""
