"""`factions sweep`: one scenario with single values set otherwise, run by run."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from factions.cli import options
from factions.cli.options import answer, chosen_draws, held
from factions.cli.progress import continued, progress_bar, say_if_compiling
from factions.cli.values import path, whole

Vary = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY=A,B,...",
        help="What to vary, and its values: a parameter (safety_motive=0.5,1,2), mechanisms.NAME, readings.FACT, or an "
        "input by its path (leaders.stalin.prestige=5,10; events.lenin_dies.date=1924-01-21,1925-01-21). May be "
        "repeated: every combination is run.",
    ),
]
DesignOption = Annotated[
    Path | None, path("--design", "FILE", "CSV table of runs: a column for each thing that is set, a row for each run.")
]
Worlds = Annotated[int, whole("--worlds", "Worlds for each run.")]


def sweep(
    file: options.File,
    vary: Vary = None,
    design: DesignOption = None,
    worlds: Worlds = 1000,
    seed: options.Seed = 0,
    outcome: options.OutcomeOption = None,
    out: options.OutKept = None,
    format: options.FormatOption = options.Format.text,
    engine: options.EngineOption = options.Engine.compiled,
    workers: options.Workers = None,
    scheduler: options.Scheduler = None,
    parameters: options.ParametersOption = None,
    style: options.StyleOption = options.Style.screen,
    spreadsheet: options.SpreadsheetOption = None,
) -> None:
    """Run a scenario with single values set otherwise, in every combination: one table, and one picture of outcomes."""
    from factions.report.sweep import report, summary, write_sweep
    from factions.runs.sweep import SWEEP, Cell, Sweep, rows
    from factions.scenario.settings import Base, cells_of, read_design
    from factions.statements.outcomes import find_outcomes, usual_outcomes

    base = Base.of(file)
    scenario = base.reading.scenario
    settings = cells_of(base, vary or [], [] if design is None else read_design(design))
    draws = chosen_draws(scenario, parameters)
    outcomes = find_outcomes(scenario, outcome) if outcome else usual_outcomes(scenario)
    planned = Sweep(
        [Cell.of(base, each, draws) for each in settings],
        [each.name for each in outcomes],
        worlds,
        seed,
        engine.value,
        out,
    )
    if engine is options.Engine.compiled and scheduler is None:
        say_if_compiling()
    with continued("finished runs", out), held(out, "sweep", [scenario], draws, planned.identity, SWEEP):
        with progress_bar(len(settings), "runs") as progress:
            found = planned.run(workers, scheduler, progress, partial(typer.echo, err=True))
        table = rows(planned, found)
        if out is not None:
            write_sweep(planned, table, out)
    answer(format, summary, report, planned, table)
    options.say_where(out, "sweep.png")
