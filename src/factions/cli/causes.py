"""`factions causes`: what was necessary, and what sufficient, for an outcome, and when it became inevitable."""

from __future__ import annotations

import os
import shlex
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from factions.cli.compare import ConditionOption
from factions.cli.options import Format, FormatOption, SpreadsheetOption, Style, StyleOption, command, held
from factions.cli.progress import progress_bar, say_if_compiling
from factions.cli.run import File, ParametersOption, Seed, chosen_draws
from factions.cli.screen import show, show_json
from factions.cli.values import place, whole

OutcomeName = Annotated[
    str, typer.Option(metavar="NAME", help="What comes true or not, such as ruling:right or party:trotsky@xv_congress.")
]
Worlds = Annotated[int, whole("--worlds", "Worlds for each cause.", low=20)]
Only = Annotated[
    list[str] | None,
    typer.Option(metavar="KIND", help="Only causes of this kind: event, mechanism or decision. May be repeated."),
]
OutFolder = Annotated[
    Path | None, typer.Option(parser=place("--out"), metavar="DIR", help="Folder for plots and data.")
]


def causes(
    file: File,
    outcome: OutcomeName,
    worlds: Worlds = 1000,
    seed: Seed = 0,
    condition: ConditionOption = "branch",
    only: Only = None,
    out: OutFolder = None,
    format: FormatOption = Format.text,
    parameters: ParametersOption = None,
    style: StyleOption = Style.screen,
    spreadsheet: SpreadsheetOption = None,
) -> None:
    """Find the single causes that helped an outcome or stood in its way, and say when it became inevitable."""
    from factions.counterfactual.conditioning import read_condition
    from factions.counterfactual.explanation import chosen_candidates, explain, find_cause_outcome
    from factions.report.causes import report, summary, write_causes
    from factions.scenario import load

    base, chosen = load(file), read_condition(condition)
    chosen_candidates(base, only or [], find_cause_outcome(base, outcome))  # before anything is written
    draws = chosen_draws(base, parameters)
    say_if_compiling()
    identity = {"outcome": outcome, "worlds": worlds, "seed": seed, "condition": condition, "only": only or []}
    with held(out, "causes", [base], draws, identity, ["factions.counterfactual.explanation"]):
        bar = partial(progress_bar, what="causes")
        found = explain(base, draws, outcome, worlds, seed, chosen, only or [], os.cpu_count() or 1, bar)
        if out is not None:
            write_causes(found, out, shlex.join(command()))
    if format is Format.json:
        show_json(summary(found))
    else:
        show(report(found))
