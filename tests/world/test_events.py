"""Every kind of event has an effect, the same for the engine, the model and anything else with a world's arrays."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from factions.scenario.content import events
from factions.vocabulary import ACTIVE, DEAD, EXPELLED, INACTIVE, MECHANISMS
from factions.world.events import EFFECTS, EVENT_KINDS, happen


def test_every_kind_that_a_file_may_name_has_an_effect():
    assert set(EFFECTS) == {events.kind_name(kind) for kind in events.EVENT_KINDS}


def world():
    """Two leaders, two offices, one issue, two blocs; leader 0 holds office 0, leader 1 the other."""
    return SimpleNamespace(
        activity=np.array([1, 1]),
        standing=np.array([0, 2]),
        membership=np.array([0, 1]),
        holder=np.array([0, 1]),
        barred=np.array([-1, -2]),
        committee=np.array([2]),
        prestige=np.array([4.0, 2.0]),
        ideal=np.array([[0.5], [-0.5]]),
        salience=np.array([1.0]),
        threat=np.array([0.0]),
        seats=np.array([1]),
        leader_influence=np.array([0.6, 0.2]),
        placed=np.array([0, 0]),
        happened=np.array([0]),
    )


def after(kind: str, leader: int = -1, bloc: int = -1, office: int = -1, value: float = 0.0, relative: int = 0):
    """The world after one event."""
    case = SimpleNamespace(
        event_kind=np.array([EVENT_KINDS.index(kind)]),
        event_leader=np.array([leader]),
        event_bloc=np.array([bloc]),
        event_office=np.array([office]),
        event_issue=np.array([0]),
        event_value=np.array([value]),
        event_relative=np.array([relative]),
        event_mark=np.array([0]),
        condition_event=np.array([], int),
        mechanism=np.ones(len(MECHANISMS), np.int64),
    )
    changed = world()
    happen(case, changed, 0)
    return changed


def test_the_dead_leave_their_offices_vacant():
    assert after("death", leader=0).activity[0] == DEAD and after("death", leader=0).holder.tolist() == [-1, 1]


def test_the_ill_keep_theirs():
    assert after("illness", leader=0).activity[0] == INACTIVE and after("illness", leader=0).holder[0] == 0
    assert after("recovery", leader=0).activity[0] == ACTIVE


def test_positions_move_by_or_to_a_value_and_stay_on_the_scale():
    assert after("policy_shift", leader=0, value=-1.0).ideal[:, 0].tolist() == [-1.0, -0.5]
    assert after("policy_shift", bloc=1, value=0.25, relative=1).ideal[:, 0].tolist() == [0.5, -0.25]
    assert after("policy_shift", leader=0, value=2.0, relative=1).ideal[0, 0] == 1.0


def test_comrades_follow_as_far_as_the_other_outweighs_them():
    # He moves by -1.5; a comrade with a third of his weight makes three quarters of the step, within the scale.
    case = SimpleNamespace(
        event_kind=np.array([EVENT_KINDS.index("policy_shift")]),
        event_leader=np.array([0]),
        event_bloc=np.array([-1]),
        event_issue=np.array([0]),
        event_value=np.array([-1.0]),
        event_relative=np.array([0]),
        event_mark=np.array([0]),
        condition_event=np.array([], int),
        mechanism=np.ones(len(MECHANISMS), np.int64),
    )
    changed = world()
    changed.membership[1], changed.ideal[1, 0] = 0, 0.5
    happen(case, changed, 0)
    assert changed.ideal[:, 0] == pytest.approx([-1.0, 0.5 - 0.75 * 1.5])
    changed = world()  # of another bloc: he goes alone
    happen(case, changed, 0)
    assert changed.ideal[:, 0].tolist() == [-1.0, -0.5]


def test_attention_and_threat_never_fall_below_nothing():
    assert after("salience", value=0.5).salience[0] == 1.5 and after("salience", value=-3.0).salience[0] == 0.0
    assert after("threat", value=2.0).threat[0] == 2.0 and after("threat", value=-1.0).threat[0] == 0.0


def test_new_members_make_old_prestige_count_for_less():
    assert after("enrolment", value=0.25).prestige.tolist() == [3.0, 1.5]


def test_seats_offices_places_and_blocs_are_given():
    assert after("seats", value=9.0).seats[0] == 9
    assert after("appointment", office=0, leader=1).holder.tolist() == [1, 1]
    assert after("appointment", office=1).holder.tolist() == [0, -1]
    assert after("membership", leader=0, bloc=1).membership.tolist() == [1, 1]
    out = after("standing", leader=0, value=float(EXPELLED))
    assert out.standing[0] == EXPELLED and out.holder.tolist() == [-1, 1]  # outside the party he holds nothing


def test_who_resigns_an_office_that_he_has_does_not_get_it_again():
    found = after("resignation", leader=0, office=0)
    assert found.holder.tolist() == [-1, 1] and found.barred.tolist() == [0, -2]
    other = after("resignation", leader=1, office=0)  # he does not have it
    assert other.holder.tolist() == [0, 1] and other.barred.tolist() == [-1, -2]


def test_an_office_that_is_created_is_barred_to_nobody():
    assert after("creation", office=1).barred.tolist() == [-1, -1]
    assert after("creation", office=0).barred.tolist() == [-1, -2]


def test_the_committee_is_given_another_size():
    found = after("committee_seats", value=9.0)
    assert found.committee.tolist() == [9] and found.seats.tolist() == [1]
