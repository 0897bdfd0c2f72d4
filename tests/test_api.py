"""The Python interface: few names, light to import, and what the documentation shows is so."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tomllib
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

import factions
from factions.errors import UsageError
from factions.parameters import default_values
from factions.results.tables import parameter_table
from factions.store.seal import file_sum


def test_importing_costs_nothing():
    heavy = {"numpy", "numba", "mesa", "matplotlib", "pydantic", "pyarrow"}
    code = f"import sys, factions, factions.cli; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_scoring_needs_no_mesa(minimal, write):
    code = f"""
import sys, factions
ensemble = factions.run(factions.load({str(write(minimal))!r}), worlds=20)
assert len(factions.claims(ensemble)) == 1
print("mesa" in sys.modules, "matplotlib" in sys.modules)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "False False"


def test_the_version_is_that_of_the_project():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert factions.__version__ == project["version"]


def test_every_name_is_there():
    assert set(factions.__all__) <= set(dir(factions))
    assert all(getattr(factions, name) is not None for name in factions.__all__)
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        factions.laod  # noqa: B018


def test_both_engines_agree_and_seeds_matter(minimal, write):
    scenario = factions.load(write(minimal + "[parameters]\nprecision = 2.0\n"))  # speaks or not, as it may be
    run = partial(factions.run, scenario, worlds=15, parameters="default")
    compiled, mesa = (run(seed=2, engine=name) for name in ("compiled", "mesa"))
    for name, array in compiled.arrays.items():
        assert (array == mesa[name]).all()
    other = run(seed=3)
    assert any((array != other[name]).any() for name, array in compiled.arrays.items())


NO_NUMBER = (True, 1.5, -1, 2**32, "1", math.nan, np.float64(1.0))
NO_NUMBERS = [{name: value} for name in ("worlds", "seed", "workers") for value in NO_NUMBER]


@pytest.mark.parametrize(
    "wrong", [{"worlds": 0}, {"workers": 0}, {"engine": "fast"}, {"parameters": "none.parquet"}, *NO_NUMBERS]
)
def test_wrong_arguments_have_a_remedy(minimal, write, wrong):
    with pytest.raises(UsageError) as caught:
        factions.run(factions.load(write(minimal)), **wrong)
    assert caught.value.remedy


@pytest.mark.parametrize("wrong", [{name: value} for name in ("world", "seed") for value in NO_NUMBER])
def test_no_story_is_told_of_a_world_that_is_none(minimal, write, wrong):
    with pytest.raises(UsageError, match="give a whole number from 0 to 4294967295"):
        factions.tell(factions.load(write(minimal)), **{"world": 0} | wrong)


@pytest.mark.parametrize("wrong", [{name: value} for name in ("world", "seed_number") for value in NO_NUMBER])
def test_no_party_is_of_a_world_that_is_none(minimal, write, wrong):
    with pytest.raises(UsageError, match="give a whole number from 0 to 4294967295"):
        factions.Party(factions.load(write(minimal)), **wrong)


def test_a_scenario_may_be_given_by_its_file_or_name(minimal, write, tmp_path):
    file, few = write(minimal), {"seed": 3, "parameters": "default"}
    wanted = factions.run(factions.load(file), worlds=2, **few)
    for given in (file, str(file)):
        assert (factions.run(given, worlds=2, **few)["ruling"] == wanted["ruling"]).all()
    assert factions.page(str(file), tmp_path / "page.html", worlds=2, **few).exists()
    assert factions.causes(file, "ruling:left", worlds=20, condition="none", only=["mechanism"], **few).table("causes")
    with pytest.raises(UsageError, match='did you mean "history"'):
        factions.run("histori", worlds=2)


def test_the_last_seed_is_one_and_numpy_counts_too(minimal, write):
    run = partial(factions.run, factions.load(write(minimal)), parameters="default")
    one, other = run(worlds=3, seed=2**32 - 1), run(worlds=np.int16(3), seed=np.uint32(2**32 - 1), workers=np.int8(1))
    assert all((array == other[name]).all() for name, array in one.arrays.items())


def test_what_a_reader_must_know_of_the_draws_is_a_warning(minimal, write):
    file = write(minimal)
    with pytest.warns(UserWarning, match=r"there is no scenario.posterior.parquet beside scenario.toml: every world"):
        factions.run(factions.load(file), worlds=2)
    parquet.write_table(parameter_table(default_values().reshape(1)), file.with_suffix(".posterior.parquet"))
    said = {"digest": "", "worlds": "", "draws_digest": file_sum(file.with_suffix(".posterior.parquet"))}
    file.with_suffix(".posterior.json").write_text(json.dumps(said), encoding="utf-8")
    with pytest.warns(UserWarning, match="another version of the rules"):
        factions.run(factions.load(file), worlds=2)


def test_causes_are_found_as_the_command_finds_them(minimal, write, tmp_path, capsys):
    from factions.cli import main

    path = write(minimal)
    options = {"condition": "none", "only": ["mechanism"], "parameters": "default"}
    found = factions.causes(factions.load(path), "open:left", worlds=60, seed=2, **options)
    command = ["causes", str(path), "--outcome", "open:left", "--worlds", "60", "--seed", "2", "--condition", "none"]
    assert main([*command, "--only", "mechanism", "--parameters", "default", "--format", "json"]) == 0
    assert [dict(row) for row in found.table()] == json.loads(capsys.readouterr().out)["causes"]
    assert "causes tried\ntables: causes, inevitability; figures: causes, inevitability" in repr(found)
    assert found.plot("causes").axes and "in open opposition" in found._repr_html_()
    assert {path.name for path in found.save(tmp_path / "out")} >= {"causes.png", "causes.csv", "report.html"}
    with pytest.raises(UsageError, match='unknown condition "brnch"; did you mean "branch"'):
        factions.causes(factions.load(path), "open:left", condition="brnch")
