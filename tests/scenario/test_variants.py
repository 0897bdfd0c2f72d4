"""A file with lists of meetings or days stands for several counterfactuals."""

from __future__ import annotations

import pytest

from factions.errors import ScenarioErrors
from factions.scenario import load
from factions.scenario.audit import audit
from factions.scenario.variants import read_variants


def change(kind: str, **fields: object) -> dict[str, object]:
    """The fields of a change."""
    return {"kind": kind, **fields}


@pytest.fixture
def variants(what_if_file):
    """variants(changes): the counterfactuals that a file with these changes stands for."""
    return lambda changes: [
        reading.scenario for reading in read_variants(what_if_file(['title = "A what-if"\n', *changes]))
    ]


STANCE = change("stance", bloc="red", to="open", at=["second", "fourth"])
DEATH = change("death", leader="anna", date=["1924-05-01", "1925-05-01"])


def test_each_meeting_of_a_list_makes_a_counterfactual_with_its_name(variants):
    one, two = variants([STANCE])
    assert (one.changes[0].at, two.changes[0].at) == ("second", "fourth")
    assert (one.path.name, two.path.name) == ("what_if@second.toml", "what_if@fourth.toml")
    assert (one.title, two.title) == ("A what-if (second)", "A what-if (fourth)")


def test_each_combination_of_lists_does(variants):
    found = variants([STANCE, DEATH])
    assert [(each.changes[0].at, each.changes[1].date.isoformat()) for each in found] == [
        ("second", "1924-05-01"),
        ("second", "1925-05-01"),
        ("fourth", "1924-05-01"),
        ("fourth", "1925-05-01"),
    ]
    assert found[0].path.stem == "what_if@second+1924-05-01"
    assert found[0].title == "A what-if (second, 1 May 1924)"


def test_a_file_without_lists_stands_for_itself(what_if_file):
    path = what_if_file([{**STANCE, "at": "second"}])
    (found,) = read_variants(path)
    assert found.scenario == load(path)


def test_a_variant_is_the_file_with_that_meeting(variants, what_if_file):
    _, found = variants([STANCE])
    alone = load(what_if_file(['title = "A what-if (fourth)"\n', {**STANCE, "at": "fourth"}]))
    assert found.digest == alone.digest
    assert found.files == alone.files


def test_what_takes_one_scenario_refuses_several(what_if_file):
    with pytest.raises(ScenarioErrors) as caught:
        load(what_if_file([STANCE]))
    (error,) = caught.value.errors
    assert error.problem == "stands for several counterfactuals" and error.key == "changes.1.at" and error.line == 6


def test_its_evidence_is_looked_at_once(what_if_file):
    keys = [gap.key for gap in audit(what_if_file([STANCE]))]
    assert keys.count("changes.1") == 1


REFUSED = {
    "an empty list": ([change("stance", bloc="red", to="open", at=[])], "is empty"),
    "an unknown meeting in it": ([change("stance", bloc="red", to="open", at=["second", "fifth"])], "unknown meeting"),
    "one that cannot apply": ([change("death", leader="boris", date=["1925-01-01", "1926-01-01"])], "boris died on"),
    "too many": (
        [change("stance", bloc=bloc, to="open", at=["second", "third"] * 5) for bloc in ("red", "blue")],
        "makes 100 counterfactuals",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_with_one_is_wrong_with_the_file(case, what_if_file):
    changes, problem = REFUSED[case]
    with pytest.raises(ScenarioErrors) as caught:
        read_variants(what_if_file(changes))
    assert problem in caught.value.errors[0].problem
    assert caught.value.errors[0].key.startswith("changes.") and caught.value.errors[0].line > 1
