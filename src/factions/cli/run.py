"""`factions run`: replay a scenario in many worlds, and say how probable they make its record."""

from __future__ import annotations

import os
from contextlib import nullcontext
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli.options import Format, FormatOption, SpreadsheetOption, Style, StyleOption, command, scenario_file
from factions.cli.progress import continued, progress_bar, say_if_compiling
from factions.cli.screen import show, show_json
from factions.cli.values import MOST_WORKERS, file_name, one_of, place, whole

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario


class Engine(StrEnum):
    """What runs the worlds; both give the same numbers."""

    compiled = "compiled"
    mesa = "mesa"


File = Annotated[
    Path,
    typer.Argument(
        parser=scenario_file, metavar="FILE", help="A scenario file, or the name of one that ships.", show_default=False
    ),
]
Worlds = Annotated[int, whole("--worlds", "Number of worlds.")]
Seed = Annotated[int, whole("--seed", "Seed of the noise: the same seed gives the same worlds.", low=0)]
Out = Annotated[
    Path | None,
    typer.Option(
        parser=place("--out"),
        metavar="DIR",
        help="Folder for plots and data. Worlds that it has already are not run again.",
    ),
]
EngineOption = Annotated[
    Engine, one_of("--engine", Engine, "compiled: fast. mesa: the readable model. Both give the same numbers.")
]
Workers = Annotated[
    int | None, whole("--workers", "Workers on this machine; by default one for each processor.", high=MOST_WORKERS)
]
Scheduler = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Address of a Dask scheduler whose workers run the worlds.")
]
ParametersOption = Annotated[
    str | None,
    typer.Option(
        parser=lambda said: file_name("--parameters", said),
        metavar="FILE",
        help="File with draws of the parameters (.parquet or .csv: a column for each parameter, a row for each draw), "
        'or "default" for the values in the scenario. Without this option: the posterior beside the scenario, if there '
        "is one.",
    ),
]

Excel = Annotated[
    bool,
    typer.Option(
        "--excel", help="Write all tables into one workbook too, tables.xlsx in --out. Needs the extra excel."
    ),
]


def chosen_draws(scenario: Scenario, parameters: str | None) -> Draws:
    """The draws that `--parameters` asks for; what a reader must know of them goes to stderr."""
    from factions.draws import find_draws

    draws = find_draws(scenario, parameters)
    if draws.caution:
        typer.echo(f"warning: {draws.caution}", err=True)
    return draws


def run(
    file: File,
    worlds: Worlds = 2000,
    seed: Seed = 0,
    out: Out = None,
    format: FormatOption = Format.text,
    engine: EngineOption = Engine.compiled,
    workers: Workers = None,
    scheduler: Scheduler = None,
    parameters: ParametersOption = None,
    style: StyleOption = Style.screen,
    spreadsheet: SpreadsheetOption = None,
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
    if excel:
        _check_excel(out)
    scenario = load(file)
    job = Job(scenario, seed, chosen_draws(scenario, parameters), engine.value, CUTS[engine.value])
    say = partial(typer.echo, err=True)
    opening = nullcontext() if out is None else opened(out, job, worlds, command(), say)
    if engine is Engine.compiled and scheduler is None:
        say_if_compiling()
    with continued("finished blocks of worlds", out), opening as store:
        with progress_bar(worlds, file.name) as progress:
            finished = run_job(job, worlds, store, workers, scheduler, progress, say)
        if store is not None:
            write_results(finished, store)
            if excel:
                write_workbook(finished, store)
            store.end()
    if format is Format.json:
        show_json(summary(finished))
    else:
        show(report(finished))


def _check_excel(out: Path | None) -> None:
    from factions.errors import UsageError
    from factions.report.workbook import check_installed

    if out is None:
        raise UsageError("--excel writes into the folder of the results", "give one with --out DIR")
    check_installed()
