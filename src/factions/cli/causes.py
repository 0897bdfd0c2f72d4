"""`factions causes`: what was necessary, and what sufficient, for an outcome, and when it became inevitable."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from factions.cli.check import Format
from factions.cli.compare import ConditionOption, read_condition
from factions.cli.options import command, folder, held
from factions.cli.progress import progress_bar, say_if_compiling
from factions.cli.run import File, FormatOption, ParametersOption, Seed, chosen_draws
from factions.cli.screen import show, show_json
from factions.vocabulary import GREATEST

OutcomeName = Annotated[
    str, typer.Option(metavar="NAME", help="What comes true or not, such as ruling:right or party:trotsky@xv_congress.")
]
Worlds = Annotated[int, typer.Option(min=20, max=GREATEST, help="Worlds for each cause.")]
Only = Annotated[
    list[str] | None,
    typer.Option(metavar="KIND", help="Only causes of this kind: event, mechanism or decision. May be repeated."),
]
OutFolder = Annotated[Path | None, typer.Option(parser=folder, metavar="DIR", help="Folder for plots and data.")]


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
) -> None:
    """Rank single causes of an outcome: how necessary, how sufficient; and say when it became inevitable."""
    from factions.counterfactual.causes import candidates, rank
    from factions.counterfactual.inevitability import Factual, inevitability
    from factions.errors import UsageError
    from factions.report.causes import report, summary, write_causes
    from factions.scenario import load
    from factions.statements.outcomes import find_outcome

    base, chosen = load(file), read_condition(condition)
    wanted = find_outcome(base, outcome)
    if wanted.unit != "probability":
        raise UsageError(
            f'"{outcome}" is not a probability', "name something that comes true or not, such as ruling:BLOC"
        )
    draws = chosen_draws(base, parameters)
    factual = Factual(base, draws, worlds, seed, wanted, os.cpu_count() or 1)
    listed = [candidate for candidate in candidates(base) if not only or candidate.kind in only]
    if not listed:
        raise UsageError(
            f"there are no causes of kind {', '.join(only or ())}", "the kinds are event, mechanism and decision"
        )
    say_if_compiling()
    identity = {"outcome": outcome, "worlds": worlds, "seed": seed, "condition": condition, "only": only or []}
    programs = ["factions.counterfactual.causes", "factions.counterfactual.inevitability"]
    with held(out, "causes", [base], draws, identity, programs):
        with progress_bar(len(listed), "causes") as progress:
            ranked = rank(factual, listed, chosen, progress)
        points = inevitability(factual)
        if out is not None:
            write_causes(factual, ranked, points, out, shlex.join(command()))
    if format is Format.json:
        show_json(summary(factual, condition, ranked, points))
    else:
        show(report(factual, ranked, points))
