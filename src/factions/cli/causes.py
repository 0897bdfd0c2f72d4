"""`factions causes`: what was necessary, and what sufficient, for an outcome, and when it became inevitable."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from factions.cli import options
from factions.cli.options import answer, chosen_draws, command, held, threads
from factions.cli.progress import progress_bar, say_if_compiling
from factions.cli.values import whole

OutcomeName = Annotated[
    str, typer.Option(metavar="NAME", help="What comes true or not, such as ruling:right or party:trotsky@xv_congress.")
]
Worlds = Annotated[int, whole("--worlds", "Worlds for each cause.", low=20)]
Only = Annotated[
    list[str] | None,
    typer.Option(metavar="KIND", help="Only causes of this kind: event, mechanism or decision. May be repeated."),
]


def causes(
    file: options.File,
    outcome: OutcomeName,
    worlds: Worlds = 1000,
    seed: options.Seed = 0,
    condition: options.ConditionOption = "branch",
    only: Only = None,
    out: options.Out = None,
    format: options.FormatOption = options.Format.text,
    parameters: options.ParametersOption = None,
    style: options.StyleOption = options.Style.screen,
    spreadsheet: options.SpreadsheetOption = None,
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
        found = explain(base, draws, outcome, worlds, seed, chosen, only or [], threads(), bar)
        if out is not None:
            write_causes(found, out, command())
    answer(format, summary, report, found)
    options.say_where(out, "report.html")
