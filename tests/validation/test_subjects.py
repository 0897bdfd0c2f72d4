"""Claims by subject: every predicate has one, and the parts add up to the whole."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from factions.scenario import Claim, load
from factions.validation.subjects import SUBJECTS, Subject, by_subject

HISTORY = Path(__file__).resolve().parents[2] / "scenarios" / "history.toml"


def test_every_predicate_has_one_subject():
    union = get_args(Claim)[0]
    predicates = [get_args(kind.model_fields["predicate"].annotation)[0] for kind in get_args(union)]
    assert sorted(predicates) == sorted(name for names in SUBJECTS.values() for name in names)


def test_the_means_of_subjects_average_to_the_mean_of_claims():
    claims = load(HISTORY).record
    probability = np.linspace(0.0, 1.0, len(claims))
    rows = by_subject(claims, probability)
    assert sum(row.claims for row in rows) == len(claims)
    total = sum(row.claims * row.mean_probability for row in rows)
    assert total / len(claims) == pytest.approx(0.5)


def test_a_subject_has_its_own_claims_and_none_is_made_up():
    votes = [claim for claim in load(HISTORY).record if claim.predicate == "vote_share"]
    assert by_subject(votes, np.full(len(votes), 0.25)) == (Subject("votes", len(votes), 0.25),)
