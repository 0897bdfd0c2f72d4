"""The files of a finished run: tables, plots, and the object that the command prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from factions.report.run_summary import claim_object, summary
from factions.results import tables
from factions.store.csv_tables import write_rows
from factions.store.files import write_json, write_parquet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.results.tables import Row
    from factions.results.tally import Tallied
    from factions.runs.run import Finished
    from factions.runs.store import Store
    from factions.scenario import Scenario
    from factions.statements.scores import ClaimScore


class Drawn(NamedTuple):
    """What draws a figure of a run, and what makes the table behind it."""

    figure: Callable[[Tallied], Figure]
    table: Callable[[Tallied], list[Row]]


def write_results(finished: Finished, store: Store) -> None:
    """Write tables, plots and the summary into the run's folder; every file appears whole or not at all."""
    for name, rows in result_tables(finished.tallied).items():
        _write_table(store.folder / "tables", name, rows, store.manifest.identity.line)
    write_plots(finished.tallied, store.folder / "plots")
    write_json(store.folder / "result.json", summary(finished))


def result_tables(worlds: Tallied) -> dict[str, list[Row]]:
    """Rows of the tables over worlds by name; tables without rows are left out."""
    found = {
        "claims": [_claim_row(score) for score in worlds.scores],
        "meetings": tables.meeting_rows(worlds),
        "blocs": tables.bloc_rows(worlds),
        "leaders": tables.leader_rows(worlds),
        "offices": tables.office_rows(worlds),
    }
    return {name: rows for name, rows in found.items() if rows}


def _claim_row(score: ClaimScore) -> Row:
    lists = {"about": " ".join(score.about), "sources": " ".join(score.sources)}
    return claim_object(score) | lists | {"date": score.date, "confidence": score.confidence}


def _write_table(folder: Path, name: str, rows: list[Row], about: str) -> None:
    import pyarrow as pa

    write_parquet(folder / f"{name}.parquet", [pa.Table.from_pylist(rows)], about)
    write_rows(folder / f"{name}.csv", rows)


def write_plots(worlds: Tallied, folder: Path) -> None:
    """Every figure of a run, each as PNG and SVG with the table behind it."""
    from factions.plots.output import save

    for name, drawn in figures(worlds.scenario).items():
        save(drawn.figure(worlds), drawn.table(worlds), folder, name)


def figures(scenario: Scenario) -> dict[str, Drawn]:
    """What draws the figures of a run, by name."""
    from factions.plots import alliances, claims, influence, standing
    from factions.plots.shape import shape

    drawn = {
        "alliances": Drawn(alliances.figure, alliances.table),
        "influence": Drawn(influence.figure, influence.table),
    }
    if scenario.leaders:
        drawn["standing"] = Drawn(standing.figure, standing.table)
    if shape().pdf and len(scenario.leaders) > standing.MOST:  # a supplement is for print
        drawn["standing_all"] = Drawn(standing.supplement, standing.table)
    return drawn | ({"claims": Drawn(claims.figure, claims.table)} if scenario.record else {})
