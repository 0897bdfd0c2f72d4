"""What the record is read to say of blocs, worked by hand on three blocs and three meetings."""

import numpy as np

from factions.plots.documented import holds, places, spans, statements


def read(build, *claims):
    scenario = build.scenario(blocs=3, meetings=3, record=claims)
    said = statements(scenario)
    return places(scenario, said), spans(said, places(scenario, said))


def test_states_are_taken_from_claims_and_silence_stays_silence(build):
    found, _ = read(
        build,
        build.claim("ruling", ["b0"], at="m0"),
        build.claim("open", ["b1"], at="m0"),
        build.claim("outside", ["b2"], at="m1"),
        build.claim("quiet", ["b2"], between=("m1", "m2"), when="throughout"),
    )
    assert found == {(0, 0): "ruling", (0, 1): "open", (1, 2): "quiet", (2, 2): "hushed"}


def test_what_follows_from_alliances_is_drawn_out(build):
    found, _ = read(
        build,
        build.claim("ruling", ["b0"], at="m1"),
        build.claim("allied", ["b0", "b1"], at="m1"),
        build.claim("apart", ["b1", "b2"], at="m1"),
    )
    assert found == {(1, 0): "ruling", (1, 1): "ruling", (1, 2): "outside"}


def test_claims_that_exclude_each_other_are_shown_as_contradictory(build):
    found, _ = read(build, build.claim("ruling", ["b0"], at="m0"), build.claim("open", ["b0"], at="m0"))
    assert found == {(0, 0): "contradictory"}


def test_never_is_the_opposite_of_one_bloc_and_says_nothing_of_one_among_several(build):
    never = {"between": ("m0", "m1"), "when": "never"}
    assert read(build, build.claim("ruling", ["b1"], **never))[0] == {(0, 1): "outside", (1, 1): "outside"}
    assert read(build, build.claim("ruling", ["b1", "b2"], **never)) == ({}, [])


def test_a_break_at_some_time_with_a_lasting_ruler_puts_the_other_bloc_outside_at_some_time(build):
    found, vague = read(
        build,
        build.claim("ruling", ["b0"], between=("m0", "m2"), when="throughout"),
        build.claim("apart", ["b0", "b1"], between=("m1", "m2"), when="sometime"),
    )
    assert (1, 1) not in found
    assert vague == [(1, "outside", 1, 2)]


def test_leader_and_vote_claims_are_not_about_alliances(build):
    scenario = build.scenario(record=[build.claim("standing", at="m0"), build.claim("vote_share", at="m0")])
    assert statements(scenario) == []


def test_a_bloc_without_influence_is_outside_and_apart_from_all(build):
    claims = [build.claim(predicate, ["b1"], at="m0") for predicate in ("outside", "quiet")]
    claims.append(build.claim("apart", ["b1", "b2"], at="m0"))
    scenario = build.scenario(blocs=3, record=claims)
    ensemble = build.ensemble(scenario, 1, alliance=np.array([0, -1, -1]))
    assert [bool(holds(ensemble, said).all()) for said in statements(scenario)] == [True, True, True]
