"""`factions validate`: how good is the fit, asked the way a sceptic would?"""

from __future__ import annotations

import datetime as dt
import os
import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from factions.cli.options import (
    Format,
    FormatOption,
    SpreadsheetOption,
    Style,
    StyleOption,
    command,
    held,
    scenario_file,
)
from factions.cli.progress import continued, say_if_compiling
from factions.cli.run import chosen_draws
from factions.cli.screen import show, show_json
from factions.cli.values import MOST_WORKERS, day, file_name, one_of, place, whole


class Part(StrEnum):
    """A part of the report."""

    replay = "replay"
    prequential = "prequential"
    halves = "split"  # a string has a method of that name
    nulls = "nulls"
    ablations = "ablations"
    identification = "identification"
    sensitivity = "sensitivity"


File = Annotated[
    Path,
    typer.Argument(parser=scenario_file, metavar="FILE", help="A scenario file with a record.", show_default=False),
]
PosteriorOption = Annotated[
    str | None,
    typer.Option(
        "--posterior",
        parser=lambda said: file_name("--posterior", said),
        metavar="FILE",
        help="File with draws of the parameters; by default the posterior beside the scenario, if there is one.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        parser=place("--out"),
        metavar="DIR",
        help="Folder for the report, plots and data. Parts that it has already are not run again.",
    ),
]
Parts = Annotated[list[Part] | None, one_of("--part", Part, "Run only this part. May be repeated.")]
Quick = Annotated[bool, typer.Option("--quick", help="Small budgets, for a trial. Not for results.")]
Split = Annotated[
    dt.date | None,
    day(
        "--split",
        "Last day of the first part of the record. By default the end of the year in which a third of the time has "
        "passed.",
    ),
]
Seed = Annotated[int, whole("--seed", "Seed: the same seed gives the same report.", low=0)]
Workers = Annotated[int | None, whole("--workers", "Threads; by default one for each processor.", high=MOST_WORKERS)]


def validate(
    file: File,
    posterior: PosteriorOption = None,
    out: Out = None,
    part: Parts = None,
    quick: Quick = False,
    split: Split = None,
    seed: Seed = 0,
    workers: Workers = None,
    format: FormatOption = Format.text,
    style: StyleOption = Style.screen,
    spreadsheet: SpreadsheetOption = None,
) -> None:
    """Ask how far the model can be trusted: replay, prediction, null models, ablations and more; one report."""
    from factions.report.validation import write_validation
    from factions.report.validation_text import report
    from factions.scenario import load
    from factions.validation.parts import PARTS
    from factions.validation.parts import validate as answer
    from factions.validation.study import QUICK, Budgets, Study

    scenario = load(file)
    draws = chosen_draws(scenario, posterior)
    study = Study(
        scenario,
        draws.values,
        seed,
        workers or os.cpu_count() or 1,
        QUICK if quick else Budgets(),
        out,
        lambda text: typer.echo(text, err=True),
    )
    say_if_compiling()
    with continued("finished parts", out), held(out, "validate", [scenario], draws, {"seed": seed}):
        found = answer(study, tuple(part) if part else PARTS, split)
        if out is not None:
            write_validation(found, out, shlex.join(command()))
    if format is Format.json:
        show_json(found.plain())
    else:
        show(report(found))
