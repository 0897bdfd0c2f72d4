"""What a page plays: which worlds are told, the frames of one, and pairs whose casts differ."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.compare import Comparer
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.example import Example
from factions.counterfactual.paths import free_paths
from factions.draws import Draws
from factions.parameters import default_values
from factions.report.page import Page
from factions.report.play.choice import agreement, choose_worlds
from factions.report.play.data import FINE, plan_pairs, plan_replay
from factions.report.replay import play_replay, replay_page
from factions.scenario import load
from factions.statements.claims import judge

DRAWS = Draws(default_values().reshape(1), "test")
PAIR = """\
extends = "base.toml"
title = "A third man"
question = "What if there had been a third bloc?"
[[blocs]]
id = "third"
[[leaders]]
id = "bukharin"
name = "Nikolai Bukharin"
bloc = "third"
prestige = 8
standing = "politburo"
ideal_point = { tempo = 1.0 }
[[meetings]]
id = "between"
kind = "congress"
date = 1925-01-01
"""


def replayed(scenario, worlds=30, told=4):
    paths = free_paths(DRAWS.of(np.arange(worlds)), len(scenario.meetings))
    ensemble = paths.run(scenario, 1)
    return ensemble, plan_replay(scenario, paths, ensemble, told).play()


def test_a_world_agrees_with_as_many_as_have_its_course():
    # Two places; three worlds go (0, 0), one goes (0, 1): shares 1 and 3/4, or 1 and 1/4.
    assert agreement(np.array([[0, 0], [0, 0], [0, 0], [0, 1]])).tolist() == [0.875, 0.875, 0.875, 0.625]


def test_the_worlds_next_to_the_record_and_farthest_from_it_are_told(scenario):
    ensemble, play = replayed(scenario)
    held = judge(ensemble).sum(axis=1)
    chosen = {name: each for each in choose_worlds(ensemble, 4) for name in each.name.partition(": ")[2].split(", ")}
    assert held[chosen["closest to the record"].place] == held.max()
    assert held[chosen["most unlike the record"].place] == held.min()
    assert f"{held.max()} of {held.shape[0] and judge(ensemble).shape[1]} claims" in chosen["closest to the record"].why
    assert len({each.name for each in play.told}) == len(play.told) == 4


def test_no_more_worlds_are_told_than_there_are(scenario):
    assert len(replayed(scenario, worlds=2)[1].told) <= 2


def test_frames_are_the_arrays_of_the_world(scenario):
    ensemble, play = replayed(scenario)
    for told in play.told:
        w = int(re.search(r"\d+", told.name).group())
        for m, frame in enumerate(told.frames[0]):
            assert frame.ruling == ensemble["ruling"][w, m]
            for name in ("alliance", "open", "membership", "standing", "activity", "holder"):
                assert getattr(frame, name) == ensemble[name][w, m].tolist()
            assert frame.influence == pytest.approx(FINE * ensemble["influence"][w, m], abs=0.5)
            assert frame.votes == round(FINE * float(ensemble["vote_share"][w, m]))
        assert told.held == ["".join("1" if holds else "0" for holds in judge(ensemble)[w])]


def test_the_story_of_a_frame_is_the_chronicle_of_its_world(scenario):
    from factions.report.chronicle import tell

    _, play = replayed(scenario)
    told = play.told[0]
    chronicle = tell(scenario, int(re.search(r"\d+", told.name).group()), 1, DRAWS.values[0])
    for frame, chapter in zip(told.frames[0], chronicle.chapters, strict=True):
        assert tuple(play.texts[k] for k in frame.story) == chapter.paragraphs
        assert len(frame.acts) == len(chapter.decisions)


def test_sides_with_different_casts_share_one_stage(minimal, write):
    base, other = load(write(minimal, "base.toml")), load(write(PAIR, "third.toml"))
    comparison = Comparer(base, DRAWS, 20, 1, Condition.none).compare(other, tell=False)
    play = plan_pairs(comparison, told=2).play()
    assert [bloc.name for bloc in play.blocs] == ["Left", "centre", "third"]
    assert [person.short for person in play.leaders] == ["trotsky", "stalin", "Bukharin"]
    assert [meeting.day for meeting in play.meetings] == ["23 May 1924", "18 December 1925"]  # those that both have
    for told in play.told:
        w = int(re.search(r"\d+", told.name).group())
        for m, (frame, changed) in enumerate(zip(*told.frames, strict=True)):
            assert frame.alliance[2] == -1 and frame.influence[2] == 0 and frame.activity[2] == -1
            assert changed.influence == pytest.approx(
                FINE * comparison.counterfactual["influence"][w, (0, 2)[m]], abs=0.5
            )
    assert play.sides[0].states["ruling"][0][2] == 0.0


def test_the_page_and_the_text_take_the_same_pair_for_an_example(minimal, write):
    base, other = load(write(minimal, "base.toml")), load(write(PAIR, "third.toml"))
    comparison = Comparer(base, DRAWS, 20, 1, Condition.none).compare(other, tell=False)
    for example in (comparison.example, Example(11)):
        plan = plan_pairs(replace(comparison, example=example), told=3)
        assert [one.place for one, _ in plan.chosen if "example" in one.name] == [example.pair]


def test_shares_are_means_over_worlds(scenario):
    ensemble, play = replayed(scenario)
    side = play.sides[0]
    assert side.worlds == 30
    assert np.sum([side.states[name] for name in side.states], axis=0) == pytest.approx(1.0, abs=0.002)
    assert np.array(side.states["open"]) == pytest.approx(ensemble["open"].mean(axis=0), abs=0.0006)


def test_a_page_allows_only_the_script_that_it_carries(scenario):
    play = play_replay(scenario, DRAWS, 20, 1, 1)
    markup = replay_page(scenario, DRAWS, play, 1, "factions report chain.toml").markup()
    (script,) = re.findall(r"<script>(.*)</script>", markup, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', markup).group(1)
    assert f"script-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy and "unsafe" not in policy
    (data,) = re.findall(r'<script type="application/gzip" data-for="play">([^<]*)</script>', markup)
    assert json.loads(gzip.decompress(base64.b64decode(data)))["meetings"][0]["name"] == "first"


def test_a_page_without_worlds_runs_no_script():
    markup = Page("Text").markup()
    assert "script" not in markup and "default-src 'none'" in markup


def test_the_shipped_case_takes_less_than_two_megabytes(history):
    play = play_replay(history, DRAWS, 40, 1, 2)
    assert len(play.told) == 20
    assert len(replay_page(history, DRAWS, play, 1, "").markup().encode()) < 2_000_000


def test_a_leader_whose_last_word_is_not_his_own_name_is_called_as_the_file_says(minimal, write):
    named = minimal.replace('id = "trotsky"', 'id = "trotsky"\nname = "Jiang Qing"\nshort = "Jiang"')
    _, play = replayed(load(write(named.replace('id = "stalin"', 'id = "stalin"\nname = "Otto von Bismarck"'))))
    assert [person.short for person in play.leaders] == ["Jiang", "von Bismarck"]
