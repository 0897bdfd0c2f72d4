"""From a file on disk to a Scenario: parse, follow `extends`, merge, apply readings, validate, check."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from factions.scenario.checks.cautions import cautions
from factions.scenario.checks.changes import check_extends, check_no_changes
from factions.scenario.checks.surprises import surprises
from factions.scenario.checks.validate import validate
from factions.scenario.checks.whole import check, check_exogenous, check_written_order
from factions.scenario.content.schema import PROVENANCE, Scenario
from factions.scenario.layers.choices import check_single
from factions.scenario.layers.draft import Draft
from factions.scenario.layers.files import Layer, chain
from factions.scenario.layers.readings import Readings, events_of_readings
from factions.scenario.plan.calendar import calendar, still_asked
from factions.scenario.plan.setting import setting_of
from factions.scenario.text.places import Keys, Place, Tree
from factions.scenario.text.problems import Problems, Remark


@dataclass(frozen=True)
class Reading:
    """A sound scenario, what its author should know, and the drafts that it was made from.

    `others`: the drafts of its other readings, by fact and option.
    """

    scenario: Scenario
    draft: Draft
    others: Mapping[tuple[str, str], Draft]
    cautions: tuple[Remark, ...]

    @property
    def tree(self) -> Tree:
        """The merged values and their places."""
        return self.draft.tree

    def switched(self, fact: str, option: str) -> Scenario:
        """The same scenario with another option of one contested fact in force, as `load` gives it."""
        scenario = _scenario(self.others[fact, option], provenance_of(self.scenario))
        return scenario.model_copy(update={"readings": {**scenario.readings, fact: option}})


def load(path: str | os.PathLike[str], readings: Mapping[str, str] | None = None) -> Scenario:
    """The scenario of a file and of those it extends; `readings` (fact -> option) overrides the file's own.

    Raises ScenarioErrors with everything that is wrong in the files, UsageError if `readings` names what is
    not there.
    """
    return read(path, readings).scenario


def read(path: str | os.PathLike[str], readings: Mapping[str, str] | None = None) -> Reading:
    """As `load`, with the tree of the merged values and their places."""
    return read_layers(chain(Path(path)), readings)


def read_layers(layers: list[Layer], readings: Mapping[str, str] | None = None, above: Sequence[Layer] = ()) -> Reading:
    """As `read`, of files that are read already; `above`: layers that are laid over them and are no files."""
    check_single(layers[-1])
    root = layers[-1].root
    check_extends(layers[0].tree, Place(layers[0].path, 1, 1))
    choice = Readings([*layers, *above], readings or {})
    problems = Problems()
    version, others = choice.merged(problems)
    for part in choice.first_trees():
        check_exogenous(part, problems)
        check_no_changes(part, problems)
    check_written_order(layers[0].tree, problems)
    draft = validate(version.tree, root, problems, somewhere=events_of_readings(version, others, choice.chosen))
    check(draft, version.removed, problems)
    switched = {}
    for other in others:  # they must be sound too, or switching a reading would be a trap
        switched[other.fact, other.option] = validate(other.version.tree, root, other.problems, draft)
        check(switched[other.fact, other.option], other.version.removed, other.problems)
        problems.adopt(other.problems, f'under the reading {other.fact} = "{other.option}"')
    problems.throw([layer.path for layer in reversed([*layers, *above])])
    told = cautions(setting_of(draft), draft.somewhere)
    if len(layers) == 1:  # of what another file says its own check tells
        told += surprises(draft)
    return Reading(_scenario(draft, _provenance(layers)), draft, switched, told)


def altered(reading: Reading, values: Mapping[Keys, object]) -> Scenario:
    """The same scenario with other values at some keys, such as ("ties", 3, "trust"): every key must be there.

    Raises ScenarioErrors if it is not sound so.
    """
    tree, scenario, problems = reading.tree, reading.scenario, Problems()
    for keys, value in values.items():
        tree = {**tree, str(keys[0]): tree[str(keys[0])].with_value(keys[1:], value)}
    draft = validate(tree, Place(scenario.path, 1, 1), problems, reading.draft)
    check(draft, {}, problems)
    problems.throw(scenario.files[::-1])
    return _scenario(draft, provenance_of(scenario))


def provenance_of(scenario: Scenario) -> dict[str, object]:
    """Where a scenario came from."""
    return {name: getattr(scenario, name) for name in PROVENANCE}


def _provenance(layers: list[Layer]) -> dict[str, object]:
    return {
        "path": layers[-1].shown or layers[-1].path,
        "files": tuple(layer.path for layer in layers),
        "text": "\n".join(f"# {(layer.shown or layer.path).name}\n{layer.text}" for layer in layers),
    }


def _scenario(draft: Draft, provenance: Mapping[str, object]) -> Scenario:
    entries = {table: tuple(entry.model for entry in rows) for table, rows in draft.entries.items()}
    # a derived file appends; time decides
    entries["events"] = tuple(sorted(entries.get("events", ()), key=lambda entry: entry.date))
    before = sorted(entries["meetings"], key=lambda entry: entry.date)
    entries["meetings"] = tuple(calendar(before, entries.get("changes", ())))
    if entries["meetings"] != tuple(before):
        entries["record"] = tuple(still_asked(entries.get("record", ()), before, entries["meetings"]))
    return Scenario.model_validate({**draft.scalars, **draft.mappings, **entries, **provenance})
