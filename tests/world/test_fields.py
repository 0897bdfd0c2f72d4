"""A field of the state is one row: nothing that has to know it can forget it."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from factions.engine.view import case_view, source_of, world_view
from factions.model import Party
from factions.model.view import snapshot
from factions.results.arrays import ASKED, AXES, DTYPES, empty_arrays
from factions.scenario import load
from factions.world.build import build_case
from factions.world.case import Case
from factions.world.fields import fields
from factions.world.state import State, initial_state, lengths

OWNERS = {"leader": "leaders", "bloc": "blocs", "office": "offices", "issue": None, "event": None}
ELSEWHERE = {
    "leader_influence": "influence",
    "membership": "bloc",
    "salience": "salience",
    "ruling_line": "ruling_line",
}
"""Fields that an agent has under another name, or that the party itself has."""


@pytest.fixture
def case(minimal, write):
    return build_case(load(write(minimal)))


def test_every_recorded_field_has_an_array_and_a_type():
    recorded = {name for name, row in fields(State).items() if row.recorded is not None}
    assert recorded == {*AXES, *ASKED} == set(DTYPES)


def test_every_field_of_a_block_has_its_axes_and_its_start(case):
    state, length = initial_state(case, 3), lengths(case)
    for name, row in fields(State).items():
        array = getattr(state, name)
        assert array.shape == (3, *(length[axis] for axis in row.axes or ("once",))), name
        assert array.dtype == row.dtype and array.flags.c_contiguous, name
        if row.start == "case":
            assert (array == getattr(case, name)).all(), name


def test_selected_worlds_are_copies(case):
    state = initial_state(case, 3)
    chosen = state.select([2, 0])
    for name in fields(State):
        assert not np.shares_memory(getattr(state, name), getattr(chosen, name)), name


def test_the_model_has_every_field_that_is_more_than_room_to_compute_in(minimal, write):
    party = Party(load(write(minimal)))
    for name, row in fields(State).items():
        if row.span == "scratch":
            continue
        owner = OWNERS[row.axes[0]] if row.axes else None
        agent = getattr(party, owner)[0] if owner and getattr(party, owner) else party
        if owner is None or getattr(party, owner):
            assert hasattr(agent, ELSEWHERE.get(name, name)), name


def test_the_model_records_what_the_engine_records(minimal, write):
    party = Party(load(write(minimal)))
    party.step()
    arrays = empty_arrays(party.content, 1, [*AXES, *ASKED])
    for name, value in snapshot(party).items():
        assert np.asarray(value).reshape(arrays[name].shape[2:]).shape == arrays[name].shape[2:]


def test_a_kernel_finds_every_field_where_it_lies(case):
    # Every element of every field gets a number of its own; a compiled function sums each field as it sees it.
    state = initial_state(case, 4)
    names = list(fields(State))
    for k, name in enumerate(names):
        array = getattr(state, name)
        array[...] = (np.arange(array.size) + 1000 * k).reshape(array.shape)
    lines = [f"    out[{k}] = world.{name}.sum() + 0.5 * world.{name}.size" for k, name in enumerate(names)]
    source = "\n".join(["def read(worlds, w, out):", "    world = world_view(worlds, w)", *lines])
    scope: dict = {"world_view": world_view}
    exec(source, scope)
    out = np.zeros(len(names))
    numba.njit(scope["read"])(source_of(state), 2, out)
    for k, name in enumerate(names):
        array = getattr(state, name)[2]
        assert out[k] == array.sum() + 0.5 * array.size, name


def test_a_kernel_finds_every_field_of_a_case(case):
    names = list(fields(Case))
    lines = [
        f"    out[{k}] = case.{name}" + (".sum()" if fields(Case)[name].axes else "") for k, name in enumerate(names)
    ]
    source = "\n".join(["def read(cases, out):", "    case = case_view(cases)", *lines])
    scope: dict = {"case_view": case_view}
    exec(source, scope)
    out = np.zeros(len(names))
    numba.njit(scope["read"])(source_of(case), out)
    assert out.tolist() == [float(np.sum(getattr(case, name))) for name in names]


def test_a_copy_of_a_block_is_seen_where_it_lies(case):
    state = initial_state(case, 2)
    copied = state.select(slice(None))
    assert source_of(state) is source_of(state)
    assert not np.array_equal(source_of(state), source_of(copied))


def test_what_a_kernel_would_misread_is_refused(case):
    state = initial_state(case, 2)
    wrong = State(
        **{name: getattr(state, name).T if name == "trust" else getattr(state, name) for name in fields(State)}
    )
    with pytest.raises(TypeError, match="trust must be a contiguous array"):
        source_of(wrong)
