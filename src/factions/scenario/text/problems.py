"""What is wrong with a scenario, collected to be said all at once, and what the author of a sound one should know."""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from factions.errors import ScenarioError, ScenarioErrors, where
from factions.scenario.text.places import Node, Place
from factions.wording import listed


@dataclass(frozen=True)
class Remark:
    """Something that the author of a sound file should know, and where it stands."""

    place: Place
    key: str
    text: str

    def __str__(self) -> str:
        return f"{where(self.place.file, self.place.line, self.place.column)}: {self.key}: {self.text}"

    @property
    def warning(self) -> Remark:
        """The same, if it is a warning to be printed."""
        return replace(self, text=f"warning: {self.text}")


class Problems:
    """The errors found so far."""

    def __init__(self) -> None:
        self._errors: dict[tuple[object, ...], ScenarioError] = {}

    def add(self, place: Place, key: str, problem: str, remedy: str, value: object = None) -> None:
        """Notes an error at a place; the same one twice counts once."""
        error = ScenarioError(place.file, place.line, place.column, key, value, problem, remedy)
        self._errors.setdefault((place, key, problem), error)

    def at(self, node: Node, key: str, problem: str, remedy: str) -> None:
        """Notes an error at a node's value, and shows the value if it is no table."""
        self.add(node.place, key, problem, remedy, None if node.table is not None else node.plain())

    @property
    def found(self) -> bool:
        """Is anything wrong?"""
        return bool(self._errors)

    def adopt(self, others: Problems, remark: str) -> None:
        """Takes over what only the others found, with a remark on when it appears."""
        for sign, error in others._errors.items():
            if sign not in self._errors:
                problem = f"{error.problem} {remark}"
                place = (error.path, error.line, error.column)
                self._errors[sign] = ScenarioError(*place, error.key, error.value, problem, error.remedy)

    def throw(self, files: Sequence[Path]) -> None:
        """Raises ScenarioErrors if there are any: sorted by file in the given order, then by position."""
        if self._errors:
            order = rank(files)
            raise ScenarioErrors(
                sorted(self._errors.values(), key=lambda e: (*order(e.path), e.line or 0, e.column or 0))
            )


def rank(files: Sequence[Path]) -> Callable[[Path], tuple[int, str]]:
    """What files are sorted by: their place in the order given, that of its folder for a table, then their name."""
    order = {file: index for index, file in enumerate(files)}
    return lambda file: (order.get(file, order.get(file.parent, len(order))), file.name)


MOST_COMPARED = 50
"""Names that a misspelt word is compared with letter by letter."""

MOST_CLOSE = 6
"""Names that may have been meant."""


def close(word: object, names: Iterable[str]) -> list[str]:
    """The names that are like the word, in small letters or capitals, the most like first."""
    small, pairs = str(word).casefold(), _pairs(str(word).casefold())
    likely = heapq.nlargest(MOST_COMPARED, names, key=lambda name: len(pairs & _pairs(name.casefold())))
    spelt: dict[str, str] = {}
    for name in likely:
        spelt.setdefault(name.casefold(), name)
    return [spelt[name] for name in difflib.get_close_matches(small, spelt, n=MOST_CLOSE, cutoff=0.6)]


def nearest(word: object, names: Iterable[str]) -> str | None:
    """The name most like the word, if one is like it at all."""
    return next(iter(close(word, names)), None)


@lru_cache(maxsize=4096)
def _pairs(word: str) -> frozenset[str]:
    """The pairs of neighbouring letters, ends included: what alike words have in common."""
    text = f" {word} "
    return frozenset(text[index : index + 2] for index in range(len(text) - 1))


MOST_NAMED = 400
"""Letters of a list of names that a message gives in full."""


def suggestion(word: object, names: Iterable[str], listed_by: str = "") -> str:
    """What may have been meant: the names that are close, else those there are.

    Of more than fit into a message, the number, and the command that lists them (`listed_by`).
    """
    names = sorted(set(names))
    near = close(word, names)
    if near:
        quoted = [f'"{name}"' for name in near]
        return f"did you mean {listed(quoted, 'or')}?"
    if not names:
        return "there are none"
    if len(every := ", ".join(name or '""' for name in names)) <= MOST_NAMED:
        return f"known: {every}"
    where = f"{listed_by} names them" if listed_by else "they stand in the file"
    return f"there are {len(names)}, from {names[0]} to {names[-1]}: {where}"
