"""Rules, model and engine are read side by side: one file a phase, the same functions in the same order."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import factions

PACKAGE = Path(factions.__file__).parent
PHASES = ("events", "influence", "loyalty", "bargaining", "stance", "vote", "sanctions", "surrender", "consequences")
PARTS = ("alliances", "overruling", "offices")  # what phase 4 counts with, and what phase 7 begins and ends with
ENGINE_ONLY = {
    "weigh_alliances",
    "draw_mean",
    "at_most",
    "moving_bounds",
    "offices_of",  # sums and bounds that the engine keeps, and the model reckons anew
    "kept_apart",
    "blocs_of_punished",
    "blocs_of_holdouts",
    "is_holdout",  # who is looked at at all
}
MODEL_ONLY = {
    "first_of",
    "utility_terms",
    "ties_of",
    "exponent",
    "spare",
    "weight",
    "sanction_odds",  # what the chronicle tells
    "within_reach",  # what a mask, a view or an index does there
}


def functions(folder: str, phase: str) -> list[str]:
    """The public functions of a file, in order."""
    tree = ast.parse((PACKAGE / folder / f"{phase}.py").read_text(encoding="utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [name for name in names if not name.startswith("_")]


@pytest.mark.parametrize("phase", (*PHASES, *PARTS))
def test_model_and_engine_have_the_same_functions_in_the_same_order(phase):
    engine = [name for name in functions("engine", phase) if name not in ENGINE_ONLY]
    model = [name for name in functions("model", phase) if name not in MODEL_ONLY]
    assert model == engine
    assert engine[0] == phase or phase in PARTS


def test_every_exception_is_needed():
    every = {
        folder: {name for phase in (*PHASES, *PARTS) for name in functions(folder, phase)}
        for folder in ("engine", "model")
    }
    assert every["engine"] >= ENGINE_ONLY and not ENGINE_ONLY & every["model"]
    assert every["model"] >= MODEL_ONLY and not MODEL_ONLY & every["engine"]


def test_rules_have_a_file_a_phase():
    found = {path.stem for path in (PACKAGE / "rules").glob("*.py")} - {"__init__", "numeric"}
    assert found == set(PHASES) - {"events"}  # what events do is no rule of scalars
