"""How far an answer holds: variations, one step, verdicts, and a reading that turns the answer round."""

from __future__ import annotations

import datetime as dt

import pytest

from factions.counterfactual.compare import Comparer
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.judged import judged_inputs, step
from factions.counterfactual.lost import lost_events
from factions.counterfactual.pairs import Pairs
from factions.counterfactual.robust import Answer, robust, verdict
from factions.counterfactual.variations import Question, variations
from factions.draws import find_draws
from factions.errors import UsageError
from factions.scenario import load
from factions.scenario.read import altered, read

# At the only meeting whoever has most influence rules: anna 8 and her comrade carl 3, against boris 9.  Carl's
# allegiance is contested: in the other reading he is with boris.  The change takes carl away.
TURNED = """\
title = "Whose man is Carl?"
start = 1924-01-01
end = 1924-12-31
[readings]
carl = "anna"
[[issues]]
id = "tempo"
[[blocs]]
id = "old"
chief = "anna"
[[blocs]]
id = "new"
chief = "boris"
[[leaders]]
id = "anna"
bloc = "old"
prestige = 8
standing = "politburo"
ideal_point = { tempo = 1.0 }
[[leaders]]
id = "boris"
bloc = "new"
prestige = 9
standing = "politburo"
ideal_point = { tempo = -1.0 }
confidence = "low"
[[leaders]]
id = "carl"
bloc = "old"
prestige = 3
standing = "politburo"
ideal_point = { tempo = 0.5 }
[[ties]]
blocs = ["old", "new"]
trust = -0.5
[[meeting_kinds]]
id = "talk"
electorate = "central_committee"
[[meetings]]
id = "spring"
kind = "talk"
date = 1924-03-01
[[meetings]]
id = "autumn"
kind = "talk"
date = 1924-09-01
[[meetings]]
id = "winter"
kind = "talk"
date = 1924-12-01
[mechanisms]
bargaining = false
loyalty = false
sanctions = false
[contested.carl]
question = "Whose man is Carl?"
[contested.carl.options.anna]
text = "Anna's."
[contested.carl.options.boris]
text = "Boris's."
[[contested.carl.options.boris.leaders]]
id = "carl"
bloc = "new"
[[contested.carl.options.boris.leaders]]
id = "boris"
prestige = 7
"""

GONE = """\
extends = "turned.toml"
title = "Carl dies"
question = "Who rules without Carl?"
[[changes]]
kind = "death"
leader = "carl"
date = 1924-08-25
"""


@pytest.fixture
def question(write):
    write(TURNED, "turned.toml")
    return Question.of(write(GONE, "gone.toml"), "default", Condition.branch, 0)


def test_a_reading_turns_the_answer_round(question):
    """Carl is the majority of whoever has him: 8 + 3 against 9 without the change, 8 against 7 + 3 in the reading."""
    found = robust(question, 60, ["ruling:old"])
    reference = found.of("ruling:old")[0]
    assert (reference.baseline, reference.counterfactual, reference.difference) == (1.0, 0.0, -1.0)
    answers = {each.name: (each.difference, said) for each, said in found.verdicts("ruling:old")}
    assert answers["reading:carl=boris"] == (1.0, "reversed")
    for name in ("condition:none", "condition:record", "seed:1", "seed:2", "date:earlier", "date:later"):
        assert answers[name] == (-1.0, "same")


def test_a_judged_number_one_step_away(question):
    """Steps between prestige 3, 8 and 9 are 1 and 5: Carl at 2 or 4 instead of 3 is the majority all the same."""
    found = robust(question, 60, ["ruling:old"])
    moved = {
        each.name: (each.difference, said) for each, said in found.verdicts("ruling:old") if "prestige" in each.name
    }
    assert moved == {f"input:leaders.carl.prestige={value}": (-1.0, "same") for value in (2, 4)}


def test_the_judged_numbers_are_those_of_whom_the_change_names(question, write):
    base, other = question.base.scenario, question.other.scenario
    assert {each.name for each in judged_inputs(base, other)} == {
        "leaders.carl.ideal_point.tempo",
        "leaders.carl.prestige",
    }
    apart = GONE.split("[[changes]]")[0] + (
        '[[changes]]\nkind = "alliance"\nblocs = ["old", "new"]\nstand = "apart"\nat = "autumn"\n'
    )
    found = {each.name: each for each in judged_inputs(base, load(write(apart, "apart.toml")))}
    assert {name.split(".")[1] for name in found} == {"anna", "boris", "old+new"}
    friends = '[[personal_ties]]\nleaders = ["boris", "anna"]\ntrust = 1.0\nconfidence = "medium"\n'
    base = load(write(TURNED + friends, "friends.toml"))
    (tie,) = [each for each in judged_inputs(base, load(write(apart, "apart.toml"))) if "personal" in each.name]
    assert (tie.name, tie.values, tie.confidence) == ("personal_ties.boris+anna.trust", (0.0,), "medium")
    # Trust is coded -0.5 or (pairs that are not named) 0; positions 1.0, 0.5, -1.0 are 0.5 and 1.5 apart.
    assert found["ties.old+new.trust"].values == (-1.0, 0.0)
    assert found["leaders.anna.ideal_point.tempo"].values == (0.5,)
    assert found["leaders.boris.ideal_point.tempo"].confidence == "low"


@pytest.mark.parametrize(
    ("values", "size"), [([0.0, 0.5, -0.5, 0.5], 0.5), ([1, 2, 2.5, 9], 1.0), ([3.0, 3.0], 0.0), ([], 0.0)]
)
def test_a_step_is_the_usual_distance_between_codes(values, size):
    assert step(values) == size


def test_the_change_a_meeting_earlier_and_later(question):
    """A week before the autumn meeting becomes a week before another one."""
    found = {each.name: each for each in variations(question) if each.kind == "date"}
    days = {name: each.other.changes[0].date for name, each in found.items()}
    assert days == {"date:earlier": dt.date(1924, 2, 23), "date:later": dt.date(1924, 11, 24)}
    assert found["date:later"].text == "the change a meeting later (24 November 1924; first felt at winter)"
    assert found["date:earlier"].text == "the change a meeting earlier (23 February 1924; first felt at spring)"


def test_where_the_rest_of_the_file_is_felt_first_the_date_does_not_matter_there(write):
    write(TURNED + '[[events]]\nid = "alarm"\nkind = "threat"\nby = 1.0\ndate = 1924-02-01\n', "turned.toml")
    path = write(GONE + '[[changes]]\nkind = "cancel"\nevents = ["alarm"]\n', "calm.toml")
    found = variations(Question.of(path, "default", Condition.none, 0))
    later = next(each for each in found if each.name == "date:later")
    assert later.text == "the change a meeting later (24 November 1924; first felt at spring, as it stands)"


def test_another_does_what_a_dead_man_would_have_done(write):
    deed = 'kind = "policy_shift"\nagent = "carl"\nleader = "carl"\nissue = "tempo"\nto = 1.0\n'
    write(TURNED + f'[[events]]\nid = "speech"\ndate = 1924-10-01\n{deed}', "turned.toml")
    found = variations(Question.of(write(GONE, "gone.toml"), "default", Condition.none, 0))
    (deeds,) = (each for each in found if each.kind == "deed")
    assert deeds.text.endswith("does what carl would have done")
    (event,) = (event for event in deeds.other.events if event.id == "speech")
    assert event.agent == event.leader != "carl"
    assert lost_events(deeds.base, deeds.other) == []


@pytest.mark.parametrize(
    ("change", "earlier", "later"),
    [
        ('kind = "stance"\nbloc = "new"\nto = "open"\nat = "spring"\n', None, "autumn"),
        ('kind = "stance"\nbloc = "new"\nto = "open"\nat = "winter"\n', "autumn", None),
    ],
)
def test_what_cannot_be_moved_is_not_asked_and_says_why(write, change, earlier, later):
    write(TURNED, "turned.toml")
    path = write(GONE.split("[[changes]]")[0] + "[[changes]]\n" + change, "moved.toml")
    found = [each for each in variations(Question.of(path, "default", Condition.none, 0)) if each.kind == "date"]
    assert [None if each.problem else each.other.changes[0].at for each in found] == [earlier, later]
    assert "there is no meeting" in next(each.problem for each in found if each.problem)
    answers = robust(Question.of(path, "default", Condition.none, 0), 20, ["open:new"]).verdicts("open:new")
    assert [said for each, said in answers if each.kind == "date"].count("not asked") == 1


def test_what_is_not_sound_elsewhere_is_not_asked(write):
    """A death a meeting later than one that the file has: there the leader is dead already."""
    write(TURNED + '[[events]]\nid = "dies"\nkind = "death"\nleader = "carl"\ndate = 1924-10-01\n', "turned.toml")
    path = write(GONE, "gone.toml")
    later = [each for each in variations(Question.of(path, "default", Condition.none, 0)) if each.name == "date:later"]
    assert [bool(each.problem) for each in later] == [True]


def test_a_file_without_a_date_or_a_posterior_has_neither_variation(write):
    write(TURNED, "turned.toml")
    path = write(GONE.split("[[changes]]")[0] + "[mechanisms]\nsafety = false\n", "rule.toml")
    kinds = {each.kind for each in variations(Question.of(path, "default", Condition.none, 0), ["precision"])}
    assert kinds == {"condition", "seed", "reading"}


def test_the_posterior_is_halved_by_what_tells_most(question):
    draws = find_draws(question.base.scenario, "default")
    values = draws.values.repeat(40)
    values["voice_mass"] = [0.1 * (k % 10) for k in range(40)]
    asked = Question(question.base, question.other, type(draws)(values, "test"), Condition.none, 0)
    parts = {each.name: each.draws.values["voice_mass"] for each in variations(asked, ["voice_mass"])}
    small, large = parts["draws:voice_mass=small"], parts["draws:voice_mass=large"]
    assert (len(small), len(large)) == (20, 20) and small.max() < large.min()
    assert len(parts["draws:point"]) == 1


def answer(difference: float | None, error: float = 0.05) -> Answer:
    return Answer("seed", "seed:1", "seed 1", "with seed 1", "x", 0.5, 0.5, difference, error)


@pytest.mark.parametrize(
    ("reference", "other", "said"),
    [
        (0.5, 0.6, "same"),  # 0.1 apart; two errors of both are 2 * 0.0707 = 0.141
        (0.5, 0.65, "stronger"),
        (5.0, 5.4, "same"),  # clear, but less than a tenth of the answer
        (0.5, 0.35, "weaker"),
        (-0.5, -0.35, "weaker"),
        (0.5, 0.05, "gone"),
        (0.15, 0.05, "unsure"),
        (0.5, -0.5, "reversed"),
        (0.05, 0.3, "appears"),
        (0.05, -0.05, "same"),
        (0.5, None, "not asked"),
    ],
)
def test_verdicts(reference, other, said):
    assert verdict(answer(reference), answer(other)) == said


def test_the_pairs_are_those_of_a_comparison(toy, changed):
    """The same worlds, with and without, under every condition."""
    other = changed('[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "quiet"\nat = "third"')
    draws = find_draws(toy, "default")
    for condition in Condition:
        compared = Comparer(toy, draws, 40, 5, condition).compare(other, ["ruling:rulers"], tell=False)
        pairs = Pairs.of(toy, other, draws, 40, 5, condition)
        assert (pairs.here.luck == compared.paths.luck).all()
        for mine, theirs in zip(pairs.run(), (compared.factual, compared.counterfactual), strict=True):
            assert all((mine[name] == theirs[name]).all() for name in ("alliance", "open", "standing"))


def test_another_reading_is_the_one_that_load_gives(write):
    path = write(TURNED, "turned.toml")
    assert read(path).switched("carl", "boris") == load(path, {"carl": "boris"})


def test_another_value_is_the_one_that_a_file_would_give(write):
    path = write(TURNED, "turned.toml")
    changed = altered(read(path), {("ties", 0, "trust"): 0.25})
    assert changed.ties[0].trust == 0.25
    other = load(write(TURNED.replace("trust = -0.5", "trust = 0.25"), "other.toml"))
    assert changed.digest == other.digest


def test_a_file_that_extends_none_is_refused(write):
    with pytest.raises(UsageError, match="extends no other file, so that nothing is changed in it"):
        Question.of(write(TURNED, "turned.toml"), "default", Condition.branch, 0)
