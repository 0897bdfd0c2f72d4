"""A scenario as a folder of tables for spreadsheets, one CSV file for each list and table of a scenario file.

A list such as [[leaders]] has a row for each entry and a column for each field, positions one for each issue
("ideal_point.economy"). [sources], [parameters] and [mechanisms] have their keys in the column `key`,
and scenario.csv has what stands at the top of a file, one row for each key.
"""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

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


def tables(scenario: Scenario) -> dict[str, bytes]:
    """Name of a file -> what is in it, for every table of a scenario that has rows, and for those that all need.

    UsageError for a file with changes: it is about another, and tables are a whole case.
    """
    if scenario.changes:
        problem = f"{scenario.path} is a counterfactual, and tables hold a whole case without changes"
        raise UsageError(problem, f"export {scenario.files[0]}, and let the counterfactual extend what is made of it")
    said: dict[str, Any] = scenario.model_dump(exclude={*PROVENANCE, *LEFT_OUT, "changes"}, exclude_none=True)
    top = [{KEY: name, VALUE: written(said[name])} for name in SCALARS if said.get(name) not in (None, ())]
    found = {TOP: csv_bytes(top, (KEY, VALUE))}
    for name in (*MAPPINGS, *ENTRIES):
        rows = [*_pair_rows(said.get(name, {}))] if name in MAPPINGS else [*_entry_rows(said.get(name, ()))]
        if rows or name in NEEDED:
            found[name] = csv_bytes(rows, _headings(name, rows))
    return {f"{name}{ENDING}": table for name, table in found.items()}


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


def _headings(table: str, rows: list[Row]) -> list[str]:
    """The columns of a table: all fields that it knows, those by key as they are used."""
    used = dict.fromkeys(heading for row in rows for heading in row)
    if table in MAPPINGS:
        return [KEY, *_value_fields(table)]
    fields = _fields(table)
    return [
        heading
        for field in fields
        for heading in (
            [name for name in used if name.startswith(f"{field}.")] if _is_spread(fields[field]) else [field]
        )
    ]


def _value_fields(table: str) -> list[str]:
    value = MAPPINGS[table].value
    return list(value.model_fields) if isinstance(value, type) and issubclass(value, BaseModel) else [VALUE]


def _fields(table: str) -> dict[str, object]:
    """Field -> type, over all kinds of a list's entries: what tells them apart stands early."""
    models = ENTRIES[table].models.values()
    order = ["id", "date", ENTRIES[table].tag]
    found = {name: field.annotation for model in models for name, field in model.model_fields.items()}
    last = ("text", "sources", "confidence", "note")
    first = [name for name in (*order, *found) if name in found and name not in last]
    return {name: found[name] for name in dict.fromkeys([*first, *(name for name in last if name in found)])}


def _is_spread(hint: object) -> bool:
    """Does a field hold numbers by key, so that each key has a column of its own?"""
    return get_origin(hint) is dict and kind_of(get_args(hint)[1]) == "number"


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
            problems.add(Place(path, 1, 1), "", "is none of the tables of a scenario", suggestion(path.stem, known))
            continue
        sheet = read_sheet(path, problems)
        texts.append(f"# {path.name}\n{sheet.text}")
        tree |= _top(sheet, problems) if path.stem == TOP else {path.stem: _table(path.stem, sheet, problems)}
    for name in NEEDED:
        if not (folder / f"{name}{ENDING}").exists():
            remedy = "add it; factions export FILE --csv DIR writes one of each"
            problems.add(Place(folder / f"{name}{ENDING}", 1, 1), "", "there is no such table", remedy)
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


def _table(table: str, sheet: Sheet, problems: Problems) -> Node:
    """The entries of a list, or the pairs of a mapping."""
    place = sheet.place(0, 0)
    if table in ENTRIES:
        return Node([*_entries(table, sheet, problems)], place, place)
    fields, found = _value_fields(table), {}
    hints: dict[str, object] = {VALUE: MAPPINGS[table].value}
    if fields != [VALUE]:
        value: Any = MAPPINGS[table].value
        hints = {name: field.annotation for name, field in value.model_fields.items()}
    kinds: dict[str, Kind] = {KEY: "text", **{name: kind_of(hint) for name, hint in hints.items()}}
    for number, node in _rows(sheet, kinds, problems):
        own = dict(table_of(node))
        named = own.pop(KEY, None)
        if named is None:
            problems.add(sheet.place(number, 0), table, "has no key", f'fill in the column "{KEY}"')
        elif named.value in found:
            problems.at(named, f"{table}.{named.value}", "is already in the table", "give every key once")
        else:
            found[str(named.value)] = own.get(VALUE, node) if fields == [VALUE] else Node(own, node.place, node.key)
    return Node(found, place, place)


def _entries(table: str, sheet: Sheet, problems: Problems) -> Iterator[Node]:
    fields = _fields(table)
    spread = {name for name, hint in fields.items() if _is_spread(hint)}
    tag = ENTRIES[table].tag
    kinds: dict[str, Kind] = {}
    for name, hint in fields.items():
        kinds[name] = "number" if name in spread else kind_of(hint)

    def own_kind(heading: str, kind: str) -> Kind:
        model = ENTRIES[table].models.get(kind)
        field = model.model_fields.get(heading) if model is not None else None
        return kind_of(field.annotation) if field is not None else kinds[heading.partition(".")[0]]

    for _, node in _rows(sheet, kinds, problems, spread, tag, own_kind):
        yield node


def _top(sheet: Sheet, problems: Problems) -> Tree:
    """What scenario.csv says: the kind of a value depends on its key."""
    found: Tree = {}
    for number, node in _rows(sheet, {KEY: "text", VALUE: "text"}, problems, tag=KEY, own_kind=_top_kind):
        name, value = node.child(KEY), node.child(VALUE)
        if name is None or name.value not in SCALARS:
            word = "" if name is None else str(name.value)
            problems.add(sheet.place(number, 0), word, "is no key of this table", suggestion(word, SCALARS))
        elif value is not None:
            found[str(name.value)] = value
    return found


def _top_kind(heading: str, kind: str) -> Kind:
    return kind_of(SCALARS[kind]) if heading == VALUE and kind in SCALARS else "text"


def _rows(
    sheet: Sheet,
    kinds: Mapping[str, Kind],
    problems: Problems,
    spread: Iterable[str] = (),
    tag: str = "",
    own_kind: Callable[[str, str], Kind] | None = None,
) -> Iterator[tuple[int, Node]]:
    """The rows that are not empty, each with its number, as tables of what their cells hold.

    `kinds`: what a column holds; `spread`: columns that stand once for each key; `own_kind(column, tag)`: what a cell
    holds in a row whose column `tag` says so.
    """
    headings = _known_headings(sheet, kinds, spread, problems)
    for number, row in enumerate(sheet.rows[1:], 1):
        if not any(cell.strip() for cell in row):
            continue
        named = next((row[c].strip() for c, name in headings.items() if name == tag and c < len(row)), "")
        held = {name: kinds[name] if own_kind is None else own_kind(name, named) for name in headings.values()}
        entry = _entry(sheet, number, headings, held, problems)
        for column, cell in enumerate(row):
            if cell.strip() and not "".join(sheet.rows[0][column : column + 1]).strip():
                place = sheet.place(number, column)
                remedy = "remove it, name its column, or put a cell that has commas or semicolons in it in quotes"
                problems.add(place, "", "stands under no heading", remedy, cell)
        yield number, Node(entry, sheet.place(number, 0), sheet.place(number, 0))


def _entry(
    sheet: Sheet, number: int, headings: Mapping[int, str], held: Mapping[str, Kind], problems: Problems
) -> dict[str, Node]:
    """What the cells of a row say, those of one field by key as a table."""
    found: dict[str, Node] = {}
    row, here = sheet.rows[number], sheet.place(number, 0)
    names = [row[c].strip() for c, heading in headings.items() if heading in ("id", KEY) and c < len(row)]
    for column, heading in headings.items():
        cell = row[column] if column < len(row) else ""
        if not cell.strip():
            continue
        place = sheet.place(number, column)
        field, _, inner = heading.partition(".")
        try:
            value = read(cell, held[heading], sheet.comma)
        except Unclear as error:
            problems.add(place, ".".join([sheet.path.stem, *names, heading]), error.problem, error.remedy, cell)
            continue
        node = _node(value, place)
        if inner:
            node = Node({**table_of(found.get(field)), inner: node}, here, here)
        found[field] = node
    return found


def _node(value: object, place: Place) -> Node:
    """A value all of which stands in one cell."""
    if isinstance(value, dict):
        value = {name: _node(item, place) for name, item in value.items()}
    elif isinstance(value, list):
        value = [_node(item, place) for item in value]
    return Node(value, place, place)


def _known_headings(
    sheet: Sheet, kinds: Mapping[str, Kind], spread: Iterable[str], problems: Problems
) -> dict[int, str]:
    """Column -> heading, of those that are known and stand there once."""
    found: dict[int, str] = {}
    for column, cell in enumerate(sheet.rows[0]):
        heading = cell.strip()
        field, _, inner = heading.partition(".")
        if not heading:
            continue
        if heading in found.values():
            problems.add(sheet.place(0, column), "", "is a heading twice", "remove one of the columns", heading)
        elif (bool(inner) and field in spread) or (heading in kinds and heading not in spread):
            found[column] = heading
        else:
            names = [f"{name}.ID" if name in spread else name for name in kinds]
            problems.add(sheet.place(0, column), "", "is no column of this table", suggestion(heading, names), heading)
    return found
