"""Per-world tables: one row says what one cell of the arrays says, and nothing is lost on the way."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from pyarrow import parquet

from factions.errors import UsageError
from factions.results.arrays import AXES
from factions.results.ensemble import TABLES
from factions.vocabulary import LADDER, RUNGS


def test_rows_say_what_the_arrays_say(build):
    ensemble = build(3, holder=[[[1, -1]] * 2] * 3, standing=[[[0, 3]] * 2] * 3, vote_share=0.25)
    tables = ensemble.tables()
    office = tables["offices"].to_pylist()[-1]
    assert office == {"world": 2, "meeting": "second", "office": "army", "holder": None}
    leader = tables["leaders"].to_pylist()[1]
    assert (leader["leader"], leader["standing"], leader["membership"]) == ("stalin", "expelled", "centre")
    assert (leader["surrendered"], leader["activity"]) == ("no", "active")
    assert tables["meetings"].to_pylist()[0] == {"world": 0, "meeting": "first", "ruling": "centre", "vote_share": 0.25}
    assert tables["blocs"].num_rows == 3 * 2 * 2


def test_trust_tells_the_two_blocs_apart(build):
    trust = np.array([[0.0, 0.5], [-0.5, 0.0]])
    rows = build(1, trust=trust).tables()["trust"].to_pylist()[:4]
    assert [(row["bloc"], row["other_bloc"], row["trust"]) for row in rows] == [
        ("left", "left", 0.0),
        ("left", "centre", 0.5),
        ("centre", "left", -0.5),
        ("centre", "centre", 0.0),
    ]


def test_every_array_stands_in_one_table():
    assert sorted(TABLES.values()) == sorted(set(AXES.values()))


CODES = {
    "alliance": ("left", "centre"),
    "ruling": ("left", "centre"),
    "membership": ("left", "centre"),
    "holder": ("trotsky", "stalin"),
    "standing": LADDER,
    "rung": RUNGS,
    "surrendered": ("no", "capitulated", "readmitted"),
}


def test_every_number_is_found_again_on_disk(noise, tmp_path):
    ensemble = noise(30)
    for name, table in ensemble.tables().items():
        parquet.write_table(table, tmp_path / name)
        read = parquet.read_table(tmp_path / name)
        for array in (array for array, axes in AXES.items() if axes == TABLES[name]):
            values, found = ensemble[array].ravel().tolist(), read[array].to_pylist()
            if array in CODES:
                # Below the first label nobody is named: no alliance, no ruler, no bloc, no holder.
                values = [None if value < 0 else CODES[array][value] for value in values]
            elif array == "activity":
                values = [("dead", "inactive", "active")[value + 1] for value in values]
            assert found == values, array


def test_xarray_has_the_labels(noise):
    pytest.importorskip("xarray")
    ensemble = noise(4)
    data = ensemble.to_xarray()
    assert data["trust"].dims == ("world", "meeting", "bloc", "other_bloc")
    chosen = data["standing"].sel(world=2, meeting="second", leader="stalin")
    assert int(chosen) == int(ensemble["standing"][2, 1, 1])
    assert str(data["date"].sel(meeting="second").values)[:10] == "1925-12-18"


def test_without_xarray_the_remedy_is_named(noise, monkeypatch):
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(UsageError, match=r'pip install "factions\[xarray\]"'):
        noise(1).to_xarray()
