"""What holds at every meeting of every world, whatever the scenario and the parameters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factions.results.arrays import DTYPES, empty_arrays
from factions.vocabulary import LADDER, RUNGS

SETTINGS = settings(settings.get_profile("parity"))
WORLDS = 20
IN_PARTY = LADDER.index("party_member")


@pytest.fixture(scope="session")
def worlds(engines, random_scenarios, random_parameters):
    """worlds(data): an ensemble of a random scenario in which nothing dictates an outcome."""

    def draw(data):
        scenario = data.draw(random_scenarios(exogenous=True))
        values = data.draw(random_parameters(WORLDS))
        return engines["compiled"](scenario, range(WORLDS), values, data.draw(st.integers(0, 99)))

    return draw


def steps(array: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The state at every meeting but the last, and at the one after it."""
    return array[:, :-1], array[:, 1:]


def kinds(ensemble) -> list:
    """The kind of every meeting."""
    known = {kind.id: kind for kind in ensemble.scenario.meeting_kinds}
    return [known[meeting.kind] for meeting in ensemble.scenario.meetings]


def may_overrule(ensemble) -> np.ndarray:
    """Which meetings may undo what others have done."""
    return np.array([kind.overrules for kind in kinds(ensemble)], bool)


def purges(ensemble) -> np.ndarray:
    """At which meetings rulers may turn on one of their own."""
    return np.array([bool(kind.purges) for kind in kinds(ensemble)], bool)


def off(ensemble, mechanism: str) -> bool:
    return not ensemble.scenario.mechanisms[mechanism]


@SETTINGS
@given(data=st.data())
def test_shares_are_shares(data, worlds):
    ensemble = worlds(data)
    for name in ("influence", "delegates", "vote_share"):
        assert ((ensemble[name] >= 0.0) & (ensemble[name] <= 1.0 + 1e-12)).all(), name
    for name in ("influence", "delegates"):
        assert (ensemble[name].sum(axis=2) <= 1.0 + 1e-9).all(), name
    for name in ("line", "trust"):
        assert (np.abs(ensemble[name]) <= 1.0).all(), name


@SETTINGS
@given(data=st.data())
def test_the_open_opposition_holds_the_votes_against_the_rulers(data, worlds):
    ensemble = worlds(data)
    against = np.where(ensemble["open"] == 1, ensemble["delegates"], 0.0).sum(axis=2)
    assert np.allclose(against, ensemble["vote_share"])
    assert (ensemble["vote_share"][ensemble["open"].sum(axis=2) == 0] == 0.0).all()


@SETTINGS
@given(data=st.data())
def test_votes_add_up_where_everybody_belongs_to_a_bloc(data, worlds):
    ensemble = worlds(data)
    aligned = (ensemble["membership"] >= 0).all(axis=2)
    total = ensemble["delegates"].sum(axis=2)
    assert (np.isclose(total, 1.0) | (total == 0.0))[aligned].all()


@SETTINGS
@given(data=st.data())
def test_alliances_are_a_partition_of_the_blocs_that_have_influence(data, worlds):
    ensemble = worlds(data)
    label = ensemble["alliance"].astype(int)
    blocs = np.arange(label.shape[2])
    assert ((label >= 0) == (ensemble["influence"] > 0.0)).all()
    assert (label <= blocs).all()
    named = np.take_along_axis(label, np.maximum(label, 0), axis=2)  # the label of the bloc that names the alliance
    assert (named[label >= 0] == label[label >= 0]).all()


@SETTINGS
@given(data=st.data())
def test_the_strongest_alliance_rules_and_only_others_oppose(data, worlds):
    ensemble = worlds(data)
    label, ruling, influence = ensemble["alliance"], ensemble["ruling"], ensemble["influence"]
    blocs = label.shape[2]
    strength = np.stack([np.where(label == b, influence, 0.0).sum(axis=2) for b in range(blocs)], axis=2)
    nobody = strength.max(axis=2) == 0.0
    assert (ruling[nobody] == -1).all()
    held = np.take_along_axis(strength, np.maximum(ruling, 0)[:, :, None].astype(int), axis=2)[:, :, 0]
    by_influence = [kind.ruled_by == "influence" or kind.electorate == "delegates" for kind in kinds(ensemble)]
    assert np.allclose(held[:, by_influence], strength.max(axis=2)[:, by_influence])
    assert (held > 0.0)[~nobody].all()
    rules = label == ruling[:, :, None]
    assert not (ensemble["open"].astype(bool) & (rules | (label < 0))).any()


@SETTINGS
@given(data=st.data())
def test_no_alliance_is_ruled_out_by_the_file(data, worlds):
    ensemble = worlds(data)
    scenario, label = ensemble.scenario, ensemble["alliance"].astype(int)
    place = {bloc.id: b for b, bloc in enumerate(scenario.blocs)}
    for entry in scenario.apart:
        own = label[:, :, [place[bloc] for bloc in entry.blocs]]
        equal = (own[..., :, None] == own[..., None, :]) & (own[..., :, None] >= 0)
        assert (equal.sum(axis=(2, 3)) == (own >= 0).sum(axis=2)).all()  # each with itself alone
    if scenario.camps and not scenario.apart and off(ensemble, "isolation") and not off(ensemble, "bargaining"):
        camps = (label == np.arange(label.shape[2])).sum(axis=2)
        assert (camps <= scenario.camps).all()


@SETTINGS
@given(data=st.data())
def test_trust_is_mutual(data, worlds):
    trust = worlds(data)["trust"]
    assert (trust == trust.swapaxes(2, 3)).all()


@SETTINGS
@given(data=st.data())
def test_nobody_rises_but_by_readmission_or_an_empty_seat(data, worlds):
    ensemble = worlds(data)
    before, after = steps(ensemble["standing"])
    returned = steps(ensemble["surrendered"])[1] > steps(ensemble["surrendered"])[0]
    rose = after < before
    to_the_party = returned & (before > IN_PARTY) & (after == IN_PARTY)
    elects = np.array([kind.fills_committee for kind in kinds(ensemble)[1:]], bool)[:, np.newaxis]
    to_the_committee = (before == 2) & (after <= 1) & elects
    to_a_seat = ((before == 1) | to_the_committee) & (after == 0) & (ensemble["activity"][:, 1:] == 1)
    undone = may_overrule(ensemble)[1:, np.newaxis]
    assert not (rose & ~to_the_party & ~to_a_seat & ~to_the_committee & ~undone).any()
    may_fill = np.array([kind.fills_seats for kind in kinds(ensemble)[1:]], bool)
    assert may_fill[np.nonzero(rose & to_a_seat & ~to_the_party & ~undone)[1]].all()
    scenario = ensemble.scenario
    at_start = sum(leader.standing == "politburo" for leader in scenario.leaders)
    sizes = [event for event in (*scenario.events, *scenario.changes) if event.kind == "seats"]
    most = [
        max([at_start, *(event.number for event in sizes if event.date <= meeting.date)])
        for meeting in scenario.meetings
    ]  # nobody leaves because the size shrinks
    if undone.any():  # who comes back to his seat finds it taken, and nobody leaves
        return
    assert ((ensemble["standing"] == 0).sum(axis=2) <= most + (ensemble["activity"] == -1).sum(axis=2)).all()


@SETTINGS
@given(data=st.data())
def test_the_dead_stay_dead_hold_no_office_and_are_left_in_peace(data, worlds):
    ensemble = worlds(data)
    dead = ensemble["activity"] == -1
    assert dead[:, 1:][dead[:, :-1]].all()
    for name in ("standing", "surrendered"):
        before, after = steps(ensemble[name])
        assert (before == after)[dead[:, 1:]].all(), name
    holder = ensemble["holder"].astype(int)
    if holder.shape[2]:
        holds = np.take_along_axis(dead, np.maximum(holder, 0), axis=2) & (holder >= 0)
        assert not holds.any()


@SETTINGS
@given(data=st.data())
def test_punishment_and_surrender_go_one_way(data, worlds):
    ensemble = worlds(data)
    undone = may_overrule(ensemble)[1:, np.newaxis]
    for name, excused in (("rung", undone), ("surrendered", False)):
        before, after = steps(ensemble[name])
        assert ((after >= before) | excused).all(), name
    assert ensemble["rung"].max() < len(RUNGS)
    assert (ensemble["membership"][ensemble["surrendered"] == 1] == -1).all()
    able = {kind.id: (*kind.rungs, *kind.purges) for kind in ensemble.scenario.meeting_kinds}
    competent = {kind: {0, *(RUNGS.index(rung) for rung in rungs)} for kind, rungs in able.items()}
    before, after = steps(ensemble["rung"])
    for m, meeting in enumerate(ensemble.scenario.meetings[1:]):
        risen = set(after[:, m][after[:, m] > before[:, m]].tolist())
        assert risen <= competent[meeting.kind]


@SETTINGS
@given(data=st.data())
def test_nobody_is_expelled_and_exiled_at_one_meeting(data, worlds):
    before, after = steps(worlds(data)["standing"])
    assert not ((before <= IN_PARTY) & (after > IN_PARTY + 1)).any()


@SETTINGS
@given(data=st.data())
def test_only_open_opponents_and_the_expelled_are_punished_and_the_condemned_lose_offices(data, worlds):
    ensemble = worlds(data)
    before, after = steps(ensemble["rung"])
    outside = np.zeros(before.shape, bool)
    for b in range(before.shape[2]):
        holdouts = (ensemble["membership"][:, :-1] == b) & (ensemble["standing"][:, :-1] > IN_PARTY)
        outside[:, :, b] = holdouts.any(axis=2)
    offices = (ensemble["condemned"][:, 1:] == 1) & (after <= RUNGS.index("office"))
    ruled = ensemble["alliance"][:, :-1] == ensemble["ruling"][:, :-1, np.newaxis]
    purged = ruled & purges(ensemble)[1:, np.newaxis]
    assert ((ensemble["open"][:, 1:] == 1) | offices | purged)[(after > before) & ~outside].all()


@SETTINGS
@given(data=st.data())
def test_a_mechanism_that_is_off_does_nothing(data, worlds):
    ensemble = worlds(data)
    if off(ensemble, "sanctions"):
        assert ensemble["rung"].max() == 0
    if off(ensemble, "surrender") or off(ensemble, "sanctions"):
        assert ensemble["surrendered"].max() == 0
    if off(ensemble, "trust"):
        before, after = steps(ensemble["trust"])
        assert (before == after).all()
    if off(ensemble, "loyalty") and off(ensemble, "surrender"):
        before, after = steps(ensemble["membership"])
        assert (before == after).all()
    if off(ensemble, "bargaining"):
        before, after = steps(ensemble["alliance"])
        fell = ((before >= 0) & (after < 0)).any(axis=2) | ((before < 0) & (after >= 0)).any(axis=2)
        assert (before == after)[~fell].all()


@SETTINGS
@given(data=st.data())
def test_the_arrays_have_the_shapes_and_types_that_they_claim(data, worlds):
    ensemble = worlds(data)
    promised = empty_arrays(ensemble.scenario, WORLDS)
    found = {name: (array.shape, array.dtype) for name, array in ensemble.arrays.items()}
    assert found == {name: (array.shape, np.dtype(DTYPES[name])) for name, array in promised.items()}
