"""A text that is no TOML: the place, what is wrong and what would be right, and never the words of Python's reader."""

import tomllib

import pytest

from factions.errors import ScenarioErrors
from factions.scenario import load
from factions.scenario.layers.files import _SYNTAX

TEXTS = {
    "a = nope": "1:5: this is no value; put text in quotes",
    "a = 1925-02-30": "1:5: this is no day of the calendar; write year, month and day",
    "a = 1\na = 2\nb = 1": "2:6: this stands in the file already; give every key once",
    "a = { b = 1, b = 2 }": "1:19: a key stands twice in these { }; give every key once",
    "[a]\n[a]": "2:3: this table stands in the file already; write every [table] once",
    "a = [1]\n[[a]]": "2:4: this adds to a table or list that is closed; write every",
    "[a.b.c]\n[a]\nb.c.d = 1": "3:10: this stands in the file already as something else; write every",
    'a = "x\ny"': "1:7: the line ends, or an unseen character stands, within quotes; close the quotes on the same line",
    "a = 1 # \x01": "1:9: the line ends within quotes, or an unseen character stands here; ",
    "a = 'x\n'": "1:7: the line ends within quotes, or an unseen character stands here; close the quotes, or remove it",
    'a = "\\q"': "1:8: a backslash stands within quotes; write it twice",
    'a = "\\uzzzz"': "1:8: a backslash stands within quotes; write it twice",
    'a = "\\ud800"': "1:12: a backslash stands within quotes; write it twice",
    'a = "x': "1:7: quotes are opened and never closed; close the quotes",
    "a = '''x": "1:9: quotes are opened and never closed; close the quotes",
    "a = [1 2]": "1:8: a list has no end here, or lacks a comma; put commas between values and close the list with ]",
    "a = { b = 1 c = 2 }": "1:13: { is not closed on its line; put commas between values and close { }",
    "a = { = 1 }": "1:7: no name stands here; write key = value",
    "a": "1:2: no = stands behind the name; write key = value",
    "a = 1 b = 2": "1:7: something stands behind the value; begin a new line",
    "[[a]": "1:4: a heading is not closed; write [table], or [[list]]",
    "= 1": "1:1: neither a name nor a heading stands here; write key = value",
}


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_no_toml_is_said_in_plain_words(text, write):
    path = write(text, "broken.toml")
    with pytest.raises(ScenarioErrors) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:{TEXTS[text]}")


def test_all_that_is_said_has_been_tried():
    said = []
    for text in TEXTS:
        with pytest.raises(tomllib.TOMLDecodeError) as caught:
            tomllib.loads(text)
        said.append(str(caught.value))
    assert [start for start in _SYNTAX if not any(each.startswith(start) for each in said)] == []
