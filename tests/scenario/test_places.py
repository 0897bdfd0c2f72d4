"""Positions of keys and values, found for every TOML text that can be written."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from factions.scenario.text import places

KEYS = st.sampled_from(["a", "b_1", '"two words"', '"ä.b"', "'q'"])
SCALARS = st.one_of(
    st.integers(-99, 99).map(str),
    st.sampled_from(["1.5", "true", '"x"', '"größe"', "1925-12-18", '"""\nlong"""', "'lit'"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda below: st.one_of(
        st.lists(below, max_size=3).map(lambda items: "[ " + ",\n # note\n ".join(items) + " ]"),
        st.dictionaries(KEYS, SCALARS.filter(lambda s: "\n" not in s), max_size=3).map(
            lambda table: "{ " + ", ".join(f"{key} = {value}" for key, value in table.items()) + " }"
        ),
    ),
    max_leaves=6,
)
BODIES = st.dictionaries(KEYS, VALUES, max_size=3).map(
    lambda table: "".join(f"{key} = {value} # remark\n" for key, value in table.items())
)


@st.composite
def documents(draw) -> str:
    parts = [draw(BODIES)]
    for index in range(draw(st.integers(0, 3))):
        parts.append(f"[t{index}]\n{draw(BODIES)}")
    for _ in range(draw(st.integers(0, 3))):
        parts.append(f"[[list]]\n{draw(BODIES)}")
        parts.extend(f"[[list.inner]]\n{draw(BODIES)}" for _ in range(draw(st.integers(0, 2))))
        if draw(st.booleans()):
            parts.append(f"[list.sub.deep]\n{draw(BODIES)}")
    return "\n".join(parts)


def paths(value: object, path: tuple = ()):
    """Every path of parsed data with its value."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths(item, (*path, index))


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_value_is_found_where_it_is_written(text):
    data = tomllib.loads(text)
    spots = places.positions(text)
    assert set(spots) == {path for path, _ in paths(data)}
    lines = text.split("\n")
    for path, value in paths(data):
        line, column = spots[path].value
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        if not isinstance(value, dict | list):
            assert _first_value(rest) == value


@settings(max_examples=50, deadline=None)
@given(documents())
def test_the_tree_holds_the_data(text):
    data = tomllib.loads(text)
    assert places.tree(text, data, Path("x.toml")).plain() == data


def _first_value(text: str) -> object:
    """The TOML value that a text begins with: the longest start that parses."""
    for end in sorted({i for i, c in enumerate(text) if c in ",]}# \n"} | {len(text)}):
        try:
            return tomllib.loads(f"x = {text[:end]}")["x"]
        except tomllib.TOMLDecodeError:
            continue
    raise AssertionError(text)


def test_keys_and_headers_have_places():
    spots = places.positions("a.b = 1\n\n[[list]]\n[[list]]\n  x = { y = 2 }\n[ list.'sub' ]\n")
    assert spots["a",].key == (1, 1)
    assert spots["a", "b"] == places.Spot(value=(1, 7), key=(1, 3))
    assert spots["list",].value == (3, 1)
    assert spots["list", 1].value == (4, 1)
    assert spots["list", 1, "x", "y"] == places.Spot(value=(5, 13), key=(5, 9))
    assert spots["list", 1, "sub"].key == (6, 8)


def test_windows_line_ends_and_tabs_count_as_one():
    assert places.positions("a = 1\r\n\tb\t=\t2\r\n")["b",].value == (2, 6)
