"""Numbers of a scenario file that somebody judged, about those whom a change names, and one step from each of them.

Ties, positions, prestige and the weight of offices are codes: no source has them as numbers.  One step is the usual
distance between neighbouring codes of the kind that the file gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from factions.counterfactual.touched import named_by

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.scenario.read import Reading
    from factions.scenario.text.places import Keys, Node


@dataclass(frozen=True)
class Judged:
    """A judged number.

    `table`: the list that it stands in; `belongs`: is an entry of that list, as a tree, the one that has it; `field`:
    the keys from there; `values`: one step down and one step up, as far as its range allows; `confidence`: that
    of the number, or "" where the file's speaks of something else.
    """

    name: str
    text: str
    table: str
    belongs: Callable[[Node], bool]
    field: Keys
    value: float
    values: tuple[float, ...]
    confidence: str = ""

    def keys(self, reading: Reading) -> Keys:
        """Where the number stands in a scenario."""
        entries = reading.tree[self.table].items or []
        index = next(index for index, entry in enumerate(entries) if self.belongs(entry))
        return self.table, index, *self.field


def judged_inputs(base: Scenario, other: Scenario) -> list[Judged]:
    """The judged numbers about those whom the differences between a file and its base name.

    Trust between two of the blocs that are named; prestige, positions and ties of the leaders who are named, of those
    who speak for a bloc that is named, and of those who hold an office that is named; the weight of such an office.
    """
    named = named_by(base, other)
    blocs = [bloc.id for bloc in base.blocs if ("blocs", bloc.id) in named]
    offices = [office for office in base.offices if ("offices", office.id) in named]
    leading = {base.spokesman(bloc) for bloc in blocs} | {office.holder for office in offices}
    leaders = [leader.id for leader in base.leaders if ("leaders", leader.id) in named or leader.id in leading]
    return [
        *_ties(base, "ties", "blocs", "trust between", blocs),
        *_ties(base, "personal_ties", "leaders", "the tie between", leaders),
        *_positions(base, leaders),
        *_prestige(base, leaders),
        *_machines(base, offices),
    ]


def step(values: Iterable[float]) -> float:
    """The usual (median) distance between neighbouring values; 0 if all are the same."""
    gaps = sorted(two - one for one, two in pairwise(sorted(set(values))))
    return gaps[(len(gaps) - 1) // 2] if gaps else 0.0


def _around(value: float, size: float, low: float, high: float) -> tuple[float, ...]:
    """One step down and one step up, if they are in the range."""
    found = (round(value - size, 6), round(value + size, 6))
    return tuple(each for each in found if size > 0.0 and low <= each <= high)


def _ties(base: Scenario, table: str, of: str, about: str, ids: Sequence[str]) -> Iterator[Judged]:
    """Trust between any two of these, in a list of ties (`table`); `of`: of which list they are, `about`: its words."""
    ties = getattr(base, table)
    size = step([0.0, *(tie.trust for tie in ties)])  # pairs that are not named have 0
    names = {entry.id: entry.name for entry in getattr(base, of)}
    for tie in ties:
        one, two = getattr(tie, of)
        if {one, two} <= set(ids):
            yield Judged(
                f"{table}.{one}+{two}.trust",
                f"{about} {names[one]} and {names[two]}",
                table,
                _between(of, frozenset((one, two))),
                ("trust",),
                tie.trust,
                _around(tie.trust, size, -1.0, 1.0),
                tie.confidence or "",
            )


def _between(field: str, names: frozenset[str]) -> Callable[[Node], bool]:
    """Is an entry the one of these blocs or leaders, in any order."""

    def belongs(entry: Node) -> bool:
        node = entry.child(field)
        return node is not None and {item.value for item in node.items or ()} == names

    return belongs


def _is(name: str) -> Callable[[Node], bool]:
    """Is an entry the one of that id."""

    def belongs(entry: Node) -> bool:
        node = entry.child("id")
        return node is not None and node.value == name

    return belongs


def _positions(base: Scenario, leaders: Sequence[str]) -> Iterator[Judged]:
    for issue in base.issues:
        size = step(leader.ideal_point[issue.id] for leader in base.leaders if issue.id in leader.ideal_point)
        for leader in base.leaders:
            if leader.id in leaders and issue.id in leader.ideal_point:
                value = leader.ideal_point[issue.id]
                yield Judged(
                    f"leaders.{leader.id}.ideal_point.{issue.id}",
                    f"{leader.name} on {issue.name}",
                    "leaders",
                    _is(leader.id),
                    ("ideal_point", issue.id),
                    value,
                    _around(value, size, -1.0, 1.0),
                    leader.confidence or "",
                )


def _prestige(base: Scenario, leaders: Sequence[str]) -> Iterator[Judged]:
    size = step(leader.prestige for leader in base.leaders)
    for leader in base.leaders:
        if leader.id in leaders:
            values = _around(leader.prestige, size, 0.0, float("inf"))
            name, text = f"leaders.{leader.id}.prestige", f"prestige of {leader.name}"
            yield Judged(name, text, "leaders", _is(leader.id), ("prestige",), leader.prestige, values)


def _machines(base: Scenario, offices: Sequence[object]) -> Iterator[Judged]:
    size = step(office.machine for office in base.offices)
    for office in base.offices:
        if office in offices:
            values = _around(office.machine, size, 0.0, float("inf"))
            name, text = f"offices.{office.id}.machine", f"weight of {office.name}"
            yield Judged(name, text, "offices", _is(office.id), ("machine",), office.machine, values)
