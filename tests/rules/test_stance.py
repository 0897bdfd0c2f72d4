"""Voice and silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.stance import critical_mass, keeps_truce, voice_log_odds

share = st.floats(0, 1)
signed = st.floats(-1, 1)
PRECISION = 40.0
MASS = 0.2  # share of all prestige


def voice(strength=0.25, trust=0.1, condemned=0.0) -> float:
    return voice_log_odds(strength, trust, critical_mass(MASS, condemned, 1.0), PRECISION)


def test_voice_by_hand():
    # 40 (0.25 - 0.1) = 6. Distrust of the rulers counts as no trust: 10.
    assert voice() == pytest.approx(6.0)
    assert voice(trust=-0.4) == voice(trust=0.0) == pytest.approx(10.0)
    assert voice(0.3, 0.3) == pytest.approx(0.0)  # numbers and loyalty in balance: as likely as not
    assert voice(trust=0.0, condemned=1.0) == pytest.approx(2.0)  # 40 (0.25 - 0.2)
    assert voice(condemned=1.0) == pytest.approx(-2.0)  # 40 (0.25 - 0.2 - 0.1)


def test_whom_the_rulers_trust_fully_keeps_quiet_however_great_his_name():
    assert voice(1.0, 1.0) <= 0.0


def test_below_its_critical_mass_an_opposition_rather_keeps_quiet():
    assert voice(0.19, 0.0, 1.0) < 0.0 < voice(0.21, 0.0, 1.0)


def test_the_critical_mass_is_asked_of_the_condemned_who_have_something_to_lose():
    found = {(condemned, stake): critical_mass(MASS, condemned, stake) for condemned in (0, 1) for stake in (0, 1)}
    assert found == {(0, 0): 0.0, (0, 1): 0.0, (1, 0): 0.0, (1, 1): MASS}


@given(share, signed, st.floats(0, 1))
def test_what_urges_and_what_silences(strength, trust, more):
    base = voice(strength, trust)
    assert voice(strength + more, trust) >= base
    assert voice(strength, trust + more) <= base


def test_a_blow_silences_those_whom_it_hits_for_the_rest_of_the_session():
    found = {(session, struck): keeps_truce(session, struck) for session in (0, 1) for struck in (0, 1)}
    assert found == {(0, 0): 0, (0, 1): 0, (1, 0): 0, (1, 1): 1}
