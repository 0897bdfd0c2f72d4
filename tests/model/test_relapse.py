"""First offences, relapses and truces: small struggles worked out by hand, on both engines' rules."""

from __future__ import annotations

import datetime as dt

import pytest

TWO = {"a_1": {"prestige": 9.0}, "b_1": {}}


@pytest.mark.parametrize(("on", "standing"), [((), [1, 1]), (("relapse",), [0, 1])])
def test_the_first_offence_costs_no_seat(struggle, both, on, standing):
    case = struggle(TWO, gaps=(100, 100), on=("sanctions", *on), kind={"rungs": ("politburo",)})
    assert both(case)["standing"][:, 1].tolist() == standing


def test_the_first_offence_may_cost_an_office(struggle, both):
    offices = [{"id": "army", "holder": "b_1", "machine": 0.1}]
    case = struggle(TWO, gaps=(100,), on=("sanctions", "relapse"), offices=offices)
    found = both(case)
    assert (found["holder"][0, 0], found["standing"][0, 1]) == (0, 0)  # a_1 has it now


def test_an_old_offence_is_forgiven(struggle, both, quiet):
    # b opposes at the first, fourth and fifth congress. The second finds it quiet and still remembers, the third
    # forgets: so the fourth finds a first offence, and the fifth strikes.
    case = struggle(
        TWO,
        gaps=(100,) * 5,
        on=("sanctions", "relapse"),
        kind={"rungs": ("politburo",)},
        changes=[*quiet("b", at="m1"), *quiet("b", at="m2")],
    )
    found = both(case)
    assert found["open"][:, 1].tolist() == [1, 0, 0, 1, 1]
    assert found["standing"][:, 1].tolist() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(("on", "standing"), [((), 1), (("relapse",), 2)])
def test_who_relapses_is_judged_though_he_keeps_quiet(struggle, both, on, standing, quiet, with_plenums):
    # Open before the congresses m0 and m1, b falls from the Politburo at m1. It opposes at the plenum m2, keeps quiet
    # at the congress m3, and opposes at the plenums m4 and m5: a mandate from m3 lets the first of them warn and the
    # second take its seat in the Committee.
    # Without a relapse to wait for it falls at m0; m1 finds it quiet then, lest that congress should give the mandate.
    silent = ["m3"] if on else ["m1", "m3"]
    case = struggle(
        TWO,
        gaps=(100,) * 6,
        on=("sanctions", "mandate", *on),
        kind={"rungs": ("politburo",)},
        changes=[change for meeting in silent for change in quiet("b", at=meeting)],
    )
    found = both(with_plenums(case, 2, 4, 5))
    assert found["standing"][3:, 1].tolist() == [1, 1, standing]


@pytest.mark.parametrize(
    ("on", "until", "open_"),
    [
        (("truce",), dt.date(1924, 7, 1), [1, 0]),
        (("truce",), dt.date(1924, 4, 11), [1, 1]),
        ((), dt.date(1924, 7, 1), [1, 1]),
    ],
)
def test_a_blow_silences_for_the_rest_of_the_session(struggle, both, on, until, open_, with_plenums):
    # The plenum takes the office of b_1; the congress opens before it has closed, or after.
    offices = [{"id": "army", "holder": "b_1", "machine": 0.1}]
    case = struggle(TWO, gaps=(100, 50), on=("sanctions", *on), offices=offices)
    first, second = case.meetings
    meetings = (first.model_copy(update={"until": until}), second)
    found = both(with_plenums(case.model_copy(update={"meetings": meetings}), 0))
    assert first.date < dt.date(1924, 4, 12) < second.date < dt.date(1924, 7, 1), (first.date, second.date)
    assert found["open"][:, 1].tolist() == open_


def test_allies_of_the_struck_keep_quiet_with_them(struggle, both, with_plenums):
    # b and c ally; only b_1 has an office to lose.
    offices = [{"id": "army", "holder": "b_1", "machine": 0.1}]
    case = struggle(
        {**TWO, "c_1": {}},
        gaps=(100, 50),
        on=("sanctions", "truce"),
        offices=offices,
        changes=[{"kind": "alliance", "blocs": ("b", "c"), "stand": "together", "at": "m0"}],
    )
    first, second = case.meetings
    meetings = (first.model_copy(update={"until": second.date}), second)
    found = both(with_plenums(case.model_copy(update={"meetings": meetings}), 0))
    assert found["open"].tolist() == [[0, 1, 1], [0, 0, 0]]


def test_who_comes_to_rule_is_forgiven(struggle, both):
    # b offends at m0 and rules at m1, since a_1 has fallen. Out of power again at m2, it cannot relapse.
    out = {"kind": "standing", "leader": "a_1", "to": "expelled", "date": dt.date(1924, 5, 1)}
    back = {"kind": "standing", "leader": "a_1", "to": "politburo", "date": dt.date(1924, 9, 1)}
    case = struggle(
        TWO, gaps=(100, 100, 100), on=("sanctions", "relapse"), kind={"rungs": ("politburo",)}, changes=[out, back]
    )
    found = both(case)
    assert found["ruling"].tolist() == [0, 1, 0]
    assert found["standing"][2].tolist() == [0, 0]


def test_a_plenum_warns_once_and_strikes_from_then_on(struggle, both):
    # b falls from the Politburo at the first congress, and the second gives the mandate. Three plenums follow: one
    # warns, the next takes the seat in the Committee, the last membership.
    kind = {"rungs": ("politburo",)}
    case = struggle(TWO, gaps=(100,) * 5, on=("sanctions", "mandate"), kind=kind)
    plenum = {"id": "plenum", "electorate": "central_committee", "rungs": ("central_committee", "party")}
    kinds = (*case.meeting_kinds, type(case.meeting_kinds[0]).model_validate({"selection": 1.0, **plenum}))
    meetings = [
        meeting.model_copy(update={"kind": "plenum"}) if m >= 2 else meeting for m, meeting in enumerate(case.meetings)
    ]
    found = both(case.model_copy(update={"meeting_kinds": kinds, "meetings": tuple(meetings)}))
    assert found["standing"][:, 1].tolist() == [1, 1, 1, 2, 3]


def test_what_gives_hope_is_what_the_blows_have_left(struggle, both):
    # b_1 has 6.6 % of all influence before the congress expels him, and nothing is left of it after. He needs 3 % to
    # hold out: alone he gives in, and beside b_2, whom the blow has spared, he does not.
    low = {"standing": "party_member"}
    for leaders, surrendered in (({"b_1": low}, [0, 1]), ({"b_1": low, "b_2": low}, [0, 0, 0])):
        case = struggle(
            {"a_1": {"prestige": 9.0}, **leaders}, on=("sanctions", "surrender"), kind={"rungs": ("party",)}
        )
        found = both(case, surrender=0.03e9)
        assert found["standing"][0, 1] == 3
        assert found["surrendered"][0].tolist() == surrendered
