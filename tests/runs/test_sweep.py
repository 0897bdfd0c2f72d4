"""A grid of runs: cells are what they would be alone, paired, kept, and told in one table."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

import factions
from factions import cli
from factions.draws import find_draws
from factions.plots import sweep as picture
from factions.report.sweep import report
from factions.runs.sweep import Cell, Measured, Sweep, rows
from factions.scenario.settings import Base, cells_of
from factions.statements.outcomes import find_outcome, year

WORLDS = 60
OUTCOMES = ("influence:left", "open:left", "expulsions")


@pytest.fixture
def planned(file):
    """planned(*vary, **fields): a sweep of the small scenario."""

    def plan(*vary, **fields):
        base = Base.of(file)
        draws = find_draws(base.reading.scenario, "default")
        cells = [Cell.of(base, each, draws) for each in cells_of(base, vary, [])]
        return Sweep(cells, OUTCOMES, **{"worlds": WORLDS, "seed": 3, **fields})

    return plan


def test_a_cell_is_the_run_of_a_file_that_says_so(planned, minimal, write):
    sweep = planned("leaders.stalin.prestige=3,8", "contest=2,3.5")
    found = sweep.run()
    text = minimal.replace("prestige = 3.0", "prestige = 8.0") + "\n[parameters]\ncontest = 3.5\n"
    scenario = factions.load(write(text, "alone.toml"))
    ensemble = factions.run(scenario, WORLDS, seed=3, parameters="default")
    alone = [find_outcome(scenario, name).measure(ensemble) for name in OUTCOMES]
    assert found[3].values.tobytes() == np.array(alone).tobytes()
    assert found[0].values.tobytes() != found[3].values.tobytes()


def test_engines_and_workers_do_not_matter(planned):
    one, two = (planned("contest=2,3", engine=engine, worlds=10).run(1) for engine in ("compiled", "mesa"))
    assert [each.values.tobytes() for each in one] == [each.values.tobytes() for each in two]


def test_a_change_that_changes_nothing_differs_in_no_world(planned):
    sweep = planned("mechanisms.policy=true", "offices.army.machine=2,9")
    table = rows(sweep, sweep.run())
    same = [row for row in table if row["cell"] == 1]
    other = [row for row in table if row["cell"] == 2]
    assert [(row["difference"], row["difference_error"]) for row in same] == [(0.0, 0.0)] * len(OUTCOMES)
    assert other[0]["difference"] > 0.0 and other[0]["mean"] == pytest.approx(same[0]["mean"] + other[0]["difference"])
    assert (
        other[0]["difference_error"] < (same[0]["error"] ** 2 + other[0]["error"] ** 2) ** 0.5 or same[0]["error"] == 0
    )


def test_a_break_is_told_by_its_share_and_the_day_by_which_half_of_them_have_come(planned):
    sweep = replace(planned("contest=2,3"), outcomes=("break:left+centre",))
    early, late = year(dt.date(1924, 5, 23)), year(dt.date(1925, 12, 18))  # the days of the two meetings
    parted = ([early, late, late, np.nan], [np.nan] * 4)
    found = [Measured(cell, np.array([values])) for cell, values in zip(sweep.cells, parted, strict=True)]
    one, other = rows(sweep, found)
    assert (one["mean"], one["median_day"], one["unit"]) == (0.75, "1925-12-18", "probability")
    assert (other["mean"], other["median_day"], other["difference"]) == (0.0, "", -0.75)
    (_, block) = report(sweep, [one, other])
    assert "0.750 ± 0." in str(block) and ", 1925-12-18" in str(block) and "by which half of these" in str(block)


def test_a_break_that_never_comes_is_none(planned):
    sweep = replace(planned("contest=2,3"), outcomes=("break:left+centre",))  # they are not allied at the start
    assert np.isnan(sweep.run()[0].values).any()


def test_finished_cells_are_kept_and_only_the_others_run(planned, tmp_path, monkeypatch):
    ran = []
    run = Sweep._run
    monkeypatch.setattr(Sweep, "_run", lambda self, cell, *rest: ran.append(cell.settings) or run(self, cell, *rest))
    first = planned("contest=2,3", folder=tmp_path).run()
    assert len(ran) == 2
    (tmp_path / "cells" / "00002.npy").write_bytes(b"cut")
    said = []
    again = planned("contest=2,3", folder=tmp_path).run(say=said.append)
    assert ran[2:] == [{"parameters.contest": 3}] and "is damaged" in said[0]
    assert [each.values.tobytes() for each in first] == [each.values.tobytes() for each in again]
    planned("contest=2,3", folder=tmp_path, seed=4).run()
    assert len(ran) == 5


def test_the_command_writes_a_table_a_picture_and_what_it_prints(file, tmp_path, capsys):
    out = tmp_path / "out"
    command = ["sweep", str(file), "--vary", "contest=2,3", "--worlds", "20", "--outcome", "influence:left"]
    command += ["--parameters", "default", "--out", str(out)]
    assert cli.main([*command, "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [cell["settings"] for cell in said["cells"]] == [{"parameters.contest": 2}, {"parameters.contest": 3}]
    with (out / "sweep.csv").open(encoding="utf-8", newline="") as table:
        read = list(csv.DictReader(table))
    assert [float(row["mean"]) for row in read] == [row["mean"] for row in said["outcomes"]]
    assert [row["parameters.contest"] for row in read] == ["2", "3"]
    assert (out / "sweep.png").stat().st_size > 1000 and json.loads((out / "result.json").read_text()) == said
    assert cli.main(command) == 0 and "influence:left" in capsys.readouterr().out
    assert cli.main([*command[:-2], "--seed", "9", "--out", str(out)]) == 2
    assert "differ in: seed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "there is nothing to vary"),
        (["--vary", "contest"], "write KEY=VALUE"),
        (["--vary", "contst=1,2"], "is nothing that can be varied"),
        (["--vary", "contest=2,99"], "parameters.contest=99: parameters.contest: "),
        (["--vary", "contest=2,x"], "contest=x: parameters.contest: is not a number"),
        (["--vary", "leaders.trotzky.prestige=1,2"], 'is no "trotzky" among the leaders; did you mean "trotsky"?'),
        (["--design", "nothing.csv"], "nothing.csv cannot be read"),
        (["--vary", "contest=2,3", "--outcome", "ruling:lft"], 'did you mean "left"'),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(more, said, file, tmp_path, capsys):
    out = tmp_path / "out"
    assert cli.main(["sweep", str(file), *more, "--parameters", "default", "--out", str(out)]) == 2
    assert said in capsys.readouterr().err and not out.exists()


def test_the_picture_shows_what_the_table_says(planned):
    sweep = planned("contest=2,3,4", "leaders.stalin.prestige=3,8")
    table = rows(sweep, sweep.run())
    page = picture.figure(sweep, table)
    panels = {axes.get_title(loc="left"): axes for axes in page.axes if axes.get_title(loc="left")}
    assert len(panels) == len(OUTCOMES)
    points = {
        (float(x), float(y))
        for line in panels["influence of Left"].lines
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }
    assert points == {(row["parameters.contest"], row["mean"]) for row in table if row["outcome"] == "influence:left"}


def test_lines_have_colours_and_names_and_of_many_the_first_the_middle_and_the_last_are_named(planned):
    few, many = "3,8", "3,4,5,6,7,8,9,10,11"
    for values, named in ((few, "3 8"), (many, "3 7 11")):
        sweep = planned("contest=2,3", f"leaders.stalin.prestige={values}")
        page = picture.figure(sweep, rows(sweep, sweep.run()))
        page.draw_without_rendering()
        texts = [text for axes in page.axes for text in axes.texts if text.get_text()]
        assert max(text.get_window_extent().x1 for text in texts) <= page.bbox.x1
        assert [text.get_text() for text in texts] == [f"stalin.prestige {value}" for value in named.split()]
    assert len({*picture._colours(many.split(",")).values()}) == 9


def test_words_and_days_stand_side_by_side(planned):
    sweep = planned("events.harvest.date=1924-09-01,1925-01-01", "mechanisms.policy=true,false")
    page = picture.figure(sweep, rows(sweep, sweep.run()))
    labels = [tick.get_text() for tick in page.axes[-1].get_xticklabels()]
    assert labels == ["1924-09-01", "1925-01-01"]


def test_the_outcomes_that_vary_most_are_chosen():
    def row(name, unit, mean):
        return {"outcome": name, "unit": unit, "mean": mean}

    table = [row("a", "probability", 0.1), row("b", "probability", 0.5), row("n", "number", 50.0)]
    table += [row("a", "probability", 0.2), row("b", "probability", 0.9), row("n", "number", 51.0)]
    assert picture.strongest(table, 1) == ["b"]
    assert picture.strongest(table, 2) == ["a", "b"]
