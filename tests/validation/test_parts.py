"""Answers as JSON has them, and back into the same types."""

from __future__ import annotations

import json
from datetime import date

import pydantic
import pytest

from factions.store.plain import from_plain, to_plain
from factions.validation.identification import Coverage, Recovery
from factions.validation.parts import Validation
from factions.validation.scores import ClaimProbability, Scores
from factions.validation.split import Forward, GivenRecord, OutOfSample, Split, Whole
from factions.validation.subjects import Subject

NUMBERS = (8, 2, 0.5, 0.1, 0.4, 0.1, -0.9, 0.1, -0.7, 1 / 3)
OTHERS = (*NUMBERS, "here", 3, Scores(*NUMBERS), (Subject("votes", 2, 0.5),), (ClaimProbability("first", 0.5, 0.1),))
SPLIT = Split(
    date(1925, 12, 31),
    Forward(*OTHERS, GivenRecord(0.5, 0.1, -0.7, 8)),
    OutOfSample(*OTHERS),
    Whole(Scores(*NUMBERS), Scores(*NUMBERS)),
)


def through_json(result):
    return from_plain(type(result), json.loads(json.dumps(to_plain(result), allow_nan=False)))


@pytest.mark.parametrize(
    "result", [SPLIT, Recovery({"50%": Coverage(0.5, None)}, (1, 2), {})], ids=["split", "recovery"]
)
def test_json_gives_back_what_it_was_made_from(result):
    assert through_json(result) == result


def test_keys_are_the_names_of_fields_those_of_scores_beside_the_others():
    plain = to_plain(SPLIT)
    assert plain["day"] == "1925-12-31"
    assert plain["forward"]["record_score_error"] == 1 / 3
    assert plain["forward"]["given_record"]["worlds"] == 8 and "given_record" not in plain["reverse"]
    assert plain["reverse"]["by_claim"] == [{"id": "first", "probability": 0.5, "error": 0.1}]


def test_parts_that_were_not_asked_for_are_absent():
    found = Validation("case.toml", "A case", "d1", 0, 48, split=SPLIT)
    assert list(found.plain()) == ["scenario", "title", "digest", "seed", "draws", "split"]
    assert from_plain(Validation, found.plain()) == found


def test_data_of_another_shape_are_refused():
    plain = to_plain(SPLIT)
    del plain["whole"]["early"]["record_score"]
    with pytest.raises(pydantic.ValidationError, match=r"whole\.early\.record_score"):
        from_plain(Split, plain)
