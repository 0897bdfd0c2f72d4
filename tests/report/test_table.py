"""Tables as text: narrow terminals wrap words and lose no figure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factions.report.page import Page
from factions.report.table import PIPED, Column, Number, as_text, facts, table

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), max_size=12).map(" ".join)
FIGURES = st.floats(-1e6, 1e6).map(lambda value: f"{value:.3f} ± {abs(value) / 7:.3f}")
ROWS = st.lists(st.tuples(FIGURES, WORDS, WORDS, FIGURES), min_size=1, max_size=6)


def made(rows):
    return table(
        rows,
        Number("score", lambda row: row[0]),
        Column("claim", lambda row: row[1]),
        Column("what happened", lambda row: row[2]),
        Number("other", lambda row: row[3]),
    )


@given(ROWS, st.integers(1, 200))
def test_every_figure_and_every_word_is_there_at_any_width(rows, width):
    text = as_text([made(rows)], width)
    for row in rows:
        assert row[0] in text and row[3] in text
    words = sorted(word for row in rows for cell in row for word in cell.split())
    _, below = text.split("─\n")
    assert sorted(below.split()) == words


@given(ROWS)
def test_lines_are_no_longer_than_the_terminal_if_its_figures_and_longest_words_fit(rows):
    numbers = sum(max(len(heading), *(len(row[k]) for row in rows)) for k, heading in ((0, "score"), (3, "other")))
    words = sum(
        max(len(word) for cell in (heading, *(row[k] for row in rows)) for word in cell.split())
        for k, heading in ((1, "claim"), (2, "what happened"))
    )
    width = numbers + words + 3 * 2
    assert max(map(len, as_text([made(rows)], width).splitlines())) <= width


def test_what_fits_stands_in_lines_of_its_own():
    rows = [("1.000", "short", "a few words", "2.50"), ("-10.000", "", "none", "")]
    assert as_text([made(rows)], PIPED).splitlines() == [
        "  score  claim  what happened  other",
        "────────────────────────────────────",
        "  1.000  short  a few words     2.50",
        "-10.000         none",
    ]


def test_paragraphs_titles_and_notes_stand_around_their_tables():
    shown = table(["x"], Column("", str), title="Letters", note="One of them.")
    assert as_text(["First.", shown, facts({"seed": 3})], 80) == "First.\n\nLetters\nx\nOne of them.\n\nseed  3\n"


def test_paragraphs_titles_and_notes_are_broken_between_words():
    shown = table([1], Number("", str), title="A long title.", note="And a long note.")
    assert as_text(["so-called words", shown], 10) == "so-called\nwords\n\nA long\ntitle.\n1\nAnd a long\nnote.\n"
    assert as_text(["a    b\n\n  c"], 10) == "a    b\n\n  c\n"  # what fits stays as it is


def test_what_one_types_is_never_broken_and_stands_as_it_is_on_a_page():
    typed = "  " + "factions compare a b " * 9
    assert as_text([f"Type this:\n{typed}\nand read on."], 40) == f"Type this:\n{typed}\nand read on.\n"
    page = Page("")
    page.blocks(["Type this:\n  one\n  two <2>\nand read on."])
    assert page.parts == ["<p>Type this:</p>", "<pre>one\ntwo &lt;2&gt;</pre>", "<p>and read on.</p>"]
