"""`factions chronicle`: the story of one world agrees with the world of the ensemble."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from factions import cli
from factions.dynamics import run_worlds
from factions.parameters import default_values
from factions.report.chronicle import tell
from factions.scenario import load
from factions.vocabulary import LADDER, RUNGS
from factions.wording import PUNISHMENTS, Names, day, listed, percent, reasons, sentence

HISTORY = Path(__file__).parents[2] / "scenarios" / "history.toml"
WORLDS = (3, 7)


@pytest.fixture(scope="module")
def scenario():
    return load(HISTORY)


@pytest.fixture(scope="module")
def ensemble(scenario):
    return run_worlds(scenario, np.array(WORLDS), default_values(scenario.parameters), 11)


@pytest.fixture(scope="module", params=range(len(WORLDS)))
def told(request, scenario, ensemble):
    """One world as a chronicle, and the same world's arrays."""
    w = request.param
    return tell(scenario, WORLDS[w], 11), {name: array[w] for name, array in ensemble.arrays.items()}


def test_the_story_is_of_the_same_world(told, scenario):
    chronicle, arrays = told
    blocs = [bloc.id for bloc in scenario.blocs]
    assert [chapter.meeting for chapter in chronicle.chapters] == [meeting.id for meeting in scenario.meetings]
    for m, chapter in enumerate(chronicle.chapters):
        labels, ruling = arrays["alliance"][m], arrays["ruling"][m]
        ours = [bloc for b, bloc in enumerate(blocs) if labels[b] == ruling and labels[b] >= 0]
        assert list(chapter.ruling) == ours
        assert set(chapter.open) == {blocs[b] for b in np.flatnonzero(arrays["open"][m])}
        assert chapter.vote_share == arrays["vote_share"][m]
        outside = {bloc for alliance in chapter.alliances for bloc in alliance}
        assert (
            outside
            == {*chapter.open, *chapter.quiet}
            == {b for b, label in zip(blocs, labels, strict=True) if label >= 0} - set(ours)
        )


def test_open_opposition_is_told_with_its_terms(told, scenario):
    names = Names(scenario)
    for chapter in told[0].chapters:
        text = " ".join(chapter.paragraphs)
        speakers = " and ".join(re.findall(r"([^.]+) spoke out \(a chance of", text)).lower()
        for bloc in scenario.blocs:
            assert speakers.count(names.blocs[bloc.id].lower()) == (bloc.id in chapter.open)
        assert text.count("kept quiet") == bool(chapter.quiet)
        assert ("The vote was unanimous." in text) == (not chapter.open)
        ruling = sentence(f"{names.bloc_list(chapter.ruling)} ruled")[:-1]
        assert ruling in text


def test_all_who_do_the_same_for_the_same_reason_share_a_sentence(told):
    shared = 0
    for chapter in told[0].chapters:
        text = " ".join(chapter.paragraphs)
        capitulated = [decision for decision in chapter.decisions if decision.action == "capitulates"]
        reasons_given = {(d.objects, percent(d.terms["probability"]), reasons(d.terms)) for d in capitulated}
        assert len(re.findall(r" surrendered( and left [^(]+)? \(", text)) == len(reasons_given)
        shared += len(capitulated) - len(reasons_given)
    assert shared > 0


def test_a_punishment_names_those_it_struck_and_what_they_lost(told, scenario):
    names, lost = Names(scenario), 0
    for chapter in told[0].chapters:
        text = " ".join(chapter.paragraphs)
        for decision in chapter.decisions:
            if decision.action.startswith("is struck: "):
                offices = [names.offices[each] for each in decision.objects if each in names.offices]
                name = names.leaders[decision.actor]
                assert (f"{name} (lost {listed(offices)})" if offices else name) in text
                lost += len(offices)
    assert lost > 0


def test_whoever_falls_is_named_with_his_punishment(told, scenario):
    chronicle, arrays = told
    standing = np.vstack([[LADDER.index(leader.standing) for leader in scenario.leaders], arrays["standing"]])
    dictated = {event.leader for event in scenario.events if event.kind == "standing"}
    fallen = 0
    for m, chapter in enumerate(chronicle.chapters):
        text = " ".join(chapter.paragraphs)
        for k, leader in enumerate(scenario.leaders):
            if standing[m + 1, k] > standing[m, k] and leader.id not in dictated:
                assert leader.name in text
                fallen += 1
    assert fallen > 0


def test_a_punishment_moves_the_bloc_to_its_rung(told, scenario):
    chronicle, arrays = told
    blocs = [bloc.id for bloc in scenario.blocs]
    punished = 0
    for m, chapter in enumerate(chronicle.chapters):
        for decision in chapter.decisions:
            if decision.action.startswith("is punished: "):
                rung = decision.action.removeprefix("is punished: ")
                assert arrays["rung"][m, blocs.index(decision.actor)] >= RUNGS.index(rung)
                assert PUNISHMENTS[rung].format(**scenario.bodies) in " ".join(chapter.paragraphs)
                struck = [other.objects[0] for other in chapter.decisions if other.action == f"is struck: {rung}"]
                assert decision.actor in struck  # a punishment that strikes nobody is none
                punished += 1
    assert punished > 0


def test_surrenders_and_appointments_are_those_of_the_arrays(told, scenario):
    chronicle, arrays = told
    leaders = [leader.id for leader in scenario.leaders]
    offices = [office.id for office in scenario.offices]
    before = np.zeros(len(leaders))
    for m, chapter in enumerate(chronicle.chapters):
        gave_in = {decision.actor for decision in chapter.decisions if decision.action == "capitulates"}
        assert gave_in == {leaders[k] for k in np.flatnonzero((before == 0) & (arrays["surrendered"][m] > 0))}
        before = arrays["surrendered"][m]
        for decision in chapter.decisions:
            if decision.action == "is appointed to":
                holder = arrays["holder"][m, offices.index(decision.objects[0])]
                assert leaders[holder] == decision.actor


def test_events_stand_at_the_first_meeting_after_them(told, scenario):
    chapters = told[0].chapters
    for event in scenario.events:
        following = [chapter for chapter in chapters if chapter.date >= event.date]
        if following:
            assert sentence(f"{day(event.date)}: {event.text or event.name}") in following[0].paragraphs[0]


def test_an_event_on_the_day_of_a_meeting_is_told_once(minimal, write):
    scenario = load(write(minimal.replace("date = 1924-09-01", "date = 1924-05-23")))
    first, second = ("\n".join(chapter.paragraphs) for chapter in tell(scenario, 0).chapters)
    assert "23 May 1924: harvest." in first and "arvest" not in second


MOVED = """
[[changes]]
kind = "move"
event = "harvest"
date = 1925-09-01
requires = ["{}"]
"""


@pytest.mark.parametrize(
    ("statement", "first", "second"),
    [
        (
            "party:trotsky",
            "1 September 1924: “harvest” did not happen, because in this world the change moves it to another day.",
            "1925: harvest.",
        ),
        ("not party:trotsky", "1 September 1924: harvest.", ""),
    ],
)
def test_an_event_that_may_be_moved_is_told_on_the_day_on_which_it_is_due(statement, first, second, minimal, write):
    write(minimal.replace("date = 1924-05-23", "date = 1924-10-01"), "base.toml")  # after the harvest
    scenario = load(write(f'extends = "base.toml"\n{MOVED.format(statement)}', "moved.toml"))
    told = ["\n".join(chapter.paragraphs) for chapter in tell(scenario, 0).chapters]
    assert first in told[0]
    assert (second in told[1]) if second else ("arvest" not in told[1])


def test_no_id_is_left_in_the_prose(told, scenario):
    text = told[0].text()
    for entry in (*scenario.blocs, *scenario.leaders, *scenario.offices):
        if "_" in entry.id:
            assert entry.id not in text


def test_the_command_tells_the_same(minimal, write, capsys):
    file = write(minimal)
    assert cli.main(["chronicle", str(file), "--world", "2", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["world"], [chapter["date"] for chapter in data["meetings"]]) == (2, ["1924-05-23", "1925-12-18"])
    assert data["meetings"][0]["decisions"][0].keys() >= {"phase", "actor", "action", "terms"}
    assert cli.main(["chronicle", str(file), "--world", "2"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    for chapter in data["meetings"]:
        for paragraph in chapter["paragraphs"]:
            assert paragraph in text


def test_a_world_has_the_parameters_of_its_draw(minimal, write, capsys):
    from pyarrow import parquet

    from factions.parameters import PARAMETERS
    from factions.results.tables import parameter_table

    file = write(minimal)
    values = default_values().reshape(1).repeat(2)
    values["precision"][0] = PARAMETERS["precision"].low
    parquet.write_table(parameter_table(values), file.with_suffix(".posterior.parquet"))
    spoke = []
    for world in (2, 3):
        assert cli.main(["chronicle", str(file), "--world", str(world), "--format", "json"]) == 0
        meeting = json.loads(capsys.readouterr().out)["meetings"][0]
        spoke += [[d["terms"]["probability"] for d in meeting["decisions"] if d["phase"] == "stance"]]
    assert spoke[0][0] < spoke[1][0]


@pytest.mark.parametrize(
    "arguments", [["--world", "-1"], ["--world", "x"], ["--world", str(2**80)], ["--parameters", "none.csv"]]
)
def test_wrong_usage_is_2(minimal, write, arguments, capsys):
    assert cli.main(["chronicle", str(write(minimal)), *arguments]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_words():
    assert [listed([]), listed("a"), listed("ab"), listed("abc")] == ["nobody", "a", "a and b", "a, b and c"]
    assert [percent(x) for x in (0.0, 0.001, 0.5, 0.999, 1.0)] == ["0%", "less than 1%", "50%", "more than 99%", "100%"]
    terms = {"probability": 0.3, "trust": -0.02, "policy": 0.12, "safety": 0.001, "total": 0.1}
    assert reasons(terms) == "policy +0.12, trust -0.02"
    assert reasons({**terms, "total": 0.5}) == "policy +0.12, trust -0.02, the rest +0.40"
    assert reasons({"habit": 1.0, "probability": 0.5}) == "habit +1.00, the rest -1.00"  # the odds are even
    assert (
        reasons({"probability": 0.5}) == ""
        and reasons({"habit": 1.0, "imposed": 1.0, "probability": 0.5}) == "habit +1.00"
    )


def test_a_bloc_named_after_a_person_has_no_article(scenario):
    names = Names(scenario).blocs
    assert (names["centre"], names["lenin"], names["right"]) == ("Stalin's Centre", "Lenin", "the Right")


GONE = """\
extends = "base.toml"
title = "He dies"
question = "What if he had died?"
[[changes]]
kind = "death"
leader = "trotsky"
date = 1924-09-01
"""


@pytest.fixture
def gone(minimal, write):
    """The path of a counterfactual."""
    write(minimal, "base.toml")
    return str(write(GONE, "gone.toml"))


PAIRS = ["--worlds", "20", "--seed", "3", "--condition", "none", "--parameters", "default"]


def test_a_pair_is_told_side_by_side(gone, capsys):
    assert cli.main(["chronicle", gone, "--pair", "5", *PAIRS]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith(
        "He dies ======= What if he had died? Pair 5, one of 20 simulated pairs: an example, which proves nothing."
    )
    assert cli.main(["chronicle", gone, "--pair", "5", *PAIRS, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["pair"], data["pairs"], data["condition"]) == (5, 20, "none")
    assert [meeting["meeting"] for meeting in data["meetings"]] == ["first", "second"]
    assert data["meetings"][1]["only_with"][0] == "1 September 1924: death."  # harvest, of the same day, is in both
    # Without conditions pair K is world K, on either side.
    assert cli.main(["chronicle", gone, "--world", "5", *PAIRS[2:4], *PAIRS[6:], "--format", "json"]) == 0
    alone = json.loads(capsys.readouterr().out)["meetings"]
    assert [meeting["with"] for meeting in data["meetings"]] == alone


def test_compare_names_the_command_that_tells_its_example(gone, tmp_path, capsys):
    base = str(Path(gone).with_name("base.toml"))
    assert cli.main(["compare", base, gone, *PAIRS, "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    command = re.search(
        r"main findings, side by side:\n *factions (chronicle \S+ --pair \d+ --worlds 20 --seed 3 --condition none)",
        said,
    )
    assert f"How far the answer holds:\n  factions robust {gone}\n" in said
    assert cli.main(command.group(1).split()) == 0
    told = capsys.readouterr().out
    assert cli.main(["chronicle", gone, "--pair", "example", *PAIRS]) == 0
    example = capsys.readouterr().out
    assert example == (tmp_path / "out" / "gone" / "pair.txt").read_text(encoding="utf-8")
    assert "This pair shows all " in example and example.endswith(told[told.index("Pair ") :])
    report = (tmp_path / "out" / "gone" / "report.html").read_text(encoding="utf-8")
    assert 'href="pair.html"' in report and (tmp_path / "out" / "gone" / "pair.html").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--pair", "20"], 'there is no pair "20"; give a number from 0 to 19, or the word example'),
        (["--pair", "-1"], 'there is no pair "-1"'),
        (["--pair", "exampl"], 'there is no pair "exampl"'),
        (["--pair", "1", "--world", "1"], "--world and --pair are both given"),
    ],
)
def test_pairs_that_are_none_are_refused(gone, options, words, capsys):
    assert cli.main(["chronicle", gone, *options, *PAIRS]) == 2
    assert words in capsys.readouterr().err


def test_a_file_that_extends_none_has_no_pairs(gone, capsys):
    assert cli.main(["chronicle", str(Path(gone).with_name("base.toml")), "--pair", "1", *PAIRS]) == 2
    assert "extends no other file" in capsys.readouterr().err
