"""Every figure for cases of every size: complete, on the page, and the same bytes again."""

import csv
from dataclasses import replace
from functools import reduce
from operator import add

import matplotlib
import numpy as np
import pytest
from PIL import Image

from factions.plots import alliances, claims, influence, standing
from factions.plots.output import save
from factions.plots.shape import SHAPES, drawn_as, shape
from factions.plots.style import house_style
from factions.results.tally import count_worlds

FIGURES = {"alliances": alliances, "influence": influence, "standing": standing, "claims": claims}


def case(build, blocs, leaders, meetings):
    """Worlds of a case of this size with something of everything, and claims about every bloc."""
    names = [f"A bloc with quite a long name & $ number {b}" for b in range(blocs)]
    record = [build.claim("open", [f"b{b}"], at=f"m{meetings - 1}", id=f"c{b}", confidence="low") for b in range(blocs)]
    record.append(build.claim("standing", leaders=["l0"], at="m0", at_most="exiled"))
    return build.noise(build.scenario(blocs, leaders, meetings, record, names), 5)


@pytest.mark.parametrize("size", [(1, 1, 1), (8, 12, 23), (60, 40, 3), (2, 2, 200)])
@pytest.mark.parametrize("module", FIGURES.values(), ids=FIGURES)
def test_no_text_is_off_the_page(build, off_the_page, module, size):
    assert off_the_page(module.figure(build.tallied(case(build, *size)))) == []


@pytest.mark.parametrize("module", FIGURES.values(), ids=FIGURES)
def test_worlds_in_blocks_give_the_figure_of_all_of_them(build, tmp_path, module):
    record = [
        build.claim("apart", ["b0", "b2"], between=("m0", "m3"), when="sometime"),
        build.claim("standing", leaders=["l0", "l3"], between=("m1", "m2"), when="never", at_most="exiled"),
    ]
    ensemble = build.noise(build.scenario(blocs=3, leaders=4, meetings=4, record=record), 40)
    whole = build.tallied(ensemble)
    blocks = [
        replace(
            ensemble, worlds=ensemble.worlds[cut], arrays={name: array[cut] for name, array in ensemble.arrays.items()}
        )
        for cut in (slice(0, 7), slice(7, 30), slice(30, 40))
    ]
    added = replace(whole, tally=reduce(add, map(count_worlds, blocks)))
    assert module.table(added) == module.table(whole)
    for name, worlds in (("added", added), ("whole", whole)):
        save(module.figure(worlds), [], tmp_path, name)
    assert (tmp_path / "added.svg").read_bytes() == (tmp_path / "whole.svg").read_bytes()


@pytest.mark.parametrize("module", FIGURES.values(), ids=FIGURES)
def test_the_same_input_gives_the_same_bytes_whatever_the_users_settings(build, tmp_path, module):
    worlds = build.tallied(case(build, 3, 3, 3))
    save(module.figure(worlds), [], tmp_path, "plain")
    with matplotlib.rc_context({"lines.linewidth": 9, "font.size": 30, "axes.grid": True, "svg.fonttype": "path"}):
        save(module.figure(worlds), [], tmp_path, "styled")
    for kind in ("svg", "png"):
        assert (tmp_path / f"plain.{kind}").read_bytes() == (tmp_path / f"styled.{kind}").read_bytes()


def test_svg_keeps_text_and_no_date_and_png_has_290_dpi_at_180_mm(build, tmp_path):
    worlds = build.tallied(case(build, 2, 2, 2))
    png, svg, _ = save(alliances.figure(worlds), alliances.table(worlds), tmp_path, "alliances")
    text = svg.read_text(encoding="utf-8")
    assert ">open opposition</text>" in text
    assert "<dc:date>" not in text
    # The width of a PNG stands in bytes 16 to 19.
    assert int.from_bytes(png.read_bytes()[16:20], "big") == pytest.approx(290 * 180 / 25.4, abs=8)


def test_a_png_has_the_pixels_that_matplotlib_draws_and_its_resolution(build, tmp_path):
    figure = standing.figure(build.tallied(case(build, 3, 3, 3)))
    before = figure.dpi
    packed, *_ = save(figure, [], tmp_path, "packed")
    with house_style():
        figure.savefig(tmp_path / "plain.png", dpi=shape().dpi)
    assert figure.dpi == before
    with Image.open(packed) as ours, Image.open(tmp_path / "plain.png") as theirs:
        assert (ours.size, ours.mode, ours.info["dpi"]) == (theirs.size, "RGB", theirs.info["dpi"])
        assert np.array_equal(np.asarray(ours), np.asarray(theirs.convert("RGB")))
    assert packed.stat().st_size < (tmp_path / "plain.png").stat().st_size


def test_csv_has_the_rows_of_the_table(build, tmp_path):
    rows = [{"bloc": "b0", "probability": 2 / 3}, {"bloc": "=b1, or so", "probability": -0.0}]
    *_, path = save(influence.figure(build.worlds(build.scenario())), rows, tmp_path / "new", "some")
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert [row["bloc"] for row in read] == ["b0", "'=b1, or so"]
    assert float(read[0]["probability"]) == 2 / 3


STYLES = pytest.mark.parametrize("style", ["paper", "slides"])


@STYLES
@pytest.mark.parametrize("module", FIGURES.values(), ids=FIGURES)
def test_no_text_is_off_the_page_of_a_style(build, off_the_page, module, style):
    with drawn_as(style):
        assert off_the_page(module.figure(build.tallied(case(build, 8, 12, 23)))) == []


@pytest.mark.parametrize(("style", "pixels"), [("screen", 2050), ("paper", 2126), ("slides", 1920)])
def test_paper_is_180_mm_wide_with_a_pdf_and_slides_have_1920_pixels(build, tmp_path, style, pixels):
    worlds = build.tallied(case(build, 2, 2, 2))
    with drawn_as(style):
        figure = alliances.figure(worlds)
        paths = save(figure, [], tmp_path, "figure")
    assert int.from_bytes(paths[0].read_bytes()[16:20], "big") == pytest.approx(pixels, abs=1)
    assert [path.suffix for path in paths] == [".png", ".svg", ".csv", *([".pdf"] if style == "paper" else [])]
    assert (figure.get_size_inches()[0] * 25.4 == pytest.approx(180.0)) == (style != "screen")
    assert any("worlds, seed 7" in text.get_text() for text in figure.texts) == (style != "slides")


def test_a_pdf_has_the_same_bytes_again(build, tmp_path):
    worlds = build.tallied(case(build, 2, 2, 2))
    with drawn_as("paper"):
        one, other = (save(alliances.figure(worlds), [], tmp_path, name)[3].read_bytes() for name in ("one", "other"))
    assert one == other


def test_after_a_style_figures_are_those_of_the_screen_again():
    with drawn_as("slides"):
        assert not shape().note
    assert shape() is SHAPES["screen"]
