"""The Mesa model and the engine agree to the last bit on any scenario whatsoever.

FACTIONS_EXAMPLES=300 tries that many scenarios, new ones each time.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from factions.results.arrays import AXES
from factions.vocabulary import GREATEST

SETTINGS = settings(settings.get_profile("parity"))
WORLDS = 2


@SETTINGS
@given(data=st.data())
def test_mesa_and_engine_agree_on_every_bit(data, engines, random_scenarios, random_parameters, differences):
    scenario = data.draw(random_scenarios())
    values = data.draw(random_parameters(WORLDS))
    seed = data.draw(st.integers(0, 2**32 - 1))
    worlds = data.draw(st.integers(0, GREATEST - WORLDS + 1)) + np.arange(WORLDS)
    compiled, mesa = (engines[name](scenario, worlds, values, seed) for name in ("compiled", "mesa"))
    assert differences(compiled, mesa) == []


@SETTINGS
@given(data=st.data())
def test_every_number_is_finite(data, engines, random_scenarios, random_parameters):
    scenario = data.draw(random_scenarios())
    ensemble = engines["compiled"](scenario, np.arange(20), data.draw(random_parameters(20)), 1)
    assert [name for name in AXES if not np.isfinite(ensemble[name]).all()] == []
