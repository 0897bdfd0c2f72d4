"""Phase 9 in small worlds whose outcome is certain: what time does between meetings."""

from __future__ import annotations

import math

import pytest

YEAR = 365.25
ALWAYS = 1e9


def left(rate: float, days: int) -> float:
    return math.exp(-rate * days / YEAR)


MACHINE = [
    {"id": "secretariat", "holder": "a_1", "machine": 1.0},
    {"id": "press", "holder": "b_1", "machine": 1.0, "appointed_by": "secretariat"},
]
RIVALS = {"a_1": {"prestige": 9.0}, "a_2": {}, "b_1": {}}


@pytest.mark.parametrize(
    ("on", "days", "holder"),
    [(("patronage",), 100, 1), ((), 100, 2), (("patronage",), 0, 2)],
    ids=["on", "off", "no time"],
)
def test_the_patron_puts_his_own_man_in(struggle, outcome, on, days, holder):
    # a_2, who has no office yet, rather than a_1, who has.
    case = struggle(RIVALS, (10, days), on=on, offices=MACHINE)
    found = outcome(case, patronage=ALWAYS)
    assert found["holder"].tolist() == [[0, 2], [0, holder]]


def test_the_trusted_and_colleagues_are_spared(struggle, outcome):
    trusted = [{"blocs": ("a", "b"), "trust": 1.0}]
    case = struggle(RIVALS, (10, 100), on=("patronage",), offices=MACHINE, ties=trusted)
    assert outcome(case, patronage=ALWAYS)["holder"][1].tolist() == [0, 2]
    colleagues = {"a_1": {"prestige": 9.0}, "a_2": {}, "a_3": {}}
    offices = [MACHINE[0], {**MACHINE[1], "holder": "a_3"}]
    case = struggle(colleagues, (10, 100), on=("patronage",), offices=offices)
    assert outcome(case, patronage=ALWAYS)["holder"][1].tolist() == [0, 2]


@pytest.mark.parametrize(
    ("on", "standing", "allied", "holder"),
    [
        (("patronage", "peers"), "politburo", True, 2),
        (("patronage",), "politburo", True, 1),
        (("patronage", "peers"), "central_committee", True, 1),
        (("patronage", "peers"), "politburo", False, 1),
    ],
    ids=["partner who stands as high", "the rule switched off", "partner who stands lower", "no partner"],
)
def test_no_patron_dismisses_his_peer_in_power(struggle, both, on, standing, allied, holder):
    leaders = {**RIVALS, "b_1": {"standing": standing}}
    alliances = [{"blocs": ["a", "b"]}] if allied else []
    case = struggle(leaders, (10, 100), on=on, offices=MACHINE, alliances=alliances)
    assert both(case, patronage=ALWAYS, precision=-1e9)["holder"][1].tolist() == [0, holder]


def test_a_patron_out_of_play_appoints_nobody(struggle, outcome):
    out = {**RIVALS, "a_1": {"prestige": 9.0, "active": False}}
    case = struggle(out, (10, 100), on=("patronage",), offices=MACHINE)
    assert outcome(case, patronage=ALWAYS)["holder"][1].tolist() == [0, 2]


def test_trust_follows_alliance_enmity_and_common_friends(struggle, outcome):
    # a and b are allied: 0 moves to +1. c opposes them openly: 0.5 moves to -1. d keeps quiet: with a and b its trust
    # moves to the balance of common friends and enemies.
    leaders = {"a_1": {"prestige": 4.0}, "b_1": {"prestige": 4.0}, "c_1": {}, "d_1": {}}
    ties = [
        {"blocs": ("a", "c"), "trust": 0.5},
        {"blocs": ("b", "d"), "trust": 0.8},
        {"blocs": ("c", "d"), "trust": 0.6},
    ]
    changes = [{"kind": "stance", "bloc": "c", "to": "open", "at": "m0"}]
    case = struggle(leaders, (10, 183), on=("trust",), ties=ties, changes=changes, alliances=[{"blocs": ("a", "b")}])
    found = outcome(case, precision=ALWAYS, trust_rate=1.0)["trust"][1]
    rest = left(1.0, 183)
    assert found[0, 1] == pytest.approx(1.0 - rest)
    assert found[0, 2] == pytest.approx(-1.0 + 1.5 * rest)
    # a and d: through b 0.4 * (0 * 0.8), through c 0.1 * (0.5 * 0.6) = 0.03.
    assert found[0, 3] == pytest.approx(0.03 * (1.0 - rest))
    # b and d: through a nothing, through c 0.1 * (0 * 0.6) = 0: 0.8 fades.
    assert found[1, 3] == pytest.approx(0.8 * rest)
    still = outcome(struggle(leaders, (10, 183), ties=ties))
    assert (still["trust"][1] == still["trust"][0]).all()


@pytest.mark.parametrize(("days", "back"), [(183, 2), (0, 1)])
def test_readmission_takes_time(struggle, outcome, days, back):
    leaders = {"a_1": {"prestige": 9.0}, "b_1": {"standing": "party_member"}}
    case = struggle(leaders, (10, days), on=("sanctions", "surrender"), kind={"rungs": ("party",)})
    found = outcome(case, precision=ALWAYS, surrender=ALWAYS, readmission=ALWAYS)
    assert found["surrendered"][:, 1].tolist() == [1, back]
