"""What a report says of the past of its worlds, from claims made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Thing

import pytest

from factions.counterfactual.compare import Comparer
from factions.counterfactual.concerns import CHANGE
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.contrasts import Contrast
from factions.counterfactual.failing import Way
from factions.counterfactual.findings import Findings
from factions.counterfactual.past import Past, PastClaim
from factions.counterfactual.where_held import OPEN, OTHER, SAME, WEAKER, Held
from factions.draws import Draws
from factions.parameters import default_values
from factions.report.comparison import write_comparison
from factions.report.comparison_text import every_outcome, listed_rows, outcomes
from factions.report.past import past_blocks, past_rows, where_facts_hold
from factions.report.side import Side
from factions.report.table import Table, as_text
from factions.scenario import load


def claim(name, violated, touched=False, held=None, imposed=False, confidence="high", **more):
    row = PastClaim(name, f"{name} happens.", "then", confidence, "second", touched, imposed, held, violated, 0.01)
    near = {"concerns": "the change: Left", "nearness": CHANGE} if touched else {}
    return replace(row, **{**near, **more})


@pytest.fixture
def each():
    """each(claims, before, after): a comparison whose worlds keep so far to a record up to the second meeting."""

    def _each(*claims, before=400.0, after=100.0, later=(), held=()):
        meetings = [Thing(id="second", name="Second Congress", date=date(1925, 3, 1))]
        past = Past(claims, before, after, tuple(later), tuple(held))
        return Thing(name="it", base=Thing(meetings=meetings), paths=Thing(until="second"), past=past)

    return _each


def said(comparison, **options):
    return " ".join(as_text(past_blocks(comparison, **options), 200).split())


def near(*violated, **fields):
    return [claim(f"N{k}", share, touched=True, **fields) for k, share in enumerate(violated)]


def test_what_is_imposed_and_what_it_costs(each):
    words = said(each(*near(0.0, 0.0, 0.0, held=0.5, imposed=True), claim("Far", 0.1)))
    assert words == (
        "4 statements are documented up to March 1925 (Second Congress). 3 of them are about the blocs, leaders or "
        "offices that the change names; every world was required to fulfil all of these (worlds that failed were "
        "dropped: at the hardest meeting 25% were left). The other one holds in nine of ten worlds or more."
    )


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([claim("Far", 0.0), claim("Off", 0.0)], "March 1925 (Second Congress), none of them about somebody"),
        ([claim("Far", 0.0), claim("Off", 0.0)], "Of the other 2, none fails in more than a tenth"),
        ([claim("Far", 0.3), claim("Off", 0.0)], "Of the other 2, 1 fails in more than a tenth"),
        ([claim("Far", 0.3), claim("Off", 0.2)], "Of the other 2, 2 fail in more than a tenth"),
        ([claim("Far", 0.3)], "The other one fails in more than a tenth"),
        (
            near(0.0, held=0.5, imposed=True),
            "leaders or offices that the change names; every world was required to fulfil it",
        ),
        (near(0.4, held=0.0), "the worlds were not required to fulfil it."),
        (near(0.4, 0.5, held=0.0), "the worlds were not required to fulfil any of these."),
        ([*near(0.4, held=0.0), *near(0.0, held=0.3, imposed=True)], "every world was required to fulfil 1 of these ("),
    ],
)
def test_the_sentences_agree_with_their_numbers(each, claims, words):
    assert words in said(each(*claims))


def test_the_sentences_count_every_claim_that_the_table_lists(each):
    words, listed = past_blocks(each(*near(0.4, confidence="low"), claim("Far", 0.3), claim("Off", 0.0)))
    assert isinstance(listed, Table) and len(listed.rows) == 2
    assert "1 of these that was not required fails in more than a tenth of the worlds." in " ".join(words.split())
    assert "Of the other 2, 1 fails" in words


def test_claims_that_fail_often_are_listed_and_those_that_concern_the_change_come_first(each):
    far = [claim(f"F{k}", 0.2 + k / 100) for k in range(7)]
    refused, unsure = *near(0.6, held=0.01), *near(0.3, confidence="low")
    _, listed = past_blocks(each(*far, unsure, refused, claim("Kept", 0.05)), most=2)
    assert isinstance(listed, Table)
    assert [row[0] for row in listed.rows] == ["N0 happens.", "N0 happens.", "F6 happens.", "F5 happens."]
    assert [row[3] for row in listed.rows] == [
        "the change: Left; too few worlds fulfil it",
        "the change: Left; not sure enough to be required",
        "",
        "",
    ]
    assert [row[4] for row in listed.rows] == ["60%", "30%", "26%", "25%"]
    assert listed.faint == (False, False, True, True)
    assert "Not listed: 5 of high confidence, which concern neither the change nor the answer" in listed.note


def test_of_claims_about_others_those_that_fail_most_are_listed_but_the_unsure_last(each):
    far = [claim("F0", 0.2, confidence="medium"), claim("F1", 1.0, confidence="low"), claim("F2", 0.9)]
    listed = past_blocks(each(*far), most=2)[1]
    assert [row[0] for row in listed.rows] == ["F2 happens.", "F0 happens."]
    assert listed.note.startswith("Not listed: 1 of low confidence, which")


def test_the_table_says_what_comes_instead_and_how_the_answer_is_where_a_fact_holds(each):
    ways = Way("late", 0.6, "in March 1925"), Way("never", 0.06), Way("ends", 0.04, "after May 1924")
    rows = [claim("Near", 0.7, touched=True, ways=ways), claim("Far", 0.9, ways=(Way("never", 0.03),))]
    listed = past_blocks(each(*rows, held=[Held("Near", 0.3, WEAKER, "...")]))[1]
    assert listed.headings[-2:] == ("what comes instead", "the answer where it holds")
    assert [row[-2:] for row in listed.rows] == [
        ("comes late in 60%, mostly in March 1925; never comes in 6%", "is weaker"),
        ("never comes in 3%", ""),
    ]
    assert past_blocks(each(*rows))[1].headings[-1] == "what comes instead"


def test_a_sentence_says_for_how_many_facts_the_answer_holds_where_they_do(each):
    facts = [claim(f"F{k}", 0.7 + k / 100) for k in range(4)]
    shares = 0.2, 0.2, 0.04, 0.2
    held = [Held(f"F{k}", shares[k], verdict, "they won") for k, verdict in enumerate((SAME, OTHER, SAME, OPEN))]
    assert where_facts_hold(each(*facts, held=held)) == [
        "4 documented facts fail in most worlds without the change. How is the answer in those pairs of worlds in "
        "which they hold without the change? It is the same for 2 and does not hold for 1; for 1 this cannot be told, "
        "mostly because too few worlds fulfil them. For instance, where “F0 happens” holds (20% of the worlds), "
        "they won."
    ]
    assert where_facts_hold(each(*facts[:1], held=[Held("F0", 0.0)])) == [
        "1 documented fact fails in most worlds without the change. How is the answer in those pairs of worlds in "
        "which it holds without the change? This cannot be told: too few worlds fulfil any of them."
    ]
    assert where_facts_hold(each(*facts)) == []


def test_a_claim_that_fails_in_ten_per_cent_fails_in_no_more_than_a_tenth(each):
    assert len(past_blocks(each(claim("Far", 0.104), claim("Off", 0.0)))) == 1
    assert past_blocks(each(claim("Far", 0.106), claim("Off", 0.0)))[1].rows[0][4] == "11%"


def test_what_the_worlds_without_the_change_miss_later_is_said_and_listed(each):
    later = [claim("Late", 0.9, confidence="low"), claim("Soon", 0.6), claim("Held", 0.5)]
    words = said(each(claim("Far", 0.0), later=later))
    assert "Without the change 1 of the 3 later statements holds in most of them." in words
    assert words.index("Soon happens. then high 60%") < words.index("Late happens. then low 90%")
    assert "Held happens." not in words
    short = said(each(claim("Far", 0.0), later=later), most=1)
    assert "Not listed: 1 of low confidence, which concern neither the change nor the answer; the page" in short
    assert "later statement" not in said(each(claim("Far", 0.0)))
    near = said(each(claim("Far", 0.0), later=[*later, claim("Near", 0.7, touched=True, confidence="low")]), most=0)
    assert "Near happens. then low the change: Left 70%" in near
    assert "Soon happens." not in near


def test_without_a_condition_nothing_is_said(each):
    assert past_blocks(each()) == []
    assert past_rows(each()) == []


@pytest.fixture
def unrecorded(scenario):
    """A comparison of whose outcomes nothing is documented."""
    return Thing(base=scenario.model_copy(update={"record": ()}), findings=Findings())


def of_rows(comparison, *rows, **findings):
    """The comparison with these contrasts."""
    comparison.contrasts = comparison.every = rows
    comparison.findings = Findings(**findings)
    return comparison


def test_the_table_of_all_outcomes_says_what_chance_does_and_what_can_be_shown(unrecorded):
    row = Contrast("it", "It", "probability", 0.2, 0.5, 0.3, 0.05, 2.0, 0.4, 0.1, 1.0, -0.012, 0.01)
    bare = Contrast("so", "So", "probability", 0.2, 0.5, 0.3, None, 2.0, 0.4, 0.1, 1.0)
    found = every_outcome(of_rows(unrecorded, row, bare, dictated=frozenset({"so"})))
    assert found.headings[-2:] == ("by chance alone", "smallest that shows")
    assert [cells[-2:] for cells in found.rows] == [("−1", "14.0"), ("", "")]
    assert [cells[0] for cells in found.rows] == ["It", "So*"] and found.faint == (False, True)
    assert "the same worlds with other luck, both without the change" in found.note


def test_however_much_was_asked_for_the_difference_of_influence_that_a_picture_is_called_by_has_its_row(unrecorded):
    def row(name, after, unit="probability"):
        return Contrast(name, name, unit, 0.1, after, after - 0.1, 0.01, 2.0, 0.4, 0.1, 1.0)

    asked = [row(f"asked_{k}", 0.3) for k in range(12)]
    rest = [
        row("largest", 0.9),
        row("second", 0.8),
        row("influence:b0", 0.5, "share"),
        row("influence:b1", 0.4, "share"),
    ]
    each = of_rows(unrecorded, *asked, *rest, asked=tuple(one.outcome for one in asked))
    assert [one.outcome for one in listed_rows(each)][:2] == ["largest", "influence:b0"]
    assert len(listed_rows(each)) == 14


def test_what_is_the_same_in_every_pair_is_named_below_the_table(unrecorded):
    row = Contrast("it", "It", "probability", 0.2, 0.5, 0.3, 0.05, 2.0, 0.4, 0.1, 1.0)
    same, none = (
        Contrast(name, name, "probability", v, v, 0, 0.1, None, 0, 0, 0) for name, v in (("all", 1), ("no", 0))
    )
    swapped = Contrast("swap", "swap", "probability", 0.5, 0.5, 0.0, 0.1, 2.0, 0.1, 0.1, 0.0)
    found = every_outcome(of_rows(unrecorded, same, row, none, swapped))
    assert [cells[0] for cells in found.rows] == ["It", "swap"]
    assert "The same in every pair: all (100%); no (0%)." in found.note


def test_a_mean_stands_above_the_middle_half_and_the_worlds_with_none(unrecorded):
    many = {"low_baseline": 25, "high_baseline": 44, "none_baseline": 0.03}
    few = {"low_counterfactual": 0, "high_counterfactual": 0, "none_counterfactual": 0.76}
    row = Contrast("expulsions", "expelled", "number", 34.7, 3.0, -31.7, 0.3, 2.0, 0.0, 0.9, 1.0, **many, **few)
    (found,) = outcomes(of_rows(unrecorded, row))
    assert [cells[:3] for cells in found.rows] == [
        ("expelled", "34.7", "3.0"),
        ("\u2003in the middle half of the worlds", "25 to 44", "0"),
        ("\u2003none at all", "3%", "76%"),
    ]
    assert found.faint == (False, True, True) and "Middle half: a quarter of the worlds" in found.note
    never_none = replace(row, none_baseline=0.0, none_counterfactual=0.0)
    assert len(outcomes(of_rows(unrecorded, never_none))[0].rows) == 2


def test_who_is_in_the_party_was_never_out_of_it_or_is_back(unrecorded):
    never = {"unbroken_baseline": 0.03, "unbroken_counterfactual": 0.24}
    row = Contrast(
        "party:leon", "Leon in the party", "probability", 0.43, 0.48, 0.05, 0.01, 2.0, 0.2, 0.1, 0.1, **never
    )
    (found,) = outcomes(of_rows(unrecorded, row))
    assert [cells[:3] for cells in found.rows[1:]] == [
        ("\u2003never expelled", "3%", "24%"),
        ("\u2003expelled and readmitted", "40%", "24%"),
    ]
    assert "Readmitted: taken back after a surrender." in found.note
    # Where nobody has come back, there is nothing to split.
    whole = replace(row, unbroken_baseline=0.43, unbroken_counterfactual=0.48)
    assert len(outcomes(of_rows(unrecorded, whole))[0].rows) == 1


def test_the_table_shown_has_what_differs_and_a_sentence_has_what_was_asked_for_and_does_not(unrecorded):
    def row(name, before, after, error=0.01, unit="probability"):
        return Contrast(name, name.title(), unit, before, after, after - before, error, 2.0, 0.4, 0.1, 1.0)

    rows = (row("small", 0.5, 0.52, 0.02), row("large", 0.2, 0.9), row("same", 1.0, 1.0, 0.0), row("own", 0.0, 1.0))
    model = row("effective_alliances", 1.0, 3.0, unit="number")
    each = of_rows(unrecorded, *rows, model, dictated=frozenset({"own"}), asked=("same", "own"))
    (found,) = outcomes(each)
    assert [cells[:3] for cells in found.rows] == [("Large", "20%", "90%")]
    assert "Asked for, and no different by more than chance makes: Same (100%)." in found.note
    assert "Asked for, and dictated by the file: Own (0% without, 100% with the change)." in found.note


def test_the_record_before_a_change_is_written_as_a_table(scenario, write, tmp_path):
    change = 'kind = "stance"\nbloc = "left"\nto = "quiet"\nat = "third"\n'
    other = load(write(f'extends = "chain.toml"\n[[changes]]\n{change}', "hush.toml"))
    comparer = Comparer(scenario, Draws(default_values().reshape(1), "test"), 40, 1, Condition.branch)
    found = comparer.compare(other, tell=False)
    assert found.past.claims
    write_comparison(Side.of(found), tmp_path / "out", "factions compare ...")
    rows = (tmp_path / "out" / "past.csv").read_text(encoding="utf-8").splitlines()
    known = "scenario,claim,text,when,confidence,until,touched,imposed,held,violated,error"
    assert rows[0] == f"{known},day,ways,concerns,nearness,after"
    assert [row.split(",")[1] for row in rows[1:]] == ["speaks_first", "silent_between", "never_mute_twice"]
    assert "The past of these worlds" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_day_that_always_comes_is_a_month_and_its_difference_years(unrecorded):
    row = Contrast("break:a+b", "They part", "year", 1926.3, 1927.5, 1.2, 0.05, 2.0, 0.4, 0.1, 1.0, -0.1, 0.01)
    (cells,) = outcomes(of_rows(unrecorded, row))[0].rows
    assert cells == ("They part", "Apr 1926", "Jul 1927", "+1.2 years", "0.05")


def test_a_day_that_may_never_come_is_a_share_and_the_day_by_which_half_of_these_have_come(unrecorded):
    never = {"never_baseline": 0.2, "never_counterfactual": 0.7, "never_error": 0.02}
    median = {"median_baseline": 1926.3, "median_counterfactual": 1927.5}
    row = Contrast("break:a+b", "They part", "year", 1926, 1928, 2, 0.05, 2.0, 0.4, 0.1, 1.0, **never, **median)
    (table,) = outcomes(of_rows(unrecorded, row))
    assert table.rows == (
        ("They part", "80%", "30%", "−50", "2.0"),
        ("\u2003in half of these by", "Apr 1926", "Jul 1927", "", ""),
    )
