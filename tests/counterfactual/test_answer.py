"""The first sentences of a comparison: right for worlds made by hand, and silent on what is nothing or given."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factions.counterfactual.choice import told
from factions.counterfactual.clauses import Clauses
from factions.counterfactual.contrasts import contrast
from factions.counterfactual.finding import Finding, rounded
from factions.counterfactual.findings import begin, find
from factions.counterfactual.given import Given
from factions.counterfactual.levels import Level, raised
from factions.counterfactual.lost import lost_events
from factions.counterfactual.namesakes import as_called
from factions.counterfactual.reasons import Cause
from factions.counterfactual.responses import Response, begun_as_most
from factions.counterfactual.rewriting import Cost
from factions.counterfactual.summary import clauses, far_fetched, lead, lost_names
from factions.report.answer import answer, headline, in_short, shown
from factions.report.chain import leads_to
from factions.report.comparison_text import every_outcome, listed_rows, outcomes
from factions.report.grounds import CAUTION, grounds
from factions.report.next_steps import next_steps
from factions.report.roads import roads
from factions.scenario import load
from factions.scenario.content.changes import Cancel
from factions.statements.outcomes import find_outcomes

QUIET = '[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "open"\nat = "second"\n'
ARMY = '[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "anna"\ndate = 1924-02-01\n'
WELL = '[[changes]]\nkind = "keep_alive"\nleader = "clara"\nsince = 1926-01-01\n'
APART = '[[changes]]\nkind = "alliance"\nblocs = ["rulers", "doubters"]\nstand = "apart"\nat = "third"\n'

MOVED = '[[changes]]\nkind = "policy_shift"\nleader = "anna"\nissue = "tempo"\nby = 0.1\ndate = 1924-02-01\n'
STRUCK = '[[changes]]\nkind = "sanction"\nbloc = "rebels"\nrung = "politburo"\nat = "third"\n'
SEAT = '[[changes]]\nkind = "standing"\nleader = "boris"\nto = "central_committee"\ndate = 1924-02-01\n'

RULED = [0, 0, 0, 0]
TAKEN_OVER = [0, 0, 1, 1]
"""Who rules at the four meetings (number of the bloc): the rulers, then the rebels from the third on."""


def told_first(comparison):
    """The first paragraphs of an answer as one."""
    return " ".join(in_short(comparison))


@pytest.fixture
def case(toy, changed, handmade, compared):
    """case(change, here, there, **more): the comparison of worlds made by hand, of 3 x 20 pairs."""

    def _case(change, here=None, there=None, **more):
        return compared(handmade(toy, **(here or {})), handmade(changed(change), **(there or {})), **more)

    return _case


def test_a_takeover_in_two_worlds_of_three_alters_who_rules(case):
    comparison = case(ARMY, there={"ruling": [TAKEN_OVER, TAKEN_OVER, RULED]})
    assert told_first(comparison) == (
        "The change alters who rules at the end: the rulers and the doubters ruled in 20 of 60 worlds, against all "
        "without the change. The rebels ruled in 40 against none. The report cannot say why the rulers and the "
        "doubters ruled less often and the rebels ruled more often."
    )


def test_who_rules_beside_a_bloc_that_has_more_influence_is_the_weaker(case):
    """With the change the doubters come to power beside the rulers, with 0.5 of the influence against their 0.3."""
    alone, weights = np.tile([0, 1, 2], (3, 4, 1)), np.tile([0.3, 0.2, 0.5], (3, 4, 1))
    comparison = case(ARMY, {"alliance": alone}, {"influence": weights})
    assert told_first(comparison).startswith(
        "The rulers ruled at the end as without the change, but not alone, and as the weaker (30% of the influence, "
        "the doubters 50%): the doubters ruled in every world, against none without the change"
    )
    equal = case(ARMY, {"alliance": alone}, {"influence": weights[..., ::-1]})
    assert told_first(equal).startswith(
        "The rulers ruled at the end as without the change, but not alone: the doubters"
    )


def test_what_passes_is_told_where_it_was_largest_and_with_its_end(case):
    out = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    out[:, 1, 2] = 1  # Boris has lost his seat at the second meeting, and no longer at the third
    comparison = case(ARMY, there={"standing": out})
    assert told_first(comparison) == (
        "The change matters for a time: at the end the rulers and the doubters ruled as without it. In December 1924 "
        "boris sat in the Politburo in no world, against all without the change; at the end there was no "
        "difference in that. The report cannot say why boris sat in the Politburo less often."
    )
    assert lead(comparison) == (
        "In December 1924 boris sat in the Politburo in no world, against all without the change; at the end "
        "there was no difference in that"
    )


def test_what_comes_with_and_without_the_change_is_delayed_or_hastened(case):
    """Boris loses his seat at the third meeting without the change; with it at the fourth, or at the second."""
    third, fourth, second = (_seatless(slice(None), meeting) for meeting in (2, 3, 1))
    late = case(ARMY, {"standing": third}, {"standing": fourth})
    assert told_first(late).startswith(
        "In every world the change delays what comes anyway: at the end the rulers and the doubters ruled as "
        "without it. Boris left the Politburo later: in September 1925 still in the Politburo in every world, "
        "against none without the change"
    )
    assert "; at the end there was no difference in that." in told_first(late)
    early = case(ARMY, {"standing": third}, {"standing": second})
    assert told_first(early).startswith("In every world the change hastens what comes anyway: at the end the rulers")
    assert "Boris left the Politburo earlier: in December 1924 in the Politburo in no world," in told_first(early)


def test_what_does_not_happen_because_of_the_change_is_named(case):
    standing = _seatless(slice(None), 3)
    comparison = case(ARMY, there={"standing": standing})
    one, *rest = comparison.contrasts
    gone = replace(one, outcome="happened:harvest", baseline=1.0, counterfactual=0.0)
    said = "With the change “harvest” did not happen."
    assert said in told_first(replace(comparison, contrasts=(gone, *rest)))
    there = replace(gone, counterfactual=1.0)
    assert "did not happen" not in told_first(replace(comparison, contrasts=(there, *rest)))
    cancel = Cancel.model_validate({"kind": "cancel", "events": ("harvest",)})
    other = comparison.scenario.model_copy(update={"changes": (*comparison.scenario.changes, cancel)})
    cancelled = told_first(replace(comparison, scenario=other, contrasts=(gone, *rest)))
    assert "The change itself cancelled “harvest”: an input here, and no result." in cancelled and said not in cancelled


def test_what_turns_round_is_said_in_a_sentence_of_its_own(case):
    before, after = np.zeros((3, 4, 3), int), np.zeros((3, 4, 3), int)
    after[:, 1, 1] = before[:, 3, 1] = 1  # open at the second meeting with the change, at the last without it
    assert (
        "In December 1924 the rebels opposed openly in every world, against none without the change. At the end it "
        "was so less often: in none against all."
    ) in told_first(case(ARMY, {"open": before}, {"open": after}))
    gone = np.tile([0, 1, 0], (3, 4, 1))
    gone[:, 3, 1] = -1  # and without the change nobody of the rebels is left by then
    after[:, 3, 1], before[:, 3, 1] = 1, 0
    before[:, 1, 1], after[:, 1, 1] = 1, 0
    assert (
        "At the end it was so more often: in all against none, where without the change nobody of them was left "
        "in the party in all."
    ) in told_first(case(ARMY, {"open": before, "alliance": gone}, {"open": after}))


def test_a_bloc_that_counts_for_little_is_told_of_only_if_the_change_names_it(case):
    speaks, thin = np.zeros((3, 4, 3), int), np.tile([0.57, 0.03, 0.4], (3, 4, 1))
    speaks[:, 1:, 1] = 1  # the rebels, who have 3% of all influence
    sides = {"influence": thin}, {"influence": thin, "open": speaks}
    quiet = case(ARMY, *sides)
    assert quiet.findings.changed == () and begin(quiet.factual, quiet.counterfactual) == []
    assert [group[0].kind for group in case(QUIET, *sides).findings.changed] == ["open"]


def test_a_meeting_differs_no_less_than_what_is_told_of_it():
    # What somebody asked for is told with less certainty than levels ask for: 0.57 to 0.76 at the last meeting.
    seat = Finding("politburo", ("boris",), "probability", "last", 0.57, 0.76, 0.06, (0.57, 0.76), "last", True, True)
    years = replace(seat, kind="break", unit="year", before=1926.0, after=1929.0)
    found = raised([Level("first", 0.3, "open:rebels@first"), Level("last", 0.03)], [(seat,), (years,)])
    assert [*found] == [("first", 0.3, "open:rebels@first"), ("last", pytest.approx(0.19), "politburo:boris@last")]


def test_those_whom_the_change_names_are_told_of_first(case):
    """Boris of the rebels loses his seat in two worlds of three, Clara of the doubters gives in in all."""
    gave_in = np.zeros((3, 4, 5), int)
    gave_in[:, 3, 4] = 1

    def first(change):
        comparison = case(change, there={"standing": _seatless(slice(0, 2), 3), "surrendered": gave_in})
        return [group[0].who[0] for group in shown(comparison)]

    assert (first(ARMY), first(QUIET)) == (["clara", "boris"], ["boris", "clara"])


def test_what_makes_an_answer_too_long_is_left_to_the_tables_but_for_two_differences(case, monkeypatch):
    """Clara gives in, Anna has no seat at the second meeting, Boris none at the end in two worlds of three."""
    gave_in, standing = np.zeros((3, 4, 5), int), _seatless(slice(0, 2), 3)
    gave_in[:, 3, 4] = 1
    standing[:, 1, 0] = 1
    comparison = case(ARMY.replace('"anna"', '"clara"'), there={"standing": standing, "surrendered": gave_in})
    assert len(shown(comparison)) == 3 and "oris sat" in told_first(comparison)
    monkeypatch.setattr("factions.report.answer.WORDS", 10)
    short = told_first(comparison)
    assert "lara had surrendered" in short and "anna sat" in short and "oris sat" not in short


def test_what_lasts_is_told_before_what_passes(case):
    speaks, standing = np.zeros((3, 4, 3), int), _seatless(slice(None), 3)
    speaks[:, 1, 1] = 1  # in all worlds, at one meeting; the seat is lost for good
    comparison = case(ARMY, there={"open": speaks, "standing": standing})
    assert [group[0].kind for group in comparison.findings.changed] == ["politburo", "open"]


def test_a_difference_that_rounds_to_nothing_is_not_told_however_sure_it_is(case):
    more = [0.5, 0.302, 0.198]  # in every pair, so that there is no error
    comparison = case(ARMY, there={"influence": more}, asked=["influence:rebels"])
    (row,) = (row for row in comparison.contrasts if row.outcome == "influence:rebels")
    assert row.clear and row.difference == pytest.approx(0.002)
    assert "influence of rebels: 30%, as before" in told_first(comparison)


def test_of_many_some_are_named_and_their_figures_are_those_of_the_named(toy):
    more = ("rulers", "rebels", "doubters", "boris", "clara")  # blocs, then others, as the file has them
    group = [
        Finding("open", (who,), "probability", "fourth", 0.0, share, 0.01, (0.0, share), "fourth", True, False)
        for who, share in zip(more, (0.9, 0.8, 0.7, 0.95, 0.6), strict=True)
    ]
    clause = Clauses(toy.model_copy(update={"record": ()}), 100).changed(group)
    assert clause.endswith("opposed openly in 95, 60 and 90 of 100 worlds, against none without the change")
    assert clause.startswith("boris, clara, the rulers and others")


def test_figures_of_several_within_one_clause_are_a_figure_each(toy):
    words = Clauses(toy, 100)
    group = [
        Finding("open", (who,), "probability", "fourth", 0.0, share, 0.01, (0.0, share), "fourth", True, False)
        for who, share in (("rebels", 0.95), ("doubters", 0.71))
    ]
    assert words.changed(group) == (
        "the rebels and the doubters opposed openly in 95 and 71 of 100 worlds, against none without the change"
    )


def test_every_figure_of_a_sentence_stands_in_the_table(case):
    speaks, standing = np.zeros((3, 4, 3), int), np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    speaks[:2, 1, 1] = 1  # in two worlds of three, at one meeting
    standing[:, 3, 4] = 1  # Clara has lost her seat at the end
    comparison = case(ARMY, there={"open": speaks, "standing": standing})
    said = told_first(comparison)
    assert "in December 1924 the rebels spoke out (only with the change, in 40 of 60 pairs)" in said
    assert "opposed openly" not in said  # since the chain begins with it
    rows = {row.outcome: (row.baseline, row.counterfactual) for row in listed_rows(comparison)}
    assert rows == {"open:rebels@second": (0.0, pytest.approx(2 / 3)), "politburo:clara": (1.0, 0.0)}
    # What is the same on both sides stands in the table of all outcomes alone.
    assert "rebels in open opposition (0%)" in every_outcome(comparison).note
    assert {row.outcome for row in comparison.contrasts}.isdisjoint({"open:rebels@second", "open:rebels"})


def test_what_is_so_at_a_meeting_as_at_the_end_stands_in_the_table_once(case):
    """Clara has lost her seat at the third meeting and for good; Boris has none at the third, and one at the end."""
    standing = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    standing[:, 2:, 4] = standing[:, 2, 2] = 1
    asked = [f"politburo:{who}{at}" for who in ("clara", "boris") for at in ("", "@third")]
    comparison = case(ARMY, there={"standing": standing}, asked=asked)
    assert [row.outcome for row in listed_rows(comparison)] == ["politburo:clara", "politburo:boris@third"]


def test_a_bloc_called_after_a_dead_man_loses_his_name_everywhere(toy, handmade, compared, toy_text):
    named = toy_text.replace('id = "rulers"\nchief', 'id = "rulers"\nname = "Anna\'s Centre"\nchief', 1)
    toy.path.with_name("named.toml").write_text(named.replace('id = "anna"\n', 'id = "anna"\nname = "Anna"\n', 1))
    base = load(toy.path.with_name("named.toml"))
    toy.path.with_name("dies.toml").write_text(
        'extends = "named.toml"\n[[changes]]\nkind = "death"\nleader = "anna"\ndate = 1926-01-01\n'
    )
    dies = load(toy.path.with_name("dies.toml"))
    dead = np.ones((3, 4, 5), int)
    dead[:, 3, 0] = -1
    comparison = compared(handmade(base), handmade(dies, activity=dead))
    said = " ".join(answer(comparison))
    assert "the Centre and the doubters ruled" in said and "Anna's Centre" not in said
    texts = [row.text for row in comparison.every]
    assert "influence of Centre" in texts and not any("Anna's" in text for text in texts)
    assert lost_names(comparison, texts) == ["Centre: with the change, Anna was dead and alexei led it by the end."]
    files = comparison.base, comparison.scenario, comparison.factual.scenario, comparison.counterfactual.scenario
    assert {each.blocs[0].name for each in files} == {"Centre"}
    assert as_called(base, base) == (base, base) and base.blocs[0].name == "Anna's Centre"


def test_what_a_dead_man_would_have_done_does_not_happen_and_neither_does_what_follows(
    write, toy_text, handmade, compared
):
    deeds = """
[[events]]
id = "speech"
name = "Boris's speech"
date = 1925-06-01
kind = "policy_shift"
agent = "boris"
leader = "boris"
issue = "tempo"
by = 0.1
[[events]]
id = "echo"
name = "the echo"
date = 1925-07-01
kind = "policy_shift"
after = "speech"
leader = "anna"
issue = "tempo"
by = 0.1
"""
    base = load(write(toy_text.replace("[[record]]", deeds + "[[record]]", 1), "deeds.toml"))
    dies = 'extends = "deeds.toml"\n[[changes]]\nkind = "death"\nleader = "boris"\ndate = 1925-05-01\n'
    other = load(write(dies, "dies.toml"))
    assert [(event.id, who) for event, who in lost_events(base, other)] == [("speech", "boris"), ("echo", "boris")]
    comparison = compared(handmade(base), handmade(other, open=np.eye(3, dtype=int)[1]))  # something must differ
    assert (
        "Without boris these 2 events do not happen: “Boris's speech” (June 1925) and “the echo” (July 1925)."
        in " ".join(grounds(comparison))
    )
    late = load(write(dies.replace("1925-05-01", "1925-08-01"), "late.toml"))
    assert lost_events(base, late) == []
    *_, steps = next_steps(comparison)  # a file in which his comrade does it, and what follows it happens too
    typed = [line.removeprefix("  ") for line in steps.splitlines() if line.startswith("  ")]
    instead = load(write("\n".join(typed[:-1]), "dies_bella.toml"))
    assert typed[-1] == f"factions compare {base.path} {other.path.with_name('dies_bella.toml')}"
    assert lost_events(base, instead) == []
    assert {(event.agent, event.leader) for event in instead.events if event.id == "speech"} == {("bella", "bella")}


def test_files_that_answer_together_point_to_each_other(write, toy_text, handmade, compared):
    write(toy_text, "toy.toml")
    dies = '[[changes]]\nkind = "death"\nleader = "boris"\ndate = 1925-05-01\n'
    first = write(f'extends = "toy.toml"\ndescription = "Read second.toml too."\n{dies}', "first.toml")
    second = write('extends = "first.toml"\n' + ARMY, "second.toml")
    base = load(first.with_name("toy.toml"))
    for file, other in ((first, second), (second, first)):
        (step,) = (text for text in next_steps(compared(handmade(base), handmade(load(file)))) if "Read it" in text)
        assert step == f"Read it beside {other.name}:\n  factions compare {base.path} {other} {file}"


def test_allies_who_stay_together_are_not_told_as_new_allies(case):
    here = np.tile([0, 1, 0], (3, 4, 1))
    here[:, 2:] = [0, 1, 2]  # without the change the rulers and the doubters part at the third meeting
    said = told_first(case(ARMY, {"alliance": here}))
    assert (
        "The first decision to differ, most often: in September 1925 the rulers and the doubters stayed together (only "
        "with the change, in every pair)."
    ) in said


def test_who_rules_has_not_decided_to_keep_quiet_and_who_keeps_quiet_is_not_spared(case):
    speaks, struck = np.zeros((3, 4, 3), int), np.zeros((3, 4, 3), int)
    speaks[:, 2:, 1], struck[:, 2:, 1] = (
        1,
        2,
    )  # without the change the rebels oppose and are punished; with it they rule
    comparison = case(ARMY, {"open": speaks, "rung": struck}, {"ruling": TAKEN_OVER})
    assert comparison.findings.responses == ()
    quiet = case(ARMY, {"open": speaks, "rung": struck})  # with it they keep quiet
    assert [row.kind for phase in quiet.findings.responses for row in phase] == ["open"]


def test_who_surrenders_has_not_moved_first(case):
    gone, lost = np.tile([0, 0, 1, 1, 2], (3, 4, 1)), np.zeros((3, 4, 5), int)
    gone[:, 2:, 2], lost[:, 2:, 2] = -1, 1  # Boris surrenders, and is of no bloc any more
    comparison = case(ARMY, there={"membership": gone, "surrendered": lost})
    assert [row.kind for phase in comparison.findings.responses for row in phase] == ["capitulated"]


def test_the_reason_of_fewer_punishments_is_that_fewer_oppose(case):
    speaks, struck = np.zeros((3, 4, 3), int), np.zeros((3, 4, 3), int)
    speaks[:, 1:, 1], struck[:, 2:, 1] = 1, 4  # three of four meetings, two of them congresses; expelled by the third
    out = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    out[:, 2:, 2:4] = 3
    comparison = case(ARMY, {"open": speaks, "rung": struck, "standing": out})
    (road,) = comparison.findings.roads
    assert (road.bloc, road.meetings, road.open, road.delegates) == ("rebels", 4, (3.0, 0.0), (1.0, 0.0))
    assert (road.punished, road.expelled) == ((1.0, 0.0), (1.0, 0.0))
    assert (
        "The first decision to differ, most often: in December 1924 the rebels kept silent (only with the change, in "
        "every pair). In the model only open opposition costs seats and membership: the rebels opposed at no "
        "meeting, against 3.0 of 4 on average."
    ) in told_first(comparison)
    others, hit = np.roll(speaks, 1, axis=2), np.roll(struck, 1, axis=2)  # with the change the doubters oppose instead
    louder = case(ARMY, {"rung": struck, "standing": out}, {"open": others, "rung": hit})
    assert {road.bloc for road in louder.findings.roads} == {"rebels", "doubters"}
    assert "leaders had been expelled" in told_first(louder) and "only open opposition" not in told_first(louder)
    speaks[:, 2:] = 0  # at the talk alone, which is no congress
    (road,) = case(ARMY, {"open": speaks, "rung": struck, "standing": out}).findings.roads
    assert (road.open, road.delegates) == ((1.0, 0.0), (0.0, 0.0))
    (listed,) = roads(comparison)
    assert listed.rows == (("rebels", "3.0 → 0.0", "100% → 0%", "100% → 0%", "100% → 0%"),)


def test_blocs_that_oppose_as_often_and_are_punished_less_are_told_so(case):
    speaks, struck = np.zeros((3, 4, 3), int), np.zeros((3, 4, 3), int)
    speaks[:, 1:, 1], struck[:, 2:, 1] = 1, 4
    out = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    out[:, 2:, 2:4] = 3
    said = told_first(case(ARMY, {"open": speaks, "rung": struck, "standing": out}, {"open": speaks}))
    assert (
        "The rebels opposed openly about as often on the whole, but the rulers expelled men of theirs less often (0% "
        "of the worlds against 100%)."
    ) in said
    assert "only open opposition" not in said
    fewer = speaks.copy()
    fewer[:, 3, 1] = 0  # they oppose at two meetings instead of three, which does not explain that nobody is expelled
    said = told_first(case(ARMY, {"open": speaks, "rung": struck, "standing": out}, {"open": fewer}))
    assert (
        "The rebels opposed openly at 2.0 of 4 meetings on average, against 3.0, and the rulers expelled men of theirs "
        "less often (0% of the worlds against 100%)."
    ) in said


def test_those_who_never_part_have_no_date(case):
    apart = np.tile([0, 1, 0], (3, 4, 1))
    apart[:, 2:] = [0, 1, 2]  # the rulers and the doubters part at the third meeting
    here = apart.copy()
    here[1:] = [0, 1, 0]  # without the change only in a world of three
    comparison = case(ARMY, {"alliance": here}, {"alliance": apart}, asked=["break:rulers+doubters"])
    (found,) = (group for group in comparison.findings.changed if group[0].kind == "break")
    assert clauses(comparison).changed(found) == (
        "the rulers and the doubters parted in every world, against 20 of 60 without the change"
    )
    (row,) = (row for row in comparison.contrasts if row.outcome == "break:rulers+doubters")
    assert row.never == (pytest.approx(2 / 3), 0.0) and row.dated_baseline == pytest.approx(row.dated_counterfactual)
    (found,) = outcomes(comparison)
    sides = [cells[1:3] for cells in found.rows]
    assert sides[sides.index(("33%", "100%")) + 1] == ("Sep 1925", "Sep 1925")


def test_the_pairs_that_begin_as_most_are_those_with_the_most_frequent_first_decision(case):
    speaks = np.zeros((3, 4, 3), int)
    speaks[:2, 2:, 1] = 1
    speaks[2, 2:, 2] = 1
    comparison = case(ARMY, there={"open": speaks})
    begun = begun_as_most(begin(comparison.factual, comparison.counterfactual), 60)
    assert begun.sum() == 40
    assert (comparison.counterfactual["open"][begun, 2, 1] == 1).all()
    same = case(MOVED)
    assert begun_as_most(begin(same.factual, same.counterfactual), 60).all()  # nothing differs: any pair will do


def test_what_other_luck_does_as_well_is_not_told_as_an_effect(case):
    out = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    out[0, 3, 2] = 1  # Boris has lost his seat in a world of three
    comparison = case(ARMY, there={"standing": out}, asked=["politburo:boris"])
    (row,) = contrasts(comparison, ["politburo:boris"])
    row = replace(row, difference=-1 / 3, counterfactual=2 / 3)
    for luck, count in ((-0.3, 1), (-0.4, 0), (0.4, 0)):
        given = comparison.factual, comparison.counterfactual, comparison.paths.ancestor
        found = find(*given, [replace(row, placebo=luck)], ["politburo:boris"])
        assert len([group for group in found.changed if group[0].kind == "politburo"]) == count


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(7.6, True, 1, 0), "the model hardly ever takes the decision that the change imposes (at most in about"),
        (Cost(5.3, False, 2, 0), "takes the 2 decisions that the change imposes in about one world in 200: read the"),
        (Cost(1.0, False, 1, 0), "takes the decision that the change imposes in about 37 of 100 worlds."),
        (Cost(0.05, False, 1, 0), "that the change imposes in most worlds: the change asks little of it."),
        (Cost(None, False, 0, 1), "The change, and what falls away with it, comes from outside the model"),
    ],
)
def test_how_improbable_a_change_is_stands_in_worlds(case, cost, words):
    assert words in grounds(case(ARMY, cost=cost))[-2]


def test_nothing_changes_and_the_reason_is_that_it_reaches_nothing(case):
    first, *rest = answer(case(MOVED))
    assert first.startswith("Nothing changes. The change reaches no decision: in no pair does an alliance")
    assert not any("part in" in text for text in rest)


def test_nothing_changes_and_the_reason_is_that_it_was_nearly_certain(case):
    first = told_first(case(STRUCK, cost=Cost(0.0202, False, 1, 0)))
    assert first.startswith(
        "Nothing changes. What the file imposes was nearly certain anyway: the model decides so by itself with "
        "probability 0.98."
    )


def test_what_is_imposed_may_be_so_anyway_or_not_take_hold(case):
    speaks = np.zeros((3, 4, 3), int)
    speaks[:, 1, 1] = 1
    anyway = told_first(case(QUIET, here={"open": speaks}, there={"open": speaks}))
    assert "nearly certain anyway: it is so without the change in 60 of 60 worlds." in anyway
    assert "does not take hold: at its first meeting what it imposes is so in 0 of 60 worlds" in told_first(case(QUIET))


def test_a_change_that_takes_hold_and_changes_nothing_says_so(case):
    kept = np.full((3, 4, 3), -1)
    kept[:, :, 1] = 0  # the army is Anna's
    first = told_first(case(ARMY, there={"holder": kept}))
    assert (
        "The change takes hold (what it imposes is so in 60 of 60 worlds with it, in 0 without it), but no difference"
        in first
    )


def test_what_rules_as_before_and_what_was_asked_for_is_said_too(case):
    first = told_first(case(ARMY, asked=["politburo:boris", "ruling:rebels"]))
    assert first.endswith(
        "As without the change, boris sat in the Politburo; the rebels did not rule."
    ) and first.startswith("Nothing changes.")
    assert "the rulers and the doubters ruled" in told_first(case(ARMY))


def test_numbers_of_others_lead_if_their_effect_is_larger(case):
    expelled = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    expelled[:, 3, 3] = 3  # Bella, of whom nobody would have been told, is expelled in every world
    comparison = case(ARMY, there={"standing": expelled})
    assert lead(comparison) == (
        "At the end on average 1.0 of 5 leaders had been expelled, against none without the change"
    )


def test_the_first_decision_is_counted_over_all_pairs(case):
    speaks = np.zeros((3, 4, 3), int)
    speaks[:2, 2:, 1] = 1
    comparison = case(ARMY, there={"open": speaks})
    assert in_short(comparison) == [
        "The change does not alter who rules: at the end the rulers and the doubters ruled as without it. At the end "
        "the rebels opposed openly in 40 of 60 worlds, against none without the change.",
        "The first decision to differ, most often: in September 1925 the rebels spoke out (only with the change, in 40 "
        "of 60 pairs).",
    ]
    assert answer(comparison)[-1] == (
        "The end: June 1926; what would have come later is not simulated. To rule: to belong to the alliance with the "
        "majority, be it as its lesser partner. To oppose openly: to speak against the rulers at a meeting."
    )
    assert CAUTION in grounds(comparison)


def test_a_decision_by_which_nothing_told_comes_about_gives_way_to_one_that_explains(case):
    """Rebels and doubters ally first of all; that the rulers spare the rebels afterwards is why none is expelled."""
    out = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    out[:, 2:, 2] = 3
    comparison = case(ARMY, {"standing": out})
    allied = Response("allied", ("rebels", "doubters"), "second", True, 1.0, 1.0)
    spared = Response("rung", ("rebels",), "third", False, 0.9, 0.0, cause=Cause("dominance", 0.7, 0.5, needed=0.6))
    told_with = replace(comparison.findings, responses=((allied,), (spared,)))
    said = told_first(replace(comparison, findings=told_with))
    assert (
        "The first decision to differ that bears on it: in September 1925 the rulers spared the "
        "rebels (only with the change, in 54 of 60 pairs), because the strongest ruling bloc had fewer votes by itself "
        "(50% instead of 70%; at 60% the chances of a punishment are even)."
    ) in said
    unexplained = replace(comparison.findings, responses=((allied,),))
    assert (
        "The first decision to differ, most often: in December 1924 the rebels and the doubters allied"
        in told_first(replace(comparison, findings=unexplained))
    )


def test_who_rules_for_a_time_is_told_with_its_cause_beside_what_lasts(case):
    """The doubters lose power a meeting earlier; Boris, Bella and Clara lose their seats for good."""
    here, there = np.tile([0, 1, 0], (3, 4, 1)), np.tile([0, 1, 0], (3, 4, 1))
    here[:, 2:] = there[:, 1:] = [0, 1, 2]
    comparison = case(ARMY, {"alliance": here}, {"alliance": there, "standing": _seatless(slice(None), 1)})
    said = told_first(comparison)
    assert said.count("The doubters lost power earlier: in December 1924 in power in none against all") == 1
    assert "the rulers and the doubters parted (only with the change, in every pair" in said


def test_a_line_that_a_cancelled_event_would_have_moved_says_so(toy, changed, handmade, compared):
    """The harvest moves the doubters; with the change it does not happen."""
    other = changed('[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n')
    speaks = np.zeros((3, 4, 3), int)
    speaks[:, 2:, 1] = 1
    comparison = compared(handmade(toy), handmade(other, open=speaks))
    one, *rest = comparison.contrasts
    gone = replace(one, outcome="happened:harvest", baseline=1.0, counterfactual=0.0)
    line = Cause("line", 0.4, 0.9, "doubters", "tempo", other="rebels")
    apart = Response("allied", ("rebels", "doubters"), "second", False, 1.0, 1.0, cause=line)
    found = replace(comparison.findings, responses=((apart,),))
    comparison = replace(comparison, contrasts=(gone, *rest), findings=found)
    name = next(event.name for event in toy.events if event.id == "harvest")
    assert f"of at most 2), since “{name}” did not move it." in told_first(comparison)
    for cause in (replace(line, who="rebels", other="doubters"), replace(line, issue="regime")):
        unmoved = replace(found, responses=((replace(apart, cause=cause),),))
        assert "did not move it" not in told_first(replace(comparison, findings=unmoved))


def test_what_is_imposed_is_no_first_decision(case):
    speaks = np.zeros((3, 4, 3), int)
    speaks[:, 1, 1] = 1  # imposed
    struck = np.zeros((3, 4, 3), int)
    struck[0, 2:, 1] = 2  # the response, in a world of three
    first = told_first(case(QUIET, there={"open": speaks, "rung": struck, "standing": _seatless(0, 2)}))
    assert (
        "The change itself made the rebels speak out. The first decision to differ, most often: in September 1925 the "
        "rulers punished the rebels (only with the change, in 20 of 60 pairs). In the model only open opposition costs "
        "seats and membership: the rebels opposed at 1.0 of 3 meetings on average, against none."
    ) in first


def test_the_chain_goes_from_the_voice_to_the_seat_though_the_blocs_oppose_as_often(case):
    here, there = np.zeros((3, 4, 3), int), np.zeros((3, 4, 3), int)
    here[:, 2:, 1] = there[:, 1, 1] = there[:, 3, 1] = 1  # twice each, but earlier with the change
    why = in_short(case(ARMY, {"open": here}, {"open": there, "standing": _seatless(slice(None), 1)}))[1]
    assert why == (
        "The first decision to differ, most often: in December 1924 the rebels spoke out (only with the change, in "
        "every pair)."
    )  # and the report does not say that it cannot say why Boris lost his seat


def test_no_cause_comes_after_its_effect_or_cannot_bring_it_about(case):
    """The doubters lose power at the third meeting, the rulers and they part at the fourth."""
    speaks, apart = np.zeros((3, 4, 3), int), np.tile([0, 1, 0], (3, 4, 1))
    speaks[:, 3, 2], apart[:, 3] = 1, [0, 1, 2]
    comparison = case(ARMY, there={"open": speaks, "alliance": apart})
    late = Response("parted", ("rulers", "doubters"), "fourth", True, 1.0, 1.0)
    voice = Response("open", ("doubters",), "second", True, 1.0, 1.0)
    ruled = Finding("ruling", ("doubters",), "probability", "third", 1.0, 0.0, 0.01, (1.0, 1.0), "third", False, False)
    seat = replace(ruled, kind="politburo", who=("clara",))
    assert not leads_to(comparison, late, (ruled,))  # a meeting too late
    assert not leads_to(comparison, voice, (ruled,))  # nobody loses power by speaking out
    assert leads_to(comparison, replace(late, meeting="third"), (ruled,))
    assert leads_to(comparison, replace(late, meeting="third"), (seat,)) and leads_to(comparison, voice, (seat,))
    assert not leads_to(comparison, replace(voice, more=False), (seat,))  # silence costs nobody his seat
    assert not leads_to(comparison, replace(voice, who=("rebels",)), (seat,))


def test_whom_the_change_itself_puts_out_of_power_is_no_answer(case):
    apart = np.tile([0, 1, 0], (3, 4, 1))
    apart[:, 2] = [0, 1, 2]  # for as long as the change holds
    comparison = case(APART, there={"alliance": apart})
    assert [group[0].kind for group in comparison.findings.changed] == ["ruling"]
    assert told_first(comparison) == (
        "Nothing changes but what the change itself brings about. The change itself kept the rulers and the doubters "
        "apart and put the doubters out of power."
    )


def test_who_has_not_been_struck_with_the_change_is_not_said_to_hold_out(case):
    out, given_in = np.tile([0, 1, 0, 1, 0], (3, 4, 1)), np.zeros((3, 4, 5), int)
    out[:, 1:, 2], given_in[:, 2:, 2] = 3, 1  # without the change Boris is expelled, and gives in a meeting later
    spared = case(ARMY, {"standing": out, "surrendered": given_in})
    assert kinds_begun(spared) == set()
    steadfast = case(ARMY, {"standing": out, "surrendered": given_in}, {"standing": out})
    assert kinds_begun(steadfast) == {"capitulated"}


def kinds_begun(comparison):
    return {row.response.kind for phase in begin(comparison.factual, comparison.counterfactual) for row in phase}


def test_what_really_happened_stands_beside_the_numbers(case):
    comparison = case(ARMY, there={"standing": _seatless(slice(None), 1)})
    (table,) = outcomes(comparison)
    column = dict(zip((row[0] for row in table.rows), (row[3] for row in table.rows), strict=True))
    assert table.headings[3] == "documented"
    assert column["boris in the Politburo"] == "no, since September 1925 (towards)"
    seated = case(ARMY, {"standing": _seatless(slice(None), 1)})
    assert "no, since September 1925 (away)" in {row[3] for row in outcomes(seated)[0].rows}


def _seatless(world, meeting):
    """Standing in which Boris has lost his seat in one kind of world from a meeting on."""
    standing = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    standing[world, meeting:, 2] = 1
    return standing


def test_the_life_of_the_one_who_is_kept_alive_is_no_answer(case):
    dead = np.ones((3, 4, 5), int)
    dead[:, 3, 4] = -1
    gone = np.tile([0, 1, 0], (3, 4, 1))
    gone[:, 3, 2] = -1
    comparison = case(WELL, here={"activity": dead, "alliance": gone})
    assert comparison.contrasts and {"politburo:clara", "party:clara", "ruling:doubters"} <= comparison.findings.given
    assert headline(comparison) == "Nothing changes."


def test_those_kept_apart_do_not_answer_that_they_are_apart(case):
    apart = np.tile([0, 1, 0], (3, 4, 1))
    apart[:, 2] = [0, 1, 2]
    comparison = case(APART, there={"alliance": apart}, asked=["allied:rulers+doubters@third"])
    assert comparison.findings.given == {"allied:rulers+doubters@third", "break:rulers+doubters"}
    assert [group[0].kind for group in comparison.findings.changed] == ["ruling"]  # the doubters are out of power


def test_who_takes_the_seat_that_the_change_empties_is_no_answer(case):
    seats = np.tile([0, 0, 1, 1, 0], (3, 4, 1))  # Boris gives way to Alexei
    comparison = case(SEAT, there={"standing": seats}, asked=["politburo:boris"])
    assert comparison.findings.changed == () and "politburo:boris" in comparison.findings.given


def test_a_slight_difference_of_what_was_asked_for_is_told_as_what_stays(case):
    out = np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    here, there = {"standing": out, "times": 200}, {"standing": out.copy(), "times": 200}
    comparison = case(ARMY, here, there, asked=["politburo:boris"])
    comparison.counterfactual["standing"][:18, :, 2] = 1  # in 18 pairs of 600
    (row,) = contrasts(comparison, ["politburo:boris"])
    assert row.clear
    found = find(comparison.factual, comparison.counterfactual, comparison.paths.ancestor, [row], ["politburo:boris"])
    assert found.changed == () and [each.kind for each in found.same] == ["politburo"]


def contrasts(comparison, names):
    """The contrasts of these outcomes, judged anew."""
    for outcome in find_outcomes(comparison.base, names):
        yield contrast(outcome, comparison.factual, comparison.counterfactual, outcome, comparison.paths.ancestor)


STATES = st.fixed_dictionaries(
    {
        "ruling": st.lists(st.sampled_from([0, 1]), min_size=12, max_size=12),
        "open": st.lists(st.sampled_from([0, 1]), min_size=36, max_size=36),
        "standing": st.lists(st.integers(0, 3), min_size=60, max_size=60),
    }
)
SHAPES = {"ruling": (3, 4), "open": (3, 4, 3), "standing": (3, 4, 5)}
CHANGES = {"army": ARMY, "quiet": QUIET, "well": WELL, "apart": APART}


@given(here=STATES, there=STATES, name=st.sampled_from([*CHANGES]), times=st.integers(1, 60))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sentence_is_made_of_nothing_and_none_of_what_is_given(
    toy, changed, handmade, compared, here, there, name, times
):
    other = changed(CHANGES[name], f"{name}.toml")
    sides = [
        handmade(scenario, times, **{key: np.reshape(values, SHAPES[key]) for key, values in arrays.items()})
        for scenario, arrays in ((toy, here), (other, there))
    ]
    comparison = compared(*sides)
    imposed = Given(toy, other)
    for group in told(comparison.findings.changed):
        for finding in group:
            assert rounded(finding.before, finding.unit) != rounded(finding.after, finding.unit)
            assert finding.error is not None and abs(finding.difference) > 2 * finding.error
            assert not imposed.outcome(
                f"{finding.kind}:{'+'.join(finding.who)}@{finding.meeting}" if finding.who else finding.kind
            )


@pytest.mark.parametrize(("nats", "warned"), [(math.log(900.0), False), (math.log(1100.0), True), (None, False)])
def test_what_the_model_hardly_ever_does_by_itself_is_warned_of(nats, warned):
    said = far_fetched(Cost(nats, False, 2, 0))
    assert bool(said) is warned
    assert not warned or said == (
        "without being forced the model takes the 2 decisions that the change imposes in about one world in 1,100: "
        "read the answer with caution"
    )


def test_a_bloc_that_has_nobody_left_parts_from_nobody(case):
    allied, gone = np.tile([0, 1, 0], (3, 4, 1)), np.tile([0, 1, 0], (3, 4, 1))
    gone[:, 2:] = [0, 1, -1]  # the doubters have nobody left, and before they stood with the rulers
    kinds = {
        row.kind for phase in case(ARMY, {"alliance": gone}, {"alliance": allied}).findings.responses for row in phase
    }
    assert "parted" not in kinds
    gone[:, 2:] = [0, 1, 2]
    kinds = {
        row.kind for phase in case(ARMY, {"alliance": gone}, {"alliance": allied}).findings.responses for row in phase
    }
    assert "parted" in kinds
