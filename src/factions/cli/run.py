"""`factions run`: replay a scenario in many worlds, and say how probable they make its record."""

from __future__ import annotations

import os
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from factions.cli import options
from factions.cli.options import answer, chosen_draws, command
from factions.cli.progress import continued, progress_bar, say_if_compiling
from factions.cli.values import whole

Worlds = Annotated[int, whole("--worlds", "Number of worlds.")]
Excel = Annotated[
    bool,
    typer.Option(
        "--excel", help="Write all tables into one workbook too, tables.xlsx in --out. Needs the extra excel."
    ),
]


def run(
    file: options.File,
    worlds: Worlds = 2000,
    seed: options.Seed = 0,
    out: options.OutKept = None,
    format: options.FormatOption = options.Format.text,
    engine: options.EngineOption = options.Engine.compiled,
    workers: options.Workers = None,
    scheduler: options.Scheduler = None,
    parameters: options.ParametersOption = None,
    style: options.StyleOption = options.Style.screen,
    spreadsheet: options.SpreadsheetOption = None,
    excel: Excel = False,
) -> None:
    """Replay a scenario: who rules and who opposes at each meeting, and how probable each claim of the record is."""
    from factions.report.run_files import write_results
    from factions.report.run_summary import summary
    from factions.report.run_text import report
    from factions.report.workbook import write_workbook
    from factions.runs.job import CUTS, Job
    from factions.runs.run import run as run_job
    from factions.runs.store import opened
    from factions.scenario import load

    # pyarrow's own allocator holds on to some 50 MB that the plots could use; it reads this when first imported.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    _check_excel(excel, out)
    scenario = load(file)
    job = Job(scenario, seed, chosen_draws(scenario, parameters), engine.value, CUTS[engine.value])
    say = partial(typer.echo, err=True)
    opening = nullcontext() if out is None else opened(out, job, worlds, command(), say)
    if engine is options.Engine.compiled and scheduler is None:
        say_if_compiling()
    with continued("finished blocks of worlds", out), opening as store:
        with progress_bar(worlds, file.name) as progress:
            finished = run_job(job, worlds, store, workers, scheduler, progress, say)
        if store is not None:
            write_results(finished, store)
            if excel:
                write_workbook(finished, store)
            store.end()
    answer(format, summary, report, finished)
    options.say_where(out, "plots/alliances.png")


def _check_excel(asked: bool, out: Path | None) -> None:
    from factions.errors import UsageError
    from factions.report.workbook import check_installed

    if not asked:
        return
    if out is None:
        raise UsageError("--excel writes into the folder of the results", "give one with --out DIR")
    check_installed()
