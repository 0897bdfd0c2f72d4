"""What the package writes as TOML, TOML reads as the same value."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from factions.toml import inline, key, table

TEXTS = ['"', "\\", "a\tb\n\r", "\x00\x1f\x7f", "д", "\u00a0", "xxx", ""]
VALUES = [*TEXTS, True, False, -3, 0.5, 1e300, dt.date(1925, 12, 18), [], ["a", [1, 2]], {}, {"a b": {"c": "d"}}]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_is_read_as_it_was(value):
    found = tomllib.loads(f"x = {inline(value)}")["x"]
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize("name", [*TEXTS, "plain_1-a", "a.b", "ä"])
def test_any_text_can_be_a_key(name):
    assert tomllib.loads(f"{key(name)} = 1") == {name: 1}


def test_only_what_needs_quotes_has_them():
    assert (key("plain_1-a"), key("a b")) == ("plain_1-a", '"a b"')
    assert table("[[blocs]]", {"id": "left", "low": 0.5}) == '[[blocs]]\nid = "left"\nlow = 0.5'
