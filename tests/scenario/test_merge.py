"""How a file that extends another changes it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factions.errors import ScenarioErrors
from factions.scenario import load
from factions.scenario.content.schema import PROVENANCE


@pytest.fixture
def derived(minimal, write):
    """derived(text): the path of a file that extends the minimal scenario."""

    def _derived(text: str):
        write(minimal, "base.toml")
        return write('extends = "base.toml"\n' + text, "derived.toml")

    return _derived


def by_id(entries, name):
    return next(entry for entry in entries if entry.id == name)


def test_an_empty_derived_file_changes_nothing(minimal, write, derived):
    path = derived("")
    scenario, base = load(path), load(write(minimal, "base.toml"))
    assert scenario.digest == base.digest
    assert scenario.model_dump(exclude=PROVENANCE) == base.model_dump(exclude=PROVENANCE)
    assert [file.name for file in scenario.files] == ["base.toml", "derived.toml"]
    assert scenario.path == path


def test_a_known_id_replaces_only_the_fields_that_are_given(derived):
    trotsky = by_id(load(derived('[[leaders]]\nid = "trotsky"\nprestige = 4\n')).leaders, "trotsky")
    assert trotsky.prestige == 4
    assert trotsky.bloc == "left"
    assert trotsky.ideal_point == {"tempo": -1.0}


def test_a_new_id_adds_an_entry(derived):
    text = '[[leaders]]\nid = "rakovsky"\nprestige = 1\nstanding = "exiled"\nideal_point = { tempo = -1 }\n'
    assert [leader.id for leader in load(derived(text)).leaders] == ["trotsky", "stalin", "rakovsky"]


def test_an_inline_table_merges_key_by_key(derived):
    text = '[[issues]]\nid = "regime"\n' + "".join(
        f'[[leaders]]\nid = "{name}"\nideal_point = {{ regime = {value} }}\n'
        for name, value in (("trotsky", -1), ("stalin", 1))
    )
    scenario = load(derived(text))
    assert by_id(scenario.leaders, "stalin").ideal_point == {"tempo": 0.25, "regime": 1.0}


def test_ties_are_told_apart_by_their_blocs_in_any_order(derived):
    (tie,) = load(derived('[[ties]]\nblocs = ["centre", "left"]\ntrust = 0.75\n')).ties
    assert tie.trust == 0.75


def test_a_list_is_replaced_as_a_whole(derived):
    scenario = load(derived('[[meeting_kinds]]\nid = "congress"\nrungs = ["exile"]\n'))
    assert scenario.meeting_kinds[0].rungs == ("exile",)


def test_tables_merge_and_scalars_replace(derived):
    scenario = load(derived('title = "Other"\n[sources.other]\ntext = "Another book"\n'))
    assert scenario.title == "Other"
    assert set(scenario.sources) == {"book", "other"}


def test_remove_takes_out_an_entry(derived):
    assert load(derived('remove = ["events.harvest", "ties.left+centre"]\n')).events == ()


def test_remove_takes_out_a_field(derived):
    scenario = load(derived('remove = ["offices.army.holder"]\n'))
    assert by_id(scenario.offices, "army").holder is None


def test_remove_takes_out_a_whole_table(derived):
    assert load(derived('remove = ["record"]\n')).record == ()


def test_positions_go_with_a_removed_issue(derived):
    scenario = load(derived('remove = ["issues.tempo", "events.harvest"]\n'))
    assert [leader.ideal_point for leader in scenario.leaders] == [{}, {}]


def test_what_is_removed_may_be_written_anew(derived):
    text = 'remove = ["offices.army"]\n[[offices]]\nid = "army"\nmachine = 1\n'
    assert by_id(load(derived(text)).offices, "army").holder is None


def test_removing_what_is_not_there_is_an_error(derived):
    with pytest.raises(ScenarioErrors) as caught:
        load(derived('remove = ["events.harvset"]\n'))
    (error,) = caught.value.errors
    assert (error.line, error.column) == (2, 11)
    assert "events.harvest" in error.remedy


def test_a_dangling_reference_names_the_removal(derived):
    path = derived('\nremove = ["meetings.second"]\n')
    with pytest.raises(ScenarioErrors) as caught:
        load(path)
    (error,) = caught.value.errors
    assert error.path.name == "base.toml"
    assert error.key == "record.army_lost.at"
    assert f"{path}:3 removes it" in error.remedy


def test_a_moved_meeting_finds_its_place_in_time(derived):
    text = '[[meetings]]\nid = "second"\ndate = 1924-01-01\n'
    text += '[[meetings]]\nid = "between"\nkind = "congress"\ndate = 1924-03-01\n'
    scenario = load(derived(text))
    assert [meeting.id for meeting in scenario.meetings] == ["second", "between", "first"]


def test_a_new_kind_of_an_event_keeps_what_still_fits(derived):
    (event,) = load(derived('[[events]]\nid = "harvest"\nkind = "threat"\nby = 1.0\n')).events
    assert (event.kind, event.by, event.date) == ("threat", 1.0, dt.date(1924, 9, 1))


def test_a_field_takes_back_the_one_that_it_excludes(derived):
    text = '[[events]]\nid = "harvest"\nby = -0.25\nleader = "stalin"\n'
    text += '[[record]]\nid = "army_lost"\nbetween = ["first", "second"]\nwhen = "sometime"\n'
    scenario = load(derived(text))
    assert (scenario.events[0].to, scenario.events[0].by) == (None, -0.25)
    assert (scenario.events[0].bloc, scenario.events[0].leader) == (None, "stalin")
    assert (scenario.record[0].at, scenario.record[0].between) == (None, ("first", "second"))


def test_a_change_that_gets_another_time_loses_the_one_it_had(derived, write):
    text = '[[changes]]\nid = "quiet"\nkind = "stance"\nbloc = "left"\nto = "quiet"\n'
    derived(text + "since = 1924-01-01\nuntil = 1924-12-31\n")
    path = write('extends = "derived.toml"\n[[changes]]\nid = "quiet"\nat = "second"\n', "again.toml")
    (change,) = load(path).changes
    assert (change.at, change.since, change.until) == ("second", None, None)


def test_entries_without_an_id_are_removed_by_their_number(derived, write):
    text = "".join(
        f'[[changes]]\nkind = "stance"\nbloc = "{bloc}"\nto = "quiet"\nat = "first"\n' for bloc in ("left", "centre")
    )
    derived(text)
    path = write('extends = "derived.toml"\nremove = ["changes.1"]\n', "again.toml")
    assert [change.bloc for change in load(path).changes] == ["centre"]


def test_a_counterfactual_may_dictate(derived):
    text = '[[events]]\nid = "sacked"\ndate = 1924-10-01\nkind = "appointment"\noffice = "army"\nleader = ""\n'
    assert by_id(load(derived(text)).events, "sacked").leader == ""


def test_an_error_names_the_file_in_which_the_value_was_written(minimal, write):
    write(minimal.replace("machine = 5.0", "machine = -5.0"), "base.toml")
    path = write('extends = "base.toml"\n[[leaders]]\nid = "stalin"\nprestige = -1\n', "derived.toml")
    with pytest.raises(ScenarioErrors) as caught:
        load(path)
    places = [(error.path.name, error.line, error.column) for error in caught.value.errors]
    assert places == [("derived.toml", 4, 12), ("base.toml", 40, 11)]


def test_a_field_missing_from_an_entry_is_reported_where_the_entry_was_written(minimal, write):
    write(minimal.replace("machine = 5.0\n", ""), "base.toml")
    path = write('extends = "base.toml"\n[[offices]]\nid = "secretariat"\nname = "S"\n', "derived.toml")
    with pytest.raises(ScenarioErrors) as caught:
        load(path)
    (error,) = caught.value.errors
    assert (error.path.name, error.line, error.column) == ("base.toml", 37, 1)


def test_a_chain_of_three_files(minimal, write, tmp_path):
    write(minimal, "base.toml")
    write('extends = "base.toml"\ntitle = "two"\n[[leaders]]\nid = "stalin"\nprestige = 2\n', "two.toml")
    (tmp_path / "deep").mkdir()
    path = write('extends = "../two.toml"\n[[leaders]]\nid = "stalin"\nactive = false\n', "deep/three.toml")
    scenario = load(path)
    stalin = by_id(scenario.leaders, "stalin")
    assert (scenario.title, stalin.prestige, stalin.active) == ("two", 2.0, False)


def test_a_circle_of_files_names_the_chain(write):
    write('extends = "b.toml"\ntitle = "a"\n', "a.toml")
    b = write('title = "b"\nextends = "a.toml"\n', "b.toml")
    with pytest.raises(ScenarioErrors) as caught:
        load(b.parent / "a.toml")
    (error,) = caught.value.errors
    assert (error.path, error.line, error.column) == (b, 2, 11)
    assert "a.toml -> " in error.problem
    assert error.problem.endswith("a.toml")


def test_a_file_that_is_no_scenario_is_named(write):
    write("[tool]\nx = 1\n", "tool.toml")
    path = write('extends = "tool.toml"\n', "derived.toml")
    with pytest.raises(ScenarioErrors, match="names a file that is not a scenario"):
        load(path)


def test_the_digest_ignores_layout_and_sees_every_number(minimal, write):
    digest = load(write(minimal)).digest
    assert load(write("# a remark\n" + minimal.replace("5.0", "5"), "other.toml")).digest == digest
    assert load(write(minimal.replace("trust = -0.5", "trust = -0.50001"))).digest != digest


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(prestige=st.floats(0, 1e6), trust=st.floats(-1, 1))
def test_a_change_in_a_derived_file_equals_the_change_in_the_file_itself(prestige, trust, minimal, write):
    write(minimal, "base.toml")
    text = f'[[leaders]]\nid = "trotsky"\nprestige = {prestige!r}\n'
    text += f'[[ties]]\nblocs = ["centre", "left"]\ntrust = {trust!r}\n'
    changed = load(write('extends = "base.toml"\n' + text, "derived.toml"))
    direct = minimal.replace("prestige = 10\n", f"prestige = {prestige!r}\n").replace(
        "trust = -0.5", f"trust = {trust!r}"
    )
    expected = load(write(direct, "direct.toml"))
    assert changed.leaders == expected.leaders
    assert changed.ties[0].trust == expected.ties[0].trust


FRIENDS = '[[personal_ties]]\nleaders = ["trotsky", "stalin"]\ntrust = -0.5\n'


def test_ties_between_persons_are_known_by_their_leaders(minimal, write, derived):
    write(minimal + FRIENDS, "base.toml")
    path = write(
        'extends = "base.toml"\n'
        + FRIENDS.replace("-0.5", "0.25").replace('"trotsky", "stalin"', '"stalin", "trotsky"'),
        "derived.toml",
    )
    assert [(tie.leaders, tie.trust) for tie in load(path).personal_ties] == [(("stalin", "trotsky"), 0.25)]
    path = write('extends = "base.toml"\nremove = ["personal_ties.trotsky+stalin"]\n', "derived.toml")
    assert load(path).personal_ties == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FRIENDS.replace('"stalin"', '"stalinn"'), "personal_ties.stalinn+trotsky.leaders: unknown leader"),
        (FRIENDS.replace('"stalin"', '"trotsky"'), "names a leader twice"),
        (FRIENDS + FRIENDS, "personal_ties.stalin+trotsky.leaders: is already in the list"),
        (FRIENDS.replace("-0.5", "-1.5"), "personal_ties.stalin+trotsky.trust"),
        (FRIENDS.replace("leaders", "blocs"), "personal_ties"),
    ],
)
def test_a_slip_in_a_tie_between_persons_is_refused_at_its_place(minimal, write, text, said):
    with pytest.raises(ScenarioErrors) as caught:
        load(write(minimal + text))
    assert said in str(caught.value) and caught.value.errors[0].line > minimal.count("\n")
