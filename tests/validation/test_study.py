"""What a validation keeps: it is used again when it is of the same study, sound and of the same program."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from factions.inference.calibration import Plan
from factions.inference.observed import observe
from factions.parameters import default_values
from factions.scenario import load
from factions.store.provenance import PACKAGE, closure
from factions.validation import study as studies
from factions.validation.parts import validate
from factions.validation.replay import Replay, replay
from factions.validation.study import Budgets, Study

CLAIM = """
[[record]]
id = "left_speaks"
text = "The Left speaks out at first."
predicate = "open"
blocs = ["left"]
at = "first"
"""

TINY = Budgets(
    replay_worlds=64,
    filtered_draws=2,
    particles=8,
    null_worlds=16,
    null_rounds=1,
    null_candidates=2,
    null_tried=8,
    split_minutes=0.001,
    ablation_minutes=0.001,
    replicates=1,
    replicate_minutes=0.001,
)


@pytest.fixture
def said():
    return []


@pytest.fixture
def study(minimal, write, tmp_path, said):
    return Study(load(write(minimal + CLAIM)), default_values().reshape(1), 0, 1, TINY, tmp_path / "out", said.append)


def answered(study) -> Replay:
    return study.kept("replay", study.budgets.replay_worlds, Replay, partial(replay, study))


def kept_files(study) -> list[Path]:
    return [path for path in (study.folder).rglob("*") if path.is_file()]


def test_an_answer_is_kept_and_used_again(study, said):
    first = answered(study)
    assert answered(study) == first and said == ["replay"]


@pytest.mark.parametrize(
    "change",
    [
        lambda study: replace(study, seed=1),
        lambda study: replace(study, draws=np.repeat(study.draws, 2)),
        lambda study: study.on(study.scenario.model_copy(update={"title": "Another"})),
        lambda study: replace(study, budgets=replace(TINY, replay_worlds=65)),
    ],
)
def test_an_answer_of_another_study_is_not_used(study, said, change):
    answered(study)
    answered(change(study))
    assert said == ["replay", "replay"]


def test_an_answer_under_the_name_of_another_is_not_used(study, said):
    answered(study)
    answered(replace(study, seed=1))
    one, other = kept_files(study)
    other.write_bytes(one.read_bytes())
    answered(study), answered(replace(study, seed=1))
    assert said == ["replay"] * 3


def test_an_answer_of_another_program_is_not_used(study, said, monkeypatch):
    answered(study)
    monkeypatch.setattr(studies, "program_digest", lambda *entries: "another")
    answered(study)
    assert said == ["replay", "replay"]


@pytest.mark.parametrize("harm", [lambda data: data[:-1], lambda data: data.replace(b"1", b"2", 1), lambda data: b""])
def test_a_damaged_answer_is_computed_again_and_said_to_be(study, said, harm):
    first = answered(study)
    (path,) = kept_files(study)
    path.write_bytes(harm(path.read_bytes()))
    assert answered(study) == first
    assert said == ["replay", f"{path} is damaged; what it held is computed again", "replay"]
    assert answered(study) == first and len(said) == 3


def test_a_damaged_fit_is_made_again(study, said):
    fit = partial(study.fitted, observe(study.scenario), "trial", Plan(0, 300, runs=2, points=8))
    draws, _ = fit()
    (path,) = kept_files(study)
    path.write_bytes(path.read_bytes()[:-100])
    assert fit()[0].tobytes() == draws.tobytes()
    assert said == ["calibration: trial", f"{path} is damaged; what it held is computed again", "calibration: trial"]


def test_whatever_answers_a_part_is_counted(study, monkeypatch):
    # Objects that are handed over bring methods that no import of the part names.
    counted: list[tuple[str, ...]] = []
    ran: dict[tuple[str, ...], set[str]] = {}
    kept = Study.kept

    def traced(self, name, about, kind, make):
        files: set[str] = set()

        def note(frame, event, _):
            if frame.f_code.co_name != "<module>":
                files.add(frame.f_code.co_filename)

        found = kept(self, name, about, kind, make)
        ran.setdefault(counted[-1], files)
        threading.setprofile(note)
        sys.setprofile(note)
        make()
        sys.setprofile(None)
        threading.setprofile(None)
        return found

    monkeypatch.setattr(studies, "program_digest", lambda *entries: str(counted.append(entries)))
    monkeypatch.setattr(Study, "kept", traced)
    validate(study, ("replay", "prequential", "split", "nulls", "ablations", "identification"))
    assert len(ran) == 6
    for entries, files in ran.items():
        inside = [Path(file).relative_to(PACKAGE) for file in files if file.startswith(str(PACKAGE))]
        names = {f"factions.{'.'.join(path.with_suffix('').parts)}" for path in inside}
        known = {*closure(*entries), "factions.scenario.content.schema"}  # of this, the digest of a scenario
        assert sorted(names - known) == [], entries
