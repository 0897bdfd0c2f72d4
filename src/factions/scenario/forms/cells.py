"""How a value of a scenario stands in a cell of a spreadsheet, and what the cells of Excel and its kin mean.

A cell holds a text, a number, a date or true/false as it is, and a list with semicolons ("left; right"). What cannot be
written so (a text that begins with a blank, a table) stands as TOML has it: in quotes, brackets or braces.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any, Literal, get_origin

from pydantic import BaseModel

from factions.scenario.content.fields import parts
from factions.store.csv_tables import number_text
from factions.toml import inline

Kind = Literal["text", "list", "numbers", "number", "whole", "date", "truth", "table"]
"""What a cell can hold."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_TRUE = {"true", "yes", "1", "wahr", "vrai", "verdadero", "vero", "waar"}
_FALSE = {"false", "no", "0", "falsch", "faux", "falso", "onwaar"}
"""Also what the spreadsheets of other languages write."""


class Unclear(ValueError):
    """A cell that cannot be read. Fields: problem, remedy."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy


def kind_of(hint: object) -> Kind:
    """What cells of a field of that type hold."""
    found = list(parts(hint))
    origins = {get_origin(part) for part in found}
    if dict in origins or any(isinstance(part, type) and issubclass(part, BaseModel) for part in found):
        return "table"
    if tuple in origins:
        return "numbers" if float in found else "list"
    kinds: dict[object, Kind] = {bool: "truth", dt.date: "date", float: "number", int: "whole"}
    return next((kind for mark, kind in kinds.items() if mark in found), "text")


def written(value: object) -> str:
    """The cell of a value as `Scenario.model_dump` has it; empty for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        words = [item if isinstance(item, str) else written(item) for item in value]
        plain = all(word and word == word.strip() and not re.search(r'[;"\n]', word) for word in words)
        return _guarded("; ".join(words)) if plain and words and not words[0].startswith("[") else inline(value)
    if isinstance(value, float):
        return number_text(value).removesuffix(".0").removesuffix(",0")
    return inline(value)


def _text(text: str) -> str:
    if not text or text != text.strip() or text.startswith('"'):
        return inline(text)
    return _guarded(text)


def _guarded(text: str) -> str:
    """With an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def read(cell: str, kind: Kind, comma: bool) -> Any:
    """The value of a cell that is not empty, as TOML would give it; Unclear if it has none.

    `comma`: is a comma in a number sure to be the decimal one, because semicolons part the cells?
    """
    text = cell.replace("\r\n", "\n").strip()
    if kind == "number":
        return _number(text, comma)
    if kind == "numbers":
        return [_number(word, comma) for word in _list(text)]
    if kind == "whole":
        number = _number(text, comma)
        if not number.is_integer():
            raise Unclear("is not a whole number", "write a whole number, say 7")
        return int(number)
    if kind == "date":
        return _date(text)
    if kind == "truth":
        return _truth(text)
    if text[1:] and _FORMULA.match(text[1:]) and text.startswith("'"):
        text = text[1:]
    if kind == "table" or text[0] in '"[':
        found = _toml(text, kind == "table")
        return _list(text) if found is None and kind == "list" else text if found is None else found
    return _list(text) if kind == "list" else text


def _list(text: str) -> list[str]:
    return [word.strip() for word in text.split(";") if word.strip()]


def _number(text: str, comma: bool) -> float:
    plain = text.replace("\u2212", "-").replace(" ", "").replace("\u00a0", "")
    if "," in plain and "." not in plain:
        if not comma and _THOUSANDS.fullmatch(plain.lstrip("+-")):
            raise Unclear("may be thousands or a decimal comma", "write it without a comma, with a decimal point")
        plain = plain.replace(",", ".", 1)
    if not _NUMBER.fullmatch(plain):
        raise Unclear("is not a number", "write a number, say 0.5 or 0,5")
    return float(plain)


def _date(text: str) -> dt.date:
    for pattern, order in ((r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", (1, 2, 3)), (r"(\d\d?)\.(\d\d?)\.(\d{4})", (3, 2, 1))):
        found = re.fullmatch(pattern, text)
        if found:
            try:
                return dt.date(*(int(found[part]) for part in order))
            except ValueError:
                break
    raise Unclear("is not a date that can be read in one way only", "write year, month and day: 1925-12-18")


def _truth(text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise Unclear("is neither true nor false", "write true or false")
    return text.lower() in _TRUE


def _toml(text: str, needed: bool) -> Any:
    """What TOML makes of a cell; None if it makes nothing of it and need not."""
    try:
        found = tomllib.loads(f"cell = {text}")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if needed:
            raise Unclear(
                "is not what TOML can read", 'write it as in a scenario file, say { key = "value" }'
            ) from error
        return None
    if found.keys() != {"cell"}:
        raise Unclear("holds more than one value", "write one value")
    return found["cell"]
