"""`factions export`: a scenario as tables for a spreadsheet, its draws and worlds for others' tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli import options
from factions.cli.options import chosen_draws, threads
from factions.cli.progress import say_if_compiling
from factions.cli.values import path, whole

if TYPE_CHECKING:
    from factions.scenario import Scenario

Csv = Annotated[Path | None, path("--csv", "DIR", "Folder to write the case into, as tables.")]
Netcdf = Annotated[
    Path | None,
    path(
        "--netcdf",
        "FILE.nc",
        "File for posterior, prior, worlds and record, as ArviZ and xarray read them. Needs the extra xarray.",
    ),
]
Worlds = Annotated[
    int | None, whole("--worlds", "Worlds in the netCDF file; by default one for each draw of the posterior.")
]


def export(
    file: options.File,
    csv: Csv = None,
    spreadsheet: options.SpreadsheetOption = options.Spreadsheet.point,
    netcdf: Netcdf = None,
    worlds: Worlds = None,
    seed: options.Seed = 0,
    parameters: options.ParametersOption = None,
) -> None:
    """Write a scenario as CSV tables (leaders, ties, offices, ...), or its draws and worlds as a netCDF file.

    The folder of tables is a scenario too: `factions check DIR --against FILE` says what was edited in it,
    `factions run DIR` runs it, and `factions new NAME --from-csv DIR` makes one file of it.
    """
    from factions.errors import UsageError
    from factions.scenario import load

    if csv is None and netcdf is None:
        raise UsageError("it is not said what to write", "give --csv DIR or --netcdf FILE.nc")
    scenario = load(file)
    if csv is not None:
        _write_tables(scenario, csv)
    if netcdf is not None:
        _write_netcdf(scenario, netcdf, worlds, seed, parameters)


def _write_tables(scenario: Scenario, to: Path) -> None:
    from factions.scenario.forms.spreadsheets import tables
    from factions.store.files import write_bytes

    found = tables(scenario)
    for name in found:
        _check_new(to / name, "choose another folder, or remove it")
    for name, table in found.items():
        write_bytes(to / name, table)
        typer.echo(str(to / name))
    if scenario.contested:
        typer.echo("The tables hold the readings in force; contested facts and other readings stay in the file.")


def _write_netcdf(scenario: Scenario, to: Path, worlds: int | None, seed: int, parameters: str | None) -> None:
    from factions.report.exchange import write_netcdf

    _check_new(to, "choose another name, or remove it")
    draws = chosen_draws(scenario, parameters)
    say_if_compiling()
    write_netcdf(to, scenario, draws, worlds or len(draws.values), seed, threads())
    typer.echo(str(to))


def _check_new(path: Path, remedy: str) -> None:
    from factions.errors import UsageError

    if path.exists():
        raise UsageError(f"{path} exists already", remedy)
