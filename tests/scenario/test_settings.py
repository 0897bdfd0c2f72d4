"""Single values set otherwise: what is meant by a path, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from factions.errors import UsageError
from factions.scenario import load
from factions.scenario.settings import Base, axis, cells_of, read_design, value_of

CONTESTED = """
[contested.age]
question = "How strong was he?"
[contested.age.options.strong]
text = "Strong."
leaders = [{ id = "stalin", prestige = 9.0 }]
[contested.age.options.weak]
text = "Weak."
[readings]
age = "weak"
"""


FRIENDS = '[[personal_ties]]\nleaders = ["trotsky", "stalin"]\ntrust = -0.5\n'


@pytest.fixture
def base(minimal, write):
    return Base.of(write(minimal + FRIENDS + CONTESTED))


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("leaders.stalin.prestige", 7, lambda s: s.leaders[1].prestige),
        ("leaders.stalin.ideal_point.tempo", -0.5, lambda s: s.leaders[1].ideal_point["tempo"]),
        ("ties.centre+left.trust", 0.25, lambda s: s.ties[0].trust),
        ("personal_ties.stalin+trotsky.trust", 0.75, lambda s: s.personal_ties[0].trust),
        ("events.harvest.date", dt.date(1925, 1, 1), lambda s: s.events[0].date),
        ("offices.army.holder", "stalin", lambda s: s.offices[1].holder),
        ("mechanisms.patronage", False, lambda s: s.mechanisms["patronage"]),
        ("safety_motive", 3, lambda s: s.parameters["safety_motive"]),
        ("end", dt.date(1926, 1, 1), lambda s: s.end),
    ],
)
def test_a_value_is_set_and_nothing_else(base, path, value, found):
    changed = base.varied({base.full_key(path): value})
    assert found(changed) == value
    assert (changed.path, changed.files) == (base.reading.scenario.path, base.reading.scenario.files)


def test_a_reading_is_taken(base):
    assert base.varied({"readings.age": "strong"}).leaders[1].prestige == 9.0


def test_nothing_set_is_the_file_itself(base):
    assert base.varied({}).digest == load(base.reading.scenario.path).digest


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("leaders.stalni.prestige", 'there is no "stalni" among the leaders; did you mean "stalin"'),
        ("leaders.stalin", "is no single value; give leaders.stalin.FIELD"),
        ("mechanisms.patronage.x", "is no single value; give mechanisms.patronage"),
        ("safety", '"safety" is nothing that can be varied; did you mean "safety_motive"?'),
        ("nothing", '"nothing" is nothing that can be varied; give a parameter'),
        ("parameters.safety", 'there is no "safety" among the parameters; did you mean "safety_motive"'),
        ("leeders.stalin.prestige", "is nothing that can be varied"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(base, path, problem):
    with pytest.raises(UsageError) as found:
        base.full_key(path)
    assert problem in str(found.value)


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("leaders.stalin.prestige", -1, "leaders.stalin.prestige=-1: leaders.stalin.prestige: is below 0; give 0 or"),
        ("leaders.stalin.prestig", 1, 'leaders.stalin.prestig: unknown key; did you mean "prestige"'),
        ("offices.army.holder", "nobody", "offices.army.holder: unknown leader"),
        ("parameters.contest", 99, "parameters.contest=99: parameters.contest: "),
        ("meetings.first.date", dt.date(1930, 1, 1), "meetings.first.date=1930-01-01: "),
        ("readings.age", "old", "unknown option"),
    ],
)
def test_a_value_that_cannot_be_is_refused(base, path, value, problem):
    with pytest.raises(UsageError) as found:
        base.varied({path: value})
    assert problem in str(found.value)


def test_a_change_is_varied_by_its_id_and_one_without_cannot_be(minimal, write):
    write(minimal, "base.toml")
    changes = 'extends = "base.toml"\n[[changes]]\nid = "gone"\nkind = "death"\nleader = "stalin"\ndate = 1924-01-01\n'
    changes += '[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n'
    base = Base.of(write(changes, "change.toml"))
    later = base.varied({base.full_key("changes.gone.date"): dt.date(1925, 1, 1)})
    assert [getattr(change, "date", None) for change in later.changes] == [dt.date(1925, 1, 1), None]
    with pytest.raises(UsageError, match='there is no "2" among the changes'):
        base.full_key("changes.2.events")


def test_every_combination_is_a_cell_the_last_key_running_fastest(base):
    cells = cells_of(base, ["contest=2,3", "leaders.stalin.prestige=1,5"], [])
    assert [tuple(cell.values()) for cell in cells] == [(2, 1), (2, 5), (3, 1), (3, 5)]
    assert list(cells[0]) == ["parameters.contest", "leaders.stalin.prestige"]


def test_a_design_is_crossed_with_what_is_varied(base, tmp_path):
    path = tmp_path / "design.csv"
    path.write_text("contest;leaders.stalin.ideal_point.tempo\n2;0,5\n\n3;\n", encoding="utf-8")
    rows = read_design(path)
    assert rows == [{"contest": 2, "leaders.stalin.ideal_point.tempo": 0.5}, {"contest": 3}]
    assert len(cells_of(base, ["habit=0,1"], rows)) == 4
    with pytest.raises(UsageError, match="is varied twice"):
        cells_of(base, ["contest=1,2"], rows)


@pytest.mark.parametrize("text", ["", "a,a\n1,2\n", "a,\n1,2\n", "a\n", "a\n1,2\n"])
def test_a_table_that_is_no_design_is_refused(text, tmp_path):
    path = tmp_path / "design.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        read_design(path)


@pytest.mark.parametrize("text", ["contest", "contest=", "=1", "contest=1,,2", "contest=1,1"])
def test_what_is_no_axis_is_refused(text):
    with pytest.raises(UsageError):
        axis(text)


def test_values_are_what_they_look_like():
    said = [value_of(text) for text in ("7", "-0.5", "1e-3", "true", "1925-12-18", "stalin", "0,5", "1/2")]
    assert said == [7, -0.5, 1e-3, True, dt.date(1925, 12, 18), "stalin", 0.5, "1/2"]
    assert [type(value) for value in said[:2]] == [int, float]
