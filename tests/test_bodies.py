"""A party has its own names for the bodies at the top of the ladder, and texts and figures use them."""

from __future__ import annotations

import pytest

import factions
from factions.draws import find_draws
from factions.plots import standing
from factions.report.replay import play_replay
from factions.statements.outcomes import find_outcome
from factions.wording import Names, deed, lacking


@pytest.fixture(scope="module")
def german():
    return factions.load("spd_1914")


def test_a_file_that_names_none_has_the_names_of_the_documented_case():
    history = factions.load("history")
    assert history.ladder == {}
    assert history.bodies == {"politburo": "Politburo", "central_committee": "Central Committee"}
    assert [name for name, _ in standing.key(history)][:3] == ["Politburo", "Central Committee", "party member"]


def test_a_file_may_name_one(german):
    one = german.model_copy(update={"ladder": {"politburo": "Directory"}})
    assert one.bodies == {"politburo": "Directory", "central_committee": "Central Committee"}


def test_sentences_call_the_bodies_as_the_file_does(german):
    names = Names(german)
    struck = deed(names, "Hugo Haase", "sanctions", "is punished: politburo", ())
    assert struck == "the rulers punished Hugo Haase by removal from the party executive"
    assert deed(names, "Otto Wels", "sanctions", "enters the Politburo", ()) == "Otto Wels entered the party executive"
    assert lacking(names, "central_committee:liebknecht") == "Karl Liebknecht was not in the Reichstag caucus"
    assert find_outcome(german, "central_committee:haase").text == "Hugo Haase in the Reichstag caucus"


def test_figures_and_the_page_that_plays_worlds_do_too(german):
    assert [name for name, _ in standing.key(german)][:3] == ["party executive", "Reichstag caucus", "party member"]
    play = play_replay(german, find_draws(german, "default"), 20, 1, threads=1)
    assert play.standings[:3] == ["party executive", "Reichstag caucus", "party member"]
    assert not any("Politburo" in text or "Central Committee" in text for text in play.texts)
