"""Forms follow from the classes of changes, and what they write loads; a visitor's file opens nothing else."""

from __future__ import annotations

import tomllib

import pytest

pytest.importorskip("nicegui", reason="the app is an extra")

from factions.app.forms import block, forms
from factions.app.visit import LARGEST, Visit, questions, reference
from factions.scenario.text.shipped import names

HEAD = 'extends = "history"\ntitle = "x"\n'


def test_every_kind_of_change_has_a_form_with_what_it_needs():
    found = forms()
    assert {"alliance", "stance", "keep_alive", "cancel", "appointment"} <= found.keys()
    asked = {field.name: field for field in found["appointment"].asked}
    assert (asked["office"].what, asked["office"].table, asked["office"].needed) == ("one", "offices", True)
    assert asked["leader"].nobody and not asked["office"].nobody
    assert asked["date"].what == "date" and asked["text"].what == "text" and not asked["text"].needed
    stand = next(field for field in found["alliance"].asked if field.name == "stand")
    assert stand.options == ("together", "apart")


def test_a_change_is_written_as_the_file_has_it():
    values = {
        "blocs": ["left", "right"],
        "stand": "apart",
        "at": "xiv_congress",
        "since": "",
        "text": 'He said "no"\n\\',
    }
    (change,) = tomllib.loads(block(forms()["alliance"], values))["changes"]
    assert change == {
        "kind": "alliance",
        "blocs": ["left", "right"],
        "stand": "apart",
        "at": "xiv_congress",
        "text": 'He said "no"\n\\',
    }


def test_nobody_is_written_where_nobody_is_a_choice():
    text = block(forms()["appointment"], {"office": "secretariat", "leader": "", "date": "1924-05-20"})
    assert 'leader = ""' in text and "date = 1924-05-20" in text


def test_a_file_is_checked_as_the_command_line_does(history):
    visit = Visit(names()["history"])
    sound, wrong = visit.check(HEAD + block(forms()["death"], {"leader": "trotsky", "date": "1925-01-01"}))
    assert sound is not None and wrong == []
    nothing, (problem,) = visit.check(HEAD + block(forms()["death"], {"leader": "trotzky", "date": "1925-01-01"}))
    assert nothing is None and problem.line == 5 and 'did you mean "trotsky"' in problem.text
    visit.close()


@pytest.mark.parametrize("other", ["/etc/passwd", "../../secret.toml", "other.toml"])
def test_a_visitors_file_opens_no_other_file(other):
    visit = Visit(names()["history"])
    nothing, (problem,) = visit.check(f'extends = "{other}"\ntitle = "x"\n')
    assert nothing is None and "does not open" in problem.text
    assert visit.check("#" * (LARGEST + 1))[0] is None
    visit.close()


def test_a_file_that_looks_for_the_base_elsewhere_is_taken():
    visit = Visit(names()["history"])
    assert visit.adopt('extends = "../history.toml"\ntitle = "x"\n') == 'extends = "history"\ntitle = "x"\n'
    visit.parameters["patronage"] = 0.5
    assert 'extends = "settings.toml"' in visit.adopt('extends = "../history.toml"\n')
    assert visit.baseline().parameters["patronage"] == 0.5
    visit.close()
    assert reference(names()["history"]) == "history"


def test_the_questions_that_are_ready_are_those_of_the_scenario():
    ready = questions("history")
    assert ready["trotsky_backs_zinoviev"] == "Trotsky backs Zinoviev at the XIV Congress" and "history" not in ready
    assert questions("/somewhere/mine.toml") == {}
