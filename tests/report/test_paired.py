"""A pair of worlds side by side: what is told of one side alone is marked, and the worlds are those compared."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from types import SimpleNamespace as Thing

import numpy as np
import pytest

from factions.counterfactual.compare import Comparer
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.contrasts import Middle
from factions.counterfactual.example import Example, Shows
from factions.counterfactual.pairs import Pairs
from factions.draws import find_draws
from factions.report.page import Page
from factions.report.paired import shows_blocks, shows_words, tell_pair, write_pair
from factions.report.table import as_text
from factions.scenario import load

# Nobody bargains, moves or is punished, and the rebels are far stronger than it takes to speak: they speak out at both
# meetings, unless a change silences them.
TWO = """\
title = "Two blocs"
start = 1924-01-01
end = 1924-12-31
[[blocs]]
id = "rulers"
chief = "anna"
[[blocs]]
id = "rebels"
chief = "boris"
[[leaders]]
id = "anna"
name = "Anna"
bloc = "rulers"
prestige = 8
standing = "politburo"
[[leaders]]
id = "boris"
name = "Boris"
bloc = "rebels"
prestige = 6
standing = "politburo"
[[meeting_kinds]]
id = "talk"
electorate = "central_committee"
[[meetings]]
id = "spring"
name = "Spring"
kind = "talk"
date = 1924-03-01
[[meetings]]
id = "autumn"
name = "Autumn"
kind = "talk"
date = 1924-09-01
[[record]]
id = "spoke"
text = "The rebels speak out."
predicate = "open"
blocs = ["rebels"]
at = "spring"
[parameters]
voice_mass = 0.05
precision = 100
[mechanisms]
bargaining = false
loyalty = false
"""
SILENT = """\
extends = "two.toml"
title = "The rebels are silent"
question = "What if they had kept quiet?"
[[changes]]
kind = "stance"
bloc = "rebels"
to = "quiet"
at = "autumn"
"""


@pytest.fixture
def files(write):
    """The baseline and the counterfactual."""
    return load(write(TWO, "two.toml")), load(write(SILENT, "silent.toml"))


@pytest.fixture
def pairs(files):
    base, other = files
    return Pairs.of(base, other, find_draws(base, "default"), 20, 4, Condition.branch)


def test_exactly_the_one_decision_that_differs_is_marked(pairs):
    told = tell_pair(pairs, 3)
    spring, autumn = told.data()["meetings"]
    assert spring["same"] and spring["only_without"] == spring["only_with"] == []
    spoke, vote = autumn["only_without"]
    assert spoke.startswith("The rebels spoke out (a chance of ") and vote.startswith("The open opposition had ")
    assert autumn["only_with"] == ["The rebels kept quiet.", "The vote was unanimous."]
    assert told.first is told.meetings[1]
    # The stance is the one decision, and the vote follows from it: each is there once on either side.
    assert told.meetings[1].decisions == 4


def test_the_text_tells_once_what_is_the_same_and_marks_the_rest(pairs):
    text = as_text(tell_pair(pairs, 3).blocks(), 100)
    assert "Pair 3, one of 20 simulated pairs: an example, which proves nothing." in text
    assert "The two worlds are the same before “Autumn (1 September 1924)”, and differ at 1 of 2 meetings." in " ".join(
        text.split()
    )
    assert "Spring (1 March 1924): the same in both\nThe rulers ruled, with " in text
    lines = [line for line in text.splitlines() if "»" in line and "marks what" not in line]
    assert lines[0].startswith("» The rebels spoke out (a") and "» The rebels kept quiet." in lines[0]
    ruled = next(line for line in text.splitlines() if line.count("The rulers ruled") == 2)
    assert "»" not in ruled


def test_the_page_has_two_columns_with_marks(pairs):
    page = Page("x")
    tell_pair(pairs, 3).add_to(page)
    (table,) = [part for part in page.parts if part.startswith('<table class="pair">')]
    assert "<th>without the change</th><th>with the change</th>" in table
    assert table.count("<mark>") == 4 and "<mark>The rebels kept quiet.</mark>" in table
    assert "<mark>The rulers ruled" not in table


def test_worlds_that_never_part_are_said_to_be_the_same(files):
    base, _ = files
    pairs = Pairs.of(base, base, find_draws(base, "default"), 20, 4, Condition.none)
    told = tell_pair(pairs, 0)
    assert told.opening() == "The two worlds are the same to the end." and told.first is None


@pytest.mark.parametrize("condition", list(Condition))
def test_the_worlds_told_are_those_compared(history, condition):
    """Under every condition: who rules and who is open in the pair that is told, and in the arrays."""
    other = load(history.path.parent / "counterfactuals" / "trotsky_backs_zinoviev.toml")
    draws = find_draws(history, None)
    compared = Comparer(history, draws, 20, 2, condition).compare(other, ["ruling:right"], tell=False)
    told = tell_pair(Pairs.of(history, other, draws, 20, 2, condition), 7)
    blocs = [bloc.id for bloc in history.blocs]
    for side, ensemble in (("here", compared.factual), ("there", compared.counterfactual)):
        for m, meeting in enumerate(told.meetings):
            chapter = getattr(meeting, side)
            assert set(chapter.open) == {blocs[b] for b in np.flatnonzero(ensemble["open"][7, m])}
            labels = ensemble["alliance"][7, m]
            assert [blocs.index(bloc) for bloc in chapter.ruling] == np.flatnonzero(
                (labels == ensemble["ruling"][7, m]) & (labels >= 0)
            ).tolist()
    assert all(meeting.same for meeting in told.meetings[: [m.id for m in history.meetings].index("xiv_congress")])


def test_nothing_is_written_of_pairs_that_never_part(files, tmp_path):
    base, other = files
    compared = Comparer(base, find_draws(base, "default"), 20, 4, Condition.branch).compare(other, ["open:rebels"])
    same = Thing(diverged=0.0)
    assert write_pair(same, tmp_path, "x") == []
    written = write_pair(compared, tmp_path, "factions compare ...")
    assert [path.name for path in written] == ["pair.txt", "pair.html"]
    assert "The rebels kept quiet." in written[0].read_text(encoding="utf-8")


def test_the_page_says_what_of_the_answer_a_pair_shows_and_in_how_many_pairs_it_is_so():
    shown = Shows("Anna in the Politburo", "probability", (0.25, 1.0), (0.0, 1.0), holds=True)
    never = Shows("A and B part company", "year", (1924.92, inf), (1924.92, 1925.5), holds=False)
    one, two = Example(3, (shown,), 0.75), Example(3, (shown, never), 0.14, 0.004, 0.76)
    assert shows_words(one) == "shows the main finding, as 75 of 100 pairs do"
    assert shows_words(replace(one, shows=(replace(shown, holds=False),))) == "does not show the main finding"
    assert shows_words(two) == (
        "shows 1 of the 2 main findings; as much comes together in 14 of 100 pairs, all 2 in less than 1"
    )
    text = as_text(shows_blocks(Thing(example=two)), 120)
    assert "In 76 of 100 pairs the change makes none of these differences." in " ".join(text.split())
    rows = [line.split("  ") for line in text.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert ["Anna in the Politburo", "25%", "100%", "no", "yes", "yes"] in cells
    many = Shows("expelled", "number", (35.5, 40.75), (6, 45), True, (Middle(25, 44, 0.1), Middle(41, 41, 0.0)))
    text = as_text(shows_blocks(Thing(example=Example(3, (many,)))), 120)
    assert "35.5 (25 to 44)" in text
    assert "40.8 (41)" in text and "the middle half" in text
    assert ["A and B part company", "December 1924", "never", "December 1924", "July 1925", "no"] in cells
