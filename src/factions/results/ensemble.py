"""The container of finished worlds, and what it is handed on as: tidy tables, one row for each world, meeting and bloc
(or leader, office, event), and labelled arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from factions.errors import UsageError
from factions.results.arrays import AXES, sizes
from factions.scenario.plan.happenings import marked
from factions.statements.claims import judge
from factions.vocabulary import LADDER, RUNGS

if TYPE_CHECKING:
    import pyarrow as pa
    import xarray

    from factions.scenario import Scenario

SURRENDERED = ("no", "capitulated", "readmitted")
ACTIVITY = ("dead", "inactive", "active")

TABLES: dict[str, tuple[str, ...]] = {
    "meetings": ("world", "meeting"),
    "blocs": ("world", "meeting", "bloc"),
    "lines": ("world", "meeting", "bloc", "issue"),
    "trust": ("world", "meeting", "bloc", "bloc"),
    "leaders": ("world", "meeting", "leader"),
    "offices": ("world", "meeting", "office"),
    "events": ("world", "meeting", "event"),
}
"""Name of each table and what a row stands for; its other columns are the arrays with these axes."""


@dataclass(frozen=True)
class Ensemble:
    """Finished worlds of one scenario: `arrays[name]` has the axes `AXES[name]`; `worlds` are the world numbers."""

    scenario: Scenario
    seed: int
    engine: str
    worlds: np.ndarray
    arrays: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[name]

    def __len__(self) -> int:
        return len(self.worlds)

    @cached_property
    def held(self) -> np.ndarray:
        """True where a claim of the record holds in a world, see `judge`; kept, for much is said of it."""
        return judge(self)

    def tables(self) -> dict[str, pa.Table]:
        """Tidy tables (pyarrow) by name, a row for each world, meeting and bloc or leader; empty ones are left out."""
        return {name: to_table(self, name) for name in table_names(self.scenario)}

    def to_xarray(self) -> xarray.Dataset:
        """The arrays as a labelled `xarray.Dataset`; needs the extra `xarray`."""
        try:
            import xarray
        except ImportError as error:
            raise UsageError("xarray is not installed", 'pip install "factions[xarray]"') from error

        variables = {name: (_names(axes), self.arrays[name]) for name, axes in AXES.items()}
        attributes = {"title": self.scenario.title, "seed": self.seed, "engine": self.engine}
        return xarray.Dataset(variables, _coordinates(self), attributes)


@dataclass(frozen=True)
class _Coding:
    """How whole numbers of an array are written: `labels[value - lowest]`; below `lowest` empty."""

    labels: tuple[str, ...]
    lowest: int = 0


def _codings(scenario: Scenario) -> dict[str, _Coding]:
    blocs, leaders = (tuple(entry.id for entry in entries) for entries in (scenario.blocs, scenario.leaders))
    return {
        "alliance": _Coding(blocs),
        "ruling": _Coding(blocs),
        "membership": _Coding(blocs),
        "holder": _Coding(leaders),
        "standing": _Coding(LADDER),
        "rung": _Coding(RUNGS),
        "surrendered": _Coding(SURRENDERED),
        "activity": _Coding(ACTIVITY, -1),
    }


def table_names(scenario: Scenario) -> list[str]:
    """The tables that have rows."""
    length = {"world": 1, **sizes(scenario)}
    return [name for name, axes in TABLES.items() if all(length[axis] for axis in axes)]


def to_table(ensemble: Ensemble, name: str) -> pa.Table:
    """One of the tables of `TABLES`."""
    import pyarrow as pa

    return pa.table(_keys(ensemble, TABLES[name]) | _values(ensemble, TABLES[name]))


def _names(axes: tuple[str, ...]) -> list[str]:
    """Names of axes, told apart where one stands twice."""
    return [f"other_{axis}" if axis in axes[:k] else axis for k, axis in enumerate(axes)]


def _keys(ensemble: Ensemble, axes: tuple[str, ...]) -> dict[str, object]:
    """The columns that say what a row stands for."""
    length = {"world": len(ensemble), **sizes(ensemble.scenario)}
    shape = tuple(length[axis] for axis in axes)
    columns: dict[str, object] = {}
    for k, name in enumerate(_names(axes)):
        along = [1] * len(shape)
        along[k] = shape[k]
        spread = np.broadcast_to(np.arange(shape[k], dtype=np.int16 if k else np.int64).reshape(along), shape).ravel()
        columns[name] = ensemble.worlds[spread] if k == 0 else _dictionary(spread, labels_of(ensemble, axes[k]))
    return columns


def labels_of(ensemble: Ensemble, axis: str) -> list[str]:
    """Ids along an axis other than `world`; events in order of date."""
    if axis == "event":
        return marked(ensemble.scenario)
    entries = {"meeting": "meetings", "bloc": "blocs", "leader": "leaders", "office": "offices", "issue": "issues"}
    return [entry.id for entry in getattr(ensemble.scenario, entries[axis])]


def _coordinates(ensemble: Ensemble) -> dict[str, object]:
    """Labels along every axis by its name, meetings' dates among them."""
    labels: dict[str, object] = {"world": ensemble.worlds}
    for axis in ("meeting", "bloc", "leader", "office", "issue", "event"):
        labels[axis] = labels_of(ensemble, axis)
    labels["other_bloc"] = labels["bloc"]
    dates = np.array([meeting.date for meeting in ensemble.scenario.meetings], "datetime64[ns]")
    return labels | {"date": ("meeting", dates)}


def _dictionary(codes: np.ndarray, labels: Sequence[str]) -> pa.DictionaryArray:
    import pyarrow as pa

    codes = codes.astype(np.int16)
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(list(labels), pa.string()))


def _values(ensemble: Ensemble, axes: tuple[str, ...]) -> dict[str, object]:
    """The columns of the arrays with these axes."""
    import pyarrow as pa

    codings = _codings(ensemble.scenario)
    columns: dict[str, object] = {}
    for name in (name for name in AXES if AXES[name] == axes):
        values = ensemble[name].ravel()
        if name in codings:
            columns[name] = _dictionary(values.astype(np.int16) - codings[name].lowest, codings[name].labels)
        else:
            columns[name] = pa.array(values == 1 if name in ("open", "happened") else values)
    return columns
