"""The app in a browser: what-ifs by clicking and by typing, the same figures as the command line, nobody in the way."""

from __future__ import annotations

import io
import json
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from factions.cli import main

QUESTION = "Trotsky backs Zinoviev at the XIV Congress"
PAIRS, WORLDS = 40, 30


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def address(browser, tmp_path_factory) -> Iterator[str]:
    """The app, started as a user starts it."""
    pytest.importorskip("nicegui", reason="needs nicegui")
    port = free_port()
    log = tmp_path_factory.mktemp("app") / "log"
    command = [sys.executable, "-m", "factions", "app", "history", "--port", str(port), "--no-show"]
    outside = {name: value for name, value in os.environ.items() if "PYTEST" not in name}  # NiceGUI minds it
    with log.open("w") as out, subprocess.Popen(command, stdout=out, stderr=out, cwd=log.parent, env=outside) as server:
        try:
            yield _when_up(f"http://127.0.0.1:{port}/", server, log)
        finally:
            server.terminate()
    assert "Traceback" not in log.read_text()


def _when_up(url: str, server: subprocess.Popen, log: Path) -> str:
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url + "favicon.ico", timeout=1).close()
            return url
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture
def app(visit, address):
    """app(width): a visitor's page, at the tab What if."""

    def _app(width: int = 1280, tab: str = "What if"):
        page = visit(address, width)
        page.set_default_timeout(60_000)
        page.get_by_role("button", name=tab, exact=True).click()
        return page

    return _app


def ask(page, pairs: int = PAIRS) -> None:
    """Choose the question that is ready, and few pairs."""
    page.get_by_label("Questions that are ready").select_option(label=QUESTION)
    page.get_by_text("The file is sound").wait_for()
    page.get_by_text("More pairs, another seed").click()
    page.get_by_label("Pairs of worlds").last.fill(str(pairs))


def run(page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


def download(page, name: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("button", name=name).click()
    return Path(coming.value.path()).read_bytes()


def test_a_question_is_answered_with_the_figures_of_the_command_line(app, tmp_path, capsys):
    page = app()
    ask(page)
    run(page)
    answer = page.get_by_role("region", name="Answer", exact=True)
    answer.get_by_role("slider", name="Meeting").wait_for()
    assert answer.get_by_text("With the change", exact=True).first.is_visible()
    with zipfile.ZipFile(io.BytesIO(download(page, "Download report, figures and tables"))) as packed:
        found = json.loads(packed.read("result.json"))
        assert {"report.html", "what_if.toml", "plots/contrasts.csv", "plots/flow.svg"} <= set(packed.namelist())
        packed.extract("what_if.toml", tmp_path)
    file = str(tmp_path / "what_if.toml")
    capsys.readouterr()
    assert main(["compare", "history", file, "--worlds", str(PAIRS), "--seed", "0", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["contrasts"] == found["contrasts"] and said["divergence"] == found["divergence"]


def test_a_change_is_composed_and_its_file_is_sound_in_the_shell(app, tmp_path):
    page = app()
    page.get_by_text("Add a change of your own").click()
    page.get_by_label("Kind of change").select_option("appointment")
    form = page.get_by_role("region", name="What if", exact=True)
    form.get_by_label(re.compile("^office")).select_option("secretariat")
    form.get_by_label(re.compile("^leader")).select_option(label="Jan Rudzutak")
    form.get_by_label(re.compile("^date")).fill("1924-05-20")
    form.get_by_label(re.compile("^text")).fill('Rudzutak "takes over"')
    page.get_by_role("button", name="Add to the file").click()
    page.get_by_text("The file is sound").wait_for()
    file = tmp_path / "mine.toml"
    file.write_bytes(download(page, "Download file"))
    (change,) = tomllib.loads(file.read_text(encoding="utf-8"))["changes"]
    assert change["leader"] == "rudzutak" and change["text"] == 'Rudzutak "takes over"'
    assert main(["check", str(file)]) == 0


def test_what_is_wrong_with_a_file_is_said_at_its_place(app, tmp_path):
    page = app()
    bad = tmp_path / "bad.toml"
    change = ["[[changes]]", 'kind = "stance"', 'to = "open"', 'at = "xiv_congress"', 'bloc = "lefft"']
    bad.write_text("\n".join(['extends = "../history.toml"', 'title = "<b>x</b>"', *change]), encoding="utf-8")
    page.get_by_label("Open a file").set_input_files(bad)
    problems = page.get_by_role("status", name="Check")
    problems.get_by_text("lefft").first.wait_for()
    assert "what_if.toml:7:" in problems.inner_text() and 'did you mean "left"?' in problems.inner_text()
    page.wait_for_timeout(1000)  # the page draws the checked file once more, which takes a selection away
    problems.get_by_role("button", name="Show line 7").first.click()
    page.wait_for_function("""(() => { const area = document.querySelector("textarea");
      return area.value.slice(area.selectionStart, area.selectionEnd) === 'bloc = "lefft"'; })()""")
    run(page)
    page.get_by_text("not sound yet").wait_for()
    page.wait_for_timeout(1000)
    large = tmp_path / "large.toml"
    large.write_text("#" * 300_000)
    page.get_by_label("Open a file").set_input_files(large)
    page.get_by_text("300,000 bytes").wait_for()
    stranger = tmp_path / "stranger.toml"
    stranger.write_text('extends = "/etc/passwd"\ntitle = "x"\n')
    page.get_by_label("Open a file").set_input_files(stranger)
    problems.get_by_text("which the app does not open").wait_for()


def test_a_run_is_cancelled_at_once(app):
    page = app()
    ask(page, 5_000)
    run(page)
    cancel = page.get_by_role("button", name="Cancel").last
    cancel.wait_for()
    began = time.monotonic()
    cancel.click()
    page.get_by_text("Cancelled. Nothing was changed.").wait_for()
    assert time.monotonic() - began < 5.0
    assert not cancel.is_visible()


def test_two_visitors_do_not_meet(app):
    one, two = app(), app()
    ask(one)
    two.get_by_label("Scenario file").fill('extends = "history"\ntitle = "Another"\n[mechanisms]\nloyalty = false\n')
    two.get_by_text("changes nothing yet").wait_for()
    run(one)
    one.get_by_role("region", name="Answer", exact=True).get_by_role("slider").wait_for()
    assert QUESTION in one.get_by_label("Scenario file").input_value()
    assert "Another" in two.get_by_label("Scenario file").input_value()
    assert not two.get_by_role("region", name="Answer", exact=True).is_visible()


def test_readings_and_parameters_are_a_file_that_runs(app, tmp_path):
    page = app(tab="Parameters")
    slider = page.get_by_role("slider", name="patronage", exact=True)
    slider.fill("150")
    page.get_by_text("in all worlds").last.wait_for()
    page.get_by_role("button", name="Run with these").click()
    page.get_by_role("button", name="What if", exact=True).click()
    settings = page.get_by_role("button", name="Download settings")
    settings.wait_for()
    file = tmp_path / "settings.toml"
    file.write_bytes(download(page, "Download settings"))
    assert list(tomllib.loads(file.read_text())["parameters"]) == ["patronage"]
    assert 'extends = "settings.toml"' in page.get_by_label("Scenario file").input_value()
    assert main(["check", str(file)]) == 0


def test_claims_have_their_sources_and_shares(app, history):
    page = app(tab="Record")
    rows = page.get_by_role("region", name="Record", exact=True).get_by_role("row")
    rows.nth(1).wait_for()
    assert rows.count() == len(history.record) + 1
    assert re.search(r"\d+% ± \d", rows.nth(1).inner_text())


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_keeps_anybody_from_using_the_app(app, serious, width):
    page = app(width, "Replay")
    page.get_by_role("slider", name="Meeting").first.wait_for()
    page.get_by_role("button", name="What if", exact=True).click()
    page.get_by_text("Add a change of your own").click()
    page.get_by_label("Kind of change").select_option("alliance")
    page.get_by_role("group", name="blocs").wait_for()
    for tab in ("Replay", "What if", "Record", "Parameters"):
        page.get_by_role("button", name=tab, exact=True).click()
        page.get_by_role("region", name=tab, exact=True).wait_for()
        assert serious(page) == [], tab
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab


def has_focus(element) -> bool:
    return element.evaluate("element => element === document.activeElement")


def test_the_keyboard_alone_answers_a_question(app):
    page = app()
    questions = page.get_by_label("Questions that are ready")
    questions.wait_for()
    page.get_by_role("button", name="What if", exact=True).focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if has_focus(questions):
            break
    page.keyboard.press("End")
    while questions.evaluate("element => element.selectedOptions[0].text") != QUESTION:
        assert has_focus(questions)
        page.keyboard.press("ArrowUp")
    page.get_by_text("The file is sound").wait_for()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Run":
            break
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Cancel").last.wait_for()
    page.keyboard.press("Tab")


def test_it_does_not_listen_beyond_this_machine_unasked(capsys):
    pytest.importorskip("nicegui", reason="needs nicegui")
    assert main(["app", "--address", "0.0.0.0", "--no-show"]) == 2
    assert "--open-to-network" in capsys.readouterr().err


def test_without_nicegui_it_says_how_to_get_it(monkeypatch, capsys):
    for name in [name for name in sys.modules if name.startswith(("nicegui", "factions.app"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "nicegui", None)
    assert main(["app"]) == 2
    assert capsys.readouterr().err == 'nicegui is not installed; type: pip install "factions[app]"\n'
