"""What the record is read to say of blocs, worked by hand on three blocs and three meetings."""

from factions.statements.documented import bloc_holds, bloc_statements, places, spans


def claim(predicate, blocs, **when):
    return {"predicate": predicate, "blocs": tuple(blocs), **when}


def read(struggle, *claims):
    scenario = struggle(*claims)
    said = bloc_statements(scenario)
    return places(scenario, said), spans(said, places(scenario, said))


def test_states_are_taken_from_claims_and_silence_stays_silence(struggle):
    found, _ = read(
        struggle,
        claim("ruling", ["left"], at="first"),
        claim("open", ["centre"], at="first"),
        claim("outside", ["right"], at="second"),
        claim("quiet", ["right"], between=("second", "third"), when="throughout"),
    )
    assert found == {(0, 0): "ruling", (0, 1): "open", (1, 2): "quiet", (2, 2): "hushed"}


def test_what_follows_from_alliances_is_drawn_out(struggle):
    found, _ = read(
        struggle,
        claim("ruling", ["left"], at="second"),
        claim("allied", ["left", "centre"], at="second"),
        claim("apart", ["centre", "right"], at="second"),
    )
    assert found == {(1, 0): "ruling", (1, 1): "ruling", (1, 2): "outside"}


def test_claims_that_exclude_each_other_are_shown_as_contradictory(struggle):
    found, _ = read(struggle, claim("ruling", ["left"], at="first"), claim("open", ["left"], at="first"))
    assert found == {(0, 0): "contradictory"}


def test_never_is_the_opposite_of_one_bloc_and_says_nothing_of_one_among_several(struggle):
    never = {"between": ("first", "second"), "when": "never"}
    assert read(struggle, claim("ruling", ["centre"], **never))[0] == {(0, 1): "outside", (1, 1): "outside"}
    assert read(struggle, claim("ruling", ["centre", "right"], **never)) == ({}, [])


def test_a_break_at_some_time_with_a_lasting_ruler_puts_the_other_bloc_outside_at_some_time(struggle):
    found, vague = read(
        struggle,
        claim("ruling", ["left"], between=("first", "third"), when="throughout"),
        claim("apart", ["left", "centre"], between=("second", "third"), when="sometime"),
    )
    assert (1, 1) not in found
    assert vague == [(1, "outside", 1, 2)]


def test_leader_and_vote_claims_are_not_about_alliances(struggle):
    vote = {"predicate": "vote_share", "low": 0.1, "high": 0.2, "at": "first"}
    seat = {"predicate": "standing", "leaders": ("left_1",), "at_most": "expelled", "at": "first"}
    assert bloc_statements(struggle(vote, seat)) == []


def test_a_bloc_without_influence_is_outside_and_apart_from_all(struggle, worlds):
    claims = [claim(predicate, ["centre"], at="first") for predicate in ("outside", "quiet")]
    scenario = struggle(*claims, claim("apart", ["centre", "right"], at="first"))
    ensemble = worlds(scenario, 1, alliance=[0, -1, -1])
    assert [bool(bloc_holds(ensemble, said).all()) for said in bloc_statements(scenario)] == [True, True, True]
