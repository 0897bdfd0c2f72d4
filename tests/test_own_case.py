"""docs/own_case.md explains every word of scenario files; its lists are those of the program.

Run as a script, this file writes the lists anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factions.scenario.content.fields import ENTRIES
from factions.scenario.content.types import Named
from factions.scenario.forms import reference

PATH = Path(__file__).parents[1] / "docs" / "own_case.md"
SCRIPT = "python tests/test_own_case.py"
LISTS = ("kinds", "predicates", "mechanisms", "parameters")
CAST = ("issues", "blocs", "leaders", "offices", "meeting_kinds", "meetings")


def marks(name: str) -> tuple[str, str]:
    return f"<!-- {name}: written by `{SCRIPT}` -->\n", f"<!-- end of {name} -->\n"


def table(name: str) -> str:
    """A list of the program as a table; the first cell is a word of scenario files."""
    rows = getattr(reference, name)()
    lines = [f"| {' | '.join(rows[0])} |", "|---" * len(rows[0]) + "|"]
    for row in rows:
        first, *rest = row.values()
        named = first if first.startswith(reference.ANY) else f"`{first}`"
        lines.append(f"| {' | '.join([named, *rest])} |")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_that_of_the_program(name):
    begin, end = marks(name)
    written = PATH.read_text(encoding="utf-8").split(begin)[1].split(end)[0]
    assert written == table(name), f"write it anew: {SCRIPT}"


@pytest.mark.parametrize("name", CAST)
def test_every_field_of_the_cast_and_the_calendar_is_explained(name):
    said = set(re.findall(r"`([a-z_]+)`", PATH.read_text(encoding="utf-8")))
    fields = {field for model in ENTRIES[name].models.values() for field in model.model_fields}
    assert fields - set(Named.model_fields) - said == {"colour"} & fields


if __name__ == "__main__":
    text = PATH.read_text(encoding="utf-8")
    for each in LISTS:
        begin, end = marks(each)
        text = text.split(begin)[0] + begin + table(each) + end + text.split(end)[1]
    PATH.write_text(text, encoding="utf-8")
