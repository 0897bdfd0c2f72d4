"""What is derived from the models: lists, references, fields that exclude each other."""

from __future__ import annotations

import pytest

from factions.scenario.content.events import PolicyShift
from factions.scenario.content.fields import ENTRIES, MAPPINGS, REQUIRED, SCALARS, dates, references
from factions.scenario.content.schema import Content

MODELS = [model for entries in ENTRIES.values() for model in entries.models.values()]


def test_every_key_of_a_file_is_a_list_a_mapping_or_a_single_value():
    assert sorted([*ENTRIES, *MAPPINGS, *SCALARS]) == sorted(Content.model_fields)
    assert REQUIRED == ("title", "start", "end", "blocs", "leaders", "meetings")


def test_lists_know_how_their_entries_are_told_apart():
    assert {table: entries.told_by for table, entries in ENTRIES.items() if entries.told_by != "id"} == {
        "ties": "blocs",
        "personal_ties": "leaders",
        "alliances": "blocs",
        "apart": "blocs",
    }
    assert {table: entries.tag for table, entries in ENTRIES.items() if entries.tag} == {
        "events": "kind",
        "changes": "kind",
        "record": "predicate",
    }


def test_a_field_says_what_it_refers_to():
    assert references(PolicyShift) == {
        "agent": "leaders",
        "after": "events",
        "leader": "leaders",
        "bloc": "blocs",
        "issue": "issues",
    }
    assert references(ENTRIES["leaders"].models[""]) == {"bloc": "blocs", "ideal_point": "issues"}
    assert references(ENTRIES["changes"].models["surrender"]) == {
        "at": "meetings",
        "leaders": "leaders",
        "bloc": "blocs",
    }
    assert dates(ENTRIES["changes"].models["stance"]) == ("since", "until")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_id_but_an_entrys_own_refers_to_a_list_that_is_there(model):
    """A new field that takes an id and forgets `Refers` would never be checked."""
    for name, field in model.model_fields.items():
        takes_ids = "a-z0-9_" in repr((field.annotation, field.metadata))
        assert takes_ids == (name == "id" or name in references(model)), name
    assert set(references(model).values()) <= set(ENTRIES)
