"""What `factions run` says of its scores."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

from factions.report.run_summary import mean_record_score
from factions.report.run_text import _little
from factions.scenario import load


def test_it_says_how_many_claims_tell_little_and_how_the_others_do(minimal, write):
    # Trotsky keeps the army if nothing changes, and stays in the Politburo.
    stays = (
        '[[record]]\nid = "stays"\ntext = "He stays."\npredicate = "standing"\nleaders = ["trotsky"]\n'
        'at_least = "politburo"\nat = "second"\n'
    )
    scores = [SimpleNamespace(probability=share) for share in (0.25, 0.75)]
    finished = SimpleNamespace(job=SimpleNamespace(scenario=load(write(minimal + stays))), scores=scores)
    assert _little(finished) == (
        "1 of 2 claims tells little: it holds for nearly all parameters, or if nothing changes after the first day; "
        "the mean probability of the other 1 is 0.2500."
    )


def test_where_every_claim_tells_something_no_number_is_told(minimal, write):
    finished = SimpleNamespace(
        job=SimpleNamespace(scenario=load(write(minimal))), scores=[SimpleNamespace(probability=0.25)]
    )
    assert _little(finished) == (
        "Every claim tells something: none holds for nearly all parameters, or if nothing changes after the first day."
    )


def test_the_record_score_allows_for_errors_of_the_record_by_its_confidence():
    # High: ln(0.9 x 0.25 + 0.05) = ln 0.275; low: ln(0.4 x 0.75 + 0.3) = ln 0.6; none stated: as medium, ln 0.15
    sure, unsure, silent = (
        SimpleNamespace(probability=p, confidence=said) for p, said in ((0.25, "high"), (0.75, "low"), (0.0, ""))
    )
    assert mean_record_score([sure]) == pytest.approx(math.log(0.275))
    assert mean_record_score([sure, unsure, silent]) == pytest.approx(math.log(0.275 * 0.6 * 0.15) / 3)
