"""Files of earlier versions: their names are read as what they are called now."""

import pytest

from factions.errors import ScenarioErrors
from factions.scenario import load

OLD = """
[mechanisms]
seat = false
"""


def test_a_mechanism_an_office_and_an_outcome_by_their_former_names(minimal, write):
    old = minimal.replace('holder = "trotsky"', 'holder = "trotsky"\ndeputy = "stalin"') + OLD
    scenario = load(write('outcomes = ["rules:centre"]\n' + old))
    assert scenario.mechanisms["office_pull"] is False
    assert scenario.outcomes == ("ruling:centre",)
    assert [office.deputies for office in scenario.offices if office.id == "army"] == [("stalin",)]


def test_a_former_name_beside_the_one_of_today_is_refused(minimal, write):
    with pytest.raises(ScenarioErrors, match=r"mechanisms\.seat: unknown mechanism"):
        load(write(minimal + OLD + "office_pull = true\n"))


def test_faults_behind_a_former_name_stand_where_they_were_written(minimal, write):
    old = minimal.replace('holder = "trotsky"', 'holder = "trotsky"\ndeputy = "nobody"')
    with pytest.raises(ScenarioErrors) as caught:
        load(write(old))
    error = caught.value.errors[0]
    assert old.splitlines()[error.line - 1] == 'deputy = "nobody"' and error.value == "nobody"
