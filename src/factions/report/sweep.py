"""What a sweep found: as text, as data, and as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factions.plots.sweep import short, strongest
from factions.report.table import Block, Column, Number, table
from factions.runs.sweep import Sweep
from factions.wording import counted, with_error

if TYPE_CHECKING:
    from factions.results.tables import Row


def report(sweep: Sweep, rows: Sequence[Row]) -> Iterator[Block]:
    """A row for each run: what is set, and the outcomes that vary most."""
    names = strongest(rows)
    shown = "means over worlds with one standard error" if sweep.worlds > 1 else "a single world has no error"
    yield (
        f"{sweep.cells[0].scenario.title}: {counted(len(sweep.cells), 'run')} of {counted(sweep.worlds, 'world')}, "
        f"seed {sweep.seed}; {shown}."
    )
    by_cell: dict[object, dict[str, Row]] = {}
    for row in rows:
        by_cell.setdefault(row["cell"], {})[str(row["outcome"])] = row
    columns: list[Column[dict[str, Row]]] = [Number(short(key), partial(_setting, key)) for key in sweep.keys]
    columns += [Number(name, partial(_mean, name)) for name in names]
    left_out = [name for name in sweep.outcomes if name not in names]
    notes = [f"Not shown, since they vary less: {', '.join(left_out)}."] if left_out else []
    if any(row["median_day"] and row["outcome"] in names for row in rows):
        notes.insert(
            0, "break: the share of the worlds in which the two part, and the day by which half of these have."
        )
    yield table(by_cell.values(), *columns, note="\n".join(notes))


def _setting(key: str, row: dict[str, Row]) -> str:
    return str(next(iter(row.values()))[key])


def _mean(name: str, row: dict[str, Row]) -> str:
    mean, error, day = (row[name][field] for field in ("mean", "error", "median_day"))
    assert isinstance(mean, float)
    return with_error(mean, error if isinstance(error, float) else None, 3) + (f", {day}" if day else "")


def summary(sweep: Sweep, rows: Sequence[Row]) -> dict[str, object]:
    """The object that `--format json` prints."""
    return {
        "scenario": sweep.cells[0].scenario.path.name,
        "worlds": sweep.worlds,
        "seed": sweep.seed,
        "cells": [
            {"cell": number, "settings": {key: _plain(value) for key, value in cell.settings.items()}}
            for number, cell in enumerate(sweep.cells, 1)
        ],
        "outcomes": [{name: row[name] for name in _MEASURED} for row in rows],
    }


_MEASURED = ("cell", "outcome", "text", "unit", "mean", "error", "difference", "difference_error", "median_day")


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | float | str) else str(value)


def write_sweep(sweep: Sweep, rows: Sequence[Row], folder: Path) -> None:
    """Write the tidy table (sweep.csv), the picture (sweep.png, sweep.svg) and result.json into the folder."""
    from factions.plots import sweep as picture
    from factions.plots.output import save
    from factions.store.files import write_json

    save(picture.figure(sweep, rows), rows, folder, "sweep")
    write_json(folder / "result.json", summary(sweep, rows))
