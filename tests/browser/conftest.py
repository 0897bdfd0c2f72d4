"""A real browser: Debian's chromium through Playwright; where one of the two is missing, these tests are skipped."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from factions.counterfactual.compare import Comparer, Comparison
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.paths import free_paths
from factions.draws import find_draws
from factions.report.page import Page
from factions.report.play.data import Play, plan_pairs, plan_replay
from factions.results.ensemble import Ensemble
from factions.scenario import load

CHROMIUM = shutil.which("chromium")
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = 1280, 390

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if CHROMIUM is None:
        pytest.skip("needs chromium (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=list(QUIETLY))
        yield launched
        launched.close()


@pytest.fixture
def visit(browser) -> Iterator[Open]:
    """visit(address, width): a page in a session of its own; nothing may fail, or leave this machine."""
    opened, wrong = [], []

    def _visit(address: str, width: int = WIDE, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True, **options)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("request", lambda request: wrong.append(request.url) if _leaves(request.url) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
        opened.append(context)
        page.goto(address)
        if address.startswith("file:"):
            page.get_by_role("heading", level=3).wait_for()  # the worlds are unpacked
        return page

    yield _visit
    for context in opened:
        context.close()
    assert wrong == []


def _leaves(url: str) -> bool:
    return not re.match(r"(file|data|blob|about):|(http|ws)://(127\.0\.0\.1|localhost)[:/]", url)


@pytest.fixture
def serious() -> Callable[[Any], list[str]]:
    """serious(page): what axe-core finds that keeps somebody from using the page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()

    def _serious(page: Any) -> list[str]:
        found = axe.run(page).response["violations"]
        grave = [each for each in found if each["impact"] in ("serious", "critical")]
        return [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:120]}" for each in grave]

    return _serious


@pytest.fixture(scope="session")
def replayed(history) -> tuple[Ensemble, Play]:
    """Sixty worlds of the shipped case, six of them told."""
    paths = free_paths(find_draws(history).of(np.arange(60)), len(history.meetings))
    worlds = paths.run(history, 1, 2)
    return worlds, plan_replay(history, paths, worlds, told=6).play()


@pytest.fixture(scope="session")
def replay_file(replayed, tmp_path_factory) -> Path:
    """The page of these worlds."""
    return _page(replayed[1], tmp_path_factory.mktemp("page") / "replay.html")


@pytest.fixture(scope="session")
def compared(history) -> tuple[Comparison, Play]:
    """Sixty pairs for one of the shipped counterfactuals, four of them told."""
    other = load(history.path.parent / "counterfactuals" / "trotsky_backs_zinoviev.toml")
    comparison = Comparer(history, find_draws(history), 60, 1, Condition.none).compare(other, tell=False)
    return comparison, plan_pairs(comparison, told=4).play()


@pytest.fixture(scope="session")
def pair_file(compared, tmp_path_factory) -> Path:
    """The page of these pairs."""
    return _page(compared[1], tmp_path_factory.mktemp("page") / "pair.html")


def _page(play: Play, path: Path) -> Path:
    page = Page("A page")
    page.add("<h1>A page</h1><h2>Worlds</h2>")
    page.play(play)
    path.write_text(page.markup(), encoding="utf-8")
    return path
