"""Every figure of one ensemble, written to a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factions.plots import alliances, claims, influence, standing
from factions.plots.output import save

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble


def save_all(ensemble: Ensemble, scores: Sequence[object], out_dir: Path) -> list[Path]:
    """Write alliances, influence, standing (if there are leaders), claims (if there are scores)."""
    paths = save(alliances.figure(ensemble), alliances.table(ensemble), out_dir, "alliances")
    paths += save(influence.figure(ensemble), influence.table(ensemble), out_dir, "influence")
    if ensemble.scenario.leaders:
        paths += save(standing.figure(ensemble), standing.table(ensemble), out_dir, "standing")
    drawn = claims.figure(ensemble, scores)
    if drawn is not None:
        paths += save(drawn, claims.table(scores), out_dir, "claims")
    return paths
