"""What a notebook shows of results: short texts, tables, figures by name; wrong names have a remedy."""

from __future__ import annotations

import numpy as np
import pytest

import factions
from factions.errors import UsageError
from factions.report.notebook import MOST, Rows, Shown
from factions.report.table import Column, table

WORLDS = 12


@pytest.fixture
def run(minimal, write):
    return factions.run(factions.load(write(minimal)), worlds=WORLDS, seed=1, parameters="default")


class Result(Shown):
    """Two tables and no figure."""

    def summary(self):
        return "A result of nothing"

    def blocks(self):
        return ["A paragraph <b>.", table([1], Column("number", str))]

    def tables(self):
        return {"one": [{"a": 1}], "another": [{"b": 2}]}

    def figures(self):
        return {}

    def save(self, folder):
        return []


def test_a_result_prints_what_it_offers_and_shows_what_it_says():
    result = Result()
    assert repr(result) == "A result of nothing\ntables: one, another; figures: none"
    assert str(result).splitlines()[0] == "A paragraph <b>."
    assert "<p>A paragraph &lt;b&gt;.</p>" in result._repr_html_() and "<td>1</td>" in result._repr_html_()


def test_tables_are_found_by_name_and_the_first_is_the_default():
    assert Result().table() == [{"a": 1}] and Result().table("another") == [{"b": 2}]
    with pytest.raises(UsageError, match=r'there is no table "anothr"; did you mean "another"\?'):
        Result().table("anothr")
    with pytest.raises(UsageError, match='there is no figure "flow"; there are none'):
        Result().plot("flow")


def test_a_long_table_is_cut_and_says_so():
    rows = Rows({"n": n} for n in range(MOST + 5))
    assert repr(rows).splitlines()[-1] == "... and 5 more rows"
    assert rows._repr_html_().count("<tr>") == 1 + MOST
    assert len(rows.column("n")) == MOST + 5
    with pytest.raises(UsageError, match='there is no column "m"; known: n'):
        rows.column("m")


def test_other_libraries_take_rows_as_they_are():
    pa = pytest.importorskip("pyarrow")
    assert pa.Table.from_pylist(Rows([{"a": 1.5, "b": "x"}])).to_pydict() == {"a": [1.5], "b": ["x"]}


def test_a_run_is_arrays_and_prints_as_who_rules(run):
    assert isinstance(run, factions.Ensemble) and run["ruling"].shape == (WORLDS, 2)
    assert repr(run).startswith(f"Two blocs, two meetings: {WORLDS} worlds, seed 1\narrays: alliance, ruling")
    assert len(repr(run)) < 400
    for words in ("in the ruling alliance", "1924-05-23", "votes against"):
        assert words in str(run) and words in run._repr_html_()


def test_tables_of_a_run_are_those_of_its_worlds(run):
    share = {(row["meeting"], row["bloc"]): row["ruling"] for row in run.table("blocs")}
    assert share["first", "centre"] == pytest.approx((run["alliance"][:, 0, 1] == run["ruling"][:, 0]).mean())
    assert run.table() == run.table("meetings")


def test_a_figure_of_a_run_is_one_that_notebooks_show(run):
    assert run.plot()._repr_png_().startswith(b"\x89PNG")
    with pytest.raises(UsageError, match=r'there is no figure "alliance"; did you mean "alliances"\?'):
        run.plot("alliance")


def test_a_run_keeps_its_arrays_when_it_is_made_from_an_ensemble(run):
    plain = factions.Ensemble(run.scenario, run.seed, run.engine, run.worlds, run.arrays)
    assert all(np.array_equal(array, plain[name]) for name, array in type(run).of(plain).arrays.items())
