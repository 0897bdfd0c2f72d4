"""Ties alone: alliances are then landscape theory (Axelrod & Bennett 1993), checked against every partition there is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from factions.engine.run import run_worlds

BLOCS = 7
MEETINGS = 12


def partitions(things: int) -> Iterator[list[int]]:
    """Every partition of `things` things, as the number of the first member of each one's part."""

    def extend(labels: list[int]) -> Iterator[list[int]]:
        if len(labels) == things:
            yield labels
            return
        for label in [*dict.fromkeys(labels), len(labels)]:
            yield from extend([*labels, label])

    return extend([])


def harmony(labels: np.ndarray, weights: np.ndarray, ties: np.ndarray) -> np.ndarray:
    """Sum over pairs in a common alliance of both influences times their tie; shape of `labels` without its last axis."""
    together = labels[..., :, None] == labels[..., None, :]
    return (together * (weights[:, None] * weights[None, :] * ties)).sum(axis=(-1, -2))


def network(number: int) -> tuple[np.ndarray, np.ndarray]:
    """Influence and ties of a random signed network: every pair friends or enemies, more or less."""
    noise = np.random.default_rng(number)
    weights = noise.uniform(1.0, 3.0, BLOCS)
    ties = np.zeros((BLOCS, BLOCS))
    for a in range(BLOCS):
        for b in range(a):
            ties[a, b] = ties[b, a] = noise.choice([-1.0, 1.0]) * noise.uniform(0.1, 1.0)
    return weights / weights.sum(), ties


@pytest.fixture(scope="module")
def ends(struggle, parameters):
    """ends(weights, ties, worlds, misjudgement): the alliances (world, bloc) after some meetings with ties alone."""

    def run(weights, ties, worlds: int, misjudgement: float) -> np.ndarray:
        leaders = {f"bloc{b}_1": {"prestige": float(weights[b])} for b in range(len(weights))}
        pairs = [{"blocs": (f"bloc{a}", f"bloc{b}"), "trust": float(ties[a, b])}
                 for a in range(len(weights)) for b in range(a)]  # fmt: skip
        case = struggle(leaders, (0, *(1,) * (MEETINGS - 1)), on=("bargaining", "trust"), ties=pairs)
        values = parameters(case, voice=-1e9, misjudgement=misjudgement, habit=0.0, trust_motive=1.0, trust_rate=1e-12)
        return run_worlds(case, np.arange(worlds), values, 1)["alliance"][:, -1]

    return run


def test_there_are_as_many_partitions_as_bell_counted():
    assert [sum(1 for _ in partitions(n)) for n in range(1, 8)] == [1, 2, 5, 15, 52, 203, 877]


def test_harmony_by_hand():
    # Shares 1/2, 1/4, 1/4; the first two tied by 1, the last two by -1: all together 2 (1/8 - 1/16), the pair 2/8.
    weights, ties = np.array([0.5, 0.25, 0.25]), np.array([[0, 1, 0], [1, 0, -1], [0, -1, 0]])
    found = harmony(np.array([[0, 0, 0], [0, 0, 2], [0, 1, 2]]), weights, ties)
    assert found.tolist() == [0.125, 0.25, 0.0]


def test_in_a_balanced_network_the_two_camps_form(ends):
    # Friends within camps, enemies between them: no partition is less frustrated, and every world finds it.
    camp = np.array([0, 0, 1, 0, 1, 1, 0])
    ties = np.where(camp[:, None] == camp[None, :], 0.8, -0.8)
    found = ends(np.full(BLOCS, 1 / BLOCS), ties, 50, 0.0)
    assert (found == np.array([0, 0, 2, 0, 2, 2, 0])).all()


def test_bargaining_nearly_always_ends_at_the_least_frustrated_partition(ends):
    every = np.array(list(partitions(BLOCS)))
    reached, best = [], []
    for number in range(100):
        weights, ties = network(number)
        most = harmony(every, weights, ties).max()
        found = harmony(ends(weights, ties, 1, 0.02).astype(int), weights, ties)
        reached.append(found[0] > most - 1e-12)
        best.append(found[0] / most)
    assert np.mean(reached) >= 0.9, f"{np.sum(reached)} of 100"
    assert np.mean(best) >= 0.98
