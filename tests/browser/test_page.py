"""The page that plays worlds, in a browser: it shows what the arrays say, and can be used by eye, keyboard and ear."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from factions.report.page import Page
from factions.report.play.data import Group, Person
from factions.statements import predicates

CONGRESS = "xiv_congress"
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def place(history, meeting: str) -> int:
    return [entry.id for entry in history.meetings].index(meeting)


def go_to(page, m: int) -> None:
    page.get_by_role("slider", name="Meeting").fill(str(m))


def blocs_in(page, area: str, names: list[str]) -> set[str]:
    """The blocs that a part of the page names in bold."""
    return {
        text
        for text in page.get_by_role("region", name=area, exact=True).locator("b").all_inner_texts()
        if text in names
    }


def test_the_picture_is_what_the_arrays_say(visit, replay_file, replayed, history):
    worlds, play = replayed
    page = visit(replay_file.as_uri())
    names = [bloc.name for bloc in history.blocs]
    states = predicates.states(worlds)
    for k, told in enumerate(play.told):
        page.get_by_role("combobox", name="World").select_option(index=k)
        w = int(re.search(r"\d+", told.name).group())
        for m in (place(history, CONGRESS), len(history.meetings) - 1):
            go_to(page, m)
            ruling = {names[b] for b in np.flatnonzero(states["ruling"][w, m])}
            assert blocs_in(page, "Ruling alliance", names) == ruling
            words = page.locator(".play-open .play-head b:first-child").all_inner_texts()
            assert set(words) == {names[b] for b in np.flatnonzero(states["open"][w, m])}
            assert f"{100 * worlds['vote_share'][w, m]:.1f}%" in page.locator(".play-vote b").inner_text()


def test_every_control_moves_the_worlds(visit, replay_file, history):
    page = visit(replay_file.as_uri())
    last = len(history.meetings)
    at = page.get_by_role("heading", level=3)
    moves = (("Next", 2), ("Next", 3), ("Previous", 2), ("Last", last), ("First", 1))
    for name, number in moves:
        page.get_by_role("button", name=name, exact=True).click()
        assert f"meeting {number} of {last}" in at.inner_text()
    assert page.get_by_role("button", name="Previous").is_disabled()
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_text(f"meeting 2 of {last}").wait_for()
    page.get_by_role("button", name="Pause").click()
    assert page.get_by_role("button", name="Play", exact=True).is_visible()
    page.get_by_role("combobox", name="World").select_option(index=1)
    assert "claims of the record hold in it" in page.locator(".play-why").inner_text()


def test_a_page_is_used_with_the_keyboard_alone(visit, replay_file, history):
    page = visit(replay_file.as_uri())
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent || document.activeElement.type"))
    assert reached[1:] == ["Play", "Next", "Last", "range"]  # the first chooses a world
    page.keyboard.press("ArrowRight")
    assert "meeting 2 of" in page.get_by_role("heading", level=3).inner_text()
    slider = page.get_by_role("slider", name="Meeting")
    assert slider.get_attribute("aria-valuetext").startswith(history.meetings[1].name)
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "influence" in first and "influence" in second and first != second
    page.keyboard.press("ArrowRight")
    after = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert after.split(",")[0] == second.split(",")[0]
    assert "meeting 3 of" in page.get_by_role("heading", level=3).inner_text()
    assert second.split(",")[0] in page.get_by_role("complementary").get_by_role("heading", level=4).inner_text()


def test_whoever_is_pointed_at_is_explained(visit, replay_file, replayed, history):
    page = visit(replay_file.as_uri())
    go_to(page, place(history, CONGRESS))
    page.get_by_role("button", name=re.compile("^Trotsky")).hover()
    card = page.get_by_role("complementary")
    assert card.get_by_role("heading", level=4).inner_text() == "Leon Trotsky"
    assert "Left Opposition" in card.inner_text()
    assert re.search(r"The Left Opposition (kept quiet|spoke out) \(a chance of", card.inner_text())
    later = [claim.text for claim in replayed[1].record.claims if claim.last > place(history, CONGRESS)]
    assert later and not [text for text in later if text in card.inner_text()]  # the card does not tell the future


def test_what_is_documented_stands_beside_with_its_share(visit, replay_file, replayed, history):
    _, play = replayed
    page = visit(replay_file.as_uri())
    m = place(history, CONGRESS)
    go_to(page, m)
    listed = page.locator(".play-claims li")
    due = [c for c, claim in enumerate(play.record.claims) if claim.last == m]
    assert listed.count() == len(due) > 3
    for text, c in zip(listed.all_inner_texts(), due, strict=True):
        claim = play.record.claims[c]
        assert claim.text in text and f"In {100 * claim.share:.0f}%" in text.replace("over 99%", "100%")
        assert text.startswith("✓ holds" if play.told[0].held[0][c] == "1" else "✗ fails")


def test_a_pair_shows_where_its_worlds_differ(visit, pair_file, compared, history):
    comparison, play = compared
    page = visit(pair_file.as_uri())
    at = page.get_by_role("heading", level=3)
    assert history.meetings[place(history, CONGRESS)].name in at.inner_text()
    w = int(re.search(r"\d+", play.told[0].name).group())
    for m in (place(history, CONGRESS) - 1, place(history, CONGRESS), len(history.meetings) - 1):
        go_to(page, m)
        one, two = comparison.factual, comparison.counterfactual
        unlike = [
            name
            for i, name in enumerate(person.name for person in play.leaders)
            if any(one[array][w, m, i] != two[array][w, m, i] for array in ("standing", "membership", "activity"))
        ]
        said = page.locator(".play-differs details li b").all_text_contents()
        assert {name + ":" for name in unlike} <= {text.strip() for text in said}
        states = [predicates.states(side) for side in (one, two)]
        moved = [
            b
            for b in range(len(play.blocs))
            if any(states[0][s][w, m, b] != states[1][s][w, m, b] for s in predicates.STATES)
        ]
        marked = page.locator(".play-head:has(.play-unlike) b:first-child").all_inner_texts()
        assert {play.blocs[b].name for b in moved} <= set(marked)
        if not said and not marked:
            assert page.get_by_text("the two worlds are alike").is_visible()
    share = f"{100 * comparison.partings[-1].share:.0f}% of 60 pairs"
    assert share in page.locator(".play-differs").inner_text()


@WIDTHS
def test_nothing_keeps_anybody_from_using_it(visit, replay_file, pair_file, serious, width):
    for file in (replay_file, pair_file):
        page = visit(file.as_uri(), width)
        go_to(page, 15)
        page.locator(".play-leader").first.focus()
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_moves_stands_still_for_those_who_ask_for_it(visit, replay_file):
    moving = "document.getAnimations().filter((each) => each.playState === 'running').length"
    for wish, expected in (("no-preference", True), ("reduce", False)):
        page = visit(replay_file.as_uri(), reduced_motion=wish)
        page.keyboard.press("ArrowRight")
        assert (page.evaluate(moving) > 0) == expected


def test_on_paper_the_meeting_is_left_and_the_controls_are_not(visit, replay_file):
    page = visit(replay_file.as_uri())
    page.emulate_media(media="print")
    assert page.get_by_role("slider", name="Meeting").count() == 0
    assert page.get_by_role("heading", level=3).is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.play-bloc')).printColorAdjust") == "exact"


def test_names_are_text_and_nothing_can_be_loaded(browser, replayed, tmp_path):
    _, play = replayed
    bad = '</script><img src="http://127.0.0.1:9/x" onerror="document.title=1"><script>document.title=2</script>'
    told = replace(
        play,
        leaders=[Person(bad, bad), *play.leaders[1:]],
        blocs=[Group(bad, "#000000", "#000000"), *play.blocs[1:]],
        texts=[bad for _ in play.texts],
    )
    page = Page(bad)
    page.play(told)
    file = tmp_path / "bad.html"
    file.write_text(page.markup(), encoding="utf-8")
    shown = browser.new_page()
    asked: list[str] = []
    shown.on("requestfinished", lambda request: asked.append(request.url))
    shown.goto(file.as_uri())
    shown.get_by_role("heading", level=3).wait_for()
    assert shown.title() == bad
    assert shown.locator(".play-lane b").first.inner_text() == bad
    assert shown.locator(".play img, .play script").count() == 0
    refused = """() => new Promise((done) => {
      document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
      document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:9/y" }));
    })"""
    assert shown.evaluate(refused) == "img-src"
    assert asked == [file.as_uri()]
    shown.close()
