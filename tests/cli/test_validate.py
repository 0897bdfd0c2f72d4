"""`factions validate` on a small scenario: every part answers, repeats, continues, and refuses clearly."""

from __future__ import annotations

import io
import json
import math
import re
import sys
from contextlib import redirect_stdout

import numpy as np
import pytest

from factions import cli
from factions.inference.observed import record_score
from factions.parameters import FREE
from factions.report.validation import QUESTIONS, answer
from factions.store.plain import from_plain
from factions.validation import sensitivity, study
from factions.validation.parts import PARTS, Validation
from factions.vocabulary import MECHANISMS

LAST = """
[[events]]
id = "turn"
date = 1925-01-01
kind = "policy_shift"
bloc = "left"
issue = "tempo"
by = -0.1

[[record]]
id = "left_speaks"
text = "The Left speaks out."
predicate = "open"
blocs = ["left"]
between = ["first", "second"]
when = "sometime"
confidence = "low"

[[record]]
id = "left_apart"
text = "They are not allied at first."
predicate = "apart"
blocs = ["left", "centre"]
at = "first"
confidence = "medium"
"""

ERRORS = np.array([0.15, 0.3, 0.15])
"""Chances that the claims of the case are wrong: not stated, low, medium."""

TINY = study.Budgets(
    replay_worlds=128,
    filtered_draws=4,
    particles=16,
    null_worlds=64,
    null_rounds=2,
    null_candidates=4,
    split_minutes=0.01,
    ablation_minutes=0.005,
    replicates=2,
    replicate_minutes=0.005,
    trajectories=2,
    sensitivity_worlds=8,
)


@pytest.fixture(scope="module", autouse=True)
def tiny():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "QUICK", TINY)
        yield


@pytest.fixture
def case(minimal, write):
    return write(minimal + LAST, "case.toml")


def validate(case, *more):
    return cli.main(["validate", str(case), "--quick", *more])


def parts(*names):
    return [word for name in names for word in ("--part", name)]


FAST = [name for name in PARTS if name != "sensitivity"]


@pytest.fixture(scope="module")
def written(tmp_path_factory, minimal):
    """What a validation of the parts that are fast says, and the folder into which it wrote them."""
    folder, said = tmp_path_factory.mktemp("validation"), io.StringIO()
    case = folder / "case.toml"
    case.write_text(minimal + LAST, encoding="utf-8")
    with redirect_stdout(said):
        assert validate(case, "--split", "1924-12-31", *parts(*FAST), "--out", str(folder / "out")) == 0
    return said.getvalue(), folder / "out"


@pytest.fixture(scope="module")
def found(written):
    return json.loads((written[1] / "validation.json").read_text(encoding="utf-8"))


def test_every_part_answers_with_numbers_and_errors(found):
    assert {*FAST, "posterior"} <= set(found)
    replay, probability = found["replay"], np.array([row["probability"] for row in found["replay"]["by_claim"]])
    assert replay["mean_probability"] == pytest.approx(probability.mean())
    assert replay["record_score"] == pytest.approx(record_score(probability, ERRORS).mean())
    assert replay["log_score"] == pytest.approx(np.log((probability * 128 + 0.5) / 129).mean())
    assert replay["geometric_mean"] == pytest.approx(math.exp(replay["log_score"]))
    assert 0.0 < replay["mean_probability_error"] < 0.5 / math.sqrt(128), "at most that of independent coins"
    assert [row["id"] for row in found["replay"]["by_claim"]] == ["army_lost", "left_speaks", "left_apart"]
    assert len(found["prequential"]["by_claim"]) == 3
    assert {row["mechanism"] for row in found["ablations"]["mechanisms"]} == set(MECHANISMS)
    shifts = found["ablations"]["policy_shifts"]
    assert {row["event"] for row in shifts} == {"harvest", "turn", "all of them"}
    assert [row["loss"] for row in shifts] == sorted((row["loss"] for row in shifts), reverse=True)
    nulls = found["nulls"]
    assert {row["name"] for row in nulls["nulls"]} >= {"unchanged", "coin", "prior"}
    simulated = [row for row in nulls["nulls"] if row["name"] not in ("coin", "prior")]
    for kind in ("unconditional", "prequential"):
        for gain, score in ((nulls[kind], "record_score"), (nulls[kind]["hedged"], "hedged_score")):
            best = max(row[kind][score] for row in simulated)
            assert gain["advantage"] == pytest.approx(nulls["model"][kind][score] - best)
        assert nulls[kind]["coin"]["advantage"] == pytest.approx(nulls["model"][kind]["record_score"] - math.log(0.5))
    assert set(found["identification"]["by_parameter"]) == set(FREE)
    assert [row["parameter"] for row in found["posterior"]["parameters"]] == list(FREE)


def test_the_split_tests_what_was_not_fitted(found):
    forward, reverse = found["split"]["forward"], found["split"]["reverse"]
    assert (forward["fitted_claims"], forward["claims"]) == (1, 2)
    assert (reverse["fitted_claims"], reverse["claims"]) == (2, 1)
    assert "fitted here" in forward["source"]
    assert {row["id"] for row in forward["by_claim"]}.isdisjoint(row["id"] for row in reverse["by_claim"])
    for part in (forward, reverse):
        each = [row["probability"] for row in part["by_claim"]]
        assert np.mean(each) == pytest.approx(part["mean_probability"])
        assert sum(row["claims"] for row in part["by_subject"]) == part["claims"]


def test_the_text_has_a_section_for_each_question(written):
    text, _ = written
    for letter in "abcdef":
        assert f"({letter}) " in text
    assert "±" in text and " nan" not in text


def test_it_repeats_with_other_threads_and_from_what_was_kept(case, tmp_path, capsys):
    chosen = parts("replay", "ablations", "nulls")
    assert validate(case, *chosen, "--workers", "1", "--format", "json", "--out", str(tmp_path / "out")) == 0
    first = capsys.readouterr()
    assert "without_" in first.err.replace(" ", "_")
    assert validate(case, *chosen, "--workers", "3", "--format", "json") == 0
    assert capsys.readouterr().out == first.out
    assert validate(case, *chosen, "--format", "json", "--out", str(tmp_path / "out")) == 0
    again = capsys.readouterr()
    assert again.out == first.out
    assert again.err.count("\n") == 2  # that there is no posterior, and where the results are


def test_what_it_writes(written, found):
    text, out = written
    assert (out / "validation.txt").read_text() == text
    assert found["scenario"] == "case.toml"
    for name in ("posterior", "nulls", "ablations", "policy_shifts", "ranks", "prediction"):
        assert (out / "plots" / f"{name}.png").stat().st_size > 5000
        assert (out / "plots" / f"{name}.csv").read_text().count("\n") > 1


def test_the_page_answers_every_question_and_needs_no_network(written, found):
    text, out = written
    page = (out / "report.html").read_text(encoding="utf-8")
    for part in (*FAST, "posterior"):
        assert QUESTIONS[part] in page
    assert QUESTIONS["sensitivity"] not in page
    answers = answer(from_plain(Validation, found))
    assert all(figure in page for figure in answers)
    assert len(answers) == 4 and f"{found['replay']['mean_probability']:.3f}" in answers[0]
    assert page.count("data:image/png;base64") == len(list((out / "plots").glob("*.png")))
    assert 'src="http' not in page and "<script" not in page
    assert "<pre" not in page
    for row in found["ablations"]["mechanisms"]:  # a row of the text is a row of the page
        loss = f"{row['loss']:.3f} ± {row['loss_error']:.3f}"
        assert re.search(rf"^{row['mechanism']} +{loss}", text, re.MULTILINE)
        assert f'<tr><td>{row["mechanism"]}</td><td class="number">{loss}</td>' in page


def test_every_part_has_its_question():
    assert set(QUESTIONS) == {*PARTS, "posterior"}


def test_a_posterior_fitted_to_the_first_part_is_used_if_it_is_there(case, capsys):
    assert cli.main(["calibrate", str(case), "--until", "1924-12-31", "--minutes", "0.05"]) == 0
    capsys.readouterr()
    assert validate(case, "--split", "1924-12-31", "--format", "json", *parts("split")) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["split"]["forward"]["source"] == "case.until-1924-12-31.posterior.parquet"


def test_a_day_that_does_not_split_is_refused(case, capsys):
    assert validate(case, "--split", "1930-01-01", *parts("split")) == 2
    assert "cannot be split at 1930-01-01" in capsys.readouterr().err


def test_no_record_is_a_clear_error(minimal, write, capsys):
    assert validate(write(minimal[: minimal.index("[[record]]")], "bare.toml")) == 2
    assert "has no record to fit" in capsys.readouterr().err


def test_sensitivity_without_salib_names_what_to_install(case, monkeypatch, capsys):
    for name in ("SALib", "SALib.analyze", "SALib.sample"):
        monkeypatch.setitem(sys.modules, name, None)
    assert validate(case, *parts("sensitivity")) == 2
    assert 'pip install "factions[sensitivity]"' in capsys.readouterr().err


def test_sensitivity_orders_inputs_by_their_effect(case, capsys):
    pytest.importorskip("SALib")
    assert validate(case, *parts("sensitivity"), "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["sensitivity"]["rows"]
    assert {row["kind"] for row in rows} == {"position", "tie"}, "a point has no parameter that moves"
    assert all(row["effect"] >= 0.0 for row in rows)


def test_a_moved_input_moves_only_itself(case):
    from factions.parameters import default_values
    from factions.scenario import load
    from factions.world.build import build_case

    base = build_case(load(case))
    inputs = [sensitivity.Factor("left on tempo", "position", -0.5, 0.5, (0, 0))]
    moved, _ = sensitivity._moved(base, default_values(), inputs, np.array([0.5]))
    np.testing.assert_allclose(moved.ideal[:, 0] - base.ideal[:, 0], [0.5, 0.0])
    np.testing.assert_array_equal(moved.trust, base.trust)


def test_another_validation_is_not_mixed_in(case, tmp_path, capsys):
    command = parts("replay"), "--out", str(tmp_path)
    assert validate(case, *command[0], *command[1:]) == 0
    assert validate(case, *parts("prequential"), *command[1:]) == 0  # another part of the same
    assert validate(case, *command[0], *command[1:], "--seed", "1") == 2
    assert "results that differ in: seed" in capsys.readouterr().err
