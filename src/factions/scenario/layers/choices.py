"""Changes that give a list of meetings or days for one: their file stands for several counterfactuals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from factions.errors import ScenarioError, ScenarioErrors
from factions.scenario.content.changes import TIMES
from factions.scenario.layers.files import Layer
from factions.scenario.text.places import Node, items_of


class Choice(NamedTuple):
    """A field of a change (by its place in the list) that has a list, and what it may be."""

    change: int
    field: str
    node: Node

    def error(self, problem: str, remedy: str) -> ScenarioErrors:
        """What is wrong with the list, at its place."""
        place, key = self.node.place, f"changes.{self.change + 1}.{self.field}"
        return ScenarioErrors([ScenarioError(place.file, place.line, place.column, key, None, problem, remedy)])


def choices(layer: Layer) -> Iterator[Choice]:
    """The lists of a file, in its order."""
    for number, entry in enumerate(items_of(layer.tree.get("changes"))):
        for field in TIMES:
            below = entry.child(field)
            if below is not None and below.items is not None:
                yield Choice(number, field, below)


def check_single(layer: Layer) -> None:
    """Raises ScenarioErrors if a file stands for several counterfactuals."""
    for choice in choices(layer):
        problem = "stands for several counterfactuals"
        raise choice.error(problem, "give one here; factions check and compare take several")
