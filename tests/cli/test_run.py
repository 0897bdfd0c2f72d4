"""`factions run`: what it prints and writes, its exit codes, and going on after it was stopped."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
import warnings
from functools import partial

import pytest
from pyarrow import csv, parquet

from factions import cli
from factions.parameters import default_values
from factions.results.tables import parameter_table
from factions.runs.job import CUTS
from factions.store.lock import locked
from factions.store.seal import file_sum


@pytest.fixture(autouse=True)
def no_lines_of_progress(monkeypatch):
    """However slow the machine is."""
    monkeypatch.setattr("factions.cli.progress.EVERY", math.inf)


@pytest.fixture
def file(minimal, write):
    return write(minimal)


ALONE = "warning: there is no scenario.posterior.parquet beside scenario.toml: every world has the same parameters"


def run_json(capsys, *arguments) -> dict:
    assert cli.main(["run", *map(str, arguments), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    expected = f"warning: {data['parameters']['caution']}\n" if data["parameters"]["caution"] else ""
    if "--out" in arguments:
        out = arguments[arguments.index("--out") + 1]
        expected += f"the results are in {out}; begin with plots/alliances.png\n"
    assert err == expected
    return data


def test_draws_of_other_rules_are_warned_of_beside_the_results(file, capsys):
    parquet.write_table(parameter_table(default_values().reshape(1)), file.with_suffix(".posterior.parquet"))
    clean = run_json(capsys, file, "--worlds", 20)
    said = {"digest": "", "worlds": "", "draws_digest": file_sum(file.with_suffix(".posterior.parquet"))}
    file.with_suffix(".posterior.json").write_text(json.dumps(said), encoding="utf-8")
    warned = run_json(capsys, file, "--worlds", 20)
    caution = warned["parameters"].pop("caution")
    assert caution.startswith("scenario.posterior.parquet was fitted with another version of the rules and")
    assert clean["parameters"].pop("caution") is None
    assert warned == clean


def test_a_scenario_alone_says_that_it_runs_at_one_point(file, tmp_path, capsys):
    out = tmp_path / "out"
    said = run_json(capsys, file, "--worlds", 20, "--out", out)["parameters"]["caution"]
    assert f"warning: {said}".startswith(ALONE)
    assert json.loads((out / "manifest.json").read_text())["parameters"]["caution"] == said
    asked = run_json(capsys, file, "--worlds", 20, "--parameters", "default")
    assert (asked["parameters"]["source"], asked["parameters"]["caution"]) == ("default", None)


def numbers(data):
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from numbers(item)
    elif isinstance(data, float):
        yield data


def test_one_world_says_nothing_of_the_errors(file, tmp_path, capsys):
    data = run_json(capsys, file, "--worlds", 1, "--out", tmp_path / "out")
    assert [claim["error"] for claim in data["claims"]] == [None]
    assert data["replay"]["error"] is None
    errors = csv.read_csv(tmp_path / "out" / "plots" / "claims.csv")["error"]
    assert errors.null_count == len(errors) > 0
    assert cli.main(["run", str(file), "--worlds", "1"]) == 0
    said = capsys.readouterr().out
    assert "±" not in said and "A single world has no error." in said
    assert cli.main(["sweep", str(file), "--vary", "safety_motive=1,5", "--worlds", "1"]) == 0
    assert "2 runs of 1 world, seed 0; a single world has no error." in capsys.readouterr().out
    assert "% - " not in said and "percentile" not in said
    votes = csv.read_csv(tmp_path / "out" / "tables" / "meetings.csv")
    assert [votes[f"vote_share_{name}"].null_count for name in ("p10", "median", "p90")] == [2, 0, 2]
    assert "bands" not in (tmp_path / "out" / "plots" / "influence.svg").read_text(encoding="utf-8")


def test_json_is_the_object_that_scripts_rely_on(file, capsys):
    data = run_json(capsys, file, "--worlds", 60, "--seed", 4)
    assert (data["scenario"], data["seed"], data["worlds"]) == ("scenario.toml", 4, 60)
    (claim,) = data["claims"]
    assert claim["text"] == "Trotsky gives up the army." and claim["confidence"] is None
    assert claim["probability"] == claim["count"] / 60
    assert data["replay"]["mean_probability"] == pytest.approx(claim["probability"])
    assert data["replay"]["log_score"] == pytest.approx(math.log((claim["count"] + 0.5) / 61))
    assert all(map(math.isfinite, numbers(data)))
    assert [meeting["meeting"] for meeting in data["meetings"]] == ["first", "second"]
    centre = data["meetings"][0]["blocs"][1]
    assert centre["bloc"] == "centre"
    assert sum(centre[state] for state in ("ruling", "open", "quiet", "gone")) == pytest.approx(1)


def test_both_engines_and_any_workers_print_the_same(file, capsys):
    one = run_json(capsys, file, "--worlds", 40)
    assert run_json(capsys, file, "--worlds", 40, "--workers", 2) == one
    assert run_json(capsys, file, "--worlds", 40, "--engine", "mesa", "--workers", 1) == one | {"engine": "mesa"}


def test_a_seed_is_a_seed_even_if_it_is_0(file, capsys):
    results = [run_json(capsys, file, "--worlds", 200, "--seed", seed)["meetings"] for seed in (0, 0, 1)]
    assert results[0] == results[1] != results[2]


def test_a_scenario_without_claims_has_no_scores(minimal, write, capsys):
    file = write(minimal.partition("[[record]]")[0])
    data = run_json(capsys, file, "--worlds", 10)
    assert (data["claims"], data["replay"]["claims"], data["replay"]["log_score"]) == ([], 0, None)
    assert cli.main(["run", str(file), "--worlds", "10"]) == 0
    assert "no claims" in capsys.readouterr().out


def test_text_has_the_tables(file, capsys):
    data = run_json(capsys, file, "--worlds", 60)
    assert cli.main(["run", str(file), "--worlds", "60"]) == 0
    out, err = capsys.readouterr()
    assert err.startswith(ALONE) and err.count("\n") == 1
    claim = data["claims"][0]
    row = next(line for line in out.splitlines() if "Trotsky gives up the army." in line)
    assert row.split()[:4] == ["1925-12-18", f"{claim['probability']:.3f}", "±", f"{claim['error']:.3f}"]
    assert any(line.startswith("1924-05-23") and "%" in line for line in out.splitlines())
    assert f"record score {data['replay']['record_score']:.3f} (a coin: -0.693)" in out
    assert f"geometric mean {data['replay']['geometric_mean']:.3f}" in out


def test_names_with_brackets_are_shown_as_they_are(minimal, write, capsys):
    file = write(minimal.replace("gives up the army", "gives up [bold] the army [/x]"))
    assert cli.main(["run", str(file), "--worlds", "5"]) == 0
    assert "gives up [bold] the army [/x]" in capsys.readouterr().out


def test_out_holds_tables_plots_and_a_manifest(file, tmp_path, capsys):
    out = tmp_path / "new" / "run"
    data = run_json(capsys, file, "--worlds", 50, "--out", out)
    for name in ("alliances", "influence", "standing", "claims"):
        for suffix in ("png", "svg", "csv"):
            assert (out / "plots" / f"{name}.{suffix}").stat().st_size > 100
    for name in ("claims", "meetings", "blocs", "leaders", "offices"):
        rows = parquet.read_table(out / "tables" / f"{name}.parquet")
        assert csv.read_csv(out / "tables" / f"{name}.csv").num_rows == rows.num_rows > 0
    claim = parquet.read_table(out / "tables" / "claims.parquet").to_pylist()[0]
    assert claim["probability"] == data["claims"][0]["probability"]
    held = parquet.read_table(out / "worlds" / "claims").to_pylist()
    assert (len(held), sum(row["holds"] for row in held)) == (50, data["claims"][0]["count"])
    assert json.loads((out / "result.json").read_text()) == data
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["finished"] and manifest["scenario"]["text"].endswith(file.read_text())
    assert run_json(capsys, file, "--worlds", 50, "--out", out) == data
    assert not [path for path in out.rglob("*") if "unfinished" in path.name]


def test_claims_that_begin_like_formulas_do_no_harm_in_a_spreadsheet(minimal, write, tmp_path, capsys):
    file = write(minimal.replace("Trotsky gives up", "=HYPERLINK(A1) gives up"))
    run_json(capsys, file, "--worlds", 5, "--out", tmp_path / "out")
    for path in ("tables/claims.csv", "plots/claims.csv"):
        text = (tmp_path / "out" / path).read_text(encoding="utf-8")
        assert "'=HYPERLINK(A1) gives up" in text
    (claim,) = parquet.read_table(tmp_path / "out" / "tables" / "claims.parquet").to_pylist()
    assert claim["text"].startswith("=HYPERLINK")  # programs read it as it is


def test_the_parameters_of_a_run_repeat_it(file, tmp_path, capsys):
    data = run_json(capsys, file, "--worlds", 50, "--out", tmp_path / "run")
    again = run_json(capsys, file, "--worlds", 50, "--parameters", tmp_path / "run" / "parameters.parquet")
    assert (again["claims"], again["meetings"]) == (data["claims"], data["meetings"])


def test_a_posterior_beside_the_file_is_used(file, capsys):
    from factions.parameters import default_values

    parquet.write_table(parameter_table(default_values().reshape(1).repeat(3)), file.with_suffix(".posterior.parquet"))
    data = run_json(capsys, file, "--worlds", 20)
    assert data["parameters"]["draws"] == 3
    without = run_json(capsys, file, "--worlds", 20, "--parameters", "default")
    assert (without["parameters"]["source"], without["claims"]) == ("default", data["claims"])


@pytest.mark.parametrize(
    "arguments",
    [["--worlds", "0"], ["--seed", "-1"], ["--engine", "fast"], ["--parameters", "none.csv"], ["--workers", "0"]],
)
def test_wrong_usage_is_2(file, arguments, capsys):
    assert cli.main(["run", str(file), *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err and "Traceback" not in err


def test_another_run_in_the_folder_is_2(file, tmp_path, capsys):
    run_json(capsys, file, "--worlds", 5, "--out", tmp_path / "run")
    assert cli.main(["run", str(file), "--worlds", "5", "--seed", "1", "--out", str(tmp_path / "run")]) == 2
    assert "differs in: seed" in capsys.readouterr().err


def test_two_runs_at_once_in_one_folder_are_2(file, tmp_path, capsys):
    with locked(tmp_path / "run"):
        assert cli.main(["run", str(file), "--worlds", "5", "--out", str(tmp_path / "run")]) == 2
    out, err = capsys.readouterr()
    said = err.splitlines()[-1]
    assert out == "" and said.startswith(f"{tmp_path / 'run'} is in use by another run (process {os.getpid()} on ")
    assert "wait until it is finished, or give another folder with --out" in err


def test_a_damaged_block_is_said_on_stderr_in_one_line(file, tmp_path, capsys):
    data = run_json(capsys, file, "--worlds", 5, "--out", tmp_path)
    (block,) = (tmp_path / "blocks").iterdir()
    block.write_bytes(block.read_bytes()[:-1])
    assert cli.main(["run", str(file), "--worlds", "5", "--out", str(tmp_path), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert (json.loads(out), err.splitlines()[1:-1]) == (data, [f"{block} is damaged; its worlds are run again"])


def stop_midway(file, out, worlds, how) -> tuple[int, str]:
    """Start a run, stop it once it has a few blocks, and give its exit code and what it said on stderr."""
    command = [sys.executable, "-m", "factions", "run", str(file), "--worlds", str(worlds), "--out", str(out)]
    # A suite that runs in the background of a shell ignores SIGINT, and its children would inherit that.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, preexec_fn=heed, **pipes) as process:
        end = time.monotonic() + 60
        while len(list((out / "blocks").glob("*.npz"))) < 3 and time.monotonic() < end:
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.005)
        os.kill(process.pid, how)
        _, said = process.communicate(timeout=60)
    return process.returncode, said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_run_goes_on_to_the_same_result(file, tmp_path, capsys, how):
    worlds, out = 60 * CUTS["compiled"].block, tmp_path / "run"
    code, said = stop_midway(file, out, worlds, how)
    done = len(list((out / "blocks").glob("*.npz")))
    assert 3 <= done < 60
    if how != signal.SIGKILL:
        assert code == 128 + how
        assert "the same command continues" in said
    data = run_json(capsys, file, "--worlds", worlds, "--out", out)
    assert data == run_json(capsys, file, "--worlds", worlds)


def test_a_warning_is_one_line(monkeypatch):
    told = []

    def warns(args, standalone_mode):
        told.append(warnings.formatwarning(UserWarning("beware"), UserWarning, "a.py", 1))

    monkeypatch.setattr(cli, "app", warns)
    assert cli.main(["run", "any.toml"]) == 0
    assert told == ["warning: beware\n"]
    assert "a.py:1" in warnings.formatwarning(UserWarning("beware"), UserWarning, "a.py", 1)
