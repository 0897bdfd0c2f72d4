"""The arguments and options that several commands have, and what several commands do with them."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli.screen import show, show_json
from factions.cli.values import MOST_WORKERS, file_name, one_of, path, text, whole

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.report.table import Block
    from factions.scenario import Scenario


def scenario_file(said: str | Path) -> Path:
    """The scenario file that an argument names: a name without folder and ending is one that ships."""
    from factions.scenario.text.shipped import find

    return find(file_name("the name of the scenario", said))


def scenario_argument(help: str, metavar: str = "FILE", show_default: bool = False) -> object:
    """An argument for a scenario file, or for several."""
    return typer.Argument(parser=scenario_file, metavar=metavar, help=help, show_default=show_default)


class Format(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"


class Engine(StrEnum):
    """What runs the worlds; both give the same numbers."""

    compiled = "compiled"
    mesa = "mesa"


class Style(StrEnum):
    """What figures are drawn for."""

    screen = "screen"
    paper = "paper"
    slides = "slides"


class Spreadsheet(StrEnum):
    """What spreadsheets write before decimals."""

    point = "point"
    comma = "comma"


def _drawn(context: typer.Context, style: Style) -> Style:
    """Draws all figures of the command in this style."""
    from factions.plots.shape import drawn_as

    context.with_resource(drawn_as(style.value))
    return style


def _written(context: typer.Context, spreadsheet: Spreadsheet | None) -> Spreadsheet | None:
    """Writes all CSV tables of the command for such a spreadsheet."""
    from factions.store.csv_tables import written_for

    if spreadsheet is not None:
        context.with_resource(written_for(spreadsheet.value))
    return spreadsheet


File = Annotated[Path, scenario_argument("A scenario file, or the name of one that ships.")]
RecordFile = Annotated[Path, scenario_argument("A scenario file with a record.")]
Seed = Annotated[int, whole("--seed", "Seed of the noise: the same seed gives the same results.", low=0)]
Workers = Annotated[
    int | None, whole("--workers", "Workers on this machine; by default one for each processor.", high=MOST_WORKERS)
]
Scheduler = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Address of a Dask scheduler whose workers run the worlds.")
]
EngineOption = Annotated[
    Engine, one_of("--engine", Engine, "compiled: fast. mesa: the readable model. Both give the same numbers.")
]
ParametersOption = Annotated[
    str | None,
    text(
        "--parameters",
        "File with draws of the parameters (.parquet or .csv: a column for each parameter, a row for each draw), or "
        '"default" for the values in the scenario. Without this option: the posterior beside the scenario, if there '
        "is one.",
    ),
]
ConditionOption = Annotated[
    str,
    typer.Option(
        metavar="[none|branch|record]",
        help="Which worlds. none: any. branch: those that agree with the record up to the change. record: those that "
        "agree with all of it.",
    ),
]
OutcomeOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="An outcome, such as ruling:right or politburo:trotsky. May be repeated."),
]
Out = Annotated[Path | None, path("--out", "DIR", "Folder for reports, figures and tables.")]
OutKept = Annotated[
    Path | None, path("--out", "DIR", "Folder for results. What is finished in it already is not run again.")
]
FormatOption = Annotated[Format, one_of("--format", Format, "Results as text or as JSON.")]
StyleOption = Annotated[
    Style,
    one_of(
        "--style",
        Style,
        "Figures for the screen, for paper (180 mm, a PDF besides), or for slides (large letters, no caption).",
        callback=_drawn,
    ),
]
"""What takes this option need not read it: see `_drawn`."""
SpreadsheetOption = Annotated[
    Spreadsheet | None,
    one_of(
        "--spreadsheet",
        Spreadsheet,
        "CSV tables that a spreadsheet opens at a double click. point: with numbers such as 0.5. comma: with numbers "
        "such as 0,5, and semicolons between cells.",
        callback=_written,
    ),
]
"""What takes this option need not read it: see `_written`."""


def command() -> str:
    """The command as it can be typed again."""
    return shlex.join(["factions", *sys.argv[1:]])


def answer(
    format: Format, summary: Callable[..., object], report: Callable[..., Iterable[Block]], *found: object
) -> None:
    """Prints what was found: `summary(*found)` as JSON, or `report(*found)` as text."""
    if format is Format.json:
        show_json(summary(*found))
    else:
        show(report(*found))


def say_where(out: Path | None, first: str) -> None:
    """After a command that writes into a folder: which of its files to open first, on stderr."""
    if out is not None:
        typer.echo(f"the results are in {out}; begin with {first}", err=True)


def threads(workers: int | None = None) -> int:
    """Threads that run worlds: as many as are asked for, else one for each processor."""
    from factions.runs.pool import cores

    return workers or cores()


def chosen_draws(scenario: Scenario, parameters: str | None) -> Draws:
    """The draws that `--parameters` asks for; what a reader must know of them goes to stderr."""
    from factions.draws import find_draws

    draws = find_draws(scenario, parameters)
    if draws.caution:
        typer.echo(f"warning: {draws.caution}", err=True)
    return draws


def held(
    out: Path | None,
    name: str,
    scenarios: Sequence[Scenario],
    draws: Draws,
    identity: Mapping[str, object],
    programs: Sequence[str] = (),
) -> AbstractContextManager[None]:
    """The folder `--out`, if there is one, held for the results of the command `name`.

    `identity`: options that decide them, by name; `programs`: modules whose text decides them, if another version of
    the program may not write there.
    """
    if out is None:
        return nullcontext()
    from factions.runs.results import ResultsManifest, results_folder
    from factions.store.provenance import program_digest

    version = {"version of factions": program_digest(*programs)} if programs else {}
    manifest = ResultsManifest.of(f"factions {name}", scenarios, draws, {**identity, **version}, command())
    return results_folder(out, manifest)
