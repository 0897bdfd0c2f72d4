"""MODEL.md describes what there is, all of it, and nothing else.

Run as a script, this file writes the tables of parameters and of state anew.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from typing import get_args

import pytest

import factions.rules
from factions.parameters import PARAMETERS
from factions.vocabulary import MECHANISMS
from factions.world.events import EVENT_KINDS
from factions.world.fields import CASE, fields
from factions.world.state import State

PATH = Path(__file__).parents[1] / "MODEL.md"
MARKS = {
    name: (f"<!-- {name}: written by `python tests/test_model_document.py` -->\n", f"<!-- end of {name} -->\n")
    for name in ("parameters", "state")
}
SCRIPT = "python tests/test_model_document.py"


def text() -> str:
    return PATH.read_text(encoding="utf-8")


def tables() -> dict[str, list[list[str]]]:
    """The tables by the name of their first column; rows of cells without the head."""
    found = {}
    for block in re.findall(r"(?:^\|.*\n)+", text(), re.MULTILINE):
        head, _, *rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
        assert all(len(row) == len(head) for row in rows), head
        assert head[0] not in found, f"two tables begin with {head[0]}"
        found[head[0]] = rows
    return found


def names(table: str) -> list[str]:
    """First cells of a table, without the code marks."""
    return [row[0].strip("`") for row in tables()[table]]


def rules() -> dict[str, object]:
    """Every public function of factions.rules by its full name."""
    modules = [
        importlib.import_module(f"factions.rules.{found.name}")
        for found in pkgutil.iter_modules(factions.rules.__path__)
    ]
    return {
        f"{module.__name__}.{name}": function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_rule_has_exactly_one_row():
    assert sorted(row[2].strip("`") for row in tables()["rule"]) == sorted(rules())


@pytest.mark.parametrize("name", sorted(rules()))
def test_the_row_of_a_rule_names_the_parameters_that_it_takes(name):
    (row,) = (row for row in tables()["rule"] if row[2] == f"`{name}`")
    taken = set(inspect.signature(rules()[name]).parameters) & set(PARAMETERS)
    assert taken <= set(code(row[3])) <= set(PARAMETERS)


def test_every_parameter_is_named_where_it_acts():
    acting = set(code("".join(cell for row in tables()["rule"] for cell in row)))
    submodels = text().split("### 7.2")[1].split("## 8.")[0]
    assert set(PARAMETERS) <= acting | set(code(submodels))


def parameter_table() -> str:
    lines = ["| parameter | unit | range | default | fitted | meaning | source |", "|---|---|---|---|---|---|---|"]
    for row in PARAMETERS.values():
        fitted = "yes" if row.free else "no"
        limits = f"{row.low:g} to {row.high:g}" + (" (log)" if row.scale == "log" else "")
        lines.append(
            f"| `{row.name}` | {row.unit} | {limits} | {row.default:g} | {fitted} | {row.meaning} | {row.source} |"
        )
    return "\n".join(lines) + "\n"


HELD = {"kept": "until it changes", "meeting": "for a meeting"}


def state_table() -> str:
    lines = ["| state | axes | unit | start | held | recorded | what |", "|---|---|---|---|---|---|---|"]
    for name, row in fields(State).items():
        if row.span == "scratch":
            continue
        start = "the scenario's" if row.start == CASE else "counted" if callable(row.start) else f"{row.start:g}"
        recorded = "no" if row.recorded is None else "if asked" if row.asked else "yes"
        axes = ", ".join(row.axes) or "none"
        lines.append(f"| `{name}` | {axes} | {row.unit} | {start} | {HELD[row.span]} | {recorded} | {row.meaning} |")
    return "\n".join(lines) + "\n"


TABLES = {"parameters": parameter_table, "state": state_table}


@pytest.mark.parametrize("name", TABLES)
def test_a_written_table_is_that_of_the_program(name):
    begin, end = MARKS[name]
    assert text().split(begin)[1].split(end)[0] == TABLES[name](), f"write it anew: {SCRIPT}"


def test_no_more_is_fitted_than_thirty():
    assert sum(row.free for row in PARAMETERS.values()) <= 30


def test_every_mechanism_is_described():
    assert names("mechanism") == list(MECHANISMS)


def test_every_event_is_described():
    assert names("event") == list(EVENT_KINDS)


def test_every_change_is_described():
    from factions.scenario.content.changes import Change

    kinds = [get_args(model.model_fields["kind"].annotation)[0] for model in get_args(get_args(Change)[0])]
    assert names("change") == [kind for kind in kinds if kind not in EVENT_KINDS]


def test_every_phase_is_described_in_order():
    from factions.model import party

    step = inspect.getsource(party.Party.step)
    first, *phases = re.findall(r"^ +([a-z]+)\(self\)$", step, re.MULTILINE)
    assert names("phase") == [*phases, first]
    assert first == "consequences"  # of the meeting before


def test_the_ladders_are_those_of_the_program():
    from factions.vocabulary import LADDER, RUNGS

    prose = " ".join(text().split())
    assert ", ".join(f"`{name}`" for name in LADDER) in prose
    assert ", ".join(f"`{name}`" for name in RUNGS[1:]) in prose


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(factions\.[\w.]+)`", text()))))
def test_every_name_in_the_program_exists(name):
    module, _, attribute = name.rpartition(".")
    assert hasattr(importlib.import_module(module), attribute)


if __name__ == "__main__":
    written = text()
    for name, table in TABLES.items():
        begin, end = MARKS[name]
        written = written.split(begin)[0] + begin + table() + end + written.split(end)[1]
    PATH.write_text(written, encoding="utf-8")
