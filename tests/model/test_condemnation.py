"""What a verdict of delegates does to an opposition: small struggles worked out by hand, on both engines' rules."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from factions.dynamics import run_worlds


def test_delegates_condemn_the_open_opposition_that_they_outvote(struggle, both, quiet):
    case = struggle({"a_1": {"prestige": 9.0}, "b_1": {}, "c_1": {}}, changes=quiet("c", at="m0"))
    assert both(case)["condemned"].tolist() == [[0, 1, 0]]  # the rulers are not, nor is who keeps quiet


def test_a_plenum_condemns_nobody(struggle, both, with_plenums):
    case = with_plenums(struggle({"a_1": {"prestige": 9.0}, "b_1": {}}), 0)
    assert both(case)["open"].tolist() == [[0, 1]]
    assert both(case)["condemned"].tolist() == [[0, 0]]


@pytest.mark.parametrize(("on", "label"), [((), 1), (("isolation",), 2)])
def test_nobody_in_good_standing_allies_with_the_condemned(struggle, both, on, label, quiet):
    # b speaks and c keeps quiet at first; at the second meeting both outsiders would gain by joining.
    ties = [{"blocs": ("b", "c"), "trust": 1.0}]
    case = struggle(
        {"a_1": {"prestige": 9.0}, "b_1": {}, "c_1": {}},
        gaps=(100, 100),
        on=("bargaining", "trust", *on),
        ties=ties,
        changes=[*quiet("c", at="m0"), {"kind": "alliance", "blocs": ("b", "c"), "stand": "apart", "at": "m0"}],
    )
    found = both(case, habit=0.0, misjudgement=0.0, trust_rate=0.0)
    assert found["condemned"][0].tolist() == [0, 1, 0]
    assert found["alliance"][1].tolist() == [0, 1, label]


def test_the_condemned_ally_with_each_other(struggle, both):
    ties = [{"blocs": ("b", "c"), "trust": 1.0}]
    apart = {"kind": "alliance", "blocs": ("b", "c"), "stand": "apart", "at": "m0"}
    case = struggle(
        {"a_1": {"prestige": 9.0}, "b_1": {}, "c_1": {}},
        gaps=(100, 100),
        on=("bargaining", "trust", "isolation"),
        ties=ties,
        changes=[apart],
    )
    found = both(case, habit=0.0, misjudgement=0.0, trust_rate=0.0)
    assert found["condemned"][0].tolist() == [0, 1, 1]
    assert found["alliance"][1].tolist() == [0, 1, 1]


def test_who_comes_to_rule_is_condemned_no_longer(struggle, both):
    change = {"kind": "standing", "leader": "a_1", "to": "expelled", "date": dt.date(1924, 6, 1)}
    case = struggle({"a_1": {"prestige": 9.0}, "b_1": {}}, gaps=(100, 200), changes=[change])
    assert both(case)["condemned"].tolist() == [[0, 1], [0, 0]]


@pytest.mark.parametrize(("mass", "open_"), [(0.05, [1, 1]), (0.15, [1, 0])])
def test_a_condemned_opposition_below_its_critical_mass_keeps_quiet(struggle, both, mass, open_):
    # b has a tenth of all prestige: enough to speak while it stands well, and not enough once it is condemned.
    case = struggle({"a_1": {"prestige": 9.0}, "b_1": {}}, gaps=(100, 100), on=("critical_mass",))
    assert both(case, voice_mass=mass)["open"][:, 1].tolist() == open_


def test_the_critical_mass_is_one_of_names_not_of_machines(struggle, both):
    # The machine makes b strong in influence; its name alone has a tenth of all prestige.
    offices = [{"id": "press", "holder": "b_1", "machine": 5.0}]
    case = struggle({"a_1": {"prestige": 9.0}, "b_1": {}}, gaps=(100, 100), on=("critical_mass",), offices=offices)
    found = both(case, voice_mass=0.15)
    assert found["influence"][1, 1] == pytest.approx(0.4) and found["open"][:, 1].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("standing", "on", "open_"), [("party_member", ("stake",), 0), ("expelled", ("stake",), 1), ("expelled", (), 0)]
)
def test_who_has_nothing_left_to_lose_need_not_be_many(struggle, both, standing, on, open_):
    # b is condemned at the first meeting; before the second its first man falls. b_2 keeps it in the party.
    fall = {"kind": "standing", "leader": "b_1", "to": standing, "date": dt.date(1924, 6, 1)}
    leaders = {"a_1": {"prestige": 19.0}, "b_1": {}, "b_2": {"prestige": 0.5}}
    case = struggle(leaders, gaps=(100, 200), on=("critical_mass", *on), changes=[fall])
    assert both(case, voice_mass=0.15)["open"][:, 1].tolist() == [1, open_]


def test_the_first_man_is_the_chief_whom_the_file_names(struggle, both):
    # b_1 has most prestige and is out of the party; b_2, whom the file calls chief, is in it.
    leaders = {"a_1": {"prestige": 19.0}, "b_1": {"standing": "expelled"}, "b_2": {"prestige": 0.5}}
    case = struggle(leaders, gaps=(100, 200), on=("critical_mass", "stake"))
    assert both(case, voice_mass=0.15)["open"][:, 1].tolist() == [1, 1]
    blocs = tuple(bloc.model_copy(update={"chief": "b_2"}) if bloc.id == "b" else bloc for bloc in case.blocs)
    assert both(case.model_copy(update={"blocs": blocs}), voice_mass=0.15)["open"][:, 1].tolist() == [1, 0]


@pytest.mark.parametrize(("on", "holders"), [((), [1, 1]), (("verdict",), [1, 0])])
def test_the_verdict_costs_the_quiet_their_offices(struggle, both, on, holders, quiet, with_plenums):
    offices = [{"id": "army", "holder": "b_1", "machine": 0.1}]
    case = struggle(
        {"a_1": {"prestige": 9.0}, "b_1": {}},
        gaps=(100, 100),
        on=("sanctions", *on),
        kind={"rungs": ()},
        offices=offices,
        changes=quiet("b", at="m1"),
    )
    found = both(with_plenums(case, 1))
    assert found["holder"][:, 0].tolist() == holders
    assert found["standing"][1].tolist() == [0, 0]  # and nothing more


@pytest.mark.parametrize(("between", "standing"), [("plenum", 1), ("congress", 2)])
def test_a_plenum_needs_a_mandate_to_take_a_seat_in_the_committee(struggle, both, between, standing, with_plenums):
    # Fallen to the Committee at the first congress, b is open at a second meeting and before two plenums: only if that
    # second meeting was one of delegates is there a verdict that is younger than the fall. The first plenum warns.
    case = struggle(
        {"a_1": {"prestige": 9.0}, "b_1": {}},
        gaps=(100, 100, 100, 100),
        on=("sanctions", "mandate"),
        kind={"rungs": ("politburo",)},
    )
    found = both(with_plenums(case, *((1, 2, 3) if between == "plenum" else (2, 3))))
    assert found["standing"][:, 1].tolist() == [1, 1, 1, standing]


@pytest.mark.parametrize(("on", "surrendered"), [((), [0, 1, 0]), (("submission",), [0, 1, 1])])
def test_the_threatened_may_surrender_with_the_struck(struggle, both, on, surrendered):
    leaders = {"a_1": {"prestige": 9.0}, "b_1": {}, "b_2": {"standing": "party_member"}}
    case = struggle(leaders, on=("sanctions", "surrender", *on), kind={"rungs": ("politburo",)})
    assert both(case, surrender=1e12)["surrendered"][0].tolist() == surrendered


@pytest.mark.parametrize(("on", "ruling"), [((), [0, 1, 1]), (("compensation",), [0, 0, 0])])
def test_a_partner_who_gains_much_may_outweigh_one_who_loses_little(struggle, both, on, ruling):
    # b and c are held together, so that a gets both or none. By joining, b gains 0.5 * 0.9 and c loses as much; b has
    # three times the influence of c.
    ties = [{"blocs": ("a", "b"), "trust": 0.9}, {"blocs": ("a", "c"), "trust": -0.9}]
    case = struggle(
        {"a_1": {"prestige": 4.0}, "b_1": {"prestige": 3.0}, "c_1": {"prestige": 1.0}},
        on=("bargaining", "trust", *on),
        ties=ties,
        changes=[{"kind": "alliance", "blocs": ("b", "c"), "stand": "together", "at": "m0"}],
    )
    found = both(case, habit=0.0, misjudgement=0.0)
    assert found["alliance"][0].tolist() == ruling


@pytest.mark.parametrize(("prestige", "standing"), [(90.0, 5), (0.09, 4)])
def test_only_who_could_be_a_rival_is_deported(struggle, both, prestige, standing):
    # At a rate of 50 a year for 100 days: with a tenfold name the chance is 1 to within the engine's shocks, with a
    # hundredth of the other's name it is about a millionth.
    leaders = {"a_1": {"prestige": 9.0}, "b_1": {"prestige": prestige, "standing": "exiled"}}
    case = struggle(leaders, on=("sanctions",))
    assert both(case, patronage=50.0, contest=3.0)["standing"][0].tolist() == [0, standing]


def test_it_is_the_same_without_the_record(history):
    worlds = np.arange(8)
    values = np.repeat(np.asarray(_values(history)), 8)
    with_record = run_worlds(history, worlds, values, 3)
    without = run_worlds(history.model_copy(update={"record": ()}), worlds, values, 3)
    assert np.array_equal(with_record["condemned"], without["condemned"])
    assert with_record["condemned"].any()


def _values(scenario):
    from factions.parameters import default_values

    return default_values(scenario.parameters)
