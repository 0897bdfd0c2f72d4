"""`factions calibrate`: what it writes, that it repeats and continues, and how it refuses."""

from __future__ import annotations

import hashlib
import json

import pytest
from pyarrow import parquet

from factions import cli
from factions.cli.calibrate import Progress
from factions.draws import read_draws
from factions.parameters import FREE
from factions.store.lock import locked

QUICK = ["--minutes", "0.06"]


@pytest.fixture
def case(minimal, write):
    return write(minimal, "case.toml")


def calibrate(case, out, *more):
    return main(case, "--out", str(out), *more)


def main(case, *more):
    return cli.main(["calibrate", str(case), *QUICK, *more])


def test_it_writes_draws_that_runs_can_read(case, tmp_path, capsys):
    assert calibrate(case, tmp_path / "out") == 0
    out, _ = capsys.readouterr()
    draws = read_draws(tmp_path / "out" / "case.posterior.parquet")
    assert len(draws) >= 96
    manifest = json.loads((tmp_path / "out" / "case.posterior.json").read_text())
    assert set(manifest["parameters"]) == set(FREE)
    assert manifest["claims"] == 1 and manifest["seed"] == 0 and len(manifest["digest"]) == 64
    said = json.loads(parquet.read_schema(tmp_path / "out" / "case.posterior.parquet").metadata[b"factions"])
    assert len(said) == 5 and said.items() <= manifest.items()
    assert not (tmp_path / "out" / "case.posterior.unfinished.npz").exists()
    assert f"{len(draws)} draws, fitted to 1 claim\n" in out and "effective draws" in out


def test_its_manifest_has_the_sum_of_the_draws(case, tmp_path, capsys):
    assert calibrate(case, tmp_path / "out") == 0
    draws, manifest = (tmp_path / "out" / f"case.posterior.{suffix}" for suffix in ("parquet", "json"))
    assert json.loads(manifest.read_text())["draws_digest"] == hashlib.sha256(draws.read_bytes()).hexdigest()


def test_a_posterior_that_is_not_named_is_left_alone(case, tmp_path, capsys):
    kept = case.with_name("case.posterior.parquet")
    assert main(case) == 0
    assert f"Runs of {case} take it from now on." in capsys.readouterr().out
    first = kept.read_bytes(), kept.with_suffix(".json").read_bytes()
    assert main(case, "--seed", "1") == 0
    second = case.with_name("case.posterior-2.parquet")
    out = " ".join(capsys.readouterr().out.split())
    assert (
        f"To use it: --parameters {second}." in out and f"rename it to {kept}, and {second.with_suffix('.json')}" in out
    )
    assert (kept.read_bytes(), kept.with_suffix(".json").read_bytes()) == first
    assert len(read_draws(second)) >= 96
    assert main(case, "--seed", "2") == 0 and case.with_name("case.posterior-3.parquet").exists()
    assert main(case, "--seed", "1", "--out", str(kept)) == 0
    assert kept.read_bytes() == second.read_bytes()
    assert not list(tmp_path.glob("*unfinished*"))


def test_one_that_ends_while_another_begins_is_left_alone(case, monkeypatch):
    """The second has looked for a free name before the first has written there."""
    first, posterior, hold = [], case.with_name("case.posterior.parquet"), locked

    def late(folder, part):
        if not first:
            first.append(posterior.write_bytes(b"of the first"))
        return hold(folder, part)

    monkeypatch.setattr("factions.store.lock.locked", late)
    assert main(case) == 0
    assert posterior.read_bytes() == b"of the first"
    assert len(read_draws(case.with_name("case.posterior-2.parquet"))) >= 96


def test_a_manifest_alone_is_left_alone_too(case, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "case.posterior.json").write_text("{}")
    assert calibrate(case, tmp_path / "out") == 0
    assert (tmp_path / "out" / "case.posterior.json").read_text() == "{}"
    assert len(read_draws(tmp_path / "out" / "case.posterior-2.parquet")) >= 96


def test_a_file_that_is_called_something_else_is_no_place_for_a_posterior(case, tmp_path, capsys):
    assert main(case, "--out", str(tmp_path / "fit.parquet")) == 2
    assert "ends in .posterior.parquet" in capsys.readouterr().err


def test_threads_do_not_matter_and_seeds_do(case, tmp_path):
    written = []
    for name, more in {"a": ["--workers", "1"], "b": ["--workers", "3"], "c": ["--seed", "1"]}.items():
        assert calibrate(case, tmp_path / name, *more) == 0
        written.append(read_draws(tmp_path / name / "case.posterior.parquet"))
    assert written[0].tobytes() == written[1].tobytes() != written[2].tobytes()


@pytest.fixture
def interrupted(monkeypatch):
    """interrupted(step): calibrations are interrupted once at that step, which is saved; the steps that were taken."""

    def at(step):
        taken = []

        def interrupt(progress, run, population, spent):
            taken.append(population.step)
            if len(taken) == step:
                raise KeyboardInterrupt

        monkeypatch.setattr(Progress, "__call__", interrupt)
        return taken

    return at


def test_interrupted_it_continues_to_the_same_end(case, tmp_path, interrupted, capsys):
    whole = interrupted(-1)
    assert calibrate(case, tmp_path / "whole") == 0
    parts = interrupted(12)
    assert calibrate(case, tmp_path / "parts") == 130
    assert "the same command continues from" in capsys.readouterr().err
    assert (tmp_path / "parts" / "case.posterior.unfinished.npz").exists()
    assert calibrate(case, tmp_path / "parts") == 0
    assert parts == whole, "every step is taken once"
    draws = [read_draws(tmp_path / name / "case.posterior.parquet") for name in ("parts", "whole")]
    assert draws[0].tobytes() == draws[1].tobytes()


def test_the_state_of_another_calibration_is_not_used(case, tmp_path, interrupted):
    assert calibrate(case, tmp_path / "fresh", "--seed", "5") == 0
    interrupted(6)
    assert calibrate(case, tmp_path / "used") == 130
    assert (tmp_path / "used" / "case.posterior.unfinished.npz").exists()
    assert calibrate(case, tmp_path / "used", "--seed", "5") == 0
    fresh, used = (read_draws(tmp_path / name / "case.posterior.parquet") for name in ("fresh", "used"))
    assert fresh.tobytes() == used.tobytes()


def test_a_damaged_state_is_said_and_not_used(case, tmp_path, interrupted, capsys):
    first = interrupted(6)
    assert calibrate(case, tmp_path / "fresh") == 130
    state = tmp_path / "fresh" / "case.posterior.unfinished.npz"
    state.write_bytes(state.read_bytes()[:-9])
    capsys.readouterr()
    steps = interrupted(-1)
    assert calibrate(case, tmp_path / "fresh") == 0
    assert steps[:6] == first
    assert f"{state} is damaged; what it held is computed again" in capsys.readouterr().err


def test_until_has_a_file_of_its_own(case, tmp_path):
    assert calibrate(case, tmp_path / "out", "--until", "1925-12-31") == 0
    assert (tmp_path / "out" / "case.until-1925-12-31.posterior.parquet").exists()


def test_the_joint_likelihood_and_a_given_weight(case, tmp_path, capsys):
    manifests = []
    for name, more in {"record": ["--likelihood", "record"], "half": ["--weight", "0.5"]}.items():
        assert calibrate(case, tmp_path / name, *more) == 0
        manifests.append(json.loads((tmp_path / name / "case.posterior.json").read_text()))
    assert [(found["likelihood"], found["weight"]) for found in manifests] == [("record", 1.0), ("claims", 0.5)]


def test_json(case, tmp_path, capsys):
    assert calibrate(case, tmp_path / "out", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["file"].endswith("case.posterior.parquet")
    assert found["sampler"]["runs"] == 2


def test_no_record_is_a_clear_error(minimal, write, tmp_path, capsys):
    bare = write(minimal[: minimal.index("[[record]]")], "bare.toml")
    assert calibrate(bare, tmp_path / "out") == 2
    assert "has no record to fit" in capsys.readouterr().err


def test_a_day_before_every_claim_is_a_clear_error(case, tmp_path, capsys):
    assert calibrate(case, tmp_path / "out", "--until", "1924-01-01") == 2
    assert "claims are resolved from 1925-12-18" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--minutes", "inf"], ["--minutes", "nan"], ["--weight", "nan"]])
def test_what_is_no_number_is_no_budget(case, capsys, option):
    assert main(case, *option) == 2
    err = capsys.readouterr().err
    assert err.startswith(f'{option[0]} is "{option[1]}"; give a number ') and err.count("\n") == 1


def test_two_at_once_that_would_write_one_posterior_are_2(case, tmp_path, capsys):
    with locked(tmp_path / "out", "case.posterior"):
        assert calibrate(case, tmp_path / "out") == 2
        assert "is in use by another run" in capsys.readouterr().err
        assert calibrate(case, tmp_path / "out", "--until", "1925-12-31") == 0  # writes others
    assert not [path for path in (tmp_path / "out").iterdir() if path.suffix == ".lock"]
