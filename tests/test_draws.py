"""Which parameters a world runs with, and what is said of a file that cannot be right."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from factions.draws import DrawsError, find_draws, read_draws
from factions.parameters import PARAMETERS, default_values
from factions.results.tables import parameter_table
from factions.scenario import load
from factions.store.provenance import WORLDS, program_digest
from factions.store.seal import file_sum

NAMES = list(PARAMETERS)
FIRST = PARAMETERS[NAMES[0]]


def some(count: int, **columns) -> pa.Table:
    """`count` draws: the usual values, but the first parameter runs evenly through its range."""
    values = np.repeat(default_values().reshape(1), count)
    values[FIRST.name] = np.linspace(FIRST.low, FIRST.high, count)
    table = parameter_table(values)
    for name, column in columns.items():
        place = table.column_names.index(name)
        table = table.set_column(place, name, pa.array(column))
    return table


@pytest.fixture
def file(minimal, write):
    return write(minimal)


@pytest.fixture
def posterior(file):
    path = file.with_name(f"{file.stem}.posterior.parquet")
    parquet.write_table(some(3), path)
    return path


def test_without_a_posterior_the_file_speaks(minimal, write):
    scenario = load(write(f"{minimal}\n[parameters]\n{FIRST.name} = {FIRST.low}\n"))
    draws = find_draws(scenario)
    assert (draws.source, len(draws.values)) == ("default", 1)
    assert draws.of(np.arange(4))[FIRST.name].tolist() == [FIRST.low] * 4
    assert draws.values[NAMES[1]] == PARAMETERS[NAMES[1]].default


def test_worlds_take_the_draws_of_a_posterior_by_turns(file, posterior):
    draws = find_draws(load(file))
    assert draws.source == str(posterior)
    middle = (FIRST.low + FIRST.high) / 2
    assert draws.of([0, 1, 2, 3, 7])[FIRST.name].tolist() == pytest.approx(
        [FIRST.low, middle, FIRST.high, FIRST.low, middle]
    )


def test_default_turns_the_posterior_off(file, posterior):
    assert find_draws(load(file), "default").source == "default"


def test_a_counterfactual_has_the_posterior_of_its_base_and_keeps_its_changes(file, posterior, write):
    second = PARAMETERS[NAMES[1]]
    other = write(f'extends = "{file.name}"\n[parameters]\n{second.name} = {second.high}\n', "other.toml")
    for given in (None, posterior):
        draws = find_draws(load(other), given)
        assert draws.values[FIRST.name].tolist() == pytest.approx([FIRST.low, (FIRST.low + FIRST.high) / 2, FIRST.high])
        assert draws.values[second.name].tolist() == [second.high] * 3


def test_csv_and_parquet_say_the_same(tmp_path):
    csv.write_csv(some(5), tmp_path / "draws.csv")
    parquet.write_table(some(5), tmp_path / "draws.parquet")
    assert read_draws(tmp_path / "draws.csv").tolist() == read_draws(tmp_path / "draws.parquet").tolist()


def test_equal_draws_have_equal_digests(file, posterior):
    assert find_draws(load(file)).digest == find_draws(load(file), posterior).digest
    assert find_draws(load(file)).digest != find_draws(load(file), "default").digest


def manifest(file, **said) -> None:
    path = file.with_name(f"{file.stem}.posterior.json")
    draws = file_sum(path.with_suffix(".parquet"))
    written = {"digest": load(file).digest, "worlds": program_digest(*WORLDS), "draws_digest": draws} | said
    path.write_text(json.dumps(written), encoding="utf-8")


def test_the_posterior_of_this_file_and_these_rules_needs_no_caution(file, posterior):
    assert find_draws(load(file)).caution == ""  # nobody says what it was fitted to
    manifest(file)
    assert find_draws(load(file)).caution == ""


@pytest.mark.parametrize(("key", "words"), [("worlds", "the rules"), ("digest", "scenario.toml")])
def test_a_posterior_of_other_rules_or_another_file_is_cautioned_against(file, posterior, write, key, words):
    manifest(file, **{key: "0" * 64})
    words = words.replace("scenario.toml", file.name)
    other = write(f'extends = "{file.name}"\n', "other.toml")
    for path in (file, other):  # a counterfactual has the posterior of its base
        found = find_draws(load(path))
        assert f"another version of {words};" in found.caution and len(found.values) == 3
        assert found.caution.endswith(f"; factions calibrate {file} --out {posterior} renews it")
    assert find_draws(load(file), posterior).caution == ""  # asked for by name
    assert find_draws(load(file), "default").caution == ""


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "{}", "3", '{"worlds": "", "digest": ""}', "\udcff"])
def test_a_manifest_that_is_none_is_refused(file, posterior, text):
    file.with_name(f"{file.stem}.posterior.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    for given in (None, posterior):
        with pytest.raises(DrawsError, match="calibrate again"):
            find_draws(load(file), given)


def test_any_byte_of_a_posterior_that_is_not_what_it_was_is_noticed(file, posterior):
    manifest(file)
    whole = posterior.read_bytes()
    for place in range(0, len(whole), 97):
        posterior.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        for given in (None, posterior):
            with pytest.raises(DrawsError, match=r"is not the file that .*json describes"):
                find_draws(load(file), given)
    posterior.write_bytes(whole)
    assert len(find_draws(load(file)).values) == 3


def test_a_file_without_the_posterior_that_ships_with_it_says_so(file, write):
    other = write(f'extends = "{file.name}"\n', "other.toml")
    for path in (file, other):
        found = find_draws(load(path))
        assert len(found.values) == 1
        assert found.caution.startswith(f"there is no {file.stem}.posterior.parquet beside {file.name}: every world")
        assert find_draws(load(path), "default").caution == ""  # this was asked for


def broken(tmp_path, table) -> DrawsError:
    path = tmp_path / "draws.csv"
    csv.write_csv(table, path)
    with pytest.raises(DrawsError) as caught:
        read_draws(path)
    assert caught.value.path == path
    return caught.value


def test_an_unknown_column_is_named_with_the_nearest(tmp_path):
    table = some(1).rename_columns([FIRST.name + "s", *NAMES[1:]])
    error = broken(tmp_path, table)
    assert (error.column, error.remedy) == (FIRST.name + "s", f'did you mean "{FIRST.name}"?')


def test_a_missing_column_is_named(tmp_path):
    error = broken(tmp_path, some(2).drop_columns([NAMES[2]]))
    assert (error.column, error.problem) == (NAMES[2], "missing")


def test_a_value_out_of_range_has_its_row_and_range(tmp_path):
    error = broken(tmp_path, some(3, **{FIRST.name: [FIRST.low, FIRST.high + 1, FIRST.low]}))
    assert (error.row, error.column, float(error.value)) == (2, FIRST.name, FIRST.high + 1)
    text = str(error)
    assert str(error.path) in text and "row 2" in text and f"from {FIRST.low:g} to {FIRST.high:g}" in text


@pytest.mark.parametrize("value", ["", "high", "nan", "inf"])
def test_what_is_no_number_is_refused(tmp_path, value):
    error = broken(tmp_path, some(2, **{FIRST.name: [str(FIRST.low), value]}))
    assert (error.row, error.value) == (2, value)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("none.csv", None, "no such file"),
        ("draws.txt", "a", "neither"),
        ("draws.csv", "", "empty"),
        ("draws.parquet", "a,b", "not a Parquet file"),
        ("draws.csv", ",".join(NAMES), "no rows"),
        ("draws.csv", ",".join(NAMES) + "\n1,2\n", "2 cells where the first row has"),
        ("draws.csv", "a,a\n1,2\n", "twice"),
        ("draws.csv", "a\n\udcdc\n", "is not UTF-8 text"),
        ("draws.csv", "a\n" + 200_000 * "1", "is no table that can be read"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, name, text, problem):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(DrawsError, match=problem):
        read_draws(tmp_path / name)
