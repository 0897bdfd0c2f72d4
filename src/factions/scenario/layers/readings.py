"""Readings of contested facts: the option in force is a patch, and every other option must be sound as well.

What a chain of files says is its trees laid over each other, after each file the patches in force. An option that is
not in force is laid in the place of the one that is, over a copy of what lies below, so that no fact repeats the work
that was done for the facts before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from factions.errors import UsageError, shown
from factions.scenario.content.fields import PATCH
from factions.scenario.layers.files import Layer
from factions.scenario.layers.merge import Merged, label, overlay, well_shaped
from factions.scenario.text.places import Node, Place, Tree, items_of, table_of
from factions.scenario.text.problems import Problems, suggestion

Patches = dict[tuple[str, str], Tree]
"""Contested fact and option -> the patch, where there is one."""

UNPATCHED = ("contested", "readings", "sources")
"""Keys that no patch touches: whatever the readings, they are the same."""


class Version(NamedTuple):
    """A merged tree, and what was removed on the way ("table.id") and where."""

    tree: Tree
    removed: dict[str, Place]


class Switched(NamedTuple):
    """A version with another option of one fact in force, and what could not be merged in it."""

    fact: str
    option: str
    problems: Problems
    version: Version


class Step(NamedTuple):
    """A tree to be laid over those before it: a file (`fact` is ""), or what the option in force of a fact says."""

    fact: str
    tree: Tree
    patches: dict[str, Tree]
    """What each option of the fact says."""


class Readings:
    """The readings of a chain of files, the file that extends none first; `given` overrides the files' own."""

    def __init__(self, layers: Sequence[Layer], given: Mapping[str, str]) -> None:
        self._layers = [_split(layer.tree) for layer in layers]
        contested = self._table("contested")
        self.options = {fact: list(table_of(question.child("options"))) for fact, question in contested.items()}
        for fact, option in given.items():
            if fact not in self.options:
                raise UsageError(f"unknown contested fact {shown(fact)}", suggestion(fact, self.options))
            if option not in self.options[fact]:
                remedy = suggestion(option, self.options[fact])
                raise UsageError(f"unknown option {shown(option)} of {fact}", remedy)
        own = {fact: node.value for fact, node in self._table("readings").items()}
        self.chosen = {**{fact: option for fact, option in own.items() if isinstance(option, str)}, **given}

    def _table(self, key: str) -> dict[str, Node]:
        """A top-level table over all files, without what is in the patches."""
        merged: Node | None = None
        for own, _ in self._layers:
            node = own.get(key)
            if node is not None and node.table is not None:
                merged = overlay(merged, node) if merged is not None else node
        return table_of(merged)

    def first_trees(self) -> list[Tree]:
        """What the file that extends none says, by itself and in each of its patches."""
        own, patches = self._layers[0]
        return [own, *patches.values()]

    def merged(self, problems: Problems) -> tuple[Version, list[Switched]]:
        """The files with the readings in force, and with every other option that changes something, one at a time."""
        merged, steps, begun = Merged(problems), self._steps(problems), set()
        others: list[Switched] = []
        for position, step in enumerate(steps):
            if step.fact and step.fact not in begun:  # below a fact's first patch, all its options find the same
                begun.add(step.fact)
                others += self._switched(merged, step.fact, steps[position:])
            merged.lay(step.tree)
        tree = merged.tree()
        table = {
            fact: replace(node, value=self.chosen[fact]) if fact in self.chosen else node
            for fact, node in table_of(tree.get("readings")).items()
        }
        if table:
            tree["readings"] = replace(tree["readings"], value=table)
        for other in others:
            other.version.tree.update({key: tree[key] for key in UNPATCHED if key in tree})
        return Version(tree, merged.removed), others

    def _switched(self, below: Merged, fact: str, steps: list[Step]) -> Iterator[Switched]:
        """The options of a fact that are not in force; the steps begin with its first patch."""
        for option in self.options.get(fact, ()):
            if option != self.chosen.get(fact):
                problems = Problems()
                merged = below.copy(problems)
                for step in steps:
                    tree = step.patches.get(option) if step.fact == fact else step.tree
                    if tree:
                        merged.lay(tree)
                yield Switched(fact, option, problems, Version(merged.tree(), merged.removed))

    def _steps(self, problems: Problems) -> list[Step]:
        """What lies over each other: each file, and after it the facts that it patches."""
        steps = []
        for own, patches in self._layers:
            steps.append(Step("", well_shaped(own, problems), {}))
            sound: dict[str, dict[str, Tree]] = {fact: {} for fact in [*self.chosen, *self.options]}
            for (fact, option), patch in patches.items():
                sound[fact][option] = well_shaped(patch, problems)
            for fact, options in sound.items():
                if options:
                    steps.append(Step(fact, options.get(self.chosen.get(fact, ""), {}), options))
        return steps


def events_of_readings(now: Version, others: Sequence[Switched], chosen: Mapping[str, str]) -> dict[str, str]:
    """Event -> a reading that has it, of the events that are there under some readings only."""
    here, found = _events(now), dict[str, str]()
    for other in others:
        if other.version.tree.get("events") is now.tree.get("events"):
            continue
        there = _events(other.version)
        found.update(dict.fromkeys(there - here, f'{other.fact} = "{other.option}"'))
        found.update(dict.fromkeys(here - there, f'{other.fact} = "{chosen.get(other.fact, "")}"'))
    return found


def _events(version: Version) -> set[str]:
    return {label("events", entry, index) for index, entry in enumerate(items_of(version.tree.get("events")))}


def _split(tree: Tree) -> tuple[Tree, Patches]:
    """A file without the patches of its contested facts, and the patches."""
    patches: Patches = {}
    contested = tree.get("contested")
    if contested is None or contested.table is None:
        return tree, patches
    facts = dict(contested.table)
    for fact, question in facts.items():
        options = question.child("options")
        if options is None or options.table is None:
            continue
        bare = {}
        for name, option in options.table.items():
            table = table_of(option)
            patch = {key: node for key, node in table.items() if key in PATCH}
            if patch:
                patches[fact, name] = patch
                option = replace(option, value={key: node for key, node in table.items() if key not in PATCH})
            bare[name] = option
        facts[fact] = replace(question, value={**table_of(question), "options": replace(options, value=bare)})
    return {**tree, "contested": replace(contested, value=facts)}, patches
