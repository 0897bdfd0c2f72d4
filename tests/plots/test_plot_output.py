"""Every figure for cases of every size: complete, on the page, and the same bytes again."""

import csv

import matplotlib
import numpy as np
import pytest

from factions.plots import alliances, claims, gallery, influence, standing
from factions.plots.output import save


def case(build, blocs, leaders, meetings):
    """An ensemble of this size with something of everything, and a claim about every bloc."""
    names = [f"A bloc with quite a long name & $ number {b}" for b in range(blocs)]
    record = [build.claim("open", ["b0"], at="m0"), build.claim("standing", leaders=["l0"], at="m0", at_most="exiled")]
    scenario = build.scenario(blocs, leaders, meetings, record, names)
    generator = np.random.default_rng(1)
    size = (5, meetings, blocs)
    ensemble = build.ensemble(
        scenario,
        5,
        open=generator.random(size) < 0.5,
        influence=generator.random(size) / blocs,
        delegates=generator.random(size) / blocs,
        standing=generator.integers(0, 6, (5, meetings, leaders)),
    )
    fields = {"text": "Something documented", "probability": 0.5, "error": 0.1, "confidence": "low"}
    last = scenario.meetings[-1].date
    scores = [{"id": f"c{b}", "about": [f"b{b}"], "date": last, **fields} for b in range(blocs)]
    return ensemble, scores


@pytest.mark.parametrize("size", [(1, 1, 1), (8, 12, 23), (60, 40, 3), (2, 2, 200)])
def test_no_text_is_off_the_page(build, off_the_page, size):
    ensemble, scores = case(build, *size)
    modules = (alliances, influence, standing)
    for figure in [module.figure(ensemble) for module in modules] + [claims.figure(ensemble, scores)]:
        assert off_the_page(figure) == []


def test_the_same_input_gives_the_same_bytes(build, tmp_path):
    for folder in ("first", "second"):
        gallery.save_all(*case(build, 3, 3, 3), tmp_path / folder)
    names = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert len(names) == 12
    for name in names:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_the_users_settings_change_nothing(build, tmp_path):
    ensemble, _ = case(build, 3, 3, 3)
    save(influence.figure(ensemble), [], tmp_path, "plain")
    with matplotlib.rc_context({"lines.linewidth": 9, "font.size": 30, "axes.grid": True, "svg.fonttype": "path"}):
        save(influence.figure(ensemble), [], tmp_path, "styled")
    assert (tmp_path / "plain.svg").read_bytes() == (tmp_path / "styled.svg").read_bytes()


def test_svg_keeps_text_and_no_date_and_png_is_200_dpi(build, tmp_path):
    ensemble, _ = case(build, 2, 2, 2)
    figure = alliances.figure(ensemble)
    png, svg, _ = save(figure, alliances.table(ensemble), tmp_path, "alliances")
    text = svg.read_text(encoding="utf-8")
    assert ">open opposition</text>" in text
    assert "<dc:date>" not in text
    # The width of a PNG stands in bytes 16 to 19.
    assert int.from_bytes(png.read_bytes()[16:20], "big") == 2000


def test_csv_has_the_rows_of_the_table(build, tmp_path):
    rows = [{"bloc": "b0", "probability": 2 / 3}, {"bloc": "b1, or so", "probability": 0.0}]
    ensemble, _ = case(build, 1, 1, 1)
    *_, path = save(influence.figure(ensemble), rows, tmp_path / "new", "some")
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert [row["bloc"] for row in read] == ["b0", "b1, or so"]
    assert float(read[0]["probability"]) == 2 / 3


def test_a_case_without_leaders_record_and_claims_has_the_figures_that_remain(build, tmp_path):
    ensemble = build.ensemble(build.scenario(leaders=0), 1)
    names = sorted(path.name for path in gallery.save_all(ensemble, [], tmp_path))
    assert names == [f"{name}.{kind}" for name in ("alliances", "influence") for kind in ("csv", "png", "svg")]
