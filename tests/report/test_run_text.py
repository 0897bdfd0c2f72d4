"""What `factions run` says of its scores."""

from __future__ import annotations

from types import SimpleNamespace

from factions.report.run_text import _beside
from factions.scenario import load


def test_scores_stand_beside_a_coin_and_the_claims_that_tell_something(minimal, write):
    # Trotsky keeps the army if nothing changes, and stays in the Politburo.
    stays = (
        '[[record]]\nid = "stays"\ntext = "He stays."\npredicate = "standing"\nleaders = ["trotsky"]\n'
        'at_least = "politburo"\nat = "second"\n'
    )
    scores = [SimpleNamespace(probability=share) for share in (0.25, 0.75)]
    finished = SimpleNamespace(job=SimpleNamespace(scenario=load(write(minimal + stays))), scores=scores)
    assert _beside(finished) == (
        "A coin has a log score of -0.6931. 1 of 2 claims tell little: they hold for nearly all parameters, or if "
        "nothing changes after the first day; the mean probability of the other 1 is 0.2500."
    )
