"""A file that stands for several counterfactuals: a change that gives a list of meetings or days for one.

Each meeting or day makes a counterfactual of its own; of several such changes, every combination does.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from dataclasses import replace
from itertools import product
from pathlib import Path

from factions.scenario.layers.choices import Choice, choices
from factions.scenario.layers.files import Layer, chain
from factions.scenario.read import Reading, read_layers
from factions.scenario.text.places import Node, items_of, table_of
from factions.wording import day

MOST = 64
"""Counterfactuals for which one file may stand."""


def read_variants(path: str | os.PathLike[str]) -> list[Reading]:
    """The counterfactuals that a file stands for; one, for most files. Raises as `load` does."""
    layers = chain(Path(path))
    found = list(choices(layers[-1]))
    if not found:
        return [read_layers(layers)]
    for choice in found:
        if not choice.node.items:
            raise choice.error("is empty", "give one meeting or day, or several")
    count = math.prod(len(items_of(choice.node)) for choice in found)
    if count > MOST:
        remedy = f"give at most {MOST} in all, or write several files"
        raise found[-1].error(f"makes {count:,} counterfactuals of the file", remedy)
    return [_variant(layers, found, chosen) for chosen in product(*(items_of(choice.node) for choice in found))]


def _variant(layers: list[Layer], found: list[Choice], chosen: tuple[Node, ...]) -> Reading:
    """The reading with one of each list chosen: its path and its title say which."""
    top = layers[-1]
    changes = top.tree["changes"]
    entries = [*items_of(changes)]
    for choice, node in zip(found, chosen, strict=True):
        fields = table_of(entries[choice.change])
        entries[choice.change] = replace(entries[choice.change], value={**fields, choice.field: node})
    name = "+".join(str(node.value) for node in chosen)
    path = top.path.with_name(f"{top.path.stem}@{name}{top.path.suffix}")
    made = replace(top, tree={**top.tree, "changes": replace(changes, value=entries)}, shown=path)
    reading = read_layers([*layers[:-1], made])
    names = {meeting.id: meeting.name for meeting in reading.scenario.meetings}
    words = [day(node.value) if isinstance(node.value, dt.date) else names[str(node.value)] for node in chosen]
    title = f"{reading.scenario.title} ({', '.join(words)})"
    return replace(reading, scenario=reading.scenario.model_copy(update={"title": title}))
