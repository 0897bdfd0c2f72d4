"""What one row of a table of fields says: axes, type, start, unit, meaning, and whether it is recorded.

The tables are the annotations of `Case` and `State`.  The blocks of worlds, the recorded arrays with their axes and
types, what a branching looks at, the attributes that kernels and agents reach, and MODEL.md's table of state are made
from them: a new field is one row and its use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_type_hints

import numpy as np

CASE = "case"
"""A field that starts as the case's field of the same name."""

Span = Literal["kept", "meeting", "scratch"]
"""How long a value of the state holds: from meeting to meeting; set anew at every meeting; inside one phase only."""


@dataclass(frozen=True)
class Field:
    """One row: `axes` without the world's; `dtype` int64 or float64; `meaning` with the values it takes.

    Of a state: `start` is the value at the start (`CASE`, a number, or a function of the case), `recorded` the type in
    which finished worlds keep it (None: they do not), `asked` that they keep it only if asked.  Of a case: `after` is
    true of what acts after its meeting, not at it.
    """

    axes: tuple[str, ...]
    dtype: type
    meaning: str
    unit: str = ""
    start: str | float | Callable[[Any], float] = 0
    span: Span = "kept"
    recorded: type | None = None
    asked: bool = False
    after: bool = False


def whole(*axes: str, meaning: str, **rest: Any) -> Field:
    """A row of whole numbers: indices (-1: none), counts, codes, bit masks."""
    return Field(axes, np.int64, meaning, **rest)


def real(*axes: str, meaning: str, **rest: Any) -> Field:
    """A row of real numbers."""
    return Field(axes, np.float64, meaning, **rest)


@cache
def fields(table: type) -> dict[str, Field]:
    """The rows of a table by name, in order."""
    hints = get_type_hints(table, include_extras=True)
    rows = {name: getattr(hint, "__metadata__", ()) for name, hint in hints.items()}
    return {name: said[0] for name, said in rows.items() if said and isinstance(said[0], Field)}
