"""Every way in which a scenario can be wrong; `@` in a text marks the place of an error."""

from __future__ import annotations

import datetime as dt
import math
import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from factions.errors import ScenarioError, ScenarioErrors
from factions.parameters import PARAMETERS
from factions.scenario import load
from factions.scenario.checks.explain import explain
from factions.scenario.content.fields import ENTRIES
from factions.scenario.text.problems import MOST_CLOSE, close, suggestion
from factions.vocabulary import MECHANISMS

PREDICATES, KINDS = ENTRIES["record"].models, ENTRIES["events"].models
BOTH = '[contested.vote]\nquestion = "?"\n[contested.vote.options.a]\ntext = "a"\n'

# what is replaced in the minimal scenario ("": the new text goes to the end), new text, key, problem
CASES = {
    "number in quotes": ("prestige = 10\n", 'prestige = @"10"\n', "leaders.trotsky.prestige", "not a number"),
    "true for a number": ("prestige = 10\n", "prestige = @true\n", "leaders.trotsky.prestige", "not a number"),
    "not a number": ("prestige = 10\n", "prestige = @nan\n", "leaders.trotsky.prestige", "finite"),
    "infinite": ("trust = -0.5", "trust = @-inf", "ties.centre+left.trust", "finite"),
    "below": ("prestige = 10\n", "prestige = @-1\n", "leaders.trotsky.prestige", "below 0"),
    "above": ("tempo = -1.0", "tempo = @1.5", "leaders.trotsky.ideal_point.tempo", "above 1"),
    "number for text": ('title = "Two blocs, two meetings"', "title = @3", "title", "not text"),
    "empty text": ('name = "Left"', 'name = @""', "blocs.left.name", "empty"),
    "text for a date": ("start = 1923-10-08", 'start = @"1923-10-08"', "start", "not a date"),
    "time for a date": ("= 1924-05-23", "= @1924-05-23T10:00:00", "meetings.first.date", "not a date"),
    "one for true": ('name = "Tempo"', "regime = @1", "issues.tempo.regime", "neither true nor false"),
    "text for a list": ('["office", "politburo"]', '@"office"', "meeting_kinds.congress.rungs", "not a list"),
    "number for a table": ("{ tempo = -1.0 }", "@0", "leaders.trotsky.ideal_point", "not a table"),
    "unknown word": ('"office", "politburo"', '"office", @"polit"', "meeting_kinds.congress.rungs.2", "not one of"),
    "no id": ('id = "left"\n', 'id = @"Left"\n', "blocs.Left.id", "not a valid id"),
    "no colour": ('name = "Left"', 'colour = @"red"', "blocs.left.colour", "not a colour"),
    "unknown key": ('name = "Left"', '@nam = "Left"', "blocs.left.nam", "unknown key"),
    "unknown key in quotes": ('name = "Left"', '@"two words" = 1', "blocs.left.two words", "unknown key"),
    "unknown key without a name": ('name = "Left"', '@"" = 1', "blocs.left.", "unknown key"),
    "unknown top key": ("", "[[@leader]]\n", "leader", "unknown key"),
    "missing field": ("[[ties]]\nblocs", '@[[ties]]\nnote = "n"\n# blocs', "ties.1", "blocs is missing"),
    "too short": ('blocs = ["left", "centre"]', 'blocs = @["left"]', "ties.left.blocs", "too few elements"),
    "itself": ('blocs = ["left", "centre"]', 'blocs = @["left", "left"]', "ties.left.blocs", "names a bloc twice"),
    "a deputy twice": (
        'holder = "trotsky"',
        'holder = "trotsky"\ndeputies = @["stalin", "stalin"]',
        "offices.army.deputies",
        "one leader twice",
    ),
    "his own deputy": (
        'holder = "trotsky"',
        'holder = "trotsky"\ndeputies = @["trotsky"]',
        "offices.army.deputies",
        "names the holder",
    ),
    "holder before it is created": (
        "",
        '[[events]]\nid = "new"\nkind = "creation"\ndate = 1924-09-01\noffice = @"army"\n',
        "events.new.office",
        "has holder before it is created",
    ),
    "table for a list": ("[[meeting_kinds]]", "@[meeting_kinds]", "meeting_kinds", "not a list of tables"),
    "list for a table": ("", "@[[parameters]]\n", "parameters", "not a table"),
    "closes too early": (
        "date = 1924-05-23",
        "date = 1924-05-23\nuntil = @1924-05-22",
        "meetings.first.until",
        "before it opens",
    ),
    "unknown kind": ('kind = "policy_shift"', 'kind = @"policyshift"', "events.harvest.kind", "unknown kind"),
    "no kind": (
        '[[events]]\nid = "harvest"\ndate = 1924-09-01\nkind = "policy_shift"',
        '@[[events]]\nid = "harvest"\ndate = 1924-09-01',
        "events.harvest",
        "kind is missing",
    ),
    "to and by": ("to = 0.5", "to = 0.5\nby = @0.1", "events.harvest.by", "exclude each other"),
    "neither to nor by": ("[[events]]", "@[[events]]", "events.harvest", "neither to nor by"),
    "at and between": (
        'at = "second"',
        'at = "second"\nbetween = @["first", "second"]',
        "record.army_lost.between",
        "exclude each other",
    ),
    "between without when": (
        'at = "second"',
        'between = @["first", "second"]',
        "record.army_lost.between",
        "without when",
    ),
    "between backwards": (
        'at = "second"',
        'between = @["second", "first"]\nwhen = "never"',
        "record.army_lost.between",
        "not after",
    ),
    "share upside down": ('at = "second"', 'at = "second"\nshare = @[1, 0.5]', "record.army_lost.share", "above"),
    "half a share": ('at = "second"', 'at = "second"\nshare = @[1]', "record.army_lost.share", "too few elements"),
    "unknown chief": ('chief = "stalin"', 'chief = @"stalim"', "blocs.centre.chief", "unknown leader"),
    "chief of another": ('chief = "stalin"', 'chief = @"trotsky"', "blocs.centre.chief", 'belongs to "left"'),
    "unknown appointer": ('by = "secretariat"', 'by = @"x"', "offices.army.appointed_by", "unknown office"),
    "unknown bloc of a tie": ('["left", "centre"]', '["left", @"right"]', "ties.left+right.blocs", "unknown bloc"),
    "unknown meeting kind": (
        '"congress"\ndate = 1924',
        '@"congres"\ndate = 1924',
        "meetings.first.kind",
        "meeting kind",
    ),
    "unknown meeting": ('at = "second"', 'at = @"third"', "record.army_lost.at", "unknown meeting"),
    "unknown issue": ('issue = "tempo"', 'issue = @"pace"', "events.harvest.issue", "unknown issue"),
    "unknown source": ('sources = ["book"]', 'sources = ["book", @"bok"]', "issues.tempo.sources", "unknown source"),
    "position missing": ("{ tempo = -1.0 }", "@{}", "leaders.trotsky.ideal_point", "tempo is missing"),
    "position on nothing": (
        "{ tempo = -1.0 }",
        "{ tempo = -1.0, @pace = 1 }",
        "leaders.trotsky.ideal_point.pace",
        "unknown issue",
    ),
    "duplicate id": ('id = "army"', 'id = @"secretariat"', "offices.secretariat.id", "already"),
    "tie twice": ("", '[[ties]]\nblocs = @["centre", "left"]\ntrust = 0\n', "ties.centre+left.blocs", "already"),
    "bloc in two alliances": (
        "",
        '[[alliances]]\nblocs = ["left", "centre"]\n[[alliances]]\nblocs = [@"left"]\n',
        "alliances.left.blocs",
        "already",
    ),
    "never allies, and is allied": (
        "",
        '[[alliances]]\nblocs = ["left", "centre"]\n[[apart]]\nblocs = ["centre", @"left"]\n',
        "apart.centre+left.blocs",
        "is allied with centre at the start (alliances.centre+left)",
    ),
    "apart from itself": ("", '[[apart]]\nblocs = @["left", "left"]\n', "apart.left.blocs", "a bloc twice"),
    "apart from nobody": ("", '[[apart]]\nblocs = @["left"]\n', "apart.left.blocs", "too few"),
    "no camp": ('title = "Two', 'camps = @0\ntitle = "Two', "camps", "is below 1"),
    "two regimes": ("", "", "issues.b.regime", "is already true for tempo"),
    "meetings out of order": ("date = 1925-12-18", "date = @1924-01-01", "meetings.second.date", "before the meeting"),
    "meeting too late": ("date = 1925-12-18", "date = @1926-01-01", "meetings.second.date", "after end"),
    "when at one meeting": (
        'at = "second"',
        'at = "second"\nwhen = @"never"',
        "record.army_lost.when",
        "no meaning without between",
    ),
    "low above high": (
        "",
        '[[record]]\nid = "v"\ntext = "v"\npredicate = "vote_share"\nat = "first"\nlow = 0.5\nhigh = @0.25\n',
        "record.v.high",
        "above high",
    ),
    "at least above at most": (
        'predicate = "lost"\nleaders = ["trotsky"]\noffice = "army"',
        'predicate = "standing"\nleaders = ["trotsky"]\nat_least = "politburo"\nat_most = @"exiled"',
        "record.army_lost.at_most",
        "above at_most",
    ),
    "bloc twice": ("", '[[alliances]]\nblocs = @["left", "left"]\n', "alliances.left.blocs", "a bloc twice"),
    "rung twice": ('["office", "politburo"]', '@["office", "office"]', "meeting_kinds.congress.rungs", "twice"),
    "two on one day": ("date = 1925-12-18", "date = @1924-05-23", "meetings.second.date", "the day of first"),
    "event too early": ("date = 1924-09-01", "date = @1923-10-07", "events.harvest.date", "before start"),
    "end before start": ("end = 1925-12-31", "end = @1923-10-08", "end", "not after start"),
    "unknown parameter": ("", "[parameters]\n@contst = 2\n", "parameters.contst", "unknown parameter"),
    "parameter out of range": ("", "[parameters]\ncontest = @1e9\n", "parameters.contest", "out of range"),
    "unknown mechanism": ("", "[mechanisms]\n@patronag = false\n", "mechanisms.patronag", "unknown mechanism"),
    "no reading": ("", "@" + BOTH, "contested.vote", "no reading"),
    "unknown option": ("", BOTH + '[readings]\nvote = @"b"\n', "readings.vote", "unknown option"),
    "unknown fact": ("", '[readings]\n@vote = "b"\n', "readings.vote", "unknown contested fact"),
    "outcome dictated": (
        'kind = "policy_shift"\nbloc = "centre"\nissue = "tempo"\nto = 0.5',
        'kind = @"standing"\nleader = "stalin"\nto = "expelled"',
        "events.harvest.kind",
        "dictates an outcome",
    ),
    "unknown outcome": (
        'title = "Two blocs, two meetings"',
        'title = "T"\noutcomes = ["distance", @"rulling:left"]',
        "outcomes.2",
        'unknown kind of outcome "rulling"',
    ),
    "outcome of nobody": (
        'title = "Two blocs, two meetings"',
        'title = "T"\noutcomes = [@"holds:stalin+navy@second"]',
        "outcomes.1",
        'unknown office "navy"',
    ),
    "outcome at no meeting": (
        'title = "Two blocs, two meetings"',
        'title = "T"\noutcomes = [@"party:stalin@third"]',
        "outcomes.1",
        'unknown meeting "third"',
    ),
    "outcome of too few": (
        'title = "Two blocs, two meetings"',
        'title = "T"\noutcomes = [@"allied:left"]',
        "outcomes.1",
        "not well formed",
    ),
    "extends nothing": ('title = "', 'extends = @"none.toml"\ntitle = "', "extends", "no such file"),
    "extends a number": ('title = "', 'extends = @1\ntitle = "', "extends", "not the name of a file"),
    "broken TOML": ('title = "Two', "title = @Two", "", "this is no value"),
}
CASES["more delegates than there are"] = (
    "[[meeting_kinds]]\n",
    '[[offices]]\nid = "north"\nname = "North"\nmachine = 1\nconfidence = "low"\nnote = "-"\ndelegates = 0.7\n'
    '[[offices]]\nid = "south"\nname = "South"\nmachine = 1\nconfidence = "low"\nnote = "-"\ndelegates = @0.4\n'
    "[[meeting_kinds]]\n",
    "offices.south.delegates",
    "brings the delegates of all organisations to 1.1 of a congress",
)
CASES["two regimes"] = (
    'confidence = "high"\n',
    'confidence = "high"\nregime = true\n[[issues]]\nid = "b"\nregime = @true\n',
    *CASES["two regimes"][2:],
)


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the line and column of every mark."""
    places = []
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if "@" in line:
            places.append((index + 1, line.index("@") + 1))
            lines[index] = line.replace("@", "", 1)
    return "\n".join(lines), places


def errors_of(path) -> tuple[ScenarioError, ...]:
    with pytest.raises(ScenarioErrors) as caught:
        load(path)
    return caught.value.errors


@pytest.mark.parametrize("case", CASES)
def test_an_error_names_its_place_and_its_key(case, minimal, write):
    old, new, key, problem = CASES[case]
    assert old in minimal
    text = minimal.replace(old, new, 1) if old else minimal + new
    if case == "neither to nor by":
        text = text.replace("to = 0.5\n", "")
    if case == "two regimes":  # the second issue needs positions to be the only thing wrong
        text = text.replace("{ tempo =", "{ b = 0, tempo =")
    text, places = marked(text)
    path = write(text)
    errors = errors_of(path)
    assert [(error.line, error.column) for error in errors if problem in error.problem] == places
    error = next(error for error in errors if problem in error.problem)
    assert error.key == key
    assert error.path == path
    assert error.remedy


def test_the_minimal_scenario_is_sound(minimal, write):
    scenario = load(write(minimal))
    assert [leader.id for leader in scenario.leaders] == ["trotsky", "stalin"]
    assert scenario.leaders[0].prestige == 10.0
    assert scenario.blocs[1].name == "centre"
    assert scenario.meetings[1].id == "second"


def test_all_errors_come_at_once_and_in_file_order(minimal, write):
    text = minimal
    for old, new in (
        ('chief = "stalin"', 'chief = @"lenin"'),
        ("prestige = 10\n", 'prestige = @"10"\n'),
        ("machine = 5.0", "machine = @-5.0"),
        ("trust = -0.5", "trust = @2"),
        ("date = 1925-12-18", "date = @1924-05-23"),
        ("to = 0.5", "@too = 0.5"),
        ('office = "army"', 'office = @"navy"'),
    ):
        text = text.replace(old, new, 1)
    text, places = marked(text.replace("[[events]]", "[[events]]", 1))
    errors = errors_of(write(text))
    assert [(error.line, error.column) for error in errors] == places


def test_columns_count_characters_and_not_bytes(minimal, write):
    text, places = marked(minimal.replace("{ tempo = -1.0 }", '{ "größe" = 0.5, tempo = @"x" }', 1))
    (error,) = [error for error in errors_of(write(text)) if error.key.endswith("tempo")]
    assert [(error.line, error.column)] == places


def test_the_message_reads_as_one_line(minimal, write):
    path = write(minimal.replace('chief = "stalin"', 'chief = "stalim"'))
    (error,) = errors_of(path)
    assert str(error) == f'{path}:21:9: blocs.centre.chief: unknown leader (value "stalim"); did you mean "stalin"?'


def test_an_outcome_of_whom_a_derived_file_removes_is_refused(minimal, write):
    write(minimal.replace('title = "Two', 'outcomes = ["holds:stalin+army"]\ntitle = "Two', 1), "base.toml")
    removed = 'remove = ["offices.army", "record.army_lost"]\n'
    (error,) = errors_of(write(f'extends = "base.toml"\n{removed}', "derived.toml"))
    assert (error.path.name, error.line, error.key) == ("base.toml", 1, "outcomes.1")


def test_what_a_missing_field_means_is_told_on_one_line(minimal, write):
    (error,) = errors_of(write(minimal.replace('electorate = "delegates"\n', "")))
    assert error.remedy.startswith("give electorate (who votes: ")
    assert error.remedy.isprintable() and "  " not in error.remedy


def test_what_has_no_id_is_not_offered_by_its_number(minimal, write):
    errors = errors_of(write(minimal.replace('id = "trotsky"\n', "", 1)))
    assert [error.remedy for error in errors if error.problem == "unknown leader"] == ["known: stalin"] * 3


def test_an_empty_name_is_shown_as_one(minimal, write):
    table = '[contested.""]\nquestion = "Which?"\n[contested."".options.""]\ntext = "This."\n[readings]\nother = ""\n'
    said = [str(error) for error in errors_of(write(minimal + table))]
    assert any('contested."": no reading is in force; write "" = ""' in each for each in said), said
    assert any('readings.other: unknown contested fact; known: ""' in each for each in said), said


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("history.toml", 'did you mean "history", which ships with the program?'),
        ("scenari.toml", 'did you mean "{}/scenario.toml"?'),
        ("quite_another.toml", "give a scenario file"),
    ],
)
def test_a_file_that_is_not_there_may_be_another(minimal, write, name, remedy):
    folder = write(minimal).parent
    (error,) = errors_of(folder / name)
    assert (error.problem, error.remedy) == ("there is no such file", remedy.format(folder))


PLENUMS = ["apr_1926_plenum", "oct_1925_plenum", "jan_1925_joint_plenum", "xiv_congress", "xv_congress"]


def test_all_names_that_may_have_been_meant_are_given_the_most_like_first():
    assert close("jan_1925_joint_plenun", PLENUMS)[0] == "jan_1925_joint_plenum"
    assert set(close("jan_1925_plenum", PLENUMS)) == set(PLENUMS[:3])
    assert suggestion("xv_congres", PLENUMS) == 'did you mean "xv_congress" or "xiv_congress"?'
    assert suggestion("XV_CONGRESS", PLENUMS) == 'did you mean "xv_congress" or "xiv_congress"?'
    assert close("stalin", ["Stalin", "Lenin"])[0] == "Stalin"
    assert suggestion("trotsky", PLENUMS).startswith("known: apr_1926_plenum, ")
    assert len(close("plenum_1", [f"plenum_{number}" for number in range(20)])) == MOST_CLOSE


def test_an_entry_that_looks_like_another_with_a_slip_in_its_id_is_told_so(minimal, write):
    write(minimal, "base.toml")
    path = write('extends = "base.toml"\n[[leaders]]\nid = "trotski"\nprestige = 1\n', "derived.toml")
    (error,) = errors_of(path)
    assert (error.path, error.line, error.column) == (path, 2, 1)
    assert '"trotsky"' in error.remedy


def test_in_a_file_that_extends_none_a_like_id_is_no_slip(minimal, write):
    (error,) = errors_of(
        write(minimal + '\n[[leaders]]\nid = "trotski"\nstanding = "politburo"\nideal_point = { tempo = 0 }')
    )
    assert error.remedy == "give prestige (personal influence in points, >= 0; the unit of an office's machine)"


HABITS = {
    "prestige = 10\n": {
        "prestige = 10,5\n": "a number has a point before its decimals; write 10.5",
        "prestige = 10,5 # nine, or 8\n": "a number has a point before its decimals; write 10.5",
    },
    "{ tempo = -1.0 }": {"{ tempo = -0,5 }": "a number has a point before its decimals; write -0.5"},
    "= 1924-05-23": {
        "= 1924-05-32": "this is no day of the calendar; write year, month and day, such as 1925-12-18",
        "= 23.05.1924": "a date begins with the year; write year, month and day, such as 1925-12-18",
        "= 5/23/1924": "a date begins with the year; write year, month and day, such as 1925-12-18",
        "= 1924-05-23 'x = 9,5'": "something stands behind the value; begin a new line after every value",
    },
    "[[ties]]": {
        "[ties]\nnote = 'x'\n[[ties]]": "this list stands in the file already in another form; write [[ties]] "
    },
    '["office", "politburo"]': {
        '"office"': 'is not a list (value "office"); write a list, say ["office"]',
        "1": "say [0, 1]",
    },
    'id = "left"\n': {
        'id = "The Left"\n': 'then use lower-case letters, digits and _, say "the_left"\n',
        'id = "1924"\n': "then use lower-case letters, digits and _\n",
    },
}
"""What many would write: old text, new text, what is said of it."""


@pytest.mark.parametrize(("old", "new", "said"), [(old, *each) for old in HABITS for each in HABITS[old].items()])
def test_what_many_would_write_is_answered_with_what_is_right(minimal, write, old, new, said):
    assert old in minimal
    with pytest.raises(ScenarioErrors) as caught:
        load(write(minimal.replace(old, new, 1)))
    assert said in f"{caught.value}\n"


def test_a_file_that_has_lost_its_first_line_is_told_so_alone(write):
    path = write('title = "T"\n[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n')
    with pytest.raises(ScenarioErrors) as caught:
        load(path)
    said = 'extends: is missing, and there are changes; name what they change: extends = "history"'
    assert str(caught.value) == f"{path}:1:1: {said}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("leaders.csv", "give the folder that holds it with the other tables"),
        ("case.XLSX", "save each of its sheets as CSV, and give their folder"),
        ("result.json", "give a scenario file"),
    ],
)
def test_a_file_of_another_kind_is_told_what_to_do_with_it(tmp_path, name, said):
    path = tmp_path / name
    path.write_bytes(b"\xff\x00")
    with pytest.raises(ScenarioErrors) as caught:
        load(path)
    assert str(caught.value) == f"{path}: is no scenario file; {said}"


def test_a_word_that_is_missing_is_asked_for_with_those_there_are(minimal, write):
    write(minimal, "base.toml")
    text = 'extends = "base.toml"\ntitle = "T"\n[[changes]]\nkind = "alliance"\nblocs = ["left", "centre"]\n'
    with pytest.raises(ScenarioErrors, match=r'stand is missing; give stand \("together" or "apart"\)'):
        load(write(text, "change.toml"))


def test_a_day_with_one_digit_is_told_how_it_is_written(minimal, write):
    (error,) = errors_of(write(minimal.replace("1924-05-23", "1924-5-3", 1)))
    assert (error.problem, error.remedy) == ("month and day of a date have two digits each", "write 1924-05-03")


@pytest.mark.parametrize(
    ("text", "all_of"),
    [
        ('[[record]]\nid = "x"\npredicate = "zzz"', PREDICATES),
        ('[[events]]\nid = "x"\nkind = "zzz"', KINDS),
        ("[parameters]\nzzz = 1", PARAMETERS),
        ("[mechanisms]\nzzz = true", MECHANISMS),
    ],
    ids=["predicates", "kinds", "parameters", "mechanisms"],
)
def test_known_words_are_all_listed_with_the_command_that_explains_them(minimal, write, text, all_of, request):
    (error,) = errors_of(write(f"{minimal}\n{text}\n"))
    what = request.node.callspec.id
    assert error.remedy == f"known: {', '.join(sorted(all_of))} (factions list {what} says what each is)"


def test_a_list_that_is_too_long_for_a_message_names_its_command(minimal, write):
    many = "".join(
        f'[[leaders]]\nid = "very_long_name_{n}"\nprestige = 1\nstanding = "politburo"\nideal_point = {{ tempo = 0 }}\n'
        for n in range(40)
    )
    wrong = minimal.replace('holder = "stalin"', 'holder = "nobody"')
    (error,) = errors_of(write(wrong + many))
    assert error.remedy == "there are 42, from stalin to very_long_name_9: factions list leaders FILE names them"


def test_more_blocs_than_an_alliance_can_hold_are_refused(minimal, write):
    more = [
        f'[[blocs]]\nid = "b{n}"\nchief = "l{n}"\n[[leaders]]\nid = "l{n}"\nbloc = "b{n}"\nprestige = 1\n'
        f'standing = "politburo"\nideal_point = {{ tempo = 0.0 }}\n'
        for n in range(59)
    ]
    (error,) = errors_of(write(minimal + "".join(more)))
    assert error.key == "blocs.b58"
    assert "61 blocs" in error.problem and "at most 60" in error.remedy


@pytest.mark.parametrize("missing", ["title", "start", "end", "blocs", "leaders", "meetings"])
def test_what_every_scenario_needs_is_asked_for(missing, write):
    (error,) = [error for error in errors_of(write('description = "d"\n')) if error.key == missing]
    assert (error.line, error.column, error.problem) == (1, 1, "is missing")


def test_an_empty_list_that_may_not_be_empty_is_refused(minimal, write):
    head, _, rest = minimal.partition("[[meetings]]")
    rest = rest[rest.index("[[events]]") :]
    (error, *_) = errors_of(write("meetings = []\n" + head + rest))
    assert (error.key, error.line, error.column) == ("meetings", 1, 12)


def test_a_file_that_is_not_there(tmp_path):
    (error,) = errors_of(tmp_path / "none.toml")
    assert error.line is None
    assert str(error).startswith(f"{tmp_path / 'none.toml'}: there is no such file")


def test_a_file_that_is_not_text(tmp_path):
    path = tmp_path / "latin.toml"
    path.write_bytes('title = "x"\nname = "é"\n'.encode("latin-1"))
    (error,) = errors_of(path)
    assert (error.line, error.column, error.problem) == (2, 9, "is not UTF-8 text")


def test_a_text_that_ends_too_early(write):
    (error,) = errors_of(write('title = "x"\nblocs = ["a",\n'))
    assert (error.line, error.column) == (2, 14)


def test_errors_survive_pickling(minimal, write):
    path = write(minimal.replace('chief = "stalin"', 'chief = "stalim"'))
    with pytest.raises(ScenarioErrors) as caught:
        load(path)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


ENTRY_TYPES = [
    (f"{table}.{kind}".rstrip("."), entries.tag, kind, model)
    for table, entries in ENTRIES.items()
    for kind, model in entries.models.items()
]
ODD = [
    1,
    -5,
    2**62,
    1.5,
    1e308,
    math.nan,
    True,
    "",
    "x",
    "X y",
    "a\nb",
    [],
    ["x"],
    ["X"],
    [[1]],
    {},
    {"a": 1},
    {"A": 2},
]
ODD += [dt.date(1924, 1, 1), dt.datetime(1924, 1, 1), dt.time(7), [1, 2, 3], [0.5, 2.0], {"a": {"b": {}}}]


@pytest.mark.parametrize(("name", "tag", "kind", "model"), ENTRY_TYPES, ids=[name for name, *_ in ENTRY_TYPES])
def test_whatever_pydantic_refuses_is_explained_in_plain_words(name, tag, kind, model):
    for field in model.model_fields:
        for value in ODD:
            try:
                model.model_validate({tag: kind, field: value} if tag else {field: value})
            except ValidationError as wrong:
                for error in wrong.errors():
                    assert all(isinstance(s, int) or s == "[key]" or s.isidentifier() for s in error["loc"]), error
                    if error["type"] not in ("missing", "extra_forbidden"):
                        problem, remedy = explain(error["type"], error.get("ctx", {}), value)
                        assert problem != "is not valid here", error
                        assert remedy


VALUES = ["1", "-5", '""', '"x"', "true", "nan", "[]", '["left"]', "[[1]]", "{}", "{ a = 1 }", "1924-01-01", '"left"']
VALUES += [
    "1e308",
    "9" * 30,
    "07:30:00",
    "1924-01-01T10:00:00Z",
    '"a\\nb"',
    '"\\u001b"',
    "{ a = { a = [{}] } }",
    "[" * 30 + "]" * 30,
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(slips=st.lists(st.tuples(st.integers(0, 200), st.sampled_from(VALUES)), min_size=1, max_size=3))
def test_whatever_a_value_is_the_answer_is_a_scenario_or_errors_in_the_file(slips, minimal, write):
    lines = minimal.split("\n")
    values = [index for index, line in enumerate(lines) if " = " in line]
    for number, value in slips:
        index = values[number % len(values)]
        lines[index] = f"{lines[index].partition(' = ')[0]} = {value}"
    path = write("\n".join(lines))
    try:
        load(path)
    except ScenarioErrors as wrong:
        assert str(wrong).replace("\n", "").isprintable()
        assert all(error.path == path and 1 <= error.line <= len(lines) and error.remedy for error in wrong.errors)
        assert list(wrong.errors) == sorted(wrong.errors, key=lambda error: (error.line, error.column))
