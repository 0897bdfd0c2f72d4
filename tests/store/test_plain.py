"""Frozen results as plain data and back, on a type that has everything."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pydantic
import pytest

from factions.store.plain import from_plain, to_plain


@dataclass(frozen=True)
class Part:
    share: float
    error: float | None


@dataclass(frozen=True)
class Whole(Part):
    day: date
    counts: tuple[int, ...]
    parts: tuple[Part, ...]
    by_name: dict[str, Part]


WHOLE = Whole(1 / 3, None, date(1925, 12, 31), (1, 2), (Part(0.5, 0.1),), {"a b": Part(1.0, None)})


def test_fields_are_keys_those_of_the_parent_beside_the_others():
    assert to_plain(WHOLE) == {
        "share": 1 / 3,
        "error": None,
        "day": "1925-12-31",
        "counts": [1, 2],
        "parts": [{"share": 0.5, "error": 0.1}],
        "by_name": {"a b": {"share": 1.0, "error": None}},
    }


def test_json_gives_back_what_it_was_made_from():
    assert from_plain(Whole, json.loads(json.dumps(to_plain(WHOLE)))) == WHOLE


def test_data_of_another_shape_are_refused():
    plain = to_plain(WHOLE)
    del plain["parts"][0]["error"]
    with pytest.raises(pydantic.ValidationError, match=r"parts\.0\.error"):
        from_plain(Whole, plain)
