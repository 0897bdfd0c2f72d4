"""`factions compare`: what changes, from which meeting on, and how sure one can be of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli import options
from factions.cli.options import answer, chosen_draws, command, held, scenario_argument, threads
from factions.cli.progress import progress_bar, say_if_compiling
from factions.cli.values import whole

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.report.comparing import Comparing
    from factions.scenario import Scenario

Base = Annotated[Path, scenario_argument("The scenario without the change.", "BASE")]
Others = Annotated[list[Path], scenario_argument("Counterfactual files.", "OTHER...")]
Worlds = Annotated[int, whole("--worlds", "Pairs of worlds for each file.", low=2)]


def compare(
    base: Base,
    others: Others,
    worlds: Worlds = 4000,
    seed: options.Seed = 0,
    condition: options.ConditionOption = "branch",
    outcome: options.OutcomeOption = None,
    out: options.Out = None,
    format: options.FormatOption = options.Format.text,
    engine: options.EngineOption = options.Engine.compiled,
    workers: options.Workers = None,
    parameters: options.ParametersOption = None,
    style: options.StyleOption = options.Style.screen,
    spreadsheet: options.SpreadsheetOption = None,
) -> None:
    """Compare worlds with and without a change: what differs, from which meeting on, and how sure it is."""
    from factions.counterfactual.compare import Comparer
    from factions.counterfactual.conditioning import read_condition
    from factions.counterfactual.summary import summary
    from factions.report.comparing import Comparing
    from factions.report.comparison_text import report

    chosen = read_condition(condition)
    baseline, scenarios = load_all(base, others)
    draws = chosen_draws(baseline, parameters)
    comparer = Comparer(baseline, draws, worlds, seed, chosen, threads(workers), engine.value)
    sheets = spreadsheet.value if spreadsheet else "program"
    comparing = Comparing(comparer, tuple(outcome or ()), out, command(), style.value, sheets)
    say_if_compiling()
    identity = {"outcome": outcome or [], "worlds": worlds, "seed": seed, "condition": condition, "engine": engine}
    with held(out, "compare", [baseline, *scenarios], draws, identity, ["factions.counterfactual.compare"]):
        finished = _run(comparing, scenarios)
    answer(format, summary, report, finished)
    options.say_where(out, "index.html")


def _run(comparing: Comparing, scenarios: list[Scenario]) -> list[Comparison]:
    """Compare the files, in the order in which they were named; with a folder, write what speaks of all of them."""
    from factions.counterfactual.compare import RUNS
    from factions.report.overview import write_overview

    with progress_bar(RUNS * comparing.comparer.worlds * len(scenarios), "worlds") as progress:
        finished = list(comparing.run(scenarios, _say, progress))
    order = [scenario.path for scenario in scenarios]
    finished.sort(key=lambda each: order.index(each.scenario.path))
    if comparing.out is not None:
        write_overview(finished, comparing.out, comparing.command)
    return finished


def _say(file: str, text: str) -> None:
    typer.echo(f"{file}: {text}", err=True)


def load_all(base: Path, others: list[Path]) -> tuple[Scenario, list[Scenario]]:
    """The scenarios; a UsageError if they cannot be compared."""
    from factions.counterfactual.compare import matching
    from factions.scenario import load
    from factions.scenario.variants import read_variants

    baseline, readings = load(base), [each for other in others for each in read_variants(other)]
    for caution in dict.fromkeys(caution for each in readings for caution in each.cautions):
        typer.echo(str(caution.warning), err=True)
    scenarios = [each.scenario for each in readings]
    matching(baseline, scenarios)
    return baseline, scenarios
