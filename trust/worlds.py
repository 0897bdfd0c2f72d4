"""Worlds in blocks of any length, and one world at a time in the Mesa model."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from factions.dynamics import run_worlds
from factions.model.run import run_worlds as run_mesa
from factions.parameters import default_values
from factions.scenario import load


def same(path: Path, count: int, seed: int) -> bool:
    """Are worlds the same in blocks of 1, 7 and all, with one thread and two, and in Mesa."""
    scenario = load(path)
    values = default_values(scenario.parameters).repeat(count)
    whole = run_worlds(scenario, np.arange(count), values, seed).arrays
    ways = [run_mesa(scenario, np.arange(count), values, seed).arrays]
    ways.append(run_worlds(scenario, np.arange(count), values, seed, threads=2).arrays)
    for length in (1, 7):
        starts = range(0, count, length)
        parts = [np.arange(start, min(start + length, count)) for start in starts]
        blocks = [run_worlds(scenario, part, values[: len(part)], seed).arrays for part in parts]
        ways.append({name: np.concatenate([block[name] for block in blocks]) for name in whole})
    return all(np.array_equal(way[name], whole[name]) for way in ways for name in whole)
