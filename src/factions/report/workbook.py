"""All tables of a run as one workbook for spreadsheets: numbers stay numbers, whatever the decimal comma is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factions.errors import UsageError
from factions.report.run_files import result_tables
from factions.store.files import write_whole

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from factions.results.tables import Row
    from factions.runs.run import Finished
    from factions.runs.store import Store
    from factions.scenario import Scenario

NAME = "tables.xlsx"
_WIDEST = 60
"""Characters of the widest column; longer texts are wrapped."""


def check_installed() -> None:
    """UsageError if workbooks cannot be written here."""
    try:
        import openpyxl  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "openpyxl is not installed", 'type: pip install "factions[excel]", or leave --excel out'
        ) from error


def write_workbook(finished: Finished, store: Store) -> Path:
    """Write `tables.xlsx` into the folder of a run and return its path.

    A sheet says what was run, and each table has one; claims have their sources beside them, written out.  Needs the
    extra `excel`.
    """
    check_installed()
    path = store.folder / NAME
    sheets = {"run": _about(store), **sheets_of(finished)}
    write_whole(path, lambda unfinished: _write(sheets, unfinished))
    return path


def sheets_of(finished: Finished) -> dict[str, list[Row]]:
    """The rows of all sheets of results by name, the sources last."""
    scenario = finished.job.scenario
    tables = result_tables(finished.tallied)
    tables["claims"] = [_with_sources(row, scenario) for row in tables.get("claims", [])]
    sources: list[Row] = [
        {"id": name, "text": source.text, "url": source.url} for name, source in scenario.sources.items()
    ]
    return {name: rows for name, rows in {**tables, "sources": sources}.items() if rows}


def _with_sources(row: Row, scenario: Scenario) -> Row:
    keys = str(row["sources"]).split()
    return {**row, "sources": "; ".join(scenario.sources[key].text for key in keys if key in scenario.sources)}


def _about(store: Store) -> list[Row]:
    said = store.manifest
    facts: dict[str, Any] = {
        "scenario": said.scenario.title,
        "file": said.scenario.path,
        "SHA-256 of the scenario": said.scenario.digest,
        "worlds": said.worlds,
        "seed": said.seed,
        "engine": said.engine,
        "parameters": said.parameters.source,
        "draws of the parameters": said.parameters.draws,
        "to be noted": said.parameters.caution,
        "command": said.command,
        "started": said.started,
    }
    return [{"what": what, "value": value} for what, value in facts.items() if value is not None]


def _write(sheets: Mapping[str, list[Row]], path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        _fill(book.create_sheet(name), rows)
    with path.open("wb") as file:
        book.save(file)


def _fill(sheet: WriteOnlyWorksheet, rows: list[Row]) -> None:
    """A table below its headings, which stay in view and have a filter."""
    from openpyxl.utils import get_column_letter

    headings = list(dict.fromkeys(name for row in rows for name in row))
    for column, heading in enumerate(headings, start=1):
        letters = max(len(heading) + 2, *(len(str(row.get(heading, ""))) for row in rows))
        sheet.column_dimensions[get_column_letter(column)].width = min(letters, _WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    sheet.append(_cells(sheet, headings, bold=True))
    for row in rows:
        sheet.append(_cells(sheet, [row.get(heading) for heading in headings]))


def _cells(sheet: WriteOnlyWorksheet, values: Iterable[object], bold: bool = False) -> list[Any]:
    """Cells that hold what they say: a text is never a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cells = []
    for value in values:
        plain = value if value is None or isinstance(value, bool | int | float | dt.date) else str(value)
        cell = WriteOnlyCell(sheet, value=plain)
        if isinstance(plain, str):
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=len(plain) > _WIDEST, vertical="top")
        if bold:
            cell.font = Font(bold=True)
        cells.append(cell)
    return cells
