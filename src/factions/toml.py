"""How TOML writes a value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def inline(value: object) -> str:
    """A value on one line; what is no text, list, table, date or truth value stands as Python has it."""
    if isinstance(value, str):
        return '"' + re.sub(r'["\\\x00-\x1f\x7f]', _escaped, value) + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        pairs = [f"{key(name)} = {inline(item)}" for name, item in value.items()]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(inline, value)) + "]"
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _escaped(letter: re.Match[str]) -> str:
    return _ESCAPES.get(letter[0]) or f"\\u{ord(letter[0]):04x}"


def key(name: str) -> str:
    """A key, in quotes if it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else inline(name)


def table(heading: str, fields: Mapping[str, object]) -> str:
    """A table below its heading, which has its brackets."""
    return "\n".join([heading, *(f"{key(name)} = {inline(value)}" for name, value in fields.items())])
