"""The generator's published answers, its uniformity, and that a number depends on nothing but what it is for."""

from __future__ import annotations

import math
from itertools import product

import numba
import numpy as np
import pytest

from factions import shocks
from factions.scenario import load

# Known answers published with the generator (Random123, file kat_vectors): counter, key, result.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),  # the digits of pi
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
PURPOSES = {name: value for name, value in vars(shocks).items() if name.isupper() and not name.startswith("_")}


@numba.njit
def compiled_philox(c0, c1, c2, c3, k0, k1):
    return shocks.philox(c0, c1, c2, c3, k0, k1)


@numba.njit
def compiled_uniforms(seed, worlds, meeting, purpose, actor, other):
    drawn = np.empty(worlds)
    for world in range(worlds):
        drawn[world] = shocks.uniform(seed, world, meeting, purpose, actor, other)
    return drawn


@numba.njit
def compiled_logistic(seed, world, meeting, purpose, actor, other):
    return shocks.logistic_shock(seed, world, meeting, purpose, actor, other)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_known_answers(counter, key, answer):
    assert shocks.philox(*counter, *key) == answer
    assert compiled_philox(*counter, *key) == answer


def test_compiled_equals_plain():
    noise = np.random.default_rng(1)
    words = noise.integers(0, 2**32, (2000, 6))
    words[:10] = 2**32 - 1
    for word in words:
        numbers = [int(number) for number in word]
        assert compiled_philox(*numbers) == shocks.philox(*numbers)
        assert compiled_logistic(*numbers) == shocks.logistic_shock(*numbers)
    plain = [shocks.uniform(7, world, 8, 3, 9, 10) for world in range(500)]
    assert compiled_uniforms(7, 500, 8, 3, 9, 10).tolist() == plain


@pytest.mark.parametrize("word", [0, 0xFFFFFFFF])
def test_the_ends_of_the_interval_are_never_reached(monkeypatch, word):
    # The two extreme outputs of the generator: a 0 or 1 would be a certainty, and have no log-odds.
    monkeypatch.setattr(shocks, "philox", lambda *_: (word, word, word, word))
    assert 0.0 < shocks.uniform(0, 0, 0, 0, 0, 0) < 1.0
    assert math.isfinite(shocks.logistic_shock(0, 0, 0, 0, 0, 0))


def chi_square(drawn: np.ndarray, cells: int) -> float:
    counts, _ = np.histogram(drawn, cells, (0.0, 1.0))
    expected = len(drawn) / cells
    return float(((counts - expected) ** 2 / expected).sum())


@pytest.mark.parametrize("purpose", PURPOSES.values(), ids=PURPOSES)
def test_numbers_of_one_purpose_are_uniform(purpose):
    # 100 cells: 99 degrees of freedom, mean 99, standard deviation 14.1; 155 is exceeded with probability 0.0003.
    drawn = compiled_uniforms(11, 100_000, shocks.key("congress"), purpose, shocks.key("actor"), 0)
    assert drawn.min() > 0.0 and drawn.max() < 1.0
    assert 55.0 < chi_square(drawn, 100) < 155.0


VARIANTS = {
    "seed": (12, 1, 2, 3, 4),
    "meeting": (11, 9, 2, 3, 4),
    "purpose": (11, 1, 9, 3, 4),
    "actor": (11, 1, 2, 9, 4),
    "other": (11, 1, 2, 3, 9),
    "actors the other way round": (11, 1, 2, 4, 3),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_what_differs_in_one_part_of_its_key_is_independent(variant):
    # Pairs fall evenly into 10 x 10 cells, and do not correlate: |r| * sqrt(n) is standard normal.
    drawn, other = (compiled_uniforms(seed, 50_000, *rest) for seed, *rest in ((11, 1, 2, 3, 4), variant))
    cells = np.floor(drawn * 10) + np.floor(other * 10) / 10
    assert 55.0 < chi_square(cells / 10 + 0.005, 100) < 155.0
    assert abs(np.corrcoef(drawn, other)[0, 1]) * math.sqrt(len(drawn)) < 3.5


def test_neighbouring_worlds_are_independent():
    drawn = compiled_uniforms(11, 50_001, 1, 2, 3, 4)
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) * math.sqrt(50_000) < 3.5


def test_the_logistic_shock_has_the_logistic_distribution():
    # P(x < t) = 1 / (1 + exp(-t)); by Kolmogorov-Smirnov sqrt(n) D exceeds 1.95 with probability 0.001.
    drawn = np.sort([compiled_logistic(3, world, 1, 2, 3, 4) for world in range(20_000)])
    claimed = 1.0 / (1.0 + np.exp(-drawn))
    steps = np.arange(len(drawn) + 1) / len(drawn)
    gap = max(np.max(steps[1:] - claimed), np.max(claimed - steps[:-1]))
    assert gap * math.sqrt(len(drawn)) < 1.95


def test_purposes_are_distinct():
    assert len(set(PURPOSES.values())) == len(PURPOSES) >= 8


def test_a_name_has_one_number_for_ever():
    # BLAKE2s of the name with a digest of four bytes, little-endian: the same in every run and on every machine.
    assert (shocks.key("trotsky"), shocks.key("stalin")) == (3810758027, 1694068250)
    assert all(0 < shocks.key(name) < 2**32 for name in ("a", "xiv_congress"))


def test_names_of_a_scenario_have_different_numbers(minimal, write):
    scenario = load(write(minimal))
    for entries in (scenario.leaders, scenario.blocs, scenario.offices, scenario.meetings):
        assert len({shocks.key(entry.id) for entry in entries}) == len(entries)


def test_a_number_knows_nothing_of_the_rest_of_the_cast():
    # A shock is a function of the names it is for: neither positions nor how many others there are can enter it.
    cast, larger = ["b", "c"], ["a", "b", "bystander", "c"]
    drawn = {
        (name, meeting): shocks.uniform(1, 5, shocks.key(meeting), shocks.MOVE, shocks.key(name), 0)
        for name, meeting in product(larger, ("first", "second"))
    }
    again = {
        (name, meeting): shocks.uniform(1, 5, shocks.key(meeting), shocks.MOVE, shocks.key(name), 0)
        for name, meeting in product(cast, ("second",))
    }
    assert again.items() <= drawn.items()
    assert len(set(drawn.values())) == len(drawn)
