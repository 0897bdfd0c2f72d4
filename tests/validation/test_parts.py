"""Answers as JSON has them, and back into the same types."""

from __future__ import annotations

import json
from datetime import date

from factions.store.plain import from_plain
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


def test_every_part_is_read_back_from_json_into_its_type():
    found = Validation("case.toml", "A case", "d1", 0, 48, split=SPLIT)
    again = from_plain(Validation, json.loads(json.dumps(found.plain(), allow_nan=False)))
    assert again == found and type(again.split.forward) is Forward


def test_scores_stand_beside_what_else_is_said_of_a_part():
    plain = Validation("case.toml", "A case", "d1", 0, 48, split=SPLIT).plain()["split"]
    assert plain["day"] == "1925-12-31"
    assert plain["forward"]["record_score_error"] == 1 / 3
    assert plain["forward"]["given_record"]["worlds"] == 8 and "given_record" not in plain["reverse"]
    assert plain["reverse"]["by_claim"] == [{"id": "first", "probability": 0.5, "error": 0.1}]


def test_parts_that_were_not_asked_for_are_absent():
    plain = Validation("case.toml", "A case", "d1", 0, 48, split=SPLIT).plain()
    assert list(plain) == ["scenario", "title", "digest", "seed", "draws", "split"]
