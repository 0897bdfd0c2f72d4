"""Contested facts: the option in force is a patch."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factions.errors import ScenarioErrors, UsageError
from factions.scenario import load
from factions.scenario.layers.files import chain
from factions.scenario.layers.readings import Readings
from factions.scenario.plan.happenings import events_left
from factions.scenario.read import read
from factions.scenario.text.problems import Problems

CONTESTED = """
[readings]
vote = "close"

[contested.vote]
question = "How close was it?"
[contested.vote.options.close]
text = "Nearly even."
[[contested.vote.options.close.leaders]]
id = "trotsky"
prestige = 20
[contested.vote.options.clear]
text = "Not close at all."
remove = ["events.harvest"]
[[contested.vote.options.clear.leaders]]
id = "trotsky"
prestige = 5
[[contested.vote.options.clear.leaders]]
id = "stalin"
prestige = 6
"""


@pytest.fixture
def file(minimal, write):
    return write(minimal + CONTESTED, "base.toml")


def prestige(scenario) -> list[float]:
    return [leader.prestige for leader in scenario.leaders]


def test_the_option_in_force_is_applied(file):
    scenario = load(file)
    assert prestige(scenario) == [20.0, 3.0]
    assert scenario.contested["vote"].options["clear"].text == "Not close at all."


def test_a_derived_file_switches_the_reading(file, write):
    scenario = load(write('extends = "base.toml"\n[readings]\nvote = "clear"\n', "derived.toml"))
    assert prestige(scenario) == [5.0, 6.0]
    assert scenario.events == ()


def test_the_caller_switches_the_reading(file):
    scenario = load(file, readings={"vote": "clear"})
    assert prestige(scenario) == [5.0, 6.0]
    assert scenario.readings == {"vote": "clear"}


def test_a_derived_value_lies_over_the_patch_of_its_base(file, write):
    scenario = load(write('extends = "base.toml"\n[[leaders]]\nid = "trotsky"\nprestige = 1\n', "derived.toml"))
    assert prestige(scenario) == [1.0, 3.0]


def test_a_derived_file_may_add_an_option(file, write):
    text = (
        'extends = "base.toml"\n[readings]\nvote = "lost"\n[contested.vote.options.lost]\ntext = "No."\n'
        '[[contested.vote.options.lost.leaders]]\nid = "trotsky"\nprestige = 0\n'
    )
    assert prestige(load(write(text, "derived.toml"))) == [0.0, 3.0]


def test_an_option_that_is_not_in_force_must_be_sound_too(minimal, write):
    text = minimal + CONTESTED.replace("prestige = 6", "prestige = -6")
    with pytest.raises(ScenarioErrors) as caught:
        load(write(text))
    (error,) = caught.value.errors
    assert text.split("\n")[error.line - 1] == "prestige = -6"
    assert 'under the reading vote = "clear"' in error.problem


def test_an_error_outside_the_options_is_reported_once(minimal, write):
    with pytest.raises(ScenarioErrors) as caught:
        load(write(minimal.replace("machine = 5.0", "machine = -5.0") + CONTESTED))
    (error,) = caught.value.errors
    assert error.problem == "is below 0"


def test_an_unknown_key_of_an_option_is_found(minimal, write):
    with pytest.raises(ScenarioErrors) as caught:
        load(write(minimal + CONTESTED.replace("options.close.leaders", "options.close.leader")))
    (error,) = caught.value.errors
    assert error.key == "contested.vote.options.close.leader"
    assert '"leaders"' in error.remedy


@pytest.mark.parametrize(("fact", "option", "near"), [("vot", "close", "vote"), ("vote", "closed", "close")])
def test_a_caller_who_names_what_is_not_there_is_told(file, fact, option, near):
    with pytest.raises(UsageError) as caught:
        load(file, readings={fact: option})
    assert near in caught.value.remedy


PATCHES = [
    '[[{}.leaders]]\nid = "trotsky"\nprestige = {}\n',
    '[[{}.leaders]]\nid = "stalin"\nprestige = {}\n',
    '[[{}.ties]]\nblocs = ["centre", "left"]\ntrust = 0.{}\n',
    '[[{}.events]]\nid = "new"\ndate = 1924-03-0{}\nkind = "threat"\nby = 0.5\n',
    "[{}.mechanisms]\npatronage = false\n# {}\n",
    "",
]
REMOVALS = ["", 'remove = ["events.harvest"]\n', 'remove = ["offices.army.holder"]\n', 'remove = ["record"]\n']
PATCH = st.tuples(st.lists(st.sampled_from(PATCHES), max_size=3, unique=True), st.sampled_from(REMOVALS))


def facts(patches) -> str:
    """Facts of two options each, of which the first is in force."""
    written = []
    for fact, options in enumerate(patches):
        written.append(f'[contested.f{fact}]\nquestion = "?"\n')
        for name, (patch, removal) in zip("ab", options, strict=True):
            key = f"contested.f{fact}.options.{name}"
            written.append(f'[{key}]\ntext = "t"\n{removal}')
            written += [part.format(key, 1 + fact * 2 + (name == "b")) for part in patch]
    return "[readings]\n" + "".join(f'f{fact} = "a"\n' for fact in range(len(patches))) + "".join(written)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(patches=st.lists(st.tuples(PATCH, PATCH), min_size=1, max_size=3), above=st.sampled_from(PATCHES[:4]))
def test_an_option_is_examined_in_the_tree_that_it_would_make(patches, above, minimal, write):
    """The trees that are checked are those that a reader gets who switches the reading."""
    write(minimal + facts(patches), "base.toml")
    layers = chain(write('extends = "base.toml"\n' + above.replace("{}.", "").replace("{}", "9"), "derived.toml"))
    _, others = Readings(layers, {}).merged(Problems())
    for other in others:
        switched, _ = Readings(layers, {other.fact: other.option}).merged(Problems())
        assert plain(other.version.tree) == plain(switched.tree)
        assert other.version.removed == switched.removed
    says_something = {f"f{fact}" for fact, options in enumerate(patches) if any(r or any(p) for p, r in options)}
    assert {other.fact for other in others} == says_something


def plain(tree) -> dict:
    return {key: node.plain() for key, node in tree.items() if key != "readings"}


CANCEL = '[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n'


def test_an_event_that_only_another_reading_has_may_be_cancelled_and_that_is_nothing(file, write):
    what_if = write(f'extends = "base.toml"\n{CANCEL}', "what_if.toml")
    assert read(what_if).cautions == ()  # it is there, and is cancelled
    (caution,) = read(what_if, {"vote": "clear"}).cautions
    said = 'harvest is an event only under the reading vote = "close"; there is nothing to cancel'
    assert str(caution.warning).endswith(f"changes.1: warning: {said}")
    without, with_it = (load(path, readings={"vote": "clear"}) for path in (file, what_if))
    assert events_left(without) == events_left(with_it) == []


def test_an_event_that_one_option_adds_may_be_cancelled_where_it_is_not_in_force(minimal, write):
    added = (
        '\n[contested.vote.options.clear]\ntext = "Clear."\n[[contested.vote.options.clear.events]]\n'
        'id = "strike"\ndate = 1924-10-01\nkind = "threat"\nby = 1.0\n'
    )
    facts = '\n[readings]\nvote = "close"\n[contested.vote]\nquestion = "How?"\n'
    facts += '[contested.vote.options.close]\ntext = "Close."\n'
    write(minimal + facts + added, "base.toml")
    what_if = write(f'extends = "base.toml"\n{CANCEL.replace("harvest", "strike")}', "what_if.toml")
    assert 'strike is an event only under the reading vote = "clear"' in str(read(what_if).cautions[0])
    assert read(what_if, {"vote": "clear"}).cautions == ()


def test_what_no_reading_has_cannot_be_cancelled(minimal, write):
    write(minimal, "base.toml")
    with pytest.raises(ScenarioErrors, match="unknown event"):
        load(write(f'extends = "base.toml"\nremove = ["events.harvest"]\n{CANCEL}', "removed.toml"))
    with pytest.raises(ScenarioErrors, match="unknown event"):
        load(write(f'extends = "base.toml"\n{CANCEL.replace("harvest", "harvst")}', "misspelt.toml"))


def test_an_event_that_another_reading_lacks_cannot_be_moved(file, write):
    moved = '[[changes]]\nkind = "move"\nevent = "harvest"\ndate = 1924-11-01\n'
    with pytest.raises(ScenarioErrors, match='unknown event under the reading vote = "clear"'):
        load(write(f'extends = "base.toml"\n{moved}', "moved.toml"))
