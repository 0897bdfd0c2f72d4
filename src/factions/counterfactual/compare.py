"""Compare counterfactuals with their baseline: the same worlds, with and without the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factions.counterfactual.branching import branching_point
from factions.counterfactual.carriers import Teller
from factions.counterfactual.choice import blocs_told, outcomes_told
from factions.counterfactual.conditioning import Condition, condition_paths, warning
from factions.counterfactual.contrasts import Contrast, contrast
from factions.counterfactual.divergence import PairedDraws, Parting, common, paired_draws, partings
from factions.counterfactual.findings import Findings, begin, find
from factions.counterfactual.heirs import Heir, heirs
from factions.counterfactual.namesakes import as_called
from factions.counterfactual.pairs import Pairs, Shows, headlines, typical_of
from factions.counterfactual.past import Past, bearing, past_of, past_warnings
from factions.counterfactual.paths import Paths, carry_over
from factions.counterfactual.placebo import other_luck
from factions.counterfactual.readable import run_readable
from factions.counterfactual.responses import OFTEN, beginnings_about, begun_as_most
from factions.counterfactual.rewriting import Cost, Witness
from factions.counterfactual.roads import roads
from factions.counterfactual.touched import NOBODY, Named, named_by
from factions.errors import UsageError
from factions.statements.outcomes import Outcome, find_outcome, find_outcomes, usual_outcomes

if TYPE_CHECKING:
    from pathlib import Path

    from factions.counterfactual.responses import Begun, Response
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
    `typical`: the number of the pair in which most of what the answer tells is as in most worlds; `shows`: what of it
    is so there; `told`: contrasts of what the sentences tell beside `contrasts`; `made`: for each change of the
    scenario that requires something, the share of worlds in which it is made at some time (None for the others);
    `heirs`: who gets the posts that the change takes from somebody; `parameters`: where the parameters come from;
    `digests`: those of the two files (in which a bloc may be called otherwise: `as_called`).
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
    typical: int = 0
    shows: tuple[Shows, ...] = ()
    told: tuple[Contrast, ...] = ()
    made: tuple[float | None, ...] = ()
    heirs: tuple[Heir, ...] = ()
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
        there are pairs.  With `tell`, a few pairs are told by the readable model, to see what carried the divergence.
        """
        say, self._done = say or _silent, done or _uncounted
        digests = self.base.digest, other.digest
        base, other = as_called(self.base, other)
        chosen = outcomes_of(base, other, outcomes)
        branch = branching_point(base, other)
        say("running the worlds without the change")
        named = named_by(base, other)
        here, factual = self._factual(branch, named)
        factual = replace(factual, scenario=base)
        past = past_of(base, here, factual, named)
        say("running the change")
        there = carry_over(here, base, other)
        witness = Witness(base, other, there, self.seed)
        changed = self._run(other, there, witness)
        say("looking for what carried it")
        parted = partings(factual, changed, here.ancestor, len(base.meetings) if branch is None else branch)
        placebo = self._unchanged(here, branch)
        rows = [self._contrast(outcome, other, factual, changed, here, placebo) for outcome in chosen]
        asked = [*outcomes, *other.outcomes]
        findings = find(factual, changed, here.ancestor, rows, asked)
        past = bearing(past, base, findings)
        known = {row.outcome for row in rows}
        told = [
            self._contrast(outcome, other, factual, changed, here, placebo)
            for outcome in find_outcomes(base, outcomes_told(base, findings))
            if outcome.name not in known
        ]
        begun = begin(factual, changed)
        typical, shows = typical_of(factual, changed, headlines(base, findings), begun_as_most(begun, len(here)))
        return Comparison(
            base=base,
            scenario=other,
            condition=self.condition,
            branch=_meeting(other, branch),
            paths=here,
            past=past,
            heirs=heirs(base, other, changed),
            parameters=self.parameter_draws.source,
            digests=digests,
            factual=factual,
            counterfactual=changed,
            contrasts=tuple(rows),
            told=tuple(told),
            partings=tuple(parted),
            draws=paired_draws(factual, changed),
            cost=witness.cost(),
            made=witness.made(),
            warnings=self._warnings(here, past, branch, parted[-1].share),
            findings=replace(
                findings,
                responses=self._responses(begun, base, other, here, there, tell),
                behind=self._behind(findings, Teller(base, other, here, there, self.seed), factual, changed, tell),
                roads=roads(factual, changed, branch),
            ),
            typical=typical,
            shows=shows,
        )

    def _contrast(
        self, outcome: Outcome, other: Scenario, factual: Ensemble, changed: Ensemble, paths: Paths, placebo: Ensemble
    ) -> Contrast:
        return contrast(outcome, factual, changed, find_outcome(other, outcome.name), paths.ancestor, placebo)

    def _responses(
        self, begun: Sequence[Sequence[Begun]], base: Scenario, other: Scenario, here: Paths, there: Paths, tell: bool
    ) -> tuple[tuple[Response, ...], ...]:
        """The decisions that differ first, phase by phase; the most frequent with what spoke for them."""
        teller = Teller(base, other, here, there, self.seed)
        earliest = max((row.response.first for phase in begun for row in phase), default=0.0)

        def told(row: Begun, first: bool) -> Response:
            wanted = tell and row.response.share >= OFTEN and (first or row.response.first == earliest)
            return teller.explained(row) if wanted else row.response

        return tuple(tuple(told(row, not k) for k, row in enumerate(phase)) for phase in begun)

    def _behind(
        self, findings: Findings, teller: Teller, factual: Ensemble, changed: Ensemble, tell: bool
    ) -> tuple[Response, ...]:
        """The decisions that differ first about the blocs of which the answer tells, with what differed behind them."""
        blocs = blocs_told(self.base, findings)
        rulers = [rule.bloc for rule in findings.ends.blocs if min(rule.before, rule.after) >= 0.5]
        found = beginnings_about(factual, changed, blocs, rulers) if blocs else {}
        often = [row for rows in found.values() for row in rows if row.response.share >= OFTEN]
        return tuple(teller.explained(row) if tell else row.response for row in often)

    def _factual(self, branch: int | None, named: Named) -> tuple[Paths, Ensemble]:
        """The baseline's worlds, conditioned; those of the last call if they are the same."""
        until = branch if self.condition is Condition.branch else None
        key = until, named if self.condition is not Condition.none else NOBODY
        if self._kept is not None and self._kept[0] == key:
            self._done(self.worlds)
        else:
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

    def _warnings(self, paths: Paths, past: Past, branch: int | None, parted: float) -> tuple[str, ...]:
        found = [self.parameter_draws.caution, warning(paths, self.condition), *past_warnings(past)]
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


def outcomes_of(base: Scenario, other: Scenario, names: Sequence[str] = ()) -> list[Outcome]:
    """What is compared: the outcomes of these names, else those of the file and the usual ones.

    UsageError for a name that is none.
    """
    usual = usual_outcomes(base)
    if names:
        return find_outcomes(base, names)
    try:
        own = find_outcomes(base, other.outcomes)
        for outcome in own:
            find_outcome(other, outcome.name)
    except UsageError as error:
        raise UsageError(f"{other.path}: outcomes: {error.problem}", error.remedy) from error
    named = {outcome.name for outcome in own} | _written_anew(base, other)
    return own + [outcome for outcome in usual if outcome.name not in named and _known(other, outcome.name)]


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


def _written_anew(base: Scenario, other: Scenario) -> set[str]:
    """That an event has happened, of events that are called otherwise by the change: one name does not fit both."""
    before = {event.id: event.name for event in base.events}
    return {f"happened:{event.id}" for event in other.events if before.get(event.id, event.name) != event.name}


def _known(scenario: Scenario, name: str) -> bool:
    try:
        find_outcome(scenario, name)
    except UsageError:
        return False
    return True


def _meeting(scenario: Scenario, branch: int | None) -> str:
    if branch is None or branch >= len(scenario.meetings):
        return ""
    return scenario.meetings[branch].id


def _uncounted(worlds: int) -> None:
    """Finished worlds that nobody counts."""


def _silent(text: str) -> None:
    """Progress that nobody asked for."""
