"""What several commands understand in the same way."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli.values import file_name, one_of

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario


def scenario_file(text: str | Path) -> Path:
    """The scenario file that an argument names: a name without folder and ending is one that ships."""
    from factions.scenario.text.shipped import find

    return find(file_name("the name of the scenario", text))


class Format(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"


FormatOption = Annotated[Format, one_of("--format", Format, "Results as text or as JSON.")]


class Style(StrEnum):
    """What figures are drawn for."""

    screen = "screen"
    paper = "paper"
    slides = "slides"


def _drawn(context: typer.Context, style: Style) -> Style:
    """Draws all figures of the command in this style."""
    from factions.plots.shape import drawn_as

    context.with_resource(drawn_as(style.value))
    return style


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


class Spreadsheet(StrEnum):
    """What spreadsheets write before decimals."""

    point = "point"
    comma = "comma"


def _written(context: typer.Context, spreadsheet: Spreadsheet | None) -> Spreadsheet | None:
    """Writes all CSV tables of the command for such a spreadsheet."""
    from factions.store.csv_tables import written_for

    if spreadsheet is not None:
        context.with_resource(written_for(spreadsheet.value))
    return spreadsheet


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


def command() -> list[str]:
    """The command as it was typed, word by word."""
    return ["factions", *sys.argv[1:]]


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
    from factions.runs.results import Manifest, results_folder
    from factions.store.provenance import program_digest

    version = {"version of factions": program_digest(*programs)} if programs else {}
    manifest = Manifest.of(f"factions {name}", scenarios, draws, {**identity, **version}, command())
    return results_folder(out, manifest)
