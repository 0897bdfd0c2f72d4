"""Where a bloc stands that comes back into play: small struggles worked out by hand, on both engines' rules."""

from __future__ import annotations

import datetime as dt

import pytest

ISSUES = ({"id": "regime", "regime": True},)
ALLIES = [{"blocs": ["a", "b"]}]


@pytest.fixture
def comeback(struggle):
    """comeback(leaders, on, **tables): two congresses; b_1 is ill at the first and back at the second."""

    def build(leaders: dict, on: tuple[str, ...] = (), **tables):
        well = {"id": "well", "kind": "recovery", "date": dt.date(1924, 1, 20), "leader": "b_1"}
        cast = {**leaders, "b_1": {"prestige": 2.0, "active": False}}
        return struggle({name: dict(cast[name]) for name in sorted(cast)}, (5, 30), on, events=[well], **tables)

    return build


def test_who_comes_back_finds_his_place_among_his_allies(comeback, both):
    found = both(comeback({"a_1": {"prestige": 4.0}, "c_1": {"prestige": 3.0}}, alliances=ALLIES))
    assert found["alliance"].tolist() == [[0, -1, 2], [0, 0, 2]]


def test_who_had_no_ally_comes_back_alone(comeback, both):
    found = both(comeback({"a_1": {"prestige": 4.0}, "c_1": {"prestige": 3.0}}))
    assert found["alliance"].tolist() == [[0, -1, 2], [0, 1, 2]]


def test_of_allies_who_have_parted_he_joins_the_weightier(comeback, both):
    parted = [{"kind": "alliance", "blocs": ["a", "c"], "stand": "apart", "at": "m0"}]
    allies = [{"blocs": ["a", "b", "c"]}]
    found = both(comeback({"a_1": {"prestige": 3.0}, "c_1": {"prestige": 4.0}}, alliances=allies, changes=parted))
    assert found["alliance"].tolist() == [[0, -1, 2], [0, 1, 1]]


@pytest.mark.parametrize(("on", "label"), [((), 0), (("isolation",), 1)])
def test_he_does_not_come_back_among_the_condemned(comeback, both, on, label):
    found = both(comeback({"a_1": {"prestige": 3.0}, "c_1": {"prestige": 9.0}}, on, alliances=ALLIES))
    assert found["condemned"][0].tolist() == [1, 0, 0]
    assert found["alliance"][1].tolist() == [0, label, 2]


def test_who_comes_back_among_the_rulers_speaks_as_they_do(comeback, both):
    cast = {"a_1": {"prestige": 4.0, "ideal_point": {"regime": 0.5}}, "c_1": {"ideal_point": {"regime": 0.5}}}
    found = both(comeback(cast, ("office_pull",), alliances=ALLIES, issues=ISSUES), office_pull=0.25)
    assert found["line"][1, :, 0].tolist() == [0.75, 0.25, 0.25]  # b_1 stands at 0 on the issue
    alone = both(comeback(cast, ("office_pull",), issues=ISSUES), office_pull=0.25)
    assert alone["line"][1, :, 0].tolist() == [0.75, -0.25, 0.25]
