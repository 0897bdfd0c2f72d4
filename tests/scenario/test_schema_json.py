"""The JSON Schema: up to date, and of one mind with the models."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from factions.scenario import load
from factions.scenario.forms import schema_json

COMMITTED = Path(__file__).parents[2] / "scenarios" / "schema.json"


def test_the_committed_schema_is_the_one_that_the_models_give():
    assert COMMITTED.read_text(encoding="utf-8") == schema_json.text(), (
        "run python -m factions.scenario.forms.schema_json and commit what it writes"
    )


@pytest.fixture(scope="module")
def validator():
    return jsonschema.Draft202012Validator(json.loads(schema_json.text()))


def valid(validator, text: str) -> bool:
    return validator.is_valid(json.loads(json.dumps(tomllib.loads(text), default=str)))


def test_a_whole_file_is_valid(validator, minimal):
    assert valid(validator, minimal)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("prestige = 10\n", ""),
        ("prestige = 10\n", 'prestige = "10"\n'),
        ("to = 0.5", "too = 0.5"),
        ('kind = "policy_shift"\n', ""),
        ('issue = "tempo"\n', ""),
        ("start = 1923-10-08\n", ""),
        ('text = "A book"', ""),
        ("trust = -0.5", "trust = -1.5"),
    ],
)
def test_a_whole_file_with_a_slip_is_not_valid(validator, minimal, old, new):
    assert old in minimal
    assert not valid(validator, minimal.replace(old, new, 1))


@pytest.mark.parametrize("path", sorted(COMMITTED.parent.glob("*.toml")), ids=lambda path: path.name)
def test_the_shipped_files_are_sound_and_valid(validator, path):
    assert load(path).meetings
    assert valid(validator, path.read_text(encoding="utf-8"))


def test_a_derived_file_may_give_parts(validator):
    head = 'extends = "base.toml"\nremove = ["events.x"]\n'
    part = '[[leaders]]\nid = "trotsky"\nprestige = 3\n[[events]]\nid = "harvest"\nby = 0.5\n'
    option = '[contested.v.options.a]\n[[contested.v.options.a.events]]\nid = "z"\ndate = 1924-01-01\n'
    assert valid(validator, head + part + option)
    assert not valid(validator, part)
    assert not valid(validator, head + "[[leaders]]\nprestige = 3\n")
    assert not valid(validator, head + '[[leaders]]\nid = "a"\nprestig = 3\n')


def test_the_command_writes_the_file(tmp_path):
    schema_json.main([str(tmp_path / "schema.json")])
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == schema_json.text()
