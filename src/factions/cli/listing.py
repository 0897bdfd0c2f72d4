"""`factions list`: the ids that a scenario knows, and the words that any scenario may use.

The module is not called `list`: as a part of the package it would hide Python's own word there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli.options import Format, FormatOption, scenario_argument
from factions.cli.screen import show, show_json
from factions.cli.values import choice, words

if TYPE_CHECKING:
    from factions.scenario import Scenario

Row = dict[str, str]
"""Column -> what it says."""


class What(StrEnum):
    """What can be listed."""

    leaders = "leaders"
    blocs = "blocs"
    offices = "offices"
    meetings = "meetings"
    events = "events"
    claims = "claims"
    outcomes = "outcomes"
    scenarios = "scenarios"
    kinds = "kinds"
    predicates = "predicates"
    mechanisms = "mechanisms"
    parameters = "parameters"


WORDS = (What.kinds, What.predicates, What.mechanisms, What.parameters)
"""What is the same for all scenarios."""

Wanted = Annotated[
    What,
    typer.Argument(
        parser=choice("WHAT", What),
        autocompletion=words(What),
        metavar="WHAT",
        help="Of FILE: leaders, blocs, offices, meetings, events, claims, outcomes. Of a folder: scenarios. Of all "
        "files: kinds (of events), predicates (of claims), mechanisms, parameters, with what each means.",
        show_default=False,
    ),
]
FileOrFolder = Annotated[
    Path,
    scenario_argument(
        "A scenario file, or the name of one that ships; for scenarios, a folder to look in.", show_default=True
    ),
]


def listing(what: Wanted, file: FileOrFolder = Path("history"), format: FormatOption = Format.text) -> None:
    """List the ids that a scenario knows, the scenario files of a folder, or the words of all scenario files."""
    from factions.report.table import Column, table

    rows = [*(_words(what) if what in WORDS else _scenarios(file) if what is What.scenarios else _of(what, file))]
    if format is Format.json:
        show_json({what.value: rows} if what in WORDS else {"file": str(file), what.value: rows})
        return
    columns = [Column(heading, itemgetter(heading)) for heading in (rows[0] if rows else ())]
    show([table(rows, *columns) if rows else f"{file}: no {what.value}"])


def _words(what: What) -> Iterator[Row]:
    """The words that any scenario may use, and what each means."""
    from factions.scenario.forms import reference

    for row in getattr(reference, what.value)():
        yield {column: said.replace("`", "") for column, said in row.items()}


def _of(what: What, file: Path) -> Iterator[Row]:
    from factions.scenario import load

    scenario = load(file)
    if what is What.outcomes:
        yield from _outcomes(scenario)
        return
    if what is What.claims:
        yield from ({"id": claim.id, "predicate": claim.predicate, "claim": claim.text} for claim in scenario.record)
        return
    for entry in getattr(scenario, what.value):
        dated = {"date": entry.date.isoformat()} if what in (What.meetings, What.events) else {}
        yield {"id": entry.id, **dated, "name": entry.name}


def _outcomes(scenario: Scenario) -> Iterator[Row]:
    """Every kind of outcome, with one that the scenario has."""
    from factions.scenario.content.outcome_names import form, parts
    from factions.statements.outcomes import one_of_each

    for outcome in one_of_each(scenario):
        kind = parts(outcome.name).kind
        yield {"form": form(kind), "example": outcome.name, "unit": outcome.unit, "meaning": outcome.text}


def _scenarios(place: Path) -> Iterator[Row]:
    """The scenario files of a folder, or of the folder of a file, and of those below."""
    from factions.errors import UsageError, printable
    from factions.scenario.text.shipped import bare_name

    folder = place if place.is_dir() else place.parent
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", "name a scenario file, or a folder that has some")
    for path in sorted(path for path in folder.rglob("*.toml") if path.is_file()):
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            yield {"file": str(path), "title": "cannot be read; factions check says why", "extends": ""}
            continue
        if said.keys() & {"title", "extends"}:
            words = {key: printable(str(said.get(key, ""))) for key in ("title", "extends")}
            yield {"file": bare_name(path) or str(path), **words}
