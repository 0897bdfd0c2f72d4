"""Pictures of pages for the README, taken in the chromium of the system: `make pictures`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import factions
from factions.plots.output import small_png

DOCS = Path(__file__).parent
CONGRESS = 11  # the XIV Congress, counted from 0


def main() -> None:
    """Writes page.png: a typical world of the shipped case at the XIV Congress, with Trotsky pointed at."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = factions.page(factions.load("history"), Path(folder) / "history.html")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1010}, reduced_motion="reduce")
        page.goto(file.as_uri())
        page.get_by_role("slider", name="Meeting").fill(str(CONGRESS))
        page.locator(".play-leader[aria-label^=Trotsky]").hover()
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        taken = Path(folder) / "page.png"
        page.screenshot(path=taken)
        (DOCS / "page.png").write_bytes(small_png(taken))
        browser.close()


if __name__ == "__main__":
    main()
