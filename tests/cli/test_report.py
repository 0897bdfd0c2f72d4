"""`factions report`: one page, where it was asked for."""

from __future__ import annotations

import factions
from factions.cli import main


def test_the_page_of_a_file_is_written_and_named(write, minimal, tmp_path, capsys):
    path = write(minimal, "small.toml")
    assert (
        main(["report", str(path), "--worlds", "9", "--parameters", "default", "--out", str(tmp_path / "pages")]) == 0
    )
    written = tmp_path / "pages" / "small.html"
    assert capsys.readouterr().out == f"{written}\n"
    assert "9 simulated worlds" in written.read_text(encoding="utf-8")


def test_one_world_has_a_page_too(write, minimal, tmp_path):
    path = write(minimal, "small.toml")
    assert main(["report", str(path), "--worlds", "1", "--parameters", "default", "--out", str(tmp_path)]) == 0


def test_from_python_the_page_is_the_same_but_for_the_call(write, minimal, tmp_path):
    path = write(minimal, "small.toml")
    main(["report", str(path), "--worlds", "9", "--seed", "4", "--parameters", "default", "--out", str(tmp_path)])
    scenario = factions.load(path)
    page = factions.page(scenario, tmp_path / "other.html", worlds=9, seed=4, parameters="default")
    one, two = (file.read_text(encoding="utf-8").split("Provenance")[0] for file in (tmp_path / "small.html", page))
    assert one == two
