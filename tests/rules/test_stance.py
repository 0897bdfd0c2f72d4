"""Voice and silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.rules.stance import defeat, relative_strength, voice_log_odds

share = st.floats(0, 1)
signed = st.floats(-1, 1)
DEFAULT = {
    "voice": -3.0,
    "voice_strength": 12.0,
    "voice_fear": 6.0,
    "voice_loyalty": 2.0,
}


def voice(strength=0.25, fear=0.5, trust=0.4) -> float:
    return voice_log_odds(strength, fear, trust, **DEFAULT)


def test_strength_by_hand():
    # 0.2 against 0.6: a quarter of both sides' influence.
    assert relative_strength(0.2, 0.6) == pytest.approx(0.25)
    assert (relative_strength(0.0, 0.0), relative_strength(0.0, 0.5), relative_strength(0.3, 0.0)) == (
        0.0,
        0.0,
        1.0,
    )


@given(st.floats(1e-6, 1), st.floats(1e-6, 1))
def test_strengths_of_two_sides_add_up(one, two):
    assert relative_strength(one, two) + relative_strength(two, one) == pytest.approx(1.0)


def test_voice_by_hand():
    # -3 + 12 * 0.25 - 6 * 0.5 - 2 * 0.4 = -3.8. Distrust of the rulers counts as no trust: -3.
    assert voice() == pytest.approx(-3.8)
    assert voice(trust=-0.4) == voice(trust=0.0) == pytest.approx(-3.0)


@given(share, share, signed, st.floats(0, 1))
def test_what_urges_and_what_silences(strength, fear, trust, more):
    base = voice(strength, fear, trust)
    assert voice(strength + more, fear, trust) >= base
    assert voice(strength, fear + more, trust) <= base
    assert voice(strength, fear, trust + more) <= base


def test_defeat_by_hand():
    # A quarter of the votes: beaten by half of all votes; 0.4 of that is 0.2. Nobody is disheartened by a victory.
    assert defeat(0.25, 0.4) == pytest.approx(0.2)
    assert defeat(0.0, 0.4) == pytest.approx(0.4)
    assert defeat(0.5, 0.4) == defeat(0.9, 0.4) == 0.0


@given(share, share, share)
def test_a_heavier_defeat_disheartens_more(one, two, disheartening):
    low, high = sorted((one, two))
    assert 1.0 >= defeat(low, disheartening) >= defeat(high, disheartening) >= 0.0
