"""`factions chronicle`: one world of a scenario, told as a story."""

from __future__ import annotations

from typing import Annotated

import typer

from factions.cli.check import Format
from factions.cli.run import File, FormatOption, ParametersOption, Seed, chosen_draws
from factions.cli.screen import columns, show_json
from factions.vocabulary import GREATEST

READ = 100
"""Characters in a line that is read as prose, if there is room for them."""


def chronicle(
    file: File,
    world: Annotated[
        int, typer.Option(min=0, max=GREATEST, help="Number of the world, from 0, as `run` counts them.")
    ] = 0,
    seed: Seed = 0,
    format: FormatOption = Format.text,
    parameters: ParametersOption = None,
) -> None:
    """Tell one world as a story, meeting by meeting: what was decided, and why."""
    from factions.report.chronicle import tell
    from factions.report.table import wrapped
    from factions.scenario import load

    scenario = load(file)
    values = chosen_draws(scenario, parameters).of([world])[0]
    told = tell(scenario, world, seed, values)
    if format is Format.json:
        show_json(told.data())
    else:
        typer.echo(wrapped(told.text(), min(columns(), READ)), nl=False)
