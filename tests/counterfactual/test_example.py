"""The pair that is told as an example: what it shows, that it is not rare, and that its numbers are typical."""

from __future__ import annotations

import numpy as np
import pytest

from factions.counterfactual.example import Headline, example_of

EVERY = np.ones(3, bool)


def test_what_is_told_as_an_example_is_in_most_as_most_worlds(toy, handmade):
    """Boris is expelled in one world of three; in the next everything is as in the third, but that all surrender."""
    standing, given_in = np.tile([0, 1, 0, 1, 0], (3, 4, 1)), np.zeros((3, 4, 5), int)
    standing[0, 3, 2], given_in[1, 3] = 3, 1
    worlds = handmade(toy, 1, standing=standing, surrendered=given_in)
    assert example_of(worlds, worlds, (), EVERY).pair == 2
    # Outcomes come before what else is alike.
    assert example_of(worlds, worlds, (), np.array([True, True, False])).pair == 1
    assert example_of(worlds, worlds, (), np.array([True, False, False])).pair == 0


SEAT = [0, 1, 0, 1, 0]
"""The places of the cast; 1 in the third is Boris without his seat."""


@pytest.fixture
def seated(toy, handmade):
    """Boris keeps his seat in the first two of three worlds without the change, and in all with it."""
    here, there = np.tile(SEAT, (3, 4, 1)), np.tile(SEAT, (3, 4, 1))
    here[2, 3, 2] = 1
    return handmade(toy, 1, standing=here), handmade(toy, 1, standing=there)


def test_the_example_shows_what_the_answer_tells_though_most_pairs_do_not(seated):
    """The answer tells that he keeps his seat more often: the third pair shows it, and one pair of three does."""
    found = example_of(*seated, [Headline("politburo:boris", differs=True)], np.array([True, True, False]))
    (shows,) = found.shows
    assert (found.pair, found.share) == (2, pytest.approx(1 / 3))
    assert (shows.text, shows.usual, shows.pair) == ("boris in the Politburo", (pytest.approx(2 / 3), 1.0), (0.0, 1.0))
    assert shows.holds


def test_of_what_stays_the_example_is_as_most_worlds(seated):
    found = example_of(*seated, [Headline("politburo:boris", differs=False)], np.array([False, True, True]))
    assert (found.pair, found.share) == (1, pytest.approx(2 / 3))


def test_of_pairs_that_show_as_much_one_begins_as_most_do(toy, handmade):
    """Boris loses his seat with the change in all pairs; Bella goes too in the last, which therefore differs more."""
    here, there = np.tile(SEAT, (3, 4, 1)), np.tile(SEAT, (3, 4, 1))
    there[:, 3, 2], there[2, 3, 3] = 1, 2
    sides = handmade(toy, 1, standing=here), handmade(toy, 1, standing=there)
    told = [Headline("politburo:boris", differs=True)]
    assert [example_of(*sides, told, EVERY & (np.arange(3) == k)).pair for k in range(3)] == [0, 1, 2]


def test_what_comes_together_is_counted_together(toy, handmade):
    """Of three pairs Boris loses his seat in the first and second, Clara hers in the second and third."""
    here, there = np.tile(SEAT, (3, 4, 1)), np.tile(SEAT, (3, 4, 1))
    there[:2, 3, 2] = there[1:, 3, 4] = 1
    sides = handmade(toy, 1, standing=here), handmade(toy, 1, standing=there)
    told = [Headline(f"politburo:{name}", differs=True) for name in ("boris", "clara")]
    found = example_of(*sides, told, np.array([True, False, False]))
    assert (found.pair, found.share) == (1, pytest.approx(1 / 3))


def test_a_number_moves_if_it_is_nearer_to_its_own_side(toy, handmade):
    """Without the change nobody, nobody and one are expelled, with it nobody, three and three: on average 1/3 and 2."""
    here, there = np.tile(SEAT, (3, 4, 1)), np.tile(SEAT, (3, 4, 1))
    here[2, 3, 2] = there[1:, 3, 2] = there[1:, 3, 3] = there[1:, 3, 4] = 3
    sides = handmade(toy, 1, standing=here), handmade(toy, 1, standing=there)
    found = example_of(*sides, [Headline("expulsions", differs=True)], np.array([True, False, False]))
    assert found.pair in (1, 2) and found.share == pytest.approx(2 / 3)
    assert found.shows[0].usual == (pytest.approx(1 / 3), 2.0)


def test_a_break_that_never_comes_is_no_date(toy, handmade):
    """The rulers and the doubters part at the second meeting in two worlds of three, with the change in none."""
    here = np.tile([0, 1, 0], (3, 4, 1))
    here[:2, 1:, 2] = 2
    sides = handmade(toy, 1, alliance=here), handmade(toy, 1)
    found = example_of(*sides, [Headline("break:rulers+doubters", differs=True)], EVERY)
    (shows,) = found.shows
    assert found.pair in (0, 1) and shows.holds
    assert shows.usual[0] == shows.pair[0] == pytest.approx(1924.92, abs=0.01)  # 1 December 1924
    assert shows.usual[1] == shows.pair[1] == np.inf


def _losers(toy, handmade, losses):
    """Both sides of one pair for each entry: the places of those (of Anna, Alexei, Boris, Bella, Clara) who are
    expelled with the change; without it nobody is."""
    here, there = (handmade(toy, len(losses) // 3) for _ in range(2))
    for world, places in enumerate(losses):
        there["standing"][world, 3, list(places)] = 3
    return here, there


GONE = [Headline(f"party:{name}", differs=True) for name in ("boris", "bella", "clara")]


def test_a_rare_combination_is_not_told(toy, handmade):
    """Of 42 pairs Boris and Bella are expelled together in 5, with Clara in one more: all three come in 1 of 42."""
    sides = _losers(toy, handmade, [(2, 3, 4), *[(2, 3)] * 5, *[(2,)] * 9, *[()] * 27])
    found = example_of(*sides, GONE, np.ones(42, bool))
    assert [each.holds for each in found.shows] == [True, True, False]
    assert found.pair in range(1, 6)
    assert (found.share, found.all_share, found.none_share) == (6 / 42, 1 / 42, 27 / 42)


def test_where_everything_is_rare_the_most_common_of_what_differs_is_told(toy, handmade):
    """Nothing comes in a tenth of 42 pairs: Boris goes alone in 3, all three together in 1, and nobody in 38."""
    sides = _losers(toy, handmade, [(2, 3, 4), *[(2,)] * 3, *[()] * 38])
    found = example_of(*sides, GONE, np.ones(42, bool))
    assert [each.holds for each in found.shows] == [True, False, False]
    assert found.pair in (1, 2, 3) and found.share == 4 / 42


def test_of_pairs_that_show_as_much_the_numbers_are_nearest_to_the_medians(toy, handmade):
    """With the change 0, 1, 1, 1, 2, 3, 3, 3 and 3 leaders are expelled: the pair with 2 is told, though Anna is one of
    them there alone."""
    sides = _losers(toy, handmade, [(), *[(2,)] * 3, (0, 3), *[(2, 3, 4)] * 4])
    found = example_of(*sides, [Headline("expulsions", differs=True)], np.ones(9, bool))
    (shows,) = found.shows
    assert found.pair == 4 and shows.usual == (0.0, pytest.approx(17 / 9)) and shows.pair == (0.0, 2.0)
    assert shows.middles is not None
    assert (shows.middles[1].low, shows.middles[1].high, shows.middles[1].none) == (1.0, 3.0, pytest.approx(1 / 9))


def test_of_pairs_alike_those_whom_the_change_names_are_in_the_bloc_of_most_worlds(toy, handmade):
    """Boris has left the rebels in the first of three worlds: of three pairs alike it is not told if he is named."""
    where = np.tile([0, 0, 1, 1, 2], (3, 4, 1))
    where[0, 1:, 2] = 0
    worlds = handmade(toy, 1, membership=where)
    assert example_of(worlds, worlds, (), EVERY).pair == 0
    assert example_of(worlds, worlds, (), EVERY, frozenset({("leaders", "boris")})).pair == 1
