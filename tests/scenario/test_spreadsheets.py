"""A scenario as tables for a spreadsheet: what is written is read back, and what Excel does to it is understood."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factions
from factions import cli
from factions.cli.new import filled_in
from factions.errors import ScenarioErrors, UsageError
from factions.results.arrays import AXES
from factions.scenario import Scenario, load
from factions.scenario.forms.cells import Unclear, kind_of, read, written
from factions.scenario.forms.differences import differences
from factions.scenario.forms.spreadsheets import tables
from factions.scenario.forms.toml_text import toml_text
from factions.store.csv_tables import DIALECTS, written_for

ROOT = Path(__file__).parents[2]
CONTENT = {"path", "files", "text", "contested", "readings"}


def written_out(scenario: Scenario, folder: Path) -> Path:
    """The folder with the tables of a scenario, as the command writes them."""
    folder.mkdir(exist_ok=True)
    for name, table in tables(scenario).items():
        (folder / name).write_bytes(table)
    return folder


def edited(folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    """Replaces texts in a table that it must have."""
    text = (folder / name).read_text(encoding="utf-8-sig")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (folder / name).write_text(text, encoding="utf-8", newline="")


def complaints(folder: Path) -> list[str]:
    """What is wrong with the tables of a folder, without the way to it."""
    with pytest.raises(ScenarioErrors) as found:
        load(folder)
    return [str(error).replace(f"{folder}/", "") for error in found.value.errors]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_tables_for_every_spreadsheet_say_the_same(tmp_path, dialect):
    scenario = load(ROOT / "trust" / "case.toml")
    with written_for(dialect):
        folder = written_out(scenario, tmp_path / dialect)
    assert differences(scenario, load(folder)) == []
    text = (folder / "leaders.csv").read_text(encoding="utf-8-sig")
    assert ("2,5" in text) == (dialect == "comma")
    assert ("2.5" in text) == (dialect != "comma")


@pytest.fixture
def folder(minimal, write, tmp_path):
    """The tables of the small scenario."""
    return written_out(load(write(minimal)), tmp_path / "tables")


TEXTS = st.text(
    st.one_of(st.sampled_from([*"=+-@'\";,.[]{}\\ \n\t#ä", "\u00a0"]), st.characters(categories=("L", "N"))),
    min_size=1,
    max_size=12,
)
LINES = TEXTS.filter(lambda text: not set(text) & set("\n\t"))
REALS = st.floats(-1, 1) | st.sampled_from([0.0, -0.0, 1e-9, 1.0])
POINTS = st.floats(0, 1e6) | st.integers(0, 9).map(float)


@st.composite
def cases(draw) -> Scenario:
    """A sound scenario of few entries, whose texts have all that spreadsheets and TOML might stumble over."""
    dice = random.Random(draw(st.integers(0, 2**32)))
    blocs = [f"b{n}" for n in range(draw(st.integers(1, 3)))]
    issues = [f"issue_{n}" for n in range(draw(st.integers(0, 2)))]
    sources = draw(st.lists(LINES, max_size=3, unique=True))
    evidence = {"sources": tuple(sources), "note": draw(TEXTS), "confidence": draw(st.sampled_from(["high", None]))}
    leaders = [
        {
            "id": f"x{n}",
            "name": draw(LINES),
            "bloc": dice.choice(blocs) if n >= len(blocs) else blocs[n],
            "prestige": draw(POINTS),
            "standing": dice.choice(["politburo", "central_committee"]),
            "active": dice.random() < 0.8,
            "ideal_point": {issue: draw(REALS) for issue in issues},
            **evidence,
        }
        for n in range(len(blocs) + 1)
    ]
    day = dt.date(1924, 1, 1)
    content = {
        "title": draw(LINES),
        "description": draw(TEXTS),
        "start": day,
        "end": day + dt.timedelta(900),
        "sources": {name: {"text": draw(TEXTS)} for name in sources},
        "issues": tuple({"id": name, "low": draw(LINES), "salience": draw(POINTS)} for name in issues),
        "blocs": tuple({"id": name, "condemned": dice.random() < 0.5} for name in blocs),
        "leaders": tuple(leaders),
        "offices": ({"id": "seat", "machine": draw(POINTS), "holder": dice.choice([None, "x0"])},),
        "ties": tuple({"blocs": (blocs[0], other), "trust": draw(REALS)} for other in blocs[1:]),
        "personal_ties": ({"leaders": ("x1", "x0"), "trust": draw(REALS), **evidence},) if dice.random() < 0.5 else (),
        "alliances": ({"blocs": tuple(blocs), **evidence},),
        "meeting_kinds": ({"id": "all", "electorate": "delegates", "rungs": ("office", "party")[: dice.randrange(3)]},),
        "meetings": tuple({"id": f"m{n}", "kind": "all", "date": day + dt.timedelta(100 * n)} for n in range(2)),
        "events": (
            {"id": "gone", "kind": "illness", "leader": "x0", "date": day, "text": draw(TEXTS)},
            {"id": "more", "kind": "seats", "number": dice.randrange(1, 9), "date": day},
        ),
        "record": (
            {
                "id": "c",
                "text": draw(TEXTS),
                "predicate": "capitulated",
                "leaders": ("x0",),
                "between": ("m0", "m1"),
                "when": "never",
                "share": (0.25, 1.0),
            },
        ),
        "parameters": {"contest": 2.5} if dice.random() < 0.5 else {},
        "mechanisms": {"loyalty": False} if dice.random() < 0.5 else {},
    }
    here = {"path": Path("x.toml"), "files": (Path("x.toml"),), "text": ""}
    return Scenario.model_validate({**content, **here})


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(case=cases())
def test_what_is_written_is_read_back(case, tmp_path_factory):
    place = tmp_path_factory.mktemp("case")
    again = load(written_out(case, place / "tables"))
    assert [str(each) for each in differences(case, again)] == []
    assert again.digest == case.digest  # and so are its worlds
    file = place / "case.toml"
    file.write_text(toml_text(again), encoding="utf-8")
    assert load(file).digest == case.digest


def test_the_shipped_case_comes_back_whole_with_its_readings_applied(history, tmp_path):
    again = load(written_out(history, tmp_path / "tables"))
    file = tmp_path / "again.toml"
    file.write_text(toml_text(again), encoding="utf-8")
    for other in (again, load(file)):
        assert other.model_dump(exclude=CONTENT) == history.model_dump(exclude=CONTENT)


def test_the_worlds_of_the_tables_are_those_of_the_file(minimal, write, folder):
    one, other = (
        factions.run(load(path), 20, seed=3, engine="mesa", parameters="default") for path in (write(minimal), folder)
    )
    assert [name for name in AXES if one[name].tobytes() != other[name].tobytes()] == []


def test_a_german_excel_saves_semicolons_commas_its_own_dates_and_words(folder):
    before = load(folder)
    for path in folder.glob("*.csv"):
        rows = [*csv.reader(path.read_text(encoding="utf-8-sig").splitlines())]
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write("sep=;\r\n")
            csv.writer(file, delimiter=";").writerows([[german(cell) for cell in row] for row in rows])
    assert "-0,5" in (folder / "ties.csv").read_text() and "23.05.1924" in (folder / "meetings.csv").read_text()
    assert differences(before, load(folder)) == []


def german(cell: str) -> str:
    """A cell as a German Excel saves it."""
    if re.fullmatch(r"-?\d+\.\d+", cell):
        return cell.replace(".", ",")
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return ".".join(reversed(found.groups()))
    return {"true": "WAHR", "false": "FALSCH"}.get(cell, cell)


def test_what_was_edited_is_said_by_entry_and_field(folder, minimal, write):
    edited(folder, "leaders.csv", ("0.25", "-0.75"))
    edited(folder, "sources.csv", ("book,A book", "book,A book\r\nletter,A letter"))
    edited(folder, "ties.csv", ("left; centre,-0.5", ""))
    said = [str(each) for each in differences(load(write(minimal)), load(folder))]
    assert said == [
        'sources.letter: new: { text = "A letter" }',
        "leaders.stalin.ideal_point.tempo: 0.25 -> -0.75",
        'ties.centre+left: gone; it was { blocs = ["left", "centre"], trust = -0.5 }',
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        (
            "leaders.csv",
            "0.25",
            "far",
            'leaders.csv: row 3, column G: leaders.stalin.ideal_point.tempo: is not a number (value "far"); '
            "write a number, say 0.5 or 0,5",
        ),
        (
            "leaders.csv",
            "0.25",
            "2.5",
            "leaders.csv: row 3, column G: leaders.stalin.ideal_point.tempo: is above 1 (value 2.5); give 1 or less",
        ),
        (
            "leaders.csv",
            "prestige",
            "prestig",
            'leaders.csv: row 1, column D: is no column of this table (value "prestig"); did you mean "prestige"?',
        ),
        (
            "leaders.csv",
            "ideal_point.tempo",
            "ideal_point.tempi",
            'leaders.csv: row 2, column G: leaders.trotsky.ideal_point.tempi: unknown issue (value "tempi"); '
            'did you mean "tempo"?',
        ),
        (
            "leaders.csv",
            ",centre,",
            ",center,",
            'leaders.csv: row 3, column C: leaders.stalin.bloc: unknown bloc (value "center"); did you mean "centre"?',
        ),
        (
            "leaders.csv",
            "true",
            "maybe",
            "leaders.csv: row 2, column F: leaders.trotsky.active: is neither true nor false",
        ),
        (
            "meetings.csv",
            "1924-05-23",
            "5/6/1924",
            "meetings.csv: row 2, column B: meetings.first.date: is not a date that can be read in one way only "
            '(value "5/6/1924"); write year, month and day: 1925-12-18',
        ),
        (
            "offices.csv",
            ",5,",
            ',"1,250",',
            "offices.csv: row 2, column D: offices.secretariat.machine: may be thousands or a decimal comma",
        ),
        ("offices.csv", "id,", "id,id,", 'offices.csv: row 1, column B: is a heading twice (value "id")'),
        (
            "scenario.csv",
            "title",
            "titel",
            "scenario.csv: row 2, column A: titel: is no key of this table; did you mean",
        ),
        (
            "scenario.csv",
            "title,",
            "title,One\r\ntitle,",
            "scenario.csv: row 3, column A: scenario.title: is already in",
        ),
        ("sources.csv", "book,A", "book,B\r\nbook,A", "sources.csv: row 3, column A: sources.book: is already in the"),
        ("blocs.csv", "left,Left", ",Left", "blocs.csv: row 2, column A: blocs.1: id is missing; give id"),
        ("blocs.csv", "left,Left", "left,\u202eLeft", "blocs.csv: row 2, column B: blocs.1.name: has the control"),
    ],
)
def test_a_slip_is_shown_in_its_cell(folder, name, old, new, complaint):
    edited(folder, name, (old, new))
    assert [found for found in complaints(folder) if found.startswith(complaint)], complaints(folder)


def test_a_cell_without_heading_is_refused(folder):
    path = folder / "ties.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").rstrip() + "0,8\n", encoding="utf-8")
    assert complaints(folder)[0].startswith(
        'ties.csv: row 2, column F: stands under no heading (value "8"); remove it, name'
    )


def test_a_table_that_is_none_and_one_that_is_needed(folder):
    (folder / "leaders.csv").rename(folder / "leadres.csv")
    wrong, lacking = sorted(complaints(folder), key=lambda text: "no such" in text)
    assert lacking.startswith("leaders.csv: there is no such table; add it; factions export")
    assert wrong.startswith('leadres.csv: is none of the tables of a scenario; did you mean "leaders"')


@pytest.mark.parametrize(
    ("name", "column"),
    [("leaders.csv", "id"), ("meetings.csv", "date"), ("events.csv", "kind"), ("sources.csv", "key")],
)
def test_a_column_that_is_needed_and_not_there_is_told_once(folder, name, column):
    path = folder / name
    rows = [*csv.reader(path.read_text(encoding="utf-8-sig").splitlines())]
    gone = rows[0].index(column)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(row[:gone] + row[gone + 1 :] for row in rows)
    remedy = f'add one with the heading "{column}" and fill it in; see that the headings stand in the first row'
    assert complaints(folder) == [f"{name}: row 1: {column}: there is no column for it; {remedy}"]


def test_what_the_table_of_the_file_itself_lacks_is_told_in_its_words(folder):
    path = folder / "scenario.csv"
    rows = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if not row.startswith("title")), encoding="utf-8")
    assert complaints(folder) == ["scenario.csv: title: is missing; add a row with title and its value"]


def test_a_table_without_rows_is_named_as_a_whole(folder):
    path = folder / "meetings.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").splitlines()[0], encoding="utf-8")
    assert "meetings.csv: meetings: is empty; a scenario needs at least one" in complaints(folder)


def test_a_folder_without_tables_is_no_scenario(tmp_path):
    assert complaints(tmp_path) == [
        f"{tmp_path}: cannot be read: it is a folder without tables such as leaders.csv; give a scenario file"
    ]


def test_what_is_not_utf_8_is_refused(folder):
    (folder / "sources.csv").write_bytes("key,text\r\nbook,Ein Büchlein\r\n".encode("cp1252"))
    assert complaints(folder)[0].startswith("sources.csv: row 2, column A: is not UTF-8 text; save it as")


def test_a_folder_may_be_extended_and_compared(folder, write):
    scenario = load(write('extends = "tables"\n[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n', "change.toml"))
    assert [path.name for path in scenario.files] == ["tables", "change.toml"] and len(scenario.changes) == 1
    assert "# leaders.csv" in scenario.text


def test_a_counterfactual_is_no_whole_case(history):
    change = load(ROOT / "scenarios" / "counterfactuals" / "testament.toml")
    with pytest.raises(UsageError, match="is a counterfactual"):
        tables(change)


@pytest.mark.parametrize(
    "text", ["=1+1", "+a", "-b", "@c", "'=d", "\t", " e ", '"f"', "", "[g", "-1.5", "1,5", "''-x", "a;b"]
)
def test_a_text_comes_back_and_is_no_formula(text):
    cell = written(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert read(cell, "text", False) == text if cell else text == ""
    assert read(written((text, "x")), "list", False) == [text, "x"]


@pytest.mark.parametrize(
    ("cell", "comma", "number"),
    [("0,5", False, 0.5), ("1,250", True, 1.25), ("1e3", False, 1000.0), ("0,125", False, 0.125), (" 7 ", False, 7.0)],
)
def test_numbers_as_spreadsheets_write_them(cell, comma, number):
    assert read(cell, "number", comma) == number


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("1.234,5", "number"),
        ("50%", "number"),
        ("1,5", "whole"),
        ("31.02.1924", "date"),
        ("{", "table"),
        ("nan", "number"),
    ],
)
def test_what_is_unclear_is_refused(cell, kind):
    with pytest.raises(Unclear):
        read(cell, kind, True)


def test_kinds_of_fields():
    assert [kind_of(hint) for hint in (str, float | None, bool, int, dt.date | None)] == [
        "text",
        "number",
        "truth",
        "whole",
        "date",
    ]
    assert (kind_of(tuple[str, ...]), kind_of(tuple[float, float]), kind_of(dict[str, str])) == (
        "list",
        "numbers",
        "table",
    )


def test_the_commands_lead_from_a_blank_case_through_tables_to_a_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", "--blank", "mine"]) == 0
    blank = load(Path("mine.toml"))
    assert (len(blank.blocs), len(blank.leaders), len(blank.meetings)) == (3, 6, 3)
    assert cli.main(["export", "mine.toml", "--csv", "tables"]) == 0
    edited(Path("tables"), "leaders.csv", ("anna,Anna,left,6", 'anna,Anna,left,"6,5"'))
    capsys.readouterr()
    assert cli.main(["check", "tables", "--against", "mine.toml"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["leaders.anna.prestige: 6.0 -> 6.5"]
    assert cli.main(["new", "edited", "--from-csv", "tables"]) == 0
    capsys.readouterr()
    assert cli.main(["check", "edited.toml", "--against", "mine.toml", "--format", "json"]) == 0
    (said,) = json.loads(capsys.readouterr().out)["files"]
    assert said["differences"] == [{"key": "leaders.anna.prestige", "before": "6.0", "after": "6.5"}]
    assert cli.main(["check", "mine.toml", "--against", "mine.toml"]) == 0
    assert "nothing differs from mine.toml" in capsys.readouterr().out


def test_the_blank_case_runs_and_something_happens_in_it(tmp_path):
    path = tmp_path / "blank.toml"
    path.write_text(filled_in("blank", path), encoding="utf-8")
    scenario = load(path)
    assert differences(load(written_out(scenario, tmp_path / "tables")), scenario) == []
    ensemble = factions.run(scenario, 30, engine="mesa", parameters="default")
    assert 0 < ensemble["open"].mean() < 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "x"], "what the new file is made of"),
        (["new", "x", "--blank", "--from", "history"], "what the new file is made of"),
        (["new", "x", "--from-csv", "nowhere"], "nowhere is no folder"),
        (["export", "testament", "--csv", "out"], "is a counterfactual"),
    ],
)
def test_what_the_commands_refuse(arguments, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_export_replaces_nothing(folder, minimal, write, capsys):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert cli.main(["export", str(write(minimal)), "--csv", str(folder)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
