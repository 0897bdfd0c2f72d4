"""Sums over worlds: counted by hand, the same however the worlds are cut into blocks."""

from __future__ import annotations

import pickle
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factions.results.tally import BINS, Tally, count_worlds, pack, unpack


def part(ensemble, first, end):
    arrays = {name: array[first:end] for name, array in ensemble.arrays.items()}
    return replace(ensemble, worlds=ensemble.worlds[first:end], arrays=arrays)


def test_states_of_blocs_are_counted_by_hand(build):
    tally = count_worlds(
        build(
            4,
            alliance=[[[0, 1]] * 2, [[0, 1]] * 2, [[0, 0]] * 2, [[-1, 1]] * 2],
            ruling=[[1, 1], [1, 1], [0, 0], [1, 1]],
            open=[[[1, 0]] * 2, [[0, 0]] * 2, [[0, 0]] * 2, [[0, 0]] * 2],
        )
    )
    left = {name: int(tally.counts[name][0, 0]) for name in ("ruling", "open", "quiet", "gone")}
    assert left == {"ruling": 1, "open": 1, "quiet": 1, "gone": 1}
    assert int(tally.counts["ruling"][0, 1]) == 4


def test_blocs_are_together_only_outside_the_ruling_alliance(build):
    both, apart, none = [[0, 0]] * 2, [[0, 1]] * 2, [[-1, -1]] * 2
    tally = count_worlds(build(4, alliance=[both, both, apart, none], ruling=[[0, 0], [1, 1], [1, 1], [-1, -1]]))
    # Together in two worlds of four, and in one of them they rule.
    assert tally["together"][0].tolist() == [[0, 1], [1, 0]]


def test_the_dead_leave_the_ladder_and_nobody_is_counted_last(build):
    tally = count_worlds(
        build(
            3,
            standing=2,
            activity=[[[1, 1]] * 2, [[-1, 1]] * 2, [[0, 1]] * 2],
            membership=[[[0, 1]] * 2, [[-1, 1]] * 2, [[1, 1]] * 2],
            holder=[[[1, -1]] * 2, [[1, 0]] * 2, [[-1, 0]] * 2],
            surrendered=[[[0, 2]] * 2, [[1, 0]] * 2, [[2, 0]] * 2],
        )
    )
    assert tally.counts["standing"][0, 0].tolist() == [0, 0, 2, 0, 0, 0, 1]
    assert tally.counts["membership"][0, 0].tolist() == [1, 1, 1]
    assert tally.counts["holder"][1].tolist() == [[0, 2, 1], [2, 0, 1]]
    assert (tally.counts["capitulated"][0].tolist(), tally.counts["readmitted"][0].tolist()) == ([2, 1], [1, 1])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cuts=st.lists(st.integers(1, 39), max_size=4), seed=st.integers(0, 99))
def test_blocks_add_up_to_the_whole(noise, cuts, seed):
    whole = noise(40, seed)
    edges = sorted({0, 40, *cuts})
    parts = [count_worlds(part(whole, *pair)) for pair in pairwise(edges)]
    for order in (parts, parts[::-1]):
        total = sum(order[1:], order[0])
        assert total.worlds == 40
        for name, count in count_worlds(whole).counts.items():
            np.testing.assert_array_equal(total.counts[name], count)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 10_000), level=st.sampled_from([0.1, 0.5, 0.9]), worlds=st.integers(1, 60))
def test_quantiles_are_those_of_the_worlds_to_half_a_bin(noise, seed, level, worlds):
    ensemble = noise(worlds, seed)
    tally = count_worlds(ensemble)
    for name in ("vote_share", "influence"):
        true = np.quantile(ensemble[name], level, axis=0, method="inverted_cdf")
        assert np.abs(tally.quantiles(name, [level])[0] - true).max() <= 0.5 / BINS + 1e-12


def test_a_share_of_nothing_or_all_is_exact(build):
    tally = count_worlds(build(5, vote_share=[[0.0, 1.0]] * 5))
    assert tally.quantiles("vote_share", [0.1, 0.5, 0.9]).tolist() == [[0.0, 1.0]] * 3


@pytest.mark.parametrize("sent", [lambda tally: unpack(pack(tally)), lambda tally: pickle.loads(pickle.dumps(tally))])
def test_a_tally_survives_packing(noise, sent):
    tally = count_worlds(noise(20))
    again = sent(tally)
    assert again.worlds == 20
    assert again.counts.keys() == tally.counts.keys()
    for name, count in tally.counts.items():
        np.testing.assert_array_equal(again.counts[name], count)


def test_a_tally_goes_to_another_process_packed(noise):
    tally = count_worlds(noise(20))
    assert len(pickle.dumps(tally)) < 2 * len(pack(tally)) < sum(count.nbytes for count in tally.counts.values())


@pytest.mark.parametrize("data", [b"", b"not a tally", None])
def test_damaged_bytes_are_no_tally(noise, data):
    with pytest.raises(ValueError, match="not a stored tally"):
        unpack(pack(count_worlds(noise(3)))[:-40] if data is None else data)


def test_tallies_of_different_counts_do_not_add():
    with pytest.raises(ValueError, match="different counts"):
        Tally(1, {"a": np.zeros(1)}) + Tally(1, {"b": np.zeros(1)})
