"""Tables over worlds: probabilities that add up, quantiles where they belong, offices with their holders."""

from __future__ import annotations

import pytest

from factions.results import tables
from factions.results.tally import Tallied
from factions.statements.predicates import STATES


def test_states_and_standings_add_up_to_one(noise):
    tally = Tallied.of(noise(50))
    for row in tables.bloc_rows(tally):
        assert sum(row[state] for state in STATES) == pytest.approx(1)
    ladder = ("politburo", "central_committee", "party_member", "expelled", "exiled", "deported", "dead")
    for row in tables.leader_rows(tally):
        assert sum(row[step] for step in ladder) == pytest.approx(1)
        assert row["readmitted"] <= row["capitulated"]


def test_a_meeting_has_the_quantiles_of_its_votes(build):
    tally = Tallied.of(build(11, vote_share=[[k / 100, 0.0] for k in range(11)]))
    first, second = tables.meeting_rows(tally)
    assert (first["vote_share_p10"], first["vote_share_median"], first["vote_share_p90"]) == pytest.approx(
        (0.01, 0.05, 0.09), abs=0.0006
    )
    assert (second["meeting"], second["vote_share_median"]) == ("second", 0.0)


def test_offices_list_only_those_who_held_them(build):
    tally = Tallied.of(build(4, holder=[[[1, 0]] * 2, [[1, -1]] * 2, [[1, 0]] * 2, [[1, 0]] * 2]))
    rows = [row for row in tables.office_rows(tally) if row["meeting"] == "second"]
    assert [(row["office"], row["holder"], row["probability"]) for row in rows] == [
        ("secretariat", "stalin", 1.0),
        ("army", "trotsky", 0.75),
        ("army", "", 0.25),
    ]
    assert rows[1]["error"] == pytest.approx((5 / 8 * 3 / 8 / 4) ** 0.5)  # 3 + 2 of 4 + 4


def test_the_likeliest_bloc_may_be_none(build):
    tally = Tallied.of(build(4, membership=[[[-1, 1]] * 2] * 3 + [[[0, 1]] * 2]))
    row = tables.leader_rows(tally)[0]
    assert (row["leader"], row["bloc"], row["bloc_probability"]) == ("trotsky", "", 0.75)
