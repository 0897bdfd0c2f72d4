"""Validation (g): which parameters and which judged inputs drive the outcomes.

Elementary effects (Morris 1991; mean of absolute values: Campolongo, Cariboni & Saltelli 2007), by SALib.  Parameters
move within the central 90 % of their posterior; the position of a bloc on an issue moves by one step of the ordinal
scale (half a unit) either way for all its members; a tie of trust, of blocs or of persons, moves by a quarter either
way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from factions import shocks
from factions.dynamics import EngineDynamics, record_all
from factions.errors import UsageError
from factions.parameters import DTYPE, FREE, PARAMETERS
from factions.results.arrays import empty_arrays
from factions.results.ensemble import Ensemble
from factions.statements.claims import judge
from factions.statements.predicates import in_open_opposition, in_ruling_alliance, outside
from factions.world.build import build_case
from factions.world.case import Case

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.validation.study import Study

STEP, TIE_STEP = 0.5, 0.25
_LEVELS = 4


@dataclass(frozen=True)
class Effect:
    """Mean absolute elementary effect of a factor on an outcome: the change of the outcome over the factor's range.

    `kind` of the factor: "parameter", "position" of a bloc, "tie" or "personal tie"; `error` from the bootstrap.
    """

    outcome: str
    factor: str
    kind: str
    effect: float
    error: float


@dataclass(frozen=True)
class Sensitivity:
    """(g) Effects of all factors, over `trajectories` of `worlds` worlds; `step`, `tie_step`: how far inputs move."""

    method: str
    trajectories: int
    worlds: int
    step: float
    tie_step: float
    rows: tuple[Effect, ...]


@dataclass(frozen=True)
class Factor:
    """One input that moves within [low, high]: a parameter, a bloc's position (a shift), or a tie's trust (a shift)."""

    name: str
    kind: str
    low: float
    high: float
    at: tuple[int, int] = (0, 0)


def factors(study: Study) -> list[Factor]:
    """Parameters, positions by bloc and issue, ties."""
    scenario, found = study.scenario, []
    for name in FREE:
        low, high = np.quantile(study.draws[name], (0.05, 0.95))
        if high > low:
            found.append(Factor(name, "parameter", float(low), float(high)))
    for b, bloc in enumerate(scenario.blocs):
        for k, issue in enumerate(scenario.issues):
            found.append(Factor(f"{bloc.id} on {issue.id}", "position", -STEP, STEP, (b, k)))
    index = {bloc.id: b for b, bloc in enumerate(scenario.blocs)}
    for tie in scenario.ties:
        pair = (index[tie.blocs[0]], index[tie.blocs[1]])
        found.append(Factor(" and ".join(tie.blocs), "tie", -TIE_STEP, TIE_STEP, pair))
    for t, bound in enumerate(scenario.personal_ties):
        found.append(Factor(" and ".join(bound.leaders), "personal tie", -TIE_STEP, TIE_STEP, (t, t)))
    return found


@dataclass(frozen=True)
class Outcomes:
    """Outcomes in some rows of the sampled table: (rows, outcomes)."""

    outcomes: tuple[tuple[float, ...], ...]


def sensitivity(study: Study) -> Sensitivity:
    """Mean absolute effect of each factor on each outcome, with its bootstrap error, over trajectories."""
    morris_sample, morris_analyze = _salib()
    inputs, budgets = factors(study), study.budgets
    problem = {
        "num_vars": len(inputs),
        "names": [factor.name for factor in inputs],
        "bounds": [[factor.low, factor.high] for factor in inputs],
    }
    table = morris_sample.sample(problem, budgets.trajectories, num_levels=_LEVELS, seed=study.seed)
    size = max(1, 65536 // budgets.sensitivity_worlds)
    parts = []
    for first in range(0, len(table), size):
        about = (first, len(table), budgets.sensitivity_worlds, budgets.trajectories)
        make = partial(_outcomes, study, inputs, table[first : first + size])
        parts.append(study.kept("sensitivity", about, Outcomes, make))
    outcomes = np.concatenate([np.array(part.outcomes) for part in parts])
    rows = []
    for column, outcome in enumerate(outcome_names(study.scenario)):
        found = morris_analyze.analyze(problem, table, outcomes[:, column], num_levels=_LEVELS, seed=study.seed)
        for factor, effect, error in zip(inputs, found["mu_star"], found["mu_star_conf"], strict=True):
            rows.append(Effect(outcome, factor.name, factor.kind, _number(effect), _number(error) / 1.96))
    return Sensitivity("Morris", budgets.trajectories, budgets.sensitivity_worlds, STEP, TIE_STEP, tuple(rows))


def _number(value: Any) -> float:
    number = float(value)
    return number if np.isfinite(number) else 0.0


def _salib() -> tuple[Any, Any]:
    try:
        from SALib.analyze import morris as analyze
        from SALib.sample import morris as sample
    except ImportError as error:
        remedy = 'install it with: pip install "factions[sensitivity]", or leave the part out'
        raise UsageError("the sensitivity part needs SALib, which is not installed", remedy) from error
    return sample, analyze


def outcome_names(scenario: Scenario) -> list[str]:
    """What is looked at: share of claims that hold; per bloc, share of meetings in power and in open opposition."""
    names = ["claims that hold"]
    for bloc in scenario.blocs:
        names += [f"{bloc.id} in power", f"{bloc.id} in open opposition"]
    return names


def _outcomes(study: Study, inputs: list[Factor], table: np.ndarray) -> Outcomes:
    base, middle = build_case(study.scenario), _middle(study.draws)
    seed = shocks.key(f"sensitivity {study.seed}")
    return Outcomes(tuple(_outcome(study, *_moved(base, middle, inputs, row), seed) for row in table))


def _middle(draws: np.ndarray) -> np.ndarray:
    """The medians of the posterior, for parameters that do not move."""
    values = np.zeros((), DTYPE)
    for name in PARAMETERS:
        values[name] = np.median(draws[name])
    return values


def _moved(case: Case, values: np.ndarray, inputs: list[Factor], row: np.ndarray) -> tuple[Case, np.ndarray]:
    """The case and the parameters with every factor at its place in the row."""
    values, ideal, trust = values.copy(), case.ideal.copy(), case.trust.copy()
    personal = case.tied_trust.copy()
    for factor, value in zip(inputs, row, strict=True):
        a, b = factor.at
        if factor.kind == "parameter":
            values[factor.name] = value
        elif factor.kind == "position":
            ideal[case.membership == a, b] += value
        elif factor.kind == "personal tie":
            personal[a] += value
        else:
            trust[a, b] += value
            trust[b, a] = trust[a, b]
    moved = {"ideal": ideal, "trust": trust, "tied_trust": personal}
    return replace(case, **{name: np.clip(array, -1.0, 1.0) for name, array in moved.items()}), values


def _outcome(study: Study, case: Case, values: np.ndarray, seed: int) -> tuple[float, ...]:
    """The outcomes in worlds 0, 1, ... of that case: the same noise for every row."""
    worlds = np.arange(study.budgets.sensitivity_worlds)
    arrays = empty_arrays(study.scenario, len(worlds))
    record_all(EngineDynamics(case, np.repeat(values.reshape(1), len(worlds)), seed), arrays, lambda m: worlds)
    ensemble = Ensemble(study.scenario, seed, "compiled", worlds, arrays)
    rules, speaks = in_ruling_alliance(ensemble), outside(ensemble) & in_open_opposition(ensemble)
    held = judge(ensemble)
    found = [float(held.mean()) if held.shape[1] else 0.0]
    for b in range(len(study.scenario.blocs)):
        found += [float(rules[:, :, b].mean()), float(speaks[:, :, b].mean())]
    return tuple(found)
