"""`factions validate`: how good is the fit, asked the way a sceptic would?"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer

from factions.cli import options
from factions.cli.options import answer, chosen_draws, command, held, threads
from factions.cli.progress import continued, say_if_compiling
from factions.cli.values import day, one_of, text


class Part(StrEnum):
    """A part of the report."""

    replay = "replay"
    prequential = "prequential"
    halves = "split"  # a string has a method of that name
    nulls = "nulls"
    ablations = "ablations"
    identification = "identification"
    sensitivity = "sensitivity"


PosteriorOption = Annotated[
    str | None,
    text(
        "--posterior",
        "File with draws of the parameters; by default the posterior beside the scenario, if there is one.",
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


def validate(
    file: options.RecordFile,
    posterior: PosteriorOption = None,
    out: options.OutKept = None,
    part: Parts = None,
    quick: Quick = False,
    split: Split = None,
    seed: options.Seed = 0,
    workers: options.Workers = None,
    format: options.FormatOption = options.Format.text,
    style: options.StyleOption = options.Style.screen,
    spreadsheet: options.SpreadsheetOption = None,
) -> None:
    """Ask how far the model can be trusted: replay, prediction, null models, ablations and more; one report."""
    from factions.report.validation import write_validation
    from factions.report.validation_text import report
    from factions.scenario import load
    from factions.validation.parts import PARTS, Validation
    from factions.validation.parts import validate as ask
    from factions.validation.study import QUICK, Budgets, Study

    scenario = load(file)
    draws = chosen_draws(scenario, posterior)
    study = Study(
        scenario,
        draws.values,
        seed,
        threads(workers),
        QUICK if quick else Budgets(),
        out,
        lambda text: typer.echo(text, err=True),
    )
    say_if_compiling()
    with continued("finished parts", out), held(out, "validate", [scenario], draws, {"seed": seed}):
        found = ask(study, tuple(part) if part else PARTS, split)
        if out is not None:
            write_validation(found, out, command())
    answer(format, Validation.plain, report, found)
    options.say_where(out, "report.html")
