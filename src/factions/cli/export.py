"""`factions export`: a scenario as tables for a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from factions.cli.options import Spreadsheet, SpreadsheetOption, folder
from factions.cli.run import File

Csv = Annotated[
    Path,
    typer.Option("--csv", parser=folder, metavar="DIR", help="Folder to write the tables into.", show_default=False),
]


def export(file: File, csv: Csv, spreadsheet: SpreadsheetOption = Spreadsheet.point) -> None:
    """Write a scenario as CSV tables (leaders, ties, offices, meetings, ...), which a spreadsheet opens and saves.

    The folder is a scenario too: `factions check DIR --against FILE` says what was edited in it, `factions run DIR`
    runs it, and `factions new NAME --from-csv DIR` makes one file of it.
    """
    from factions.errors import UsageError
    from factions.scenario import load
    from factions.scenario.spreadsheets import tables
    from factions.store.files import write_bytes

    scenario = load(file)
    found = tables(scenario)
    for name in found:
        if (csv / name).exists():
            raise UsageError(f"{csv / name} exists already", "choose another folder, or remove it")
    for name, table in found.items():
        write_bytes(csv / name, table)
        typer.echo(str(csv / name))
    if scenario.contested:
        typer.echo("The tables hold the readings in force; contested facts and other readings stay in the file.")
