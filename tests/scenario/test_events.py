"""The table of event kinds: what a class says of its kind, and that a change may be of every kind."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from factions.scenario.content.changes import Change
from factions.scenario.content.events import EVENT_KINDS, kind_name

# kind, its fields, the number that the engine gets, and whether it is added
NUMBERS = [
    ("death", {"leader": "anna"}, 0.0, True),
    ("illness", {"leader": "anna"}, 0.0, True),
    ("recovery", {"leader": "anna"}, 0.0, True),
    ("policy_shift", {"leader": "anna", "issue": "tempo", "to": 0.0}, 0.0, False),
    ("policy_shift", {"bloc": "left", "issue": "tempo", "by": -0.25}, -0.25, True),
    ("salience", {"issue": "tempo", "by": 0.5}, 0.5, True),
    ("threat", {"by": 2.0}, 2.0, True),
    ("enrolment", {"share": 0.3}, 0.3, False),
    ("seats", {"number": 9}, 9.0, False),
    ("appointment", {"office": "army", "leader": ""}, 0.0, True),
    ("standing", {"leader": "anna", "to": "party_member"}, 2.0, False),
    ("membership", {"leader": "anna", "bloc": "left"}, 0.0, True),
    ("resignation", {"leader": "anna", "office": "army"}, 0.0, True),
    ("creation", {"office": "army"}, 0.0, True),
    ("committee_seats", {"number": 40}, 40.0, False),
]


def test_the_kinds_keep_the_order_that_the_engine_numbers_them_by():
    assert list(dict.fromkeys(kind for kind, *_ in NUMBERS)) == [kind_name(kind) for kind in EVENT_KINDS]


@pytest.mark.parametrize(("kind", "fields", "value", "relative"), NUMBERS)
def test_an_event_gives_its_number(kind, fields, value, relative):
    (model,) = [model for model in EVENT_KINDS if kind_name(model) == kind]
    event = model(id="e", kind=kind, date=dt.date(1924, 1, 1), **fields)
    assert (event.value, event.relative) == (value, relative)
    assert type(event.value) is float


def test_only_what_the_model_decides_itself_is_kept_for_counterfactuals():
    dictated = {kind_name(kind) for kind in EVENT_KINDS if kind.counterfactual_only}
    assert dictated == {"appointment", "standing", "membership"}


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_a_change_of_every_kind_has_the_fields_of_the_event_and_needs_no_id(kind):
    (change,) = [model for model in get_args(get_args(Change)[0]) if issubclass(model, kind)]
    assert change is not kind
    assert not change.model_fields["id"].is_required()
    for name in set(kind.model_fields) - {"id"}:
        assert change.model_fields[name].annotation == kind.model_fields[name].annotation
        assert change.model_fields[name].is_required() == kind.model_fields[name].is_required()
