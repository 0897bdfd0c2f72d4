"""The container of finished worlds: named arrays over worlds, meetings, blocs, leaders, offices and issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.errors import UsageError
from factions.results.arrays import AXES

if TYPE_CHECKING:
    import pyarrow as pa
    import xarray

    from factions.scenario import Scenario


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
        """Tidy tables (pyarrow) by name, a row for each world, meeting and bloc or leader: `factions.results.tidy`."""
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
