"""The container of finished worlds: named arrays over worlds, meetings, blocs, leaders, offices and issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    import xarray

    from factions.scenario import Scenario

AXES: dict[str, tuple[str, ...]] = {
    "alliance": ("world", "meeting", "bloc"),
    "ruling": ("world", "meeting"),
    "open": ("world", "meeting", "bloc"),
    "influence": ("world", "meeting", "bloc"),
    "delegates": ("world", "meeting", "bloc"),
    "vote_share": ("world", "meeting"),
    "rung": ("world", "meeting", "bloc"),
    "line": ("world", "meeting", "bloc", "issue"),
    "trust": ("world", "meeting", "bloc", "bloc"),
    "standing": ("world", "meeting", "leader"),
    "membership": ("world", "meeting", "leader"),
    "surrendered": ("world", "meeting", "leader"),
    "activity": ("world", "meeting", "leader"),
    "holder": ("world", "meeting", "office"),
}
"""Axes of every recorded array; the state at the end of a meeting, before time passes.

`alliance`: label, the index of the alliance's first bloc, -1 for a bloc without influence; `ruling`: the label of the
ruling alliance, -1 if nobody rules; `open`: 0 or 1; `influence`, `delegates`, `vote_share`: shares in [0, 1];
`rung`: 0 unpunished, 1 office .. 6 deportation; `line` in [-1, 1]; `trust` in [-1, 1]; `standing`: 0 politburo
.. 5 deported; `membership`: bloc index, -1 unaligned; `surrendered`: 0 no, 1 capitulated, 2 readmitted; `activity`: 1
active, 0 inactive, -1 dead; `holder`: leader index, -1 vacant.
"""

DTYPES: dict[str, type] = {
    "alliance": np.int8,
    "ruling": np.int8,
    "open": np.int8,
    "influence": np.float64,
    "delegates": np.float64,
    "vote_share": np.float64,
    "rung": np.int8,
    "line": np.float64,
    "trust": np.float64,
    "standing": np.int8,
    "membership": np.int8,
    "surrendered": np.int8,
    "activity": np.int8,
    "holder": np.int16,
}


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

    def tables(self) -> dict[str, pa.Table]:
        """Tidy tables (pyarrow) by name, one row a world, meeting and bloc or leader: see `factions.results.tidy`."""
        from factions.results.tidy import to_tables

        return to_tables(self)

    def to_xarray(self) -> xarray.Dataset:
        """The arrays as a labelled `xarray.Dataset`; needs the extra `xarray`."""
        try:
            import xarray
        except ImportError as error:
            raise UsageError("xarray is not installed", 'pip install "factions[xarray]"') from error
        from factions.results.tidy import coordinates, names

        variables = {name: (names(axes), self.arrays[name]) for name, axes in AXES.items()}
        attributes = {"title": self.scenario.title, "seed": self.seed, "engine": self.engine}
        return xarray.Dataset(variables, coordinates(self), attributes)


def sizes(scenario: Scenario) -> dict[str, int]:
    """Length of every axis but `world`."""
    return {
        "meeting": len(scenario.meetings),
        "bloc": len(scenario.blocs),
        "leader": len(scenario.leaders),
        "office": len(scenario.offices),
        "issue": len(scenario.issues),
    }


def empty_arrays(scenario: Scenario, worlds: int) -> dict[str, np.ndarray]:
    """Zeroed arrays for `worlds` worlds of `scenario`, one per name in `AXES`."""
    length = {"world": worlds, **sizes(scenario)}
    return {name: np.zeros(tuple(length[axis] for axis in axes), DTYPES[name]) for name, axes in AXES.items()}
