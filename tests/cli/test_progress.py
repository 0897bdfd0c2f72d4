"""Progress says how long the rest takes when it can know it."""

from __future__ import annotations

import pytest

from factions.cli import progress


@pytest.fixture
def lines(monkeypatch, capsys):
    """lines((seconds, worlds), ...): what is said of 100 worlds when so many more are done at that time."""

    def say(*parts):
        clock = iter([0.0, *(seconds for seconds, _ in parts)])
        monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
        with progress.progress_bar(100, "worlds") as advance:
            for _, done in parts:
                advance(done)
        return capsys.readouterr().err.splitlines()

    return say


def test_the_first_part_may_have_waited_for_the_compiler_and_tells_nothing_of_the_rest(lines):
    assert lines((60.0, 1)) == ["worlds: 1 of 100"]


def test_what_is_left_follows_from_the_parts_after_the_first(lines):
    # 19 worlds in 19 seconds after the first: the other 80 take 80.
    assert lines((60.0, 1), (79.0, 19)) == ["worlds: 1 of 100", "worlds: 20 of 100, 80 s left"]


def test_lines_come_some_seconds_apart_and_not_when_all_is_done(lines):
    assert lines((1.0, 10), (4.0, 30), (5.0, 10), (6.0, 10), (30.0, 40)) == ["worlds: 50 of 100, 5 s left"]
