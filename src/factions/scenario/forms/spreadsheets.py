"""A scenario as a folder of tables for spreadsheets, one CSV file for each list and table of a scenario file.

A list such as [[leaders]] has a row for each entry and a column for each field, positions one for each issue
("ideal_point.economy"). [sources], [parameters] and [mechanisms] have their keys in the column `key`,
and scenario.csv has what stands at the top of a file, one row for each key.
"""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from factions.errors import UsageError
from factions.scenario.content.fields import ENTRIES, MAPPINGS, SCALARS
from factions.scenario.content.schema import PROVENANCE, Scenario
from factions.scenario.forms.cells import Kind, Unclear, kind_of, read, written
from factions.scenario.text.places import Node, Place, Tree, table_of
from factions.scenario.text.problems import Problems, suggestion
from factions.store.csv_tables import csv_bytes

TOP = "scenario"
"""The table of what stands at the top of a file."""
KEY, VALUE = "key", "value"
LEFT_OUT = ("contested", "readings")
"""What tables do not hold: they say what the readings in force make of the file."""
NEEDED = (TOP, "blocs", "leaders", "meeting_kinds", "meetings")
"""The tables that no scenario can do without."""
ENDING = ".csv"

Row = dict[str, str]
"""Column -> cell."""


class Columns(NamedTuple):
    """What the columns of a table hold.

    `hints`: field -> type; `needed`: the fields that every row has; `tag`: the field that says of which kind a row is,
    "" if all are of one; `own`: kind of a row -> field -> type, where the kinds differ.
    """

    hints: Mapping[str, object]
    needed: tuple[str, ...]
    tag: str = ""
    own: Mapping[str, Mapping[str, object]] = MappingProxyType({})

    @classmethod
    def of(cls, table: str) -> Columns:
        """Those of one of the tables."""
        if table == TOP:
            return cls(
                {KEY: str, VALUE: str}, (KEY, VALUE), KEY, {name: {VALUE: hint} for name, hint in SCALARS.items()}
            )
        if table in MAPPINGS:
            value = MAPPINGS[table].value
            is_model = isinstance(value, type) and issubclass(value, BaseModel)
            needed = _needed(value) if is_model else {VALUE}
            return cls({KEY: str, **(_hints(value) if is_model else {VALUE: value})}, (KEY, *needed))
        own = {kind: _hints(model) for kind, model in ENTRIES[table].models.items()}
        found = {name: hint for hints in own.values() for name, hint in hints.items()}
        last = ("text", "sources", "confidence", "note")
        first = [name for name in ("id", "date", ENTRIES[table].tag, *found) if name in found and name not in last]
        order = dict.fromkeys([*first, *(name for name in last if name in found)])
        needed = set.intersection(*map(_needed, ENTRIES[table].models.values()))
        hints = {name: found[name] for name in order}
        return cls(hints, tuple(name for name in hints if name in needed), ENTRIES[table].tag, own)

    def is_spread(self, field: str) -> bool:
        """Does a field hold numbers by key, so that each key has a column of its own?"""
        hint = self.hints[field]
        return get_origin(hint) is dict and kind_of(get_args(hint)[1]) == "number"

    def knows(self, heading: str) -> bool:
        """Is it the heading of a column: a field, or FIELD.KEY of one that is spread."""
        field, point, inner = heading.partition(".")
        return field in self.hints and (bool(inner) if self.is_spread(field) else not point)

    def kind(self, heading: str, row: str) -> Kind:
        """What a cell below a heading holds in a row of that kind."""
        field, _, inner = heading.partition(".")
        return "number" if inner else kind_of(self.own.get(row, {}).get(field, self.hints[field]))

    def headings(self, rows: Iterable[Row] = ()) -> list[str]:
        """Those of all fields, in their order; of what is spread those that the rows use."""
        used, found = dict.fromkeys(heading for row in rows for heading in row), []
        for field in self.hints:
            found += [each for each in used if each.startswith(f"{field}.")] if self.is_spread(field) else [field]
        return found


def _hints(model: Any) -> dict[str, object]:
    """Field -> type."""
    return {name: field.annotation for name, field in model.model_fields.items()}


def _needed(model: Any) -> set[str]:
    """The fields that cannot be left out."""
    return {name for name, field in model.model_fields.items() if field.is_required()}


def tables(scenario: Scenario) -> dict[str, bytes]:
    """Name of a file -> what is in it, for every table of a scenario that has rows, and for those that all need.

    UsageError for a file with changes: it is about another, and tables are a whole case.
    """
    if scenario.changes:
        problem = f"{scenario.path} is a counterfactual, and tables hold a whole case without changes"
        raise UsageError(problem, f"export {scenario.files[0]}, and let the counterfactual extend what is made of it")
    said: dict[str, Any] = scenario.model_dump(exclude={*PROVENANCE, *LEFT_OUT, "changes"}, exclude_none=True)
    said[TOP] = {name: said[name] for name in SCALARS if said.get(name) not in (None, ())}
    found = {}
    for name in (TOP, *MAPPINGS, *ENTRIES):
        rows = [*(_entry_rows if name in ENTRIES else _pair_rows)(said.get(name, {}))]
        if rows or name in NEEDED:
            found[f"{name}{ENDING}"] = csv_bytes(rows, Columns.of(name).headings(rows))
    return found


def _pair_rows(said: Mapping[str, Any]) -> Iterator[Row]:
    for name, value in said.items():
        own = value if isinstance(value, dict) else {VALUE: value}
        yield {KEY: written(name)} | {column: written(item) for column, item in own.items()}


def _entry_rows(said: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    for entry in said:
        row: Row = {}
        for field, value in entry.items():
            spread = value.items() if isinstance(value, dict) else ()
            row |= {f"{field}.{name}": written(item) for name, item in spread}
            if not isinstance(value, dict) and value != ():
                row[field] = written(value)
        yield row


@dataclass(frozen=True)
class Sheet:
    """A CSV file: its cells by row and column; what parts them is a comma, a semicolon or a tab."""

    path: Path
    rows: list[list[str]]
    comma: bool
    """Are commas in numbers the decimal ones?"""
    text: str

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands as a spreadsheet counts, from 1; `row` 0 is that of the headings."""
        return Place(self.path, row + 1, column + 1)


def read_folder(folder: Path) -> tuple[str, Tree]:
    """The texts of a folder's tables, and the tree of what they say.

    ScenarioErrors with all cells that cannot be read; OSError, also if there are no tables.
    """
    problems, texts = Problems(), []
    tree: Tree = {}
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ENDING and path.is_file())
    known = {TOP, *MAPPINGS, *ENTRIES} - {*LEFT_OUT, "changes"}
    if not any(path.stem in known for path in paths):
        raise OSError(errno.EISDIR, f"it is a folder without tables such as leaders{ENDING}")
    for path in paths:
        if path.stem not in known:
            problems.add(Place(path), "", "is none of the tables of a scenario", suggestion(path.stem, known))
            continue
        sheet = read_sheet(path, problems)
        texts.append(f"# {path.name}\n{sheet.text}")
        tree |= _tree(path.stem, sheet, problems)
    for name in NEEDED:
        if not (folder / f"{name}{ENDING}").exists():
            remedy = "add it; factions export FILE --csv DIR writes one of each"
            problems.add(Place(folder / f"{name}{ENDING}"), "", "there is no such table", remedy)
    problems.throw([*paths, folder])
    return "\n".join(texts), tree


def read_sheet(path: Path, problems: Problems) -> Sheet:
    """The cells of a CSV file, which is empty, with a note, if it is not UTF-8 text; OSError if it cannot be read."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        remedy = 'save it as "CSV UTF-8"'
        problems.add(Place(path, line, 1), "", "is not UTF-8 text", remedy)
        return Sheet(path, [[]], False, "")
    first, _, rest = text.partition("\n")
    shown = rest if first.lower().startswith("sep=") else text  # Excel obeys that line and does not show it
    parting = max(",;\t", key=shown.partition("\n")[0].count)
    rows = [*csv.reader(io.StringIO(shown, newline=""), delimiter=parting)]
    return Sheet(path, rows or [[]], parting == ";", text)


def _tree(table: str, sheet: Sheet, problems: Problems) -> Tree:
    """What a table says: the entries of a list, the pairs of a mapping, or what stands at the top of a file."""
    place = Place(sheet.path)
    if table in ENTRIES:
        return {table: Node([node for _, node in _rows(table, sheet, problems)], place, place)}
    found: dict[str, Node] = {}
    for number, node in _rows(table, sheet, problems):
        own = dict(table_of(node))
        named = own.pop(KEY, None)
        name = "" if named is None else str(named.value)
        if named is None:
            if KEY in map(str.strip, sheet.rows[0]):
                problems.add(sheet.place(number, 0), table, "has no key", f'fill in the column "{KEY}"')
        elif table == TOP and name not in SCALARS:
            problems.add(sheet.place(number, 0), name, "is no key of this table", suggestion(name, SCALARS))
        elif name in found:
            problems.at(named, f"{table}.{name}", "is already in the table", "give every key once")
        elif VALUE in own:
            found[name] = own[VALUE]
        elif table != TOP:
            found[name] = node if VALUE in Columns.of(table).hints else Node(own, node.place, node.key)
    return found if table == TOP else {table: Node(found, place, place)}


def _rows(table: str, sheet: Sheet, problems: Problems) -> Iterator[tuple[int, Node]]:
    """The rows that are not empty, each with its number, as tables of what their cells hold."""
    columns = Columns.of(table)
    headings = _known_headings(sheet, columns, problems)
    if any("".join(row).strip() for row in sheet.rows[1:]):
        _lacking(sheet, columns, headings.values(), problems)
    for number, row in enumerate(sheet.rows[1:], 1):
        if not any(cell.strip() for cell in row):
            continue
        kind = next((row[c].strip() for c, name in headings.items() if name == columns.tag and c < len(row)), "")
        held = {c: (name, columns.kind(name, kind)) for c, name in headings.items()}
        entry = _entry(sheet, number, held, problems)
        for column, cell in enumerate(row):
            if cell.strip() and not "".join(sheet.rows[0][column : column + 1]).strip():
                place = sheet.place(number, column)
                remedy = "remove it, name its column, or put a cell that has commas or semicolons in it in quotes"
                problems.add(place, "", "stands under no heading", remedy, cell)
        yield number, Node(entry, sheet.place(number, 0), sheet.place(number, 0))


def _lacking(sheet: Sheet, columns: Columns, headings: Iterable[str], problems: Problems) -> None:
    """Notes the columns that every row needs and that are not there; said once, and not of each row."""
    for field in columns.needed:
        if not columns.is_spread(field) and field not in headings:
            problem = "there is no column for it"
            remedy = f'add one with the heading "{field}" and fill it in; see that the headings stand in the first row'
            problems.add(Place(sheet.path, 1), field, problem, remedy)


def _entry(sheet: Sheet, number: int, held: Mapping[int, tuple[str, Kind]], problems: Problems) -> dict[str, Node]:
    """What the cells of a row say, those of one field by key as a table; `held`: column -> its heading and kind."""
    found: dict[str, Node] = {}
    here = sheet.place(number, 0)
    cells = {c: cell for c, cell in enumerate(sheet.rows[number]) if c in held and cell.strip()}
    names = [cell.strip() for c, cell in cells.items() if held[c][0] in ("id", KEY)]
    for column, cell in cells.items():
        heading, kind = held[column]
        field, _, inner = heading.partition(".")
        try:
            node = _node(read(cell, kind, sheet.comma), sheet.place(number, column))
        except Unclear as error:
            key = ".".join([sheet.path.stem, *names, heading])
            problems.add(sheet.place(number, column), key, error.problem, error.remedy, cell)
            continue
        found[field] = Node({**table_of(found.get(field)), inner: node}, here, here) if inner else node
    return found


def _node(value: object, place: Place) -> Node:
    """A value all of which stands in one cell."""
    if isinstance(value, dict):
        value = {name: _node(item, place) for name, item in value.items()}
    elif isinstance(value, list):
        value = [_node(item, place) for item in value]
    return Node(value, place, place)


def _known_headings(sheet: Sheet, columns: Columns, problems: Problems) -> dict[int, str]:
    """Column -> heading, of those that are known and stand there once."""
    found: dict[int, str] = {}
    for column, cell in enumerate(sheet.rows[0]):
        heading = cell.strip()
        if not heading:
            continue
        if heading in found.values():
            problems.add(sheet.place(0, column), "", "is a heading twice", "remove one of the columns", heading)
        elif columns.knows(heading):
            found[column] = heading
        else:
            names = [f"{field}.ID" if columns.is_spread(field) else field for field in columns.hints]
            problems.add(sheet.place(0, column), "", "is no column of this table", suggestion(heading, names), heading)
    return found
