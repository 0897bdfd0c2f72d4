"""Draws, worlds and record as others' tools read them: groups, axes, values and units."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv

from factions import cli
from factions.draws import find_draws
from factions.dynamics import run_worlds
from factions.errors import WRONG_INPUT
from factions.inference.prior import values_at
from factions.parameters import FREE, PARAMETERS
from factions.scenario import load
from factions.statements.claims import judge
from factions.statements.outcomes import find_outcome

TRUST = Path(__file__).parents[2] / "trust"
WORLDS, DRAWS = 6, 4


@pytest.fixture(autouse=True)
def case(tmp_path, monkeypatch):
    """A case with four draws of its parameters beside it."""
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(TRUST / "case.toml", "case.toml")
    draws = values_at(np.random.default_rng(5).random((DRAWS, len(FREE))))
    csv.write_csv(pa.table({name: np.ascontiguousarray(draws[name]) for name in PARAMETERS}), "draws.csv")
    return load(Path("case.toml"))


def export(*options):
    return cli.main(["export", "case.toml", "--netcdf", "case.nc", "--parameters", "draws.csv", *options])


@pytest.fixture
def tree():
    """What xarray reads of an export."""
    pytest.importorskip("h5py")
    pytest.importorskip("h5netcdf")
    xarray = pytest.importorskip("xarray")
    assert export("--worlds", str(WORLDS), "--seed", "3") == 0
    with xarray.open_datatree("case.nc", engine="h5netcdf") as found:
        return found.load()


@pytest.fixture
def worlds(case):
    """The worlds that an export speaks of, and their parameters."""
    values = find_draws(case, "draws.csv").of(np.arange(WORLDS))
    return run_worlds(case, np.arange(WORLDS), values, 3), values


def test_a_draw_is_a_world_with_its_parameters(tree, worlds):
    posterior, (_, values) = tree["posterior"], worlds
    assert set(posterior.data_vars) == set(FREE)
    for name, row in FREE.items():
        assert posterior[name].dims == ("chain", "draw")
        assert posterior[name].values[0].tolist() == values[name].tolist()
        assert (posterior[name].attrs["units"], posterior[name].attrs["long_name"]) == (row.unit, row.meaning)
    patronage = posterior["patronage"]
    assert patronage.attrs["units"] == "per year"
    assert patronage.values[0, DRAWS] == patronage.values[0, 0] != patronage.values[0, 1]
    assert "weigh the same" in posterior.attrs["note"] and "no Markov chain" in posterior.attrs["note"]


def test_predictions_of_claims_stand_beside_what_the_record_says(tree, worlds, case):
    held, said = tree["posterior_predictive"]["holds"], tree["observed_data"]["holds"]
    assert held.dims == ("chain", "draw", "claim")
    assert held["claim"].values.tolist() == said["claim"].values.tolist() == [claim.id for claim in case.record]
    assert held.values[0].astype(bool).tolist() == judge(worlds[0]).tolist()
    assert said.values.tolist() == [1] * len(case.record) and "There is no 0" in said.attrs["long_name"]
    errors = tree["constant_data"]["claim_error"]
    assert errors.sel(claim="r1").item() == 0.05  # high
    assert errors.sel(claim="r2").item() == 0.15  # it states none
    assert tree["constant_data"]["claim_text"].sel(claim="r3").item() == "A vote."


def test_outcomes_and_shares_have_their_names_and_days(tree, worlds, case):
    predictions, (ensemble, _) = tree["predictions"], worlds
    blue = predictions["outcomes"].sel(chain=0, outcome="ruling:blue")
    assert blue.values.tolist() == find_outcome(case, "ruling:blue").measure(ensemble).tolist()
    assert predictions["influence"].dims == ("chain", "draw", "meeting", "bloc")
    assert np.array_equal(predictions["influence"].values[0], ensemble["influence"])
    assert np.array_equal(predictions["vote_share"].values[0], ensemble["vote_share"])
    assert str(predictions["date"].sel(meeting="second").values)[:10] == "1924-05-23"
    assert predictions["vote_share"].attrs["units"] == "share"


def test_the_prior_is_within_its_ranges_and_the_rest_is_constant(tree):
    for name, row in FREE.items():
        prior = tree["prior"][name].values
        assert prior.shape == (1, WORLDS) and len(set(prior[0])) == WORLDS
        assert row.low <= prior.min() and prior.max() <= row.high
    assert set(PARAMETERS) - set(FREE) <= set(tree["constant_data"].data_vars)
    assert (tree.attrs["scenario"], tree.attrs["seed"]) == ("case.toml", 3)


def test_arviz_reads_it(tree):
    arviz = pytest.importorskip("arviz")
    found = arviz.from_netcdf("case.nc")
    assert found["posterior"]["patronage"].shape == (1, WORLDS)
    assert float(found["posterior"]["patronage"].mean()) == float(tree["posterior"]["patronage"].mean())


def test_without_draws_or_a_name_the_remedy_is_named(capsys, monkeypatch):
    pytest.importorskip("h5py")
    assert cli.main(["export", "case.toml", "--netcdf", "case.nc"]) == WRONG_INPUT
    assert "give --parameters FILE, or let factions calibrate write them" in capsys.readouterr().err
    assert not Path("case.nc").exists()
    assert cli.main(["export", "case.toml"]) == WRONG_INPUT
    assert "give --csv DIR or --netcdf FILE.nc" in capsys.readouterr().err
    Path("case.nc").write_text("kept")
    assert export() == WRONG_INPUT
    assert "case.nc exists already" in capsys.readouterr().err
    assert Path("case.nc").read_text() == "kept"


@pytest.mark.parametrize("missing", ["xarray", "h5netcdf", "h5py"])
def test_without_the_extra_the_remedy_is_named(capsys, monkeypatch, missing):
    for name in ("h5netcdf", "h5py", "xarray"):
        monkeypatch.setitem(sys.modules, name, None if name == missing else sys)
    assert export() == WRONG_INPUT
    assert f'{missing} is not installed; type: pip install "factions[xarray]"' in capsys.readouterr().err
