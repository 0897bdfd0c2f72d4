"""The claims figure: what it is given, what it numbers, and dots that stay apart."""

from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from factions.plots import claims


def claim(name, probability, about=("b0",), confidence="high"):
    return {
        "id": name,
        "text": f"What {name} says",
        "about": list(about),
        "date": "1924-05-09",
        "probability": probability,
        "error": 0.02,
        "confidence": confidence,
    }


def test_no_claims_no_figure(build):
    assert claims.figure(build.ensemble(build.scenario()), []) is None


def test_the_table_starts_with_the_least_probable_claim():
    rows = claims.table([claim("likely", 0.9), claim("unlikely", 0.1, about=("b0", "b1"))])
    assert [row["id"] for row in rows] == ["unlikely", "likely"]
    assert rows[0]["about"] == "b0 b1"
    assert rows[0]["date"] == "1924-05-09"


def test_mappings_and_objects_are_read_alike():
    read = claims.scores([claim("c", 0.4, confidence=None)])
    assert read == [claims.Score("c", "What c says", ("b0",), date(1924, 5, 9), 0.4, 0.02, "unstated")]
    assert claims.scores(read) == read


@pytest.mark.parametrize(("low", "high", "listed"), [(0, 9, 3), (5, 5, 5), (14, 2, 10), (0, 1, 1)])
def test_the_claims_below_one_half_are_listed_within_limits(low, high, listed):
    scores = claims.scores([claim(f"l{k}", 0.1) for k in range(low)] + [claim(f"h{k}", 0.9) for k in range(high)])
    chosen = claims.worst(scores)
    assert len(chosen) == listed
    assert sum(score.probability < 0.5 for score in chosen) == min(low, listed)


def test_a_claim_about_two_blocs_has_a_dot_in_both_rows_and_one_about_none_has_its_own(build):
    scores = [claim("both", 0.2, about=("b0", "b1")), claim("none", 0.8, about=())]
    figure = claims.figure(build.ensemble(build.scenario()), scores)
    drawn = {text.get_text() for axes in figure.axes for text in axes.texts}
    assert {"Bloc 0", "Bloc 1", "No bloc in particular"} <= drawn
    numbers = [text.get_text() for axes in figure.axes for text in axes.texts if text.get_text() in "123"]
    assert sorted(numbers) == ["1", "1", "2"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 8), st.floats(0, 1)), max_size=25))
def test_dots_of_a_swarm_never_overlap(dots):
    xs, ys = [x for x, _ in dots], [y for _, y in dots]
    places = claims.swarm(xs, ys, [claims.DOT] * len(dots))
    for i in range(len(dots)):
        for j in range(i):
            assert (places[i] - places[j]) ** 2 + (ys[i] - ys[j]) ** 2 >= claims.DOT**2 * (1 - 1e-9)


def test_a_dot_that_is_free_stays_at_its_date():
    assert claims.swarm([1.0, 3.0], [0.5, 0.5], [claims.DOT, claims.DOT]) == [1.0, 3.0]
