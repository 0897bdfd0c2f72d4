"""A scenario with single values set otherwise, each by the dotted path to it: what a sweep varies.

`parameters.NAME` (or NAME alone), `mechanisms.NAME`, `readings.FACT`, `start`, `end`, and `TABLE.ID.FIELD` or
`TABLE.ID.FIELD.KEY` for what an entry of a list says: `leaders.stalin.ideal_point.regime`, `events.crisis.date`,
`ties.left+right.trust`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from factions.errors import ScenarioErrors, UsageError, shown
from factions.parameters import PARAMETERS
from factions.scenario.content.fields import ENTRIES, SCALARS
from factions.scenario.content.schema import Scenario
from factions.scenario.forms.cells import Unclear, read
from factions.scenario.forms.spreadsheets import read_sheet
from factions.scenario.layers.files import Layer, chain, layer_of
from factions.scenario.layers.merge import identity, label
from factions.scenario.read import Reading, read_layers
from factions.scenario.text.places import items_of
from factions.scenario.text.problems import Problems, close, suggestion
from factions.toml import inline, key
from factions.vocabulary import MECHANISMS

Value = str | int | float | bool | dt.date
Settings = dict[str, Value]
"""Dotted path -> value."""

_FORMS = (
    "a parameter (factions list parameters names them), mechanisms.NAME (factions list mechanisms), readings.FACT or "
    "TABLE.ID.FIELD, say leaders.anna.prestige"
)


@dataclass(frozen=True)
class Base:
    """The files that are varied, read once, and what they say together."""

    layers: list[Layer]
    reading: Reading

    @classmethod
    def of(cls, path: Path) -> Base:
        """A scenario file and those that it extends; raises as `load` does."""
        layers = chain(path)
        return cls(layers, read_layers(layers))

    def full_key(self, said: str) -> str:
        """The path that is meant, with the table of a bare parameter; UsageError if it leads to nothing."""
        path = f"parameters.{said}" if said in PARAMETERS else said
        table, _, rest = path.partition(".")
        if not rest and table in SCALARS:
            return table
        known = {
            "parameters": list(PARAMETERS),
            "mechanisms": list(MECHANISMS),
            "readings": list(self.reading.scenario.contested),
            **{name: self._labels(name) for name in ENTRIES},
        }
        if table not in known or not rest:
            remedy = suggestion(said, PARAMETERS) if close(said, PARAMETERS) else f"give {_FORMS}"
            raise UsageError(f'"{said}" is nothing that can be varied', remedy)
        name, _, field = rest.partition(".")
        if name not in known[table]:
            raise UsageError(f'there is no "{name}" among the {table}', suggestion(name, known[table]))
        if bool(field) != (table in ENTRIES):
            remedy = f"give {table}.{name}.FIELD" if not field else f"give {table}.{name}"
            raise UsageError(f'"{said}" is no single value', remedy)
        return path

    def _labels(self, table: str) -> list[str]:
        """What the entries of a list are called; one without an id cannot be named, and not be varied."""
        entries = enumerate(items_of(self.reading.tree.get(table)))
        return [label(table, entry, number) for number, entry in entries if identity(table, entry) is not None]

    def varied(self, settings: Mapping[str, Value]) -> Scenario:
        """The scenario with these values; UsageError if it is not sound with them."""
        readings = {path.partition(".")[2]: str(value) for path, value in settings.items() if _is_reading(path)}
        above = [self._layer(path, value) for path, value in settings.items() if not _is_reading(path)]
        try:
            return read_layers(self.layers, readings, above).scenario
        except ScenarioErrors as wrong:
            first = wrong.errors[0]
            said = ", ".join(f"{path}={_as_typed(value)}" for path, value in settings.items())
            raise UsageError(f"{said}: {first.key}: {first.problem}", first.remedy) from wrong

    def _layer(self, path: str, value: Value) -> Layer:
        """What sets one value, as if it stood in a file that extends this one."""
        table, _, rest = path.partition(".")
        name, _, field = rest.partition(".")
        if not rest:
            text = f"{path} = {inline(value)}"
        elif table not in ENTRIES:
            text = f"[{table}]\n{key(name)} = {inline(value)}"
        else:
            told_by = ENTRIES[table].told_by
            own = inline(name if told_by == "id" else name.split("+"))
            text = f"[[{table}]]\n{told_by} = {own}\n{'.'.join(map(key, field.split('.')))} = {inline(value)}"
        return layer_of(path, text)


def _is_reading(path: str) -> bool:
    return path.startswith("readings.")


def _as_typed(value: Value) -> str:
    return value if isinstance(value, str) else shown(value)


def value_of(text: str, comma: bool = False) -> Value:
    """A value as somebody types it or a spreadsheet has it: a number, a day, true or false, else a text."""
    said = text.strip()
    if said in ("true", "false"):
        return said == "true"
    if re.fullmatch(r"[+-]?\d{1,15}", said):
        return int(said)
    kinds: tuple[Literal["number", "date"], ...] = ("number", "date")
    for kind in kinds:
        with suppress(Unclear):
            return cast(Value, read(said, kind, comma))
    return said


def axis(text: str) -> tuple[str, list[Value]]:
    """KEY=a,b,c as the key and its values; UsageError if it is nothing like that, or names a value twice."""
    name, equals, values = text.partition("=")
    found = [value_of(value) for value in next(csv.reader(io.StringIO(values)), [])]
    if not (name.strip() and equals and found) or "" in found:
        raise UsageError(f'"{text}" is not well formed', "write KEY=VALUE,VALUE, say safety_motive=0.5,1,2")
    if len(set(map(str, found))) < len(found):
        raise UsageError(f'"{text}" names a value twice', "name every value once")
    return name.strip(), found


def read_design(path: Path) -> list[Settings]:
    """The rows of a table whose columns are named by what they set; empty cells set nothing."""
    problems = Problems()
    try:
        sheet = read_sheet(path, problems)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "give a CSV file") from error
    problems.throw([path])
    names = [cell.strip() for cell in sheet.rows[0]]
    rows = [row for row in sheet.rows[1:] if any(cell.strip() for cell in row)]
    if not rows or not all(names) or len(set(names)) < len(names):
        problem = f"{path} is no table of settings"
        raise UsageError(problem, "give a row of headings, each the name of what it sets, and a row for each run")
    for number, row in enumerate(sheet.rows[1:], 2):
        if len(row) > len(names):
            raise UsageError(f"{path}: row {number} has more cells than there are headings", "name every column")
    return [
        {name: value_of(cell, sheet.comma) for name, cell in zip(names, row, strict=False) if cell.strip()}
        for row in rows
    ]


def cells_of(base: Base, vary: Sequence[str], rows: Sequence[Settings]) -> list[Settings]:
    """Every combination of what is varied, for each row of a design.

    UsageError if there is neither, and for a key that leads to nothing.
    """
    if not vary and not rows:
        raise UsageError("there is nothing to vary", "give --vary KEY=A,B,... or --design FILE")
    found: list[Settings] = [{base.full_key(name): value for name, value in row.items()} for row in rows or [{}]]
    for text in vary:
        name, values = axis(text)
        path = base.full_key(name)
        if any(path in settings for settings in found):
            raise UsageError(f'"{name}" is varied twice', "vary it once")
        found = [{**settings, path: value} for settings in found for value in values]
    return found
