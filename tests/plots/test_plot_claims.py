"""The claims figure: what it is given, what it numbers, dots at their probabilities and apart from each other."""

from datetime import date

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings
from matplotlib.collections import LineCollection

from factions.plots import claims
from factions.plots.timeaxis import time_axis
from factions.statements.scores import ClaimScore

FREE = (-np.inf, np.inf)


def score(name, probability, confidence="high"):
    day = date(1924, 5, 9)
    return ClaimScore(name, "", (), "m0", day, "open", 0, 1, probability, 0.02, confidence, ())


@pytest.fixture
def four_worlds(build):
    """Of four worlds `likely` holds in three and `unlikely` in one; each claim speaks of other blocs."""

    def made(about=("b0", "b1"), worlds=4):
        record = [
            build.claim("open", ["b0"], at="m0", id="likely"),
            build.claim("open", ["b1"], at="m0", id="unlikely", about=about),
        ]
        speaks = np.zeros((worlds, 1, 2), int)
        speaks[: 3 * worlds // 4, :, 0] = speaks[: worlds // 4, :, 1] = 1
        return build.worlds(build.scenario(meetings=1, record=record), worlds, open=speaks)

    return made


def test_the_table_starts_with_the_least_probable_claim(four_worlds):
    rows = claims.table(four_worlds())
    assert [(row["id"], row["probability"]) for row in rows] == [("unlikely", 0.25), ("likely", 0.75)]
    assert (rows[0]["about"], rows[0]["date"]) == ("b0 b1", date(1924, 1, 10))


@pytest.mark.parametrize(("low", "high", "listed"), [(0, 9, 3), (5, 5, 5), (14, 2, 10), (0, 1, 1)])
def test_the_claims_below_one_half_are_listed_within_limits(low, high, listed):
    chosen = claims.worst([score(f"l{k}", 0.1) for k in range(low)] + [score(f"h{k}", 0.9) for k in range(high)])
    assert len(chosen) == listed
    assert sum(score.probability < 0.5 for score in chosen) == min(low, listed)


def test_of_equals_the_surer_is_listed_first():
    chosen = claims.worst([score("a", 0.1, "low"), score("b", 0.1, "high"), score("c", 0.1, "")])
    assert [one.id for one in chosen] == ["b", "a", "c"]


def test_a_claim_about_two_blocs_has_a_dot_in_both_rows_and_one_about_none_has_its_own(four_worlds):
    drawn = {text.get_text() for axes in claims.figure(four_worlds(about=())).axes for text in axes.texts}
    assert {"Bloc 0", "No bloc in particular"} <= drawn and "Bloc 1" not in drawn
    texts = [text.get_text() for axes in claims.figure(four_worlds()).axes for text in axes.texts]
    # The least probable claim is number 1, and speaks of both blocs.
    assert sorted(text for text in texts if text in "123") == ["1", "1", "2"]


def dots(axes):
    return sorted(y for line in axes.lines if line.get_marker() == "o" for y in line.get_ydata())


def bars(axes):
    """Ends of upright lines in the data of the axes."""
    drawn = [each for each in axes.collections if isinstance(each, LineCollection)]
    lines = [path.vertices for each in drawn if each.get_transform() == axes.transData for path in each.get_paths()]
    return sorted((float(line[0, 1]), float(line[1, 1])) for line in lines)


@pytest.mark.parametrize(("worlds", "seen"), [(4, True), (4000, False)])
def test_dots_and_bars_stand_at_the_probabilities_and_errors_of_the_table(four_worlds, worlds, seen):
    shown = four_worlds(worlds=worlds)
    figure = claims.figure(shown)
    first, second = (axes for axes in figure.axes if len(axes.get_yticks()) == 3)
    unlikely, likely = claims.table(shown)
    assert dots(first) == [unlikely["probability"], likely["probability"]]
    assert dots(second) == [unlikely["probability"]]
    # A bar that its dot hides is neither drawn nor promised.
    ends = [(row["probability"] - row["error"], row["probability"] + row["error"]) for row in (unlikely, likely)]
    assert np.array(bars(first)) == pytest.approx(np.array(ends if seen else []))
    assert ("Bars are one standard error" in figure.texts[2].get_text().replace("\n", " ")) == seen


def test_no_dot_is_moved_into_another_year(build):
    days = [date(1925, 10, 1), date(1925, 12, 30), date(1926, 2, 1)]
    record = [build.claim("open", ["b0"], at="m1", id=f"c{k}") for k in range(9)]
    shown = build.worlds(build.scenario(meetings=3, dates=days, record=record))
    axis = time_axis(shown.scenario)
    (turn,) = [place for _, place in axis.years]
    (axes,) = (axes for axes in claims.figure(shown).axes if len(axes.get_yticks()) == 3)
    xs = [x for line in axes.lines if line.get_marker() == "o" for x in line.get_xdata()]
    assert len(xs) == 9 and max(xs) <= turn


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 8), st.floats(0, 1)), max_size=25))
def test_dots_of_a_swarm_never_overlap(dots):
    xs, ys = [x for x, _ in dots], [y for _, y in dots]
    places = claims.swarm(xs, ys, [claims.DOT] * len(dots), [FREE] * len(dots))
    for i in range(len(dots)):
        for j in range(i):
            assert (places[i] - places[j]) ** 2 + (ys[i] - ys[j]) ** 2 >= claims.DOT**2 * (1 - 1e-9)


def test_a_dot_that_is_free_stays_at_its_date():
    assert claims.swarm([1.0, 3.0], [0.5, 0.5], [claims.DOT, claims.DOT], [FREE, FREE]) == [1.0, 3.0]
