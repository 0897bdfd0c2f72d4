"""The Python interface: load a scenario, run its worlds, score them on the record, step through one, tell one.

>>> import factions
>>> scenario = factions.load("scenarios/history.toml")
>>> ensemble = factions.run(scenario, worlds=100, seed=1)
>>> worlds, meetings = ensemble["vote_share"].shape
>>> worlds, meetings == len(scenario.meetings)
(100, True)
>>> scores = factions.claims(ensemble)
>>> len(scores) == len(scenario.record) and all(0 <= score.probability <= 1 for score in scores)
True
>>> party = factions.Party(scenario, world=7, seed_number=1)
>>> party.step()
>>> [bloc.open for bloc in party.blocs] == ensemble["open"][7, 0].astype(bool).tolist()
True
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.draws import find_draws
from factions.errors import FactionsError as FactionsError
from factions.errors import UsageError, whole
from factions.report.causes import Causes
from factions.report.chronicle import tell as tell
from factions.report.compared import Compared
from factions.report.robust import Robust
from factions.report.run_object import Run
from factions.report.side import Side
from factions.results.ensemble import Ensemble
from factions.runs.job import ENGINES
from factions.runs.pool import cores
from factions.scenario import Scenario
from factions.scenario import load as _load
from factions.scenario.text.shipped import find
from factions.statements.scores import ClaimScore, score_ensemble
from factions.vocabulary import GREATEST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from factions.draws import Draws


def load(path: str | Path, readings: Mapping[str, str] | None = None) -> Scenario:
    """Read a scenario file, or one that ships by its bare name ("history").

    `readings`: contested fact -> the option to take instead of the file's.  Raises ScenarioErrors, which says all that
    is wrong with the file, and UsageError for a name that is none.
    """
    return _load(find(path), readings)


def run(
    scenario: Scenario | str | Path,
    worlds: int = 2000,
    seed: int = 0,
    engine: str = "compiled",
    parameters: str | Path | None = None,
    workers: int | None = None,
) -> Run:
    """Run worlds 0 .. worlds - 1 and keep them whole (some 25 KB a world for the documented case).

    In a notebook the result shows who rules and who opposes at each meeting; `table` and `plot` give what the command
    `factions run` writes.

    `scenario`: what `load` gives, or what it takes; `engine`: compiled or mesa, which give the same numbers;
    `parameters`: a file of draws, "default" for the values in the scenario, or None for the posterior beside it if
    there is one; `workers`: threads of the compiled engine.  UsageError if an argument is not one that the command line
    takes.
    """
    worlds, seed = whole("worlds", worlds, 1, GREATEST), whole("seed", seed, 0, GREATEST)
    threads = cores() if workers is None else whole("workers", workers, 1, GREATEST)
    if engine not in ENGINES:
        raise UsageError(f'there is no engine "{engine}"', f"known: {', '.join(ENGINES)}")
    numbers = np.arange(worlds)
    scenario = _scenario(scenario)
    values = warned_draws(scenario, parameters).of(numbers)
    if engine == "mesa":
        from factions.model.run import run_worlds as run_mesa

        return Run.of(run_mesa(scenario, numbers, values, seed))
    from factions.dynamics import run_worlds
    from factions.engine.compile import CACHE

    if CACHE.caution:
        warnings.warn(CACHE.caution, stacklevel=2)
    return Run.of(run_worlds(scenario, numbers, values, seed, threads=threads))


def causes(
    scenario: Scenario | str | Path,
    outcome: str,
    worlds: int = 1000,
    seed: int = 0,
    condition: str = "branch",
    only: Sequence[str] = (),
    parameters: str | Path | None = None,
    workers: int | None = None,
) -> Causes:
    """Find the single causes that helped an outcome or stood in its way; arguments as `factions causes` has them.

    `outcome`: something that comes true or not, such as "ruling:right"; `only`: kinds of causes to try (event,
    mechanism, decision).  UsageError if an argument is not one that the command line takes.
    """
    from factions.counterfactual.conditioning import read_condition
    from factions.counterfactual.explanation import explain

    worlds, seed = whole("worlds", worlds, 20, GREATEST), whole("seed", seed, 0, GREATEST)
    threads = cores() if workers is None else whole("workers", workers, 1, GREATEST)
    chosen, scenario = read_condition(condition), _scenario(scenario)
    draws = warned_draws(scenario, parameters)
    return Causes(explain(scenario, draws, outcome, worlds, seed, chosen, only, threads))


def robust(
    path: str | Path,
    outcomes: Sequence[str] = (),
    worlds: int = 1000,
    seed: int = 0,
    condition: str = "branch",
    parameters: str | None = None,
    workers: int | None = None,
) -> Robust:
    """Ask the what-if of a file in all circumstances; arguments as `factions robust` has them.

    `path`: a counterfactual file, or one that ships by its bare name; `outcomes`: names of those to follow, by default
    those that change most.  ScenarioErrors for a file that is not sound, UsageError for an argument that is not one.
    """
    from factions.counterfactual.conditioning import read_condition
    from factions.counterfactual.robust import robust as ask
    from factions.counterfactual.variations import Question

    worlds, seed = whole("worlds", worlds, 20, GREATEST), whole("seed", seed, 0, GREATEST)
    threads = cores() if workers is None else whole("workers", workers, 1, GREATEST)
    question = Question.of(find(path), parameters, read_condition(condition), seed)
    if question.draws.caution:
        warnings.warn(question.draws.caution, stacklevel=2)
    return Robust(ask(question, worlds, outcomes, threads))


def compare(
    base: Scenario | str | Path,
    *others: Scenario | str | Path,
    worlds: int = 2000,
    seed: int = 0,
    condition: str = "branch",
    outcomes: Sequence[str] = (),
    parameters: str | Path | None = None,
    workers: int | None = None,
) -> Compared:
    """Compare counterfactuals with their baseline: scenarios, files, or the bare names of some that ship.

    `worlds`: pairs for each; `condition`: none, branch or record; `outcomes`: names of what one wants to know, such as
    "ruling:right".  The answer in sentences is what it prints.  UsageError if an argument is not one that the command
    line takes, ScenarioErrors for a file that is not sound.
    """
    from factions.counterfactual.compare import Comparer, in_order, matching
    from factions.counterfactual.conditioning import read_condition

    worlds, seed = whole("worlds", worlds, 2, GREATEST), whole("seed", seed, 0, GREATEST)
    threads = cores() if workers is None else whole("workers", workers, 1, GREATEST)
    baseline = _scenario(base)
    scenarios = [each for other in others for each in _scenarios(other)]
    matching(baseline, scenarios)
    comparer = Comparer(baseline, warned_draws(baseline, parameters), worlds, seed, read_condition(condition), threads)
    return Compared([Side.of(comparer.compare(each, outcomes)) for each in in_order(comparer, scenarios)])


def _scenario(given: Scenario | str | Path) -> Scenario:
    return given if isinstance(given, Scenario) else load(given)


def _scenarios(given: Scenario | str | Path) -> list[Scenario]:
    """A scenario, or all that a file stands for."""
    from factions.scenario.variants import read_variants

    return [given] if isinstance(given, Scenario) else [reading.scenario for reading in read_variants(find(given))]


def page(
    scenario: Scenario | str | Path,
    path: str | Path,
    worlds: int = 500,
    seed: int = 0,
    parameters: str | Path | None = None,
) -> Path:
    """Write one HTML page that plays worlds 0 .. worlds - 1 meeting by meeting, and return its path.

    It needs no network and nothing beside it.  Arguments as for `run`.
    """
    from factions.report.replay import play_replay, replay_page
    from factions.store.files import write_text

    worlds, seed = whole("worlds", worlds, 1, GREATEST), whole("seed", seed, 0, GREATEST)
    scenario = _scenario(scenario)
    draws = warned_draws(scenario, parameters)
    play = play_replay(scenario, draws, worlds, seed, cores())
    call = f"factions.page({scenario.path.name!r}, worlds={worlds}, seed={seed})"
    write_text(Path(path), replay_page(scenario, draws, play, seed, call).markup())
    return Path(path)


def claims(ensemble: Ensemble) -> list[ClaimScore]:
    """How probable the worlds make each claim of the record, in its order; a list that pandas takes as a table."""
    return score_ensemble(ensemble)


def warned_draws(scenario: Scenario, parameters: str | Path | None) -> Draws:
    """The draws that are asked for, with a warning of what a reader must know of them."""
    draws = find_draws(scenario, parameters)
    if draws.caution:
        warnings.warn(draws.caution, stacklevel=3)
    return draws


def __getattr__(name: str) -> Any:
    if name != "Party":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from factions.model import Party  # Mesa takes a second to import: not before it is wanted

    return Party
