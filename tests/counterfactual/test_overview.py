"""Several counterfactuals side by side, and the object that holds them."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace as Thing

import numpy as np
import pytest

import factions
from factions.counterfactual.summary import cost_words
from factions.errors import UsageError
from factions.report.compared import Compared
from factions.report.overview import _range, in_a_sentence, overview, ranked, write_overview
from factions.report.side import Side

ARMY = 'title = "Army"\n[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "anna"\ndate = 1924-02-01\n'
OUT = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
OUT[:, 3, 2] = 1
"""Standing: Boris, who was in the Politburo on the first day, has lost his seat at the last meeting."""


@pytest.fixture
def two(toy, changed, handmade, compared):
    """A change that does nothing, and one by which the rebels rule in two worlds of three and their chief falls."""
    quiet, loud = changed(ARMY, "alpha.toml"), changed(ARMY.replace("Army", "Coup"), "beta.toml")
    ruling = [[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0]]
    return [
        compared(handmade(toy), handmade(quiet)),
        compared(handmade(toy), handmade(loud, ruling=ruling, standing=OUT)),
    ]


def test_the_larger_effect_comes_first(two):
    assert [each.name for each in ranked(two)] == ["beta", "alpha"]


def test_the_table_says_who_rules_who_falls_and_who_stays(two):
    loud, quiet = overview(two).rows
    title, rules, falls, stays, most = loud
    assert title == "Coup"
    assert most == "At the end boris sat in the Politburo in no world, against all without the change"
    assert rules == "the rulers 20 (60), the rebels 40 (0), the doubters 20 (60)"
    assert (falls, stays) == ("boris 0 (60)", "")
    nothing = "nothing that can be told from chance"
    assert quiet == ("Army", "the rulers 60, the doubters 60", "", "", nothing)


def test_one_sentence_compares_all_files_with_what_each_assumes(two):
    assert in_a_sentence(two) == (
        "They differ most in this: boris in the Politburo (documented: no, since September 1925): in 0 of 60 worlds "
        "instead of in 60 of 60 worlds with “Coup” (assumed: Anna has army (1 February 1924)); in 60 of 60 worlds, as "
        "without it, with “Army” (assumed: Anna has army (1 February 1924))."
    )


def test_of_many_files_two_groups_are_told_parted_where_the_outcome_leaps_most(toy, changed, handmade, compared):
    def file(title, out_in):  # Boris loses his seat in so many of the three worlds, each of them twenty times
        standing = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
        standing[:out_in, 3, 2] = 1
        other = changed(ARMY.replace("Army", title), f"{title.lower()}.toml")
        return compared(handmade(toy), handmade(other, standing=standing))

    many = [file(title, out_in) for title, out_in in (("A", 0), ("B", 0), ("C", 0), ("D", 2), ("E", 3), ("F", 0))]
    assert in_a_sentence(many) == (
        "They differ most in this: boris in the Politburo (documented: no, since September 1925): in at most 20 "
        "of 60 worlds with “D” and “E”; in 60 of 60 worlds with the other 4."
    )


def test_seats_are_told_where_they_differ_much_the_most_changed_first(toy, changed, handmade, compared):
    """Clara gets back her seat in all worlds, Boris in two of three; Anna loses hers in one of three."""
    here, there = np.tile([0, 1, 1, 1, 1], (3, 4, 1)), np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    there[0, 3, 2] = there[0, 3, 0] = 1
    (row,) = overview([compared(handmade(toy, standing=here), handmade(changed(ARMY), standing=there))]).rows
    assert row[2:4] == ("anna 40 (60)", "clara 60 (0), boris 40 (0)")


def test_nearly_all_and_all_are_not_at_least_all(toy, changed, handmade, compared):
    found = compared(handmade(toy), handmade(changed(ARMY)))
    row = next(row for row in found.contrasts if row.outcome == "politburo:boris")
    group = [(replace(row, counterfactual=value), Thing(paths=range(600))) for value in (1.0, 0.999)]
    assert _range(group) == "in more than 99 of 100 worlds"
    assert _range([group[0], (replace(row, counterfactual=0.5), group[0][1])]) == "in at least 50 of 100 worlds"


def test_whoever_had_fallen_before_the_change_does_not_lose_his_seat_by_it(toy, changed, handmade, compared):
    late = changed(ARMY.replace("1924-02-01", "1926-02-01"), "late.toml")  # the last meeting alone can differ
    out = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    out[:, 1:, 2] = 1  # Boris has fallen long before
    row = overview([compared(handmade(toy, standing=out), handmade(late, standing=out))]).rows[0]
    assert row[2:4] == ("", "")


def test_the_object_prints_ranked_and_has_tables_and_figures_by_name(two):
    result = Compared([Side.of(each) for each in two])
    assert repr(result).startswith("2 counterfactuals of Three blocs, four meetings (60 pairs of worlds, seed 0, none)")
    assert str(result).index("Coup\n====") < str(result).index("Army\n====")
    assert result.table("answers").column("scenario") == ["beta", "alpha"]
    assert {row["scenario"] for row in result.table("outcomes")} == {"alpha", "beta"}
    assert "<td>Coup</td>" in result._repr_html_()
    assert result.plot()._repr_png_() and result.plot("beta/flow")._repr_png_()
    with pytest.raises(UsageError, match="there is no figure"):
        result.plot("gamma/flow")


def test_of_one_file_the_line_says_the_answer(two):
    result = Compared([Side.of(two[1])])
    assert "At the end boris sat in the Politburo in no world, against all without the change" in repr(result)
    assert "who falls" not in str(result) and next(iter(result.figures())) == "flow"


def test_all_of_it_is_saved(two, tmp_path):
    written = Compared([Side.of(each) for each in two]).save(tmp_path)
    assert all(path.stat().st_size > 0 for path in written)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.index("beta/report.html") < page.index("alpha/report.html") and "<th>has a seat less often</th>" in page
    assert (tmp_path / "beta" / "report.html").exists() and (tmp_path / "ends.png").exists()
    assert len(json.loads((tmp_path / "result.json").read_text())["counterfactuals"]) == 2


def test_the_page_of_one_file_begins_with_the_answer_and_that_of_several_with_what_compares_them(two, tmp_path):
    Compared([Side.of(two[0])]).save(tmp_path / "one")
    Compared([Side.of(each) for each in two]).save(tmp_path / "several")
    one, several = ((tmp_path / name / "index.html").read_text(encoding="utf-8") for name in ("one", "several"))
    assert one.index("<h2>") < one.index("<img")
    assert several.index("<img") < several.index("<h2>")


def test_python_compares_as_the_command_does(toy, changed):
    other = changed(ARMY)
    result = factions.compare(
        toy, other, worlds=30, seed=3, condition="none", outcomes=["ruling:rebels"], parameters="default"
    )
    again = factions.compare(
        toy.path, other.path, worlds=30, seed=3, condition="none", outcomes=["ruling:rebels"], parameters="default"
    )
    assert result.table("outcomes") == again.table("outcomes")
    assert result.table("outcomes").column("outcome") == ["ruling:rebels"]
    assert not result.comparisons[0].factual.arrays  # worlds are not kept


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"worlds": 1}, "whole number"), ({"condition": "brnach"}, "branch"), ({"outcomes": ["ruling:rebel"]}, "rebels")],
)
def test_wrong_arguments_have_a_remedy(toy, changed, wrong, words):
    with pytest.raises(UsageError, match=words):
        factions.compare(toy, changed(ARMY), **{"worlds": 20, "parameters": "default", **wrong})


def test_a_baseline_alone_is_no_comparison(toy):
    with pytest.raises(UsageError, match="there is no counterfactual"):
        factions.compare(toy, parameters="default")


def test_a_report_on_an_imposed_punishment_is_written(toy, changed, tmp_path):
    struck = changed('[[changes]]\nkind = "sanction"\nbloc = "rebels"\nrung = "politburo"\nat = "third"\n')
    found = factions.compare(toy, struck, worlds=20, condition="none", parameters="default")
    found.save(tmp_path)
    cost = found.comparisons[0].cost
    assert (cost.decisions, cost.outside) == (1, 0)
    assert cost_words(cost) in (tmp_path / "changed" / "report.html").read_text(encoding="utf-8")


def test_the_index_links_each_file_and_names_what_each_cell_says_for_a_narrow_screen(two, tmp_path):
    write_overview(two, tmp_path, "factions compare ...")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    row = page[page.index('<td data-head="what if"><a href="beta/report.html">Coup</a></td>') :]
    assert '<td data-head="has a seat less often">boris 0 (60)</td>' in row[: row.index("</tr>")]
    assert page.index("To repeat this") > page.index("Each in short")
