"""The figures of a run: which there are, and that they appear whole or not at all."""

from __future__ import annotations

import pytest
from PIL import Image

from factions.dynamics import run_worlds
from factions.parameters import default_values
from factions.plots.shape import drawn_as
from factions.report.run_files import figures, write_plots
from factions.results.tally import Tallied
from factions.scenario import load

KINDS = ("csv", "png", "svg")


@pytest.fixture
def worlds(minimal, write):
    """worlds(text): twenty worlds of the smallest scenario, changed by `text`."""

    def made(text=minimal):
        scenario = load(write(text))
        return Tallied.of(run_worlds(scenario, range(20), default_values().reshape(1).repeat(20), 1))

    return made


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_every_figure_is_written_with_its_table(worlds, tmp_path):
    write_plots(worlds(), tmp_path / "plots")
    figures = ("alliances", "claims", "influence", "standing")
    assert names(tmp_path / "plots") == [f"{figure}.{kind}" for figure in figures for kind in KINDS]


def test_without_claims_there_is_no_figure_of_them(worlds, minimal, tmp_path):
    write_plots(worlds(minimal.partition("[[record]]")[0]), tmp_path)
    assert [name for name in names(tmp_path) if name.startswith("claims")] == []
    assert "alliances.png" in names(tmp_path)


def test_of_a_figure_that_could_not_be_finished_only_whole_files_are_left(worlds, tmp_path, monkeypatch):
    def fails(figure, path, **more):  # the SVG, after the PNG
        path.write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr("matplotlib.figure.Figure.savefig", fails)
    with pytest.raises(OSError, match="disk full"):
        write_plots(worlds(), tmp_path / "plots")
    assert names(tmp_path / "plots") == ["alliances.png"]
    Image.open(tmp_path / "plots" / "alliances.png").load()


def test_all_leaders_are_drawn_for_print_alone(history):
    assert "standing_all" not in figures(history)
    with drawn_as("paper"):
        assert set(figures(history)) == {"alliances", "claims", "influence", "standing", "standing_all"}
